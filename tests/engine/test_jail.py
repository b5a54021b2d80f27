"""Rules: roll_the_dices, the jailed player."""

import pytest

from magnate.engine.actions import (
    DECLINE_BAIL,
    NEXT_PHASE,
    PAY_BAIL,
    SURRENDER,
    THROW_DICES,
    BuySquare,
    MortgageSet,
    MoveTo,
    PayBail,
)
from magnate.engine.errors import Reason
from magnate.engine.events import POT, Freed, Rolled, Walked
from magnate.engine.game import legal_actions
from magnate.engine.phases import Phase
from magnate.engine.rules.dice import bail_destination
from tests.engine.positions import do, in_jail, only, payments, place, refused, stat, to_roll

# Bail before the roll


def test_a_jailed_player_pays_the_bail_or_rolls() -> None:
    assert legal_actions(in_jail(), 0) == [THROW_DICES, PAY_BAIL, SURRENDER]


def test_bail_before_the_roll_is_40_to_the_pot_and_frees_at_once() -> None:
    state = in_jail()
    events = do(state, PAY_BAIL)
    assert payments(events) == [(0, POT, 40)]
    assert events[-1] == Freed(0, True)
    assert (state.balance[0], state.pot, state.jail_turns[0]) == (1460, 40, 0)


def test_who_paid_before_the_roll_rolls_as_a_free_player() -> None:
    state = in_jail()
    do(state, PAY_BAIL)
    assert (state.phase, state.position[0]) == (Phase.ROLL_THE_DICES, 201)
    assert legal_actions(state, 0) == [THROW_DICES, SURRENDER]
    events = do(state, THROW_DICES, dice=[2, 2, 1])
    assert only(events, Walked).path == (201, 105, 15, 106, 107, 108)
    assert state.streak == 1


def test_bail_that_the_balance_does_not_cover_cannot_be_paid_before_the_roll() -> None:
    state = in_jail(money=39)
    assert refused(state, PAY_BAIL) == Reason.BAIL_NOT_COVERED
    assert legal_actions(state, 0) == [THROW_DICES, SURRENDER]


def test_declining_without_a_roll_on_the_table_is_refused() -> None:
    assert refused(in_jail(), DECLINE_BAIL) == Reason.NO_ROLL_ON_TABLE


@pytest.mark.parametrize("action", [PAY_BAIL, DECLINE_BAIL])
def test_who_is_not_in_jail_has_no_bail_to_pay(action: PayBail) -> None:
    assert refused(to_roll(), action) == Reason.NOT_IN_JAIL


# The roll in jail


def test_a_jailed_player_rolls_the_two_dice_only() -> None:
    state = in_jail()
    rolled = only(do(state, THROW_DICES, dice=[2, 3]), Rolled)
    assert rolled == Rolled(0, 2, 3, 0, False, 0, (108,))


def test_a_double_frees_and_moves_by_the_sum() -> None:
    state = in_jail()
    events = do(state, THROW_DICES, dice=[2, 2], cards=[("goToJail", None)])
    assert Freed(0, False) in events
    assert only(events, Walked).path == (201, 105, 15, 16, 17)
    assert (state.jail_turns[0], state.position[0], state.phase) == (0, 17, Phase.CHOOSE_FANTASY)
    assert payments(events) == []


def test_a_double_out_of_jail_does_not_count_towards_the_streak_and_gives_no_further_roll() -> None:
    state = place(phase=Phase.ROLL_THE_DICES, jailed={0: 3}, owned={0: [16]})
    assert only(do(state, THROW_DICES, dice=[1, 1]), Rolled).streak == 0
    assert (state.position[0], state.streak, state.phase) == (15, 0, Phase.MANAGEMENT)
    do(state, BuySquare(15))
    assert state.phase is Phase.BUSINESS
    do(state, NEXT_PHASE)
    assert state.turn_seat == 1


def test_a_double_frees_also_with_one_turn_left_and_without_bail() -> None:
    state = in_jail(1)
    events = do(state, THROW_DICES, dice=[1, 1])
    assert payments(events) == []
    assert state.jail_turns[0] == 0


@pytest.mark.parametrize("money", [1500, 40, 39, 0, -5])
def test_with_one_turn_left_the_bail_is_forced_and_the_player_moves_by_the_sum(money: int) -> None:
    state = in_jail(1, money=money)
    events = do(state, THROW_DICES, dice=[2, 3])
    assert payments(events) == [(0, POT, 40)]
    assert Freed(0, True) in events
    assert only(events, Walked).path == (201, 105, 15, 106, 107, 108)
    assert (state.balance[0], state.jail_turns[0], state.phase) == (money - 40, 0, Phase.MANAGEMENT)


