"""The sequential test, against Wald's bounds."""

import random
from math import log

import pytest

from magnate.simulation.figures.sprt import Sprt
from magnate.simulation.results.game_result import GameResult
from tests.simulation.runs import seat_result


def game(number: int, first: float) -> GameResult:
    """Return a game of a against b of which a has `first`: 1, 0, or 0.5."""
    seats = (seat_result(0, "a", 1, 1, first), seat_result(1, "b", 1, 1, 1 - first))
    return GameResult(number, 0, 1, 1, 1, seats, [])


def test_the_bounds_are_walds() -> None:
    sprt = Sprt("a", "b", margin=0.05, error=0.05)
    assert sprt.upper == pytest.approx(2.9444, abs=1e-4)


@pytest.mark.parametrize(("first", "stronger"), [(1.0, "a"), (0.0, "b")])
def test_a_lead_of_15_decides_at_the_default_and_is_looked_at_after_a_whole_rotation(
    first: float, stronger: str
) -> None:
    sprt = Sprt("a", "b")
    for number in range(1, 17):
        assert not sprt.decided
        assert sprt.stronger is None
        sprt.add(game(number, first))
    assert sprt.decided
    assert sprt.stronger == stronger
    assert abs(sprt.ratio) == pytest.approx(16 * log(0.55 / 0.45))


def test_a_shared_win_moves_nothing() -> None:
    sprt = Sprt("a", "b")
    sprt.add(game(1, 0.5))
    assert sprt.ratio == 0


@pytest.mark.parametrize(("margin", "error"), [(0, 0.05), (0.5, 0.05), (0.05, 0), (0.05, 0.5)])
def test_margins_and_errors_lie_between_0_and_one_half(margin: float, error: float) -> None:
    with pytest.raises(ValueError, match=r"between 0 and 0\.5"):
        Sprt("a", "b", margin, error)


def test_the_verdict_is_wrong_about_as_often_as_it_may_be() -> None:
    chance = random.Random(1)
    wrong = 0
    for _ in range(300):
        sprt = Sprt("a", "b", margin=0.1, error=0.1)
        number = 0
        while not sprt.decided:
            number += 1
            sprt.add(game(number, float(chance.random() < 0.6)))
        wrong += sprt.stronger == "b"
    assert 0 < wrong / 300 < 0.13
