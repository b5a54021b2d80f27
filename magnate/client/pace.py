"""The pace of bots: what they do waits here, in order, before a client's copy of the game takes it in.

Only actions of bots wait, and never longer than a turn may take. People's actions, the player's own among them, do not
wait; nor does anything that a time limit of the player's hangs on. Chat overtakes what waits.
"""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import takewhile
from typing import Final

from magnate.engine.events import AuctionOpened, BidMade, Event, Jumped, Left, Rolled, Walked
from magnate.engine.phases import AUCTION, END_GAME
from magnate.errors import MagnateError
from magnate.protocol.game import GameAction, GameChat, GameMessage, GameResponse, GameState, Snapshot, Viewers
from magnate.protocol.responses import AnyResponse


@dataclass(frozen=True, slots=True)
class Speed:
    """How slowly bots are shown, in seconds."""

    step: float
    """How long an action that moves a piece stays alone; all others stay half as long."""
    turn: float
    """The longest that all actions of a turn take together; a turn of many actions goes faster."""


PACES: Final = {
    "slow": Speed(step=2.0, turn=6.0),
    "normal": Speed(step=1.0, turn=2.5),
    "fast": Speed(step=0.4, turn=1.0),
    "at_once": Speed(step=0.0, turn=0.0),
}
"""The paces by name, slowest first."""
DEFAULT_PACE: Final = "normal"


@dataclass(frozen=True, slots=True)
class _Beat:
    """What the pace has to know of a position that is shown."""

    turn: int
    by_bot: bool
    by_user: bool
    asks: bool
    """Whether the game then waits for the user."""
    weight: float
    """How many steps it stays, where the turn has time for it."""


def _weight(events: Sequence[Event]) -> float:
    return 1 if any(isinstance(event, Rolled | Walked | Jumped) for event in events) else 0.5


class _Goal(Enum):
    """Until when everything is shown at once."""

    ASKED = auto()
    """Until the game asks the user for something."""
    DONE = auto()
    """Until what the user has sent has been done."""


class _Seats:
    """Who acts, as far as the messages that have arrived tell."""

    def __init__(self, user: int) -> None:
        self._user = user
        self._players: tuple[int, ...] = ()
        self._bots: frozenset[int] = frozenset()
        self._acts = 0

    def begin(self, snapshot: Snapshot) -> _Beat:
        """Take a whole game."""
        self._players, self._bots = snapshot.players, frozenset(snapshot.bots)
        self._acts = snapshot.active_phase_player
        asked = self._players if snapshot.phase is AUCTION else (self._acts,)
        asks = snapshot.phase is not END_GAME and self._user in asked
        return _Beat(snapshot.current_turn, by_bot=False, by_user=False, asks=asks, weight=0.5)

    def step(self, response: AnyResponse) -> _Beat:
        """Take an action. In an auction, and to leave, people act out of turn."""
        out_of_turn = (event.seat for event in response.events if isinstance(event, BidMade | Left))
        seat = next(out_of_turn, None)
        by = self._acts if seat is None else self._players[seat]
        self._acts = response.active_phase_player
        if response.phase is AUCTION:
            opened = any(isinstance(event, AuctionOpened) for event in response.events)
            asks = opened and self._user in self._players
        else:
            asks = response.phase is not END_GAME and self._acts == self._user
        return _Beat(response.current_turn, by in self._bots, by == self._user, asks, _weight(response.events))


async def _wait(event: asyncio.Event, seconds: float | None) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


