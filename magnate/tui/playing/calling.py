"""Calls the player who looks elsewhere: a bell or a notice on the desktop when the game begins to wait for them."""

from magnate.engine.view import GameView
from magnate.tui.words.offers import waits_for


def sequence(call: str, words: str) -> str:
    """Return what to write to the terminal for one of `CALLS`: BEL, and OSC 9, which terminals show as a notice."""
    notice = f"\x1b]9;{words}\x07" if call in ("desktop", "both") else ""
    return notice + ("\x07" if call in ("bell", "both") else "")


class Calling:
    """Knows when the player is to be called: not while they act, nor where they have just come to the table."""

    def __init__(self) -> None:
        self._asked: bool | None = None
        self._turn = -1
        """The turn in which the player acted last."""

    def acted(self, view: GameView) -> None:
        """Be told that the player acts: what the same turn still asks comes to somebody who is there."""
        self._turn = view.turn

    def calls(self, view: GameView) -> bool:
        """Take the game as it is now, and say whether to call."""
        before, self._asked = self._asked, waits_for(view)
        return self._asked and before is False and self._turn != view.turn
