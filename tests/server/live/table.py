"""A game host at a made-up position, with people who talk to it and time that is moved by hand."""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from typing import Any

from magnate.bots.base import Bot
from magnate.bots.loading import parse_bot
from magnate.engine.state import State
from magnate.protocol.seating import Seating
from magnate.server.config import Settings
from magnate.server.live.host import GameHost
from tests.server.live.fakes import FakeKeeper, FakePeer, Frame
from tests.server.support import FakeClock

GAME = 42
USERS = (11, 12, 13, 14)
NAMES = ("alice", "bob", "carol", "dave")
TURN, AUCTION = 50_000, 20_000
"""Time limits in milliseconds."""


class Table:
    """A host with one connected peer for each person."""

    def __init__(
        self,
        state: State,
        clock: FakeClock,
        *,
        bots: Iterable[int] = (),
        strikes: list[int] | None = None,
        made_bots: Mapping[int, Bot] | None = None,
        **settings: Any,
    ) -> None:
        seats = len(state.order)
        self.clock = clock
        self.keeper = FakeKeeper()
        self.seating = Seating(GAME, USERS[:seats], NAMES[:seats], "2026-01-01T00:00:00+00:00")
        made = {seat: parse_bot("easy").make(seat) for seat in bots} if made_bots is None else dict(made_bots)
        self.host = GameHost(
            self.seating,
            state,
            made,
            settings=dataclasses.replace(Settings(debug_commands=True), **settings),
            clock=clock,
            game_time=clock.game_time(),
            keeper=self.keeper,
            strikes=strikes,
        )
        self.host.begin()
        self.peers = [FakePeer(user) for seat, user in enumerate(USERS[:seats]) if seat not in made]
        for peer in self.peers:
            self.host.join(peer)
        self.take()

    @property
    def state(self) -> State:
        return self.host.state

    def take(self) -> list[list[Frame]]:
        """Return what each person was sent since the last call."""
        return [peer.take() for peer in self.peers]

    def ask(self, seat: int, kind: str, **fields: Any) -> None:
        """Send an action without waiting for what comes of it."""
        self.host.receive(self.peers[seat], json.dumps({"type": kind, **fields}))

    async def act(self, seat: int, kind: str, **fields: Any) -> list[Frame]:
        """Send an action and return what its sender is answered."""
        self.ask(seat, kind, **fields)
        await self.keeper.settle()
        return self.peers[seat].take()

    async def cheat(self, name: str, **fields: Any) -> list[Frame]:
        return await self.act(0, "Cheat", cheat=name, **fields)

    async def expire(self) -> list[Frame]:
        """Let the time limit pass and return what the first person was sent."""
        assert self.host.deadline_ms is not None
        self.clock.advance(seconds=(self.host.deadline_ms - self.clock.steady()) / 1000)
        self.host.time_is_up()
        await self.keeper.settle()
        return self.peers[0].take()

    @property
    def left_ms(self) -> int | None:
        """How much time is left."""
        return None if self.host.deadline_ms is None else self.host.deadline_ms - self.clock.steady()
