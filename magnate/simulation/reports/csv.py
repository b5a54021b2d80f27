"""Comma-separated values: one row a seat of a game, for spreadsheets, R and pandas."""

import csv
import io
from collections.abc import Sequence
from typing import Final

from magnate.engine.statistics import STATISTICS
from magnate.simulation.results.game_result import GameResult

COLUMNS: Final = (
    "game",
    "seed",
    "rounds",
    "turns",
    "seat",
    "bot",
    "worth",
    "rank",
    "win",
    "exit",
    "actions",
    "fault",
    *STATISTICS,
)
TIMING_COLUMNS: Final = ("decisions", "seconds", "longest")
"""Added with --timing: decisions of the seat, seconds they took, and the longest one in seconds."""


def write_header(timing: bool = False) -> str:
    """Return the first line."""
    return _lines([(*COLUMNS, *TIMING_COLUMNS) if timing else COLUMNS])


def write_rows(game: GameResult, timing: bool = False) -> str:
    """Return the lines of one game. What is null in JSON is empty here."""
    rows = []
    for place, seat in enumerate(game.seats):
        row: list[object] = [
            game.game,
            game.seed,
            game.rounds,
            game.turns,
            seat.seat,
            seat.bot,
            seat.worth,
            seat.rank,
            seat.win,
            seat.exit,
            seat.actions,
            seat.fault,
            *seat.statistics,
        ]
        if timing:
            thinking = game.thinking[place] if game.thinking else None
            row += [thinking.decisions, thinking.seconds, thinking.longest] if thinking else [None] * 3
        rows.append(row)
    return _lines(rows)


def _lines(rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
