"""A position that a run begins from, as it travels to other processes."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Position:
    """A position as the text that goes to other processes."""

    text: str
    """All of it, in the engine's own words, however its file was written."""
    seats: tuple[int, ...]
    """The seats still in the game."""
    max_rounds: int
    """What is played of it; 0 is no limit."""

    @property
    def digest(self) -> str:
        """SHA-256 of the text: by this a run knows its position again."""
        return hashlib.sha256(self.text.encode()).hexdigest()