@pytest.mark.parametrize("turns", [3, 2])
def test_else_one_jail_turn_passes_and_the_roll_stays_on_the_table(turns: int) -> None:
    state = in_jail(turns)
    do(state, THROW_DICES, dice=[2, 3])
    assert state.jail_turns[0] == turns - 1
    assert (state.phase, state.position[0]) == (Phase.ROLL_THE_DICES, 201)


def test_snapshots_show_the_roll_on_the_table_as_the_possible_destination() -> None:
    state = in_jail()
    do(state, THROW_DICES, dice=[2, 3])
    assert (state.jail_roll, bail_destination(state), state.choices) == (5, 108, ())


# The answer


def test_true_pays_40_to_the_pot_frees_and_moves_by_the_rolled_sum() -> None:
    state = in_jail()
    do(state, THROW_DICES, dice=[2, 3])
    events = do(state, PAY_BAIL)
    assert payments(events) == [(0, POT, 40)]
    assert only(events, Walked).path == (201, 105, 15, 106, 107, 108)
    assert (state.jail_turns[0], state.position[0], state.jail_roll) == (0, 108, 0)
    assert state.phase is Phase.MANAGEMENT


def test_false_stays_and_goes_on_with_business() -> None:
    state = in_jail()
    do(state, THROW_DICES, dice=[2, 3])
    assert do(state, DECLINE_BAIL) == []
    assert (state.position[0], state.jail_turns[0], state.jail_roll, state.phase) == (201, 2, 0, Phase.BUSINESS)
    do(state, NEXT_PHASE)
    assert state.turn_seat == 1


def test_the_third_failed_roll_in_a_row_is_the_forced_one() -> None:
    state = in_jail()
    for turns in (2, 1):
        do(state, THROW_DICES, dice=[2, 3])
        assert state.jail_turns[0] == turns
        do(state, DECLINE_BAIL)
        do(state, NEXT_PHASE)
        do(state, THROW_DICES, dice=[1, 2, 1], cards=[("goToJail", None)])
        state.phase, state.card, state.position[1] = Phase.BUSINESS, None, 0
        do(state, NEXT_PHASE)
    do(state, THROW_DICES, dice=[2, 3])
    assert (state.jail_turns[0], state.position[0]) == (0, 108)


def test_while_the_roll_is_on_the_table_nothing_else_is_legal_but_to_surrender() -> None:
    state = in_jail()
    do(state, THROW_DICES, dice=[2, 3])
    assert legal_actions(state, 0) == [PAY_BAIL, DECLINE_BAIL, SURRENDER]
    assert refused(state, THROW_DICES) == Reason.ROLL_ON_TABLE
    for action in (MoveTo(108), NEXT_PHASE, MortgageSet(1)):
        assert refused(state, action) == Reason.WRONG_PHASE


def test_a_bail_that_the_balance_does_not_cover_can_only_be_answered_false() -> None:
    state = in_jail(money=39)
    do(state, THROW_DICES, dice=[2, 3])
    assert refused(state, PAY_BAIL) == Reason.BAIL_NOT_COVERED
    assert legal_actions(state, 0) == [DECLINE_BAIL, SURRENDER]


def test_a_player_may_surrender_with_a_roll_on_the_table() -> None:
    state = place(3, phase=Phase.ROLL_THE_DICES, jailed={0: 3})
    do(state, THROW_DICES, dice=[2, 3])
    do(state, SURRENDER)
    assert (state.turn_seat, state.phase, state.jail_roll) == (1, Phase.ROLL_THE_DICES, 0)


def test_leaving_jail_on_foot_arrives_like_any_move() -> None:
    state = place(phase=Phase.ROLL_THE_DICES, jailed={0: 2}, owned={1: [108]})
    do(state, THROW_DICES, dice=[2, 3])
    assert payments(do(state, PAY_BAIL)) == [(0, POT, 40), (0, 1, 22)]


def test_each_jail_turn_that_a_failed_roll_passes_is_counted_the_forced_one_too() -> None:
    for turns in (3, 2, 1):
        state = in_jail(turns)
        do(state, THROW_DICES, dice=[2, 3])
        assert stat(state, 0, "turns_in_jail") == 1


def test_a_double_or_bail_before_the_roll_counts_no_jail_turn() -> None:
    state = in_jail()
    do(state, THROW_DICES, dice=[1, 1])
    assert stat(state, 0, "turns_in_jail") == 0
    state = in_jail()
    do(state, PAY_BAIL)
    assert stat(state, 0, "turns_in_jail") == 0
