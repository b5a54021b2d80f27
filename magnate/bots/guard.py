"""What keeps every built-in bot from looking broken: no going to and fro by chance, no turn without end.

Random moves make weak bots build and demolish all night. So a random choice never undoes, by its kind, what the bot did
before in the same stretch of business, and a turn takes at most MAX_ACTIONS actions.
"""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Final

from magnate.bots.base import Bot
from magnate.engine.actions import (
    NEXT_PHASE,
    SURRENDER,
    Action,
    Build,
    Demolish,
    MortgageSet,
    MortgageUnset,
    TradeProposal,
)
from magnate.engine.view import GameView

MAX_ACTIONS: Final = 40
"""The most actions that a bot takes in a turn of its own (beyond them it does only what it must)."""
KEPT_BACK: Final = 10
"""The last of these are kept for what a turn may still ask once business is broken off: two rolls and what follows."""

_UNDONE_BY: Final[dict[type, type]] = {
    Build: Demolish,
    Demolish: Build,
    MortgageSet: MortgageUnset,
    MortgageUnset: MortgageSet,
}

_BUSINESS: Final = frozenset({*_UNDONE_BY, TradeProposal})


class GuardedBot(Bot):
    """A bot under that guard; it chooses in `choose`, and by chance with `any_of`."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._turn = 0
        self._actions = 0
        self._barred: tuple[type, ...] = ()

    @abstractmethod
    def choose(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Return what to do now, like `decide`, but under the guard."""

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Return what `choose` chooses, or the end of the turn once that has taken too long."""
        if view.turn_seat != view.viewer:
            return self.choose(view, legal)
        if view.turn != self._turn:
            self._turn = view.turn
            self._actions = 0
            self._barred = ()
        tired = self._actions >= MAX_ACTIONS - KEPT_BACK and NEXT_PHASE in legal
        action = NEXT_PHASE if tired else self.choose(view, legal)
        self._note(action)
        return action

    def any_of(self, legal: Sequence[Action]) -> Action:
        """Return one of `legal`, each with equal chance: nothing that goes back, no surrender but for want of else."""
        barred = self._barred
        allowed = [action for action in legal if type(action) not in barred and action is not SURRENDER]
        return allowed[int(self.random.random() * len(allowed))] if allowed else legal[-1]

    def _note(self, action: Action) -> None:
        self._actions += 1
        kind = type(action)
        if kind not in _BUSINESS:
            self._barred = ()
        elif kind in _UNDONE_BY and _UNDONE_BY[kind] not in self._barred:
            self._barred += (_UNDONE_BY[kind],)
