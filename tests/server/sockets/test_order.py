"""Whoever comes first stands first, in the queue and in a room, however long it takes to see who they are."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from magnate.server.accounts.tokens import Tokens
from magnate.server.clock import system_clock
from magnate.server.config import Settings
from magnate.server.metrics import Metrics
from magnate.server.serving import live_app
from magnate.server.storage import SqliteStorage, open_storage
from magnate.server.storage.records import User
from tests.server.support import KEY, START_MS, fast_settings

pytestmark = pytest.mark.anyio


@dataclass
class Guest:
    """A WebSocket as the application sees it, and what is below it."""

    frames: list[dict[str, Any]] = field(default_factory=list)
    code: int | None = None
    told: asyncio.Event = field(default_factory=asyncio.Event)
    incoming: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)

    def admit(self, gate: object) -> None:
        pass

    def rest(self) -> None:
        pass

    def abort(self) -> None:
        pass

    def write_now(self, frames: tuple[bytes, ...]) -> bool:
        self.frames += map(json.loads, frames)
        self.told.set()
        return True

    async def send(self, message: Any) -> None:
        if message["type"] == "websocket.close":
            self.code = message["code"]
            self.told.set()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.frames) < count and self.code is None:
                self.told.clear()
                await self.told.wait()


class House:
    """A whole application without a network, whose storage is slow for whom it is told."""

    def __init__(self, app: Starlette, storage: SqliteStorage, settings: Settings) -> None:
        self.app = app
        self.storage = storage
        self.tokens = Tokens(settings, KEY, storage, system_clock)
        self._tasks: list[asyncio.Task[None]] = []
        self._guests: list[Guest] = []

    async def tokens_of(self, *names: str) -> tuple[list[int], list[str]]:
        users = [await self.storage.create_user(name, name, "hash", START_MS) for name in names]
        return [user.pk for user in users], [(await self.tokens.open(user.pk)).tokens.access for user in users]

    def come(self, path: str, token: str) -> Guest:
        """Let somebody connect; they come in the order of these calls."""
        guest = Guest()
        guest.incoming.put_nowait({"type": "websocket.connect"})
        scope = {"type": "websocket", "path": path, "query_string": f"token={token}".encode(), "headers": [],
                 "state": {"socket": guest}, "subprotocols": []}  # fmt: skip
        self._tasks.append(asyncio.create_task(self.app(scope, guest.incoming.get, guest.send)))
        self._guests.append(guest)
        return guest

    async def leave(self) -> None:
        for guest in self._guests:
            guest.incoming.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await asyncio.gather(*self._tasks)

    def slow_for_the_first(self, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]) -> None:
        """Make every look for a user take longer, the earlier the user is in `names`."""
        read = self.storage.read

        async def slow(call: Any) -> Any:
            found = await read(call)
            if isinstance(found, User):
                for _ in range(100 * (len(names) - names.index(found.username))):
                    await asyncio.sleep(0)
            return found

        monkeypatch.setattr(self.storage, "read", slow)


@asynccontextmanager
async def house(path: Path, **changes: Any) -> AsyncIterator[House]:
    settings = fast_settings(path, **changes)
    storage = await open_storage(path, serving=True)
    app = live_app(settings, storage, KEY, Metrics())
    async with app.router.lifespan_context(app):
        house = House(app, storage, settings)
        yield house
        await house.leave()
    await storage.close()


NAMES = ("alice", "bob", "carol", "dave")


async def test_people_stand_in_a_room_in_the_order_in_which_they_came(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house(path) as server:
        (maker, *_), tokens = await server.tokens_of(*NAMES)
        code = await server.app.state.services.rooms.reserve(maker)
        server.slow_for_the_first(monkeypatch, NAMES)
        guests = [server.come(f"/ws/room/{code}/", token) for token in tokens]
        await guests[0].until(4)
    told = guests[0].frames
    assert [[player["username"] for player in frame["players"]] for frame in told[:4]] == [
        list(NAMES[:count]) for count in (1, 2, 3, 4)
    ]
    assert {frame["owner"] for frame in told[:4]} == {"alice"}


async def test_people_are_matched_in_the_order_in_which_they_came(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house(path, public_players=4) as server:
        users, tokens = await server.tokens_of(*NAMES)
        server.slow_for_the_first(monkeypatch, NAMES)
        guests = [server.come("/ws/queue/", token) for token in tokens]
        for guest in guests:
            await guest.until(1)
        game = await server.storage.game(guests[0].frames[0]["game_id"])
    assert game is not None
    assert list(game.seats) == users
