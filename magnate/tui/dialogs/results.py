"""The end of a game: who won, the bonuses, and everybody's worth over time."""

from collections.abc import Sequence
from typing import TypeAlias

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.widgets import Button, DataTable, Label, Static

from magnate.engine.state import State
from magnate.engine.statistics import bonus_rules
from magnate.texts import in_language
from magnate.texts.sentences import CATEGORIES
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.words.people import People
from magnate.tui.words.ranking import ranking, winner_words
from magnate.tui.words.standings import plot

Worths: TypeAlias = Sequence[Sequence[int]]
"""Net worth by seat, one row a round."""


class ResultsDialog(GameDialog[str]):
    """Shows how the game ended; answers "home" to leave the table, or "rematch"."""

    beside = False

    def __init__(self, state: State, people: People, history: Worths, since: int = 1, *, rematch: bool = False) -> None:
        """Take the end of a game, everybody's worth round by round from `since` on, and whether to offer a rematch."""
        super().__init__(people)
        self._state = state
        self._history = history
        self._since = since
        self._rematch = rematch

    def title_text(self) -> str:
        """Return who won."""
        return winner_words(self._state, self.people)

    def body(self) -> ComposeResult:
        """Lay out ranking, bonuses and the plot."""
        say = self.people.say
        table: DataTable[Text] = DataTable(show_cursor=False, id="ranking")
        for key in ("end_rank", "end_player", "end_worth", "end_money"):
            table.add_column(say(key))
        for row in self._ranking():
            table.add_row(*row)
        yield table
        for category, seats in self._state.bonuses:
            words = in_language(CATEGORIES[category], self.people.lang)
            names = self.people.names_of(seats)
            yield Label(say("end_bonus", category=words, names=names, amount=bonus_rules().amount), markup=False)
        if len(self._history) > 1:
            heading = say("end_over_time") if self._since <= 1 else say("end_over_time_since", round=self._since)
            yield Label(heading, classes="heading")
            yield Static(plot(self._history, self.people), id="plot")

    def _ranking(self) -> list[tuple[Text, ...]]:
        state, people = self._state, self.people
        rows: list[tuple[Text, ...]] = []
        for rank, seat, worth in ranking(state):
            name = Text.assemble(people.badge(seat), " ", people.name(seat), " ★" if seat in state.winners else "")
            # As wide as their headings, so that figures stand under each other.
            standing = str(worth).rjust(len(people.say("end_worth")))
            money = str(state.balance[seat]).rjust(len(people.say("end_money")))
            if not state.alive[seat]:
                standing, money = people.why_out(state, seat), ""
            rows.append((Text(str(rank)), name, Text(standing), Text(money)))
        return rows

    def buttons(self) -> ComposeResult:
        """Lay out where to go."""
        yield Button(self.people.say("end_home"), variant="primary", id="home")
        if self._rematch:
            yield Button(self.people.say("rematch"), id="rematch")
        yield Button(self.people.say("end_look"), id="cancel")

    def on_mount(self) -> None:
        """Begin on the way home."""
        self.query_one("#home").focus()

    def on_key(self, event: events.Key) -> None:
        """Let Space press nothing: who plays on with it has not seen yet that the game is over."""
        if event.key == "space":
            event.prevent_default()

    def pressed(self, button: str) -> None:
        """Answer with where to go."""
        self.dismiss(button)
