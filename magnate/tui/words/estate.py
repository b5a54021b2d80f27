"""A player's estate as a list: each square with rent, level and mortgage, and what is missing to its group."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from magnate.engine.state import FREE, State
from magnate.engine.view import rent
from magnate.tui.words.groups import missing


@dataclass(frozen=True, slots=True)
class Holding:
    """One square that a player owns."""

    square: int
    group: int
    have: int
    """How many of the group the player owns."""
    whole: int
    """How many squares the group has."""
    rent: int
    level: int
    mortgaged: bool
    missing: tuple[tuple[int, int], ...]
    """(square, owner or FREE) of the other squares of the group."""


_ORDERS: Final[dict[str, Callable[[Holding], tuple[int, ...]]]] = {
    "group": lambda each: (each.group, each.square),
    "rent": lambda each: (-each.rent, each.group, each.square),
    "level": lambda each: (-each.level, each.group, each.square),
    "mortgage": lambda each: (not each.mortgaged, each.group, each.square),
    "missing": lambda each: (
        not each.missing,
        len(each.missing),
        all(owner == FREE for _, owner in each.missing),
        each.group,
        each.square,
    ),
}
"""By what the list may be sorted, in the order of the columns; what matters most comes first."""

ORDERS: Final = tuple(_ORDERS)
"""The names of the orders."""


def estate(state: State, seat: int, order: str = "group") -> list[Holding]:
    """Return what `seat` owns, sorted by one of ORDERS."""
    return sorted((_holding(state, seat, square) for square in state.owned[seat]), key=_ORDERS[order])


def _holding(state: State, seat: int, square: int) -> Holding:
    group = state.board.group[square]
    lacking = tuple(missing(state, seat, group))
    whole = len(state.board.members[group])
    return Holding(
        square,
        group,
        whole - len(lacking),
        whole,
        rent(state, square),
        state.level[square],
        bool(state.mortgaged[square]),
        lacking,
    )


def wanted(holding: Holding) -> Sequence[tuple[int, int]]:
    """Return (square, seat) of what other players have of the group: what a trade may ask for."""
    return [(square, owner) for square, owner in holding.missing if owner != FREE]
