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
_LEVEL: Final = "magnate.bots.level_bot:LevelBot"

BOTS: Final[dict[str, BotEntry]] = {
    "random": BotEntry(_RANDOM, {}, "plays any legal action, each with equal chance: the baseline"),
    "value": BotEntry(_VALUE, {}, "the value model as it is, always its best action: for studies"),
    "very_easy": BotEntry(_LEVEL, {"epsilon": 1.0}, "the value model with manners, all of its actions at random"),
    "easy": BotEntry(_LEVEL, {"epsilon": 0.88}, "the value model with manners, 88 % of its actions at random"),
    "medium": BotEntry(_LEVEL, {"epsilon": 0.76}, "the value model with manners, 76 % of its actions at random"),
    "hard": BotEntry(_LEVEL, {"epsilon": 0.56}, "the value model with manners, 56 % of its actions at random"),
    "very_hard": BotEntry(_LEVEL, {"epsilon": 0.34}, "the value model with manners, 34 % of its actions at random"),
    "expert": BotEntry(_LEVEL, {"epsilon": 0.0}, "the value model with manners, always its best action"),
}
"""The built-in bots by name."""

LEVELS: Final = ("very_easy", "easy", "medium", "hard", "very_hard", "expert")
"""The levels, from weakest to strongest, as they are called on the wire."""
