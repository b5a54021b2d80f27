"""The sums of a run, fed game by game: whole numbers only, so that no order of summing changes a figure.

`magnate.simulation.figures.report` makes figures of them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from magnate.engine.board import Board
from magnate.engine.statistics import COUNT
from magnate.simulation.figures.ratings import Ratings
from magnate.simulation.figures.sprt import WIN_PARTS
from magnate.simulation.results.game_result import BANKRUPT, FAULT, SQUARE_COUNTS, SURRENDER, GameResult, SeatResult


@dataclass(slots=True)
class Score:
    """Games and wins of a bot, a seat, or a pair."""

    games: int = 0
    parts: int = 0
    """Wins in twelfths (WIN_PARTS): a shared win counts as a part of one."""

    def add(self, win: float) -> None:
        """Count one game with that win (1, a part of one, or 0)."""
        self.games += 1
        self.parts += round(win * WIN_PARTS)

    @property
    def wins(self) -> float:
        """The wins, shared ones in part."""
        return self.parts / WIN_PARTS


@dataclass(slots=True)
class BotTotal:
    """The sums of one bot; a bot on two seats of a game counts twice."""

    score: Score = field(default_factory=Score)
    shared: int = 0
    """Wins that were shared."""
    worth: int = 0
    worth_squares: int = 0
    ranks: int = 0
    actions: int = 0
    exits: Counter[str] = field(default_factory=Counter)
    statistics: list[int] = field(default_factory=lambda: [0] * COUNT)

    def add(self, seat: SeatResult) -> None:
        """Count one game of the bot."""
        self.score.add(seat.win)
        self.shared += 0 < seat.win < 1
        self.worth += seat.worth
        self.worth_squares += seat.worth * seat.worth
        self.ranks += seat.rank
        self.actions += seat.actions
        if seat.exit is not None:
            self.exits[seat.exit] += 1
        for which, value in enumerate(seat.statistics):
            self.statistics[which] += value

    @property
    def bankruptcies(self) -> int:
        """How often it left the game in debt."""
        return self.exits[BANKRUPT]

    @property
    def surrenders(self) -> int:
        """How often it left the game without need."""
        return self.exits[SURRENDER]

    @property
    def faults(self) -> int:
        """How many games it forfeited."""
        return self.exits[FAULT]


@dataclass(slots=True)
class ThinkingTotal:
    """How long one bot thought; of the clock, and therefore never among the results."""

    decisions: int = 0
    seconds: float = 0.0
    longest: float = 0.0


@dataclass(frozen=True, slots=True)
class Notable:
    """A game worth playing again."""

    game: int
    seed: int
    value: int
    bot: str | None = None


class Totals:
    """Everything that is summed over the games of a run."""

    def __init__(self, labels: Sequence[str], seats: Sequence[int], board: Board) -> None:
        """Begin with no game played."""
        self.board = board
        self.games = 0
        self.turns = 0
        self.actions = 0
        self.bots = {label: BotTotal() for label in labels}
        self.seats = {seat: Score() for seat in seats}
        self.pairs: dict[tuple[str, str], Score] = {}
        """(bot, rival): the games of each pair that met alone."""
        self.rounds: Counter[int] = Counter()
        self.squares = [0] * (len(SQUARE_COUNTS) * len(board.ids))
        self.ratings = Ratings(labels)
        self.first_faults: dict[str, tuple[int, str]] = {}
        """By bot: the first game that it forfeited, and why."""
        self.shortest: Notable | None = None
        self.longest: Notable | None = None
        self.richest: Notable | None = None
        self.thinking = {label: ThinkingTotal() for label in labels}

    def add(self, game: GameResult) -> None:
        """Count one game; ratings make the order of the games count."""
        self.games += 1
        self.turns += game.turns
        self.actions += game.actions
        self.rounds[game.rounds] += 1
        for seat in game.seats:
            self.bots[seat.bot].add(seat)
            self.seats[seat.seat].add(seat.win)
            if seat.fault is not None:
                self.first_faults.setdefault(seat.bot, (game.game, seat.fault))
        self.ratings.add([seat.bot for seat in game.seats], [seat.rank for seat in game.seats])
        self._add_pair(game)
        self.add_squares(game.squares)
        self._note(game)
        for seat, thinking in zip(game.seats, game.thinking or (), strict=False):
            total = self.thinking[seat.bot]
            total.decisions += thinking.decisions
            total.seconds += thinking.seconds
            total.longest = max(total.longest, thinking.longest)

    def add_squares(self, counts: Sequence[int]) -> None:
        """Add what was counted of the squares, in the order of `GameResult.squares` (empty: nothing)."""
        for place, count in enumerate(counts):
            if count:
                self.squares[place] += count

    def _add_pair(self, game: GameResult) -> None:
        labels = list(dict.fromkeys(seat.bot for seat in game.seats))
        if len(labels) != 2:
            return
        wins = {label: sum(seat.win for seat in game.seats if seat.bot == label) for label in labels}
        for label, rival in (labels, labels[::-1]):
            self.pairs.setdefault((label, rival), Score()).add(wins[label])

    def _note(self, game: GameResult) -> None:
        if self.shortest is None or game.turns < self.shortest.value:
            self.shortest = Notable(game.game, game.seed, game.turns)
        if self.longest is None or game.actions > self.longest.value:
            self.longest = Notable(game.game, game.seed, game.actions)
        best = max(game.seats, key=lambda seat: seat.worth)
        if self.richest is None or best.worth > self.richest.value:
            self.richest = Notable(game.game, game.seed, best.worth, best.bot)
