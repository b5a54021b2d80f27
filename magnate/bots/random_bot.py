"""The bot that plays at random: the baseline that every other must beat."""

from collections.abc import Sequence

from magnate.bots.guard import GuardedBot
from magnate.engine.actions import Action
from magnate.engine.view import GameView


class RandomBot(GuardedBot):
    """Plays any legal action, each with equal chance."""

    def choose(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Return one of `legal`, but a surrender only when nothing else is."""
        return self.any_of(legal)
