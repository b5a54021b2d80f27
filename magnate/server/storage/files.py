"""The files of an open database: held by one server at a time, and watched, since a lost file goes on taking writes.

A file that was removed or replaced still works for whoever has it open. What is written to it is gone with the process.
A file that was written over or cut off takes what comes, too, until the first damaged page is read.
"""

import os
import sys
import threading
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


class Head:
    """The beginning of a database file, open to be looked at without SQLite, which would answer from its log.

    Closing any descriptor of the file takes SQLite's locks from this process, so close it after all connections.
    """

    def __init__(self, path: Path) -> None:
        """Open the file at `path`. Raises `OSError`."""
        self._number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._lock = threading.Lock()  # for reading at a place; not every system can do that in one step

    def __enter__(self) -> "Head":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._number)

    def read(self) -> bytes:
        """Return the header (SQLite, file format, section 1.3), or less where the file ends before."""
        with self._lock:
            os.lseek(self._number, 0, os.SEEK_SET)
            return os.read(self._number, 100)

    def size(self) -> int:
        """Return how long the file is, in bytes."""
        return os.fstat(self._number).st_size


def mark(header: bytes) -> bytes:
    """Return what no change of the database ever changes in its header.

    That is what it is, the size of a page, that there is a log, whose it is, and the number that this run gave it.
    """
    return header[:20] + header[60:64] + header[68:72]


class Watch:
    """The files of a database as they were when it was opened."""

    def __init__(self, path: Path, head: Head | None = None, signed: bytes = b"") -> None:
        """Note which files these are; the database must be open, with its log beside it.

        With `head`, their contents are watched, too: `signed` is the mark that the header will have once the log has
        been taken into the database, as it mostly has been.
        """
        real = path.resolve()
        self._path = path
        # The database by the name that the next start will use, its company by the names that SQLite uses.
        self._paths = (path, *[real.with_name(real.name + suffix) for suffix in BESIDE])
        self._known = [_identity(each) for each in self._paths]
        self._head = head
        self._marks = {signed, mark(head.read())} if head is not None else set()
        self._size = head.size() if head is not None else 0
        self.written_over = False
        """Whether somebody else has written to the database; only a restart knows what is in it then."""

    def check(self) -> None:
        """Raise `StorageError` if any of the files is no longer what it was."""
        for path, known in zip(self._paths, self._known, strict=True):
            if _identity(path) != known:
                raise StorageError(self._path, f"{path.name} was removed or replaced while it was in use")
        if self.written_over or not self._is_ours():
            self.written_over = True
            raise StorageError(self._path, f"{self._path.name} was written over or cut off while it was in use")

    def _is_ours(self) -> bool:
        if self._head is None:
            return True
        header, size = self._head.read(), self._head.size()
        # It only grows, unless somebody has vacuumed it; then the header says how long it is.
        if size < self._size and size < _page_bytes(header) * int.from_bytes(header[28:32]):
            return False
        self._size = size
        return mark(header) in self._marks

    @property
    def may_keep_log(self) -> bool:
        """Whether the log that is open can be written to the database that is open without harm.

        It cannot where another program has made itself a new log for the same database, or has written to it.
        """
        database, log = (_identity(path) for path in self._paths[:2])
        return not self.written_over and (database != self._known[0] or log is None or log == self._known[1])


def _page_bytes(header: bytes) -> int:
    size = int.from_bytes(header[16:18])
    return 65_536 if size == 1 else size


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino
