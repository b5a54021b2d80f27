"""Where chance comes from (rules: Determinism): one object, handed to the engine, that is asked for each outcome.

`Seeded` is fast and the same on every machine; `Secure` is for the server; `Scripted` says what comes next (tests,
debug commands); `Recorder` notes every outcome, and `Recorded` gives the noted ones back (replay).
"""

import random
import secrets
from collections import deque
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from magnate.engine.cards import Card, deck, find_card, takes_value
from magnate.engine.errors import ChanceError

Outcome: TypeAlias = "tuple[str, object]"
"""What was drawn and how it fell, in plain data: `("die", 4)`, `("card", ["winPlainMoney", 20])`, …"""


class Chance:
    """Every random outcome that the rules ask for; a source need only say how `below` falls."""

    def below(self, bound: int) -> int:
        """Return a number from 0 to `bound` - 1, each with equal chance."""
        raise ChanceError(f"{type(self).__name__} gives no numbers")

    def die(self) -> int:
        """Return one throw of a die, 1..6."""
        return self.below(6) + 1

    def coin(self) -> bool:
        """Return one toss of a fair coin."""
        return self.below(2) == 1

    def card(self) -> Card:
        """Return a card of the deck: each type with equal chance, then each value of the type."""
        types = deck()
        cards = types[self.below(len(types))].cards
        return cards[self.below(len(cards))] if len(cards) > 1 else cards[0]

    def seat(self, seats: Sequence[int]) -> int:
        """Return one of `seats`."""
        return seats[self.below(len(seats))]

    def square(self, squares: Sequence[int]) -> int:
        """Return one of `squares`."""
        return squares[self.below(len(squares))]

    def order(self, count: int) -> tuple[int, ...]:
        """Return the seats 0..count-1 in a random order."""
        seats = list(range(count))
        for last in range(count - 1, 0, -1):
            other = self.below(last + 1)
            seats[last], seats[other] = seats[other], seats[last]
        return tuple(seats)

    def categories(self, names: Sequence[str], count: int) -> tuple[str, ...]:
        """Return `count` different ones of `names`, in the order drawn."""
        left = list(names)
        return tuple(left.pop(self.below(len(left))) for _ in range(count))


