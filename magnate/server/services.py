"""What the request handlers and WebSocket endpoints of one server share."""

from dataclasses import dataclass
from typing import Protocol

from magnate.protocol.rest import LiveGame, RunningGame
from magnate.server.accounts.accounts import Accounts
from magnate.server.accounts.devices import Devices
from magnate.server.accounts.tokens import Tokens
from magnate.server.clock import Clock, GameTime
from magnate.server.config import Settings
from magnate.server.metrics import Metrics
from magnate.server.refusals import Refusals
from magnate.server.storage import Storage


class RoomDirectory(Protocol):
    """The live private rooms, as REST needs them."""

    async def reserve(self, user_id: int) -> str:
        """Make a room for `user_id` and return its code.

        Raises:
            TooManyRooms: the user holds as many rooms as the settings allow.
        """

    def exists(self, code: str) -> bool:
        """Tell whether there is a room with that code."""


class GameDirectory(Protocol):
    """The live games, as REST needs them."""

    def to_watch(self) -> tuple[LiveGame, ...]:
        """Return the running games that everybody may watch, newest first."""

    def running_of(self, user: int) -> tuple[RunningGame, ...]:
        """Return the running games that a user still plays in, newest first."""


@dataclass(frozen=True, slots=True)
class Services:
    """One of each; handlers get it as their first argument, WebSocket endpoints find it as `app.state.services`."""

    settings: Settings
    storage: Storage
    accounts: Accounts
    tokens: Tokens
    devices: Devices
    rooms: RoomDirectory
    games: GameDirectory
    metrics: Metrics
    refusals: Refusals
    clock: Clock
    game_time: GameTime
