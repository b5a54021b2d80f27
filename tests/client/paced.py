"""A game against bots that the real client follows at a pace, on a clock of the test's own."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from magnate.bots.base import Bot
from magnate.bots.value_bot import ValueBot
from magnate.client.errors import SocketClosed
from magnate.client.game import GameClient
from magnate.client.pace import Pace
from magnate.client.rest import RestClient
from magnate.engine.actions import Action
from magnate.engine.chance import Seeded
from magnate.engine.game import apply, legal_actions, new_game, why_not
from magnate.engine.phases import AUCTION, END_GAME
from magnate.engine.state import Settings, State
from magnate.engine.view import view_for
from magnate.protocol.codec import read_game
from magnate.protocol.commands import ChatMessage, GameCommand, WireAction
from magnate.protocol.frames import action_frames, response_frame
from magnate.protocol.game import GameChat, GameError, GameMessage, GameState
from magnate.protocol.refusal import Refusal
from magnate.protocol.seating import Seating
from magnate.protocol.snapshot import snapshot
from magnate.protocol.translate import to_engine_action

ME = 0
NAMES = ("alice", "Bob", "Carol", "Dan")
USERS = (1, 2, 3, 4)


class Clock:
    """Seconds that pass only when somebody waits for them; `stopped`, they do not pass at all."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.stopped = False

    def now(self) -> float:
        return self.seconds

    async def wait(self, event: asyncio.Event, seconds: float | None) -> None:
        if seconds is None or self.stopped:
            await event.wait()
            return
        self.seconds += seconds
        await asyncio.sleep(0)


class Host:
    """A server's side of one game: bots act at once; what it sends is in `frames`."""

    def __init__(self, state: State, chance: Seeded, *, deadline: int | None = None) -> None:
        self.state, self.chance, self.deadline = state, chance, deadline
        self.seating = Seating(42, USERS[: state.seats], NAMES[: state.seats], "2026-05-01T18:30:00+00:00")
        self.frames: asyncio.Queue[GameMessage | None] = asyncio.Queue()
        self.seq = 0
        self.answered = 0
        """The number of the player's last action."""
        self._bots: dict[int, Bot] = {seat: ValueBot(seat) for seat in range(state.seats) if seat != ME}

    def begin(self) -> None:
        self.frames.put_nowait(GameState(snapshot(self.seating, self.state, ME, seq=self.seq, deadline=self.deadline)))
        self.let_bots_play()

    def do(self, seat: int, action: Action) -> None:
        events = apply(self.state, seat, action, self.chance)
        self.seq += 1
        frames = action_frames(self.seating, seat, action)
        asked = self.state.phase_seat == ME or self.state.phase is AUCTION
        outcome = response_frame(
            self.seating, self.state, seat, action, events, seq=self.seq, deadline=self.deadline if asked else None
        )
        for frame in (frames.actor if seat == ME else frames.others, outcome):
            message = read_game(frame)
            self.frames.put_nowait(message)  # type: ignore[arg-type]

    def let_bots_play(self) -> None:
        state = self.state
        while state.phase is not END_GAME:
            seats = state.to_bid if state.phase is AUCTION else (state.phase_seat,)
            seat = next((each for each in seats if each in self._bots), None)
            if seat is None:
                return
            self.do(seat, self._bots[seat].decide(view_for(state, seat), legal_actions(state, seat)))

    def take(self, command: GameCommand) -> None:
        if isinstance(command, ChatMessage):
            self.frames.put_nowait(GameChat(42, NAMES[ME], command.msg))
            return
        assert isinstance(command, WireAction)
        action = to_engine_action(command, self.seating.seat_of, 0)
        assert not isinstance(action, Refusal)
        reason = why_not(self.state, ME, action)
        if reason is None:
            self.do(ME, action)
            self.answered = self.seq
            self.let_bots_play()
        else:
            self.frames.put_nowait(GameError(reason.value, "illegal", reason.value))


class HostSocket:
    """What `GameClient` reads and writes."""

    def __init__(self, host: Host) -> None:
        self._host = host

    async def __aiter__(self) -> AsyncIterator[GameMessage]:
        while (message := await self._host.frames.get()) is not None:
            yield message
        raise SocketClosed(1006, "")

    async def send(self, message: GameCommand) -> bool:
        self._host.take(message)
        return True

    async def close(self) -> None:
        self._host.frames.put_nowait(None)
        for _ in range(50):  # the server answers, and what has come is read meanwhile
            await asyncio.sleep(0)


class PacedClient(GameClient):
    """The client library's own client, on a host in this process."""

    def __init__(self, host: Host, pace: str, *, clock: Clock) -> None:
        super().__init__(RestClient("http://127.0.0.1:9"), 42, pace=Pace(pace, now=clock.now, wait=clock.wait))
        self.host, self.clock = host, clock

    @property
    def _user(self) -> int:
        return USERS[ME]

    async def _opened(self) -> Any:
        self.host.begin()
        return HostSocket(self.host)


def paced(pace: str = "normal", *, seed: int = 1, rounds: int = 30, deadline: int | None = None) -> PacedClient:
    """Return a client in a new game against three bots."""
    chance = Seeded(seed)
    return PacedClient(
        Host(new_game(4, chance, Settings(rounds, (ME,))), chance, deadline=deadline), pace, clock=Clock()
    )
