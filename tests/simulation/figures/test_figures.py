"""Figures from sums: each as `docs/simulate.md` defines it."""

import pytest

from magnate.simulation.figures.intervals import wilson
from magnate.simulation.figures.ladder import games_needed
from magnate.simulation.figures.report import BotReport, Report
from magnate.simulation.figures.summary import make_report, make_timing, median
from magnate.simulation.figures.totals import Score, Totals
from magnate.simulation.results.game_result import GameResult, Thinking
from tests.simulation.runs import made_up_games, made_up_totals, run_settings, seat_result


def report(totals: Totals | None = None) -> Report:
    return make_report(run_settings("expert", "hard", "easy"), totals or made_up_totals(), 5)


def bot(name: str) -> BotReport:
    return next(each for each in report().bots if each.bot == name)


def test_wins_count_shared_ones_in_part() -> None:
    assert [(each.bot, each.games, each.wins, each.shared_wins) for each in report().bots] == [
        ("a", 5, 3.0, 0),
        ("b", 5, 0.5, 1),
        ("c", 5, 1.5, 1),
    ]


def test_win_shares_have_their_wilson_interval() -> None:
    share = bot("c").win_share
    interval = wilson(1.5, 5)
    assert interval is not None
    assert (share.value, share.low, share.high) == (0.3, round(interval[0], 4), round(interval[1], 4))


def test_means_of_worth_rank_and_actions() -> None:
    assert bot("a").worth.value == (5000 + 100 + 4200 + 7000 + 900) / 5
    assert bot("a").rank == (1 + 3 + 1 + 1 + 3) / 5
    assert bot("a").actions == (100 + 102 + 101 + 100 + 102) / 5
    assert bot("a").statistics["walked_squares"] == 1
    assert bot("a").statistics["num_mortgages"] == 11


def test_ways_out_are_told_apart() -> None:
    assert (bot("c").bankruptcies, bot("c").surrenders, bot("c").faults) == (1, 0, 1)
    assert (bot("b").bankruptcies, bot("b").surrenders, bot("b").faults) == (0, 1, 0)
    (fault,) = report().faults
    assert (fault.bot, fault.games, fault.first_game, fault.message) == ("c", 1, 3, "raised ValueError: no idea")


def test_seats_are_counted_on_their_own() -> None:
    assert [(seat.seat, seat.games, seat.wins) for seat in report().seats] == [(0, 5, 2.5), (1, 5, 2.5), (2, 5, 0)]


def test_length_has_mean_median_and_every_round() -> None:
    length = report().length
    assert (length.rounds, length.median, length.turns, length.actions) == (21.8, 30, 60, 303)
    assert [(each.rounds, each.games) for each in length.histogram] == [(7, 1), (12, 1), (30, 3)]


def test_the_median_of_an_even_number_lies_between_two() -> None:
    assert median([(3, 1), (6, 1)]) == 4.5
    assert median([]) is None


def test_squares_and_groups_are_sums_over_all_games() -> None:
    found = report()
    first = found.squares[1]
    count = len(found.squares)
    assert (first.square, first.name, first.kind, first.group) == (1, "Net Menders' Row", "property", 1)
    assert (first.landings, first.bought, first.auctioned) == (5 * 2, 5 * (count + 2), 5 * (2 * count + 2))
    assert first.auction_price == round((3 * count + 2) / (2 * count + 2), 2)
    assert first.rent_per_spent == round((5 * count + 2) / (4 * count + 2), 3)
    quays = found.groups[0]
    assert (quays.group, quays.squares) == (1, [1, 3])
    assert quays.rent == found.squares[1].rent + found.squares[3].rent
    assert len(found.groups) == 14


def test_notable_games_are_the_first_of_their_kind() -> None:
    assert [(each.what, each.game, each.seed, each.value, each.bot) for each in report().notable] == [
        ("shortest", 1, 1001, 20, None),
        ("longest", 1, 1001, 303, None),
        ("richest", 4, 1004, 7000, "a"),
    ]


def test_nothing_counted_is_null() -> None:
    empty = report(made_up_totals([]))
    assert empty.bots[0].win_share.value is None
    assert empty.bots[0].worth.low is None
    assert empty.bots[0].statistics == {}
    assert empty.length.rounds is None
    assert empty.squares[1].rent_per_spent is None
    assert empty.notable == []


def test_the_order_of_summing_changes_no_figure_but_ratings() -> None:
    forwards, backwards = report(), report(made_up_totals(made_up_games()[::-1]))
    assert [bot.worth for bot in forwards.bots] == [bot.worth for bot in backwards.bots]
    assert [bot.win_share for bot in forwards.bots] == [bot.win_share for bot in backwards.bots]
    assert forwards.squares == backwards.squares


def test_thinking_is_summed_by_bot() -> None:
    first = made_up_games()[0]
    thinking = (Thinking(10, 0.5, 0.1), Thinking(4, 1.0, 0.6), Thinking(0, 0.0, 0.0))
    timed = GameResult(
        first.game, first.seed, first.rounds, first.turns, first.actions, first.seats, first.squares, thinking
    )
    timing = make_timing(made_up_totals([timed]), 1, 2.0, 3)
    assert [(bot.bot, bot.decisions, bot.mean_ms, bot.longest_ms) for bot in timing.bots] == [
        ("a", 10, 50, 100),
        ("b", 4, 250, 600),
        ("c", 0, None, None),
    ]
    assert (timing.games_per_second, timing.workers) == (0.5, 3)


def ladder_totals(wins: int, games: int) -> Totals:
    """Return the totals of a against b, of which b won so many; c played nobody."""
    played = []
    for number in range(1, games + 1):
        win = float(number <= wins)
        seats = (seat_result(0, "a", 1, 2, 1 - win), seat_result(1, "b", 1, 1, win))
        played.append(GameResult(number, 0, 1, 1, 1, seats, []))
    return made_up_totals(played)


def test_a_ladder_settles_what_the_interval_settles() -> None:
    found = make_report(run_settings("expert", "hard", "easy"), ladder_totals(80, 100), 100, ladder=True)
    assert found.ladder is not None
    higher, unplayed = found.ladder.neighbours
    assert (higher.higher, higher.lower, higher.settled, higher.stronger, higher.games_needed) == (
        *("b", "a", True, "b"),
        None,
    )
    assert (unplayed.settled, unplayed.win_share.value, unplayed.games_needed) == (False, None, None)
    pair = found.ladder.pairs[0]
    assert (pair.bot, pair.rival, pair.games, pair.wins) == ("a", "b", 100, 20)


def test_a_ladder_says_when_the_order_is_the_other_way_round() -> None:
    found = make_report(run_settings("expert", "hard", "easy"), ladder_totals(20, 100), 100, ladder=True)
    assert found.ladder is not None
    assert found.ladder.neighbours[0].settled
    assert found.ladder.neighbours[0].stronger == "a"


def test_an_open_order_says_how_many_games_would_settle_it() -> None:
    found = make_report(run_settings("expert", "hard", "easy"), ladder_totals(55, 100), 100, ladder=True)
    assert found.ladder is not None
    assert not found.ladder.neighbours[0].settled
    needed = found.ladder.neighbours[0].games_needed
    assert needed is not None
    low, high = wilson(0.55 * needed, needed), wilson(0.55 * (needed - 2), needed - 2)
    assert low is not None
    assert high is not None
    assert low[0] == pytest.approx(0.5, abs=1e-3)
    assert high[0] < 0.5


def test_an_even_order_is_settled_by_no_number_of_games() -> None:
    assert games_needed(Score(10, 5 * 12)) is None
