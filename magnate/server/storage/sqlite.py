"""The embedded storage: one writer thread with group commit and a few reader threads on one SQLite file (WAL)."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from magnate.server.clock import Clock, system_clock
from magnate.server.errors import DamagedDatabase, StorageError
from magnate.server.storage import games, lobby, sessions, users
from magnate.server.storage.database import (
    connect,
    forget_pages,
    is_damage,
    pending_steps,
    prepare,
    server_lock,
    sign,
    storage_errors,
)
from magnate.server.storage.files import Head, Watch
from magnate.server.storage.records import (
    Credentials,
    Game,
    Health,
    LogEntry,
    PlayerResult,
    Purchase,
    QueuePlace,
    Reservation,
    RewardAll,
    RoomCode,
    Rotation,
    StoredResult,
    UnfinishedGame,
    User,
)
from magnate.server.storage.salvage import move_log, unreadable_games
from magnate.server.storage.writer import CommitObserver, Writer

T = TypeVar("T")

READERS = 2
"""Reader threads, each with its own connection."""


class SqliteStorage:
    """Implements `Storage` on one file. Make it with `open_storage`."""

    def __init__(
        self, path: Path, writer: Writer, watch: Watch, clock: Clock, resources: ExitStack, connections: list[Database]
    ) -> None:
        self._path = path
        self._watch = watch
        self._writer = writer
        self._clock = clock
        self._resources = resources
        self._own = threading.local()
        self._connections = connections
        """All connections that only read; there is always one."""
        self._fresh: set[int] = set()
        """Games that were made in this run and have no action yet: there is nothing of them to be lost."""
        self._salvage: asyncio.Future[None] | None = None
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="magnate-reader")

    @property
    def health(self) -> Health:
        """Whether the last write succeeded."""
        return self._writer.health

    async def read(self, call: Callable[[Database], T]) -> T:
        """Run `call` on a reader's connection, off the event loop, on one snapshot of the database."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, call)
        except RuntimeError as error:  # the pool is shut down
            raise StorageError(self._path, "is closed") from error

    def _read(self, call: Callable[[Database], T]) -> T:
        self._watch.check()
        db: Database | None = getattr(self._own, "db", None)
        if db is None:
            db = connect(self._path, write=False)
            self._own.db = db
            self._connections.append(db)
        with storage_errors(self._path):
            try:
                with db.atomic():
                    return call(db)
            except sqlite3.DatabaseError as error:
                if is_damage(error):
                    forget_pages(db)
                self._writer.hear_of(error)
                raise

    async def write(self, call: Callable[[Database], T], *, single: bool = False) -> T:
        """Run `call` in the writer's next transaction; see `Writer.do`."""
        return await self._writer.do(call, single=single)

    async def _append(self, call: Callable[[Database], T], *, single: bool = False) -> T:
        """Write what goes into the log of actions; a damaged page of it is left behind, once in a run."""
        try:
            return await self.write(call, single=single)
        except DamagedDatabase:
            if self._salvage is None:
                self._salvage = asyncio.ensure_future(self._move_log())
            await asyncio.shield(self._salvage)
            return await self.write(call, single=single)

    async def _move_log(self) -> None:
        unreadable = await self.read(unreadable_games)
        if unreadable:
            now_ms = self._clock()
            await self.write(lambda db: move_log(db, unreadable, now_ms))
            for game in unreadable - self._fresh:
                await self.abort_game(game, now_ms, "its log is damaged")

    async def close(self) -> None:
        """Commit what waits, then close the connections and let the file go."""
        await asyncio.to_thread(self._readers.shutdown)
        # The last connection folds the write-ahead log into the one file that people copy, if it may write. Where
        # somebody has put something else into that file, it must not.
        if self._watch.written_over:
            await self._writer.close()
        while self._connections:
            self._connections.pop().close()
        await self._writer.close()
        self._resources.close()

    # Users

    async def create_user(self, username: str, name_key: str, password_hash: str, now_ms: int) -> User:
        """See `UserStorage`."""
        return await self.write(lambda db: users.create_user(db, username, name_key, password_hash, now_ms))

    async def bot_users(self, level: str, count: int, now_ms: int) -> list[User]:
        """See `UserStorage`."""
        return await self.write(lambda db: users.bot_users(db, level, count, now_ms))

    async def user(self, pk: int) -> User | None:
        """See `UserStorage`."""
        return await self.read(lambda db: users.user(db, pk))

    async def usernames(self, pks: Sequence[int]) -> tuple[str, ...]:
        """See `UserStorage`."""
        return await self.read(lambda db: users.usernames(db, pks))

    async def users(self) -> list[User]:
        """See `UserStorage`."""
        return await self.read(users.users)

    async def credentials(self, name_key: str) -> Credentials | None:
        """See `UserStorage`."""
        return await self.read(lambda db: users.credentials(db, name_key))

    async def set_password(self, pk: int, password_hash: str, *, revoke_sessions: bool) -> None:
        """See `UserStorage`."""
        now_ms = self._clock()
        await self.write(lambda db: users.set_password(db, pk, password_hash, revoke_sessions, now_ms))

    async def grant_points(self, pk: int, points: int) -> int:
        """See `UserStorage`."""
        return await self.write(lambda db: users.grant_points(db, pk, points))

    async def owned_items(self, pk: int) -> frozenset[int]:
        """See `UserStorage`."""
        return await self.read(lambda db: users.owned_items(db, pk))

    async def buy_item(self, pk: int, custom_id: int, price: int, now_ms: int) -> Purchase:
        """See `UserStorage`."""
        return await self.write(lambda db: users.buy_item(db, pk, custom_id, price, now_ms))

    async def set_piece(self, pk: int, custom_id: int) -> bool:
        """See `UserStorage`."""
        return await self.write(lambda db: users.set_piece(db, pk, custom_id))

    # Sessions

    async def open_session(self, family: str, pk: int, token: str, now_ms: int, expires_ms: int) -> None:
        """See `SessionStorage`."""
        await self.write(lambda db: sessions.open_session(db, family, pk, token, now_ms, expires_ms))

    async def rotate_session(self, family: str, old: str, new: str, now_ms: int, expires_ms: int) -> Rotation:
        """See `SessionStorage`."""
        return await self.write(lambda db: sessions.rotate_session(db, family, old, new, now_ms, expires_ms))

    async def session_user(self, family: str, now_ms: int) -> User | None:
        """See `SessionStorage`."""
        return await self.read(lambda db: sessions.session_user(db, family, now_ms))

    async def family_user(self, family: str) -> User | None:
        """See `SessionStorage`."""
        return await self.read(lambda db: sessions.family_user(db, family))

    async def revoke_session(self, family: str, now_ms: int) -> None:
        """See `SessionStorage`."""
        await self.write(lambda db: sessions.revoke_session(db, family, now_ms))

    async def prune_sessions(self, now_ms: int) -> int:
        """See `SessionStorage`."""
        return await self.write(lambda db: sessions.prune_sessions(db, now_ms))

    # Lobby

    async def enqueue(self, pk: int, now_ms: int) -> None:
        """See `LobbyStorage`."""
        await self.write(lambda db: lobby.enqueue(db, pk, now_ms))

    async def dequeue(self, pk: int) -> None:
        """See `LobbyStorage`."""
        await self.write(lambda db: lobby.dequeue(db, pk))

    async def queue_places(self) -> list[QueuePlace]:
        """See `LobbyStorage`."""
        return await self.read(lobby.queue_places)

    async def reserve_room(self, code: str, maker: int, now_ms: int, limit: int) -> Reservation:
        """See `LobbyStorage`."""
        return await self.write(lambda db: lobby.reserve_room(db, code, maker, now_ms, limit))

    async def release_room(self, code: str) -> None:
        """See `LobbyStorage`."""
        await self.write(lambda db: lobby.release_room(db, code))

    async def rooms(self) -> list[RoomCode]:
        """See `LobbyStorage`."""
        return await self.read(lobby.rooms)

    # Games

    async def create_game(
        self,
        settings: bytes,
        seats: Sequence[int],
        now_ms: int,
        *,
        game_ms: int = 0,
        deadline_ms: int | None = None,
        room: str | None = None,
    ) -> int:
        """See `GameStorage`."""
        game = await self.write(lambda db: games.create_game(db, settings, seats, now_ms, game_ms, deadline_ms, room))
        self._fresh.add(game)
        return game

    async def append_log(self, game: int, entries: Sequence[LogEntry], *, left: Iterable[int] = ()) -> None:
        """See `GameStorage`."""
        if len(entries) == 1 and not left:
            await self._append(lambda db: games.append_entry(db, game, entries[0]), single=True)
        else:
            await self._append(lambda db: games.append_log(db, game, entries, left))
        self._fresh.discard(game)

    async def finish_game(
        self,
        game: int,
        entries: Sequence[LogEntry],
        now_ms: int,
        *,
        results: Sequence[PlayerResult],
        final_money: Mapping[str, int],
        summary: bytes,
        reward: RewardAll,
    ) -> list[StoredResult]:
        """See `GameStorage`."""
        return await self._append(
            lambda db: games.finish_game(db, game, entries, now_ms, results, final_money, summary, reward)
        )

    async def abort_game(self, game: int, now_ms: int, reason: str) -> None:
        """See `GameStorage`."""
        try:
            await self.write(lambda db: games.abort_game(db, game, now_ms, reason))
        except DamagedDatabase:
            # One of the two may be on a sound page.
            parts: tuple[Callable[[Database], None], ...] = (
                lambda db: games.free_users(db, game),
                lambda db: games.mark_aborted(db, game, now_ms, reason),
            )
            outcomes = await asyncio.gather(*map(self.write, parts), return_exceptions=True)
            if all(outcomes):
                raise

    async def running_games(self) -> list[int]:
        """See `GameStorage`."""
        try:
            return await self.read(games.running_games)
        except DamagedDatabase:
            return await self.read(games.played_games)

    async def unfinished_game(self, game: int) -> UnfinishedGame | None:
        """See `GameStorage`."""
        return await self.read(lambda db: games.unfinished_game(db, game))

    async def game(self, game: int) -> Game | None:
        """See `GameStorage`."""
        return await self.read(lambda db: games.game(db, game))

    async def game_log(self, game: int) -> list[LogEntry]:
        """See `GameStorage`."""
        return await self.read(lambda db: games.game_log(db, game))

    async def results(self, game: int) -> list[StoredResult]:
        """See `GameStorage`."""
        return await self.read(lambda db: games.results(db, game))

    async def games(self, *, newest: int) -> list[Game]:
        """See `GameStorage`."""
        return await self.read(lambda db: games.newest_games(db, newest))

    async def finished_games_of(self, pk: int) -> list[int]:
        """See `GameStorage`."""
        return await self.read(lambda db: games.finished_games_of(db, pk))

    async def game_time(self) -> int:
        """See `Storage`."""
        return await self.read(games.game_time)

    async def heartbeat(self, game_ms: int) -> None:
        """See `Storage`."""
        await self.write(lambda db: games.heartbeat(db, game_ms), single=True)


