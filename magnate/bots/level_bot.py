"""The bot of the six levels: the value model at random with probability epsilon, with the manners people expect.

It spares the others trades that come to nothing, and takes nothing back within a turn (docs: Bots, Manners).
"""

from collections.abc import Sequence
from typing import Final

from magnate.bots.bargains import Bargains, is_good_for, leaves_reserve
from magnate.bots.value import best_bid
from magnate.bots.value_bot import ValueBot, best_of
from magnate.engine.actions import (
    ACCEPT,
    REJECT,
    Action,
    Build,
    BuySquare,
    Demolish,
    MortgageSet,
    MortgageUnset,
    TradeProposal,
    bid,
)
from magnate.engine.phases import AUCTION, BUSINESS, LIQUIDATION, PROPOSAL_ACCEPTANCE
from magnate.engine.view import GameView

FAIR_TRADES_REFUSED: Final = 0.5
"""How often a lapse makes a bot refuse a trade unseen."""

_RULED_OUT_BY: Final[dict[type, type]] = {
    BuySquare: MortgageSet,
    Build: Demolish,
    Demolish: Build,
    MortgageSet: MortgageUnset,
    MortgageUnset: MortgageSet,
}
"""What a bot does not do in a turn any more once it has done the other; only a debt may ask for it."""


class LevelBot(ValueBot):
    """Plays at random with probability epsilon, else the action of highest expected value, and minds its manners."""

    def __init__(self, seed: int = 0, *, epsilon: float = 0.0) -> None:
        super().__init__(seed, epsilon=epsilon)
        self._bargains = Bargains()
        self._turn_done = 0
        self._done: set[type] = set()
        """The kinds of action taken in the turn `_turn_done`."""

    def choose(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Return a random action or the best one, of those that manners admit."""
        lapses = self.epsilon > 0 and self.random.random() < self.epsilon
        if view.phase is AUCTION:
            return self.any_of(legal) if lapses else bid(best_bid(view, view.viewer))
        if view.phase is PROPOSAL_ACCEPTANCE:
            refuses = lapses and self.random.random() < FAIR_TRADES_REFUSED
            return REJECT if refuses or ACCEPT not in legal else self._answer(view)
        options = self._mannered(view, legal)
        action = self.any_of(options) if lapses else best_of(view, options)
        self._note_done(view, action)
        return action

    def _answer(self, view: GameView) -> Action:
        """Accept the trade on the table if it is good and leaves enough for the next rent."""
        trade, seat = view.trade, view.viewer
        assert trade is not None
        good = is_good_for(view, seat, view.turn_seat, trade)
        return ACCEPT if good and leaves_reserve(view, seat, trade.offered_money - trade.asked_money) else REJECT

    def _mannered(self, view: GameView, legal: Sequence[Action]) -> Sequence[Action]:
        """Return what to weigh: nothing that undoes, no surrender, and one trade that both sides may want."""
        if view.phase is not BUSINESS and view.phase is not LIQUIDATION:
            return legal[:-1] or legal
        in_debt = view.balance[view.viewer] < 0
        done = self._done if view.turn == self._turn_done and not in_debt else ()
        ruled_out = [_RULED_OUT_BY.get(kind) for kind in done]
        options = [a for a in legal[:-1] if type(a) is not TradeProposal and type(a) not in ruled_out]
        trade = self._bargains.think_of(view, self.random)
        if trade is not None:
            options.insert(0, trade)
        # Where nothing but trades is left, as in a debt with all mortgaged, any of them is better than a surrender.
        return options or self._bargains.last_resorts(view, legal) or legal[-1:]

    def _note_done(self, view: GameView, action: Action) -> None:
        if isinstance(action, TradeProposal):
            self._bargains.note(view, action)
        if view.turn != self._turn_done:
            self._turn_done = view.turn
            self._done = set()
        self._done.add(type(action))
