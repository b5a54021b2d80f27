"""The numbers that the brain judges by, measured and tuned by `scripts/tune_bots.py`."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

UNMEASURED: Final = 1 / 54
"""How often a turn ends on a square of a board that nobody has measured."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each consideration counts."""

    houses: float
    """The level, 0..5, at which the brain values a whole group before it is built on."""
    ramp: float
    """Rounds until a whole group stands at that level."""
    from_bank: float
    """The chance to get a missing square of a group that the bank holds."""
    from_player: float
    """The chance to get one that another player holds."""
    fear: float
    """How many times the money counts that the next rents may leave a player short of."""
    ruin: float
    """What is lost when nothing is left to raise money from."""
    denial: float
    """How much it counts to keep a square from a rival who needs it."""
    rivalry: float
    """How much the gain of another player counts against a trade, shared among the rivals."""
    bid_share: float
    """The part of a square's value that the brain bids at most."""
    trade_share: float
    """The part of what both sides gain in a trade that it leaves to the other side."""
    patience: float
    """How much of a lifted mortgage's worth counts while the end of the game is far."""


@cache
def tuned() -> Weights:
    """Return the weights of `weights.json`."""
    return Weights(**_data()["weights"])


@cache
def landings(size: int) -> tuple[float, ...]:
    """Return how often a player's turn leads to each square, by square id below `size`."""
    measured = _data()["landings"]
    return tuple([measured.get(str(square), UNMEASURED) for square in range(size)])


@cache
def _data() -> dict[str, dict[str, float]]:
    text = files("magnate.bots.brain").joinpath("weights.json").read_text("utf-8")
    data: dict[str, dict[str, float]] = json.loads(text)
    return data
