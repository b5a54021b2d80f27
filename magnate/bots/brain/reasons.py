"""Why a choice is worth what it is: one number a reason."""

from collections.abc import Iterable
from typing import Final, NamedTuple


class Reasons(NamedTuple):
    """What speaks for a choice, or against it where a number is below 0, in units of money."""

    money: float = 0.0
    """What is paid or received at once."""
    worth: float = 0.0
    """What it adds to the worth at the end of the game."""
    rent: float = 0.0
    """The rents that it earns, or is to pay, until then."""
    group: float = 0.0
    """What it does for a whole group of one's own, now or later."""
    denial: float = 0.0
    """What it keeps from the rivals, or gives to them."""
    risk: float = 0.0
    """What may have to be sold for the next rents."""

    @property
    def total(self) -> float:
        """What the choice is worth in all."""
        return self.money + self.worth + self.rent + self.group + self.denial + self.risk

    def plus(self, other: "Reasons") -> "Reasons":
        """Return the sum, reason by reason."""
        return Reasons(*[mine + theirs for mine, theirs in zip(self, other, strict=True)])


NOTHING: Final = Reasons()
"""The reasons of a choice that changes nothing."""


def added(values: Iterable[float]) -> float:
    """Return the sum, added up from the first to the last: `sum` rounds differently from one Python to the next."""
    total = 0.0
    for value in values:
        total += value
    return total
