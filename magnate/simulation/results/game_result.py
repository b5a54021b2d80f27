"""What one game leaves behind, in small values that travel between processes.

Seats and squares are the engine's; money is in whole units; games are counted from 1.
"""

from typing import Final

from msgspec import Struct

BANKRUPT: Final = "bankrupt"
"""Left the game in debt."""
SURRENDER: Final = "surrender"
"""Left the game without need."""
FAULT: Final = "fault"
"""Forfeited the game: an error, an illegal answer, or too slow."""

SQUARE_COUNTS: Final = ("landings", "bought", "auctioned", "auction_money", "spent", "rent")
"""What is counted of each square, in this order (`magnate.simulation.playing.tally`)."""


class SeatResult(Struct, frozen=True, gc=False):
    """How one seat fared."""

    seat: int
    bot: str
    """The label of who sat there."""
    worth: int
    """Final worth; 0 for who left the game."""
    rank: int
    """1 is best; a tie shares the better rank; who left later ranks higher."""
    win: float
    """1 for the win, 1/n for a win shared by n, else 0."""
    exit: str | None
    """Why it left the game: BANKRUPT, SURRENDER, FAULT; None for who stayed to the end."""
    actions: int
    fault: str | None
    """What the bot did wrong, in one sentence."""
    statistics: tuple[int, ...]
    """The rules' statistics, in the order of `magnate.engine.statistics.STATISTICS`."""


class Thinking(Struct, frozen=True, gc=False):
    """How long one seat thought."""

    decisions: int
    seconds: float
    longest: float
    """The longest decision, in seconds."""


class GameResult(Struct, frozen=True, gc=False):
    """One finished game."""

    game: int
    seed: int
    rounds: int
    turns: int
    actions: int
    seats: tuple[SeatResult, ...]
    squares: list[int]
    """SQUARE_COUNTS, column after column, each in the order of the board's squares."""
    thinking: tuple[Thinking, ...] | None = None
    """By place in `seats`, where it was measured."""
    record: str | None = None
    """The game's record, where it is kept."""
