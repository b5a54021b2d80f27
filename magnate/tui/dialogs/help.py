"""Help: the keys of where one is, and the rules of the game."""

from collections.abc import Sequence
from importlib.resources import files
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import DataTable, Label, MarkdownViewer

from magnate.texts.game import game
from magnate.tui.closing import ClosesOnce
from magnate.tui.panels.now import NowLine


def rules_text(lang: str) -> str:
    """Return the rules of the game for players, as Markdown."""
    name = "rules_es.md" if lang == "es" else "rules_en.md"
    return files("magnate.texts").joinpath(name).read_text("utf-8")


class KeysDialog(ClosesOnce[None], ModalScreen[None]):
    """A table of the keys that work on the screen below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,enter", "dismiss", "Close", id="dialog.cancel", priority=True)
    ]

    def __init__(self, keys: Sequence[tuple[str, str]], lang: str, *, board: bool = True) -> None:
        """Take the keys with what each does, and whether there is a board to click on."""
        super().__init__(classes="dialog")
        self._board = board
        self._keys = keys
        self._lang = lang

    def compose(self) -> ComposeResult:
        """Lay out the table."""
        yield NowLine()
        with Vertical(classes="box"):
            yield Label(game("help_title", self._lang), classes="heading")
            table: DataTable[str] = DataTable(show_cursor=False, id="keys")
            table.add_columns(game("help_key", self._lang), game("help_does", self._lang))
            for row in self._keys:
                table.add_row(*row)
            yield table
            if self._board:
                yield Label(game("help_mouse", self._lang), classes="hint")
            yield Label(f"Esc  {game('close', self._lang)}", classes="hint")

    def on_click(self) -> None:
        """Close, for who has only a mouse."""
        self.dismiss()


class RulesScreen(ClosesOnce[None], ModalScreen[None]):
    """The rules, with a table of contents where there is room."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1", "dismiss", "Close", id="dialog.cancel")]

    def __init__(self, lang: str) -> None:
        super().__init__(classes="rules")
        self._lang = lang

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield NowLine()
        yield MarkdownViewer(
            rules_text(self._lang), show_table_of_contents=self.app.size.width >= 100, open_links=False
        )
        yield Label(f" Esc  {game('close', self._lang)}", id="close-rules")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(MarkdownViewer).focus()

    def on_click(self, event: object) -> None:
        """Close where the line below is clicked."""
        widget = getattr(event, "widget", None)
        if isinstance(widget, Label) and widget.id == "close-rules":
            self.dismiss()
