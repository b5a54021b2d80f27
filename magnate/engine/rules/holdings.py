"""Who holds what: the one place where owners, levels and mortgages change, so that what is derived stays true.

Derived are each seat's list of squares, each group's owner (FREE unless one seat has it all), and each group's levels
and mortgages in all. The rules ask for these at every step; looking them up is several times faster than counting.
"""

from bisect import insort

from magnate.engine.state import FREE, State


def give(state: State, square: int, seat: int) -> None:
    """Make `seat` the owner of `square`, whoever owned it; a mortgage travels with it."""
    before = state.owner[square]
    if before != FREE:
        state.owned[before].remove(square)
    state.owner = owner = _with(state.owner, square, seat)
    insort(state.owned[seat], square)
    members = state.board.members[state.board.group[square]]
    whole = all(owner[member] == seat for member in members)
    state.group_owner[state.board.group[square]] = seat if whole else FREE


def release(state: State, square: int) -> None:
    """Give `square` back to the bank, bare."""
    set_level(state, square, 0)
    set_mortgaged(state, square, 0)
    state.owned[state.owner[square]].remove(square)
    state.owner = _with(state.owner, square, FREE)
    state.group_owner[state.board.group[square]] = FREE


def set_level(state: State, square: int, level: int) -> None:
    """Set the building levels of `square`."""
    state.group_levels[state.board.group[square]] += level - state.level[square]
    state.level = _with(state.level, square, level)


def set_mortgaged(state: State, square: int, mortgaged: int) -> None:
    """Set (1) or lift (0) the mortgage of `square`."""
    state.group_mortgages[state.board.group[square]] += mortgaged - state.mortgaged[square]
    state.mortgaged[square] = mortgaged


def _with(values: tuple[int, ...], square: int, value: int) -> tuple[int, ...]:
    changed = list(values)
    changed[square] = value
    return tuple(changed)
