"""Everybody's worth over a recorded game, for the plot at its end."""

from collections.abc import Sequence

from magnate.engine.record import Record, Step, replay
from magnate.engine.view import net_worth


def worths(steps: Sequence[Step]) -> list[list[int]]:
    """Return the net worth by seat at the beginning of each round, and at the end of the last step."""
    starts = [step.before for step in steps[:1]]
    starts += [step.after for step in steps if step.after.round > step.before.round]
    states = [*starts, *(step.after for step in steps[-1:])]
    return [[net_worth(state, seat) for seat in range(state.seats)] for state in states]


def recorded_worths(record: Record) -> list[list[int]]:
    """Return `worths` of a whole record."""
    return worths(list(replay(record)))
