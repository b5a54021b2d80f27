"""The trades that the value bots think of by themselves (docs: Bots, Trades)."""

import random
from typing import Final

from magnate.bots.value import PARTS, square_worth, trade_value
from magnate.engine.actions import TradeProposal
from magnate.engine.game import why_not
from magnate.engine.state import State

PROPOSALS_A_TURN: Final = 3
"""A few: how many trades a bot proposes in a turn, at most."""
PERCENT_OFFERED: Final = 80
"""What is offered is at most this share of the wanted square's value."""


def most_offered(view: State, seat: int, square: int) -> int:
    """Return the most that `seat` offers for `square`: 80 % of its value, in whole units of money."""
    return square_worth(view, seat, square) * PERCENT_OFFERED // (100 * PARTS)


def is_fair(view: State, seat: int, trade: TradeProposal) -> bool:
    """Return whether `trade` offers at most 80 % of the value of the squares that `seat` wants."""
    if not trade.asked_properties:
        return True
    offered = trade.offered_money - trade.asked_money
    for square in trade.offered_properties:
        offered += square_worth(view, seat, square) // PARTS
    return offered <= sum([most_offered(view, seat, square) for square in trade.asked_properties])


def draw_proposal(view: State, seat: int, chance: random.Random) -> TradeProposal | None:
    """Return a random proposal to get one square of another player, or None if the draw comes to nothing.

    Half of the time a random square of one's own is part of what is offered; the money is what is left, up to 80 % of
    the wanted square's value and the balance, of which a random part is offered.
    """
    others = [other for other, alive in enumerate(view.alive) if alive and other != seat]
    other = others[int(chance.random() * len(others))]
    wanted = _draw_square(view, other, chance)
    if wanted is None:
        return None
    most = most_offered(view, seat, wanted)
    given: tuple[int, ...] = ()
    if chance.random() < 0.5:
        square = _draw_square(view, seat, chance)
        if square is not None:
            given = (square,)
            most -= square_worth(view, seat, square) // PARTS
    most = min(most, view.balance[seat])
    if most < 0:
        return None
    money = int(chance.random() * (most + 1))
    trade = TradeProposal(other, offered_money=money, offered_properties=given, asked_properties=(wanted,))
    return trade if why_not(view, seat, trade) is None else None


def _draw_square(view: State, seat: int, chance: random.Random) -> int | None:
    """Return a random square of `seat`, or None where it has none, or something is built in the group of the drawn."""
    owned = view.owned[seat]
    if not owned:
        return None
    square = owned[int(chance.random() * len(owned))]
    return None if view.group_levels[view.board.group[square]] else square


def is_worth_proposing(view: State, seat: int, trade: TradeProposal) -> bool:
    """Return whether `seat` proposes `trade`: the proposals of the turn are not used up, it is fair, and gains."""
    if view.proposals >= PROPOSALS_A_TURN:
        return False
    return is_fair(view, seat, trade) and trade_value(view, seat, seat, trade) > 0
