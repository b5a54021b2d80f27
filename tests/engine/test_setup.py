"""Rules: Set-up."""

import pytest

from magnate.engine.chance import Scripted, Seeded
from magnate.engine.phases import Phase
from magnate.engine.state import FREE, Settings, new_game


@pytest.mark.parametrize("seats", [2, 3, 4])
def test_a_game_has_two_to_four_seats(seats: int) -> None:
    assert new_game(seats, Seeded(1)).seats == seats


@pytest.mark.parametrize("seats", [-1, 0, 1, 5])
def test_a_game_of_fewer_or_more_seats_is_refused(seats: int) -> None:
    with pytest.raises(ValueError, match=f"a game has 2 to 4 seats, not {seats}"):
        new_game(seats, Seeded(1))


def test_each_player_begins_with_1500() -> None:
    state = new_game(4, Seeded(1))
    assert state.balance == [1500] * 4
    assert state.bank == -6000


def test_everyone_begins_on_exit() -> None:
    assert new_game(4, Seeded(1)).position == [0] * 4


def test_the_turn_order_is_shuffled() -> None:
    orders = {new_game(3, Seeded(seed)).order for seed in range(60)}
    assert len(orders) == 6


def test_the_first_in_turn_order_begins_by_rolling() -> None:
    state = new_game(3, Scripted(orders=[[2, 0, 1]]))
    assert state.order == (2, 0, 1)
    assert (state.turn_seat, state.phase_seat, state.phase) == (2, 2, Phase.ROLL_THE_DICES)


def test_a_game_begins_with_round_1_turn_1_and_an_empty_pot() -> None:
    state = new_game(2, Seeded(1))
    assert (state.round, state.turn, state.pot) == (1, 1, 0)


def test_nobody_owns_owes_or_waits_for_anything_at_the_start() -> None:
    state = new_game(2, Seeded(1))
    assert set(state.owner) == {FREE}
    assert state.owned == [[], []]
    assert set(state.group_owner) == {FREE}
    assert sum(state.level) == sum(state.mortgaged) == sum(state.stats) == 0
    assert (state.jail_turns, state.alive, state.to_bid, state.bids) == ([0, 0], [True, True], (), {})
    assert (state.streak, state.proposals, state.mortgaged_this_turn) == (0, 0, ())
    assert (state.choices, state.jail_roll, state.card, state.trade) == ((), 0, None, None)
    assert (state.eliminated, state.bonuses, state.winners) == ((), (), ())


def test_the_round_limit_is_30_unless_the_game_has_another() -> None:
    assert new_game(2, Seeded(1)).settings.max_rounds == 30
    assert new_game(2, Seeded(1), Settings(max_rounds=7)).settings.max_rounds == 7


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ((-1,), "max_rounds must be a whole number from 0 to 1000000000000, not -1"),
        ((10**13,), "max_rounds must be a whole number from 0 to 1000000000000, not 10"),
        ((2.5,), "max_rounds must be a whole number from 0 to 1000000000000, not 2.5"),
        ((5, (7,)), r"humans must be a tuple of seats from 0 to 2, not \(7,\)"),
        ((5, (-1,)), r"humans must be a tuple of seats from 0 to 2, not \(-1,\)"),
        ((5, [0]), r"humans must be a tuple of seats from 0 to 2, not \[0\]"),
        ((5, (1.0,)), r"humans must be a tuple of seats from 0 to 2"),
        ((5, (1, 1)), r"humans names a seat twice: \(1, 1\)"),
    ],
)
def test_settings_that_no_position_could_hold_are_refused(values: tuple[object, ...], fault: str) -> None:
    # The compiled class refuses a value of another type by itself, in words of its own.
    with pytest.raises((ValueError, TypeError), match=f"{fault}|object expected; got"):
        new_game(3, Seeded(1), Settings(*values))  # type: ignore[arg-type]
