"""The end of a game: who won and what decided it, what it brought, the bonuses, and everybody's worth over time."""

from collections.abc import Sequence
from typing import ClassVar, Final, TypeAlias

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
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

TALL: Final = 30
"""From how many lines on there is room to space things out."""


class ResultsDialog(GameDialog[str]):
    """Shows how the game ended; answers "home" to leave the table, or "rematch"."""

    beside = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("a", "again", "rematch", id="results.again")]

    def __init__(
        self,
        state: State,
        people: People,
        history: Worths,
        since: int = 1,
        *,
        decided: str = "",
        brought: Sequence[str] = (),
        rematch: bool = False,
    ) -> None:
        """Take how a game ended.

        Args:
            state: The game at its end.
            people: Who played.
            history: Everybody's worth round by round.
            since: The round in which that begins.
            decided: What decided the game, where that is known.
            brought: What it brought the player; what comes later is for `tell_brought`.
            rematch: Whether the player may play again.
        """
        super().__init__(people)
        self._state = state
        self._history = history
        self._since = since
        self._decided = decided
        self._brought = brought
        self._rematch = rematch

    def title_text(self) -> str:
        """Return who won."""
        return winner_words(self._state, self.people)

    def body(self) -> ComposeResult:
        """Lay out what decided the game, ranking, what it brought, bonuses and the plot."""
        say = self.people.say
        if self._decided:
            yield Label(self._decided, id="decided", markup=False)
        table: DataTable[Text] = DataTable(show_cursor=False, id="ranking")
        for key in ("end_rank", "end_player", "end_worth", "end_money"):
            table.add_column(say(key))
        for row in self._ranking():
            table.add_row(*row)
        yield table
        yield Label("", id="brought", markup=False)
        if self._state.bonuses:
            yield Label(self._bonuses(), id="bonuses", markup=False)
        if len(self._history) > 1:
            heading = say("end_over_time") if self._since <= 1 else say("end_over_time_since", round=self._since)
            yield Label(heading, classes="heading")
            yield Static(plot(self._history, self.people), id="plot")

    def _bonuses(self) -> str:
        people = self.people
        bonuses = [
            people.say(
                "end_bonus_of", category=in_language(CATEGORIES[category], people.lang), names=people.names_of(seats)
            )
            for category, seats in self._state.bonuses
        ]
        return people.say("end_bonuses", amount=bonus_rules().amount, bonuses=" · ".join(bonuses))

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

    def tell_brought(self, lines: Sequence[str]) -> None:
        """Show what the game brought the player, as soon as the server has told it."""
        self._brought = lines
        if self.stays:
            self._show_brought()

    def _show_brought(self) -> None:
        for label in self.query("#brought").results(Label):  # none while the app closes
            label.update("\n".join(self._brought))
            label.display = bool(self._brought)

    def buttons(self) -> ComposeResult:
        """Lay out where to go."""
        yield Button(self.people.say("end_home"), variant="primary", id="home")
        if self._rematch:
            yield Button(self.people.say("rematch"), id="rematch")
        yield Button(self.people.say("end_look"), id="cancel")

    def on_mount(self) -> None:
        """Begin on the way home."""
        self._show_brought()
        self.query_one("#home").focus()

    def on_resize(self) -> None:
        """Space things out where there is room."""
        self.set_class(self.app.size.height < TALL, "-short")
        super().on_resize()

    def on_key(self, event: events.Key) -> None:
        """Let Space press nothing: who plays on with it has not seen yet that the game is over."""
        if event.key == "space":
            event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to play again only to whoever has played."""
        return self._rematch if action == "again" else True

    def action_again(self) -> None:
        """Answer that the player wants to play again."""
        self.dismiss("rematch")

    def pressed(self, button: str) -> None:
        """Answer with where to go."""
        self.dismiss(button)
