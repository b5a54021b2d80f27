"""Game lengths as a small histogram for the terminal."""

from collections.abc import Sequence
from typing import Final

from magnate.simulation.figures.report import RoundsCount

MOST_BARS: Final = 10
BAR_WIDTH: Final = 30
_EIGHTHS: Final = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


def histogram(counts: Sequence[RoundsCount], *, blocks: bool = True) -> list[tuple[str, str, int]]:
    """Return (rounds, bar, games) of at most MOST_BARS bars of equal width; `blocks` draws eighths of a character."""
    if not counts:
        return []
    first, last = counts[0].rounds, counts[-1].rounds
    width = -(-(last - first + 1) // MOST_BARS)
    bars = [0] * ((last - first) // width + 1)
    for count in counts:
        bars[(count.rounds - first) // width] += count.games
    most = max(bars)
    return [
        (_rounds(first + place * width, min(first + (place + 1) * width - 1, last)), bar(games, most, blocks), games)
        for place, games in enumerate(bars)
    ]


def bar(games: int, most: int, blocks: bool) -> str:
    """Return a bar for `games`, full width for `most`; whatever is not nothing can be seen."""
    eighths = games * BAR_WIDTH * 8 // most
    if not blocks:
        return "#" * max(eighths // 8, bool(games))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8] if eighths else "▏" if games else ""


def _rounds(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}–{last}"
