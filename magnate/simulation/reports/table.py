"""The report for people: tables in the terminal, the answer last, just above the prompt."""

from typing import Final, TextIO

from rich.console import Console
from rich.table import Table

from magnate.simulation.figures.histogram import histogram
from magnate.simulation.figures.report import FaultReport, LengthReport, Report, RunFacts, SprtReport, Timing
from magnate.simulation.reports.table_ladder import ladder_table, neighbour_line
from magnate.simulation.reports.table_parts import number, number_range, percent, percent_range, table, wins
from magnate.simulation.reports.table_squares import squares_table
from magnate.simulation.results.game_result import GameResult
from magnate.system import streams
from magnate.texts import count_of

WIDE: Final = 500
"""The width where the output is no terminal: nothing is ever cut off."""


def print_report(report: Report, out: TextIO | None = None, *, every_square: bool = True) -> None:
    """Print the tables of a report to `out` (stdout)."""
    console = _console(out)
    blocks = not console.options.ascii_only
    squares = squares_table(report, every_square=every_square)
    what = "Groups and squares" if every_square else "Groups"
    _section(console, f"{what} (return: rent earned per money spent)", squares)
    _section(console, _length_line(report.length), _length(report.length, blocks=blocks))
    _section(console, "Games to look at (--game K plays one again)", _notable(report))
    _section(console, "Seats", _seats(report))
    _section(console, "Worth and exits", _worth(report))
    if isinstance(report.timing, Timing):
        _section(console, "Thinking", _thinking(report.timing))
    _section(console, "Wins", _wins(report))
    if report.ladder is not None:
        _section(console, "Win share of the row against the column", ladder_table(report.ladder))
        _lines(console, *[neighbour_line(neighbours) for neighbours in report.ladder.neighbours], "")
    _lines(console, *[_fault_line(fault) for fault in report.faults])
    if report.sprt is not None:
        _lines(console, sprt_line(report.sprt, report.run))
    if isinstance(report.timing, Timing):
        _lines(console, _speed_line(report.timing))
    _lines(console, facts_line(report.run))


def print_game(game: GameResult, out: TextIO | None = None) -> None:
    """Print one game that was played alone."""
    console = _console(out)
    made = table("Seat", "Bot", "Rank", "Worth", "Win", "Actions", "Left", names=2)
    for seat in game.seats:
        made.add_row(
            str(seat.seat),
            seat.bot,
            str(seat.rank),
            number(seat.worth),
            number(seat.win, 2 if 0 < seat.win < 1 else 0),
            number(seat.actions),
            seat.exit or "",
        )
    lengths = (count_of(game.rounds, "round"), count_of(game.turns, "turn"), count_of(game.actions, "action"))
    title = f"Game {game.game:,}: {', '.join(lengths)}"
    _section(console, f"{title} (seed {game.seed})", made)
    _lines(console, *[f"{seat.bot} on seat {seat.seat}: {seat.fault}" for seat in game.seats if seat.fault])


def facts_line(run: RunFacts) -> str:
    """Return what was played, in one line."""
    rounds = f"at most {count_of(run.max_rounds, 'round')}" if run.max_rounds else "no limit of rounds"
    position = f", from position {run.position[:12]}" if run.position else ""
    games = (
        count_of(run.played, "game") if run.played == run.games else f"{run.played:,} of {count_of(run.games, 'game')}"
    )
    return f"{games}, {count_of(run.players, 'seat')}, {rounds}, seating {run.seating}, seed {run.seed}{position}"


def sprt_line(sprt: SprtReport, run: RunFacts) -> str:
    """Return what the test found, with its bounds, in one line."""
    first, second = sprt.first, sprt.second
    if sprt.stronger is None:
        found = f"it is open whether {first} or {second} is stronger"
        where = f"between {sprt.lower:.2f} and {sprt.upper:.2f}"
    elif sprt.stronger == first:
        found, where = f"{first} is stronger than {second}", f"above {sprt.upper:.2f}"
    else:
        found, where = f"{second} is stronger than {first}", f"below {sprt.lower:.2f}"
    return (
        f"SPRT: {found} (after {count_of(run.played, 'game')} the log-likelihood ratio is {sprt.ratio:.2f}, {where}; "
        f"tested at {percent(0.5 - sprt.margin)} and {percent(0.5 + sprt.margin)}, error {percent(sprt.error)})"
    )


