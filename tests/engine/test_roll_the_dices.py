"""Rules: roll_the_dices, the free player."""

import pytest

from magnate.engine.actions import SURRENDER, THROW_DICES, MoveTo
from magnate.engine.board import Board
from magnate.engine.errors import Reason
from magnate.engine.events import Jailed, Jumped, Rolled, Walked
from magnate.engine.game import legal_actions
from magnate.engine.phases import Phase
from tests.engine.positions import board_data, do, only, payments, place, refused, stat, to_roll


def test_a_free_player_rolls_two_dice_and_the_bus_die() -> None:
    rolled = only(do(to_roll(), THROW_DICES, dice=[1, 2, 3]), Rolled)
    assert (rolled.seat, rolled.dice1, rolled.dice2, rolled.dice_bus) == (0, 1, 2, 3)


def test_a_free_player_can_only_roll() -> None:
    assert legal_actions(to_roll(), 0) == [THROW_DICES, SURRENDER]


# Triple


@pytest.mark.parametrize("number", [1, 2, 3])
def test_three_of_the_same_number_are_a_triple(number: int) -> None:
    state = to_roll()
    rolled = only(do(state, THROW_DICES, dice=[number] * 3), Rolled)
    assert rolled.triple
    assert state.phase is Phase.CHOOSE_SQUARE


@pytest.mark.parametrize("face", [4, 5, 6])
def test_a_bus_face_is_no_number_so_4_5_and_6_make_a_double_and_no_triple(face: int) -> None:
    state = to_roll()
    rolled = only(do(state, THROW_DICES, dice=[face] * 3), Rolled)
    assert not rolled.triple
    assert state.streak == 1
    assert state.choices == ((face, face), (2 * face, 2 * face))


def test_a_triple_sets_the_streak_to_0() -> None:
    state = to_roll(streak=2)
    assert only(do(state, THROW_DICES, dice=[2, 2, 2]), Rolled).streak == 0
    assert state.streak == 0


def test_after_a_triple_the_player_picks_any_square_but_the_jail() -> None:
    state = to_roll(at=7)
    do(state, THROW_DICES, dice=[1, 1, 1])
    assert legal_actions(state, 0) == [*(MoveTo(square) for square in state.board.ids if square != 201), SURRENDER]
    assert refused(state, MoveTo(201)) == Reason.SQUARE_OUT_OF_REACH
    assert all(steps == 0 for _, steps in state.choices)


def test_a_triple_is_a_jump_that_pays_nothing_for_passing_exit() -> None:
    state = to_roll(at=38)
    do(state, THROW_DICES, dice=[1, 1, 1])
    events = do(state, MoveTo(6))
    assert events == [Jumped(0, 38, 6)]
    assert (state.position[0], state.balance[0], state.phase) == (6, 1500, Phase.MANAGEMENT)


def test_a_triple_that_lands_on_exit_is_paid() -> None:
    state = to_roll(at=38)
    do(state, THROW_DICES, dice=[1, 1, 1])
    do(state, MoveTo(0))
    assert (state.position[0], state.balance[0], state.phase) == (0, 1700, Phase.BUSINESS)


def test_a_triple_from_exit_to_exit_is_paid_once() -> None:
    state = to_roll(at=0)
    do(state, THROW_DICES, dice=[1, 1, 1])
    do(state, MoveTo(0))
    assert state.balance[0] == 1700


def test_a_triple_may_choose_go_to_jail() -> None:
    state = to_roll()
    do(state, THROW_DICES, dice=[3, 3, 3])
    do(state, MoveTo(20))
    assert (state.position[0], state.jail_turns[0], state.phase) == (201, 3, Phase.BUSINESS)


def test_a_triple_arrives_where_it_jumps_to() -> None:
    state = place(phase=Phase.ROLL_THE_DICES, owned={1: [39]})
    do(state, THROW_DICES, dice=[3, 3, 3])
    assert payments(do(state, MoveTo(39))) == [(0, 1, 50)]


def test_a_triple_gives_no_further_roll() -> None:
    state = to_roll(streak=1)
    do(state, THROW_DICES, dice=[3, 3, 3])
    do(state, MoveTo(104))
    assert state.phase is Phase.BUSINESS


# Double


@pytest.mark.parametrize("streak", [0, 1])
def test_a_double_lets_the_streak_grow_by_one(streak: int) -> None:
    state = to_roll(streak=streak)
    assert only(do(state, THROW_DICES, dice=[2, 2, 1]), Rolled).streak == streak + 1
    assert state.streak == streak + 1


def test_a_double_with_a_bus_face_counts_too() -> None:
    state = to_roll()
    do(state, THROW_DICES, dice=[2, 2, 5])
    assert (state.streak, state.phase) == (1, Phase.CHOOSE_SQUARE)


