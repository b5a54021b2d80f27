"""Guests: people without a password, who are forgotten when they stay away. Each function runs in a transaction."""

from collections.abc import Iterable

from msgspec.structs import astuple
from sqlite_utils import Database

from magnate.server.errors import NameLooksTaken, NameTaken
from magnate.server.looks import looks_of
from magnate.server.storage import users
from magnate.server.storage.records import User

NO_PASSWORD = ""
"""Stands for the hash of a guest's password; nobody can log in with it."""

_OWNED = ("sessions", "items_owned", "ratings", "queue_places")


def create_guest(db: Database, names: Iterable[tuple[str, str]], now_ms: int) -> User:
    """Insert a guest under the first free of these names, each with its key.

    Raises:
        NameTaken: none is free.
    """
    name = ""
    for name, key in names:
        try:
            made = users.create_user(db, name, key, NO_PASSWORD, now_ms)
        except (NameTaken, NameLooksTaken):
            continue
        db.execute("UPDATE users SET is_guest = 1, guest_seen_ms = ? WHERE pk = ?", (now_ms, made.pk))
        guest = users.user(db, made.pk)
        assert guest is not None
        return guest
    raise NameTaken(name)


def claim(db: Database, pk: int, username: str, name_key: str, password_hash: str) -> User | None:
    """Give a guest a name and a password for good; None where the user is no guest (any more).

    Raises:
        NameTaken: another user has that name; `NameLooksTaken` when only the look is another's.
    """
    looks = astuple(looks_of(username))
    if db.execute("SELECT 1 FROM users WHERE name_key = ? AND pk <> ?", (name_key, pk)).fetchone():
        raise NameTaken(username)
    alike = "SELECT 1 FROM users WHERE pk <> ? AND (look_shown = ? OR look_folded = ?)"
    if db.execute(alike, (pk, *looks)).fetchone():
        raise NameLooksTaken(username)
    claimed = db.execute(
        "UPDATE users SET username = ?, name_key = ?, look_shown = ?, look_folded = ?, password_hash = ?, "
        "is_guest = 0, guest_seen_ms = NULL WHERE pk = ? AND guest_seen_ms IS NOT NULL",
        (username, name_key, *looks, password_hash, pk),
    )
    return users.user(db, pk) if claimed.rowcount else None


def see(db: Database, family: str, now_ms: int) -> None:
    """Note that the user of a session is here, if it is a guest."""
    db.execute(
        "UPDATE users SET guest_seen_ms = ? WHERE guest_seen_ms IS NOT NULL "
        "AND pk = (SELECT user FROM sessions WHERE family = ?)",
        (now_ms, family),
    )


def forget_guests(db: Database, oldest_ms: int, most: int) -> int:
    """Forget guests who were last here before a moment, and return how many; so many at most.

    One who plays is not forgotten. Whoever has finished a game keeps the name in it, and that name is free again.
    """
    found = db.execute(
        "SELECT pk FROM users WHERE guest_seen_ms < ? "
        "AND NOT EXISTS (SELECT 1 FROM seats WHERE user = pk AND playing = 1) ORDER BY guest_seen_ms LIMIT ?",
        (oldest_ms, most),
    ).fetchall()
    for (pk,) in found:
        for table in _OWNED:
            db.execute(f"DELETE FROM {table} WHERE user = ?", (pk,))
        db.execute("DELETE FROM rooms WHERE maker = ?", (pk,))
        db.execute("DELETE FROM meetings WHERE one = ? OR other = ?", (pk, pk))
        if db.execute("SELECT 1 FROM seats WHERE user = ?", (pk,)).fetchone():
            db.execute(
                "UPDATE users SET name_key = ?, look_shown = NULL, look_folded = NULL, guest_seen_ms = NULL, "
                "points = 0, piece = 0 WHERE pk = ?",
                (f"#{pk}", pk),  # no name has that sign
            )
        else:
            db.execute("DELETE FROM users WHERE pk = ?", (pk,))
    return len(found)