class Seeded(Chance):
    """Chance made from a seed: the same numbers on every machine and Python version."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        """The whole number that all outcomes follow from."""
        self._random = random.Random(seed).random

    def below(self, bound: int) -> int:
        """Return a number from 0 to `bound` - 1.

        `Random.random` is promised to stay the same across versions of Python, `randrange` is not.
        """
        return int(self._random() * bound)

    def die(self) -> int:
        """Return one throw of a die, 1..6; a short cut, as dice are what a game asks for most."""
        return int(self._random() * 6) + 1


class Secure(Chance):
    """Chance from the operating system, which nobody can foresee: what the server plays with."""

    def below(self, bound: int) -> int:
        """Return a number from 0 to `bound` - 1."""
        return secrets.randbelow(bound)


class Scripted(Chance):
    """Chance that is told what comes next, kind by kind, and goes on with another source when nothing is told."""

    def __init__(
        self,
        *,
        dice: Iterable[int] = (),
        cards: Iterable[tuple[str, int | None]] = (),
        coins: Iterable[bool] = (),
        seats: Iterable[int] = (),
        squares: Iterable[int] = (),
        orders: Iterable[Sequence[int]] = (),
        categories: Iterable[Sequence[str]] = (),
        then: Chance | None = None,
    ) -> None:
        """Take the outcomes to come; `then` is asked once they are used up (None: that is an error)."""
        self.dice = deque(dice)
        self.cards = deque(cards)
        self.coins = deque(coins)
        self.seats = deque(seats)
        self.squares = deque(squares)
        self.orders = deque(orders)
        self.drawn_categories = deque(categories)
        self.then = then

    def below(self, bound: int) -> int:
        """Ask the source behind the script.

        Raises:
            ChanceError: there is none.
        """
        if self.then is None:
            raise ChanceError("the script has no outcome left for this draw")
        return self.then.below(bound)

    def die(self) -> int:
        """Return the next die told, 1..6."""
        return _checked(self.dice.popleft(), range(1, 7)) if self.dice else super().die()

    def coin(self) -> bool:
        """Return the next toss told."""
        return self.coins.popleft() if self.coins else super().coin()

    def card(self) -> Card:
        """Return the next card told."""
        return _known_card(*self.cards.popleft()) if self.cards else super().card()

    def seat(self, seats: Sequence[int]) -> int:
        """Return the next seat told, which must be one of `seats`."""
        return _checked(self.seats.popleft(), seats) if self.seats else super().seat(seats)

    def square(self, squares: Sequence[int]) -> int:
        """Return the next square told, which must be one of `squares`."""
        return _checked(self.squares.popleft(), squares) if self.squares else super().square(squares)

    def order(self, count: int) -> tuple[int, ...]:
        """Return the next order told, which must be of all seats."""
        return _checked_order(list(self.orders.popleft()), count) if self.orders else super().order(count)

    def categories(self, names: Sequence[str], count: int) -> tuple[str, ...]:
        """Return the next categories told, which must be `count` different ones of `names`."""
        if not self.drawn_categories:
            return super().categories(names, count)
        return _checked_categories(list(self.drawn_categories.popleft()), names, count)


class Recorder(Chance):
    """Asks another source and notes every outcome; `take` hands the notes over."""

    def __init__(self, source: Chance) -> None:
        self.source = source
        """Where the outcomes come from."""
        self._outcomes: list[Outcome] = []

    def take(self) -> list[Outcome]:
        """Return the outcomes noted since the last call, and forget them."""
        outcomes = self._outcomes
        self._outcomes = []
        return outcomes

    def below(self, bound: int) -> int:
        """Return a number from the source; used by nothing that the rules draw."""
        return self.source.below(bound)

    def die(self) -> int:
        """Return and note one throw of a die."""
        value = self.source.die()
        self._outcomes.append(("die", value))
        return value

    def coin(self) -> bool:
        """Return and note one toss of a coin."""
        value = self.source.coin()
        self._outcomes.append(("coin", value))
        return value

    def card(self) -> Card:
        """Return and note one card."""
        card = self.source.card()
        self._outcomes.append(("card", [card.type, card.value, card.price]))
        return card

    def seat(self, seats: Sequence[int]) -> int:
        """Return and note one of `seats`."""
        value = self.source.seat(seats)
        self._outcomes.append(("seat", value))
        return value

    def square(self, squares: Sequence[int]) -> int:
        """Return and note one of `squares`."""
        value = self.source.square(squares)
        self._outcomes.append(("square", value))
        return value

    def order(self, count: int) -> tuple[int, ...]:
        """Return and note an order of seats."""
        value = self.source.order(count)
        self._outcomes.append(("order", list(value)))
        return value

    def categories(self, names: Sequence[str], count: int) -> tuple[str, ...]:
        """Return and note the categories drawn."""
        value = self.source.categories(names, count)
        self._outcomes.append(("categories", list(value)))
        return value


class Recorded(Chance):
    """Chance that happened before: gives back noted outcomes in their order, and checks that they fit."""

    def __init__(self, outcomes: Iterable[Outcome] = ()) -> None:
        self._outcomes = deque(outcomes)

    def feed(self, outcomes: Iterable[Outcome]) -> None:
        """Add outcomes behind those that are left."""
        self._outcomes.extend(outcomes)

    @property
    def left(self) -> int:
        """How many outcomes have not been asked for."""
        return len(self._outcomes)

    def die(self) -> int:
        """Return the next die."""
        return _checked(self._whole("die"), range(1, 7))

    def coin(self) -> bool:
        """Return the next toss."""
        value = self._next("coin")
        if not isinstance(value, bool):
            raise ChanceError(f"the recorded coin is {value!r}, not true or false")
        return value

    def card(self) -> Card:
        """Return the next card, also one with a value or a price that the deck no longer has."""
        value = self._next("card")
        if isinstance(value, list) and len(value) == 3:
            name, number, price = value
            known = any(name == card_type.name for card_type in deck())
            if known and (_is_count(number) or (number is None and not takes_value(name))) and _is_count(price):
                return Card(name, number, price)
        raise ChanceError(f"the recorded card is {value!r}, not a known type, a value and a price")

    def seat(self, seats: Sequence[int]) -> int:
        """Return the next seat, which must be one of `seats`."""
        return _checked(self._whole("seat"), seats)

    def square(self, squares: Sequence[int]) -> int:
        """Return the next square, which must be one of `squares`."""
        return _checked(self._whole("square"), squares)

    def order(self, count: int) -> tuple[int, ...]:
        """Return the next order."""
        return _checked_order(self._next("order"), count)

    def categories(self, names: Sequence[str], count: int) -> tuple[str, ...]:
        """Return the next categories."""
        return _checked_categories(self._next("categories"), names, count)

    def _next(self, kind: str) -> object:
        if not self._outcomes:
            raise ChanceError(f"the record has no outcome left where a {kind} is drawn")
        noted, value = self._outcomes.popleft()
        if noted != kind:
            raise ChanceError(f"the record has a {noted} where a {kind} is drawn")
        return value

    def _whole(self, kind: str) -> int:
        value = self._next(kind)
        if not isinstance(value, int) or isinstance(value, bool):
            raise ChanceError(f"the recorded {kind} is {value!r}, not a whole number")
        return value


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _checked(value: int, allowed: Sequence[int]) -> int:
    if value not in allowed:
        raise ChanceError(f"{value} was told or recorded where only {list(allowed)} can come")
    return value


def _checked_order(value: object, count: int) -> tuple[int, ...]:
    seats = list(range(count))
    if isinstance(value, list) and all(type(seat) is int for seat in value) and sorted(value) == seats:
        return tuple(value)
    raise ChanceError(f"the order told or recorded is {value!r}, not the seats 0 to {count - 1}")


def _checked_categories(value: object, names: Sequence[str], count: int) -> tuple[str, ...]:
    if isinstance(value, list) and len(value) == count and all(name in names for name in value):
        drawn = tuple(dict.fromkeys(value))
        if len(drawn) == count:
            return drawn
    raise ChanceError(f"the categories told or recorded are {value!r}, not {count} different ones that qualify")


def _known_card(name: str, value: int | None) -> Card:
    card = find_card(name, value)
    if card is None:
        raise ChanceError(f"the deck has no card {name} with the value {value}")
    return card
