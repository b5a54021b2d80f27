"""Ratings start at 1000 and move by the places of a game, for any number of players and with ties."""

from magnate.server.rewards.ratings import rate
from magnate.server.storage.records import Rating


def test_the_winner_rises_and_the_last_falls() -> None:
    first, second, third, last = rate([Rating()] * 4, [1, 2, 3, 4])
    assert first.mu > second.mu > third.mu > last.mu
    assert first.mu > 1000 > last.mu
    assert first.sigma < Rating().sigma


def test_a_shared_place_moves_alike() -> None:
    one, other = rate([Rating(), Rating()], [1, 1])
    assert one.mu == other.mu == 1000


def test_an_upset_moves_more_than_what_was_expected() -> None:
    strong, weak = Rating(1400, 100), Rating(800, 100)
    expected = rate([strong, weak], [1, 2])
    upset = rate([strong, weak], [2, 1])
    assert expected[0].mu - strong.mu < upset[1].mu - weak.mu


def test_nobody_moves_alone() -> None:
    assert rate([Rating(1200, 90)], [1]) == [Rating(1200, 90)]
    assert rate([], []) == []
