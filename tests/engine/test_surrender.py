"""Rules: Surrender and bankruptcy."""

import pytest

from magnate.engine.actions import (
    ACCEPT,
    KICK,
    PAY_BAIL,
    SURRENDER,
    THROW_DICES,
    Bid,
    DropPurchase,
    MoveTo,
    Surrender,
    TradeProposal,
)
from magnate.engine.events import BANK, NOBODY, AuctionClosed, Departure, GameEnded, Left, Traded
from magnate.engine.game import legal_actions
from magnate.engine.phases import Phase
from magnate.engine.plain import state_from_data, state_to_data
from magnate.engine.state import FREE, State
from tests.engine.positions import BROWN, CYAN, deciding, do, in_jail, only, payments, phase_of, place, the_card


def position_in(phase: Phase) -> State:
    """Return a position of four in that phase, reached as far as possible by play."""
    state = place(4, phase=Phase.MANAGEMENT, at={0: 6}, owned={0: BROWN, 1: [39]})
    if phase is Phase.AUCTION:
        do(state, DropPurchase(6))
    elif phase is Phase.PROPOSAL_ACCEPTANCE:
        state.phase = Phase.BUSINESS
        do(state, TradeProposal(1, offered_properties=(1,)))
    elif phase is Phase.CHOOSE_SQUARE:
        state.phase = Phase.ROLL_THE_DICES
        do(state, THROW_DICES, dice=[2, 3, 6])
    elif phase is Phase.CHOOSE_FANTASY:
        state.phase, state.card, state.position[0] = phase, the_card("goToJail"), 2
    else:
        state.phase = phase
    return state


PHASES = [phase for phase in Phase if phase is not Phase.END_GAME]


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("seat", range(4))
def test_surrender_is_legal_at_any_time_for_anyone_still_in_the_game(phase: Phase, seat: int) -> None:
    state = position_in(phase)
    assert legal_actions(state, seat)[-1] == SURRENDER
    do(state, SURRENDER, seat)
    assert not state.alive[seat]
    assert state.eliminated == (seat,)
    acting = [other for other in range(4) if len(legal_actions(state, other)) > 1]
    assert acting
    assert seat not in acting


def test_the_squares_go_back_to_the_bank_bare() -> None:
    state = place(3, owned={0: [*CYAN, 5], 1: [25]}, levels=dict.fromkeys(CYAN, 2), mortgaged=[5])
    assert only(do(state, SURRENDER), Left) == Left(0, (5, *CYAN))
    for square in (*CYAN, 5):
        assert (state.owner[square], state.level[square], state.mortgaged[square]) == (FREE, 0, 0)
    assert state.owned == [[], [25], []]
    assert (state.group_owner[2], state.group_levels[2], state.group_mortgages[13]) == (FREE, 0, 0)


@pytest.mark.parametrize("money", [700, 0, -70])
def test_who_leaves_settles_with_the_bank_and_stands_at_0(money: int) -> None:
    state = place(3, money={0: money})
    events = do(state, SURRENDER)
    assert payments(events) == ([(0, BANK, 700)] if money > 0 else [(BANK, 0, 70)] if money < 0 else [])
    assert state.balance[0] == 0
    assert state.pot == 0


@pytest.mark.parametrize("phase", PHASES)
def test_if_it_was_the_turn_player_it_is_the_next_seats_turn(phase: Phase) -> None:
    state = position_in(phase)
    do(state, SURRENDER, 0)
    assert (state.turn_seat, state.phase_seat, state.phase) == (1, 1, Phase.ROLL_THE_DICES)
    assert (state.turn, state.choices, state.card, state.trade) == (2, (), None, None)


@pytest.mark.parametrize("phase", [Phase.ROLL_THE_DICES, Phase.CHOOSE_SQUARE, Phase.CHOOSE_FANTASY, Phase.BUSINESS])
def test_if_it_was_another_player_the_turn_goes_on(phase: Phase) -> None:
    state = position_in(phase)
    choices, card = state.choices, state.card
    do(state, SURRENDER, 3)
    assert (state.turn_seat, state.phase_seat, state.phase, state.turn) == (0, 0, phase, 1)
    assert (state.choices, state.card) == (choices, card)
    if phase is Phase.CHOOSE_SQUARE:
        do(state, MoveTo(8))
        assert state.position[0] == 8


def test_when_the_turn_player_leaves_the_auction_is_called_off() -> None:
    state = deciding(6, seats=4)
    do(state, DropPurchase(6))
    do(state, Bid(90), 1)
    events = do(state, SURRENDER, 0)
    assert only(events, AuctionClosed) == AuctionClosed(6, NOBODY, 0, False, (), called_off=True)
    assert (state.owner[6], state.to_bid, state.bids, state.balance[1]) == (FREE, (), {}, 1500)


