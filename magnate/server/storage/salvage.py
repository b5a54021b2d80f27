"""A log of actions with a damaged page goes on in a new table, with all games that can still be read.

A damaged page may be the one that the next action of any game would go to.
"""

import sqlite3
from collections.abc import Collection

import structlog
from msgspec.structs import astuple
from sqlite_utils import Database

from magnate.server.storage.database import forget_pages, is_damage
from magnate.server.storage.games import game_log

_COPY = "INSERT INTO game_log_new (game, seq, seat, clock_ms, deadline_ms, payload) VALUES (?, ?, ?, ?, ?, ?)"

_log = structlog.get_logger(__name__)


def last_game(db: Database) -> int:
    """Return the highest number that a game has ever had; 0 for none."""
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'games'").fetchone()
    return int(row[0]) if row else 0


def unreadable_games(db: Database) -> set[int]:
    """Return the games whose logs cannot be read, or would stand where nothing can be read."""
    return {game for game in range(1, last_game(db) + 1) if not _is_readable(db, game)}


def move_log(db: Database, unreadable: Collection[int], now_ms: int) -> None:
    """Move the actions of all games but the `unreadable` ones to a new table.

    The old table stays under another name, since its damaged pages cannot be freed.
    """
    (schema,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'game_log'").fetchone()
    db.execute(schema.replace("game_log", "game_log_new", 1))
    for game in range(1, last_game(db) + 1):
        if game not in unreadable:
            db.conn.executemany(_COPY, [(game, *astuple(entry)) for entry in game_log(db, game)])
    old = f"game_log_damaged_{now_ms}"
    db.execute(f"ALTER TABLE game_log RENAME TO {old}")
    db.execute("ALTER TABLE game_log_new RENAME TO game_log")
    _log.error("the log of actions was damaged and goes on in a new table", games=sorted(unreadable), damaged=old)


def _is_readable(db: Database, game: int) -> bool:
    try:
        game_log(db, game)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        # A transaction that has come upon damage can end in no other way.
        db.rollback()
        forget_pages(db)
        db.begin()
        return False
    return True
