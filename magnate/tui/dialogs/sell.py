"""The dialog of who is in debt: what may be sold, and a suggestion."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Button, Label, OptionList
from textual.widgets.option_list import Option

from magnate.engine.actions import Action, Demolish
from magnate.engine.board import standard_board
from magnate.engine.view import GameView
from magnate.texts.squares import square_name
from magnate.tui.board.face import codes, label
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.words.people import People
from magnate.tui.words.sales import Sale, sales, suggestion


class SellDialog(GameDialog[Sequence[Action]]):
    """Lists what may be sold, and answers with what the player sells: one thing, or all that is suggested."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "suggested", "sell_marked", show=False, id="sell.suggested"),
    ]
    answers = "sell"

    def __init__(self, view: GameView, people: People) -> None:
        super().__init__(people)
        self._take(view)

    def _take(self, view: GameView) -> None:
        self._debt = max(-view.balance[view.viewer], 0)
        self._sales = sales(view)
        self._suggested = suggestion(self._sales, self._debt)

    def asked(self, view: GameView) -> bool:
        """Say whether there still is a debt, and something to sell."""
        return view.phase_seat == view.viewer and view.balance[view.viewer] < 0 and bool(sales(view))

    def title_text(self) -> str:
        """Return how much is missing."""
        return self.people.say("sell_title", amount=self._debt)

    def body(self) -> ComposeResult:
        """Lay out what may be sold, what is suggested marked."""
        enough = sum(sale.brings for sale in self._suggested) >= self._debt
        yield Label(self.people.say("sell_hint" if enough else "sell_short"), classes="text" if enough else "why")
        yield OptionList(*[self._option(sale) for sale in self._sales], id="sales")

    def _option(self, sale: Sale) -> Option:
        square = sale.action.square
        called = square_name(square, self.people.lang)
        if square in codes(standard_board()):
            called = f"{label(square, self.people.lang)} {called}"
        what = "sell_demolish" if isinstance(sale.action, Demolish) else "sell_mortgage"
        mark = "✓" if sale in self._suggested else " "
        return Option(f"{mark} +{sale.brings:<4} {self.people.say(what, square=called)}")

    def buttons(self) -> ComposeResult:
        """Lay out the suggestion and the way out."""
        brings = sum(sale.brings for sale in self._suggested)
        say = self.people.say
        label = f"{say('key_name_space').capitalize()}  {say('sell_suggested', amount=brings)}"
        yield Button(label, variant="primary", id="suggested")
        yield from super().buttons()

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one("#sales").focus()

    def action_suggested(self) -> None:
        """Answer with the suggestion."""
        self.pressed("suggested")

    @on(OptionList.OptionSelected)
    def selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with one sale."""
        self.dismiss([self._sales[event.option_index].action])

    def pressed(self, button: str) -> None:
        """Answer with the suggestion."""
        self.dismiss([sale.action for sale in self._suggested])
