"""Who sits where: even over all games, and a function of the game's number."""

from collections import Counter
from itertools import combinations, pairwise

import pytest

from magnate.simulation.playing.seating import lineup, rotations
from magnate.simulation.settings import RunSettings, Seating
from tests.simulation.runs import run_settings

NAMES = ("expert", "very_hard", "hard", "medium", "easy", "very_easy")


def seats_of(settings: RunSettings, games: int) -> list[tuple[int, ...]]:
    return [lineup(settings, game) for game in range(1, games + 1)]


@pytest.mark.parametrize("players", [2, 3, 4])
def test_rotation_gives_every_bot_every_seat_equally_often_after_each_round(players: int) -> None:
    lineups = seats_of(run_settings(*NAMES[:players]), 4 * players)
    for first in range(0, len(lineups), players):
        taken = Counter((seat, bot) for each in lineups[first : first + players] for seat, bot in enumerate(each))
        assert set(taken.values()) == {1}
        assert len(taken) == players * players


def test_rotation_in_the_end_puts_everybody_behind_everybody_equally_often() -> None:
    lineups = seats_of(run_settings(*NAMES[:4]), 24)
    assert len(set(lineups)) == 24
    behind = Counter(pair for each in lineups for pair in pairwise((*each, each[0])))
    assert set(behind.values()) == {8}


def test_rotations_begin_with_the_order_named() -> None:
    assert rotations(3)[0] == (0, 1, 2)


def test_fixed_seats_never_change() -> None:
    assert set(seats_of(run_settings(*NAMES[:4], seating=Seating.FIXED), 10)) == {(0, 1, 2, 3)}


def test_random_seats_follow_from_the_seed() -> None:
    first = seats_of(run_settings(*NAMES[:4], seating=Seating.RANDOM, seed=1), 50)
    assert first == seats_of(run_settings(*NAMES[:4], seating=Seating.RANDOM, seed=1), 50)
    assert first != seats_of(run_settings(*NAMES[:4], seating=Seating.RANDOM, seed=2), 50)
    assert all(sorted(each) == [0, 1, 2, 3] for each in first)
    assert len(set(first)) > 10


def test_more_bots_than_seats_meet_in_every_choice() -> None:
    lineups = seats_of(run_settings(*NAMES, players=4), 15 * 4)
    assert {tuple(sorted(each)) for each in lineups[:15]} == set(combinations(range(6), 4))
    assert len(set(Counter(seat for each in lineups for seat in enumerate(each)).values())) == 1


def test_fewer_bots_than_seats_sit_more_than_once() -> None:
    assert Counter(lineup(run_settings("expert", "easy", players=4), 1)) == {0: 2, 1: 2}
    assert Counter(lineup(run_settings("expert", players=3), 1)) == {0: 3}


def test_in_pairs_two_of_many_meet_at_a_table_of_four() -> None:
    lineups = seats_of(run_settings(*NAMES[:3], players=4, sides=2), 3)
    assert [Counter(each) for each in lineups] == [{0: 2, 1: 2}, {0: 2, 2: 2}, {1: 2, 2: 2}]
