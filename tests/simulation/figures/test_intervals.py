"""Intervals, against published values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magnate.simulation.figures.intervals import mean_interval, wilson


@pytest.mark.parametrize(
    ("wins", "games", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_that_of_newcombe_1998_table_1(wins: int, games: int, low: float, high: float) -> None:
    interval = wilson(wins, games)
    assert interval is not None
    assert interval[0] == pytest.approx(low, abs=5e-5)
    assert interval[1] == pytest.approx(high, abs=5e-5)


def test_without_games_there_is_no_interval() -> None:
    assert wilson(0, 0) is None


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_wilson_holds_the_share_and_stays_between_0_and_1(games: int, share: float) -> None:
    interval = wilson(share * games, games)
    assert interval is not None
    assert 0 <= interval[0] <= share + 1e-9
    assert share - 1e-9 <= interval[1] <= 1


def test_the_interval_of_a_mean() -> None:
    # 1, 2, 3, 4: mean 2.5, deviation sqrt(5/3), standard error 0.6455.
    interval = mean_interval(4, 10, 30)
    assert interval is not None
    assert interval[0] == pytest.approx(2.5 - 1.96 * 0.6455, abs=1e-3)
    assert interval[1] == pytest.approx(2.5 + 1.96 * 0.6455, abs=1e-3)


@pytest.mark.parametrize("count", [0, 1])
def test_a_mean_of_less_than_two_values_has_no_interval(count: int) -> None:
    assert mean_interval(count, 5 * count, 25 * count) is None
