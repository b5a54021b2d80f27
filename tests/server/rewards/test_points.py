"""A full game brings points by worth and moves the rating; a short one or opponents who meet often bring less."""

from itertools import count, takewhile

import pytest

from magnate.server.config import Settings
from magnate.server.rewards.points import rewards, share_of_length, share_of_meetings
from magnate.server.rewards.ratings import rate
from magnate.server.storage.records import Before, PlayerResult, Rating, Reward

SETTINGS = Settings(points_least_rounds=5, points_full_rounds=20, points_full_games=3)
RESULTS = [PlayerResult(1, 0, 1, 2001, 2001), PlayerResult(2, 1, 2, 500, 500)]


def brought(rounds: int, met: int = 0, max_rounds: int = 30) -> list[Reward]:
    before = [Before(Rating(), (met,))] * 2
    return rewards(RESULTS, before, rounds=rounds, max_rounds=max_rounds, settings=SETTINGS)


@pytest.mark.parametrize("rounds", [20, 25, 30])
def test_a_full_game_brings_the_final_worth_and_moves_the_rating_whole(rounds: int) -> None:
    rated = rate([Rating()] * 2, [1, 2])
    assert brought(rounds) == [Reward(2001, rated[0]), Reward(500, rated[1])]


@pytest.mark.parametrize("rounds", [0, 1, 4])
@pytest.mark.parametrize("max_rounds", [0, 30])
def test_a_friend_who_surrenders_at_once_brings_no_points_and_hardly_any_rating(rounds: int, max_rounds: int) -> None:
    full = rate([Rating()] * 2, [1, 2])
    short = brought(rounds, max_rounds=max_rounds)
    assert [each.points for each in short] == [0, 0]
    part = max(rounds, 1) / 20
    assert [each.rating.mu - 1000 for each in short] == [pytest.approx((each.mu - 1000) * part) for each in full]


def test_a_day_of_surrenders_brings_less_rating_than_one_game() -> None:
    rating, once = [Rating(), Rating()], rate([Rating()] * 2, [1, 2])[0].mu
    for met in range(200):
        before = [Before(each, (met,)) for each in rating]
        rating = [each.rating for each in rewards(RESULTS, before, rounds=0, max_rounds=30, settings=SETTINGS)]
    assert 1000 < rating[0].mu < 1000 + (once - 1000) / 4


def test_a_shorter_game_brings_points_in_proportion_and_the_whole_rating() -> None:
    half, full = brought(10), brought(20)
    assert [each.points for each in half] == [1000, 250]
    assert [each.rating for each in half] == [each.rating for each in full], "nobody keeps a rating by leaving early"


@pytest.mark.parametrize("max_rounds", [1, 3, 10])
def test_where_games_end_earlier_those_are_full_games(max_rounds: int) -> None:
    assert share_of_length(max_rounds, max_rounds, SETTINGS) == 1
    assert share_of_length(max_rounds - 1, max_rounds, SETTINGS) < 1
    assert share_of_length(0, max_rounds, SETTINGS) == 0


def test_opponents_who_meet_again_and_again_bring_each_other_less_and_less_and_never_more_than_a_bound() -> None:
    shares = [share_of_meetings([met], SETTINGS) for met in range(100)]
    assert shares[:6] == [1, 1, 1, 0.5, 0.25, 0.125]
    assert sum(shares) <= SETTINGS.points_full_games + 1
    one, other = brought(30, met=4)
    assert (one.points, other.points) == (500, 125)
    full = brought(30)[0].rating
    assert one.rating.mu - 1000 == pytest.approx((full.mu - 1000) / 4)
    assert len(list(takewhile(lambda met: brought(30, met)[0].points > 0, count()))) < 20


def test_in_a_game_of_more_it_is_the_mean_over_the_opponents() -> None:
    assert share_of_meetings([0, 3], SETTINGS) == 0.75
    assert share_of_meetings([3, 3, 3], SETTINGS) == 0.5
    assert share_of_meetings([], SETTINGS) == 1


def test_who_left_or_is_a_bot_earns_nothing_however_long_it_was() -> None:
    results = [PlayerResult(1, 0, 1, 2001, 2001), PlayerResult(2, 1, 2, 0, 0)]
    before = [Before(Rating(), (0,))] * 2
    assert rewards(results, before, rounds=30, max_rounds=30, settings=SETTINGS)[1].points == 0


def test_a_host_may_let_every_game_count_in_full() -> None:
    settings = Settings(points_least_rounds=0, points_full_rounds=1, points_full_games=100_000)
    before = [Before(Rating(), (5_000,))] * 2
    brought = rewards(RESULTS, before, rounds=1, max_rounds=30, settings=settings)
    assert [each.points for each in brought] == [2001, 500]


@pytest.mark.parametrize(
    ("rounds", "met", "shares"), [(20, 0, (1, 1)), (10, 0, (0.5, 1)), (4, 0, (0, 1)), (20, 3, (1, 0.5))]
)
def test_what_a_game_brought_less_for_is_noted_with_it(rounds: int, met: int, shares: tuple[float, float]) -> None:
    assert {(each.length_share, each.meetings_share) for each in brought(rounds, met)} == {shares}