@pytest.mark.parametrize("seat", [0, 1])
def test_a_trade_that_waits_on_either_side_is_rejected(seat: int) -> None:
    state = place(3, owned={0: [1]})
    do(state, TradeProposal(1, offered_properties=(1,)))
    events = do(state, SURRENDER, seat)
    assert only(events, Traded) == Traded(0, 1, False, (1,), ())
    assert state.trade is None
    if seat == 1:
        assert (state.phase, state.phase_seat, state.owner[1]) == (Phase.BUSINESS, 0, 0)


def test_a_trade_between_others_goes_on_waiting() -> None:
    state = place(3, owned={0: [1]})
    do(state, TradeProposal(1, offered_properties=(1,)))
    do(state, SURRENDER, 2)
    assert (state.phase, state.phase_seat) == (Phase.PROPOSAL_ACCEPTANCE, 1)
    do(state, ACCEPT)
    assert state.owner[1] == 1


def test_bids_of_the_surrendered_are_void() -> None:
    state = deciding(6, seats=4)
    do(state, DropPurchase(6))
    do(state, Bid(500), 1)
    do(state, SURRENDER, 1)
    assert (state.to_bid, state.bids) == ((2, 3), {})
    do(state, Bid(3), 2)
    do(state, Bid(2), 3)
    assert (state.owner[6], state.balance[2]) == (2, 1497)


def test_an_auction_that_has_all_the_remaining_bids_closes() -> None:
    state = deciding(6, seats=4)
    do(state, DropPurchase(6))
    do(state, Bid(5), 1)
    do(state, Bid(7), 2)
    events = do(state, SURRENDER, 3)
    assert only(events, AuctionClosed) == AuctionClosed(6, 2, 7, False, ((1, 5), (2, 7)))
    assert (state.owner[6], state.phase) == (2, Phase.BUSINESS)


def test_who_has_bid_may_leave_and_the_others_bid_on() -> None:
    state = deciding(6, seats=3)
    do(state, DropPurchase(6))
    do(state, SURRENDER, 1)
    assert phase_of(state) is Phase.AUCTION
    do(state, Bid(0), 2)
    assert phase_of(state) is Phase.BUSINESS


def test_who_leaves_from_jail_leaves_no_jail_turns() -> None:
    state = place(3, phase=Phase.ROLL_THE_DICES, jailed={0: 3})
    do(state, THROW_DICES, dice=[1, 2])
    do(state, SURRENDER)
    assert (state.jail_turns[0], state.jail_roll) == (0, 0)


def test_the_only_bidders_surrender_ends_the_game_and_calls_the_auction_off() -> None:
    state = deciding(6)
    do(state, DropPurchase(6))
    events = do(state, SURRENDER, 1)
    assert only(events, AuctionClosed).called_off
    assert only(events, GameEnded).winners == (0,)
    assert (state.to_bid, state.bids, state.owner[6]) == ((), {}, FREE)


@pytest.mark.parametrize("phase", [Phase.AUCTION, Phase.PROPOSAL_ACCEPTANCE])
def test_nothing_is_left_waiting_when_the_last_human_leaves(phase: Phase) -> None:
    state = place(4, phase=Phase.MANAGEMENT, at={0: 6}, humans=(3,))
    if phase is Phase.AUCTION:
        do(state, DropPurchase(6))
        do(state, Bid(9), 1)
    else:
        state.phase = Phase.BUSINESS
        do(state, TradeProposal(1, offered_money=1))
    do(state, SURRENDER, 3)
    assert (state.phase, state.trade, state.to_bid, state.bids) == (Phase.END_GAME, None, (), {})


def test_a_debtor_who_can_pay_nothing_may_leave() -> None:
    state = in_jail(1, money=-2000)
    state.jail_turns[0], state.phase = 0, Phase.LIQUIDATION
    assert legal_actions(state, 0) == [SURRENDER]
    do(state, SURRENDER)
    assert state.winners == (1,)
    assert PAY_BAIL not in legal_actions(state, 1)


@pytest.mark.parametrize(
    ("money", "action", "why"),
    [
        (5, SURRENDER, Departure.SURRENDER),
        (0, SURRENDER, Departure.SURRENDER),
        (-1, SURRENDER, Departure.BANKRUPT),
        (5, KICK, Departure.KICKED),
        (-1, KICK, Departure.KICKED),
    ],
)
def test_surrender_bankruptcy_and_a_kick_are_told_apart_by_event_and_state(
    money: int, action: Surrender, why: Departure
) -> None:
    state = place(3, phase=Phase.BUSINESS, money={0: money})
    left = only(do(state, action), Left)
    assert left.why is why
    assert (state.departure(0), state.departure(1)) == (why, None)
    assert state_from_data(state_to_data(state)).departures == (why,)
