"""The public queue and room codes: rows in and out. Every function works inside the transaction of its caller."""

from sqlite_utils import Database

from magnate.server.storage.records import QueuePlace, Reservation, RoomCode


def enqueue(db: Database, pk: int, now_ms: int) -> None:
    """Insert a place unless the user has one."""
    db.execute("INSERT INTO queue_places (user, joined_ms) VALUES (?, ?) ON CONFLICT (user) DO NOTHING", (pk, now_ms))


def dequeue(db: Database, pk: int) -> None:
    """Delete the user's place."""
    db.execute("DELETE FROM queue_places WHERE user = ?", (pk,))


def queue_places(db: Database) -> list[QueuePlace]:
    """Return the places, oldest first."""
    return [QueuePlace(*row) for row in db.execute("SELECT user, joined_ms FROM queue_places ORDER BY place")]


def reserve_room(db: Database, code: str, maker: int, now_ms: int, limit: int) -> Reservation:
    """Insert a room code unless it is taken or the maker holds `limit` already."""
    (held,) = db.execute("SELECT count(*) FROM rooms WHERE maker = ?", (maker,)).fetchone()
    if held >= limit:
        return Reservation.TOO_MANY
    reserved = db.execute(
        "INSERT INTO rooms (code, maker, reserved_ms) VALUES (?, ?, ?) ON CONFLICT (code) DO NOTHING",
        (code, maker, now_ms),
    )
    return Reservation.DONE if reserved.rowcount else Reservation.CODE_TAKEN


def release_room(db: Database, code: str) -> None:
    """Delete a room code."""
    db.execute("DELETE FROM rooms WHERE code = ?", (code,))


def rooms(db: Database) -> list[RoomCode]:
    """Return all room codes, oldest first."""
    rows = db.execute("SELECT code, maker, reserved_ms FROM rooms ORDER BY reserved_ms, code")
    return [RoomCode(*row) for row in rows]
