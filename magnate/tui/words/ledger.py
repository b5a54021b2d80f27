"""What each player gained and by what: the books of a game, from which one sees what decided it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from magnate.engine.events import Event, Paid, Why
from magnate.engine.state import State
from magnate.tui.words.groups import Whole, completed, wholes


class Cause(StrEnum):
    """By what a player gains or loses."""

    RENTS = "rents"
    CARDS = "cards"
    POT = "pot"
    SALARIES = "salaries"
    BONUSES = "bonuses"
    DEALS = "deals"
    """All else: what was bought, built, mortgaged and traded for more or less than it counts at the end."""


CAUSES = {
    Why.RENT: Cause.RENTS,
    Why.CARD: Cause.CARDS,
    Why.CARD_PRICE: Cause.CARDS,
    Why.POT: Cause.POT,
    Why.SALARY: Cause.SALARIES,
    Why.BONUS: Cause.BONUSES,
}
"""The cause of each kind of payment; of those that are not here, something is left for the money."""


@dataclass(frozen=True, slots=True)
class Rent:
    """A rent that was paid."""

    amount: int
    payer: int


@dataclass
class Ledger:
    """The books; `begin` them with a game as it stands, then let them `take` what happens."""

    gained: Counter[tuple[int, Cause]] = field(default_factory=Counter)
    """Money by seat and cause, received less paid."""
    largest: dict[int, Rent] = field(default_factory=dict)
    """The largest rent that each seat got."""
    whole_since: dict[Whole, int] = field(default_factory=dict)
    """The round in which each group became whole."""
    _wholes: frozenset[Whole] = frozenset()

    def begin(self, state: State) -> None:
        """Begin with a game of which nothing is known but how it stands."""
        self._wholes = wholes(state)

    def take(self, events: Iterable[Event], state: State) -> None:
        """Book what happened, and how the game stands then."""
        for event in events:
            if isinstance(event, Paid):
                self._book(event)
        for whole in completed(self._wholes, state):
            self.whole_since[whole] = state.round
        self._wholes = wholes(state)

    def _book(self, paid: Paid) -> None:
        cause = CAUSES.get(paid.why)
        if cause is None:
            return
        for seat, amount in ((paid.payer, -paid.amount), (paid.payee, paid.amount)):
            if seat >= 0:
                self.gained[seat, cause] += amount
        before = self.largest.get(paid.payee)
        if cause is Cause.RENTS and (before is None or paid.amount > before.amount):
            self.largest[paid.payee] = Rent(paid.amount, paid.payer)

    def precede(self, earlier: "Ledger") -> None:
        """Add the books of what happened before these began."""
        self.gained.update(earlier.gained)
        for seat, rent in earlier.largest.items():
            if seat not in self.largest or rent.amount > self.largest[seat].amount:
                self.largest[seat] = rent
        for whole, since in earlier.whole_since.items():
            self.whole_since[whole] = max(since, self.whole_since.get(whole, since))
