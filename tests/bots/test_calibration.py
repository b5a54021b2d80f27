"""How far apart the levels are, by sequential tests (docs: Bots, How far apart the levels are)."""

import random
from math import log

import pytest

from magnate.bots import LEVELS
from scripts import calibration_docs
from scripts.calibration_docs import ERROR, MARGIN, Match, ShareTest, block, matches, table


def verdict(share: float, bound: float, seed: int) -> bool | None:
    """Return what a test says of games that are won by chance, as often as `share`."""
    chance, test, game = random.Random(seed), ShareTest(bound), 0
    while test.above is None:
        game += 1
        test.add(float(chance.random() < share), look=game % 2 == 0)
    return test.above


@pytest.mark.parametrize("bound", [0.6, 0.75, 0.8])
def test_a_bound_is_judged_wrongly_about_as_seldom_as_the_test_promises(bound: float) -> None:
    for share, is_above in ((bound + MARGIN, True), (bound - MARGIN, False)):
        wrong = sum([verdict(share, bound, seed) is not is_above for seed in range(100)])
        assert wrong <= 3 * 100 * ERROR


def test_the_ratio_is_that_of_the_two_hypotheses_and_counts_a_shared_win_in_part() -> None:
    test = ShareTest(0.6)
    test.add(1, look=False)
    assert test.ratio == pytest.approx(log(0.62 / 0.58))
    test.add(0, look=False)
    assert test.ratio == pytest.approx(log(0.62 / 0.58) + log(0.38 / 0.42))
    test.add(0.5, look=False)
    assert test.ratio == pytest.approx(1.5 * (log(0.62 / 0.58) + log(0.38 / 0.42)))


@pytest.mark.parametrize(
    ("above", "most", "says"),
    [
        ((True, False), 0.8, "as it should be"),
        ((False, False), 0.8, "too weak"),
        ((True, True), 0.8, "too strong"),
        ((True, None), 0.8, "open"),
        ((True,), None, "as it should be"),
    ],
)
def test_a_match_is_as_it_should_be_only_between_its_bounds(
    above: tuple[bool | None, ...], most: float | None, says: str
) -> None:
    match = Match("hard", "easy", 0.6, most)
    for test, verdict in zip(match.tests, above, strict=True):
        test.above = verdict
    assert match.verdict == says


def test_every_level_is_measured_against_the_one_below_and_the_lowest_against_chance() -> None:
    pairs = [(match.first, match.second) for match in matches()]
    assert pairs == [("very_easy", "random"), *zip(LEVELS[1:], LEVELS[:-1], strict=True)]


def test_a_match_ends_with_its_tests_or_after_the_most_games() -> None:
    lowest = next(matches()).play(100)
    assert lowest.verdict == "as it should be"
    assert lowest.games < 100
    assert lowest.games % 2 == 0
    bounded = Match("hard", "medium", 0.6, 0.8).play(4)
    assert (bounded.games, bounded.verdict) == (4, "open")
    assert "| 4 | open |" in table([bounded])


def test_what_the_page_shows_is_the_matches_and_then_the_ladder() -> None:
    made = block(2, ["simulate --ladder --no-squares --games 2 --bot easy --bot random --jobs 1"])
    assert made.startswith("| match |")
    assert "Win share of the row against the column" in made


@pytest.mark.sweep
def test_the_calibration_on_the_page_is_current_and_every_level_as_it_should_be() -> None:
    assert calibration_docs.main(["--check"]) == 0
    page = calibration_docs.PAGE.read_text(encoding="utf-8")
    assert page.count("| as it should be |") == len(LEVELS)
