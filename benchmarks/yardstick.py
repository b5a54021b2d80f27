"""How everything here is measured: the unit, the best of several rounds, and the figure that is printed.

The unit is one call of `random.Random().randint(1, 6)` in the same run, so that figures travel between machines.
"""

import gc
import random
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    name: str
    """What was measured, and for how much of it: "random-legal play, an action"."""
    value: float
    """In `unit`."""
    unit: str = "units"
    """ "units" of the yardstick, or what the ratio is of: "× one process"."""
    most: float | None = None
    """The figure to hold: at most this."""
    least: float | None = None
    """The figure to hold: at least this."""
    detail: str = ""
    """The same for people: "204,000 actions/s on this machine"."""

    def holds(self) -> bool:
        """Say whether the figure keeps within what it is to hold."""
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    def goal(self) -> str:
        """Return what the figure is to hold, in words, or nothing."""
        if self.most is not None:
            return f"at most {self.most:,g}"
        return f"at least {self.least:,g}" if self.least is not None else ""


def best_of(work: Callable[[], int], rounds: int = 5) -> float:
    """Return the seconds that one piece of work takes: the best of several rounds.

    `work` does many pieces (so that a round takes a tenth of a second or more) and returns how many. The best round is
    the one that other processes disturbed least. The garbage collector runs before each round and rests during it.
    """
    best = float("inf")
    was_enabled = gc.isenabled()
    try:
        for _ in range(rounds):
            gc.collect()
            gc.disable()
            start = time.perf_counter()
            pieces = work()
            best = min(best, (time.perf_counter() - start) / pieces)
            gc.enable()
    finally:
        if not was_enabled:
            gc.disable()
    return best


def unit() -> float:
    """Return the seconds that one `random.Random().randint(1, 6)` takes on this machine, now."""
    throw = random.Random(1).randint

    def work(calls: int = 300_000) -> int:
        for _ in range(calls):
            throw(1, 6)
        return calls

    return best_of(work, rounds=7)
