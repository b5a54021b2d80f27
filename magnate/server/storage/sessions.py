"""Families of refresh tokens: rows in and out. Every function works inside the transaction of its caller."""

from typing import Final

from sqlite_utils import Database

from magnate.server.storage import guests, users
from magnate.server.storage.records import Rotation, User

AGAIN_MS: Final = 60_000
"""How long the token before the current one may be exchanged once more: the answer to its exchange may be lost."""
_ALIVE = "revoked_ms IS NULL AND expires_ms > ?"


def open_session(db: Database, family: str, pk: int, token: str, now_ms: int, expires_ms: int) -> None:
    """Insert a family."""
    db.execute(
        "INSERT INTO sessions (family, user, token, opened_ms, expires_ms) VALUES (?, ?, ?, ?, ?)",
        (family, pk, token, now_ms, expires_ms),
    )


def rotate_session(db: Database, family: str, old: str, new: str, now_ms: int, expires_ms: int) -> Rotation:
    """Replace the current token; a token that is not the current one revokes the family.

    The one that was replaced a moment ago may come again, with the same token for it: nothing changes then.
    """
    rotated = db.execute(
        f"UPDATE sessions SET token = ?, expires_ms = ? WHERE family = ? AND token = ? AND {_ALIVE}",
        (new, expires_ms, family, old, now_ms),
    )
    if rotated.rowcount:
        guests.see(db, family, now_ms)
        return Rotation.DONE
    # A family expires a fixed time after its last exchange, so this also says how long ago that was.
    again = db.execute(
        f"SELECT 1 FROM sessions WHERE family = ? AND token = ? AND expires_ms >= ? AND {_ALIVE}",
        (family, new, expires_ms - AGAIN_MS, now_ms),
    ).fetchone()
    if again is not None:
        return Rotation.DONE
    reused = db.execute(
        f"UPDATE sessions SET revoked_ms = ? WHERE family = ? AND token <> ? AND {_ALIVE}",
        (now_ms, family, old, now_ms),
    )
    return Rotation.REUSED if reused.rowcount else Rotation.REVOKED


def session_user(db: Database, family: str, now_ms: int, plays: str = users.PLAYS) -> User | None:
    """Return the user of a living family."""
    row = db.execute(f"SELECT user FROM sessions WHERE family = ? AND {_ALIVE}", (family, now_ms)).fetchone()
    return None if row is None else users.user(db, row[0], plays)


def family_user(db: Database, family: str, plays: str = users.PLAYS) -> User | None:
    """Return the user of a family, dead or alive."""
    row = db.execute("SELECT user FROM sessions WHERE family = ?", (family,)).fetchone()
    return None if row is None else users.user(db, row[0], plays)


def revoke_session(db: Database, family: str, now_ms: int) -> None:
    """Void a family."""
    db.execute("UPDATE sessions SET revoked_ms = ? WHERE family = ? AND revoked_ms IS NULL", (now_ms, family))


def prune_sessions(db: Database, now_ms: int) -> int:
    """Delete expired families and return their number."""
    return db.execute("DELETE FROM sessions WHERE expires_ms <= ?", (now_ms,)).rowcount