def _console(out: TextIO | None) -> Console:
    return Console(file=streams.output() if out is None else out, width=WIDE, highlight=False, markup=False)


def _section(console: Console, title: str, part: Table) -> None:
    console.print(title, style="bold", soft_wrap=True)
    console.print(part)
    _lines(console, "")


def _lines(console: Console, *lines: str) -> None:
    """Print lines as they are: a terminal breaks them, and nothing is added to a pipe."""
    for line in lines:
        console.out(line, highlight=False)


def _wins(report: Report) -> Table:
    made = table("Bot", "Games", "Wins", "Win share", "95 %", "Rank", "Rating", "±")
    for bot in report.bots:
        made.add_row(
            bot.bot,
            number(bot.games),
            wins(bot.wins),
            percent(bot.win_share.value),
            percent_range(bot.win_share),
            number(bot.rank, 2),
            number(bot.rating.mu, 1),
            number(bot.rating.sigma, 1),
        )
    return made


def _worth(report: Report) -> Table:
    """Return what the bots ended with, and how they left; what nobody did has no column."""
    surrenders = any(bot.surrenders for bot in report.bots)
    faults = any(bot.faults for bot in report.bots)
    made = table(
        *("Bot", "Worth", "95 %", "Bankrupt"), *["Surrenders"] * surrenders, *["Faults"] * faults, "Actions a game"
    )
    for bot in report.bots:
        made.add_row(
            bot.bot,
            number(bot.worth.value),
            number_range(bot.worth),
            number(bot.bankruptcies),
            *[number(bot.surrenders)] * surrenders,
            *[number(bot.faults)] * faults,
            number(bot.actions),
        )
    return made


def _seats(report: Report) -> Table:
    made = table("Seat", "Games", "Wins", "Win share", "95 %")
    for seat in report.seats:
        share = seat.win_share
        made.add_row(str(seat.seat), number(seat.games), wins(seat.wins), percent(share.value), percent_range(share))
    return made


def _length_line(length: LengthReport) -> str:
    return (
        f"Game length: {number(length.rounds, 1)} rounds (median {number(length.median, 1)}), "
        f"{number(length.turns, 1)} turns, {number(length.actions)} actions"
    )


def _length(length: LengthReport, *, blocks: bool) -> Table:
    made = table("Rounds", "", "Games", names=2)
    made.columns[0].justify = "right"
    for rounds, drawn, games in histogram(length.histogram, blocks=blocks):
        made.add_row(rounds, drawn, number(games))
    return made


def _notable(report: Report) -> Table:
    made = table("", "", "Game", "Seed", names=2)
    things = {"shortest": "turn", "longest": "action"}
    for notable in report.notable:
        thing = things.get(notable.what)
        value = f"worth {notable.value:,}" if thing is None else count_of(notable.value, thing)
        who = f" ({notable.bot})" if notable.bot else ""
        made.add_row(notable.what, value + who, number(notable.game), str(notable.seed))
    return made


def _thinking(timing: Timing) -> Table:
    made = table("Bot", "Decisions", "Mean ms", "Longest ms")
    for bot in timing.bots:
        made.add_row(bot.bot, number(bot.decisions), number(bot.mean_ms, 3), number(bot.longest_ms, 1))
    return made


def _speed_line(timing: Timing) -> str:
    return (
        f"{count_of(timing.games, 'game')} in {timing.seconds:,.1f} s, {number(timing.games_per_second, 1)} a second, "
        f"{count_of(timing.workers, 'worker')}"
    )


def _fault_line(fault: FaultReport) -> str:
    where = (
        f"game {fault.first_game:,}"
        if fault.games == 1
        else f"{count_of(fault.games, 'game')}, first game {fault.first_game:,}"
    )
    return f"{fault.bot} forfeited {where}: {fault.message}"
