"""kill -9 at random points of random games: what was acknowledged is there, and everything goes on.

A few kills in a usual run; KILLS=200 in the environment for the full run.
"""

import asyncio
import contextlib
import os
import random
from collections import defaultdict

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from magnate.engine.game import legal_actions
from magnate.engine.phases import AUCTION, END_GAME
from magnate.protocol.codec import Unread, encode, read_game
from magnate.protocol.follow import Follower
from magnate.protocol.game import GameError, GameResponse, GameState
from magnate.protocol.seating import Seating
from magnate.protocol.translate import to_command
from tests.server.wire.conftest import Start
from tests.server.wire.process import PATIENCE_SECONDS, Server, Socket, User, bot_game, matched, new_users
from tests.server.wire.table import expected_frames, stored, undated

pytestmark = pytest.mark.anyio

KILLS = int(os.environ.get("KILLS", "6"))
BROKEN = (OSError, EOFError, ConnectionClosed, InvalidHandshake, httpx.TransportError)
"""What a client sees of a server that is killed."""


class Survivor:
    """Somebody who plays game after game at random, comes back whenever the server does, and notes what it said."""

    def __init__(self, user: User, seed: int) -> None:
        self.user = user
        self.chance = random.Random(seed)
        self.responses: dict[int, dict[int, str]] = defaultdict(dict)
        """By game and number, as they came."""
        self.codes: set[str] = set()
        """Of refusals."""
        self.over = asyncio.Event()
        self.heard = asyncio.Event()
        """Set whenever a response comes."""
        self.back = asyncio.Event()
        """Set while the server is there."""
        self.back.set()

    async def play(self) -> None:
        while not self.over.is_set():
            await self.back.wait()
            with contextlib.suppress(*BROKEN):
                await self._sit(await self._game())

    async def _game(self) -> int:
        active: int | None = (await self.user.get("/user/info/"))["active_game"]
        if active is not None:
            return active
        async with self.user.open("/ws/queue/") as socket:
            frame = await socket.receive()
            game: int = frame["game_id"]
            return game

    async def _sit(self, game: int) -> None:
        async with self.user.open(f"/ws/game/{game}/") as socket:
            first = read_game(await socket.text())
            assert isinstance(first, GameState)
            told = self.responses[game]
            assert first.game_state.seq >= max(told, default=0), "an acknowledged action is gone"
            follower = Follower(first.game_state, self.user.pk)
            await self._act(socket, follower)
            while follower.view.phase is not END_GAME and not self.over.is_set():
                frame = await socket.text()
                message = read_game(frame)
                assert not isinstance(message, Unread)
                follower.take(message)
                if isinstance(message, GameResponse):
                    assert told.setdefault(message.data.seq, frame) == frame
                    self.heard.set()
                    await self._act(socket, follower)
                elif isinstance(message, GameError):
                    self.codes.add(message.code)

    async def _act(self, socket: Socket, follower: Follower) -> None:
        view = follower.view
        seat = view.viewer
        if view.phase is END_GAME:
            return
        waited = seat in view.to_bid if view.phase is AUCTION else view.phase_seat == seat
        if waited:
            legal = legal_actions(view, seat)
            await socket.send(encode(to_command(self.chance.choice(legal[:-1] or legal), follower.seating)).decode())


@pytest.mark.sweep
async def test_kill_9_at_random_points_loses_nothing_and_everything_goes_on(start: Start) -> None:
    server = start(BOT_DELAY=0, TURN_SECONDS=2, AUCTION_SECONDS=1, MAX_ROUNDS=60)
    chance = random.Random(1)
    users = await new_users(server, 5)
    await bot_game(users[4], "easy", 4)
    survivors = [Survivor(user, seed) for seed, user in enumerate(users)]
    async with asyncio.TaskGroup() as group:
        for survivor in survivors:
            group.create_task(survivor.play())
        for _ in range(KILLS):
            for _ in range(chance.randrange(1, 40)):
                await _hear(survivors)
            for survivor in survivors:
                survivor.back.clear()
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.start)
            for survivor in survivors:
                survivor.back.set()
        await _hear(survivors)
        for survivor in survivors:
            survivor.over.set()
        assert await asyncio.to_thread(server.stop) == 0
    await _check(server, survivors)
    assert not set().union(*(survivor.codes for survivor in survivors)) & {"unavailable", "invalid_data"}


