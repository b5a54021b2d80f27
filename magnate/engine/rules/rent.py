"""What landing on a square costs (rules: Rent)."""

from magnate.engine.board import SERVERS, Board
from magnate.engine.state import FREE, State


def rent(state: State, square: int) -> int:
    """Return the rent that the owner of `square` may charge now; 0 where mortgaged or not owned."""
    owner = state.owner[square]
    return 0 if owner == FREE or state.mortgaged[square] else rent_for(state, square, owner)


def rent_for(state: State, square: int, seat: int) -> int:
    """Return the rent that `seat` charges for `square`, without a mortgage, once it owns it; it may do so already."""
    board = state.board
    group = board.group[square]
    held = [state.owner[member] for member in board.members[group]].count(seat) + (state.owner[square] != seat)
    if group >= SERVERS:
        return board.rents[square][held - 1]
    return property_rent(board, square, state.level[square], held == len(board.members[group]))


def property_rent(board: Board, square: int, level: int, whole: bool) -> int:
    """Return the rent of a property at `level` (0..5) whose owner has the `whole` group, or only a part of it."""
    rents = board.rents[square]
    return 2 * rents[0] if whole and not level else rents[level]
