"""A hint: how the choices of the moment are ranked, and why."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Label, Static

from magnate.engine.view import GameView
from magnate.tui.advice import Hint
from magnate.tui.board.palette import PALETTES
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.words.people import People
from magnate.tui.words.standings import signed


class HintDialog(GameDialog[None]):
    """Shows what an adviser thinks of the player's choices; it follows the game until there is nothing to choose."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("i", "cancel", "close", show=False, id="dialog.close_hint")]

    def __init__(self, view: GameView, people: People, advise: Callable[[GameView], Sequence[Hint]]) -> None:
        """Take a game, and who ranks the choices in it."""
        super().__init__(people)
        self._advise = advise
        self._hints = advise(view)

    def title_text(self) -> str:
        """Return what it shows."""
        return self.people.say("hint_title")

    def body(self) -> ComposeResult:
        """Lay out the choices, and what their numbers mean."""
        with VerticalScroll():
            yield Static(self._lines(), id="hints")
            yield Label(self.people.say("hint_numbers"), classes="hint")

    def on_mount(self) -> None:
        """Let Enter close it."""
        self.query_one("#cancel").focus()

    def asked(self, view: GameView) -> bool:
        """Say whether there is still something to choose."""
        self._hints = self._advise(view)
        return bool(self._hints)

    def show(self, view: GameView) -> None:
        """Show what the choices are worth now."""
        self.query_one("#hints", Static).update(self._lines())

    def _lines(self) -> Text:
        quiet = PALETTES[self.people.palette].quiet
        lines = [
            Text.assemble((f"{place}. {hint.choice} ", "bold"), f"{signed(hint.value)}\n", (hint.why, quiet))
            for place, hint in enumerate(self._hints, 1)
        ]
        return Text("\n").join(lines)
