"""Where a table takes what it shows from: the player's seat in a game, or a recording."""

from collections.abc import Sequence

from magnate.engine.state import State
from magnate.tui.words.offers import Offer
from magnate.tui.words.people import People


class Source:
    """A game as it is shown, and what may be done with it; whoever inherits knows one."""

    people: People | None = None
    """Who plays, as soon as the game has been shown."""

    @property
    def state(self) -> State:
        """The game as it is shown."""
        raise NotImplementedError

    @property
    def deadline(self) -> int | None:
        """When the phase times out, in ms since 1970, or None."""
        return None

    def offers(self, cursor: int | None) -> Sequence[Offer]:
        """Return what may be done now, with the cursor on a square."""
        return ()

    def meanwhile(self) -> Sequence[Offer]:
        """Return what may be done about what is shown, while nothing may be done in the game."""
        return ()

    def choices(self) -> tuple[int, ...]:
        """Return the squares that may be chosen now."""
        return ()

    def numbered(self, number: int) -> int:
        """Return the square that a typed number means."""
        return number

    def about(self) -> Sequence[str]:
        """Return what is to be known before one does what may be done."""
        return ()

    def otherwise(self) -> str:
        """Return what is said where nothing may be done."""
        return ""

    def history(self) -> Sequence[Sequence[int]]:
        """Return everybody's worth by seat at the beginning of each round so far, as far as it is known."""
        return ()

    def since(self) -> int:
        """Return the round in which that begins."""
        return 1
