"""How a client begins: where to go first, and the account on a server of one's own."""

import getpass
import secrets
from dataclasses import dataclass
from typing import Final

from magnate.client.errors import CallRefused
from magnate.client.rest import RestClient
from magnate.protocol.room import BotLevel

LEVELS: Final = tuple(level.value for level in BotLevel if level is not BotLevel.GRANDMASTER)
"""The levels that a player may give a bot; the highest on the wire is played by `expert`."""
DEFAULT_BOTS: Final = (BotLevel.MEDIUM.value,) * 3
"""The bots of a player who names none."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where to go as soon as somebody is signed in; at most one of these."""

    bots: tuple[str, ...] = ()
    """A game against bots of these levels."""
    join: str | None = None
    """The private room of this code."""
    queue: bool = False


async def own_account(rest: RestClient, name: str | None) -> None:
    """Make an account with a password that nobody needs to know; a name that is taken or not allowed gets another.

    Args:
        rest: A server of one's own.
        name: What the player wants to be called; None: as the computer's user is.
    """
    password = secrets.token_urlsafe(24)
    try:
        await rest.register(name or _user_of_the_computer(), password, password)
    except CallRefused as refused:
        if "username" not in refused.fields:
            raise
        await rest.register(f"Player {secrets.randbelow(10**6)}", password, password)


def _user_of_the_computer() -> str:
    try:
        return getpass.getuser()[:40] or "Player"
    except (OSError, KeyError):
        return "Player"
