"""Games, their logs and results: rows in and out. Every function works inside the transaction of its caller."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

import msgspec
from sqlite_utils import Database

from magnate.server.storage.records import (
    Before,
    Game,
    GameStatus,
    LogEntry,
    PlayerResult,
    Rating,
    RewardAll,
    StoredResult,
    UnfinishedGame,
)

DAY_MS = 86_400_000

_GAME = "SELECT id, settings, status, created_ms, finished_ms, final_money, summary FROM games"
_GameRow: TypeAlias = tuple[int, bytes, GameStatus, int, int | None, str, bytes]
_LOG = "seq, seat, clock_ms, deadline_ms, payload"
_LogRow: TypeAlias = tuple[int, int | None, int, int | None, bytes]
_APPEND = f"""
    INSERT INTO game_log (game, {_LOG})
    SELECT ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM games WHERE id = ? AND status = 'running')
"""
# From the first action to the last and not one step further: that may lie on a damaged page of another game.
_WHOLE_LOG = f"""
    SELECT {_LOG} FROM game_log WHERE game = ? AND seq >= 1 ORDER BY seq
    LIMIT (SELECT coalesce(max(seq), 0) FROM game_log WHERE game = ?)
"""
_RESULT_COLUMNS = "game, user, seat, rank, worth, points, elo_before, elo_after, length_share, meetings_share"
_RESULT = f"SELECT {_RESULT_COLUMNS} FROM results"


def create_game(
    db: Database,
    settings: bytes,
    seats: Sequence[int],
    now_ms: int,
    game_ms: int,
    deadline_ms: int | None,
    room: str | None,
) -> int:
    """Insert a running game with its seats; its users leave the queue and its room code is deleted."""
    db.execute("UPDATE game_time SET now_ms = max(now_ms, ?)", (game_ms,))  # no heartbeat may have said so for long
    cursor = db.execute(
        "INSERT INTO games (settings, created_ms, first_deadline_ms) VALUES (?, ?, ?)", (settings, now_ms, deadline_ms)
    )
    game = cursor.lastrowid or 0
    db.conn.executemany(
        "INSERT INTO seats (game, seat, user) VALUES (?, ?, ?)", [(game, seat, pk) for seat, pk in enumerate(seats)]
    )
    db.conn.executemany("DELETE FROM queue_places WHERE user = ?", [(pk,) for pk in seats])
    if room is not None:
        db.execute("DELETE FROM rooms WHERE code = ?", (room,))
    return game


def append_entry(db: Database, game: int, entry: LogEntry) -> None:
    """Insert one action, in one statement. Raises `ValueError` when the game is not running or has that number."""
    try:
        appended = db.conn.execute(
            _APPEND, (game, entry.seq, entry.seat, entry.clock_ms, entry.deadline_ms, entry.payload, game)
        )
    except sqlite3.IntegrityError:
        raise ValueError(f"action {entry.seq} of game {game} is stored already") from None
    if not appended.rowcount:
        raise ValueError(f"game {game} is not running")


def append_log(db: Database, game: int, entries: Sequence[LogEntry], left: Iterable[int]) -> None:
    """Insert actions and note who left the game with them."""
    for entry in entries:
        append_entry(db, game, entry)
    db.conn.executemany("UPDATE seats SET playing = 0 WHERE game = ? AND user = ?", [(game, pk) for pk in left])


def finish_game(
    db: Database,
    game: int,
    entries: Sequence[LogEntry],
    now_ms: int,
    results: Sequence[PlayerResult],
    final_money: Mapping[str, int],
    summary: bytes,
    reward: RewardAll,
) -> list[StoredResult]:
    """Store the end of a game once: last actions, results, points, counts, ratings and who met whom."""
    (running,) = db.execute("SELECT count(*) FROM games WHERE id = ? AND status = 'running'", (game,)).fetchone()
    if not running:
        return []
    append_log(db, game, entries, ())
    _end(db, game, GameStatus.FINISHED, now_ms, final_money, summary)
    day = now_ms // DAY_MS
    users = [result.user for result in results]
    before = [
        Before(_rating(db, one), tuple([_met(db, one, other, day) for other in users if other != one])) for one in users
    ]
    rewards = reward(results, before)
    stored = []
    for result, old, new in zip(results, before, rewards, strict=True):
        elo = round(new.rating.mu)
        stored.append(
            StoredResult(
                game=game,
                user=result.user,
                seat=result.seat,
                rank=result.rank,
                worth=result.worth,
                points=new.points,
                elo_before=round(old.rating.mu),
                elo_after=elo,
                length_share=new.length_share,
                meetings_share=new.meetings_share,
            )
        )
        db.execute(
            "UPDATE users SET points = points + ?, exp = exp + ?, played = played + 1, won = won + ?, elo = ? "
            "WHERE pk = ?",
            (new.points, new.points, result.won, elo, result.user),
        )
        db.execute(
            "INSERT INTO ratings (user, mu, sigma) VALUES (?, ?, ?) "
            "ON CONFLICT (user) DO UPDATE SET mu = excluded.mu, sigma = excluded.sigma",
            (result.user, new.rating.mu, new.rating.sigma),
        )
    for one, other in combinations(sorted(users), 2):
        _meet(db, one, other, day)
    db.conn.executemany(
        f"INSERT INTO results ({_RESULT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [msgspec.structs.astuple(each) for each in stored],
    )
    return stored


def abort_game(db: Database, game: int, now_ms: int, reason: str) -> None:
    """End a running game without results."""
    free_users(db, game)
    mark_aborted(db, game, now_ms, reason)


def free_users(db: Database, game: int) -> None:
    """Note that nobody plays in a game any more."""
    db.execute("UPDATE seats SET playing = 0 WHERE game = ?", (game,))


def mark_aborted(db: Database, game: int, now_ms: int, reason: str) -> None:
    """Note that a running game ended without results."""
    db.execute(
        "UPDATE games SET status = 'aborted', finished_ms = ?, summary = ? WHERE id = ? AND status = 'running'",
        (now_ms, msgspec.json.encode({"aborted": reason}), game),
    )


def _end(
    db: Database, game: int, status: GameStatus, now_ms: int, final_money: Mapping[str, int], summary: bytes
) -> None:
    db.execute(
        "UPDATE games SET status = ?, finished_ms = ?, final_money = ?, summary = ? WHERE id = ?",
        (status.value, now_ms, msgspec.json.encode(final_money).decode(), summary, game),
    )
    free_users(db, game)


def _rating(db: Database, pk: int) -> Rating:
    row = db.execute("SELECT mu, sigma FROM ratings WHERE user = ?", (pk,)).fetchone()
    return Rating() if row is None else Rating(*row)


def _met(db: Database, one: int, other: int, day: int) -> int:
    """Return how many games two users have finished with each other on `day` (days since 1970, UTC)."""
    pair = (min(one, other), max(one, other), day)
    row = db.execute("SELECT games FROM meetings WHERE one = ? AND other = ? AND day = ?", pair).fetchone()
    return 0 if row is None else int(row[0])


def _meet(db: Database, one: int, other: int, day: int) -> None:
    """Note that two users, the one with the lower id first, have finished a game with each other."""
    db.execute(
        "INSERT INTO meetings (one, other, day, games) VALUES (?, ?, ?, 1) ON CONFLICT (one, other) DO UPDATE "
        "SET games = CASE WHEN day = excluded.day THEN games + 1 ELSE 1 END, day = excluded.day",
        (one, other, day),
    )


def game(db: Database, game: int) -> Game | None:
    """Return a game without its log."""
    found = _games(db, "WHERE id = ?", (game,))
    return found[0] if found else None


def newest_games(db: Database, count: int) -> list[Game]:
    """Return the newest games, newest first."""
    return _games(db, "ORDER BY id DESC LIMIT ?", (count,))


def _games(db: Database, clause: str, parameters: tuple[int, ...]) -> list[Game]:
    rows = msgspec.convert(db.execute(f"{_GAME} {clause}", parameters).fetchall(), list[_GameRow])
    return [
        Game(
            id=row[0],
            settings=row[1],
            seats=tuple(each[0] for each in db.execute("SELECT user FROM seats WHERE game = ? ORDER BY seat", row[:1])),
            status=row[2],
            created_ms=row[3],
            finished_ms=row[4],
            final_money=_final_money(row[5]),
            summary=row[6],
        )
        for row in rows
    ]


def _final_money(stored: str) -> dict[str, int] | None:
    try:
        return msgspec.json.decode(stored, type=dict[str, int])
    except (msgspec.MsgspecError, UnicodeError):
        return None


def game_log(db: Database, game: int) -> list[LogEntry]:
    """Return the log of a game in order."""
    rows = msgspec.convert(db.conn.execute(_WHOLE_LOG, (game, game)).fetchall(), list[_LogRow])
    return [LogEntry(*row) for row in rows]


def results(db: Database, game: int) -> list[StoredResult]:
    """Return the results of a game, best rank first."""
    return [StoredResult(*row) for row in db.execute(f"{_RESULT} WHERE game = ? ORDER BY rank, seat", (game,))]


def finished_games_of(db: Database, pk: int) -> list[int]:
    """Return the ids of the finished games of a user, oldest first."""
    return [row[0] for row in db.execute("SELECT game FROM results WHERE user = ? ORDER BY game", (pk,))]


def running_games(db: Database) -> list[int]:
    """Return the ids of all running games."""
    return [row[0] for row in db.execute("SELECT id FROM games WHERE status = 'running' ORDER BY id")]


def played_games(db: Database) -> list[int]:
    """Return the ids of all games in which somebody plays: the running ones again, without the table of games."""
    # By user, since this is the index that says what each of them plays.
    return sorted({row[0] for row in db.execute("SELECT game FROM seats WHERE user > 0 AND playing = 1")})


def readable_status(db: Database, game: int) -> str:
    """Return the status of a game that is there, or nothing."""
    row = db.execute("SELECT status FROM games WHERE id = ?", (game,)).fetchone()
    return "" if row is None else str(row[0])


def unfinished_game(db: Database, number: int) -> UnfinishedGame | None:
    """Return a running game with its log; None where there is none of that number."""
    found = game(db, number)
    if found is None:
        return None
    log = game_log(db, number)
    (first,) = db.execute("SELECT first_deadline_ms FROM games WHERE id = ?", (number,)).fetchone()
    return UnfinishedGame(found, log, log[-1].deadline_ms if log else first)


def game_time(db: Database) -> int:
    """Return the game time that was noted last."""
    (now_ms,) = db.execute("SELECT now_ms FROM game_time").fetchone()
    return int(now_ms)


def heartbeat(db: Database, game_ms: int) -> None:
    """Note the game time, if any game could care."""
    db.execute(
        "UPDATE game_time SET now_ms = ? WHERE EXISTS (SELECT 1 FROM games WHERE status = 'running')", (game_ms,)
    )
