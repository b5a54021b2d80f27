"""What the questions of a game share: a box, a title, and a way out."""

from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Label

from magnate.texts.game import GAME
from magnate.tui.closing import ClosesOnce
from magnate.tui.panels.footer import KeysFooter
from magnate.tui.preferences.keys import describe
from magnate.tui.words.people import People

AnswerT = TypeVar("AnswerT")


class GameDialog(ClosesOnce[AnswerT | None], ModalScreen[AnswerT | None]):
    """A box over the board; it is dismissed with the answer, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "close", id="dialog.cancel"),
        Binding("question_mark", "app.keys", "help", id="app.help"),
        Binding("f1", "app.rules", "rules", id="app.rules"),
    ]

    def __init__(self, people: People, *, id: str | None = None) -> None:
        super().__init__(classes="dialog", id=id)
        self.people = people
        describe(self, GAME, people.lang)

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        with Vertical(classes="box"):
            yield Label(self.title_text(), classes="heading", markup=False)
            yield from self.body()
            with Horizontal(classes="buttons"):
                yield from self.buttons()
        yield KeysFooter()

    def title_text(self) -> str:
        """Return what stands above the box."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """Lay out what lies between title and buttons."""
        yield from ()

    def buttons(self) -> ComposeResult:
        """Lay out the buttons."""
        yield Button(self.people.say("close"), id="cancel")

    def action_cancel(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """Let the arrows go from button to button, and Space press one."""
        button = self.focused
        if not isinstance(button, Button):
            return
        if event.key == "space":
            button.press()
        elif event.key in ("left", "right"):
            row = [each for each in self.query(".buttons Button").results(Button) if each.focusable]
            if button in row:
                row[(row.index(button) + (1 if event.key == "right" else -1)) % len(row)].focus()
        else:
            return
        event.stop()

    def withdraw(self) -> None:
        """Close without an answer because the question is no longer asked; not before it could open."""
        if not self.is_mounted:
            # A screen that is taken away while it is being laid out fails to find its own parts.
            self.call_later(self.withdraw)
        else:
            self.dismiss(None)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says; the one called `cancel` answers with nothing."""
        if event.button.id == "cancel":
            self.action_cancel()
        elif event.button.id is not None:
            self.pressed(event.button.id)

    def pressed(self, button: str) -> None:
        """Do what a button says, by its id."""
