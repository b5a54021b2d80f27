"""Users and what they own: rows in and out. Every function works inside the transaction of its caller."""

import sqlite3
from collections.abc import Sequence

from msgspec.structs import astuple
from sqlite_utils import Database

from magnate.server.errors import NameLooksTaken, NameTaken
from magnate.server.looks import looks_of
from magnate.server.storage.records import STARTING_ELO, Credentials, Purchase, PurchaseRefusal, User
from magnate.texts.bots import bot_names

PLAYS = "(SELECT max(game) FROM seats WHERE user = pk AND playing = 1)"
"""The game that a user is in."""
PLAYS_NOTHING = "NULL"
"""The same where it is known, or where the seats cannot be read."""


def _select(plays: str) -> str:
    """Return what asks for the fields of `User` in order, then for the password hash."""
    return (
        "SELECT pk, username, points, exp, elo, joined_ms, played, won, piece, bot_level, "
        f"{plays}, is_guest, password_hash FROM users"
    )


def _user(row: sqlite3.Row | tuple[object, ...]) -> User:
    return User(*(*row[:11], bool(row[11])))


def create_user(db: Database, username: str, name_key: str, password_hash: str, now_ms: int) -> User:
    """Insert a person. Raises `NameTaken`, or `NameLooksTaken` when only the look is another's."""
    looks = looks_of(username)
    try:
        cursor = db.execute(
            "INSERT INTO users (username, name_key, password_hash, elo, joined_ms, look_shown, look_folded) "
            "SELECT ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS "
            "(SELECT 1 FROM users WHERE name_key <> ? AND (look_shown = ? OR look_folded = ?))",
            (username, name_key, password_hash, STARTING_ELO, now_ms, *astuple(looks), name_key, *astuple(looks)),
        )
    except sqlite3.IntegrityError:
        raise NameTaken(username) from None
    if not cursor.rowcount:
        raise NameLooksTaken(username)
    made = user(db, cursor.lastrowid or 0, PLAYS_NOTHING)
    assert made is not None
    return made


def bot_users(db: Database, level: str, count: int, now_ms: int) -> list[User]:
    """Return the first `count` bots of `level`, inserting those that are missing under free names."""
    rows = db.execute(f"{_select(PLAYS_NOTHING)} WHERE bot_level = ? ORDER BY pk LIMIT ?", (level, count)).fetchall()
    bots = [_user(row) for row in rows]
    for name in bot_names(level):
        if len(bots) >= count:
            break
        key, looks = name.casefold(), astuple(looks_of(name))
        cursor = db.execute(
            "INSERT INTO users (username, name_key, is_bot, bot_level, elo, joined_ms, look_shown, look_folded) "
            "SELECT ?, ?, 1, ?, ?, ?, ?, ? WHERE NOT EXISTS "
            "(SELECT 1 FROM users WHERE name_key = ? OR look_shown = ? OR look_folded = ?)",
            (name, key, level, STARTING_ELO, now_ms, *looks, key, *looks),
        )
        if cursor.rowcount:  # else somebody has that name, or one that looks like it: try the next
            made = user(db, cursor.lastrowid or 0, PLAYS_NOTHING)
            assert made is not None
            bots.append(made)
    return bots


def user(db: Database, pk: int, plays: str = PLAYS) -> User | None:
    """Return the user `pk`; `plays` asks for the game that they are in."""
    row = db.execute(f"{_select(plays)} WHERE pk = ?", (pk,)).fetchone()
    return None if row is None else _user(row)


def usernames(db: Database, pks: Sequence[int]) -> tuple[str, ...]:
    """Return the names of users in the order that is asked for; one who is not there is named by number."""
    rows = [db.execute("SELECT username FROM users WHERE pk = ?", (pk,)).fetchone() for pk in pks]
    return tuple([unnamed(pk) if row is None else row[0] for pk, row in zip(pks, rows, strict=True)])


def unnamed(pk: int) -> str:
    """Return what a user is called whose name is not known."""
    return f"User {pk}"


def users(db: Database, plays: str = PLAYS) -> list[User]:
    """Return all users by id."""
    return [_user(row) for row in db.execute(f"{_select(plays)} ORDER BY pk")]


def credentials(db: Database, name_key: str, plays: str = PLAYS) -> Credentials | None:
    """Return a person, who is no guest, and their password hash."""
    row = db.execute(f"{_select(plays)} WHERE name_key = ? AND is_bot = 0 AND is_guest = 0", (name_key,)).fetchone()
    return None if row is None else Credentials(_user(row), row[12])


def set_password(db: Database, pk: int, password_hash: str, revoke_sessions: bool, now_ms: int) -> None:
    """Replace a person's password hash; `revoke_sessions` voids all their sessions."""
    db.execute("UPDATE users SET password_hash = ? WHERE pk = ? AND is_bot = 0", (password_hash, pk))
    if revoke_sessions:
        db.execute("UPDATE sessions SET revoked_ms = ? WHERE user = ? AND revoked_ms IS NULL", (now_ms, pk))


def grant_points(db: Database, pk: int, points: int) -> int:
    """Add points, down to 0 at the least, and return the balance."""
    row = db.execute("UPDATE users SET points = max(0, points + ?) WHERE pk = ? RETURNING points", (points, pk))
    return int(row.fetchone()[0])


def owned_items(db: Database, pk: int) -> frozenset[int]:
    """Return the ids of the owned items."""
    return frozenset(row[0] for row in db.execute("SELECT custom_id FROM items_owned WHERE user = ?", (pk,)))


def buy_item(db: Database, pk: int, custom_id: int, price: int, now_ms: int) -> Purchase:
    """Take the price and hand over the item, or say why not."""
    (points,) = db.execute("SELECT points FROM users WHERE pk = ?", (pk,)).fetchone()
    if custom_id in owned_items(db, pk):
        return Purchase(points, PurchaseRefusal.OWNED)
    paid = db.execute("UPDATE users SET points = points - ? WHERE pk = ? AND points >= ?", (price, pk, price))
    if not paid.rowcount:
        return Purchase(points, PurchaseRefusal.TOO_EXPENSIVE)
    db.execute(
        "INSERT INTO items_owned (user, custom_id, price, bought_ms) VALUES (?, ?, ?, ?)",
        (pk, custom_id, price, now_ms),
    )
    return Purchase(points - price, None)


def set_piece(db: Database, pk: int, custom_id: int) -> bool:
    """Choose an owned piece, or 0; returns whether it was owned."""
    if custom_id != 0 and custom_id not in owned_items(db, pk):
        return False
    db.execute("UPDATE users SET piece = ? WHERE pk = ?", (custom_id, pk))
    return True
