"""The files of an open database: held by one server at a time, and watched, since a removed file goes on taking writes.

A file that was removed or replaced still works for whoever has it open. What is written to it is gone with the process.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import structlog
from filelock import FileLock, Timeout

from magnate.server.errors import DatabaseInUse, StorageError

_log = structlog.get_logger(__name__)

BESIDE: Final = ("-wal", "-shm")
"""What SQLite keeps beside a database while it is open."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the database for one server, by whatever name the other one might open it.

    Raises:
        DatabaseInUse: another process holds it.
        OSError: the file cannot be made or opened.
    """
    real = path.resolve()
    real.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(real.with_name(real.name + ".lock"), mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise DatabaseInUse(path) from None
    try:
        with _locked(path):
            yield
    finally:
        lock.release()


if sys.platform == "linux":
    import fcntl

    @contextmanager
    def _locked(path: Path) -> Iterator[None]:
        """Lock the file itself, by whatever name it is opened.

        On Linux `flock` knows nothing of the record locks that SQLite takes, and neither stands in the other's way.
        Closing the file would take SQLite's locks from this process, so it comes last.
        """
        number = os.open(path, os.O_RDONLY | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DatabaseInUse(path) from None
            except OSError as error:
                # A few file systems know no such locks; the lock beside the file is held in any case.
                _log.warning("the database file cannot be locked", path=str(path), reason=error.strerror)
            yield
        finally:
            os.close(number)

else:

    @contextmanager
    def _locked(path: Path) -> Iterator[None]:
        """Do without: elsewhere such a lock would keep SQLite out too. The lock beside the file has to do."""
        yield


class Watch:
    """The files of a database as they were when it was opened."""

    def __init__(self, path: Path) -> None:
        """Note which files these are; the database must be open, with its log beside it."""
        real = path.resolve()
        self._path = path
        # The database by the name that the next start will use, its company by the names that SQLite uses.
        self._paths = (path, *[real.with_name(real.name + suffix) for suffix in BESIDE])
        self._known = [_identity(each) for each in self._paths]

    def check(self) -> None:
        """Raise `StorageError` if any of the files is no longer what it was."""
        for path, known in zip(self._paths, self._known, strict=True):
            if _identity(path) != known:
                raise StorageError(self._path, f"{path.name} was removed or replaced while it was in use")

    @property
    def may_keep_log(self) -> bool:
        """Whether the log that is open can be written to the database that is open without harm.

        It cannot where another program has made itself a new log for the same database.
        """
        database, log = (_identity(path) for path in self._paths[:2])
        return database != self._known[0] or log is None or log == self._known[1]


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino
