"""Who is waited for, and what the server does for players who let a time limit pass (rules: Time limits)."""

from collections.abc import Callable
from typing import Final

from magnate.engine.actions import (
    DECLINE_BAIL,
    NEXT_PHASE,
    REJECT,
    SURRENDER,
    TAKE_UNSEEN_CARD,
    THROW_DICES,
    Action,
    Bid,
    Demolish,
    DropPurchase,
    MortgageSet,
    MoveTo,
)
from magnate.engine.chance import Chance
from magnate.engine.game import legal_actions
from magnate.engine.phases import (
    AUCTION,
    BUSINESS,
    CHOOSE_FANTASY,
    CHOOSE_SQUARE,
    END_GAME,
    LIQUIDATION,
    MANAGEMENT,
    PROPOSAL_ACCEPTANCE,
    Phase,
)
from magnate.engine.state import State

STRIKES: Final = 3
"""Time limits in a row after which a player is out."""

_KEEPS_LIMIT: Final = frozenset({BUSINESS, LIQUIDATION, AUCTION})
"""Phases in which many actions may be done within one time limit."""


def waited_for(state: State) -> list[int]:
    """Return the seats that must act now."""
    if state.phase is END_GAME:
        return []
    if state.phase is AUCTION:
        return list(state.to_bid)
    return [state.phase_seat]


def keeps_limit(before: State, after: State, actor: int) -> bool:
    """Tell whether the time limit of `before` goes on after an action: no new phase, and none that began anew."""
    same = (before.phase, before.phase_seat, before.turn) == (after.phase, after.phase_seat, after.turn)
    return same and (after.phase in _KEEPS_LIMIT or actor != after.phase_seat)


def act_for(state: State, seat: int, chance: Chance) -> Action:
    """Return what the server does for `seat`, who had to act and did not.

    In liquidation this is one sale, or the end of the phase, or leaving: ask again until the phase is over.
    """
    return _ACTS.get(state.phase, _roll)(state, seat, chance)


def _roll(state: State, seat: int, chance: Chance) -> Action:
    return DECLINE_BAIL if state.jail_roll else THROW_DICES


def _move(state: State, seat: int, chance: Chance) -> Action:
    return MoveTo(chance.square([square for square, _ in state.choices]))


def _manage(state: State, seat: int, chance: Chance) -> Action:
    square = state.position[seat]
    return DropPurchase(square) if state.board.is_buyable[square] else NEXT_PHASE


def _liquidate(state: State, seat: int, chance: Chance) -> Action:
    """Sell what costs least to lose, until the debt is paid; who could not pay it with everything is out."""
    if state.balance[seat] >= 0:
        return NEXT_PHASE
    if state.balance[seat] + most_raised(state, seat) < 0:
        return SURRENDER
    sales = [action for action in legal_actions(state, seat) if isinstance(action, Demolish | MortgageSet)]
    return min(sales, key=lambda action: _loss(state, action))


def most_raised(state: State, seat: int) -> int:
    """Return the money that `seat` gets for demolishing and mortgaging everything."""
    board = state.board
    return sum(
        state.level[square] * board.refund[square] + (0 if state.mortgaged[square] else board.mortgage[square])
        for square in state.owned[seat]
    )


def _loss(state: State, action: Demolish | MortgageSet) -> tuple[int, int]:
    """Return what a sale takes off the net worth, and the square, so that equal losses come in order."""
    board, square = state.board, action.square
    if isinstance(action, Demolish):
        return action.houses * (board.build_price[square] - board.refund[square]), square
    return board.price[square] - board.mortgage[square], square


def _done(state: State, seat: int, chance: Chance) -> Action:
    return NEXT_PHASE


def _unseen(state: State, seat: int, chance: Chance) -> Action:
    return TAKE_UNSEEN_CARD


def _reject(state: State, seat: int, chance: Chance) -> Action:
    return REJECT


def _pass(state: State, seat: int, chance: Chance) -> Action:
    return Bid(0)


_ACTS: Final[dict[Phase, Callable[[State, int, Chance], Action]]] = {
    CHOOSE_SQUARE: _move,
    MANAGEMENT: _manage,
    CHOOSE_FANTASY: _unseen,
    PROPOSAL_ACCEPTANCE: _reject,
    BUSINESS: _done,
    LIQUIDATION: _liquidate,
    AUCTION: _pass,
}
