"""The server's two notions of time, both in whole milliseconds: the date, and game time.

The date is the machine's, and may be set to anything at any moment. Game time is what time limits are counted in.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], int]
"""Returns the time now, in milliseconds since 1970. Tests hand in one that they move by hand."""


EARLIEST_MS = -62_135_596_800_000
"""The first date that can be written: the year 1."""
LATEST_MS = 253_402_300_799_000
"""The last one: the year 9999."""

ROUNDING_MS = 2
"""By how much the difference of two clocks may change without either being set."""


def system_clock() -> int:
    """Return the time of the machine in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def steady_clock() -> int:
    """Return the milliseconds since some moment, by a clock that nobody sets."""
    return time.monotonic_ns() // 1_000_000


class GameTime:
    """For how long servers have run on a database, in ms.

    It goes on evenly while one runs, whatever the date is set to, and stands still between two runs. So a time limit
    is a number that holds across runs.
    """

    def __init__(self, date: Clock = system_clock, steady: Clock = steady_clock) -> None:
        self._date = date
        self._steady = steady
        self._began = 0
        self._ahead = 0
        """How far the date is ahead of the game time, as it was said last."""

    def go_on_from(self, game_ms: int) -> None:
        """Say what game time it is now: what it was when the last run ended."""
        self._began = game_ms - self._steady()

    def __call__(self) -> int:
        """Return the game time."""
        return self._began + self._steady()

    def date_of(self, game_ms: int) -> int:
        """Return at which date it will be `game_ms`, in ms since 1970, as the wire says deadlines.

        One moment has one date for as long as nobody sets the machine's: two clocks that are each rounded to
        milliseconds drift apart and together by one of them.
        """
        ahead = self._date() - self()
        if abs(ahead - self._ahead) > ROUNDING_MS:
            self._ahead = ahead
        return game_ms + self._ahead


def iso_time(time_ms: int) -> str:
    """Return `time_ms` (milliseconds since 1970) as ISO 8601 in UTC, as the wire shows dates.

    What is no date, from damage or a clock that was far off, is shown as the nearest one.
    """
    in_range = min(max(time_ms, EARLIEST_MS), LATEST_MS)
    return datetime.fromtimestamp(in_range / 1000, UTC).isoformat(timespec="milliseconds")
