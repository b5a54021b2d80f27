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
    "very_easy": BotEntry(
        _LEVEL,
        {"sight": 3.0, "taste": 0.75, "caution": 1.0, "lapses": 0.82, "guards_groups": False},
        "sees 3 rounds ahead, and overlooks 82 % of what it could do",
    ),
    "easy": BotEntry(
        _LEVEL,
        {"sight": 4.0, "taste": 0.65, "caution": 0.9, "lapses": 0.66, "guards_groups": False},
        "sees 4 rounds ahead, and overlooks 66 %",
    ),
    "medium": BotEntry(
        _LEVEL,
        {"sight": 6.0, "taste": 0.55, "caution": 0.75, "lapses": 0.5},
        "sees 6 rounds ahead, and overlooks 50 %",
    ),
    "hard": BotEntry(
        _LEVEL,
        {"sight": 10.0, "taste": 0.45, "caution": 0.6, "lapses": 0.34},
        "sees 10 rounds ahead, and overlooks 34 %",
    ),
    "very_hard": BotEntry(
        _LEVEL,
        {"sight": 15.0, "taste": 0.3, "caution": 0.4, "lapses": 0.18},
        "sees 15 rounds ahead, and overlooks 18 %",
    ),
    "expert": BotEntry(_LEVEL, {}, "the brain in full: sees the whole game, and overlooks nothing"),
}
"""The built-in bots by name."""

LEVELS: Final = ("very_easy", "easy", "medium", "hard", "very_hard", "expert")
"""The levels, from weakest to strongest, as they are called on the wire."""
