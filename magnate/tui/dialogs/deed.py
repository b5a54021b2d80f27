"""The card of a square: what it costs and earns, and what its owner may do with it."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Button, Label, Static

from magnate.engine.actions import Action
from magnate.engine.state import State
from magnate.engine.view import sentence
from magnate.tui.board.palette import PALETTES
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.words.offers import Offer
from magnate.tui.words.people import People
from magnate.tui.words.squares import about, deed, rent_line, title


class DeedDialog(GameDialog[Action]):
    """Shows one square, and answers with what to do with it."""

    def __init__(self, state: State, square: int, people: People, offers: Sequence[Offer] = ()) -> None:
        super().__init__(people)
        self._state = state
        self._square = square
        self._offers = {offer.name: offer for offer in offers if offer.action is not None}

    def title_text(self) -> str:
        """Return code, name and number of the square."""
        return title(self._state, self._square, self.people).plain

    def body(self) -> ComposeResult:
        """Lay out the figures, and why not what may not be done."""
        board = self._state.board
        group = board.group[self._square]
        if group:
            yield Static(Text("▀" * 34, style=PALETTES[self.people.palette].group(group)), classes="band")
        words = about(self._state, self._square, self.people)
        if words:
            yield Label(words, markup=False)
        figures = deed(self._state, self._square, self.people)
        if figures:
            table = Table.grid(padding=(0, 2))
            table.add_column()
            table.add_column(justify="right")
            now = rent_line(self._state, self._square, self.people)
            for what, amount in figures:
                table.add_row(what, amount, style="bold reverse" if what == now else "")
            yield Static(table, id="deed")
        for offer in self._offers.values():
            if offer.reason is not None:
                yield Label(f"{offer.label}: {sentence(offer.reason, self.people.lang)}", classes="why", markup=False)

    def buttons(self) -> ComposeResult:
        """Lay out what may be done."""
        for offer in self._offers.values():
            yield Button(offer.label, id=offer.name, disabled=offer.reason is not None)
        yield from super().buttons()

    def on_mount(self) -> None:
        """Begin on the way out, so that a second Enter changes nothing."""
        self.query_one("#cancel").focus()

    def pressed(self, button: str) -> None:
        """Answer with what the button does."""
        self.dismiss(self._offers[button].action)
