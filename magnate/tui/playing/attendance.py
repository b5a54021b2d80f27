"""Whether the player is there: the time limits that passed, and the calls to who looks elsewhere."""

from magnate.client.game import LIMITS
from magnate.engine.view import GameView
from magnate.tui.words.offers import waits_for


def sequence(call: str, words: str) -> str:
    """Return what to write to the terminal for one of `CALLS`: BEL, and OSC 9, which terminals show as a notice."""
    notice = f"\x1b]9;{words}\x07" if call in ("desktop", "both") else ""
    return notice + ("\x07" if call in ("bell", "both") else "")


class Attendance:
    """Knows when the player is to be called and warned."""

    def __init__(self) -> None:
        self._asked: bool | None = None
        self._turn = -1
        """The turn in which the player acted last."""
        self._strikes = 0
        """Time limits in a row that the player has let pass, as far as the player was told."""

    def acted(self, view: GameView) -> None:
        """Be told that the player acts: what the same turn still asks comes to somebody who is there."""
        self._turn = view.turn

    def calls(self, view: GameView) -> bool:
        """Take the game as it is now, and say whether to call: neither while the player acts nor where they come."""
        before, self._asked = self._asked, waits_for(view)
        return self._asked and before is False and self._turn != view.turn

    def warns(self, strikes: int) -> str:
        """Take the time limits that the player has let pass, and return the warning to give, by its key; or nothing."""
        before, self._strikes = self._strikes, strikes
        if strikes <= before:
            return ""
        return "strike_last" if strikes == LIMITS - 1 else "strike"

    def is_here(self) -> None:
        """Be told that the server counts the time limits anew."""
        self._strikes = 0
