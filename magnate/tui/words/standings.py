"""Who is winning: rank, lead and trend of each player, in numbers and in words."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from rich.text import Text

from magnate.engine.state import State
from magnate.tui.words.people import People
from magnate.tui.words.ranking import ranking

COLUMNS: Final = 50
"""Of the plot of worth over time."""
BARS: Final = " ▁▂▃▄▅▆▇█"


class Standing(NamedTuple):
    """How one player stands."""

    seat: int
    rank: int
    worth: int
    lead: int
    """By how much the player is ahead of the second; below 0, behind the first."""
    trend: int | None
    """By how much the worth has changed since the beginning of the last round; None while none is known."""


def standings(state: State, history: Sequence[Sequence[int]]) -> list[Standing]:
    """Return how the players who are still in the game stand, the first one first.

    Args:
        state: The game.
        history: Net worth by seat at the beginning of each round so far, this one with them.
    """
    ranked = [each for each in ranking(state) if state.alive[each.seat]]
    before = history[-2:][0] if history else None
    found = []
    for rank, seat, worth in ranked:
        others = [other.worth for other in ranked if other.seat != seat]
        lead = worth - max(others, default=worth)
        found.append(Standing(seat, rank, worth, lead, None if before is None else worth - before[seat]))
    return found


def signed(amount: int) -> str:
    """Return an amount with its sign."""
    return f"+{amount}" if amount >= 0 else f"−{-amount}"


def arrow(trend: int | None) -> str:
    """Return where a worth is going; nothing where that is not known."""
    if trend is None:
        return ""
    return "↗" if trend > 0 else "↘" if trend < 0 else "→"


def plot(history: Sequence[Sequence[int]], people: People) -> Text:
    """Return everybody's worth over time: a line of bars a player, all to the same scale, and the highest."""
    rows = [history[place * (len(history) - 1) // (COLUMNS - 1)] for place in range(COLUMNS)]
    top = max(max(row) for row in rows)
    lines = []
    for seat in people.order:
        bars = "".join(BARS[max(row[seat], 0) * (len(BARS) - 1) // max(top, 1)] for row in rows)
        highest = str(max(row[seat] for row in history))
        lines.append(Text.assemble(people.badge(seat), " ", (bars, people.style(seat)), f" ↑{highest}"))
    return Text("\n").join(lines)
