"""Rules: business and liquidation, Trade; proposal_acceptance."""

from itertools import product

import pytest

from magnate.engine.actions import ACCEPT, NEXT_PHASE, REJECT, SURRENDER, TradeAnswer, TradeProposal
from magnate.engine.errors import Reason
from magnate.engine.events import Proposed, Traded
from magnate.engine.game import legal_actions, why_not
from magnate.engine.limits import TradeLimits, TradeSide, trade_limits
from magnate.engine.phases import Phase
from magnate.engine.rules.holdings import give, set_level
from magnate.engine.state import FREE
from tests.engine.positions import BROWN, CYAN, do, payments, place, refused, stat


def test_a_trade_moves_money_and_squares_both_ways() -> None:
    state = place(owned={0: [1, 5], 1: [6, 15]})
    offer = TradeProposal(1, offered_money=100, asked_money=30, offered_properties=(1, 5), asked_properties=(15,))
    assert do(state, offer) == [Proposed(0, 1)]
    assert state.trade == offer
    events = do(state, ACCEPT)
    assert events[0] == Traded(0, 1, True, (1, 5), (15,))
    assert payments(events) == [(0, 1, 70)]
    assert state.owned == [[15], [1, 5, 6]]
    assert state.balance == [1430, 1570]


@pytest.mark.parametrize("destination", [0, 2, -1, 7])
def test_a_trade_is_with_one_other_player(destination: int) -> None:
    state = place()
    assert refused(state, TradeProposal(destination, offered_money=1)) == Reason.TRADE_WITH_NOBODY


def test_a_trade_is_with_somebody_still_in_the_game() -> None:
    state = place(3)
    do(state, SURRENDER, 1)
    assert refused(state, TradeProposal(1, offered_money=1)) == Reason.TRADE_WITH_NOBODY


def test_at_least_one_thing_is_on_the_table() -> None:
    assert refused(place(), TradeProposal(1)) == Reason.TRADE_EMPTY


@pytest.mark.parametrize(
    "offer",
    [
        TradeProposal(1, offered_money=1),
        TradeProposal(1, asked_money=1),
        TradeProposal(1, offered_properties=(1,)),
        TradeProposal(1, asked_properties=(6,)),
    ],
)
def test_one_thing_on_the_table_is_enough(offer: TradeProposal) -> None:
    state = place(owned={0: [1], 1: [6]})
    do(state, offer)
    do(state, ACCEPT)
    assert state.phase is Phase.BUSINESS


def test_money_below_0_is_refused() -> None:
    assert refused(place(), TradeProposal(1, offered_money=-1)) == Reason.TRADE_MONEY_NEGATIVE
    assert refused(place(), TradeProposal(1, asked_money=-1, offered_money=5)) == Reason.TRADE_MONEY_NEGATIVE


def test_no_square_of_a_group_that_has_a_building_is_traded() -> None:
    state = place(owned={0: BROWN, 1: CYAN}, levels={1: 1, 6: 1})
    for square in BROWN:
        assert refused(state, TradeProposal(1, offered_properties=(square,))) == Reason.GROUP_HAS_BUILDINGS
    for square in CYAN:
        assert refused(state, TradeProposal(1, asked_properties=(square,))) == Reason.GROUP_HAS_BUILDINGS


def test_both_sides_own_what_they_give() -> None:
    state = place(3, owned={0: [1], 1: [6], 2: [11]})
    for square in (6, 11, 3, 0, 201):
        assert refused(state, TradeProposal(1, offered_properties=(square,))) == Reason.TRADE_NOT_OWNED
    for square in (1, 11, 8, 2):
        assert refused(state, TradeProposal(1, asked_properties=(square,))) == Reason.TRADE_NOT_OWNED


@pytest.mark.parametrize("square", [-1, 40, 999])
def test_a_square_that_does_not_exist_is_not_traded(square: int) -> None:
    assert refused(place(), TradeProposal(1, asked_properties=(square,))) == Reason.NO_SUCH_SQUARE


def test_a_square_stands_in_a_trade_once() -> None:
    state = place(owned={0: [1], 1: [6]})
    assert refused(state, TradeProposal(1, offered_properties=(1, 1))) == Reason.TRADE_SQUARE_TWICE
    assert refused(state, TradeProposal(1, asked_properties=(6, 6))) == Reason.TRADE_SQUARE_TWICE


def test_both_sides_end_at_0_or_more() -> None:
    state = place(money={0: 100, 1: 50})
    assert refused(state, TradeProposal(1, offered_money=101)) == Reason.TRADE_NOT_COVERED
    assert refused(state, TradeProposal(1, asked_money=51)) == Reason.TRADE_NOT_COVERED
    assert refused(state, TradeProposal(1, offered_money=100)) is None
    assert refused(state, TradeProposal(1, asked_money=50)) is None


