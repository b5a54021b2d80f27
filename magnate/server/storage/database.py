"""Opening a database: ours or nobody's, of this version or an older one, and held by one server at a time."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlite_utils import Database, Migrations

from magnate.server.errors import DamagedDatabase, ForeignDatabase, NewerDatabase, StorageError
from magnate.server.storage import files
from magnate.server.storage.migrations import APPLICATION_ID, MIGRATIONS

BUSY_SECONDS = 5.0
"""How long a connection waits for another process (a command line beside the server) to finish its write."""

JOURNAL_BYTES = 64 * 1024 * 1024
"""To what size the write-ahead log is cut back after a checkpoint."""


def connect(path: Path, *, write: bool) -> Database:
    """Open a connection that any one thread at a time may use; it takes part in no transaction by itself.

    Raises:
        StorageError: the file cannot be opened.
    """
    with storage_errors(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'rw' if write else 'ro'}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        db = Database(connection, recursive_triggers=False, execute_plugins=False)
        try:
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA cell_size_check = ON")  # a damaged page is found when it is read, not by what it breaks
            db.execute("PRAGMA synchronous = FULL")
            db.execute(f"PRAGMA journal_size_limit = {JOURNAL_BYTES}")
        except BaseException:
            db.close()
            raise
    return db


@contextmanager
def opened(path: Path, *, write: bool) -> Iterator[Database]:
    """Open a connection for the length of a `with` block; what SQLite raises in it becomes a `StorageError`."""
    with closing(connect(path, write=write)) as db, storage_errors(path):
        yield db


def is_damage(error: BaseException) -> bool:
    """Tell whether SQLite has come upon a damaged page: a broken one, or one that holds what belongs elsewhere."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(code, int) and code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_MISMATCH)


def forget_pages(db: Database) -> None:
    """Have a connection read each page anew; call this after damage, outside of a transaction that writes.

    SQLite keeps a page that it has found damaged, and takes it for sound the next time: whatever is read there then is
    garbage, and whatever is written there is lost.
    """
    db.conn.execute("PRAGMA shrink_memory")


def sign(db: Database) -> bytes:
    """Give the database a number of this run, and return the mark that its file is known by (`files.mark`).

    So another database, or a copy of this one from before, is told from it when it is written over the file in place.
    """
    run = secrets.randbelow(2**31 - 1) + 1
    db.execute(f"PRAGMA user_version = {run}")
    db.execute("PRAGMA wal_checkpoint(PASSIVE)")
    (page_bytes,) = db.execute("PRAGMA page_size").fetchone()
    header = bytearray(100)
    header[:20] = b"SQLite format 3\0" + (page_bytes % 65_535).to_bytes(2) + b"\2\2"  # 65,536 is written as 1
    header[60:64] = run.to_bytes(4)
    header[68:72] = APPLICATION_ID.to_bytes(4)
    return files.mark(bytes(header))


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite or the file system raises into a `StorageError` about `path`."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            raise ForeignDatabase(path) from error
        if is_damage(error):
            raise DamagedDatabase(path, str(error)) from error
        raise StorageError(path, str(error)) from error
    except msgspec.ValidationError as error:
        raise DamagedDatabase(path, f"a row holds what belongs elsewhere ({error})") from error
    except OSError as error:
        raise StorageError(path, error.strerror or str(error)) from error


@contextmanager
def server_lock(path: Path) -> Iterator[None]:
    """Hold the database for one server; the system frees it when the process ends, however that happens.

    Raises:
        DatabaseInUse: another process holds it.
    """
    with ExitStack() as held:
        with storage_errors(path):
            held.enter_context(files.held(path))
        yield


def pending_steps(path: Path, steps: Migrations = MIGRATIONS) -> list[str]:
    """Return the schema steps that the database at `path` has not seen, without writing anything.

    Raises:
        ForeignDatabase: the file is of another program.
        NewerDatabase: the file has seen steps that this program does not know.
        StorageError: the file cannot be read.
    """
    every = [step.name for step in steps.pending(Database(memory=True))]
    if not path.exists() or path.stat().st_size == 0:
        return every
    with opened(path, write=False) as db:
        (application,) = db.execute("PRAGMA application_id").fetchone()
        (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if application != APPLICATION_ID and (application or tables):
            raise ForeignDatabase(path)
        applied = _applied(db, steps)
    unknown = [name for name in applied if name not in every]
    if unknown:
        raise NewerDatabase(path, unknown)
    return [name for name in every if name not in applied]


def _applied(db: Database, steps: Migrations) -> list[str]:
    """Return the steps that a database has seen, without the index of that table, which may be damaged by itself."""
    if steps.migrations_table not in db.table_names():
        return []
    query = f"SELECT name FROM {steps.migrations_table} NOT INDEXED WHERE migration_set = ?"
    return [row[0] for row in db.execute(query, (steps.name,)).fetchall()]


def prepare(path: Path, steps: Migrations = MIGRATIONS) -> tuple[list[str], Path | None]:
    """Bring the database at `path` to this version: made if missing, backed up and migrated if older.

    Returns the steps that were applied, and the backup made before them (None for a new database).
    Raises what `pending_steps` raises.
    """
    with storage_errors(path):
        pending = pending_steps(path, steps)
        if not pending:
            return [], None
        new = not path.exists() or len(pending) == len(steps.pending(Database(memory=True)))
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        saved = None if new else backup(path, backup_path(path))
        with opened(path, write=True) as db:
            # First of all, so that a crash before the first step does not leave a file that looks foreign.
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.enable_wal()
            steps.apply(db)
        return pending, saved


def backup_path(path: Path) -> Path:
    """Return where the next backup of `path` goes: beside it, with the time (UTC) in its name."""
    return path.with_name(f"{path.name}.{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.backup")


def backup(path: Path, target: Path) -> Path:
    """Copy the database to `target` (mode 600), also while a server writes to it; returns `target`.

    Raises:
        StorageError: `target` exists, or one of the two files cannot be used. A half-written copy is removed.
    """
    with storage_errors(target):
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        with opened(path, write=False) as source, opened(target, write=True) as copy:
            source.conn.backup(copy.conn)
            # One file that can be carried away: no write-ahead log beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target
