"""Rules: End of the game."""

from collections.abc import Mapping

import pytest

from magnate.engine.actions import NEXT_PHASE, SURRENDER
from magnate.engine.chance import Seeded
from magnate.engine.events import BANK, BonusPaid, GameEnded
from magnate.engine.game import apply
from magnate.engine.phases import Phase
from magnate.engine.rules.ending import net_worth
from magnate.engine.state import State
from magnate.engine.statistics import COUNT, STATISTICS, bonus_rules
from tests.engine.positions import BROWN, CYAN, do, only, payments, phase_of, place


def last_turn(scores: Mapping[str, list[int]], seats: int = 2) -> State:
    """Return a position whose next phase ends the game, with the score of each seat by category."""
    state = place(seats, turn_seat=seats - 1, max_rounds=1)
    for category, values in scores.items():
        for seat, value in enumerate(values):
            state.stats[seat * COUNT + STATISTICS.index(category)] = value
    return state


def test_one_player_left_ends_the_game() -> None:
    state = place(3)
    do(state, SURRENDER, 1)
    assert phase_of(state) is Phase.BUSINESS
    do(state, SURRENDER, 0, then=Seeded(1))
    assert phase_of(state) is Phase.END_GAME
    assert state.winners == (2,)


def test_rounds_over_ends_the_game() -> None:
    state = last_turn({})
    do(state, NEXT_PHASE)
    assert state.phase is Phase.END_GAME


def test_three_different_bonus_categories_are_drawn() -> None:
    for seed in range(40):
        state = last_turn({category: [1, 0] for category in bonus_rules().categories})
        apply(state, 1, NEXT_PHASE, Seeded(seed))
        drawn = [category for category, _ in state.bonuses]
        assert len(set(drawn)) == len(drawn) == 3
        assert set(drawn) <= set(bonus_rules().categories)


def test_each_category_can_be_drawn() -> None:
    drawn = set()
    for seed in range(60):
        state = last_turn({category: [1, 0] for category in bonus_rules().categories})
        apply(state, 1, NEXT_PHASE, Seeded(seed))
        drawn |= {category for category, _ in state.bonuses}
    assert drawn == set(bonus_rules().categories) == set(STATISTICS)


@pytest.mark.parametrize("qualifying", [0, 1, 2])
def test_fewer_are_drawn_if_fewer_qualify(qualifying: int) -> None:
    categories = bonus_rules().categories[:qualifying]
    state = last_turn({category: [1, 0] for category in categories})
    do(state, NEXT_PHASE, categories=[categories])
    assert [category for category, _ in state.bonuses] == list(categories)


def test_only_categories_in_which_somebody_still_in_the_game_scored_are_drawn() -> None:
    state = last_turn({"num_trades": [4, 0, 0], "num_mortgages": [0, 1, 0]}, 3)
    do(state, SURRENDER, 0)
    state.turn_seat = state.phase_seat = 2
    do(state, NEXT_PHASE, categories=[["num_mortgages"]])
    assert state.bonuses == (("num_mortgages", (1,)),)


def test_every_player_still_in_the_game_with_the_highest_value_gets_200() -> None:
    state = last_turn({"num_trades": [2, 1, 2]}, 3)
    events = do(state, NEXT_PHASE, categories=[["num_trades"]])
    assert only(events, BonusPaid) == BonusPaid("num_trades", 200, (0, 2))
    assert payments(events) == [(BANK, 0, 200), (BANK, 2, 200)]
    assert state.balance == [1700, 1500, 1700]


def test_who_left_gets_no_bonus() -> None:
    state = last_turn({"num_trades": [9, 1, 0]}, 3)
    do(state, SURRENDER, 0)
    do(state, NEXT_PHASE, categories=[["num_trades"]])
    assert state.bonuses == (("num_trades", (1,)),)
    assert state.balance == [0, 1700, 1500]


def test_categories_are_judged_before_any_bonus_is_paid() -> None:
    state = last_turn({"num_trades": [1, 0], "won_money": [100, 250]})
    do(state, NEXT_PHASE, categories=[["num_trades", "won_money"]])
    assert state.bonuses == (("num_trades", (0,)), ("won_money", (1,)))


def test_final_worth_is_balance_and_full_price_of_unmortgaged_squares_and_build_price_of_levels() -> None:
    state = place(owned={0: [*CYAN, 5, 39]}, levels={6: 2, 8: 1, 9: 1}, mortgaged=[39], money={0: -30})
    assert net_worth(state, 0) == -30 + 100 + 100 + 120 + 300 + 4 * 50
    assert net_worth(state, 1) == 1500


def test_a_hotel_is_worth_five_levels() -> None:
    assert net_worth(place(owned={0: BROWN}, levels={1: 5, 3: 5}, money={0: 0}), 0) == 2 * 60 + 10 * 50


def test_final_worth_counts_the_bonuses() -> None:
    state = last_turn({"num_trades": [1, 0]})
    assert only(do(state, NEXT_PHASE, categories=[["num_trades"]]), GameEnded).worth == (1700, 1500)


def test_eliminated_players_are_worth_0() -> None:
    state = place(3)
    do(state, SURRENDER, 1)
    assert net_worth(state, 1) == 0
    events = do(state, SURRENDER, 0, then=Seeded(3))
    assert only(events, GameEnded).worth[:2] == (0, 0)


def test_the_highest_final_worth_wins() -> None:
    state = place(3, turn_seat=2, max_rounds=1, owned={1: [1]}, money={0: 1559})
    assert only(do(state, NEXT_PHASE), GameEnded) == GameEnded((1559, 1560, 1500), (1,))
    assert state.winners == (1,)


def test_a_tie_at_the_top_is_a_shared_win() -> None:
    state = place(3, turn_seat=2, max_rounds=1, owned={1: [1]}, money={0: 1560})
    do(state, NEXT_PHASE)
    assert state.winners == (0, 1)


def test_who_is_left_wins_also_in_debt() -> None:
    state = place(money={0: -500})
    assert only(do(state, SURRENDER, 1), GameEnded) == GameEnded((-500, 0), (0,))


def test_with_humans_the_game_also_ends_when_none_is_left_in_it() -> None:
    state = place(4, humans=(1, 3))
    do(state, SURRENDER, 1)
    assert phase_of(state) is Phase.BUSINESS
    do(state, SURRENDER, 3)
    assert phase_of(state) is Phase.END_GAME
    assert state.winners == (0, 2)


def test_without_humans_only_one_player_left_ends_it() -> None:
    state = place(4)
    do(state, SURRENDER, 1)
    do(state, SURRENDER, 3)
    assert phase_of(state) is Phase.BUSINESS


def test_a_human_goes_on_against_bots() -> None:
    state = place(3, humans=(2,))
    do(state, SURRENDER, 0)
    assert state.phase is not Phase.END_GAME
