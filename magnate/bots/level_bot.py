"""The bot of the six levels: one brain, with less of it the lower the level (docs: Bots, The six levels)."""

from collections.abc import Sequence
from typing import Final

from magnate.bots.brain.bargains import Bargains
from magnate.bots.brain.brain import Ranked, rank
from magnate.bots.brain.character import Character, Mood
from magnate.bots.brain.outlook import Outlook
from magnate.bots.brain.weights import tuned
from magnate.bots.guard import GuardedBot
from magnate.engine.actions import (
    Action,
    Bid,
    Build,
    BuySquare,
    Demolish,
    MortgageSet,
    MortgageUnset,
    TradeAnswer,
    TradeProposal,
)
from magnate.engine.phases import AUCTION, BUSINESS, LIQUIDATION
from magnate.engine.state import State
from magnate.engine.view import GameView

BESIDE_SURRENDER: Final = 2
"""How many actions are legal where there is nothing to choose."""

TRADE_LAPSES: Final = 0.3
"""How often a bot refuses a fair trade, as a share of its other lapses: a trade lies before it until it answers."""

_SAMPLED: Final = frozenset({AUCTION, BUSINESS, LIQUIDATION})
"""The phases in which more can be done than is listed, or less should be."""
_FORGOTTEN: Final = frozenset({Build, MortgageUnset})
"""What a bot may forget for a whole turn."""
_SALES: Final = frozenset({Demolish, MortgageSet})


class LevelBot(GuardedBot):
    """Does what is worth most by its own judgement, unless it overlooks it."""

    def __init__(
        self,
        seed: int = 0,
        *,
        sight: float = 100.0,
        taste: float = 0.0,
        caution: float = 0.0,
        lapses: float = 0.0,
        guards_groups: bool = True,
    ) -> None:
        if not sight > 0:
            raise ValueError(f"sight must be above 0, not {sight}")
        for name, value in (("taste", taste), ("caution", caution), ("lapses", lapses)):
            if not 0 <= value <= 1:
                raise ValueError(f"{name} must be from 0 to 1, not {value}")
        super().__init__(seed)
        self.character = Character(sight, taste, caution, lapses, guards_groups)
        self.weights = tuned()
        """What it judges by; whoever tunes them sets others before the first decision."""
        self._outlook: Outlook | None = None
        self._bargains = Bargains()
        self._turn_began = 0
        self._forgets = False
        """Whether the bot overlooks in this turn what it could build or lift."""
        self._has_sold = False
        """Whether it has sold in this turn; then it does not build or lift, which would take it back."""

    def choose(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Return the best choice of those that the bot does not overlook."""
        if view.turn != self._turn_began:
            self._turn_began = view.turn
            self._forgets = self._lapses()
            self._has_sold = False
        if len(legal) == BESIDE_SURRENDER and view.phase not in _SAMPLED:
            return legal[0]
        choices = self.ranked(view, legal)
        action = next((action for action, _ in choices if not self._overlooks(view, action)), choices[-1][0])
        self._has_sold |= type(action) in _SALES
        if isinstance(action, TradeProposal):
            self._bargains.note(view, action)
        return action

    def remember(self, state: State, proposed: TradeProposal) -> None:
        """Take in that this bot made a proposal in `state`, when a game goes on with a new object of the bot."""
        self._bargains.note(state, proposed)

    def ranked(self, view: GameView, legal: Sequence[Action]) -> list[Ranked]:
        """Return the choices with their reasons, best first, as the bot judges them when it overlooks nothing."""
        if self._outlook is None:
            mood = Mood(self.character, self.random, view.board.size)
            self._outlook = Outlook(self.weights, mood, view.board)
        self._outlook.look(view)
        return rank(self._outlook, self._bargains, view.viewer, legal)

    def _overlooks(self, view: GameView, action: Action) -> bool:
        kind = type(action)
        if kind in _FORGOTTEN and (view.phase is BUSINESS or view.phase is LIQUIDATION):
            return self._forgets or self._has_sold
        if kind is BuySquare or (isinstance(action, Bid) and action.amount > 0):
            return self._lapses()
        return isinstance(action, TradeAnswer) and action.accept and self._lapses(TRADE_LAPSES)

    def _lapses(self, share: float = 1.0) -> bool:
        often = self.character.lapses * share
        return often > 0 and self.random.random() < often
