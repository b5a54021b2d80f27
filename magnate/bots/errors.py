"""What goes wrong with the choice of a bot."""

from enum import StrEnum

from magnate.errors import MagnateError
from magnate.printable import plain

LONGEST = 1000
"""The most characters of what is wrong with a bot; a part of it may be the bot's own words."""


class BotError(MagnateError):
    """A bot that cannot be had: unknown, not loadable, or with parameters that it does not take."""

    def __init__(self, bot: str, what: str) -> None:
        what = plain(what, LONGEST)
        super().__init__(bot, what)
        self.bot = bot
        """The bot as it was asked for."""
        self.what = what
        """What is wrong with it."""

    def __str__(self) -> str:
        return f"bot {self.bot!r}: {self.what}"


class FaultKind(StrEnum):
    """What a bot did wrong; the value is a stable code."""

    RAISED = "raised"
    """It raised an exception."""
    NO_ACTION = "no_action"
    """What it answered is no action at all."""
    ILLEGAL = "illegal"
    """It answered an action that the rules refuse."""
    TOO_SLOW = "too_slow"
    """It took longer than it may, and was interrupted where that can be done."""
    ENDED = "ended"
    """It is a program of its own, and its process ended."""


class BotFault(Exception):
    """Raised by a bot of Magnate's own that speaks for somebody else's program, instead of deciding."""

    def __init__(self, kind: FaultKind, message: str) -> None:
        super().__init__(kind, message)
        self.kind = kind
        """What that program did wrong."""
        self.message = plain(message, LONGEST)
        """One sentence that says so."""
