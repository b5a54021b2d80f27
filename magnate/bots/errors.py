"""What goes wrong with the choice of a bot."""

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
