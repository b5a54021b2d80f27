"""From a game to what its squares look like."""

from collections.abc import Collection, Sequence

from magnate.engine.state import FREE, State
from magnate.engine.view import rent
from magnate.tui.board.face import NOBODY, Look
from magnate.tui.board.palette import PLAYER_LETTERS


def looks(
    state: State,
    positions: Sequence[int],
    *,
    choices: Collection[int] = (),
    path: Collection[int] = (),
    pieces: str = PLAYER_LETTERS,
) -> dict[int, Look]:
    """Return the look of every square.

    Args:
        state: The game.
        positions: Where each seat's piece is drawn, which is not yet where it is while it walks.
        choices: The squares that may be chosen now.
        path: The squares just walked over.
        pieces: What stands for each player, by place in the turn order.
    """
    board = state.board
    standing: dict[int, list[int]] = {}
    for place, seat in enumerate(state.order):
        if state.alive[seat]:
            standing.setdefault(positions[seat], []).append(place)
    shown = {}
    for square in board.ids:
        owner = state.owner[square] if board.is_buyable[square] else FREE
        amount: int | None = None
        if square == board.parking:
            amount = state.pot
        elif board.is_buyable[square]:
            amount = board.price[square] if owner == FREE else rent(state, square) or None
        shown[square] = Look(
            square,
            owner=NOBODY if owner == FREE else state.order.index(owner),
            level=state.level[square] if board.is_buyable[square] else 0,
            mortgaged=board.is_buyable[square] and bool(state.mortgaged[square]),
            tokens=tuple(standing.get(square, ())),
            pieces=pieces,
            amount=amount,
            choice=square in choices,
            path=square in path,
        )
    return shown
