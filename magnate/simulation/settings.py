"""What a run is: everything that its games follow from. Two runs with equal settings play the same games.

Nothing heavy is imported here: the command line reads its choices from this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from magnate.bots.loading import BotSpec
    from magnate.simulation.position import Position

DEFAULT_GAMES: Final = 200
"""Games of a run; with `--ladder`, of each pair."""
DEFAULT_SPRT_GAMES: Final = 20_000
"""The most games of a run that `--sprt` may end earlier."""
DEFAULT_SPRT_MARGIN: Final = 0.05
DEFAULT_SPRT_ERROR: Final = 0.05
DEFAULT_SEED: Final = 0
DEFAULT_BOTS: Final = ("expert", "hard", "medium", "easy")
"""Who plays when nobody is named."""
MAX_BOTS: Final = 12
"""Bots in one run: 12 make 495 tables of four, and each is to be played."""
ROUNDS_WITHOUT_LIMIT: Final = 10_000
"""Where a game "without limit" ends after all: bots that never go broke would play for ever."""


class Seating(StrEnum):
    """Who sits where."""

    ROTATE = "rotate"
    """Every order of the bots in turn: each bot begins equally often, and follows each other one equally often."""
    FIXED = "fixed"
    """The order in which the bots were named, in every game."""
    RANDOM = "random"
    """An order drawn for each game."""


class Format(StrEnum):
    """How results are written to stdout."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    NDJSON = "ndjson"


@dataclass(frozen=True, slots=True)
class RunSettings:
    """Everything that the games of a run follow from; small, and made to travel to other processes."""

    bots: tuple[BotSpec, ...]
    """Who plays, in the order named; one that is named twice sits on twice as many seats."""
    seats: tuple[int, ...]
    """The seats that bots sit on: 0..n-1 in a game from the start, those still in the game in a position."""
    sides: int
    """How many different bots sit at one table; they share the seats evenly."""
    seed: int
    max_rounds: int
    """Rounds at most; 0 is no limit (but ROUNDS_WITHOUT_LIMIT)."""
    seating: Seating
    bot_seconds: float | None = None
    """The longest that a bot may think about one decision, in seconds."""
    position: Position | None = None
    """What every game begins from; None is the start of the rules."""
    timing: bool = False
    """Measure how long each bot thinks."""
    record: bool = False
    """Keep the record of each game."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The bots by name, each once."""
        return tuple(dict.fromkeys(spec.label for spec in self.bots))
