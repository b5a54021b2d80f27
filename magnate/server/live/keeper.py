"""What a game host needs of the games around it."""

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Protocol

from magnate.bots.referee import Fault
from magnate.engine.actions import Action
from magnate.engine.state import State
from magnate.server.storage.records import LogEntry

if TYPE_CHECKING:
    from magnate.server.live.host import GameHost


class Keeper(Protocol):
    """What a host needs of the games around it."""

    async def store(self, host: "GameHost", entry: LogEntry, state: State, left: list[int]) -> None:
        """Make an action durable, and the end of the game with it where it is over. Raises `StorageError`."""

    async def owned_items(self, user: int) -> frozenset[int]:
        """Return the ids of the shop items that a user owns. Raises `StorageError`."""

    def schedule(self, host: "GameHost") -> None:
        """Note that the host's deadline has changed."""

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        """Call something later on the event loop."""

    async def think(self, work: Callable[[], Action | Fault]) -> Action | Fault:
        """Let a bot decide off the event loop."""

    def spawn(self, work: Coroutine[None, None, None]) -> None:
        """Run something in the background until it is done."""

    def unexpected(self, where: str, game: int) -> None:
        """Log and count the exception that is being handled, an error of ours."""

    async def rematch(self, host: "GameHost", users: Sequence[int]) -> int:
        """Make a game like that of `host` for these users and its bots, and return its id.

        Raises:
            GameRefused: one of the users may not begin it.
            StorageError: it could not be stored.
        """

    async def set_aside(self, host: "GameHost", reason: str) -> None:
        """End a game that cannot go on, for nobody's account. Raises `StorageError`."""
