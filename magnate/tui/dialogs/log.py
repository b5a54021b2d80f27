"""The whole log, for screens where there is no room beside the board."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

from magnate.tui.closing import ClosesOnce
from magnate.tui.panels.log import Log


class LogDialog(ClosesOnce[None], ModalScreen[None]):
    """All sentences, the newest at the end; arrows and the wheel scroll."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,g,enter", "dismiss", "Close", id="dialog.cancel"),
    ]

    def __init__(self, title: str, told: Sequence[str], close: str) -> None:
        super().__init__(classes="dialog")
        self._title = title
        self._told = told
        self._close = close

    def compose(self) -> ComposeResult:
        """Lay out the log."""
        with Vertical(classes="box wide"):
            yield Label(self._title, classes="heading")
            yield Log(id="whole-log")
            yield Label(f"Esc  {self._close}", classes="hint")

    def on_mount(self) -> None:
        """Fill in the log."""
        log = self.query_one(Log)
        for sentence in self._told:
            log.tell(Text(sentence))
        log.focus()

    def on_click(self) -> None:
        """Close, for who has only a mouse."""
        self.dismiss()
