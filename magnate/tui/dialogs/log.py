"""The whole log, for screens where there is no room beside the board."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

from magnate.texts.game import GAME, game
from magnate.tui.closing import ClosesOnce
from magnate.tui.panels.log import Log
from magnate.tui.panels.now import NowLine
from magnate.tui.preferences.keys import describe
from magnate.tui.words.story import Told


class LogDialog(ClosesOnce[None], ModalScreen[None]):
    """All sentences, the newest at the end; arrows and the wheel scroll."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,g,enter", "dismiss", "Close", id="dialog.cancel"),
        Binding("o", "mine", "log_mine", show=False, id="log.mine"),
    ]

    def __init__(self, told: Sequence[Told], lang: str, *, only_mine: bool, filters: Callable[[bool], None]) -> None:
        """Take the sentences, and what is told whenever the player asks for only their own or for all."""
        super().__init__(classes="dialog")
        self._told = told
        self._lang = lang
        self._only_mine = only_mine
        self._filters = filters
        describe(self, GAME, lang)

    def compose(self) -> ComposeResult:
        """Lay out the log."""
        yield NowLine()
        with Vertical(classes="box wide"):
            yield Label("", classes="heading", id="log-title")
            yield Log(id="whole-log")
            yield Label("", classes="hint", id="log-keys")

    def on_mount(self) -> None:
        """Fill in the log."""
        log = self.query_one(Log)
        for words, mine in self._told:
            log.tell(Text(words), mine=mine)
        self._filter()
        log.focus()

    def _filter(self) -> None:
        self.query_one(Log).filter(only_mine=self._only_mine)
        title, other = ("log_of_mine", "log_all") if self._only_mine else ("log_title", "log_mine")
        self.query_one("#log-title", Label).update(game(title, self._lang))
        self.query_one("#log-keys", Label).update(f"Esc  {game('close', self._lang)} · o  {game(other, self._lang)}")

    def tell(self, words: str, *, mine: bool) -> None:
        """Add what was told meanwhile."""
        self.query_one(Log).tell(Text(words), mine=mine)

    def action_mine(self) -> None:
        """Show only what concerns the player, or everything again."""
        self._only_mine = not self._only_mine
        self._filter()
        self._filters(self._only_mine)

    def on_click(self) -> None:
        """Close, for who has only a mouse."""
        self.dismiss()
