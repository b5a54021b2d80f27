"""What the questions of a game share: a box beside the board, a title, a way out, and that they follow the game.

Whatever opens over a game lies beside the board, below clock and turn, so that both stay in view. With each change of
the game it is asked whether it still makes sense (`asked`): then it shows the game as it is now (`show`), else it is
withdrawn, with a word.
"""

from typing import ClassVar, Final, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Label

from magnate.engine.view import GameView
from magnate.texts.game import GAME
from magnate.tui.closing import ClosesOnce
from magnate.tui.panels.footer import KeysFooter
from magnate.tui.panels.now import NowLine
from magnate.tui.preferences.keys import describe
from magnate.tui.words.people import People

AnswerT = TypeVar("AnswerT")

LEAST_LINES: Final = 21
"""What a box needs below the players; where there is less, it lies over them."""


class GameDialog(ClosesOnce[AnswerT | None], ModalScreen[AnswerT | None]):
    """A box beside the board; it is dismissed with the answer, or with None."""

    answers: ClassVar[str] = ""
    """The offer that it answers, by its name; empty where it only shows something."""
    beside: ClassVar[bool] = True
    """Whether it lies beside the board, or in the middle of the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "close", id="dialog.cancel"),
        Binding("question_mark", "app.keys", "help", id="app.help"),
        Binding("f1", "app.rules", "rules", id="app.rules"),
    ]

    def __init__(self, people: People, *, id: str | None = None) -> None:
        super().__init__(classes="dialog", id=id)
        self.people = people
        self.withdrawn = False
        """Whether its question is no longer asked."""
        describe(self, GAME, people.lang)

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        if not self.beside:
            yield NowLine()
        with Vertical(classes="box") as box:
            self._lie_beside(box)
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

    def asked(self, view: GameView) -> bool:
        """Say whether what it is about is still there in the game as it is now."""
        return True

    def show(self, view: GameView) -> None:
        """Show the game as it is now."""

    def on_resize(self) -> None:
        """Lie beside the board of another size, as soon as that is laid out."""
        self.call_after_refresh(self._lie_anew)

    def _lie_anew(self) -> None:
        if self.stays:
            self._lie_beside(self.query_one(".box"))

    def _lie_beside(self, box: Widget) -> None:
        """Take the place of the panels below the turn; where they leave enough room, of those below the players."""
        table = next((screen for screen in self.app.screen_stack if screen.has_class("table")), None)
        if table is None or not self.beside:
            return
        side, turn, players = (table.query_one(f"#{name}").region for name in ("side", "turn", "players"))
        top = players.bottom if side.bottom - players.bottom > LEAST_LINES else turn.bottom
        self.add_class("beside")
        box.styles.offset = (side.x, top + 1)
        box.styles.width, box.styles.height = side.width, side.bottom - top - 1

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
        elif event.key in ("left", "right", "up", "down"):
            row = [each for each in self.query(".buttons Button").results(Button) if each.focusable]
            if button in row:
                row[(row.index(button) + (1 if event.key in ("right", "down") else -1)) % len(row)].focus()
        else:
            return
        event.stop()

    def withdraw(self) -> None:
        """Close without an answer, as the question is no longer asked: once it has opened and lies on top."""
        self.withdrawn = True
        if not self.is_mounted:
            # A screen that is taken away while it is being laid out fails to find its own parts.
            self.call_later(self.withdraw)
        else:
            self.dismiss(None)

    def on_screen_resume(self) -> None:
        """Close if the question is gone: what lay above has closed."""
        if self.withdrawn:
            self.call_later(self.withdraw)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says; the one called `cancel` answers with nothing."""
        if event.button.id == "cancel":
            self.action_cancel()
        elif event.button.id is not None:
            self.pressed(event.button.id)

    def pressed(self, button: str) -> None:
        """Do what a button says, by its id."""
