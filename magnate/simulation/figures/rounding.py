"""How figures are rounded: shares to 4 decimals, means to 2, ratings and ratios to 3."""

from magnate.simulation.figures.intervals import mean_interval, wilson
from magnate.simulation.figures.report import Estimate
from magnate.simulation.figures.totals import Score


def mean(total: float, count: int, decimals: int = 2) -> float | None:
    """Return `total` / `count`, or None where nothing was counted."""
    return round(total / count, decimals) if count else None


def share(score: Score) -> Estimate:
    """Return the win share with its Wilson interval."""
    return _estimate(mean(score.wins, score.games, 4), wilson(score.wins, score.games), 4)


def mean_estimate(count: int, total: int, squares: int) -> Estimate:
    """Return a mean with its interval, of the number of values, their sum, and the sum of their squares."""
    return _estimate(mean(total, count), mean_interval(count, total, squares), 2)


def _estimate(value: float | None, interval: tuple[float, float] | None, decimals: int) -> Estimate:
    if interval is None:
        return Estimate(value, None, None)
    return Estimate(value, round(interval[0], decimals), round(interval[1], decimals))
