"""Ratings, against the paper."""

from math import sqrt

import pytest
from openskill.models import PlackettLuce

from magnate.simulation.figures.ratings import Ratings


def test_one_game_of_two_moves_them_as_weng_and_lin_say() -> None:
    # JMLR 12 (2011), algorithm 4, with openskill's tau added to sigma before the game: for two equals both mus move by
    # sigma² / (2 c), where c² = 2 (sigma² + beta²).
    sigma_squared = (25 / 3) ** 2 + (25 / 300) ** 2
    moved = sigma_squared / (2 * sqrt(2 * (sigma_squared + (25 / 6) ** 2)))
    ratings = Ratings(["a", "b"])
    ratings.add(["a", "b"], [1, 2])
    assert ratings.by_label["a"].mu == pytest.approx(25 + moved, abs=1e-8)
    assert ratings.by_label["b"].mu == pytest.approx(25 - moved, abs=1e-8)
    # What the documentation of openskill shows for this game, which it plays without tau.
    assert ratings.by_label["a"].sigma == ratings.by_label["b"].sigma == pytest.approx(8.0655, abs=1e-3)


def test_a_tie_of_equals_moves_no_mu() -> None:
    ratings = Ratings(["a", "b"])
    ratings.add(["a", "b"], [1, 1])
    assert ratings.by_label["a"].mu == ratings.by_label["b"].mu == pytest.approx(25)


def test_a_bot_alone_is_not_rated() -> None:
    ratings = Ratings(["a"])
    ratings.add(["a", "a"], [1, 2])
    assert (ratings.by_label["a"].mu, ratings.by_label["a"].sigma) == (25, 25 / 3)


def test_a_bot_on_two_seats_takes_the_mean_of_both() -> None:
    ratings = Ratings(["a", "b"])
    ratings.add(["a", "b", "a"], [1, 2, 3])
    model = PlackettLuce()
    first, _, last = (team[0] for team in model.rate([[model.rating()] for _ in range(3)], ranks=[1.0, 2.0, 3.0]))
    assert ratings.by_label["a"].mu == pytest.approx((first.mu + last.mu) / 2)
    assert ratings.by_label["a"].sigma == pytest.approx((first.sigma + last.sigma) / 2)


def test_the_last_bit_of_exp_is_rounded_away() -> None:
    ratings = Ratings(["a", "b"])
    ratings.add(["a", "b"], [1, 2])
    assert ratings.by_label["a"].mu == round(ratings.by_label["a"].mu, 9)
