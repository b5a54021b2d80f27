"""What landing on a square costs (rules: Rent)."""

from magnate.engine.board import SERVERS, Board
from magnate.engine.state import FREE, State


def rent(state: State, square: int) -> int:
    """Return the rent that the owner of `square` may charge now; 0 where mortgaged or not owned."""
    board = state.board
    owner = state.owner[square]
    if owner == FREE or state.mortgaged[square]:
        return 0
    rents = board.rents[square]
    group = board.group[square]
    if group >= SERVERS:
        return rents[[state.owner[member] for member in board.members[group]].count(owner) - 1]
    return property_rent(board, square, state.level[square], state.group_owner[group] == owner)


def property_rent(board: Board, square: int, level: int, whole: bool) -> int:
    """Return the rent of a property at `level` (0..5) whose owner has the `whole` group, or only a part of it."""
    rents = board.rents[square]
    return 2 * rents[0] if whole and not level else rents[level]
