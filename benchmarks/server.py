"""How `magnate serve` does under load, against a bare `websockets` server that neither plays nor stores.

It reads `/proc`, so it runs on Linux only.
"""

import asyncio
import random
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median_low
from typing import Final

import uvloop

from benchmarks.load.process import BARE, Measured, allow_sockets, ours, running
from benchmarks.load.tables import Table, seated
from benchmarks.load.world import SEATS, Seat, make_past, make_world
from benchmarks.yardstick import Figure

GAMES: Final = 200
"""Games at once, of four sockets each."""
WARM_SECONDS: Final = 2.0
SATURATED_SECONDS: Final = 5.0
PACED_SECONDS: Final = 7.0
"""For how long each game does one action a second."""
ROUNDS: Final = 3
"""The two servers take turns, and the median of their ratios counts: a machine is not as fast now as a minute ago."""
IDLE_SOCKETS: Final = 5_000
LONGEST_SECONDS: Final = 300
"""A run that takes longer is broken off."""
PAST_GAMES: Final = 1_000
PAST_ACTIONS: Final = 200

OURS_PATH: Final = "/ws/game/{game}/?token={token}"
BARE_PATH: Final = "/{game}?token={game}"


@dataclass(frozen=True, slots=True, order=True)
class Load:
    """What was measured of one server."""

    per_cpu_second: float
    """Actions for each second of processor time, with as many games as there are always waiting for an answer."""
    p99: float
    """Seconds from an action to its response at all four, at one action a second in each game."""


def run(unit: float) -> list[Figure]:
    """Return the figures; they are against the bare server or in seconds, so the yardstick's unit says nothing."""
    allow_sockets(IDLE_SOCKETS)
    return uvloop.run(_figures())


async def _figures() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="magnate-bench-") as folder:
        async with asyncio.timeout(LONGEST_SECONDS):
            return await _measured(Path(folder))


async def _measured(folder: Path) -> list[Figure]:
    world = await make_world(folder / "games.sqlite3", GAMES)
    rounds = [
        (await _load(BARE, world, BARE_PATH), await _load(ours(folder / "games.sqlite3"), world, OURS_PATH))
        for _ in range(ROUNDS)
    ]
    # By the ratio, so that the figures beside it are those of the same round.
    rate, bare, own = median_low([(own.per_cpu_second / bare.per_cpu_second, bare, own) for bare, own in rounds])
    wait, bare_paced, own_paced = median_low([(own.p99 / bare.p99, bare, own) for bare, own in rounds])
    idle = await make_world(folder / "idle.sqlite3", IDLE_SOCKETS // SEATS)
    bare_bytes = await _bytes_per_socket(BARE, BARE, idle, BARE_PATH)
    empty, full = ours(folder / "empty.sqlite3"), ours(folder / "idle.sqlite3")
    own_bytes = await _bytes_per_socket(empty, full, idle, OURS_PATH)
    await make_past(folder / "past.sqlite3", PAST_GAMES, PAST_ACTIONS)
    start = await _start_seconds(empty)
    recovery = await _start_seconds(ours(folder / "past.sqlite3")) - start
    return [
        Figure(
            "actions a second, stored and sent to four",
            rate,
            "× bare server",
            least=0.5,
            detail=f"{own.per_cpu_second:,.0f} a second of one core; bare {bare.per_cpu_second:,.0f}",
        ),
        Figure(
            f"p99 to the response, {GAMES} games at 1/s",
            wait,
            "× bare server",
            most=10,
            detail=f"{own_paced.p99 * 1e3:.1f} ms; bare {bare_paced.p99 * 1e3:.1f} ms",
        ),
        Figure(
            f"memory of each of {IDLE_SOCKETS:,} idle game sockets",
            (own_bytes - bare_bytes) / 1024,
            "KiB over bare",
            most=60,
            detail=f"{own_bytes / 1024:.1f} KiB with its game; bare {bare_bytes / 1024:.1f} KiB",
        ),
        Figure(f"recovery of {PAST_GAMES:,} games of {PAST_ACTIONS} actions", recovery, "seconds", most=5),
        Figure("start with an empty database", start, "seconds", most=2),
    ]


async def _load(command: Sequence[str], world: Sequence[Sequence[Seat]], path: str) -> Load:
    async with running(command) as server:
        return Load(await _saturate(server, world, path), await _pace(server, world, path))


async def _saturate(server: Measured, world: Sequence[Sequence[Seat]], path: str) -> float:
    """Return the actions for each second of processor time, every game acting as soon as all four were told."""
    answers = 0
    stopping = False

    def go_on(table: Table, seconds: float) -> None:
        nonlocal answers
        answers += 1
        if not stopping:
            table.act()

    tables = await seated(server.port, world, path, go_on)
    for table in tables:
        table.act()
    await asyncio.sleep(WARM_SECONDS)
    before, used = answers, server.cpu_seconds()
    await asyncio.sleep(SATURATED_SECONDS)
    rate = (answers - before) / (server.cpu_seconds() - used)
    stopping = True
    await _empty(tables)
    return rate


async def _pace(server: Measured, world: Sequence[Sequence[Seat]], path: str) -> float:
    """Return the p99 of the seconds to the response, each game acting once a second at a moment of its own."""
    waits: list[float] = []
    tables = await seated(server.port, world, path, lambda table, seconds: waits.append(seconds))
    loop = asyncio.get_running_loop()
    until = loop.time() + PACED_SECONDS

    def act(table: Table) -> None:
        if loop.time() < until and not table.over:
            table.act()
            loop.call_later(1, act, table)

    moments = random.Random(1)
    for table in tables:
        loop.call_later(moments.random(), act, table)
    await asyncio.sleep(PACED_SECONDS + 1)
    await _empty(tables)
    return sorted(waits)[int(len(waits) * 0.99)]


async def _empty(tables: Sequence[Table]) -> None:
    """Wait for the last answers, then break off."""
    await asyncio.sleep(0.5)
    for table in tables:
        table.leave()
    await asyncio.sleep(0.5)


async def _bytes_per_socket(
    empty: Sequence[str], full: Sequence[str], world: Sequence[Sequence[Seat]], path: str
) -> float:
    """Return what a socket and its part of a game occupy, beyond the server when it has nothing to do."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(running(empty))
        alone = server.memory_bytes()
    async with running(full) as server:
        tables = await seated(server.port, world, path, lambda table, seconds: None)
        await asyncio.sleep(2)
        used = server.memory_bytes() - alone
        await _empty(tables)
    return used / (len(world) * SEATS)


async def _start_seconds(command: Sequence[str]) -> float:
    async with running(command) as server:
        return server.started_seconds
