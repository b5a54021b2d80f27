"""The bots, one file each: every bot sees only what its seat may see.

A new bot is a file here and a line in BOTS.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple


class BotEntry(NamedTuple):
    """A built-in bot."""

    source: str
    """Its class, as `module:Name`; imported only when the bot is asked for."""
    parameters: Mapping[str, bool | int | float | str]
    """The parameters that make it this bot; those of the class that are not here have their defaults."""
    description: str
    """What it is, in one line."""


_RANDOM: Final = "magnate.bots.random_bot:RandomBot"
_VALUE: Final = "magnate.bots.value_bot:ValueBot"

BOTS: Final[dict[str, BotEntry]] = {
    "random": BotEntry(_RANDOM, {}, "plays any legal action, each with equal chance: the baseline"),
    "very_easy": BotEntry(_VALUE, {"epsilon": 1.0}, "the value model, with all of its actions at random"),
    "easy": BotEntry(_VALUE, {"epsilon": 0.8}, "the value model, with 4 of 5 actions at random"),
    "medium": BotEntry(_VALUE, {"epsilon": 0.6}, "the value model, with 3 of 5 actions at random"),
    "hard": BotEntry(_VALUE, {"epsilon": 0.4}, "the value model, with 2 of 5 actions at random"),
    "very_hard": BotEntry(_VALUE, {"epsilon": 0.2}, "the value model, with 1 of 5 actions at random"),
    "expert": BotEntry(_VALUE, {"epsilon": 0.0}, "the value model, always its best action"),
}
"""The built-in bots by name."""

LEVELS: Final = ("very_easy", "easy", "medium", "hard", "very_hard", "expert")
"""The levels, from weakest to strongest, as they are called on the wire."""
