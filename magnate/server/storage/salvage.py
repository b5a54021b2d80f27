"""A table with a damaged page goes on as a new one, with all that can still be read.

A damaged page may be the one that the next action of any game would go to, or the next place in the queue.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

import structlog
from msgspec.structs import astuple
from sqlite_utils import Database

from magnate.server.storage.database import forget_pages, is_damage
from magnate.server.storage.games import game_log

T = TypeVar("T")

_log = structlog.get_logger(__name__)


def last_game(db: Database) -> int:
    """Return the highest number that a game has ever had; 0 for none."""
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'games'").fetchone()
    return int(row[0]) if row else 0


def unreadable_games(db: Database) -> set[int]:
    """Return the games whose logs cannot be read, or would stand where nothing can be read."""
    return {game for game in range(1, last_game(db) + 1) if not _is_readable(db, game)}


def move_log(db: Database, unreadable: Collection[int], now_ms: int) -> None:
    """Move the actions of all games but the `unreadable` ones to a new table."""
    games = [game for game in range(1, last_game(db) + 1) if game not in unreadable]
    old = _renew(db, "game_log", ((game, *astuple(entry)) for game in games for entry in game_log(db, game)), now_ms)
    _log.error("the log of actions was damaged and goes on in a new table", games=sorted(unreadable), damaged=old)


def is_sound(db: Database, table: str) -> bool:
    """Tell whether a table and its indexes can be read; looks through all of it."""
    found, whole = _rows(db, f"PRAGMA quick_check({table})")
    return whole and found == [("ok",)]


def readable_rows(db: Database, table: str) -> list[tuple[object, ...]]:
    """Return the rows of a table before the first damaged page and after the last, by the key that it begins with."""
    found: dict[tuple[object, ...], None] = {}
    for order in ("ASC", "DESC"):
        rows, _ = _rows(db, f"SELECT * FROM {table} NOT INDEXED ORDER BY 1 {order}")
        found.update(dict.fromkeys(rows))
    return list(found)


def move_table(db: Database, table: str, rows: Collection[tuple[object, ...]], now_ms: int) -> None:
    """Let a damaged table go on as a new one with these rows."""
    old = _renew(db, table, rows, now_ms)
    _log.error("a table was damaged and goes on as a new one", table=table, kept=len(rows), damaged=old)


def _renew(db: Database, table: str, rows: Iterable[tuple[object, ...]], now_ms: int) -> str:
    """Put a new table with these rows in the place of an old one, and return the name that the old one has now.

    It stays, since its damaged pages cannot be freed; so do its indexes, which is why new ones have other names.
    """
    named = "SELECT {} FROM sqlite_schema WHERE tbl_name = ? AND type = ? AND sql IS NOT NULL"
    ((schema,),) = db.execute(named.format("sql"), (table, "table")).fetchall()
    indexes = db.execute(named.format("name, sql"), (table, "index")).fetchall()
    db.execute(schema.replace(table, f"{table}_new", 1))
    for row in rows:
        db.execute(f"INSERT INTO {table}_new VALUES ({', '.join('?' * len(row))})", row)
    old = f"{table}_damaged_{now_ms}"
    db.execute(f"ALTER TABLE {table} RENAME TO {old}")
    db.execute(f"ALTER TABLE {table}_new RENAME TO {table}")
    for name, sql in indexes:
        db.execute(sql.replace(name, f"{name}_{now_ms}", 1))
    return old


def _is_readable(db: Database, game: int) -> bool:
    _, whole = _until_damage(db, lambda: iter(game_log(db, game)))
    return whole


def _rows(db: Database, query: str) -> tuple[list[tuple[object, ...]], bool]:
    return _until_damage(db, lambda: db.conn.execute(query))


def _until_damage(db: Database, ask: Callable[[], Iterator[T]]) -> tuple[list[T], bool]:
    """Return what can be read before a damaged page, and whether there is none."""
    found: list[T] = []
    try:
        found.extend(ask())
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        # A transaction that has come upon damage can end in no other way.
        db.rollback()
        forget_pages(db)
        db.begin()
        return found, False
    return found, True
