"""A table with a damaged page goes on as a new one, with all that can still be read.

A damaged page may be the one that the next action of any game would go to, or the next place in the queue.
"""

import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from typing import Final, TypeVar

import structlog
from msgspec.structs import astuple
from sqlite_utils import Database

from magnate.server.looks import looks_of
from magnate.server.storage.database import forget_pages, is_damage
from magnate.server.storage.games import game_log
from magnate.server.storage.records import STARTING_ELO
from magnate.texts.bots import BOT_NAMES

T = TypeVar("T")

REFERRED: Final = {"users": "pk", "games": "id"}
"""Tables that others refer to, and the column with the number of a row: they never go on empty."""

_BOT_NAME: Final = re.compile(r"bot_(.+)_\d+")

_log = structlog.get_logger(__name__)


def last_game(db: Database) -> int:
    """Return the highest number that a game has ever had; 0 for none."""
    return _last(db, "games")


def _last(db: Database, table: str) -> int:
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
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
    """Tell whether a table and its indexes can be read and agree; looks through all of it."""
    found, whole = _rows(db, f"PRAGMA integrity_check({table})")
    return whole and found == [("ok",)]


def rows_to_keep(db: Database, table: str, now_ms: int) -> list[tuple[object, ...]]:
    """Return the rows with which a damaged table goes on."""
    rows = _readable_rows(db, table)
    return rows + _lost_users(db, {row[0] for row in rows}, now_ms) if table == "users" else rows


def move_table(db: Database, table: str, rows: Collection[tuple[object, ...]], now_ms: int) -> None:
    """Let a damaged table go on as a new one with these rows."""
    old = _renew(db, table, rows, now_ms)
    _log.error("a table was damaged and goes on as a new one", table=table, kept=len(rows), damaged=old)


def _bot_of(key: str) -> tuple[str | None, str]:
    """Return the level of the bot that has this name, None for a person, and the name as it is shown."""
    for level, names in BOT_NAMES.items():
        for name in names:
            if name.casefold() == key:
                return level, name
    found = _BOT_NAME.fullmatch(key)
    return (found[1], f"Bot_{key[4:]}") if found else (None, key)


def _renew(db: Database, table: str, rows: Iterable[tuple[object, ...]], now_ms: int) -> str:
    """Put a new table with these rows in the place of an old one, and return the name that the old one has now.

    The two trade their pages and nothing else, so that names, indexes and what refers to the table stay as they are.
    The old one stays, since its damaged pages cannot be freed. A row that the schema refuses is left there.
    """
    old = f"{table}_damaged_{now_ms}"
    named = "SELECT name, sql FROM sqlite_schema WHERE tbl_name = ? AND type = ? ORDER BY rowid"
    ((_, schema),) = db.execute(named, (table, "table")).fetchall()
    indexes = db.execute(named, (table, "index")).fetchall()
    db.execute(schema.replace(table, old, 1))
    for name, sql in indexes:
        if sql is not None:
            db.execute(sql.replace(name, f"{name}_{now_ms}", 1).replace(f"ON {table}", f"ON {old}", 1))
    for row in rows:
        with suppress(sqlite3.IntegrityError):
            db.execute(f"INSERT INTO {old} VALUES ({', '.join('?' * len(row))})", row)
    pages = "SELECT name, rootpage FROM sqlite_schema WHERE tbl_name = ? ORDER BY type, rowid"
    new = zip(db.execute(pages, (table,)).fetchall(), db.execute(pages, (old,)).fetchall(), strict=True)
    db.execute("PRAGMA writable_schema = ON")
    try:
        for (one, its_page), (other, other_page) in new:
            db.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = ?", (other_page, one))
            db.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = ?", (its_page, other))
        (version,) = db.execute("PRAGMA schema_version").fetchone()
        db.execute(f"PRAGMA schema_version = {version + 1}")  # so that every connection looks again
    finally:
        db.execute("PRAGMA writable_schema = RESET")
    return old


def _readable_rows(db: Database, table: str) -> list[tuple[object, ...]]:
    """Return the rows of a table that are on no damaged page.

    Where rows have no number, these are the ones before the first damaged page and after the last, by the key that they
    begin with.
    """
    found: dict[tuple[object, ...], None] = {}
    for order in ("ASC", "DESC"):
        rows, whole = _rows(db, f"SELECT * FROM {table} NOT INDEXED ORDER BY 1 {order}")
        found.update(dict.fromkeys(rows))
        if whole:
            return list(found)
    if table in REFERRED:
        key = REFERRED[table]
        for number in range(1, _last(db, table) + 1):
            rows, _ = _rows(db, f"SELECT * FROM {table} NOT INDEXED WHERE {key} = {number}")
            found.update(dict.fromkeys(rows))
    return list(found)


def _lost_users(db: Database, readable: Collection[object], now_ms: int) -> list[tuple[object, ...]]:
    """Return users of whom only the name can be read, in its index, as they can go on.

    Their name and number stay theirs, and what other tables tell of them; a person needs a new password
    (`magnate users passwd`), and points and piece are gone.
    """
    named, _ = _rows(db, "SELECT pk, name_key FROM users ORDER BY name_key")
    columns = [row[1] for row in db.execute("PRAGMA table_info(users)").fetchall()]
    defaults: dict[str, object] = dict.fromkeys(("exp", "points", "played", "won", "piece", "is_guest"), 0)
    lost = []
    for pk, name in named:
        if pk in readable:
            continue
        level, shown = _bot_of(str(name))
        sessions, _ = _rows(db, f"SELECT 1 FROM sessions WHERE user = {pk} LIMIT 1")
        if sessions:  # a person of that name, from before it was a bot's
            level, shown = None, str(name)
        rating, _ = _rows(db, f"SELECT mu FROM ratings WHERE user = {pk}")
        results, _ = _rows(db, f"SELECT rank FROM results WHERE user = {pk}")
        looks = looks_of(str(name))
        values = {
            **defaults,
            "pk": pk,
            "username": shown,
            "name_key": name,
            "password_hash": None if level else "",
            "is_bot": int(level is not None),
            "bot_level": level,
            "elo": round(float(str(rating[0][0]))) if rating else STARTING_ELO,
            "played": len(results),
            "won": sum(rank == 1 for (rank,) in results),
            "joined_ms": now_ms,
            "look_shown": looks.shown,
            "look_folded": looks.folded,
        }
        lost.append(tuple([values.get(column) for column in columns]))
    return lost


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
