"""Buying, dropping a purchase and the tram (rules: management)."""

from magnate.engine.actions import BuySquare, DropPurchase, TakeTram
from magnate.engine.chance import Chance
from magnate.engine.errors import Reason
from magnate.engine.events import BANK, POT, AuctionOpened, Bought, Event, Why
from magnate.engine.phases import AUCTION
from magnate.engine.rules.holdings import give
from magnate.engine.rules.money import pay
from magnate.engine.rules.movement import after_arrival, jump
from magnate.engine.state import State


def bidders(state: State) -> tuple[int, ...]:
    """Return who may bid when the turn player drops a purchase: everyone else still in the game."""
    return tuple([seat for seat, alive in enumerate(state.alive) if alive and seat != state.turn_seat])


def has_bid(state: State) -> tuple[int, ...]:
    """Return who has bid in the auction that runs."""
    return tuple([seat for seat in bidders(state) if seat not in state.to_bid])


def refuse_drop(state: State, seat: int, action: DropPurchase | BuySquare) -> Reason | None:
    """Return why `seat` may not drop the purchase of that square."""
    square = state.position[seat]
    if action.square != square:
        return Reason.NOT_ON_SQUARE
    if not state.board.is_buyable[square]:
        return Reason.NOTHING_TO_BUY
    return None


def refuse_buy(state: State, seat: int, action: BuySquare) -> Reason | None:
    """Return why `seat` may not buy that square."""
    reason = refuse_drop(state, seat, action)
    if reason is None and state.balance[seat] < state.board.price[action.square]:
        return Reason.PRICE_NOT_COVERED
    return reason


def do_buy(state: State, seat: int, action: BuySquare, chance: Chance, events: list[Event]) -> None:
    """Buy the square stood on from the bank."""
    square = action.square
    price = state.board.price[square]
    pay(state, events, seat, BANK, price, Why.PRICE, square)
    give(state, square, seat)
    events.append(Bought(seat, square, price, False))
    after_arrival(state)


def do_drop(state: State, seat: int, action: DropPurchase, chance: Chance, events: list[Event]) -> None:
    """Put the square stood on up for auction among the others."""
    state.to_bid = bidders(state)
    state.phase = AUCTION
    events.append(AuctionOpened(action.square, state.to_bid))


def refuse_tram(state: State, seat: int, action: TakeTram) -> Reason | None:
    """Return why `seat` may not ride to that square."""
    board = state.board
    square = state.position[seat]
    if square not in board.trams:
        return Reason.NOT_ON_TRAM
    if action.square not in board.trams:
        return Reason.NOT_A_TRAM
    if action.square != square and state.balance[seat] < board.fare[action.square]:
        return Reason.FARE_NOT_COVERED
    return None


def do_tram(state: State, seat: int, action: TakeTram, chance: Chance, events: list[Event]) -> None:
    """Ride to another stop for the fare, or stay for nothing; nothing happens on arrival."""
    if action.square != state.position[seat]:
        pay(state, events, seat, POT, state.board.fare[action.square], Why.FARE, state.position[seat])
        jump(state, seat, action.square, events)
    after_arrival(state)
