"""What a seat may do now, in the words of the wire: from `legal_actions`, the limits and the consequences."""

from collections.abc import Iterable
from typing import cast

from msgspec import UNSET, UnsetType

from magnate.engine.actions import Action, Bid, Build, ChooseCard, Demolish, PayBail, TradeAnswer, TradeProposal
from magnate.engine.consequences import Consequence, consequence
from magnate.engine.game import legal_actions
from magnate.engine.limits import bid_limits, trade_limits
from magnate.engine.state import State
from magnate.protocol.legal import ActionType, Legal, LegalAction, LegalBid, LegalTrade
from magnate.protocol.seating import Seating


def choices(seating: Seating, state: State, seat: int) -> Legal:
    """Return what `seat` may do now."""
    bid = bid_limits(state, seat)
    return Legal(
        tuple([_action(action, consequence(state, seat, action)) for action in _listed(legal_actions(state, seat))]),
        UNSET if bid is None else LegalBid(bid.least, bid.most),
        _trade(seating, state, seat),
    )


def _listed(actions: list[Action]) -> Iterable[Action]:
    """Yield each action but bids and trades, and of each square only the most levels to build and to demolish."""
    most: dict[object, Action] = {}
    for action in actions:
        match action:
            case Bid() | TradeProposal():
                continue
            case Build(square=square) | Demolish(square=square):
                most[type(action), square] = action
            case _:
                most[action] = action
    return most.values()


def _action(action: Action, leads_to: Consequence) -> LegalAction:
    levels = isinstance(action, Build | Demolish)
    return LegalAction(
        type=cast(ActionType, f"Action{type(action).__name__}"),
        square=getattr(action, "square", UNSET),
        houses=1 if levels else UNSET,
        chosen_revealed_card=action.chosen_revealed_card if isinstance(action, ChooseCard) else UNSET,
        choose=action.accept if isinstance(action, TradeAnswer) else UNSET,
        to_pay=action.to_pay if isinstance(action, PayBail) else UNSET,
        cost=leads_to.cost,
        most_houses=action.houses if isinstance(action, Build | Demolish) else UNSET,
        rents=leads_to.rents or UNSET,
        group_rent=UNSET if leads_to.group_rent is None else leads_to.group_rent,
        rent_due=leads_to.rent_due or UNSET,
        completes=leads_to.completes or UNSET,
        breaks=leads_to.breaks or UNSET,
    )


def _trade(seating: Seating, state: State, seat: int) -> LegalTrade | UnsetType:
    limits = trade_limits(state, seat)
    if limits is None:
        return UNSET
    sides = (limits.mine, *limits.others)
    return LegalTrade(
        destinations=seating.users_at([side.seat for side in limits.others]),
        least=0,
        most={seating.users[side.seat]: side.money for side in sides},
        squares={seating.users[side.seat]: side.squares for side in sides},
        proposals_left=limits.proposals_left,
    )
