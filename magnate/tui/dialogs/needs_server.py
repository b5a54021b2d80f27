"""What it takes to play with other people, for somebody on a server of their own, which nobody else can reach."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Label

from magnate.texts.lobby import LOBBY, lobby
from magnate.tui.closing import ClosesOnce
from magnate.tui.preferences.keys import describe
from magnate.tui.words.needs import needs_lines


class NeedsServerDialog(ClosesOnce[bool | None], ModalScreen[bool | None]):
    """Says what it takes; answers True for a game against bots instead."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "back", id="dialog.cancel")]

    def __init__(self, title: str, lang: str) -> None:
        """Take what the player wanted to do."""
        super().__init__(classes="dialog")
        self._title = title
        self._lang = lang
        describe(self, LOBBY, lang)

    def compose(self) -> ComposeResult:
        """Lay out the reason, the two commands, and two ways on."""
        why, *steps = needs_lines(self._lang)
        with Vertical(classes="box"):
            yield Label(self._title, classes="heading")
            yield Label(why, classes="text")
            for say, command in zip(steps[::2], steps[1::2], strict=True):
                yield Label(say, classes="step")
                yield Label(command, classes="command")
            with Horizontal(id="buttons"):
                yield Button(lobby("play_bots", self._lang), variant="primary", id="bots")
                yield Button(lobby("back", self._lang), id="back")

    def on_mount(self) -> None:
        """Begin on the game that there can be."""
        self.query_one("#bots").focus()

    @on(Button.Pressed)
    def answer(self, event: Button.Pressed) -> None:
        """Answer with the button pressed."""
        self.dismiss(True if event.button.id == "bots" else None)
