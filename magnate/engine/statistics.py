"""What is counted for each player, and the bonuses drawn from it (rules: Statistics, End of the game)."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

STATISTICS: Final = (
    "walked_squares",
    "won_money",
    "lost_money",
    "num_fantasy_events",
    "built_houses",
    "demolished_houses",
    "times_in_jail",
    "turns_in_jail",
    "num_paid_rents",
    "num_trades",
    "num_mortgages",
)
"""The names of the statistics; a state keeps them seat after seat in this order."""

WALKED_SQUARES: Final = 0
WON_MONEY: Final = 1
LOST_MONEY: Final = 2
NUM_FANTASY_EVENTS: Final = 3
BUILT_HOUSES: Final = 4
DEMOLISHED_HOUSES: Final = 5
TIMES_IN_JAIL: Final = 6
TURNS_IN_JAIL: Final = 7
NUM_PAID_RENTS: Final = 8
NUM_TRADES: Final = 9
NUM_MORTGAGES: Final = 10

COUNT: Final = len(STATISTICS)


@dataclass(frozen=True, slots=True)
class BonusRules:
    """How bonuses are given at the end of a game."""

    amount: int
    """Money for each of the best in a category."""
    drawn: int
    """How many different categories are drawn."""
    categories: tuple[str, ...]
    """Names of STATISTICS."""


@cache
def bonus_rules() -> BonusRules:
    """Return the bonuses of `data/bonuses.json`."""
    data = json.loads(files("magnate.engine").joinpath("data/bonuses.json").read_text("utf-8"))
    return BonusRules(data["bonus"], data["drawn"], tuple(data["categories"]))
