"""What a bot is: a class with one method that gets a view and the legal actions, and answers with an action."""

import random
from abc import ABC, abstractmethod
from collections.abc import Sequence

from magnate.engine.actions import Action
from magnate.engine.view import GameView


class Bot(ABC):
    """The interface of all bots.

    A bot's parameters are the keyword-only arguments of its `__init__`, each with a default; `magnate bots` lists them.
    One object plays one seat of one game.
    """

    def __init__(self, seed: int = 0) -> None:
        """Begin a game; `seed` is the whole number that all the bot's own chance follows from."""
        self.random = random.Random(seed)
        """The bot's own source of chance; use no other, so that the same seed gives the same game.

        Its `random()` gives the same numbers on every version of Python; `choice` and its like are not promised to.
        """

    @abstractmethod
    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Return what to do now, as the seat `view.viewer`.

        `view` is the bot's own to change: it may copy it and look ahead with `magnate.engine.game.apply`. `legal` lists
        what may be done, with a finite sample of bids and trades and with surrender last; any other bid or trade that
        `why_not` does not refuse may be answered too.
        """

    def game_over(self, view: GameView) -> None:  # noqa: B027  # a bot need not care
        """Be told how the game ended, as the seat `view.viewer`; a bot that learns can do so here."""
