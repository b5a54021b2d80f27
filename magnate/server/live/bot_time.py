"""How long bots wait before they act: not at all where nothing can be chosen, and a whole turn only so long."""

import random
from collections.abc import Callable, Sequence
from typing import Final

from magnate.engine.game import legal_actions
from magnate.engine.state import State

SPREAD: Final = 0.5
"""A bot waits up to this much longer than the setting says, so that it does not seem a machine."""
LONGEST_TURN: Final = 3.0
"""How often the setting bots wait in one turn, all together."""
_FORCED: Final = 2
"""How many actions are legal where nothing can be chosen: the one, and to surrender."""


class BotTime:
    """The waits of the bots of one game."""

    def __init__(self, delay: float, uniform: Callable[[float, float], float] = random.uniform) -> None:
        """Prepare; `delay` is the setting `bot_delay`, in seconds, and `uniform` draws from a range."""
        self._delay = delay
        self._uniform = uniform
        self._turn = 0
        self._left = 0.0

    def waits(self, state: State, seats: Sequence[int]) -> dict[int, float]:
        """Return how many seconds each of `seats` waits before it acts; they wait side by side."""
        if not self._delay:
            return dict.fromkeys(seats, 0.0)
        if state.turn != self._turn:
            self._turn, self._left = state.turn, LONGEST_TURN * self._delay
        found = {seat: self._wait(state, seat) for seat in seats}
        self._left -= max(found.values(), default=0.0)
        return found

    def _wait(self, state: State, seat: int) -> float:
        if len(legal_actions(state, seat)) <= _FORCED:
            return 0.0
        # Half of what is left leaves something for whatever the turn still brings.
        return min(self._delay * self._uniform(1, 1 + SPREAD), self._left / 2)