@pytest.mark.parametrize(("offered", "asked"), [(101, 50), (100, 51), (101, 51), (10**13, 10**13)])
def test_nobody_gives_more_money_than_their_balance_whatever_they_get(offered: int, asked: int) -> None:
    state = place(money={0: 100, 1: 50})
    assert refused(state, TradeProposal(1, offered, asked)) == Reason.TRADE_NOT_COVERED
    do(state, TradeProposal(1, 100, 50))
    do(state, ACCEPT)
    assert state.balance == [50, 100]


@pytest.mark.parametrize("phase", [Phase.BUSINESS, Phase.LIQUIDATION])
def test_a_debtor_ends_a_trade_higher_than_before(phase: Phase) -> None:
    state = place(phase=phase, money={0: -100}, owned={0: [6], 1: [1]})
    assert refused(state, TradeProposal(1, 0, 0, (6,), (1,))) == Reason.TRADE_KEEPS_DEBT
    assert refused(state, TradeProposal(1, 1, 0, (6,), (1,))) == Reason.TRADE_NOT_COVERED
    do(state, TradeProposal(1, 0, 1, (6,)))
    do(state, ACCEPT)
    assert (state.balance, state.phase) == ([-99, 1499], phase)


def test_the_other_side_may_be_the_debtor() -> None:
    state = place(money={1: -100}, owned={0: [6], 1: [1]})
    assert refused(state, TradeProposal(1, 0, 0, (6,), (1,))) == Reason.TRADE_KEEPS_DEBT
    assert refused(state, TradeProposal(1, 50, 1, (), (1,))) == Reason.TRADE_NOT_COVERED
    do(state, TradeProposal(1, 50, 0, (), (1,)))
    do(state, ACCEPT)
    assert (state.balance, state.owned) == ([1450, -50], [[1, 6], []])


# The answer


def test_the_other_player_answers_in_proposal_acceptance() -> None:
    state = place(3)
    do(state, TradeProposal(2, offered_money=1))
    assert (state.phase, state.phase_seat, state.turn_seat) == (Phase.PROPOSAL_ACCEPTANCE, 2, 0)
    assert legal_actions(state, 2) == [ACCEPT, REJECT, SURRENDER]
    assert refused(state, ACCEPT, 0) == refused(state, ACCEPT, 1) == Reason.NOT_YOUR_TURN


def test_a_rejection_changes_nothing() -> None:
    state = place(owned={0: [1], 1: [6]})
    before = state.copy()
    do(state, TradeProposal(1, offered_money=5, offered_properties=(1,), asked_properties=(6,)))
    assert do(state, REJECT) == [Traded(0, 1, False, (1,), (6,))]
    before.proposals = 1
    assert state == before


def test_an_answer_that_no_longer_fits_is_refused_and_only_a_rejection_is_then_legal() -> None:
    offer = TradeProposal(1, offered_money=50, offered_properties=(1,), asked_properties=(6,))
    for reason in (Reason.TRADE_NOT_OWNED, Reason.TRADE_NOT_COVERED, Reason.GROUP_HAS_BUILDINGS):
        state = place(3, owned={0: BROWN, 1: [6]})
        do(state, offer)
        if reason is Reason.TRADE_NOT_OWNED:
            give(state, 6, 2)
        elif reason is Reason.TRADE_NOT_COVERED:
            state.bank += state.balance[0] - 49
            state.balance[0] = 49
        else:
            set_level(state, 3, 1)
        assert refused(state, ACCEPT) == reason
        assert legal_actions(state, 1) == [REJECT, SURRENDER]
        do(state, REJECT)
        assert (state.phase, state.phase_seat) == (Phase.BUSINESS, 0)


def test_mortgages_travel_with_the_square() -> None:
    state = place(owned={0: [1]}, mortgaged=[1])
    do(state, TradeProposal(1, offered_properties=(1,)))
    do(state, ACCEPT)
    assert (state.owner[1], state.mortgaged[1]) == (1, 1)


def test_group_levels_are_recomputed_for_both() -> None:
    state = place(owned={0: [1, *CYAN], 1: [3]})
    do(state, TradeProposal(1, offered_properties=(6,), asked_properties=(3,)))
    do(state, ACCEPT)
    assert (state.group_owner[1], state.group_owner[2]) == (0, FREE)


@pytest.mark.parametrize("answer", [ACCEPT, REJECT])
@pytest.mark.parametrize("phase", [Phase.BUSINESS, Phase.LIQUIDATION])
def test_afterwards_the_proposer_goes_on_in_the_phase_it_came_from(phase: Phase, answer: TradeAnswer) -> None:
    state = place(phase=phase, turn_seat=1)
    do(state, TradeProposal(0, offered_money=1))
    do(state, answer)
    assert (state.phase, state.phase_seat, state.turn_seat) == (phase, 1, 1)


def test_at_most_5_proposals_are_made_in_a_turn() -> None:
    state = place()
    for _ in range(5):
        do(state, TradeProposal(1, offered_money=1))
        do(state, REJECT)
    assert refused(state, TradeProposal(1, offered_money=1)) == Reason.TOO_MANY_PROPOSALS
    assert trade_limits(state, 0) is None
    assert not any(isinstance(action, TradeProposal) for action in legal_actions(state, 0))


