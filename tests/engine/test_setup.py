"""Rules: Set-up."""

import pytest

from magnate.engine.chance import Scripted, Seeded
from magnate.engine.phases import Phase
from magnate.engine.state import FREE, NO_BID, Settings, new_game


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
    assert (state.jail_turns, state.alive, state.bids) == ([0, 0], [True, True], [NO_BID, NO_BID])
    assert (state.streak, state.proposals, state.choices, state.card, state.trade) == (0, 0, (), None, None)
    assert (state.eliminated, state.bonuses, state.winners) == ((), (), ())


def test_the_round_limit_is_30_unless_the_game_has_another() -> None:
    assert new_game(2, Seeded(1)).settings.max_rounds == 30
    assert new_game(2, Seeded(1), Settings(max_rounds=7)).settings.max_rounds == 7


def test_a_round_limit_below_0_is_refused() -> None:
    with pytest.raises(ValueError, match="max_rounds must be at least 0, not -1"):
        new_game(2, Seeded(1), Settings(max_rounds=-1))