async def open_storage(
    path: Path,
    *,
    serving: bool,
    commit_seconds: float = 0.0,
    clock: Clock = system_clock,
    observe: CommitObserver | None = None,
) -> SqliteStorage:
    """Open the database at `path`; it is made if missing and, after a backup, migrated if older.

    Args:
        serving: whether this is the server, of which only one may hold a database (a command line may run beside it).
        commit_seconds: least time between two commits.
        clock: the time, in milliseconds since 1970.
        observe: is told of each commit.

    Raises:
        StorageError: the file cannot be used; `DatabaseRefused` and its kinds when it must not be.
    """
    return await asyncio.to_thread(_open, path, serving, commit_seconds, clock, observe)


def _open(
    path: Path, serving: bool, commit_seconds: float, clock: Clock, observe: CommitObserver | None
) -> SqliteStorage:
    with ExitStack() as resources:
        if serving:
            resources.enter_context(server_lock(path))
            prepare(path)
        elif pending_steps(path):
            with server_lock(path):  # never under the feet of a running server
                prepare(path)
        with storage_errors(path):
            head = resources.enter_context(Head(path)) if serving else None
            db = connect(path, write=True)
            resources.callback(db.close)
            signed = b""
            if serving:
                db.enable_wal()  # a backup that was put in the database's place has none
                signed = sign(db)
            # A database that cannot be written is told now, not at the first action.
            db.execute("BEGIN IMMEDIATE")
            db.execute("ROLLBACK")
            reader = connect(path, write=False)
            resources.callback(reader.close)
            reader.execute("PRAGMA schema_version").fetchone()  # from now on it has the file open
        watch = Watch(path, head, signed)
        writer = Writer(path, db, watch, commit_seconds=commit_seconds, observe=observe)
        return SqliteStorage(path, writer, watch, clock, resources.pop_all(), [reader])
