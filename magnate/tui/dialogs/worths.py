"""Who is winning, at any time of the game: rank, worth, lead and trend, and everybody's worth round by round."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Label, Static

from magnate.engine.state import State
from magnate.engine.view import net_worth
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.words.people import People
from magnate.tui.words.standings import arrow, plot, signed, standings

_COLUMNS = ("end_rank", "end_player", "end_worth", "worths_lead", "worths_trend", "end_money")


class WorthsDialog(GameDialog[None]):
    """Shows how everybody stands; it stays open, and shows each change of the game."""

    beside = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "cancel", "close", show=False, id="dialog.close_worths"),
    ]

    def __init__(self, state: State, people: People, history: Sequence[Sequence[int]], since: int) -> None:
        """Take a game, and everybody's worth at the beginning of each round from the round `since` on."""
        super().__init__(people)
        self._state = state
        self._history = history
        self._since = since

    def title_text(self) -> str:
        """Return what it shows."""
        return self.people.say("worths_title")

    def body(self) -> ComposeResult:
        """Lay out the table and the plot."""
        yield DataTable[Text](show_cursor=False, id="standings")
        since = "end_over_time" if self._since <= 1 else "end_over_time_since"
        yield Label(self.people.say(since, round=self._since), classes="heading")
        yield Static("", id="plot")

    def on_mount(self) -> None:
        """Fill in how they stand."""
        self._fill()
        self.query_one("#cancel").focus()

    def follow(self, state: State, history: Sequence[Sequence[int]]) -> None:
        """Show the game as it is now."""
        if self.is_mounted:
            self._state, self._history = state, history
            self._fill()

    def _fill(self) -> None:
        state, people, table = self._state, self.people, self.query_one(DataTable)
        table.clear(columns=True)
        for key in _COLUMNS:
            table.add_column(people.say(key))
        for standing in standings(state, self._history):
            seat, trend = standing.seat, standing.trend
            name = Text.assemble(people.badge(seat), " ", people.name(seat))
            change = f"{arrow(trend)} {signed(trend)}" if trend else arrow(trend)
            cells = (standing.rank, name, standing.worth, signed(standing.lead), change, state.balance[seat])
            table.add_row(*(cell if isinstance(cell, Text) else Text(str(cell)) for cell in cells))
        now = [net_worth(state, seat) for seat in range(state.seats)]
        self.query_one("#plot", Static).update(plot([*self._history, now], people))
