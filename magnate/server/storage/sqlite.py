"""The embedded storage: one writer thread with group commit and a few reader threads on one SQLite file (WAL)."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final, TypeVar

from sqlite_utils import Database

from magnate.server.clock import Clock, system_clock
from magnate.server.errors import DamagedDatabase
from magnate.server.storage import games, guests, lobby, sessions, users
from magnate.server.storage.access import Access
from magnate.server.storage.database import (
    connect,
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
    GameStatus,
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
from magnate.server.storage.salvage import is_sound, last_game, move_log, unreadable_games
from magnate.server.storage.writer import CommitObserver, Writer

T = TypeVar("T")

USERS: Final = ("users",)
ITEMS: Final = ("users", "items_owned")
SESSIONS: Final = ("users", "sessions")
GAMES: Final = ("games", "seats", "queue_places", "rooms")
"""What the beginning of a game changes, and its end; what others refer to comes first."""
RESULTS: Final = ("users", *GAMES, "results", "ratings", "meetings")


class SqliteStorage(Access):
    """Implements `Storage` on one file. Make it with `open_storage`."""

    def __init__(
        self, path: Path, writer: Writer, watch: Watch, clock: Clock, resources: ExitStack, connections: list[Database]
    ) -> None:
        super().__init__(path, writer, watch, clock, resources, connections)
        self._fresh: set[int] = set()
        """Games that were made in this run and have no action yet: there is nothing of them to be lost."""
        self._salvage: asyncio.Future[None] | None = None

    # Users

    async def create_user(self, username: str, name_key: str, password_hash: str, now_ms: int) -> User:
        """See `UserStorage`."""
        return await self.with_tables(
            USERS, lambda: self.write(lambda db: users.create_user(db, username, name_key, password_hash, now_ms))
        )

    async def create_guest(self, names: Sequence[tuple[str, str]], now_ms: int) -> User:
        """See `UserStorage`."""
        return await self.with_tables(USERS, lambda: self.write(lambda db: guests.create_guest(db, names, now_ms)))

    async def claim(self, pk: int, username: str, name_key: str, password_hash: str) -> User | None:
        """See `UserStorage`."""
        return await self.with_tables(
            USERS, lambda: self.write(lambda db: guests.claim(db, pk, username, name_key, password_hash))
        )

    async def forget_guests(self, oldest_ms: int, most: int) -> int:
        """See `UserStorage`."""
        return await self.with_tables(USERS, lambda: self.write(lambda db: guests.forget_guests(db, oldest_ms, most)))

    async def bot_users(self, level: str, count: int, now_ms: int) -> list[User]:
        """See `UserStorage`."""
        return await self.with_tables(USERS, lambda: self.write(lambda db: users.bot_users(db, level, count, now_ms)))

    async def user(self, pk: int) -> User | None:
        """See `UserStorage`."""
        return await self.read_user(lambda db, plays: users.user(db, pk, plays))

    async def usernames(self, pks: Sequence[int]) -> tuple[str, ...]:
        """See `UserStorage`."""
        try:
            return await self.with_tables(USERS, lambda: self.read(lambda db: users.usernames(db, pks)))
        except DamagedDatabase:
            found = [await self._username(pk) for pk in pks]
            return tuple(found)

    async def _username(self, pk: int) -> str:
        try:
            return (await self.read(lambda db: users.usernames(db, (pk,))))[0]
        except DamagedDatabase:
            return users.unnamed(pk)

    async def users(self) -> list[User]:
        """See `UserStorage`."""
        return await self.read_user(users.users)

    async def credentials(self, name_key: str) -> Credentials | None:
        """See `UserStorage`."""
        return await self.read_user(lambda db, plays: users.credentials(db, name_key, plays))

    async def set_password(self, pk: int, password_hash: str, *, revoke_sessions: bool) -> None:
        """See `UserStorage`."""
        now_ms = self.clock()
        await self.with_tables(
            USERS, lambda: self.write(lambda db: users.set_password(db, pk, password_hash, revoke_sessions, now_ms))
        )

    async def grant_points(self, pk: int, points: int) -> int:
        """See `UserStorage`."""
        return await self.with_tables(USERS, lambda: self.write(lambda db: users.grant_points(db, pk, points)))

    async def owned_items(self, pk: int) -> frozenset[int]:
        """See `UserStorage`."""
        return await self.with_tables(ITEMS, lambda: self.read(lambda db: users.owned_items(db, pk)))

    async def buy_item(self, pk: int, custom_id: int, price: int, now_ms: int) -> Purchase:
        """See `UserStorage`."""
        return await self.with_tables(
            ITEMS, lambda: self.write(lambda db: users.buy_item(db, pk, custom_id, price, now_ms))
        )

    async def set_piece(self, pk: int, custom_id: int) -> bool:
        """See `UserStorage`."""
        return await self.with_tables(USERS, lambda: self.write(lambda db: users.set_piece(db, pk, custom_id)))

    # Sessions

    async def open_session(self, family: str, pk: int, token: str, now_ms: int, expires_ms: int) -> None:
        """See `SessionStorage`."""
        await self.with_tables(
            SESSIONS, lambda: self.write(lambda db: sessions.open_session(db, family, pk, token, now_ms, expires_ms))
        )

    async def rotate_session(self, family: str, old: str, new: str, now_ms: int, expires_ms: int) -> Rotation:
        """See `SessionStorage`."""
        return await self.with_tables(
            SESSIONS, lambda: self.write(lambda db: sessions.rotate_session(db, family, old, new, now_ms, expires_ms))
        )

    async def session_user(self, family: str, now_ms: int) -> User | None:
        """See `SessionStorage`."""
        return await self.with_tables(
            SESSIONS, lambda: self.read_user(lambda db, plays: sessions.session_user(db, family, now_ms, plays))
        )

    async def family_user(self, family: str) -> User | None:
        """See `SessionStorage`."""
        return await self.with_tables(
            SESSIONS, lambda: self.read_user(lambda db, plays: sessions.family_user(db, family, plays))
        )

    async def revoke_session(self, family: str, now_ms: int) -> None:
        """See `SessionStorage`."""
        await self.with_tables(SESSIONS, lambda: self.write(lambda db: sessions.revoke_session(db, family, now_ms)))

    async def prune_sessions(self, now_ms: int) -> int:
        """See `SessionStorage`."""
        return await self.with_tables(SESSIONS, lambda: self.write(lambda db: sessions.prune_sessions(db, now_ms)))

    # Lobby

    async def enqueue(self, pk: int, now_ms: int) -> None:
        """See `LobbyStorage`."""
        await self.with_tables(("queue_places",), lambda: self.write(lambda db: lobby.enqueue(db, pk, now_ms)))

    async def dequeue(self, pk: int) -> None:
        """See `LobbyStorage`."""
        await self.with_tables(("queue_places",), lambda: self.write(lambda db: lobby.dequeue(db, pk)))

    async def queue_places(self) -> list[QueuePlace]:
        """See `LobbyStorage`."""
        return await self.with_tables(("queue_places",), lambda: self.read(lobby.queue_places))

    async def reserve_room(self, code: str, maker: int, now_ms: int, limit: int) -> Reservation:
        """See `LobbyStorage`."""
        return await self.with_tables(
            ("rooms",), lambda: self.write(lambda db: lobby.reserve_room(db, code, maker, now_ms, limit))
        )

    async def release_room(self, code: str) -> None:
        """See `LobbyStorage`."""
        await self.with_tables(("rooms",), lambda: self.write(lambda db: lobby.release_room(db, code)))

    async def rooms(self) -> list[RoomCode]:
        """See `LobbyStorage`."""
        return await self.with_tables(("rooms",), lambda: self.read(lobby.rooms))

    # Games

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
            now_ms = self.clock()
            await self.write(lambda db: move_log(db, unreadable, now_ms))
            for game in unreadable - self._fresh:
                await self.abort_game(game, now_ms, "its log is damaged")

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
        game = await self.with_tables(
            GAMES,
            lambda: self.write(lambda db: games.create_game(db, settings, seats, now_ms, game_ms, deadline_ms, room)),
        )
        self._fresh.add(game)
        return game

    async def append_log(self, game: int, entries: Sequence[LogEntry], *, left: Iterable[int] = ()) -> None:
        """See `GameStorage`."""
        if len(entries) == 1 and not left:
            await self._append(lambda db: games.append_entry(db, game, entries[0]), single=True)
        else:
            await self.with_tables(GAMES, lambda: self._append(lambda db: games.append_log(db, game, entries, left)))
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
        return await self.with_tables(
            RESULTS,
            lambda: self._append(
                lambda db: games.finish_game(db, game, entries, now_ms, results, final_money, summary, reward)
            ),
        )

    async def abort_game(self, game: int, now_ms: int, reason: str) -> None:
        """See `GameStorage`."""
        try:
            await self.with_tables(GAMES, lambda: self.write(lambda db: games.abort_game(db, game, now_ms, reason)))
        except DamagedDatabase:
            # One of the two may be on a sound page.
            parts = (self._free(game), self.write(lambda db: games.mark_aborted(db, game, now_ms, reason)))
            outcomes = await asyncio.gather(*parts, return_exceptions=True)
            if all(outcomes):
                raise

    async def running_games(self) -> list[int]:
        """See `GameStorage`."""
        # This also sees to it that nobody stays in a game that is over.
        played = await self.with_tables(("seats",), lambda: self.read(games.played_games))
        try:
            running = await self.read(games.running_games)
        except DamagedDatabase:
            return played or [number for number in range(1, await self._last_game() + 1) if await self._runs(number)]
        for game in set(played).difference(running):
            await self._free(game)
        return running

    async def _free(self, game: int) -> None:
        await self.with_tables(("seats",), lambda: self.write(lambda db: games.free_users(db, game)))

    async def _last_game(self) -> int:
        return await self.read(last_game)

    async def _runs(self, game: int) -> bool:
        try:
            return await self.read(lambda db: games.readable_status(db, game)) == GameStatus.RUNNING.value
        except DamagedDatabase:
            return False

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
        try:
            return await self.read(games.game_time)
        except DamagedDatabase:
            # No deadline may wait for long, nor pass for all at once.
            found = [await self._deadline(game) for game in await self.running_games()]
            game_ms = min([deadline for deadline in found if deadline is not None], default=0)
            await self.move_table("game_time", [(game_ms,)])
            return game_ms

    async def _deadline(self, game: int) -> int | None:
        try:
            found = await self.unfinished_game(game)
        except DamagedDatabase:
            return None
        return None if found is None else found.deadline_ms

    async def heartbeat(self, game_ms: int) -> None:
        """See `Storage`."""
        try:
            await self.write(lambda db: games.heartbeat(db, game_ms), single=True)
        except DamagedDatabase:
            if await self.read(lambda db: is_sound(db, "game_time")):
                raise
            await self.move_table("game_time", [(game_ms,)])


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
