"""The bot `value`, for studies: at random with probability epsilon, else what the value model says is best."""

from collections.abc import Sequence

from magnate.bots.guard import GuardedBot
from magnate.bots.proposals import draw_proposal, may_propose
from magnate.bots.value import best_bid, expected_value
from magnate.engine.actions import Action, TradeProposal, bid
from magnate.engine.phases import AUCTION, BUSINESS, LIQUIDATION
from magnate.engine.view import GameView


class ValueBot(GuardedBot):
    """Plays at random with probability epsilon, else the action of highest expected value."""

    def __init__(self, seed: int = 0, *, epsilon: float = 0.0) -> None:
        if not 0 <= epsilon <= 1:
            raise ValueError(f"epsilon must be from 0 to 1, not {epsilon}")
        super().__init__(seed)
        self.epsilon = epsilon
        """The probability of a random action, 0..1."""

    def choose(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Return a random action of `legal` or the best one."""
        if self.epsilon and self.random.random() < self.epsilon:
            return self.any_of(legal)
        if view.phase is AUCTION:
            return bid(best_bid(view, view.viewer))
        return best_of(view, self._options(view, legal))

    def _options(self, view: GameView, legal: Sequence[Action]) -> Sequence[Action]:
        """Return what to weigh: no surrender, no trade that it does not propose, and one trade that it thinks of.

        Where nothing but trades is left, as in a debt with all mortgaged, any of them is better than a surrender.
        """
        options = legal[:-1]
        phase = view.phase
        if phase is BUSINESS or phase is LIQUIDATION:
            seat = view.viewer
            options = [
                action for action in options if type(action) is not TradeProposal or may_propose(view, seat, action)
            ]
            if phase is BUSINESS:
                trade = draw_proposal(view, seat, self.random)
                if trade is not None:
                    options.insert(0, trade)
            else:
                # Business can always end, which is worth 0; in a debt a trade below that must not be the least evil.
                options = [
                    action
                    for action in options
                    if type(action) is not TradeProposal or expected_value(view, seat, action) > 0
                ]
        return options or legal[:-1] or legal


def best_of(view: GameView, options: Sequence[Action]) -> Action:
    """Return the option of highest expected value; of equals the last, which is the one that does less."""
    best = options[-1]
    if len(options) == 1:
        return best
    seat = view.viewer
    most = expected_value(view, seat, best)
    for action in options[-2::-1]:
        value = expected_value(view, seat, action)
        if value > most:
            best, most = action, value
    return best
