"""A bot in twenty lines: it buys and builds while a reserve of money is left, and never bargains."""

from collections.abc import Sequence

from magnate.bots.base import Bot
from magnate.engine.actions import NEXT_PHASE, REJECT, Action, Bid, Build, BuySquare
from magnate.engine.view import GameView


class MyBot(Bot):
    """Buys and builds while more than a reserve is left."""

    def __init__(self, seed: int = 0, *, reserve: int = 200) -> None:
        super().__init__(seed)
        self.reserve = reserve

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Return what to do now, as the seat `view.viewer`."""
        if view.balance[view.viewer] > self.reserve:
            for action in legal:
                if isinstance(action, BuySquare | Build):
                    return action
        for action in (NEXT_PHASE, REJECT, Bid(0)):
            if action in legal:
                return action
        choices = legal[:-1] or legal  # the last is to surrender
        return choices[int(self.random.random() * len(choices))]
