"""Bots that do what a bot should not, for the tests."""

import os
import secrets
import signal
import time
from collections.abc import Sequence

from magnate.bots.base import Bot
from magnate.engine.actions import NEXT_PHASE, SURRENDER, Action, MortgageSet, MortgageUnset
from magnate.engine.view import GameView
from magnate.simulation.playing.seeds import bot_seed


class Plain(Bot):
    """Does the first thing that is legal, but ends its business at once."""

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Return the end of the phase, or what stands first."""
        return NEXT_PHASE if NEXT_PHASE in legal else legal[0]


class Raises(Plain):
    """Knows nothing."""

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Raise."""
        raise ValueError("no idea")


class Surrenders(Plain):
    """Gives up."""

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Surrender."""
        return SURRENDER


class Sleeps(Plain):
    """Thinks for a minute."""

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Sleep."""
        time.sleep(60)
        return legal[0]


class Unborn(Plain):
    """Cannot be made, but for the one that is tried before the run."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        if seed:
            raise ValueError("not today")


class Fidgets(Plain):
    """Mortgages and lifts for ever."""

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Return a mortgage or a lifting where there is one."""
        for action in legal:
            if isinstance(action, MortgageSet | MortgageUnset):
                return action
        return super().decide(view, legal)


class Prints(Plain):
    """Talks to itself."""

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Print."""
        print("hm")
        return super().decide(view, legal)


class Dies(Plain):
    """Takes its process down."""

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Exit without a word."""
        os._exit(1)


class DiesInGameTen(Plain):
    """Takes its process down in game 10 of a run with seed 0, as if all were well."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self.last = seed in [bot_seed(0, 10, seat) for seat in range(2)]

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Exit without a word."""
        if self.last:
            self.die()
        return super().decide(view, legal)

    def die(self) -> None:
        """Exit as if all were well."""
        os._exit(0)


class IsKilledInGameTen(DiesInGameTen):
    """Is killed in game 10 of a run with seed 0, as for want of memory."""

    def die(self) -> None:
        """Kill this process."""
        os.kill(os.getpid(), signal.SIGKILL)


class Draws(Plain):
    """Takes chance from the operating system."""

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Return any action but to surrender."""
        choices = legal[:-1] or legal
        return choices[secrets.randbelow(len(choices))]


class Hashes(Plain):
    """Takes chance from the order of texts in a set."""

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Return any action but to surrender."""
        choices = legal[:-1] or legal
        return choices[int(next(iter({str(number) for number in range(len(choices))})))]


class Remembers(Plain):
    """Surrenders in the first games of a process."""

    games = 0

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self.shy = Remembers.games < 3
        Remembers.games += 1

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Surrender, or play on."""
        return SURRENDER if self.shy else super().decide(view, legal)


class Slow(Plain):
    """Takes its time, so that a run can be interrupted."""

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Wait a little."""
        time.sleep(0.0005)
        return super().decide(view, legal)
