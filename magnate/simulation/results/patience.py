"""Waiting for another program that holds the database of results: a viewer, a backup, another run."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from magnate.simulation.errors import DatabaseLocked

ResultT = TypeVar("ResultT")

WAIT_SECONDS: Final = 60.0
"""How long another program may hold the file before the run ends; what was finished is printed and can go on."""
RETRY_SECONDS: Final = 0.1


class Patience:
    """Tries again what finds the database locked, and says so once each time."""

    def __init__(self, path: Path, tell: Callable[[str], None], seconds: float = WAIT_SECONDS) -> None:
        """Wait for the file at `path`; `tell` is given the sentence that says so, `seconds` is the longest wait."""
        self._path = path
        self._tell = tell
        self._seconds = seconds

    def __call__(self, work: Callable[[], ResultT]) -> ResultT:
        """Do `work`, which does all or nothing, as soon as the database lets it. It can be interrupted between tries.

        Raises:
            DatabaseLocked: another program has held the file for too long.
        """
        try:
            return work()
        except DatabaseLocked:
            self._tell(f"{self._path}: another program holds this database; waiting until it lets go")
        end = time.monotonic() + self._seconds
        while True:
            time.sleep(RETRY_SECONDS)
            try:
                return work()
            except DatabaseLocked:
                if time.monotonic() >= end:
                    raise
