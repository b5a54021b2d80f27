"""Rules: management."""

import pytest

from magnate.engine.actions import NEXT_PHASE, SURRENDER, BuySquare, DropPurchase, TakeTram
from magnate.engine.board import Board
from magnate.engine.errors import Reason
from magnate.engine.events import POT, AuctionOpened, Bought, Jumped, PhaseSkipped
from magnate.engine.game import legal_actions
from magnate.engine.phases import Phase
from tests.engine.positions import CYAN, board_data, deciding, do, only, payments, place, refused

TRAMS = (10, 30, 100, 107)


@pytest.mark.parametrize("square", [6, 5, 15, 113])
def test_an_unowned_buyable_square_is_bought_or_dropped(square: int) -> None:
    assert legal_actions(deciding(square), 0) == [BuySquare(square), DropPurchase(square), SURRENDER]


def test_buying_pays_the_price_to_the_bank_and_gives_the_square() -> None:
    state = deciding(6)
    bank = state.bank
    events = do(state, BuySquare(6))
    assert only(events, Bought) == Bought(0, 6, 100, False)
    assert (state.owner[6], state.owned[0], state.balance[0], state.bank) == (0, [6], 1400, bank + 100)
    assert (state.phase, state.pot) == (Phase.BUSINESS, 0)


def test_buying_the_last_square_completes_the_group() -> None:
    state = place(phase=Phase.MANAGEMENT, at={0: 6}, owned={0: CYAN[1:]})
    do(state, BuySquare(6))
    assert state.group_owner[2] == 0


@pytest.mark.parametrize("square", [8, 3, 10, -1, 201, 999])
def test_only_the_square_stood_on_can_be_bought_or_dropped(square: int) -> None:
    state = deciding(6)
    assert refused(state, BuySquare(square)) == Reason.NOT_ON_SQUARE
    assert refused(state, DropPurchase(square)) == Reason.NOT_ON_SQUARE


def test_dropping_starts_an_auction() -> None:
    state = deciding(6, seats=3)
    events = do(state, DropPurchase(6))
    assert events == [AuctionOpened(6, (1, 2))]
    assert state.phase is Phase.AUCTION


def test_a_purchase_cannot_be_passed_over() -> None:
    assert refused(deciding(6), NEXT_PHASE) == Reason.MUST_BUY_OR_DROP


def test_a_purchase_that_the_balance_does_not_cover_can_only_be_dropped() -> None:
    state = deciding(6, money={0: 99})
    assert refused(state, BuySquare(6)) == Reason.PRICE_NOT_COVERED
    assert legal_actions(state, 0) == [DropPurchase(6), SURRENDER]


def test_where_there_is_no_tram_no_tram_is_taken() -> None:
    assert refused(deciding(6), TakeTram(10)) == Reason.NOT_ON_TRAM


# Tram


@pytest.mark.parametrize("here", TRAMS)
def test_on_a_tram_the_player_rides_to_another_or_stays(here: int) -> None:
    state = deciding(here)
    assert state.board.trams == TRAMS
    assert legal_actions(state, 0) == [*(TakeTram(stop) for stop in TRAMS), NEXT_PHASE, SURRENDER]


def test_a_ride_costs_30_to_the_pot() -> None:
    state = deciding(10)
    events = do(state, TakeTram(107))
    assert payments(events) == [(0, POT, 30)]
    assert only(events, Jumped) == Jumped(0, 10, 107)
    assert (state.position[0], state.pot, state.balance[0], state.phase) == (107, 30, 1470, Phase.BUSINESS)


def test_a_ride_costs_what_its_destination_asks() -> None:
    data = board_data()
    fares = {10: 30, 30: 7, 100: 500, 107: 0}
    for square in data["squares"]:
        if square["id"] in fares:
            square["fare"] = fares[square["id"]]
    for start in TRAMS:
        for stop in set(TRAMS) - {start}:
            state = place(phase=Phase.MANAGEMENT, at={0: start}, money={0: 100}, board=Board(data))
            if fares[stop] > 100:
                assert refused(state, TakeTram(stop)) == Reason.FARE_NOT_COVERED
                continue
            do(state, TakeTram(stop))
            assert (state.balance[0], state.pot, state.position[0]) == (100 - fares[stop], fares[stop], stop)


def test_a_ride_has_no_arrival_effects_and_passes_no_exit() -> None:
    state = deciding(30)
    do(state, TakeTram(10))
    assert (state.balance[0], state.phase) == (1470, Phase.BUSINESS)


def test_riding_to_the_same_stop_is_staying_free() -> None:
    state = deciding(10, money={0: 0})
    assert do(state, TakeTram(10)) == []
    assert (state.position[0], state.balance[0], state.pot, state.phase) == (10, 0, 0, Phase.BUSINESS)


def test_the_next_phase_is_staying_free() -> None:
    state = deciding(10)
    assert do(state, NEXT_PHASE) == [PhaseSkipped(0)]
    assert (state.position[0], state.balance[0], state.pot, state.phase) == (10, 1500, 0, Phase.BUSINESS)


def test_a_ride_that_the_balance_does_not_cover_is_refused() -> None:
    state = deciding(10, money={0: 29})
    assert refused(state, TakeTram(30)) == Reason.FARE_NOT_COVERED
    assert legal_actions(state, 0) == [TakeTram(10), NEXT_PHASE, SURRENDER]


@pytest.mark.parametrize("square", [0, 11, 201, -1, 999])
def test_the_tram_goes_to_trams_only(square: int) -> None:
    assert refused(deciding(10), TakeTram(square)) == Reason.NOT_A_TRAM


def test_a_tram_is_not_for_sale() -> None:
    state = deciding(10)
    assert refused(state, BuySquare(10)) == Reason.NOTHING_TO_BUY
    assert refused(state, DropPurchase(10)) == Reason.NOTHING_TO_BUY
