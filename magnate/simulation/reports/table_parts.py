"""How figures look in tables: thousands apart, shares in per cent, a dash for what was not counted."""

from rich.box import SIMPLE_HEAD
from rich.table import Table

from magnate.simulation.figures.report import Estimate

NONE = "–"
"""Stands for a figure that nothing was counted for."""


def table(*columns: str, names: int = 1) -> Table:
    """Return an empty table; the first `names` columns are words, the others figures."""
    made = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for place, column in enumerate(columns):
        made.add_column(column, justify="left" if place < names else "right", no_wrap=True)
    return made


def number(value: float | None, decimals: int = 0) -> str:
    """Return a figure with that many decimals."""
    return NONE if value is None else f"{value:,.{decimals}f}"


def wins(value: float) -> str:
    """Return wins, with decimals only where some were shared."""
    return number(value, 0 if value == int(value) else 2)


def percent(share: float | None) -> str:
    """Return a share in per cent."""
    return NONE if share is None else f"{100 * share:.1f} %"


def percent_range(estimate: Estimate) -> str:
    """Return the interval of a share in per cent, without the sign."""
    if estimate.low is None or estimate.high is None:
        return NONE
    return f"{100 * estimate.low:.1f}–{100 * estimate.high:.1f}"


def number_range(estimate: Estimate) -> str:
    """Return the interval of a mean."""
    if estimate.low is None or estimate.high is None:
        return NONE
    return f"{number(estimate.low)}–{number(estimate.high)}"
