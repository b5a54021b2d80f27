"""What the tests of the server share: a clock moved by hand, rooms in memory, and a client that registers users."""

import dataclasses
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from sqlite_utils import Database

from magnate.protocol.rest import LiveGame, RunningGame
from magnate.server.clock import GameTime
from magnate.server.config import Settings
from magnate.server.errors import TooManyRooms
from magnate.server.rewards.points import rewards
from magnate.server.storage import SqliteStorage, Storage
from magnate.server.storage.records import LogEntry, RewardAll, UnfinishedGame

START_MS = 1_800_000_000_000
PASSWORD = "correct horse 9"
KEY = b"k" * 32


@dataclass
class FakeClock:
    """The date, and a steady clock beside it; both stand still until they are moved."""

    now_ms: int = START_MS
    _set_by_ms: int = 0

    def __call__(self) -> int:
        return self.now_ms

    def steady(self) -> int:
        return self.now_ms - self._set_by_ms

    def set_by(self, *, seconds: float) -> None:
        """Set the date forward or back, as a person or another machine does; no time passes."""
        self.now_ms += int(seconds * 1000)
        self._set_by_ms += int(seconds * 1000)

    def game_time(self) -> GameTime:
        """Return game time by this clock; until told otherwise it is the number of the steady clock."""
        return GameTime(self, self.steady)

    def advance(self, *, seconds: float = 0, minutes: float = 0, days: float = 0) -> None:
        self.now_ms += int(((days * 24 * 60 + minutes) * 60 + seconds) * 1000)


@dataclass
class FakeRooms:
    """Private rooms without a lobby."""

    limit: int = 2
    codes: dict[str, int] = field(default_factory=dict)

    async def reserve(self, user_id: int) -> str:
        if list(self.codes.values()).count(user_id) >= self.limit:
            raise TooManyRooms(self.limit)
        code = f"ROOM{len(self.codes):02}"
        self.codes[code] = user_id
        return code

    def exists(self, code: str) -> bool:
        return code in self.codes


class FakeDirectory:
    """The live games of a server without any."""

    def to_watch(self) -> tuple[LiveGame, ...]:
        return ()

    def running_of(self, user: int) -> tuple[RunningGame, ...]:
        return ()


def fast_settings(path: Path, **changes: Any) -> Settings:
    """Return settings with a hash that costs next to nothing."""
    return dataclasses.replace(Settings(db=path, password_memory_kib=64, password_passes=1), **changes)


@dataclass
class Player:
    """A registered user and the client that they use."""

    client: httpx.AsyncClient
    pk: int
    username: str
    access: str
    refresh: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.access}"}

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(path, headers=self.headers)

    async def post(self, path: str, body: object) -> httpx.Response:
        return await self.client.post(path, json=body, headers=self.headers)


async def register(client: httpx.AsyncClient, username: str = "alice", password: str = PASSWORD) -> Player:
    """Register a user over REST."""
    body = {"username": username, "password": password, "password2": password}
    response = await client.post("/auth/register/", json=body)
    assert response.status_code == 201, response.text
    answer = response.json()
    return Player(client, answer["user"]["pk"], username, answer["tokens"]["access"], answer["tokens"]["refresh"])


FULL_GAME: RewardAll = partial(rewards, rounds=30, max_rounds=30, settings=Settings())
"""What a game of 30 rounds brings."""


async def unfinished_games(storage: Storage) -> list[UnfinishedGame]:
    """Return all running games with their logs."""
    found = [await storage.unfinished_game(game) for game in await storage.running_games()]
    return [game for game in found if game is not None]


def entry(seq: int, clock_ms: int = START_MS, deadline_ms: int | None = None, payload: bytes = b"{}") -> LogEntry:
    """Return an action for a log."""
    return LogEntry(seq, 0, clock_ms, deadline_ms, payload)


async def fill_the_disk(storage: SqliteStorage) -> None:
    """Make every write that needs room fail with SQLITE_FULL, as a full disk does."""

    def no_more_pages(db: Database) -> None:
        db.conn.execute("PRAGMA max_page_count = 1")  # SQLite raises this to the pages that there are

    await storage.write(no_more_pages)


async def empty_the_disk(storage: SqliteStorage) -> None:
    """Undo `fill_the_disk`."""

    def many_pages(db: Database) -> None:
        db.conn.execute("PRAGMA max_page_count = 1000000")

    await storage.write(many_pages)
