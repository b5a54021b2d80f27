"""95 % intervals. Only the square root is asked of the machine's mathematics, so every machine gives the same bits."""

from math import sqrt
from typing import Final

Z: Final = 1.959963984540054
"""The standard normal deviate that 2.5 % exceed."""


def wilson(wins: float, games: int) -> tuple[float, float] | None:
    """Return the Wilson score interval of the share `wins` / `games`, or None without games.

    `wins` may be broken: a shared win counts as a part of one.
    """
    if games == 0:
        return None
    share = wins / games
    spread = Z * Z / games
    middle = (share + spread / 2) / (1 + spread)
    reach = Z * sqrt(share * (1 - share) / games + spread / (4 * games)) / (1 + spread)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def mean_interval(count: int, total: int, squares: int) -> tuple[float, float] | None:
    """Return the normal interval of a mean, or None for less than two values.

    `total` is the sum of the values and `squares` that of their squares: whole numbers, so nothing is lost in summing.
    """
    if count < 2:
        return None
    mean = total / count
    variance = (count * squares - total * total) / (count * (count - 1))
    reach = Z * sqrt(variance / count)
    return mean - reach, mean + reach
