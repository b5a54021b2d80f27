"""How much of the brain a level has: the parameters of a bot, and what they become in one game."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Character:
    """The parameters that tell levels apart."""

    sight: float = 100.0
    """Rounds that the bot sees ahead."""
    taste: float = 0.0
    """How far its values of squares are off, 0..1: each by a factor that stays the same for the game."""
    caution: float = 0.0
    """How far its reserve is off: too large in half of its games, too small in the others."""
    lapses: float = 0.0
    """How often it overlooks a purchase, a bid, a fair trade, or in a turn what it could build, 0..1."""
    guards_groups: bool = True
    """Whether it counts what a trade gives to the other side."""


class Mood:
    """A character in one game, settled by the bot's own chance as the game begins."""

    def __init__(self, character: Character, chance: random.Random, squares: int) -> None:
        self.character = character
        nerve = 1 + 3 * character.caution * chance.random()
        self.fear = nerve if chance.random() < 0.5 else 1 / nerve
        """By what its fear of the next rents is multiplied."""
        spread = character.taste
        self.liking = tuple([1 + spread * (2 * chance.random() - 1) for _ in range(squares)])
        """By what the value of each square is multiplied, by square id."""
