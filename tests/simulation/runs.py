"""Runs, results and command lines for the tests of the simulator."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from magnate.bots.loading import parse_bot
from magnate.engine.board import standard_board
from magnate.engine.statistics import COUNT
from magnate.simulation.figures.totals import Totals
from magnate.simulation.results.game_result import SQUARE_COUNTS, GameResult, SeatResult
from magnate.simulation.settings import RunSettings, Seating
from tests import started

ODD_BOTS = Path(__file__).parent / "odd_bots.py"


def odd(name: str) -> str:
    """Return a bot of `odd_bots.py`, as it is named on the command line."""
    return f"{ODD_BOTS}:{name}"


def run_settings(
    *bots: str,
    players: int | None = None,
    sides: int | None = None,
    seed: int = 0,
    max_rounds: int = 30,
    seating: Seating = Seating.ROTATE,
    bot_seconds: float | None = None,
    timing: bool = False,
    record: bool = False,
) -> RunSettings:
    """Return the settings of a run between these bots."""
    count = players or len(bots)
    return RunSettings(
        bots=tuple([parse_bot(bot) for bot in bots]),
        seats=tuple(range(count)),
        sides=sides or min(len(bots), count),
        seed=seed,
        max_rounds=max_rounds,
        seating=seating,
        bot_seconds=bot_seconds,
        timing=timing,
        record=record,
    )


def seat_result(seat: int, bot: str, worth: int, rank: int, win: float = 0.0, exit: str | None = None) -> SeatResult:
    """Return a made-up result of a seat; its statistics are 1, 2, 3, …"""
    fault = "raised ValueError: no idea" if exit == "fault" else None
    return SeatResult(seat, bot, worth, rank, win, exit, 100 + seat, fault, tuple(range(1, COUNT + 1)))


def made_up_games() -> list[GameResult]:
    """Return five games of a, b and c that nobody played: a shared win, a bankruptcy and a fault among them."""
    ids = standard_board().ids
    squares = [place + 1 for place in range(len(SQUARE_COUNTS) * len(ids))]
    tables = [
        (seat_result(0, "a", 5000, 1, 1.0), seat_result(1, "b", 2500, 2), seat_result(2, "c", 0, 3, exit="bankrupt")),
        (seat_result(0, "b", 3000, 1, 0.5), seat_result(1, "c", 3000, 1, 0.5), seat_result(2, "a", 100, 3)),
        (seat_result(0, "c", 0, 3, exit="fault"), seat_result(1, "a", 4200, 1, 1.0), seat_result(2, "b", -50, 2)),
        (seat_result(0, "a", 7000, 1, 1.0), seat_result(1, "b", 0, 2, exit="surrender"), seat_result(2, "c", 0, 3)),
        (seat_result(0, "b", 1500, 2), seat_result(1, "c", 1600, 1, 1.0), seat_result(2, "a", 900, 3)),
    ]
    return [
        GameResult(
            game=number,
            seed=1000 + number,
            rounds=(30, 30, 7, 12, 30)[number - 1],
            turns=20 * number,
            actions=303,
            seats=seats,
            squares=squares,
        )
        for number, seats in enumerate(tables, start=1)
    ]


def made_up_totals(games: Sequence[GameResult] | None = None) -> Totals:
    """Return the totals of those games."""
    totals = Totals(("a", "b", "c"), (0, 1, 2), standard_board())
    for game in made_up_games() if games is None else games:
        totals.add(game)
    return totals


def simulate(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """Run `magnate simulate` as a user does."""
    return started.run("simulate", *arguments, environment=environment)


def start(*arguments: str, **environment: str) -> "subprocess.Popen[bytes]":
    """Start `magnate simulate` in a fresh interpreter.

    It leads a process group, to which a signal can be sent as a terminal sends Ctrl-C.
    """
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "magnate", "simulate", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,  # `communicate` reads past what is buffered
        start_new_session=True,
        env={**os.environ, **environment},
    )


def rows(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of a database of results, by table."""
    with closing(sqlite3.connect(file)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        return {table: db.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall() for table in tables}


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by name."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}
