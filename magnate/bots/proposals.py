"""The trades that the value bots think of by themselves (docs: Bots, Trades)."""

import random
from collections.abc import Sequence
from typing import Final

from magnate.bots.value import PARTS, square_worth
from magnate.engine.actions import TradeProposal
from magnate.engine.game import why_not
from magnate.engine.state import State

PROPOSALS_A_TURN: Final = 3
"""A few: how many trades a bot proposes in a turn, at most."""
PERCENT_OFFERED: Final = 80
"""What is offered is at most this share of the wanted square's value."""


def most_offered(view: State, seat: int, wanted: Sequence[int], given: Sequence[int] = ()) -> int:
    """Return the most money that `seat` offers beside `given`: in all, 80 % of the value of what is wanted."""
    most = PERCENT_OFFERED * sum([square_worth(view, seat, square) for square in wanted])
    most -= 100 * sum([square_worth(view, seat, square) for square in given])
    return most // (100 * PARTS)


def is_fair(view: State, seat: int, trade: TradeProposal) -> bool:
    """Return whether `trade` offers at most 80 % of the value of the squares that `seat` wants, if it wants any."""
    if not trade.asked_properties:
        return True
    most = most_offered(view, seat, trade.asked_properties, trade.offered_properties)
    return trade.offered_money - trade.asked_money <= most


def draw_proposal(view: State, seat: int, chance: random.Random) -> TradeProposal | None:
    """Return a random proposal to get one square of another player, or None if the draw comes to nothing.

    It keeps to what `may_propose` asks. Half of the time a random square of one's own is part of what is offered; the
    money is a random part of what is left, up to 80 % of the wanted square's value and the balance.
    """
    if view.proposals >= PROPOSALS_A_TURN:
        return None
    drawn = draw_squares(view, seat, chance)
    if drawn is None:
        return None
    other, wanted, given = drawn
    most = min(most_offered(view, seat, wanted, given), view.balance[seat])
    if most < 0:
        return None
    money = int(chance.random() * (most + 1))
    trade = TradeProposal(other, offered_money=money, offered_properties=given, asked_properties=wanted)
    return trade if why_not(view, seat, trade) is None else None


def draw_squares(view: State, seat: int, chance: random.Random) -> tuple[int, tuple[int, ...], tuple[int, ...]] | None:
    """Return another player, a random square of theirs, and half of the time one of `seat`; None if none can be had."""
    others = [other for other, alive in enumerate(view.alive) if alive and other != seat]
    other = others[int(chance.random() * len(others))]
    wanted = _draw_square(view, other, chance)
    if wanted is None:
        return None
    own = _draw_square(view, seat, chance) if chance.random() < 0.5 else None
    return other, (wanted,), () if own is None else (own,)


def _draw_square(view: State, seat: int, chance: random.Random) -> int | None:
    """Return a random square of `seat`, or None where it has none, or something is built in the group of the drawn."""
    owned = view.owned[seat]
    if not owned:
        return None
    square = owned[int(chance.random() * len(owned))]
    return None if view.group_levels[view.board.group[square]] else square


def may_propose(view: State, seat: int, trade: TradeProposal) -> bool:
    """Return whether `seat` weighs `trade` at all: the proposals of its turn are not used up, and it is fair."""
    return view.proposals < PROPOSALS_A_TURN and is_fair(view, seat, trade)
