"""Which of some running games to go to: to watch, or to play on."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Label, OptionList
from textual.widgets.option_list import Option

from magnate.tui.closing import ClosesOnce
from magnate.tui.context import Context
from magnate.tui.words.running import Named


class GamesDialog(ClosesOnce[int | None], ModalScreen[int | None]):
    """Lists games; answers the id of one, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Back", id="dialog.cancel")]

    def __init__(self, context: Context, title: str, games: Sequence[Named]) -> None:
        """Take what stands above the list, and the games."""
        super().__init__(classes="dialog")
        self.context = context
        self._title = title
        self._games = games

    def compose(self) -> ComposeResult:
        """Lay out the list, and the way back."""
        say = self.context.say
        with Vertical(classes="box"):
            yield Label(self._title, classes="heading")
            yield OptionList(*[Option(Text(words), id=str(game)) for game, words in self._games], id="games")
            with Horizontal(id="buttons"):
                yield Button(say("back"), id="back")

    def on_mount(self) -> None:
        """Begin on the newest game."""
        self.query_one("#games", OptionList).focus()

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Answer with the game under the cursor."""
        self.dismiss(int(str(event.option_id)))

    @on(Button.Pressed, "#back")
    def back(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)
