"""Rules: business and liquidation, going on; and the debtor with nothing left."""

import pytest

from magnate.engine.actions import (
    NEXT_PHASE,
    REJECT,
    SURRENDER,
    Build,
    Demolish,
    MortgageSet,
    MortgageUnset,
    NextPhase,
    TradeProposal,
)
from magnate.engine.errors import Reason
from magnate.engine.events import PhaseSkipped, TurnBegan
from magnate.engine.game import ADMITS, legal_actions
from magnate.engine.phases import Phase
from tests.engine.positions import BROWN, do, place, refused


@pytest.mark.parametrize("phase", [Phase.BUSINESS, Phase.LIQUIDATION])
def test_six_kinds_of_action_make_business_and_liquidation(phase: Phase) -> None:
    assert ADMITS[phase] == {Build, Demolish, MortgageSet, MortgageUnset, TradeProposal, NextPhase}


@pytest.mark.parametrize("money", [0, 1500])
@pytest.mark.parametrize("phase", [Phase.BUSINESS, Phase.LIQUIDATION])
def test_the_next_phase_with_0_or_more_ends_the_turn(phase: Phase, money: int) -> None:
    state = place(phase=phase, money={0: money})
    assert do(state, NEXT_PHASE) == [PhaseSkipped(0), TurnBegan(1, 2, 1)]
    assert (state.turn_seat, state.phase) == (1, Phase.ROLL_THE_DICES)


@pytest.mark.parametrize("phase", [Phase.BUSINESS, Phase.LIQUIDATION])
def test_the_next_phase_with_a_streak_is_another_roll(phase: Phase) -> None:
    state = place(phase=phase, streak=1)
    assert do(state, NEXT_PHASE) == [PhaseSkipped(0)]
    assert (state.turn_seat, state.turn, state.streak, state.phase) == (0, 1, 1, Phase.ROLL_THE_DICES)


def test_who_is_in_jail_does_not_roll_again() -> None:
    state = place(streak=1, jailed={0: 2})
    do(state, NEXT_PHASE)
    assert state.turn_seat == 1


@pytest.mark.parametrize("streak", [0, 1])
def test_with_a_negative_balance_the_next_phase_of_business_is_liquidation(streak: int) -> None:
    state = place(money={0: -1}, streak=streak)
    do(state, NEXT_PHASE)
    assert (state.phase, state.phase_seat, state.turn) == (Phase.LIQUIDATION, 0, 1)


def test_with_a_negative_balance_liquidation_is_not_left() -> None:
    state = place(phase=Phase.LIQUIDATION, money={0: -1}, owned={0: [1]})
    assert refused(state, NEXT_PHASE) == Reason.DEBT_NOT_COVERED
    assert NEXT_PHASE not in legal_actions(state, 0)


def test_liquidation_lasts_also_when_the_balance_is_back_above_0() -> None:
    state = place(phase=Phase.LIQUIDATION, money={0: -1}, owned={0: [1, 6]})
    do(state, MortgageSet(1))
    assert (state.balance[0], state.phase) == (29, Phase.LIQUIDATION)
    do(state, MortgageSet(6))
    do(state, MortgageUnset(1))
    assert state.phase == Phase.LIQUIDATION
    do(state, NEXT_PHASE)
    assert (state.turn_seat, state.phase) == (1, Phase.ROLL_THE_DICES)


def test_refusals_are_errors_and_change_nothing() -> None:
    state = place(owned={0: BROWN, 1: [6]}, levels={1: 1}, money={0: 30})
    refusals = {
        refused(state, action)
        for action in (
            Build(1),
            Build(3),
            Demolish(3),
            MortgageSet(1),
            MortgageUnset(6),
            TradeProposal(1, offered_money=31),
            REJECT,
        )
    }
    assert None not in refusals
    assert len(refusals) == 7


# Nothing left to sell


def test_a_debtor_with_nothing_to_demolish_or_mortgage_can_propose_a_trade_or_surrender() -> None:
    state = place(phase=Phase.LIQUIDATION, money={0: -50}, owned={0: [1]}, mortgaged=[1])
    sale = TradeProposal(1, asked_money=60, offered_properties=(1,))
    assert legal_actions(state, 0) == [sale, SURRENDER]
    assert refused(state, TradeProposal(1, asked_money=50)) is None


def test_a_debtor_without_a_proposal_left_can_only_surrender() -> None:
    state = place(phase=Phase.LIQUIDATION, money={0: -50}, owned={0: [1]}, mortgaged=[1])
    state.proposals = 5
    assert legal_actions(state, 0) == [SURRENDER]
    assert refused(state, TradeProposal(1, asked_money=50)) == Reason.TOO_MANY_PROPOSALS


def test_with_no_square_left_surrender_is_all_that_is_legal() -> None:
    state = place(phase=Phase.LIQUIDATION, money={0: -50}, owned={1: [6]})
    assert legal_actions(state, 0) == [SURRENDER]
    assert refused(state, TradeProposal(1, asked_money=50)) == Reason.NOTHING_TO_TRADE


def test_without_debt_a_trade_needs_no_square_in_liquidation() -> None:
    state = place(phase=Phase.LIQUIDATION, money={0: 50}, owned={1: [1]})
    assert refused(state, TradeProposal(1, offered_money=50, asked_properties=(1,))) is None
    state = place(phase=Phase.LIQUIDATION, money={0: 0})
    assert refused(state, TradeProposal(1, asked_money=1)) is None


def test_before_liquidation_a_gift_may_be_asked_for() -> None:
    assert refused(place(money={0: -50}), TradeProposal(1, asked_money=50)) is None
