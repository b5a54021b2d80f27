"""What landing on a square costs (rules: Rent)."""

from magnate.engine.board import BRIDGES, SERVERS
from magnate.engine.state import FREE, State


def rent(state: State, square: int) -> int:
    """Return the rent that the owner of `square` may charge now; 0 where mortgaged or not owned."""
    board = state.board
    owner = state.owner[square]
    if owner == FREE or state.mortgaged[square]:
        return 0
    rents = board.rents[square]
    group = board.group[square]
    if group in (SERVERS, BRIDGES):
        return rents[sum([state.owner[member] == owner for member in board.members[group]]) - 1]
    level = state.level[square]
    if level == 0 and state.group_owner[group] == owner:
        return 2 * rents[0]
    return rents[level]
