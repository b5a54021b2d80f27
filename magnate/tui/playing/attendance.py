"""Whether the player is there: the time limits that passed, and the calls to who looks elsewhere."""

from magnate.client.game import LIMITS
from magnate.texts.game import game
from magnate.tui.closing import ClosesOnce
from magnate.tui.playing.seat import Seat
from magnate.tui.presence import PresenceApp
from magnate.tui.words.offers import waits_for


def sequence(call: str, words: str) -> str:
    """Return what to write to the terminal for one of `CALLS`: BEL, and OSC 9, which terminals show as a notice."""
    notice = f"\x1b]9;{words}\x07" if call in ("desktop", "both") else ""
    return notice + ("\x07" if call in ("bell", "both") else "")


class Attendance:
    """Warns and calls the player of one screen, and tells the server that the player is there."""

    def __init__(self, screen: ClosesOnce[None], seat: Seat) -> None:
        self._screen = screen
        self._seat = seat
        self._asked: bool | None = None
        self._turn = -1
        """The turn in which the player acted last."""
        self._strikes = 0
        """Time limits in a row that the player has let pass, as far as the player was told."""

    def acted(self) -> None:
        """Be told that the player acts: what the same turn still asks comes to somebody who is there."""
        self._turn = self._seat.view.turn

    def warning(self) -> str:
        """Return what to say of a time limit that has passed since the last time, with a notice; or nothing."""
        before, self._strikes = self._strikes, self._seat.link.strikes
        if self._strikes <= before or not self._seat.plays:
            return ""
        last = self._strikes == LIMITS - 1
        words = game("strike_last" if last else "strike", self._seat.lang)
        self._screen.notify(words, severity="error" if last else "warning", timeout=20 if last else 8)
        self._screen.app.bell()
        return words

    def call(self, how: str) -> None:
        """Call the player, by one of `CALLS`, if the game begins to wait: not while they act, nor where they come."""
        seat = self._seat
        before, self._asked = self._asked, waits_for(seat.view) and not seat.hearing.turns_down(seat.view)
        calls = self._asked and before is False and self._turn != seat.view.turn
        if calls and isinstance(self._screen.app, PresenceApp):
            self._screen.app.call_player(sequence(how, game("call", seat.lang)))

    async def tell_server(self) -> None:
        """Let the server count time limits anew, where it counts any."""
        if await self._seat.link.here():
            self._strikes = 0
            self._screen.notify(game("strikes_over", self._seat.lang), timeout=3)
