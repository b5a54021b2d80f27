"""The ladder: every bot against every other, and whether the order of neighbours is settled."""

from itertools import pairwise
from math import ceil

from magnate.simulation.figures.intervals import Z
from magnate.simulation.figures.report import LadderReport, NeighbourReport, PairReport
from magnate.simulation.figures.rounding import share
from magnate.simulation.figures.totals import Score, Totals


def ladder_report(totals: Totals) -> LadderReport:
    """Return the shares of all pairs, and of all neighbours; the bots stand in the totals from low to high."""
    labels = list(totals.bots)
    pairs = [_pair(totals, bot, rival) for bot in labels for rival in labels if bot != rival]
    neighbours = [_neighbours(totals, low, high) for low, high in pairwise(labels)]
    return LadderReport(pairs, neighbours)


def _score(totals: Totals, bot: str, rival: str) -> Score:
    return totals.pairs.get((bot, rival), Score())


def _pair(totals: Totals, bot: str, rival: str) -> PairReport:
    score = _score(totals, bot, rival)
    return PairReport(bot, rival, score.games, round(score.wins, 2), share(score))


def _neighbours(totals: Totals, lower: str, higher: str) -> NeighbourReport:
    score = _score(totals, higher, lower)
    estimate = share(score)
    stronger = None
    if estimate.low is not None and estimate.low > 0.5:
        stronger = higher
    elif estimate.high is not None and estimate.high < 0.5:
        stronger = lower
    needed = None if stronger is not None else games_needed(score)
    return NeighbourReport(higher, lower, estimate, stronger is not None, stronger, needed)


def games_needed(score: Score) -> int | None:
    """Return about how many games would settle an order, should the share stay as it is; None for an even share."""
    if not score.games or 2 * score.wins == score.games:
        return None
    from_even = abs(score.wins / score.games - 0.5)
    # Where the Wilson interval ends at one half: n = z² (1/4 - d²) / d².
    return ceil(Z * Z * (0.25 - from_even * from_even) / (from_even * from_even))
