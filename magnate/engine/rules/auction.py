"""Sealed one-shot auctions (rules: auction)."""

from magnate.engine.actions import Bid
from magnate.engine.chance import Chance
from magnate.engine.errors import Reason
from magnate.engine.events import BANK, NOBODY, AuctionClosed, BidMade, Bought, Event, Why
from magnate.engine.rules.holdings import give
from magnate.engine.rules.money import pay, purse
from magnate.engine.rules.movement import after_arrival
from magnate.engine.rules.purchase import bidders
from magnate.engine.state import State


def refuse_bid(state: State, seat: int, action: Bid) -> Reason | None:
    """Return why `seat` may not make that bid."""
    if seat == state.turn_seat:
        return Reason.DROPPED_PURCHASE
    if seat not in state.to_bid:
        return Reason.ALREADY_BID
    if action.amount < 0:
        return Reason.BID_NEGATIVE
    return Reason.BID_NOT_COVERED if action.amount > purse(state.balance[seat]) else None


def do_bid(state: State, seat: int, action: Bid, chance: Chance, events: list[Event]) -> None:
    """Take a sealed bid; the last one closes the auction."""
    state.to_bid = without(state.to_bid, seat)
    state.bids[seat] = action.amount
    events.append(BidMade(seat))
    close_if_complete(state, events)


def close_if_complete(state: State, events: list[Event]) -> None:
    """Close the auction when everyone who may bid has bid: the single highest bid above 0 wins and pays the bank.

    A bid that is not known counts as a pass. That happens only in a view, which hides the bids of others; whoever looks
    ahead there may set them in `State.bids` first.
    """
    if state.to_bid:
        return
    bids = tuple([(seat, state.bids.get(seat, 0)) for seat in bidders(state)])
    best = max([amount for _, amount in bids])
    square = state.position[state.turn_seat]
    top = [seat for seat, amount in bids if amount == best]
    won = best > 0 and len(top) == 1
    tie = best > 0 and len(top) > 1
    state.bids = {}
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
    state.to_bid = ()
    state.bids = {}


def withdraw(state: State, seat: int) -> None:
    """Void the bid of `seat`, made or still to be made, because it leaves."""
    state.to_bid = without(state.to_bid, seat)
    state.bids.pop(seat, None)


def without(seats: tuple[int, ...], seat: int) -> tuple[int, ...]:
    """Return the other seats."""
    return tuple([other for other in seats if other != seat])
