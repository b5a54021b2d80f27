"""What one seat may see of a game (rules: auction, choose_fantasy): the one gate for secrets.

A state holds no future dice and no undrawn cards, so the only secret in it is the sealed bids. A view is a state of its
own: changing it changes no game, and `why_not`, `legal_actions`, `apply` and the limits work on it, for a bot that
looks ahead and for a client that greys its buttons.
"""

from magnate.engine.actions import Action
from magnate.engine.chance import Chance
from magnate.engine.errors import Reason, sentence
from magnate.engine.game import apply, legal_actions, why_not
from magnate.engine.limits import BidLimits, TradeLimits, TradeSide, bid_limits, trade_limits
from magnate.engine.outlook import Outlook, next_turn
from magnate.engine.rules.dice import bail_destination
from magnate.engine.rules.ending import net_worth
from magnate.engine.rules.rent import rent
from magnate.engine.state import FREE, State

__all__ = [
    "FREE",
    "Action",
    "BidLimits",
    "GameView",
    "Outlook",
    "Reason",
    "TradeLimits",
    "TradeSide",
    "after",
    "bail_destination",
    "bid_limits",
    "legal_actions",
    "net_worth",
    "next_turn",
    "rent",
    "sentence",
    "trade_limits",
    "view_for",
    "why_not",
]


class GameView(State):
    """A game as one seat sees it: a state of its own with the other players' sealed bids hidden."""

    __slots__ = ("viewer",)

    viewer: int
    """The seat that looks, or -1 for a spectator."""

    def copy(self) -> "GameView":
        """Return an independent copy, as hidden as this."""
        other = GameView(self.board, self.settings)
        self.copy_into(other)
        other.viewer = self.viewer
        return other


def view_for(state: State, seat: int) -> GameView:
    """Return what `seat` (or -1, a spectator) may see of `state`."""
    view = GameView(state.board, state.settings)
    state.copy_into(view)
    view.viewer = seat
    view.bids = {seat: view.bids[seat]} if seat in view.bids else {}
    return view


def after(view: GameView, action: Action) -> GameView:
    """Return the game after an action of the viewer that needs no chance, such as buying or building.

    Raises:
        IllegalAction: a rule refuses it.
        ChanceError: it needs chance.
    """
    then = view.copy()
    apply(then, view.viewer, action, Chance())
    return then
