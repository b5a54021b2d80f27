"""`magnate db check`: everything that is wrong with a database, as far as it can be read."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlite_utils import Database

from magnate.server.errors import DamagedDatabase, StorageError
from magnate.server.past_games import problems_of
from magnate.server.storage.database import forget_pages, opened, pending_steps
from magnate.server.storage.games import game, game_log
from magnate.server.storage.records import GameStatus
from magnate.server.storage.salvage import last_game


def check(path: Path) -> list[str]:
    """Look the whole database over and return what is wrong with it, one sentence each.

    Each table is read by itself and each game is played again from its log, so that one damaged page or action hides
    nothing else. Games that were aborted are left out: their logs may be what they were aborted for.

    Raises what `pending_steps` raises.
    """
    if not path.exists():
        raise StorageError(path, "does not exist")
    found: list[str] = []
    try:
        pending = pending_steps(path)
        if pending:
            return [f"the schema is older than this program: {len(pending)} steps to go (magnate db migrate)"]
    except DamagedDatabase as error:
        found.append(f"which version the schema has cannot be read ({error.reason})")
    for look in (_damaged_tables, _lost_rows, _broken_games):
        try:
            with opened(path, write=False) as db:  # where one of them breaks off, the next begins anew
                found += look(db)
        except DamagedDatabase as error:
            line = f"a page is damaged ({error.reason})"
            found += [] if line in found else [line]
    return found


def _damaged_tables(db: Database) -> Iterator[str]:
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    damaged = False
    for table in tables:
        for problem in _asked(db, f"PRAGMA integrity_check({table})"):
            damaged = True
            yield f"table {table}: {problem}"
    if not damaged:  # what belongs to no table
        yield from _asked(db, "PRAGMA integrity_check")


def _asked(db: Database, pragma: str) -> Iterator[str]:
    """Return what SQLite finds; where it breaks off at a damaged page, that is found too."""
    try:
        for (found,) in db.conn.execute(pragma):
            if found != "ok":
                yield from (line for line in found.splitlines() if not line.startswith("***"))
    except sqlite3.DatabaseError as error:
        yield f"a page is damaged ({error})"


def _lost_rows(db: Database) -> Iterator[str]:
    try:
        for row in db.conn.execute("PRAGMA foreign_key_check"):
            yield f"row {row[1]} of {row[0]} refers to a row of {row[2]} that is not there"
    except sqlite3.DatabaseError as error:
        yield f"whether all rows belong together cannot be told ({error})"


def _broken_games(db: Database) -> Iterator[str]:
    for number in _numbers(db):
        try:
            found = game(db, number)
            log = game_log(db, number)
        except (sqlite3.DatabaseError, ValueError) as error:
            forget_pages(db)
            yield f"game {number}: it cannot be read ({error})"
            continue
        if found is not None and found.status is not GameStatus.ABORTED:
            yield from (f"game {number}: {problem}" for problem in problems_of(found, log))


def _numbers(db: Database) -> Iterable[int]:
    """Return the numbers of all games, as far as they are known."""
    try:
        return range(1, last_game(db) + 1)
    except sqlite3.DatabaseError:
        forget_pages(db)
        return [row[0] for row in db.execute("SELECT id FROM games ORDER BY id").fetchall()]
