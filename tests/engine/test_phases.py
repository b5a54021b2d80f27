"""Rules: Phases; which action each phase admits, and whose it is."""

import pytest

from magnate.engine.actions import (
    ACCEPT,
    ACTION_TYPES,
    NEXT_PHASE,
    PAY_BAIL,
    SURRENDER,
    TAKE_UNSEEN_CARD,
    THROW_DICES,
    Action,
    Bid,
    Build,
    BuySquare,
    Demolish,
    DropPurchase,
    MortgageSet,
    MortgageUnset,
    MoveTo,
    Surrender,
    TakeTram,
    TradeProposal,
)
from magnate.engine.errors import Reason
from magnate.engine.game import ADMITS, legal_actions, why_not
from magnate.engine.phases import Phase
from magnate.engine.state import State
from tests.engine.positions import BROWN, deciding, do, place, refused, the_card, to_roll

SAMPLES: tuple[Action, ...] = (
    THROW_DICES,
    PAY_BAIL,
    MoveTo(3),
    BuySquare(6),
    DropPurchase(6),
    TakeTram(10),
    TAKE_UNSEEN_CARD,
    Bid(0),
    Build(1),
    Demolish(1),
    MortgageSet(1),
    MortgageUnset(1),
    TradeProposal(1, offered_money=1),
    ACCEPT,
    NEXT_PHASE,
    SURRENDER,
)


def in_phase(phase: Phase) -> State:
    """Return a position of three in that phase; in the auction seat 1 is the one to bid."""
    state = place(3, phase=phase, at={0: 6}, owned={0: BROWN}, card=the_card("goToJail"))
    if phase is Phase.PROPOSAL_ACCEPTANCE:
        state.phase = Phase.BUSINESS
        do(state, TradeProposal(1, asked_money=5))
    return state


def test_there_are_nine_phases() -> None:
    assert [phase.value for phase in Phase] == [
        "roll_the_dices",
        "choose_square",
        "choose_fantasy",
        "management",
        "business",
        "liquidation",
        "auction",
        "proposal_acceptance",
        "end_game",
    ]
    assert set(ADMITS) == set(Phase)


def test_there_is_a_sample_of_each_kind_of_action() -> None:
    assert tuple(type(action) for action in SAMPLES) == ACTION_TYPES


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.END_GAME])
def test_a_phase_refuses_every_kind_of_action_that_it_does_not_admit(phase: Phase) -> None:
    state = in_phase(phase)
    seat = 1 if phase is Phase.AUCTION else state.phase_seat
    for action in SAMPLES:
        admitted = type(action) in ADMITS[phase] or type(action) is Surrender
        assert (why_not(state, seat, action) == Reason.WRONG_PHASE) == (not admitted)
        if not admitted:
            assert refused(state, action, seat) == Reason.WRONG_PHASE


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase not in (Phase.END_GAME, Phase.AUCTION)])
def test_only_the_phase_player_acts(phase: Phase) -> None:
    state = in_phase(phase)
    for seat in range(3):
        if seat != state.phase_seat:
            for action in SAMPLES[:-1]:
                assert refused(state, action, seat) == Reason.NOT_YOUR_TURN
            assert legal_actions(state, seat) == [SURRENDER]


def test_nothing_is_legal_when_the_game_is_over() -> None:
    state = to_roll()
    do(state, SURRENDER)
    assert state.phase is Phase.END_GAME
    for seat in (0, 1):
        assert legal_actions(state, seat) == []
        for action in SAMPLES:
            assert refused(state, action, seat) == Reason.GAME_OVER


def test_who_is_out_of_the_game_does_nothing() -> None:
    state = to_roll(3)
    do(state, SURRENDER, 1)
    assert legal_actions(state, 1) == []
    for action in SAMPLES:
        assert refused(state, action, 1) == Reason.OUT_OF_GAME


@pytest.mark.parametrize("seat", [-1, 2])
def test_a_seat_that_is_not_in_the_game_does_nothing(seat: int) -> None:
    state = to_roll(2)
    assert legal_actions(state, seat) == []
    for action in SAMPLES:
        assert refused(state, action, seat) == Reason.UNKNOWN_SEAT


def test_surrender_is_listed_last() -> None:
    for state in (to_roll(), deciding(6), place(owned={0: BROWN})):
        actions = legal_actions(state, 0)
        assert actions[-1] == SURRENDER
        assert len(actions) > 1
