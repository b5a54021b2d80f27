"""The database of results: its tables, and how a file is known to be one (docs: Simulate, The database)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from magnate.engine.statistics import STATISTICS
from magnate.simulation.errors import DatabaseLocked, OutputError
from magnate.simulation.results.game_result import SQUARE_COUNTS

APPLICATION_ID: Final = 0x4D615369
"""What marks a file as ours: the letters "MaSi"."""
SCHEMA: Final = 2
"""The version of the tables, kept in `user_version`. The first had no `code` in `runs`."""
BUSY_SECONDS: Final = 0.5
"""How long SQLite itself waits for another program; short, as nothing can interrupt it meanwhile."""

BOTS_VIEW: Final = """
SELECT run, bot, count(*) AS games, sum(win) AS wins, avg(win) AS win_share, avg(worth) AS worth, avg(rank) AS rank,
       sum(exit IS 'bankrupt') AS bankruptcies, sum(exit IS 'fault') AS faults, avg(actions) AS actions
FROM results GROUP BY run, bot
""".strip()


def open_results(path: Path) -> Database:
    """Open the database of results at `path`, or make it; takes part in no transaction by itself.

    Raises:
        OutputError: it is another program's, of a newer Magnate, damaged, or cannot be written; it is as it was.
    """
    if not path.absolute().parent.is_dir():
        raise OutputError(path, f"there is no folder {path.absolute().parent}")
    with storage_errors(path):
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        db = Database(connection, recursive_triggers=False, execute_plugins=False)
        try:
            empty = _is_empty(path, db)
            _let_read_along(db)
            if empty:
                with db.atomic():
                    _create_tables(db)
            elif _version(db) < SCHEMA:
                with db.atomic():
                    db.execute("ALTER TABLE runs ADD COLUMN code TEXT")
                    db.execute(f"PRAGMA user_version = {SCHEMA}")
            return db
        except BaseException:
            db.close()
            raise


def _let_read_along(db: Database) -> None:
    """Keep a write-ahead log, so that viewers may read while games come in and hold up nobody, where that can be.

    It cannot be on some network drives, nor while somebody has the file open in the old way: then readers and the run
    wait for each other.
    """
    with suppress(sqlite3.OperationalError):
        db.execute("PRAGMA journal_mode = WAL").fetchone()


def close_results(db: Database) -> None:
    """Close the database, as one file that can be carried away where nobody else has it open."""
    with suppress(sqlite3.Error):
        db.execute("PRAGMA busy_timeout = 0")
        db.execute("PRAGMA journal_mode = DELETE").fetchone()
    db.close()


def games_in(path: Path, run: int) -> int:
    """Return how many games of a run can be read in the file at `path`. Raises `OutputError` if it cannot be read."""
    with storage_errors(path), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        games: dict[int, int] = dict(
            connection.execute("SELECT game, sum(worth) FROM results WHERE run = ? GROUP BY game", [run])
        )
        return len(games)


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into an OutputError about `path`; a lock of somebody else's is a DatabaseLocked."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise OutputError(path, f"another program is writing the same run ({error})") from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if isinstance(code, int) and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise DatabaseLocked(path) from error
        if code == sqlite3.SQLITE_NOTADB:
            raise OutputError(path, "this is not an SQLite database") from error
        raise OutputError(path, str(error)) from error


def _is_empty(path: Path, db: Database) -> bool:
    """Return whether there is nothing in the file yet.

    Raises:
        OutputError: it is another program's, or of a newer Magnate.
    """
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (entries,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application == 0 and entries == 0:
        return True
    if application != APPLICATION_ID:
        raise OutputError(path, "this database is another program's")
    if _version(db) > SCHEMA:
        raise OutputError(path, f"this database is of a newer Magnate (schema {_version(db)}; this one knows {SCHEMA})")
    return False


def _version(db: Database) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _create_tables(db: Database) -> None:
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA}")
    db.table("runs").create(
        {
            "id": int,
            "magnate": str,
            "board": str,
            "seed": int,
            "bots": str,
            "players": int,
            "sides": int,
            "seating": str,
            "max_rounds": int,
            "position": str,
            "bot_seconds": float,
            "games": int,
            "code": str,
        },
        pk="id",
        strict=True,
    )
    run = [("run", "runs", "id")]
    db.table("games").create(
        {"run": int, "game": int, "seed": int, "rounds": int, "turns": int, "actions": int},
        pk=("run", "game"),
        foreign_keys=run,
        strict=True,
    )
    results = db.table("results").create(
        {
            "run": int,
            "game": int,
            "seat": int,
            "bot": str,
            "worth": int,
            "rank": int,
            "win": float,
            "exit": str,
            "actions": int,
            "fault": str,
            **dict.fromkeys(STATISTICS, int),
        },
        pk=("run", "game", "seat"),
        foreign_keys=run,
        strict=True,
    )
    results.create_index(["run", "bot"])
    db.table("squares").create(
        {"run": int, "square": int, "name": str, "kind": str, "group_id": int, **dict.fromkeys(SQUARE_COUNTS, int)},
        pk=("run", "square"),
        foreign_keys=run,
        strict=True,
    )
    db.table("timings").create(
        {"run": int, "game": int, "seat": int, "decisions": int, "seconds": float, "longest": float},
        pk=("run", "game", "seat"),
        foreign_keys=run,
        strict=True,
    )
    db.create_view("bots", BOTS_VIEW)
