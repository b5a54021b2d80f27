"""What the player takes: an offer is sent, opens its dialog, or says why it may not be done."""

from collections.abc import Callable
from typing import Final

from magnate.engine.actions import REJECT, Action
from magnate.engine.view import sentence
from magnate.texts.game import game
from magnate.tui.board.widget import BoardView
from magnate.tui.closing import ClosesOnce
from magnate.tui.playing.questions import Questions
from magnate.tui.playing.seat import Seat
from magnate.tui.words.offers import Offer, choice_action
from magnate.tui.words.pacing import other_pace, pace_words

ON_BOARD: Final = frozenset({"move", "tram"})
"""Offers that are taken by choosing a square, so that they need no key of their own."""
PACE_CHANGES: Final = {"faster": 1, "slower": -1}
"""What the offers of another pace do to it."""


class Taking:
    """Takes offers for the player of one screen; `send` sends an action."""

    def __init__(
        self, screen: ClosesOnce[None], seat: Seat, questions: Questions, send: Callable[[Action], object]
    ) -> None:
        self._screen = screen
        self._seat = seat
        self._questions = questions
        self._send = send

    def take(self, offer: Offer) -> None:
        """Take an offer."""
        if offer.reason is not None:
            self._screen.notify(sentence(offer.reason, self._seat.lang), severity="warning")
        elif offer.action is not None:
            self._send(offer.action)
        elif offer.name in ON_BOARD:
            self._board.focus()
            self._screen.notify(game("choose_hint", self._seat.lang))
        elif offer.name in ("counter", "not_this_turn", "never"):
            self._turn_down(offer.name)
        else:
            self._questions.open(offer.name)

    def take_first(self) -> None:
        """Take the first thing that may be done."""
        first = self._seat.first(self._board.cursor)
        if first is None:
            return
        if first.name in ON_BOARD:
            self._board.action_choose()
        else:
            self.take(first)

    def choose(self, square: int) -> None:
        """Go to a square where that is asked; else look at its card."""
        if square in self._seat.choices():
            self._send(choice_action(self._seat.view, square))
        elif self._seat.people is not None:
            self._questions.deed(square)

    def change_pace(self, change: int) -> str:
        """Show bots faster (1) or slower (-1) from now on; return the pace."""
        pace = self._seat.link.pace
        pace.name = other_pace(pace.name, change)
        self._screen.notify(pace_words(pace.name, self._seat.lang), timeout=2)
        return pace.name

    def _turn_down(self, name: str) -> None:
        """Reject the trade on the table, and remember what else was said about it."""
        self._seat.hearing.turn_down(self._seat.view, name)
        if name == "counter":
            self._screen.notify(game("counter_kept", self._seat.lang))
        self._send(REJECT)

    @property
    def _board(self) -> BoardView:
        return self._screen.query_one("#board", BoardView)
