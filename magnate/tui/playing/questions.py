"""The dialogs of a game: which one opens, by the player's wish or by itself, and that they follow the game."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from magnate.engine.actions import SURRENDER, Action, TradeProposal
from magnate.engine.phases import Phase
from magnate.engine.view import GameView, bid_limits, trade_limits
from magnate.texts.game import game
from magnate.tui.advice import Adviser, Hint, is_fair
from magnate.tui.closing import ClosesOnce
from magnate.tui.dialogs.auction import AuctionDialog
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.dialogs.confirm import ConfirmDialog
from magnate.tui.dialogs.deed import DeedDialog
from magnate.tui.dialogs.estate import EstateDialog
from magnate.tui.dialogs.hint import HintDialog
from magnate.tui.dialogs.sell import SellDialog
from magnate.tui.dialogs.too_small import covers
from magnate.tui.dialogs.trade import TradeDialog
from magnate.tui.playing.seat import Seat
from magnate.tui.words.people import People
from magnate.tui.words.sales import sales

_BY_ITSELF: Final = ("bid", "sell")
"""Offers whose dialog opens by itself."""


class Questions:
    """Opens dialogs over a screen for the player in a seat; what they answer goes to `send`, in order."""

    def __init__(self, screen: ClosesOnce[None], seat: Seat, send: Callable[[Sequence[Action]], None]) -> None:
        self._screen = screen
        self._seat = seat
        self._send = send
        self._asked: tuple[object, ...] = ()
        """The decision that a dialog was opened for by itself, so that it opens once."""

    @property
    def answers(self) -> str:
        """The offer that the dialog on top answers, by its name; empty where it answers none."""
        top = self._screen.app.screen
        return top.answers if isinstance(top, GameDialog) else ""

    def ask(self, dialog: GameDialog[Any], then: Callable[[Any], None]) -> None:
        """Open a dialog, unless the window is too small for one."""
        if covers(self._screen.app):
            self._asked = ()  # it opens by itself as soon as there is room
        else:
            self._screen.app.push_screen(dialog, then)

    def open(self, name: str) -> None:
        """Open the dialog of an offer."""
        seat, view = self._seat, self._seat.view
        match name:
            case "bid" if (limits := bid_limits(view, view.viewer)) is not None:
                self.ask(AuctionDialog(view, limits, self._people), self._answered)
            case "trade" if trade_limits(view, view.viewer) is not None:
                draft, seat.hearing.draft = seat.hearing.draft, None
                self._build_trade(draft)
            case "sell":
                self.ask(SellDialog(view, self._people), self._sold)
            case "estate" if view.viewer >= 0:
                dialog = EstateDialog(view, self._people, self._answered, self._propose)
                self._screen.app.push_screen(dialog)
            case "surrender":
                self._ask_surrender()

    def deed(self, square: int) -> None:
        """Open the card of a square, with what may be done with it."""
        self.ask(DeedDialog(self._seat.view, square, self._people), self._answered)

    def hint(self, adviser: Adviser) -> None:
        """Show what an adviser thinks of the player's choices: against bots, or where the room allows it."""
        seat, view, people = self._seat, self._seat.view, self._people

        def advise(now: GameView) -> Sequence[Hint]:
            return adviser(now, people.lang, people.name)

        if not is_fair(view, seat.link.seating.hints):
            self._screen.notify(game("hint_off", seat.lang))
        elif seat.sent is None and advise(view):
            self.ask(HintDialog(view, people, advise), lambda _: None)
        else:
            self._screen.notify(game("hint_none", seat.lang))

    def settle(self, cursor: int | None) -> str:
        """Open what the game waits for, once; return "results" where the game is over and these are to be shown."""
        view = self._seat.view
        name = self.by_itself(cursor)
        # As long as a debt is there, each sale leads back to what else could be sold.
        owed = view.balance[view.viewer] if name == "sell" else 0
        decision = (view.phase, view.turn, view.proposals, view.position[view.turn_seat], owed)
        if name is None or decision == self._asked:
            return ""
        self._asked = decision
        if name != "results":
            self.open(name)
        return name

    def by_itself(self, cursor: int | None) -> str | None:
        """Return what opens by itself now."""
        if self._seat.view.phase is Phase.END_GAME:
            return "results"
        names = {offer.name for offer in self._seat.offers(cursor)}
        return next((name for name in _BY_ITSELF if name in names), None)

    def follow(self) -> None:
        """Let what is open show the game as it is now; what is about nothing any more closes, with a word."""
        view = self._seat.view
        for dialog in self._screen.app.screen_stack[:]:
            if not isinstance(dialog, GameDialog) or dialog.withdrawn:
                continue
            if dialog.asked(view):
                if dialog.is_mounted:
                    dialog.show(view)
                continue
            if isinstance(dialog, TradeDialog) and dialog.is_mounted:
                self._seat.hearing.draft = dialog.draft
            dialog.withdraw()
            words = game(f"over_{dialog.answers or 'question'}", self._seat.lang)
            self._screen.notify(words, severity="warning")

    @property
    def _people(self) -> People:
        assert self._seat.people is not None
        return self._seat.people

    def _build_trade(self, draft: TradeProposal | None) -> None:
        view = self._seat.view
        limits = trade_limits(view, view.viewer)
        if limits is not None:
            self.ask(TradeDialog(view, limits, self._people, draft), self._answered)

    def _propose(self, other: int, square: int) -> None:
        """Build a trade that asks another player for a square."""
        self._build_trade(TradeProposal(other, asked_properties=(square,)))

    def _ask_surrender(self) -> None:
        """Ask, then surrender; where nothing else is left, say so."""
        view = self._seat.view
        broke = view.phase_seat == view.viewer and view.balance[view.viewer] < 0 and not sales(view)
        way_out = "surrender_only" if trade_limits(view, view.viewer) is None else "surrender_or_trade"
        why = game(way_out, self._seat.lang, amount=-view.balance[view.viewer]) if broke else ""
        dialog = ConfirmDialog("surrender", self._people, why=why, sure=broke)
        self.ask(dialog, lambda sure: self._answered(SURRENDER if sure else None))

    def _answered(self, action: Action | None) -> None:
        if action is not None:
            self._send((action,))

    def _sold(self, actions: Sequence[Action] | None) -> None:
        if actions:
            self._send(actions)
