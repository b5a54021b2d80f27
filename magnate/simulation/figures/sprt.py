"""The sequential probability ratio test (Wald): a match of two bots ends as soon as it is decided.

The two hypotheses stand the same distance on either side of an even match: the first bot wins 1/2 + margin of the
games, or 1/2 - margin. With them the log-likelihood ratio is the lead in wins times
log((1/2 + margin) / (1/2 - margin)); a win that both share moves nothing. Above the upper bound the first bot is the
stronger one, below the lower the second; either verdict is wrong with about the probability `error` when the truth lies
at least `margin` away from even.
"""

from math import log

from magnate.simulation.results.game_result import GameResult

WIN_PARTS = 12
"""Wins are summed in twelfths, which divide among up to four winners."""


class Sprt:
    """One test, fed game by game."""

    def __init__(self, first: str, second: str, margin: float = 0.05, error: float = 0.05) -> None:
        """Begin a test of the bot `first` against `second` (labels).

        Raises:
            ValueError: `margin` or `error` is not between 0 and 1/2.
        """
        if not 0 < margin < 0.5 or not 0 < error < 0.5:
            raise ValueError("margin and error lie between 0 and 0.5")
        self.first = first
        self.second = second
        self.margin = margin
        self.error = error
        self.upper = log((1 - error) / error)
        """Where the first bot is the stronger one; the lower bound is its negative."""
        self._step = log((0.5 + margin) / (0.5 - margin))
        self._lead = 0
        self._games = 0
        self._decided_after: int | None = None

    def add(self, game: GameResult) -> None:
        """Count one game; the verdict is asked for whenever both have sat on every seat equally often."""
        for seat in game.seats:
            parts = round(seat.win * WIN_PARTS)
            self._lead += parts if seat.bot == self.first else -parts
        self._games += 1
        if self._games % len(game.seats) == 0 and abs(self.ratio) >= self.upper:
            self._decided_after = self._games

    @property
    def ratio(self) -> float:
        """The log-likelihood ratio so far."""
        return self._lead / WIN_PARTS * self._step

    @property
    def decided(self) -> bool:
        """Whether the match is over."""
        return self._decided_after is not None

    @property
    def stronger(self) -> str | None:
        """The bot that was found to be the stronger one, or None while that is open."""
        if not self.decided:
            return None
        return self.first if self._lead > 0 else self.second
