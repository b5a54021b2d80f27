"""The one thread that writes: it gathers what waits, does it in one transaction, and reports once that is on disk."""

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

import structlog
from sqlite_utils import Database

from magnate.server.errors import DamagedDatabase, StorageError
from magnate.server.storage.database import forget_pages, is_damage
from magnate.server.storage.files import Watch
from magnate.server.storage.records import Health

T = TypeVar("T")

LARGEST_BATCH = 4_096
"""Most operations in one transaction, so that a flood does not grow one without end."""

PROBE_SECONDS = 1.0
"""How often a writer that fails tries again by itself, so that health recovers without traffic."""

PROBE_BYTES = 64 * 1024
"""What a probe writes (and takes back): enough to need new pages."""

DATABASE_FAILURES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_READONLY,
    }
)
"""Primary result codes that say something about the database rather than about one operation."""

_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%_damaged_%'"

CommitObserver: TypeAlias = Callable[[int, float, bool], None]
"""Is told of each batch, in the writer's thread: operations, seconds, success."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Operation(Generic[T]):
    """One change that somebody waits for. `single` says that it is one statement, which needs no savepoint."""

    call: Callable[[Database], T]
    single: bool
    future: "asyncio.Future[T]"
    loop: asyncio.AbstractEventLoop


@dataclass(slots=True)
class _Outcome(Generic[T]):
    operation: _Operation[T]
    result: T | None = None
    error: Exception | None = None


class _Damage(Exception):
    """One operation has come upon a damaged page; the batch is to be done without it."""

    def __init__(self, operation: _Operation[object], error: Exception) -> None:
        super().__init__(str(error))
        self.operation = operation
        self.error = error


class Writer:
    """Runs operations on one connection in its own thread, many in a transaction (group commit).

    An operation that raises is undone alone and its caller gets the error; one that comes upon a damaged page gets
    `DamagedDatabase`, and the others are done without it. When the database itself fails, every operation of the batch
    fails with `StorageError` and nothing of it is stored.
    """

    def __init__(
        self,
        path: Path,
        db: Database,
        watch: Watch,
        *,
        commit_seconds: float = 0.0,
        observe: CommitObserver | None = None,
    ) -> None:
        self._path = path
        self._db = db
        self._watch = watch
        self._astray: StorageError | None = None
        """Set when something was committed to files that were gone meanwhile: only a restart knows what is stored."""
        self._commit_seconds = commit_seconds
        self._observe = observe
        self._waiting: queue.SimpleQueue[_Operation[object] | None] = queue.SimpleQueue()
        self._last_commit = float("-inf")
        self._next_probe = float("-inf")
        self._doubted = False
        """Set when a damaged page was found: how much is damaged is to be looked at."""
        self._unreadable = ""
        """Which table cannot be read at all and why; as long as there is one, storage fails whatever else succeeds."""
        self._closed = False
        self._last_loop: tuple[asyncio.AbstractEventLoop, int] | None = None
        self.health = Health(ok=True)
        self._thread = threading.Thread(target=self._run, name="magnate-writer", daemon=True)
        self._thread.start()

    async def do(self, call: Callable[[Database], T], *, single: bool = False) -> T:
        """Run `call` in the next transaction and return its result once that is durable.

        Args:
            call: what to do; runs in the writer's thread, inside a transaction.
            single: promises that `call` is one statement, so that it needs no savepoint of its own.

        Raises:
            StorageError: the database failed or the writer is closed; nothing was stored.
        """
        if self._closed:
            raise StorageError(self._path, "is closed")
        loop = self._running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._waiting.put(_Operation(call, single, future, loop))  # type: ignore[arg-type]
        return await future

    def hear_of(self, error: sqlite3.Error) -> None:
        """Take note of what a reader's connection has raised; may be called in any thread.

        What says something about the database counts as it does for a write. How far damage goes is looked at after the
        next batch: the heartbeat of a server is never more than a second away.
        """
        if _is_database_failure(error):
            self._set_health(Health(ok=False, reason=str(error)))
        elif is_damage(error):
            self._doubted = True

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        """Return the event loop of the caller; the last one is recognized, as each look is a system call in 3.11."""
        known, thread = self._last_loop, threading.get_ident()
        if known is None or known[1] != thread or not known[0].is_running():
            known = self._last_loop = (asyncio.get_running_loop(), thread)
        return known[0]

    async def close(self) -> None:
        """Finish all that waits, then end the thread and close the connection."""
        if not self._closed:
            self._closed = True
            self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        open_ = True
        while open_:
            batch, open_ = self._gather()
            try:
                if batch:
                    self._commit(batch)
                if open_ and self._wants_probe and time.monotonic() >= self._next_probe:
                    self._probe()
            except Exception as error:
                # An error of ours must not end the one thread that writes, nor leave anybody waiting for ever.
                _log.exception("unexpected error in the writer", path=str(self._path))
                _report([_Outcome(each, error=StorageError(self._path, str(error))) for each in batch])
        self._db.close()

    @property
    def _wants_probe(self) -> bool:
        return not self.health.ok or self._doubted

    def _gather(self) -> tuple[list[_Operation[object]], bool]:
        """Wait for operations and return them with False once the writer is to end; none when it is time to probe."""
        try:
            wait = max(self._next_probe - time.monotonic(), 0) if self._wants_probe else None
            first = self._waiting.get(timeout=wait)
        except queue.Empty:
            return [], True
        if first is None:
            return [], False
        # Not sooner after the last commit than the settings say: what comes meanwhile shares this one.
        pause = self._last_commit + self._commit_seconds - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        batch = [first]
        while len(batch) < LARGEST_BATCH:
            try:
                operation = self._waiting.get_nowait()
            except queue.Empty:
                break
            if operation is None:
                return batch, False
            batch.append(operation)
        return batch, True

    def _commit(self, batch: list[_Operation[object]]) -> None:
        began = time.monotonic()
        changes = self._db.conn.total_changes
        try:
            outcomes = self._transaction(batch)
            # A transaction that wrote nothing proves nothing about a disk that was full.
            if self._db.conn.total_changes != changes:
                self._set_health(Health(ok=not self._unreadable, reason=self._unreadable))
            ok = True
        except Exception as error:
            ok = False
            self._roll_back()
            self._set_health(Health(ok=False, reason=_reason(error)))
            outcomes = [_Outcome(each, error=StorageError(self._path, _reason(error))) for each in batch]
        self._last_commit = time.monotonic()
        if self._observe is not None:
            self._observe(len(batch), self._last_commit - began, ok)
        _report(outcomes)

    def _transaction(self, batch: list[_Operation[object]]) -> list[_Outcome[object]]:
        self._check_files()
        damaged: list[_Outcome[object]] = []
        while True:
            try:
                return damaged + self._attempt(batch)
            except _Damage as damage:
                _log.error("a page of the database is damaged", path=str(self._path), reason=str(damage.error))
                self._roll_back()
                forget_pages(self._db)
                self._doubted = True
                error = DamagedDatabase(self._path, str(damage.error))
                damaged.append(_Outcome(damage.operation, error=error))
                batch = [each for each in batch if each is not damage.operation]

    def _attempt(self, batch: list[_Operation[object]]) -> list[_Outcome[object]]:
        self._db.conn.execute("BEGIN IMMEDIATE")
        outcomes: list[_Outcome[object]] = []
        for operation in batch:
            try:
                if operation.single:
                    result = operation.call(self._db)
                else:
                    with self._db.atomic():
                        result = operation.call(self._db)
                outcomes.append(_Outcome(operation, result))
            except Exception as error:
                if is_damage(error):
                    raise _Damage(operation, error) from error
                if _is_database_failure(error) or not self._db.conn.in_transaction:
                    raise
                outcomes.append(_Outcome(operation, error=error))
        self._db.conn.execute("COMMIT")
        try:
            self._watch.check()
        except StorageError as error:
            self._astray = error
            raise
        return outcomes

    def _check_files(self) -> None:
        """Raise `StorageError` where what is written now would be gone after a restart.

        When that is noticed, what was written before is taken from the log into the database while both are still open.
        """
        if self._astray is not None:
            raise self._astray
        try:
            self._watch.check()
        except StorageError:
            if self.health.ok and self._watch.may_keep_log:
                self._db.conn.execute("PRAGMA wal_checkpoint(FULL)")
            raise

    def _probe(self) -> None:
        """Try to write something that needs room and take it back, to learn whether the database works again."""
        try:
            self._check_files()
            self._look_over()
            self._db.conn.execute("BEGIN IMMEDIATE")
            self._db.conn.execute("CREATE TABLE probe (filling BLOB)")
            self._db.conn.execute("INSERT INTO probe VALUES (zeroblob(?))", (PROBE_BYTES,))
            self._db.conn.execute("DROP TABLE probe")
            self._db.conn.execute("COMMIT")
        except (sqlite3.Error, StorageError) as error:
            self._roll_back()
            self._set_health(Health(ok=False, reason=_reason(error)))
        else:
            self._set_health(Health(ok=not self._unreadable, reason=self._unreadable))
        self._next_probe = time.monotonic() + PROBE_SECONDS

    def _look_over(self) -> None:
        """Learn whether each table can be read at all; one damaged page of it is its own affair."""
        self._doubted, self._unreadable = False, ""
        forget_pages(self._db)
        for (table,) in self._db.conn.execute(_TABLES).fetchall():
            # The first row and the last, which are on one page only if all are; what comes first is the key.
            errors = [
                self._damage(f"SELECT * FROM {table} NOT INDEXED {end} LIMIT 1") for end in ("", "ORDER BY 1 DESC")
            ]
            if all(errors):
                self._unreadable = f"table {table} cannot be read: {errors[0]}"

    def _damage(self, query: str) -> sqlite3.Error | None:
        """Run a query and return the error if it comes upon a damaged page."""
        try:
            self._db.conn.execute(query).fetchone()
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            forget_pages(self._db)
            return error
        return None

    def _roll_back(self) -> None:
        try:
            self._db.rollback()
        except sqlite3.Error as error:
            _log.error("rollback failed", path=str(self._path), reason=str(error))

    def _set_health(self, health: Health) -> None:
        if health.ok != self.health.ok:
            event = "storage works again" if health.ok else "storage fails"
            (_log.info if health.ok else _log.error)(event, path=str(self._path), reason=health.reason)
            if not health.ok:
                self._next_probe = time.monotonic() + PROBE_SECONDS
        self.health = health


def _reason(error: Exception) -> str:
    return error.reason if isinstance(error, StorageError) else str(error)


def _is_database_failure(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, sqlite3.Error) and isinstance(code, int) and code & 0xFF in DATABASE_FAILURES


def _report(outcomes: list[_Outcome[object]]) -> None:
    """Hand the outcomes to those who wait, with one wake-up for each event loop."""
    by_loop: dict[asyncio.AbstractEventLoop, list[_Outcome[object]]] = {}
    for outcome in outcomes:
        by_loop.setdefault(outcome.operation.loop, []).append(outcome)
    for loop, own in by_loop.items():
        try:
            loop.call_soon_threadsafe(_resolve, own)
        except RuntimeError:
            _log.warning("nobody waits any more for a commit", operations=len(own))


def _resolve(outcomes: list[_Outcome[object]]) -> None:
    for outcome in outcomes:
        future = outcome.operation.future
        if future.done():
            continue  # its caller was cancelled; the change is stored all the same
        if outcome.error is not None:
            future.set_exception(outcome.error)
        else:
            future.set_result(outcome.result)