def test_the_next_turn_has_5_proposals_again() -> None:
    state = place(owned={1: [6]})
    state.proposals = 5
    do(state, NEXT_PHASE)
    assert state.proposals == 0


def test_a_trade_counts_for_both_and_a_rejected_one_for_nobody() -> None:
    state = place(3)
    do(state, TradeProposal(1, offered_money=1))
    do(state, REJECT)
    do(state, TradeProposal(1, offered_money=1))
    do(state, ACCEPT)
    assert [stat(state, seat, "num_trades") for seat in range(3)] == [1, 1, 0]


# Limits and the listed sample


def test_the_limits_say_what_each_side_can_give() -> None:
    state = place(3, owned={0: [*BROWN, 5], 1: [6], 2: [11]}, levels={1: 1}, money={1: 20, 2: -7})
    sides = (TradeSide(1, 20, (6,)), TradeSide(2, 0, (11,)))
    assert trade_limits(state, 0) == TradeLimits(TradeSide(0, 1500, (5,)), sides, 5)
    state.proposals = 3
    assert trade_limits(state, 0) == TradeLimits(TradeSide(0, 1500, (5,)), sides, 2)


def test_there_are_no_limits_for_who_may_not_propose() -> None:
    assert trade_limits(place(phase=Phase.ROLL_THE_DICES), 0) is None
    assert trade_limits(place(), 1) is None
    assert trade_limits(place(), 9) is None
    assert trade_limits(place(phase=Phase.LIQUIDATION, money={0: -1}), 0) is None
    assert trade_limits(place(phase=Phase.LIQUIDATION), 0) is not None


def proposals(state_money: dict[int, int], *, levels: dict[int, int] | None = None) -> list[TradeProposal]:
    state = place(owned={0: BROWN, 1: CYAN}, money=state_money, levels=levels)
    return [action for action in legal_actions(state, 0) if isinstance(action, TradeProposal)]


def test_a_sample_of_trades_is_listed_at_the_price_of_the_square() -> None:
    ask = TradeProposal(1, offered_money=100, asked_properties=(8,))
    offer = TradeProposal(1, asked_money=60, offered_properties=(3,))
    assert proposals({}) == [ask, offer]
    assert proposals({0: 100}) == [ask, offer]
    assert proposals({0: 99}) == [offer]
    assert proposals({1: 59}) == [ask]
    assert proposals({1: 60}) == [ask, offer]
    assert proposals({1: -100}) == proposals({1: -101}) == [ask]
    assert proposals({}, levels={1: 1, 6: 1}) == []


def test_who_is_in_debt_is_listed_a_sale_for_at_least_what_is_owed() -> None:
    assert proposals({0: -200}) == [TradeProposal(1, asked_money=200, offered_properties=(3,))]
    assert proposals({0: -60}) == [TradeProposal(1, asked_money=60, offered_properties=(3,))]


def test_who_cannot_get_what_is_owed_is_listed_a_sale_for_all_that_the_other_has() -> None:
    assert proposals({0: -200, 1: 7}) == [TradeProposal(1, asked_money=7, offered_properties=(3,))]
    assert proposals({0: -200, 1: 0}) == proposals({0: -200, 1: -5}) == []
    in_business = place(money={0: -200, 1: 90})
    assert legal_actions(in_business, 0) == [TradeProposal(1, asked_money=90), NEXT_PHASE, SURRENDER]


def test_a_debtor_is_listed_a_trade_that_can_be_accepted_wherever_there_is_one() -> None:
    for phase in (Phase.BUSINESS, Phase.LIQUIDATION):
        for turn, (owned, levels) in product(
            range(1, 9), [([39], {}), ([39, 1, 5], {}), ([1, 3], {1: 1}), ([1, 3, 5], {1: 1}), ([], {})]
        ):
            for money in product((-50, 0, 1, 1500), repeat=2):
                state = place(4, phase=phase, money={0: -50, 1: money[0], 2: money[1]}, owned={0: owned}, levels=levels)
                do(state, SURRENDER, 3)
                state.turn = turn
                found = [action for action in legal_actions(state, 0) if isinstance(action, TradeProposal)]
                possible = [
                    TradeProposal(other, 0, 1, gift) for other in (1, 2) for gift in ((), *[(s,) for s in owned])
                ]
                assert bool(found) == any(why_not(state, 0, action) is None for action in possible)
                for action in found:
                    do(state, action)
                    assert ACCEPT in legal_actions(state, action.destination)
                    do(state, ACCEPT)
                    assert state.balance[0] > -50


def test_the_sample_changes_its_partner_and_skips_who_left() -> None:
    state = place(4, owned={0: [1]})
    do(state, SURRENDER, 2)
    partners = set()
    for proposals_made in range(5):
        state.proposals = proposals_made
        partners |= {action.destination for action in legal_actions(state, 0) if isinstance(action, TradeProposal)}
    assert partners == {1, 3}