@pytest.mark.parametrize("bus", [1, 6])
def test_the_third_double_in_a_row_sends_to_jail_without_moving(bus: int) -> None:
    state = to_roll(at=39, streak=2)
    events = do(state, THROW_DICES, dice=[2, 2, bus])
    assert events == [Rolled(0, 2, 2, bus, False, 0, ()), Jailed(0, 39)]
    assert (state.position[0], state.jail_turns[0], state.streak, state.phase) == (201, 3, 0, Phase.BUSINESS)
    assert (state.balance[0], stat(state, 0, "walked_squares")) == (1500, 0)


def test_a_triple_is_no_third_double() -> None:
    state = to_roll(streak=2)
    do(state, THROW_DICES, dice=[2, 2, 2])
    assert state.phase is Phase.CHOOSE_SQUARE


@pytest.mark.parametrize("bus", [1, 6])
def test_any_other_roll_sets_the_streak_to_0(bus: int) -> None:
    state = to_roll(at=1, streak=2)
    assert only(do(state, THROW_DICES, dice=[1, 2, bus]), Rolled).streak == 0
    assert state.streak == 0


# Steps


@pytest.mark.parametrize(("dice", "square"), [([1, 2, 1], 4), ([6, 5, 3], 14), ([6, 6, 3], 15), ([5, 6, 2], 13)])
def test_with_1_to_3_on_the_bus_die_the_steps_are_the_sum_of_the_three(dice: list[int], square: int) -> None:
    state = to_roll()
    events = do(state, THROW_DICES, dice=dice, cards=[("goToJail", None)] if square == 4 else [])
    assert only(events, Rolled).destinations == (square,)
    assert only(events, Walked).path == state.board.paths[0][sum(dice)]
    assert state.position[0] == square
    assert state.choices == ()


@pytest.mark.parametrize("bus", [4, 5, 6])
def test_with_a_bus_face_the_player_likes_the_first_die_the_second_or_their_sum(bus: int) -> None:
    state = to_roll()
    events = do(state, THROW_DICES, dice=[2, 3, bus])
    assert only(events, Rolled).destinations == (2, 3, 5)
    assert state.choices == ((2, 2), (3, 3), (5, 5))
    assert (state.phase, state.position[0]) == (Phase.CHOOSE_SQUARE, 0)
    assert legal_actions(state, 0) == [MoveTo(2), MoveTo(3), MoveTo(5), SURRENDER]


@pytest.mark.parametrize("square", [1, 4, 6, 99, -1, 201])
def test_a_square_that_is_no_choice_is_refused(square: int) -> None:
    state = to_roll()
    do(state, THROW_DICES, dice=[2, 3, 4])
    assert refused(state, MoveTo(square)) == Reason.SQUARE_OUT_OF_REACH


def test_the_chosen_square_is_walked_to() -> None:
    state = to_roll(at=14)
    do(state, THROW_DICES, dice=[2, 3, 4])
    events = do(state, MoveTo(107))
    assert only(events, Walked).path == (14, 15, 106, 107)
    assert (state.position[0], state.choices, state.phase) == (107, (), Phase.MANAGEMENT)
    assert stat(state, 0, "walked_squares") == 3


def test_each_choice_has_the_parity_of_its_own_steps() -> None:
    state = to_roll(at=14)
    do(state, THROW_DICES, dice=[2, 3, 4])
    assert state.choices == ((16, 2), (107, 3), (109, 5))


def test_two_equal_dice_and_a_bus_face_leave_two_choices() -> None:
    state = to_roll()
    do(state, THROW_DICES, dice=[3, 3, 6])
    assert state.choices == ((3, 3), (6, 6))


def short_circuit() -> Board:
    """Return a board on which 1, 2 and 3 steps from square 1 all lead to square 2."""
    changed = board_data()
    changed["squares"][2] |= {"next": 2}
    return Board(changed)


def test_if_all_choices_lead_to_one_square_the_move_is_made_at_once() -> None:
    state = place(phase=Phase.ROLL_THE_DICES, at={0: 1}, board=short_circuit())
    events = do(state, THROW_DICES, dice=[2, 1, 6], cards=[("goToJail", None)])
    assert only(events, Rolled).destinations == (2,)
    assert only(events, Walked).path == (1, 2, 2)
    assert (state.position[0], state.phase) == (2, Phase.CHOOSE_FANTASY)


def test_of_two_step_counts_to_one_square_the_first_is_kept() -> None:
    state = place(phase=Phase.ROLL_THE_DICES, at={0: 0}, board=short_circuit())
    do(state, THROW_DICES, dice=[3, 1, 6])
    assert state.choices == ((2, 3), (1, 1))
