"""A recorded game, and the place in it that is shown."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from magnate.engine.record import Record, Step, replay
from magnate.engine.state import State
from magnate.texts.game import game
from magnate.tui.playing.source import Source
from magnate.tui.words.offers import Offer
from magnate.tui.words.worths import worths

BUTTONS: Final = ("play", "on", "back", "turn_on", "turn_back", "first", "last", "faster", "slower", "jump")
"""What may be done with a recording."""


class Reel(Source):
    """Stands after so many moves of a recorded game: `at`, from 0 to `last`."""

    def __init__(self, record: Record, lang: str) -> None:
        self.record = record
        self.steps: list[Step] = list(replay(record))
        self.at = 0
        """How many moves are done."""
        self._lang = lang
        self._starts = [0, *(step.number for step in self.steps if step.after.round > step.before.round)]
        """How many moves are done at the beginning of each round."""
        self.worths = worths(self.steps)
        """Everybody's worth at the beginning of each round, and at the end."""

    @property
    def last(self) -> int:
        """How many moves there are."""
        return len(self.steps)

    @property
    def state(self) -> State:
        """The game after the moves that are done."""
        return self.steps[self.at - 1].after if self.at else self.record.header.start

    def history(self) -> Sequence[Sequence[int]]:
        """Return everybody's worth at the beginning of each round so far."""
        return self.worths[: bisect_right(self._starts, self.at)]

    def offers(self, cursor: int | None) -> Sequence[Offer]:
        """Return the buttons, for who has a mouse."""
        return [Offer(name, game(f"replay_{name}", self._lang)) for name in BUTTONS]

    def target(self, button: str) -> int:
        """Return how many moves are done where a button leads to."""
        if button in ("first", "last"):
            return 0 if button == "first" else self.last
        if button == "back":
            return max(self.at - 1, 0)
        turn = self.state.turn
        if button == "turn_on":
            return next((step.number for step in self.steps[self.at :] if step.after.turn > turn), self.last)
        before = [step.number for step in self.steps[: max(self.at - 1, 0)] if step.after.turn > step.before.turn]
        return before[-1] if before else 0
