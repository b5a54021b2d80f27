"""Tells what happens: into the log beside the board, and into the whole log where that is open."""

from collections.abc import Callable, Iterable, Sequence

from rich.text import Text

from magnate.engine.events import Event, TurnBegan
from magnate.engine.record import Step
from magnate.engine.state import State
from magnate.tui.closing import ClosesOnce
from magnate.tui.dialogs.log import LogDialog
from magnate.tui.panels.log import Log
from magnate.tui.words.chronicle import Chronicle
from magnate.tui.words.people import People
from magnate.tui.words.recalled import recalled, turn_heading
from magnate.tui.words.story import Told


class Telling:
    """The log of one screen; a screen that has been taken away is told nothing."""

    def __init__(self, screen: ClosesOnce[None]) -> None:
        self.chronicle = Chronicle()
        """What has been told."""
        self._screen = screen

    @property
    def log(self) -> Log:
        """The log beside the board."""
        return self._screen.query_one("#log", Log)

    @property
    def told(self) -> list[str]:
        """Everything that was told, the newest last."""
        return [line.words for line in self.chronicle.lines]

    @property
    def place(self) -> tuple[int, int]:
        """Where the next line comes: how many stand in the chronicle, and in the log."""
        return len(self.chronicle.lines), self.log.length

    def events(self, events: Sequence[Event], people: People) -> None:
        """Tell what happened, with a heading a turn."""
        self._write(self.chronicle.take(events, people))
        for event in events:
            if isinstance(event, TurnBegan):
                self.log.tell(turn_heading(event, people), mine=event.seat == people.viewer)

    def wholes(self, state: State, people: People) -> None:
        """Tell which groups have become whole, with a notice."""
        lines = self.chronicle.take_wholes(state, people)
        self._write(lines)
        for line in lines:
            self._screen.notify(line.words, title=people.say("group_whole_title"), markup=False)

    def sentences(self, sentences: Iterable[str]) -> None:
        """Tell what concerns everybody."""
        self._write(self.chronicle.note(Told(sentence) for sentence in sentences))

    def recall(self, steps: Sequence[Step], people: People, place: tuple[int, int]) -> None:
        """Tell what happened before, at its place."""
        earlier, told = recalled(steps, people)
        self.chronicle.precede(earlier, place[0])
        self.log.insert(place[1], told)

    def forget(self) -> None:
        """Begin anew."""
        self.chronicle.forget()
        self.log.forget()

    def open(self, lang: str, filters: Callable[[bool], None]) -> None:
        """Open the whole log; `filters` is told when the player wants only what concerns them there, or everything."""
        dialog = LogDialog(self.chronicle.lines, lang, only_mine=self.log.only_mine, filters=filters)
        self._screen.app.push_screen(dialog)

    def _write(self, lines: Iterable[Told]) -> None:
        if not self._screen.stays:
            return
        log = self.log
        for words, mine in lines:
            log.tell(Text(words), mine=mine)
            for dialog in self._screen.app.screen_stack:
                if isinstance(dialog, LogDialog) and dialog.is_mounted:
                    dialog.tell(words, mine=mine)
