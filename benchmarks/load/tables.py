"""Games over four sockets each, one action after the other, by a plan that needs only the last frame."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from msgspec import Struct, field

from benchmarks.load.client import Client, connect
from benchmarks.load.world import Seat
from magnate.engine.board import standard_board
from magnate.engine.phases import Phase
from magnate.protocol.commands import (
    ActionBid,
    ActionBuySquare,
    ActionChooseCard,
    ActionDropPurchase,
    ActionMessage,
    ActionMoveTo,
    ActionNextPhase,
    ActionPayBail,
    ActionSurrender,
    ActionThrowDices,
)

RESERVE: Final = 600
"""Who has more money buys the square."""


class Told(Struct):
    """What the plan needs of a response or a snapshot."""

    phase: Phase
    active_phase_player: int
    active_turn_player: int
    money: dict[int, int]
    positions: dict[int, int]
    possible_destinations: dict[int, int] = field(default_factory=dict)
    eliminated: tuple[int, ...] = ()


class _Frame(Struct):
    event_type: str
    data: Told | None = None
    game_state: Told | None = None


_RESPONSE: Final = b'{"event_type":"game_response"'
_STATE: Final = b'{"event_type":"game_state"'
_DECODER: Final = msgspec.json.Decoder(_Frame)
_ENCODER: Final = msgspec.json.Encoder()


class Table:
    """One game. `on_answer` is called with the seconds from an action to its response at all four sockets."""

    def __init__(self, on_answer: Callable[["Table", float], None]) -> None:
        self._on_answer = on_answer
        self._clients: dict[int, Client] = {}
        self._last = b""
        self._bidders: list[int] = []
        self._missing = 0
        self._sent = 0.0
        self.over = False

    async def sit(self, port: int, seats: Sequence[Seat], path: str) -> None:
        """Connect the four, and wait until each has its snapshot; `path` has places for `game` and `token`."""
        for seat in seats:
            first = not self._clients
            on_frame = self._read if first else self._count
            self._clients[seat.user] = opened = await connect(
                port, path.format(game=seat.game, token=seat.token), on_frame
            )
            await opened.greeted

    def act(self) -> None:
        """Send the next action, unless the game is over; the answer is awaited."""
        user, action = self._plan() if self._last else (next(iter(self._clients)), ActionThrowDices())
        if self.over:
            return
        self._missing = len(self._clients)
        self._sent = time.perf_counter()
        # The bare server tells of a game of others: there, any of the four may speak.
        client = self._clients.get(user) or next(iter(self._clients.values()))
        client.send(_ENCODER.encode(action))

    def leave(self) -> None:
        """Break all four connections off."""
        for client in self._clients.values():
            client.close()

    def _read(self, frame: bytes) -> None:
        if frame.startswith((_RESPONSE, _STATE)):
            self._last = frame
        elif b'"error"' in frame[:30]:
            raise RuntimeError(frame.decode())
        self._count(frame)

    def _count(self, frame: bytes) -> None:
        if frame.startswith(_RESPONSE):
            self._missing -= 1
            if not self._missing:
                self._on_answer(self, time.perf_counter() - self._sent)

    def _plan(self) -> tuple[int, ActionMessage]:
        """Return who does what next: buy while there is money, pass all auctions, never build or trade."""
        frame = _DECODER.decode(self._last)
        told = frame.data or frame.game_state
        assert told is not None
        user = told.active_phase_player
        match told.phase:
            case Phase.ROLL_THE_DICES:
                return user, ActionPayBail(False) if told.possible_destinations else ActionThrowDices()
            case Phase.CHOOSE_SQUARE:
                return user, ActionMoveTo(next(iter(told.possible_destinations)))
            case Phase.CHOOSE_FANTASY:
                return user, ActionChooseCard(False)
            case Phase.MANAGEMENT:
                if not standard_board().is_buyable[told.positions[user]]:
                    return user, ActionNextPhase()
                return user, ActionBuySquare() if told.money[user] > RESERVE else ActionDropPurchase()
            case Phase.AUCTION:
                if not self._bidders:
                    out = {told.active_turn_player, *told.eliminated}
                    self._bidders = [each for each in self._clients if each not in out]
                return self._bidders.pop(), ActionBid(0)
            case Phase.LIQUIDATION if told.money[user] < 0:
                return user, ActionSurrender()
            case Phase.END_GAME:
                self.over = True
                return user, ActionNextPhase()
            case _:
                return user, ActionNextPhase()


async def seated(
    port: int, world: Sequence[Sequence[Seat]], path: str, on_answer: Callable[[Table, float], None]
) -> list[Table]:
    """Return a table for each game, with all four connected."""
    tables = [Table(on_answer) for _ in world]
    for start in range(0, len(tables), 50):
        part = slice(start, start + 50)
        await asyncio.gather(
            *(table.sit(port, seats, path) for table, seats in zip(tables[part], world[part], strict=True))
        )
    return tables
