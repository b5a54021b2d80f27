"""What has happened so far, as the log and the event of the moment need it."""

from collections.abc import Iterable, Sequence
from typing import Final

from rich.text import Text

from magnate.engine.events import Event, TurnBegan
from magnate.engine.state import State
from magnate.tui.words.groups import Whole, completed, wholes
from magnate.tui.words.news import news, whole_words
from magnate.tui.words.people import People
from magnate.tui.words.story import Story, Told

LONGEST: Final = 2000
"""Lines that are kept for the log."""


class Chronicle:
    """Notes what happens: the lines of the log, what this turn brought, and the groups that it made whole."""

    def __init__(self) -> None:
        self.lines: list[Told] = []
        """The lines of the log, the newest last."""
        self.whole: list[Whole] = []
        """The groups that have become whole in this turn."""
        self.turn: list[Event] = []
        """What has happened in this turn."""
        self._before: frozenset[Whole] = frozenset()

    def begin(self, state: State) -> None:
        """Begin with a game of which nothing is known but how it stands."""
        self._before = wholes(state)
        self.whole.clear()
        self.turn.clear()

    def forget(self) -> None:
        """Begin the log anew."""
        self.lines.clear()

    def note(self, lines: Iterable[Told]) -> list[Told]:
        """Note lines, and return them."""
        new = list(lines)
        self.lines += new
        del self.lines[:-LONGEST]
        return new

    def take(self, events: Sequence[Event], people: People) -> list[Told]:
        """Note events, and return their lines."""
        for event in events:
            if isinstance(event, TurnBegan):
                self.turn.clear()
                self.whole.clear()
            self.turn.append(event)
        return self.note(Story(people).log(events))

    def take_wholes(self, state: State, people: People) -> list[Told]:
        """Note the groups that have become whole since the last time, and return their lines."""
        found = completed(self._before, state)
        self._before = wholes(state)
        self.whole += found
        return self.note(Told(whole_words(whole, people)) for whole in found)

    def precede(self, earlier: "Chronicle", place: int) -> None:
        """Put what happened before at its place among the lines, and what of it belongs to this turn into the turn."""
        self.lines[place:place] = earlier.lines
        del self.lines[:-LONGEST]
        if not any(isinstance(event, TurnBegan) for event in self.turn):
            self.turn[:0] = earlier.turn
            self.whole[:0] = earlier.whole

    def lit(self, state: State) -> frozenset[int]:
        """Return the squares of the groups that have become whole in this turn."""
        return frozenset(square for whole in self.whole for square in state.board.members[whole.group])

    def news(self, state: State, people: People) -> list[Text]:
        """Return the event of the moment."""
        return news(state, self.turn, self.whole, people)
