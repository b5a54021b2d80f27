"""Clients that play a game over sockets, each by its own copy of it, and what they must have been told."""

import asyncio
import random
import re
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from magnate.engine.actions import Action
from magnate.engine.chance import Recorded
from magnate.engine.game import apply, legal_actions
from magnate.engine.phases import AUCTION, END_GAME
from magnate.engine.state import State
from magnate.protocol.codec import Unread, encode, read_game
from magnate.protocol.follow import Follower
from magnate.protocol.frames import action_frames, response_frame, state_frame
from magnate.protocol.game import GameAction, GameError, GameState
from magnate.protocol.seating import Seating
from magnate.protocol.translate import to_command
from magnate.server.live.journal import decode_settings, decode_step, first_state
from magnate.server.storage import open_storage
from magnate.server.storage.records import Game, LogEntry
from tests.server.wire.process import Socket, User


class Player:
    """One client of one user: what it was told, and its copy of the game."""

    def __init__(self, user: User, socket: Socket) -> None:
        self.user = user
        self.socket = socket
        self.told: list[str] = []
        self.follower: Follower

    async def start(self) -> None:
        """Read the first frame."""
        self.told.append(await self.socket.text())
        first = read_game(self.told[0])
        assert isinstance(first, GameState)
        self.follower = Follower(first.game_state, self.user.pk)

    async def read(self) -> None:
        """Read one frame."""
        self.told.append(await self.socket.text())
        message = read_game(self.told[-1])
        assert not isinstance(message, GameError | Unread), message
        self.follower.take(message)
        assert self.follower.in_step

    async def read_until(self, seq: int) -> None:
        """Read on until that action is known."""
        while self.follower.seq < seq:
            await self.read()

    @property
    def seat(self) -> int:
        return self.follower.view.viewer

    @property
    def must_act(self) -> bool:
        """Whether the game waits for this player."""
        view = self.follower.view
        if view.phase is AUCTION:
            return self.seat in view.to_bid
        return view.phase is not END_GAME and view.phase_seat == self.seat

    def choose(self, chance: random.Random) -> Action:
        """Return something legal; to surrender only when nothing else is."""
        legal = legal_actions(self.follower.view, self.seat)
        return chance.choice(legal[:-1] or legal)

    async def act(self, chance: random.Random) -> None:
        """Do something, and read on until it is done; others may act meanwhile."""
        await self.send(self.choose(chance))
        own = False
        while not own:
            await self.read()
            message = read_game(self.told[-1])
            own = isinstance(message, GameAction) and message.data.player == self.user.pk
        await self.read()

    async def send(self, action: Action) -> None:
        await self.socket.send(encode(to_command(action, self.follower.seating)).decode())


class Table:
    """All clients of a game."""

    def __init__(self, game: int, seed: int) -> None:
        self.game = game
        self.players: list[Player] = []
        self._chance = random.Random(seed)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "Table":
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.leave()

    async def sit(self, users: Sequence[User], **options: Any) -> None:
        """Connect a client for each user, the same user twice where given twice."""
        for user in users:
            socket = await self._stack.enter_async_context(user.open(f"/ws/game/{self.game}/", **options))
            player = Player(user, socket)
            await player.start()
            self.players.append(player)

    async def leave(self) -> None:
        """Disconnect everybody."""
        await self._stack.aclose()
        self._stack = AsyncExitStack()
        self.players = []

    @property
    def seq(self) -> int:
        """The newest action that any client knows."""
        return max(player.follower.seq for player in self.players)

    @property
    def over(self) -> bool:
        return all(player.follower.view.phase is END_GAME for player in self.players)

    async def send_one(self) -> None:
        """Let one of those who must act do so, without waiting for the answer."""
        waiting = [player for player in self.players if player.must_act]
        player = self._chance.choice(waiting)
        await player.send(player.choose(self._chance))

    async def step(self) -> None:
        """Do one action, and let every client read all of it."""
        await self.send_one()
        seq = self.seq + 1
        await asyncio.gather(*(player.read_until(seq) for player in self.players))

    async def play(self, actions: int = 100_000) -> None:
        """Do so many actions, or play to the end."""
        while actions and not self.over:
            actions -= 1
            await self.step()


async def stored(database: Path, game: int) -> tuple[Game, list[LogEntry]]:
    """Return a game and its log as they are stored; the server may run meanwhile."""
    storage = await open_storage(database, serving=False)
    try:
        found = await storage.game(game)
        assert found is not None
        return found, await storage.game_log(game)
    finally:
        await storage.close()


def expected_frames(
    game: Game, log: Sequence[LogEntry], seating: Seating, viewer: int, *, first: int = 0, deadline: int | None = None
) -> tuple[list[str], State]:
    """Play the stored actions on the engine, and return what the seat `viewer` must be told, and the last state.

    The frames begin with the whole game after the action `first`, whose deadline is `deadline`.
    """
    state = first_state(decode_settings(game.settings))
    frames = [state_frame(seating, state, viewer, seq=0, deadline=deadline)] if not first else []
    for entry in log:
        step = decode_step(entry.payload)
        assert entry.seat is not None
        assert step.action is not None
        events = apply(state, entry.seat, step.action, Recorded(step.outcomes))
        if entry.seq < first:
            continue
        if entry.seq == first:
            frames.append(state_frame(seating, state, viewer, seq=first, deadline=deadline))
            continue
        told = action_frames(seating, entry.seat, step.action)
        frames.append(told.actor if viewer == entry.seat else told.others)
        frames.append(
            response_frame(
                seating,
                state,
                entry.seat,
                step.action,
                events,
                seq=entry.seq,
                deadline=entry.deadline_ms,
                timed_out=step.timed_out,
            )
        )
    return [undated(frame.decode()) for frame in frames], state


def undated(frame: str) -> str:
    """Return a frame without the date of its deadline, which is stored in game time and told by the date of the moment.

    Whether there is a deadline stays.
    """
    return re.sub(r'"deadline":\d+', '"deadline":0', frame)
