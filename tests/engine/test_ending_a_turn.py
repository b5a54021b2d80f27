"""Rules: Ending a turn."""

import pytest

from magnate.engine.actions import NEXT_PHASE, SURRENDER
from magnate.engine.chance import Scripted
from magnate.engine.events import GameEnded, TurnBegan
from magnate.engine.phases import Phase
from magnate.engine.state import new_game
from tests.engine.positions import do, only, place


def test_the_next_seat_in_turn_order_rolls() -> None:
    state = new_game(3, Scripted(orders=[[2, 0, 1]]))
    turns = []
    for _ in range(4):
        turns.append((state.turn_seat, state.phase_seat, state.phase))
        state.phase = Phase.BUSINESS
        do(state, NEXT_PHASE)
    assert turns == [(seat, seat, Phase.ROLL_THE_DICES) for seat in (2, 0, 1, 2)]


def test_seats_that_left_the_game_are_passed_over() -> None:
    state = place(4)
    do(state, SURRENDER, 1)
    do(state, SURRENDER, 2)
    assert only(do(state, NEXT_PHASE), TurnBegan).seat == 3
    assert state.turn_seat == 3


def test_the_streak_goes_to_0() -> None:
    state = place(streak=1, jailed={0: 1})
    do(state, NEXT_PHASE)
    assert state.streak == 0


def test_the_turn_counter_grows_by_one() -> None:
    state = place(3)
    assert only(do(state, NEXT_PHASE), TurnBegan).turn == 2
    assert state.turn == 2


@pytest.mark.parametrize(("turn_seat", "round_"), [(0, 1), (1, 1), (2, 2)])
def test_when_the_order_wraps_the_round_grows_by_one(turn_seat: int, round_: int) -> None:
    state = place(3, turn_seat=turn_seat)
    assert only(do(state, NEXT_PHASE), TurnBegan).round == round_
    assert state.round == round_


def test_the_order_wraps_also_past_seats_that_left() -> None:
    state = place(4, turn_seat=1)
    do(state, SURRENDER, 2)
    do(state, SURRENDER, 3)
    do(state, SURRENDER, 0)
    assert state.phase is Phase.END_GAME
    state = place(4, turn_seat=1)
    for seat in (2, 3):
        do(state, SURRENDER, seat)
    do(state, NEXT_PHASE)
    assert (state.turn_seat, state.round) == (0, 2)


def test_the_order_wraps_past_a_first_seat_that_left() -> None:
    state = place(3, turn_seat=2)
    do(state, SURRENDER, 0)
    do(state, NEXT_PHASE)
    assert (state.turn_seat, state.round) == (1, 2)


def test_if_the_round_passes_the_limit_the_game_ends() -> None:
    state = place(turn_seat=1, max_rounds=1)
    events = do(state, NEXT_PHASE)
    assert only(events, GameEnded).winners == (0, 1)
    assert (state.phase, state.round) == (Phase.END_GAME, 2)


def test_in_the_last_round_everybody_has_a_turn() -> None:
    state = place(max_rounds=1)
    do(state, NEXT_PHASE)
    assert (state.phase, state.turn_seat) == (Phase.ROLL_THE_DICES, 1)


def test_a_limit_of_0_is_no_limit() -> None:
    state = place(turn_seat=1, max_rounds=0)
    state.round = 10**6
    do(state, NEXT_PHASE)
    assert (state.phase, state.round) == (Phase.ROLL_THE_DICES, 10**6 + 1)
