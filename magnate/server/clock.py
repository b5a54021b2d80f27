"""The one notion of time of the server: whole milliseconds since 1970, from a source that is handed in."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], int]
"""Returns the time now, in milliseconds since 1970. Tests hand in one that they move by hand."""


def system_clock() -> int:
    """Return the time of the machine in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def iso_time(time_ms: int) -> str:
    """Return `time_ms` (milliseconds since 1970) as ISO 8601 in UTC, as the wire shows dates."""
    return datetime.fromtimestamp(time_ms / 1000, UTC).isoformat(timespec="milliseconds")
