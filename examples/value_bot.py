"""A bot on the value model: it does what is worth most, bids carefully, and leaves some actions out."""

from collections.abc import Sequence

from magnate.bots.base import Bot
from magnate.bots.value import best_bid, expected_value
from magnate.engine.actions import Action, Bid, MortgageUnset, TradeProposal
from magnate.engine.phases import Phase
from magnate.engine.view import GameView

LEFT_OUT = (MortgageUnset, TradeProposal)
"""What it never does: it could mortgage and lift the same square for ever, and proposals can annoy."""


class Careful(Bot):
    """Plays by expected value, and bids only a share of what a square is worth to it."""

    def __init__(self, seed: int = 0, *, share: float = 0.8) -> None:
        super().__init__(seed)
        self.share = share

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Return what to do now, as the seat `view.viewer`."""
        if view.phase is Phase.AUCTION:
            return Bid(int(best_bid(view, view.viewer) * self.share))
        options = legal[:-1] or legal  # the last is to surrender
        options = [action for action in options if not isinstance(action, LEFT_OUT)] or options
        if len(options) == 1:
            return options[0]
        return max(options, key=lambda action: expected_value(view, view.viewer, action))
