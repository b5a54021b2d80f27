"""Sealed one-shot auctions (rules: auction)."""

from magnate.engine.actions import Bid
from magnate.engine.chance import Chance
from magnate.engine.errors import Reason
from magnate.engine.events import BANK, NOBODY, AuctionClosed, BidMade, Bought, Event, Why
from magnate.engine.rules.holdings import give
from magnate.engine.rules.money import pay
from magnate.engine.rules.movement import after_arrival
from magnate.engine.rules.purchase import bidders
from magnate.engine.state import NO_BID, State


def refuse_bid(state: State, seat: int, action: Bid) -> Reason | None:
    """Return why `seat` may not make that bid."""
    if seat == state.turn_seat:
        return Reason.DROPPED_PURCHASE
    if state.bids[seat] != NO_BID:
        return Reason.ALREADY_BID
    if action.amount < 0:
        return Reason.BID_NEGATIVE
    if action.amount > 0 and action.amount > state.balance[seat]:
        return Reason.BID_NOT_COVERED
    return None


def do_bid(state: State, seat: int, action: Bid, chance: Chance, events: list[Event]) -> None:
    """Take a sealed bid; the last one closes the auction."""
    state.bids[seat] = action.amount
    events.append(BidMade(seat))
    close_if_complete(state, events)


def close_if_complete(state: State, events: list[Event]) -> None:
    """Close the auction when everyone who may bid has bid: the single highest bid above 0 wins and pays the bank."""
    bids = tuple([(seat, state.bids[seat]) for seat in bidders(state)])
    best, least = max([amount for _, amount in bids]), min([amount for _, amount in bids])
    if least == NO_BID:
        return
    square = state.position[state.turn_seat]
    top = [seat for seat, amount in bids if amount == best]
    won = best > 0 and len(top) == 1
    tie = best > 0 and len(top) > 1
    state.bids = [NO_BID] * len(state.bids)
    if won:
        events.append(AuctionClosed(square, top[0], best, tie, bids))
        pay(state, events, top[0], BANK, best, Why.BID, square)
        give(state, square, top[0])
        events.append(Bought(top[0], square, best, True))
    else:
        events.append(AuctionClosed(square, NOBODY, 0, tie, bids))
    after_arrival(state)


def call_off(state: State, events: list[Event]) -> None:
    """Call the auction off because who dropped the purchase left, or the game is over."""
    events.append(AuctionClosed(state.position[state.turn_seat], NOBODY, 0, False, (), called_off=True))
    state.bids = [NO_BID] * len(state.bids)
