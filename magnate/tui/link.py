"""What a screen of a game needs of its connection; `magnate.client.game.GameClient` is one, tests have others."""

from collections.abc import AsyncGenerator
from typing import Protocol

from magnate.client.game import Update
from magnate.client.pace import Pace
from magnate.engine.actions import Action
from magnate.engine.view import GameView
from magnate.protocol.seating import Seating


class GameLink(Protocol):
    """One user's seat in one game; what the members mean is said at `GameClient`."""

    pace: Pace

    @property
    def view(self) -> GameView:
        """The game as this user may see it."""

    @property
    def seating(self) -> Seating:
        """Who sits where."""

    @property
    def seq(self) -> int:
        """The number of the last action that is in the view."""

    @property
    def deadline(self) -> int | None:
        """When the phase times out, in ms since 1970, or None."""

    @property
    def strikes(self) -> int:
        """Time limits in a row that the user has let pass."""

    @property
    def connected(self) -> bool:
        """Whether what is sent now can arrive."""

    async def act(self, action: Action) -> bool:
        """Send an action, once; False if there is no connection."""

    async def say(self, text: str) -> bool:
        """Say something to everybody in the game; False if there is no connection."""

    async def ask_rematch(self) -> bool:
        """Ask for the finished game again; False if there is no connection."""

    async def here(self) -> bool:
        """Say that somebody is here, so that the count of time limits begins anew."""

    async def close(self) -> None:
        """Leave."""

    def updates(self) -> AsyncGenerator[Update, None]:
        """Yield what happens until `close` is called."""