class Pace:
    """The pace of one followed game; change `name` at any time."""

    def __init__(
        self,
        name: str = DEFAULT_PACE,
        *,
        now: Callable[[], float] = time.monotonic,
        wait: Callable[[asyncio.Event, float | None], Awaitable[None]] = _wait,
    ) -> None:
        """Prepare; `now` and `wait` are the clock, in seconds: `wait` ends with the event or the time."""
        self._name = name
        self._now = now
        self._wait = wait
        self._changed = asyncio.Event()
        self._held: deque[tuple[GameMessage, _Beat | None]] = deque()
        self._ahead: deque[GameMessage] = deque()
        self._rush = 0
        """How many of those that are held are shown without a wait."""
        self._goal: _Goal | None = None
        self._last = _Beat(-1, by_bot=False, by_user=False, asks=False, weight=0.5)
        self._shown_at = 0.0
        self._spent = 0.0
        """What bots have taken of the turn that is shown, in seconds."""

    @property
    def name(self) -> str:
        """One of `PACES`."""
        return self._name

    @name.setter
    def name(self, name: str) -> None:
        self._name = name
        self._changed.set()

    @property
    def behind(self) -> bool:
        """Whether the game has gone on further than is shown."""
        return bool(self._held)

    @property
    def skips(self) -> bool:
        """Whether everything is shown at once until the game asks the user for something."""
        return self._goal is _Goal.ASKED

    def skip(self) -> None:
        """Show everything at once until the game asks the user for something, or is over."""
        if not self._last.asks:
            self._goal = _Goal.ASKED
            self._changed.set()

    def sends(self) -> None:
        """Be told that the user sends an action: nothing of what came before it, nor its answer, waits."""
        self._goal = _Goal.DONE
        self._changed.set()

    async def messages(self, source: AsyncIterable[GameMessage], user: int) -> AsyncGenerator[GameMessage, None]:
        """Yield what the game's socket sends `user` (a user id, or 0 for a spectator), at this pace.

        Raises:
            ClientError, ProtocolError: what `source` raises, once everything before it has been yielded.
        """
        self._held.clear()
        self._ahead.clear()
        self._rush, self._goal = 0, None
        reader = asyncio.create_task(self._read(source, _Seats(user)))
        reader.add_done_callback(self._ended)
        try:
            while (message := await self._next(reader)) is not None:
                yield message
            await reader
        finally:
            self._held.clear()
            reader.cancel()
            with contextlib.suppress(asyncio.CancelledError, MagnateError):
                await reader

    async def _read(self, source: AsyncIterable[GameMessage], seats: _Seats) -> None:
        async for message in source:
            match message:
                case GameChat() | Viewers():
                    self._ahead.append(message)
                case GameResponse(response):
                    beat = seats.step(response)
                    self._held.append((message, beat))
                    if beat.asks and response.deadline is not None:
                        self._rush = len(self._held)
                case GameState(snapshot):
                    self._held.append((message, seats.begin(snapshot)))
                    self._hurry()
                case _:
                    self._held.append((message, None))
                    # An action comes with its response. All else (a refusal, a rematch) is about the game as it is.
                    if not isinstance(message, GameAction):
                        self._hurry()
            self._changed.set()

    def _hurry(self) -> None:
        self._rush, self._goal = len(self._held), None

    def _ended(self, _: asyncio.Task[None]) -> None:
        self._rush = len(self._held)
        self._changed.set()

    async def _next(self, reader: asyncio.Task[None]) -> GameMessage | None:
        while True:
            if self._ahead:
                return self._ahead.popleft()
            seconds = self._seconds() if self._held else None
            if seconds is not None and seconds <= 0:
                return self._show(*self._held.popleft())
            if seconds is None and reader.done():
                return None
            self._changed.clear()
            await self._wait(self._changed, seconds)

    def _seconds(self) -> float:
        """Return how long the first of what is held still waits."""
        beat = self._held[0][1]
        if self._rush or self._goal is not None or beat is None or not beat.by_bot:
            return 0
        speed = PACES[self._name]
        beats = [each for _, each in self._held if each is not None]
        rest = sum(each.weight for each in takewhile(lambda each: each.turn == self._last.turn, beats))
        # Where nothing more of the turn has come yet, as much may still come.
        part = self._last.weight / (self._last.weight + (rest or self._last.weight))
        share = max(speed.turn - self._spent, 0) * part
        return self._shown_at + min(speed.step * self._last.weight, share) - self._now()

    def _show(self, message: GameMessage, beat: _Beat | None) -> GameMessage:
        self._rush = max(self._rush - 1, 0)
        if beat is None:
            return message
        now = self._now()
        if beat.turn != self._last.turn:
            self._spent = 0
        elif beat.by_bot:
            # Only what waited for its turn counts, not the time in which somebody else thought.
            self._spent += min(now - self._shown_at, PACES[self._name].step * self._last.weight)
        self._last, self._shown_at = beat, now
        if (self._goal is _Goal.ASKED and beat.asks) or (self._goal is _Goal.DONE and beat.by_user):
            self._goal = None
        return message
