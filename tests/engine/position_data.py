"""Position data for the tests: what a person may write, and the faults that it has."""

import json
from typing import Any

import pytest

from magnate.engine.errors import PositionError
from magnate.engine.position import read_position
from magnate.engine.state import State

Data = dict[str, Any]
"""Position data, to be changed."""


def read(data: object) -> State:
    return read_position(json.dumps(data))


def faults(data: object) -> list[str]:
    """Return the faults of position data, which must have some."""
    with pytest.raises(PositionError) as caught:
        read(data)
    return list(caught.value.faults)


def players(*some: Data, **rest: object) -> Data:
    return {"players": list(some), **rest}


def two(first: Data | None = None, **rest: object) -> Data:
    """Return the data of a position with two players, of whom the first is as told."""
    return players(first or {}, {}, **rest)


MANY = {"balance": -5}
ON_SALE = {"position": 15}
JAILED = {"jail_turns": 3}
TRADE = {"destination": 1, "asked_money": 5}
CARD = {"type": "goToJail"}
BONUS = [{"category": "num_trades", "seats": [0]}]
