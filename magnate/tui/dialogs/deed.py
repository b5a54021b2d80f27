"""The card of a square: what it costs and earns, and what its owner may do with it."""

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Button, Label, Static

from magnate.engine.actions import Action
from magnate.engine.state import State
from magnate.engine.view import GameView, sentence
from magnate.tui.board.palette import PALETTES
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.words.offers import plays, square_offers
from magnate.tui.words.people import People
from magnate.tui.words.squares import about, deed, rent_line, title


class DeedDialog(GameDialog[Action]):
    """Shows one square, and answers with what to do with it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "turn(1)", "page_down", show=False, id="deed.down"),
        Binding("pageup", "turn(-1)", "page_up", show=False, id="deed.up"),
    ]

    def __init__(self, state: State, square: int, people: People) -> None:
        """Take a game, or one's view of it, in which one may do something with the square."""
        super().__init__(people)
        self._square = square
        self._take(state)

    def _take(self, state: State) -> None:
        self._state = state
        view = state if isinstance(state, GameView) and plays(state) else None
        offers = [] if view is None else square_offers(view, self._square, self.people)
        self._offers = {offer.name: offer for offer in offers if offer.action is not None}

    def show(self, view: GameView) -> None:
        """Show the card as it is now."""
        before = self._facts()
        self._take(view)
        if self._facts() != before:
            self.run_worker(self._renew(), exclusive=True)

    def _facts(self) -> tuple[object, ...]:
        """Return what the card tells."""
        state, square, people = self._state, self._square, self.people
        return deed(state, square, people), rent_line(state, square, people), self._offers

    async def _renew(self) -> None:
        await self.recompose()
        self.on_mount()

    def title_text(self) -> str:
        """Return code, name and number of the square."""
        return title(self._state, self._square, self.people).plain

    def body(self) -> ComposeResult:
        """Lay out the figures, and why not what may not be done; where they are too long, they scroll."""
        with VerticalScroll(id="card", can_focus=False):
            yield from self._card()

    def _card(self) -> ComposeResult:
        board = self._state.board
        group = board.group[self._square]
        if group:
            yield Static(Text("▀" * 34, style=PALETTES[self.people.palette].group(group)), classes="band")
        words = about(self._state, self._square, self.people)
        if words:
            yield Label(words, markup=False)
        figures = deed(self._state, self._square, self.people)
        if figures:
            table = Table.grid(padding=(0, 1))
            table.add_column(no_wrap=True)
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

    def action_turn(self, down: int) -> None:
        """Scroll a long card."""
        card = self.query_one("#card", VerticalScroll)
        card.scroll_relative(y=down * card.size.height, animate=False)

    def on_mount(self) -> None:
        """Begin on the way out, so that a second Enter changes nothing."""
        self.query_one("#cancel").focus()

    def pressed(self, button: str) -> None:
        """Answer with what the button does."""
        self.dismiss(self._offers[button].action)