async def _hear(survivors: list[Survivor]) -> None:
    """Return once the server has said something more to one of them."""
    for survivor in survivors:
        survivor.heard.clear()
    waiting = [asyncio.create_task(survivor.heard.wait()) for survivor in survivors]
    async with asyncio.timeout(PATIENCE_SECONDS):
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()


async def _check(server: Server, survivors: list[Survivor]) -> None:
    """Every response that anybody got is that of the stored action, played again on the engine."""
    checked = 0
    for survivor in survivors:
        for number, told in survivor.responses.items():
            game, log = await stored(server.database, number)
            assert [entry.seq for entry in log] == list(range(1, len(log) + 1))
            seating = Seating(number, game.seats, tuple(map(str, game.seats)), "")
            frames = set(expected_frames(game, log, seating, game.seats.index(survivor.user.pk))[0])
            missing = [
                seq for seq, frame in told.items() if undated(frame) not in frames and "final_money" not in frame
            ]
            assert missing == []
            checked += len(told)
    assert checked > 10 * KILLS


async def test_a_time_limit_goes_on_after_a_restart_without_the_time_that_the_server_was_down(start: Start) -> None:
    server = start(TURN_SECONDS=30)
    alice, bob = await new_users(server, 2)
    game = await matched([alice, bob])
    async with alice.playing(game) as (_, before):
        pass
    await asyncio.to_thread(server.kill)
    await asyncio.to_thread(server.start)
    async with bob.playing(game) as (_, after):
        assert after["seq"] == before["seq"]
        assert before["deadline"] <= after["deadline"] <= before["deadline"] + 5000


async def test_time_limits_are_acted_on_after_a_restart_with_nobody_there(start: Start) -> None:
    server = start(TURN_SECONDS=1, AUCTION_SECONDS=1)
    alice, bob = await new_users(server, 2)
    game = await matched([alice, bob])
    await asyncio.to_thread(server.kill)
    await asyncio.to_thread(server.start)
    async with alice.playing(game) as (socket, state):
        while not state["finished"]:
            frame = await socket.receive()
            if frame["event_type"] == "game_response" and frame["data"]["type"] == "ResponseBonus":
                break
    async with bob.playing(game) as (_, state):
        assert state["finished"] is True
        assert len(state["eliminated"]) == 1  # who let three limits in a row pass
    summary = await alice.get(f"/game/summary/{game}/")
    assert sum(worth > 0 for worth in summary["final_money"].values()) == 1


async def test_places_of_the_queue_outlive_kill_9(start: Start) -> None:
    server = start(PUBLIC_PLAYERS=3)
    alice, bob, carol = await new_users(server, 3)
    async with alice.open("/ws/queue/") as first, bob.open("/ws/queue/") as second:
        await first.ask("nonsense")
        await second.ask("nonsense")
        await asyncio.to_thread(server.kill)
        assert await first.code() == await second.code() == 1006
    await asyncio.to_thread(server.start)
    async with carol.open("/ws/queue/") as third:
        await third.ask("nonsense")  # nobody without a socket is matched
        async with bob.open("/ws/queue/") as second, alice.open("/ws/queue/") as first:
            frames = [await each.receive() for each in (first, second, third)]
    assert len({frame["game_id"] for frame in frames}) == 1
    assert frames[0]["action"] == "match_found"
    async with alice.playing(frames[0]["game_id"]) as (_, state):
        assert state["players"] == [alice.pk, bob.pk, carol.pk]  # oldest first, by the places from before
