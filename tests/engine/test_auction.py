"""Rules: auction."""

import pytest

from magnate.engine.actions import NEXT_PHASE, SURRENDER, Bid, BuySquare, DropPurchase
from magnate.engine.errors import Reason
from magnate.engine.events import BANK, NOBODY, AuctionClosed, BidMade, Bought
from magnate.engine.game import legal_actions
from magnate.engine.limits import BidLimits, bid_limits
from magnate.engine.phases import Phase
from magnate.engine.state import FREE, State
from magnate.engine.view import view_for
from tests.engine.positions import deciding, do, only, payments, refused


def auction(seats: int = 3, *, square: int = 6, money: dict[int, int] | None = None) -> State:
    """Return an auction of `square` that seat 0 dropped."""
    state = deciding(square, seats=seats, money=money)
    do(state, DropPurchase(square))
    return state


def test_everyone_but_who_dropped_the_purchase_may_send_one_bid() -> None:
    state = auction(4)
    for seat in (3, 1):
        assert do(state, Bid(seat), seat) == [BidMade(seat)]
    assert (state.to_bid, state.bids) == ((2,), {1: 1, 3: 3})
    assert state.phase is Phase.AUCTION


def test_who_dropped_the_purchase_may_not_bid() -> None:
    state = auction()
    assert refused(state, Bid(1), 0) == Reason.DROPPED_PURCHASE
    assert legal_actions(state, 0) == [SURRENDER]
    assert bid_limits(state, 0) is None


def test_a_second_bid_is_refused() -> None:
    state = auction()
    do(state, Bid(10), 1)
    assert refused(state, Bid(20), 1) == Reason.ALREADY_BID
    assert legal_actions(state, 1) == [SURRENDER]
    assert bid_limits(state, 1) is None


def test_who_left_the_game_may_not_bid() -> None:
    state = deciding(6, seats=3)
    do(state, SURRENDER, 2)
    do(state, DropPurchase(6))
    assert refused(state, Bid(1), 2) == Reason.OUT_OF_GAME
    assert bid_limits(state, 2) is None
    do(state, Bid(0), 1)
    assert state.phase is Phase.BUSINESS


def test_nothing_but_bids_is_legal_in_an_auction() -> None:
    state = auction()
    assert refused(state, BuySquare(6), 1) == Reason.WRONG_PHASE
    assert refused(state, NEXT_PHASE, 0) == Reason.WRONG_PHASE


def test_0_passes() -> None:
    state = auction()
    do(state, Bid(0), 1)
    do(state, Bid(1), 2)
    assert state.owner[6] == 2


def test_a_bid_is_at_most_the_balance_at_that_moment() -> None:
    state = auction(money={1: 70})
    assert bid_limits(state, 1) == BidLimits(0, 70)
    assert refused(state, Bid(71), 1) == Reason.BID_NOT_COVERED
    assert refused(state, Bid(70), 1) is None


def test_a_bid_below_0_is_refused() -> None:
    assert refused(auction(), Bid(-1), 1) == Reason.BID_NEGATIVE


def test_it_closes_when_all_of_them_have_bid() -> None:
    state = auction(4)
    for seat in (1, 2):
        do(state, Bid(seat), seat)
    assert state.phase is Phase.AUCTION
    events = do(state, Bid(0), 3)
    assert only(events, AuctionClosed) == AuctionClosed(6, 2, 2, False, ((1, 1), (2, 2), (3, 0)))
    assert (state.phase, state.to_bid, state.bids) == (Phase.BUSINESS, (), {})


def test_the_single_highest_bid_above_0_wins_and_pays_the_bank_its_amount() -> None:
    state = auction()
    do(state, Bid(30), 1)
    events = do(state, Bid(40), 2)
    assert payments(events) == [(2, BANK, 40)]
    assert only(events, Bought) == Bought(2, 6, 40, True)
    assert (state.owner[6], state.owned[2], state.balance[2], state.pot) == (2, [6], 1460, 0)


def test_a_bid_of_all_the_money_wins_too() -> None:
    state = auction(2, money={1: 70})
    do(state, Bid(70), 1)
    assert (state.owner[6], state.balance[1]) == (1, 0)


def test_with_a_tie_at_the_top_nobody_gets_the_square() -> None:
    state = auction(4)
    for seat, amount in ((1, 50), (2, 40), (3, 50)):
        events = do(state, Bid(amount), seat)
    assert events[1:] == [AuctionClosed(6, NOBODY, 0, True, ((1, 50), (2, 40), (3, 50)))]
    assert (state.owner[6], state.balance) == (FREE, [1500] * 4)


def test_a_tie_below_the_top_does_not_matter() -> None:
    state = auction(4)
    for seat, amount in ((1, 40), (2, 40), (3, 50)):
        do(state, Bid(amount), seat)
    assert state.owner[6] == 3


def test_with_no_bid_above_0_nobody_gets_the_square() -> None:
    state = auction()
    do(state, Bid(0), 1)
    events = do(state, Bid(0), 2)
    assert events[1:] == [AuctionClosed(6, NOBODY, 0, False, ((1, 0), (2, 0)))]
    assert state.owner[6] == FREE


def test_bids_are_secret_until_the_auction_closes() -> None:
    state = auction()
    assert do(state, Bid(77), 1) == [BidMade(1)]
    assert (view_for(state, 1).to_bid, view_for(state, 1).bids) == ((2,), {1: 77})
    for other in (0, 2, -1):
        assert (view_for(state, other).to_bid, view_for(state, other).bids) == ((2,), {})


def test_who_has_a_negative_balance_can_only_pass() -> None:
    state = auction(money={1: -20})
    assert legal_actions(state, 1) == [Bid(0), SURRENDER]
    assert bid_limits(state, 1) == BidLimits(0, 0)
    assert refused(state, Bid(1), 1) == Reason.BID_NOT_COVERED
    do(state, Bid(0), 1)
    assert state.bids[1] == 0


@pytest.mark.parametrize(
    ("money", "listed"),
    [(1500, [0, 50, 100, 150, 1500]), (150, [0, 50, 100, 150]), (70, [0, 50, 70]), (0, [0])],
)
def test_the_bids_listed_are_a_pass_and_some_around_the_price_up_to_the_balance(money: int, listed: list[int]) -> None:
    state = auction(money={1: money})
    assert legal_actions(state, 1) == [*(Bid(amount) for amount in listed), SURRENDER]


def test_there_are_no_limits_of_bids_outside_of_an_auction() -> None:
    assert bid_limits(deciding(6), 0) is None
    assert bid_limits(auction(), 9) is None
