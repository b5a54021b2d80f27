"""Peers without sockets, a lobby storage in memory that can fail and wait, and a keeper whose time is moved by hand."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from magnate.bots.referee import Fault
from magnate.engine.actions import Action
from magnate.engine.state import State
from magnate.protocol.room import Spectators
from magnate.server.errors import GameRefused, StorageError
from magnate.server.live.host import GameHost
from magnate.server.storage.records import LogEntry, QueuePlace, Reservation, RoomCode

Frame = dict[str, Any]


class FakePeer:
    """Keeps what it is sent; like a real connection it takes nothing once it is closed."""

    def __init__(self, user: int, *, is_late_listener: bool = False, wants_legal: bool = False) -> None:
        self.user = user
        self.wants_legal = wants_legal
        self.is_late_listener = is_late_listener
        self.frames: list[Frame] = []
        self.code: int | None = None
        self._changed = asyncio.Event()

    def send(self, *frames: bytes) -> None:
        if self.code is None:
            self.frames += map(json.loads, frames)
            self._changed.set()

    def offer(self, frame: bytes) -> None:
        self.send(frame)

    def close(self, code: int) -> None:
        if self.code is None:
            self.code = int(code)
            self._changed.set()

    def take(self) -> list[Frame]:
        """Return the frames since the last call."""
        taken, self.frames = self.frames, []
        return taken

    async def until(self, reached: Callable[["FakePeer"], bool]) -> None:
        """Wait for frames or the end until `reached`."""
        async with asyncio.timeout(10):
            while not reached(self):
                self._changed.clear()
                await self._changed.wait()


@dataclass
class FakeLobby:
    """A lobby storage in memory. While `failing`, writes raise; while `gate` is closed, they wait for it first."""

    places: dict[int, int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    owned: dict[int, set[int]] = field(default_factory=dict)
    failing: bool = False
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    async def _write(self) -> None:
        await self.gate.wait()
        if self.failing:
            raise StorageError(Path("games.db"), "the disk is full")

    async def enqueue(self, pk: int, now_ms: int) -> None:
        await self._write()
        self.places.setdefault(pk, now_ms)

    async def dequeue(self, pk: int) -> None:
        await self._write()
        self.places.pop(pk, None)

    async def queue_places(self) -> list[QueuePlace]:
        return [QueuePlace(user, joined_ms) for user, joined_ms in self.places.items()]

    async def reserve_room(self, code: str, maker: int, now_ms: int, limit: int) -> Reservation:
        await self._write()
        if list(self.codes.values()).count(maker) >= limit:
            return Reservation.TOO_MANY
        if code in self.codes:
            return Reservation.CODE_TAKEN
        self.codes[code] = maker
        return Reservation.DONE

    async def release_room(self, code: str) -> None:
        await self._write()
        self.codes.pop(code, None)

    async def owned_items(self, pk: int) -> frozenset[int]:
        await self._write()
        return frozenset(self.owned.get(pk, ()))

    async def rooms(self) -> list[RoomCode]:
        return [RoomCode(code, maker, 0) for code, maker in self.codes.items()]


class FakeGames:
    """Makes games by number; like the storage it takes their users out of the queue."""

    def __init__(self, lobby: FakeLobby) -> None:
        self.lobby = lobby
        self.made: list[tuple[int, ...]] = []
        self.bots: list[tuple[str, ...]] = []
        self.spectators: list[Spectators | None] = []
        self.hints: list[bool] = []
        self.failing = False
        self.refused_by: GameRefused | None = None
        self.broken = False
        self.gate = asyncio.Event()
        self.gate.set()

    async def create(
        self, users: Any, levels: Any = (), room: str | None = None, spectators: Any = None, hints: bool = False
    ) -> int:
        await self.gate.wait()
        if self.failing:
            raise StorageError(Path("games.db"), "the disk is full")
        if self.refused_by is not None:
            raise self.refused_by
        if self.broken:
            raise ZeroDivisionError("an error of ours")
        self.made.append(tuple(users))
        self.spectators.append(spectators)
        self.hints.append(hints)
        self.bots.append(tuple(levels))
        for user in users:
            self.lobby.places.pop(user, None)
        if room is not None:
            self.lobby.codes.pop(room, None)
        return len(self.made)


class FakeKeeper:
    """What a host needs: storing, timers that ring when they are told to, and bots that think at once."""

    def __init__(self) -> None:
        self.log: list[LogEntry] = []
        self.left: list[int] = []
        self.ends = 0
        self.failing = False
        self.broken = False
        self.mindless = False
        self.gate = asyncio.Event()
        self.gate.set()
        self.thinking = asyncio.Event()
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.timers: list[Callable[[], None]] = []
        self.deadlines: list[int | None] = []
        self.errors: list[str] = []
        self.owned: dict[int, set[int]] = {}
        self.aside: list[str] = []
        self.rematches: list[tuple[int, ...]] = []
        self.refusing: Exception | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def store(self, host: GameHost, entry: LogEntry, state: State, left: list[int]) -> None:
        await self.gate.wait()
        if self.failing:
            raise StorageError(Path("games.db"), "the disk is full")
        if self.broken:
            raise ZeroDivisionError("an error of ours")
        self.log.append(entry)
        self.left += left
        self.ends += state.phase.value == "end_game"

    async def owned_items(self, user: int) -> frozenset[int]:
        await self.gate.wait()
        if self.failing:
            raise StorageError(Path("games.db"), "the disk is full")
        return frozenset(self.owned.get(user, ()))

    def schedule(self, host: GameHost) -> None:
        self.deadlines.append(host.deadline_ms)

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        self.timers.append(call)

    async def think(self, work: Callable[[], Action | Fault]) -> Action | Fault:
        if self.mindless:
            raise ZeroDivisionError("an error of ours")
        decision = work()
        self.thinking.set()
        await self.may_answer.wait()
        return decision

    def unexpected(self, where: str, game: int) -> None:
        self.errors.append(where)

    async def rematch(self, host: GameHost, users: Sequence[int]) -> int:
        await self.gate.wait()
        if self.refusing is not None:
            raise self.refusing
        self.rematches.append(tuple(users))
        return 1000 + len(self.rematches)

    async def set_aside(self, host: GameHost, reason: str) -> None:
        if self.failing:
            raise StorageError(Path("games.db"), "the disk is full")
        self.aside.append(reason)

    def spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def ring(self) -> None:
        """Do what was to be done later."""
        timers, self.timers = self.timers, []
        for call in timers:
            call()

    async def settle(self) -> None:
        """Wait until nothing is being done."""
        async with asyncio.timeout(10):
            while self._tasks:
                await asyncio.gather(*self._tasks)

    async def play(self, until: Callable[[], bool]) -> None:
        """Let the bots play until `until`."""
        async with asyncio.timeout(20):
            while not until():
                assert self.timers or self._tasks, "nobody is going to act: the game is stuck"
                self.ring()
                await self.settle()
