"""Games against bots one after another in one app: nothing is left behind when a game is over and left."""

import asyncio
import gc
import os
import resource
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import httpcore
import httpx
import pytest
from textual._context import visible_screen_stack
from textual.pilot import Pilot

from magnate.client.game import GameClient
from magnate.client.rest import RestClient
from magnate.client.session import SessionFile
from magnate.client.sockets import Socket
from magnate.engine.view import GameView
from magnate.tui.app import MagnateApp
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.dialogs.lobby import BotsDialog
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.screens.game import GameScreen
from magnate.tui.screens.home import HomeScreen
from tests.client.server import PASSWORD, ServerProcess
from tests.tui.waiting import until
from tests.tui.wire.player import answer_by_key, app_on, play_to_the_end, until_on, until_playing

pytestmark = pytest.mark.anyio

GAMES = 15
"""How many games are played."""
MOST_CALLS = 4
"""How many calls over HTTP are made at once, at most: as many connections may be kept for the next."""
SLACK_MIB, GROWTH_MIB = 30, 1.5
"""How much memory may be added once, and by each game: what the allocator keeps, not screens that stay."""
WATCHED = (GameScreen, GameClient, Socket, GameView, GameDialog, BotsDialog, ActionsPanel)


class Left(NamedTuple):
    """What is there between two games."""

    tasks: Counter[str]
    files: int
    screens: tuple[str, ...]
    objects: Counter[str]


def task_name(task: asyncio.Task[object]) -> str:
    return getattr(task.get_coro(), "__qualname__", "?")


def kept_alive(app: MagnateApp) -> int:
    """Return how many connections for calls over HTTP are kept for the next call."""
    transport = app.shared.rest._http._transport
    assert isinstance(transport, httpx.AsyncHTTPTransport)
    pool = transport._pool
    assert isinstance(pool, httpcore.AsyncConnectionPool)
    return sum(not connection.is_closed() for connection in pool.connections)


def watched() -> list[object]:
    """Return the objects that a game makes and that must go with it."""
    # By type: `isinstance` asks a weak proxy for what it stands for, which may be gone.
    return [each for each in gc.get_objects() if issubclass(type(each), WATCHED)]


def left(pilot: Pilot[int], others: Sequence[object]) -> Left:
    """Count what is there now, but for what tests before this one left and the connections kept for calls over HTTP."""
    assert isinstance(pilot.app, MagnateApp)
    # Textual notes the visible screens in the context of whoever pops one, which here is the test too.
    visible_screen_stack.set([])
    gc.collect()
    calls = kept_alive(pilot.app)
    assert calls <= MOST_CALLS
    tasks = Counter(task_name(task) for task in asyncio.all_tasks())
    before = {id(each) for each in others}
    objects = Counter(type(each).__name__ for each in watched() if id(each) not in before)
    screens = tuple(type(screen).__name__ for screen in pilot.app.screen_stack)
    return Left(tasks, len(os.listdir("/proc/self/fd")) - calls, screens, objects)


def peak_mib() -> float:
    """Return the most memory that this process has taken so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def until_left(pilot: Pilot[int], others: Sequence[object], wanted: Left) -> None:
    """Wait until that is what is there: a socket that is closed takes a moment to go."""
    found = left(pilot, others)

    def same() -> bool:
        nonlocal found
        found = left(pilot, others)
        return found == wanted

    with suppress(TimeoutError):
        await until(pilot, same)
    assert found == wanted


async def play_one(pilot: Pilot[int]) -> None:
    """Play a game from home to home."""
    await pilot.press("b")
    await until_on(pilot, BotsDialog)
    await pilot.press("enter")
    await until_playing(pilot)
    await play_to_the_end(pilot, answer_by_key)
    await pilot.press("enter")
    await until_on(pilot, HomeScreen)


@pytest.mark.sweep
@pytest.mark.timeout(900)
async def test_game_after_game_nothing_is_left_behind(server: ServerProcess, tmp_path: Path) -> None:
    async with RestClient(server.url, SessionFile(tmp_path / "sessions.json")) as rest:
        await rest.register("alice", PASSWORD, PASSWORD)
    app, games = app_on(server, tmp_path / "sessions.json"), GAMES
    async with app.run_test(size=(80, 24)) as pilot:
        await until_on(pilot, HomeScreen)
        others = watched()
        await play_one(pilot)
        app.clear_notifications()
        await until(pilot, lambda: not left(pilot, others).objects)
        first, peak = left(pilot, others), peak_mib()
        for played in range(2, games + 1):
            await play_one(pilot)
            app.clear_notifications()
            await until_left(pilot, others, first)
            assert len(await app.shared.rest.games_played()) == played
        growth = peak_mib() - peak
    print(f"{games} games, {growth:.1f} MiB more than after the first ({peak:.0f} MiB)")
    assert growth < SLACK_MIB + GROWTH_MIB * games
