"""The estate as a list: everything that the player owns, with all that may be done with it, without the board."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Label

from magnate.engine.actions import Action, TradeProposal
from magnate.engine.board import MAX_LEVEL
from magnate.engine.phases import Phase
from magnate.engine.state import FREE
from magnate.engine.view import GameView, sentence, trade_limits, why_not
from magnate.tui.board.face import HOTEL, label
from magnate.tui.board.palette import PALETTES
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.preferences.keys import key_name
from magnate.tui.words.effects import next_turn_words
from magnate.tui.words.estate import ORDERS, Holding, estate, wanted
from magnate.tui.words.offers import Offer, plays, square_offers
from magnate.tui.words.people import People
from magnate.tui.words.squares import called

_KEYS: Final = {"build": "h", "demolish": "x", "mortgage": "m", "trade": "t"}
_BUSINESS: Final = (Phase.BUSINESS, Phase.LIQUIDATION)
_NAME: Final = 24
"""Columns of a square's name."""
_MISSING: Final = 24


class EstateDialog(GameDialog[None]):
    """Lists the estate and lets the player act on it; it stays open, and shows each change of the game.

    It sends nothing itself: `act` is given each action, `trade` the owner and the square that a trade is to ask for.
    """

    beside = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "cancel", "close", show=False, id="dialog.close_estate"),
        Binding("s", "sort", "estate_sort", id="estate.sort"),
        *(
            Binding(key, f"take('{name}')", f"key_{name}", show=False, id=f"estate.{name}")
            for name, key in _KEYS.items()
        ),
    ]

    def __init__(
        self, view: GameView, people: People, act: Callable[[Action], object], trade: Callable[[int, int], None]
    ) -> None:
        super().__init__(people)
        self._view = view
        self._act = act
        self._trade = trade
        self._order = ORDERS[0]
        self._rows: list[Holding] = []

    def title_text(self) -> str:
        """Return what the list is."""
        return self.people.say("estate_title")

    def body(self) -> ComposeResult:
        """Lay out the money, the list, and what may be done with the square that is marked."""
        yield Label("", id="purse", classes="text", markup=False)
        yield DataTable[Text](cursor_type="row", cell_padding=0, id="holdings")
        yield ActionsPanel(id="doing")

    def on_mount(self) -> None:
        """Fill in the list and begin in it."""
        self._fill()
        self.query_one(DataTable).focus()

    def asked(self, view: GameView) -> bool:
        """Say whether the player is still in the game."""
        return plays(view)

    def show(self, view: GameView) -> None:
        """Show the game as it is now."""
        self._view = view
        self._fill()

    # The list

    def _fill(self) -> None:
        table = self.query_one(DataTable)
        marked = self._marked.square if self._marked is not None else None
        view, people = self._view, self.people
        self._rows = estate(view, view.viewer, self._order)
        table.clear(columns=True)
        for name in ("square", *ORDERS):
            mark = "▾" if name == self._order else ""
            table.add_column(Text(f"{people.say(f'estate_by_{name}')}{mark} "), key=name)
        for holding in self._rows:
            table.add_row(*self._cells(holding))
        squares = [holding.square for holding in self._rows]
        if marked in squares:
            table.move_cursor(row=squares.index(marked))
        purse = people.say("estate_purse", amount=view.balance[view.viewer])
        self.query_one("#purse", Label).update(" · ".join(filter(None, (purse, next_turn_words(view, people)))))
        self._show_doing()

    def _cells(self, holding: Holding) -> list[Text]:
        people, view = self.people, self._view
        palette = PALETTES[people.palette]
        whole = not holding.missing
        name = Text(called(view, holding.square, people), style=palette.group(holding.group))
        name.truncate(_NAME, overflow="ellipsis")
        lacking = Text(", ".join(self._lacking(square, owner) for square, owner in holding.missing))
        lacking.truncate(_MISSING, overflow="ellipsis")
        levels = HOTEL if holding.level == MAX_LEVEL else f"⌂{holding.level}" if holding.level else ""
        half = view.board.mortgage[holding.square]
        cells = (
            name,
            Text(f"{holding.have}/{holding.whole}", style=f"bold {palette.special}" if whole else ""),
            Text(str(holding.rent)),
            Text(levels),
            Text(f"= −{half}" if holding.mortgaged else f"+{half}", style=palette.warning if holding.mortgaged else ""),
            lacking,
        )
        return [Text.assemble(cell, " ") for cell in cells]

    def _lacking(self, square: int, owner: int) -> str:
        """Return a square that is missing, and who has it."""
        who = self.people.say("free") if owner == FREE else self.people.name(owner)
        return f"{label(square, self.people.lang)} {who}"

    @property
    def _marked(self) -> Holding | None:
        row = self.query_one(DataTable).cursor_row
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def action_sort(self) -> None:
        """Sort by the next column."""
        self._sort(ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)])

    def _sort(self, order: str) -> None:
        self._order = order
        self._fill()

    @on(DataTable.HeaderSelected)
    def sort_by(self, event: DataTable.HeaderSelected) -> None:
        """Sort by the column that was clicked."""
        if event.column_key.value in ORDERS:
            self._sort(event.column_key.value)

    # What may be done

    @on(DataTable.RowHighlighted)
    def _show_doing(self) -> None:
        """Say what may be done with the square that is marked, and what comes of it."""
        people, keys = self.people, {name: key_name(key) for name, key in self._keys().items()}
        self.query_one(ActionsPanel).show(self.offers(), people, keys, self._otherwise())

    def _keys(self) -> dict[str, str]:
        """Return the keys of what may be done, as the player's configuration has them."""
        found = {}
        for active in self.active_bindings.values():
            name = (active.binding.id or "").removeprefix("estate.")
            if name in _KEYS:
                found[name] = active.binding.key
        return found

    def offers(self) -> Sequence[Offer]:
        """Return what may be done with the square that is marked; nothing where it is not the player's business now."""
        view, holding = self._view, self._marked
        if holding is None or view.phase not in _BUSINESS or view.phase_seat != view.viewer:
            return []
        return [*square_offers(view, holding.square, self.people), *self._trades(holding)]

    def _trades(self, holding: Holding) -> list[Offer]:
        """Return an offer to trade for each square of the group that somebody else has."""
        view, found = self._view, []
        for square, owner in wanted(holding):
            ask = TradeProposal(owner, asked_properties=(square,))
            reason = None if trade_limits(view, view.viewer) is not None else why_not(view, view.viewer, ask)
            named = {"square": label(square, self.people.lang), "name": self.people.name(owner)}
            found.append(Offer("trade", self.people.say("estate_trade", **named), ask, reason))
        return found

    def _otherwise(self) -> str:
        return self.people.say("estate_later" if self._rows else "estate_none")

    def action_take(self, name: str) -> None:
        """Do the first thing of that name with the square that is marked."""
        offer = next((each for each in self.offers() if each.name == name), None)
        if offer is not None:
            self._take(offer)

    @on(ActionsPanel.Taken)
    def clicked(self, event: ActionsPanel.Taken) -> None:
        """Take what was clicked, if it still stands."""
        event.stop()
        if event.offer in self.offers():
            self._take(event.offer)

    def _take(self, offer: Offer) -> None:
        if offer.reason is not None:
            self.notify(sentence(offer.reason, self.people.lang), severity="warning")
        elif isinstance(offer.action, TradeProposal):
            self._trade(offer.action.destination, offer.action.asked_properties[0])
        elif offer.action is not None:
            self._act(offer.action)
