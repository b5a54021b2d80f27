"""Hints: how the choices of a moment are ranked, and why.

The client knows no bots, so whoever starts it hands it an adviser.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from magnate.engine.view import GameView


class Hint(NamedTuple):
    """One choice, as an adviser judges it."""

    value: int
    """What it is worth at the end of the game, in units of money; above 0 it is better than to do nothing."""
    choice: str
    """The choice in words."""
    why: str
    """The reasons in words."""


def is_fair(view: GameView, allowed: bool) -> bool:
    """Return whether the viewer may have hints: a player against bots alone, or where the room has `allowed` them."""
    return view.viewer >= 0 and (allowed or set(view.settings.humans) <= {view.viewer})


Adviser: TypeAlias = Callable[[GameView, str, Callable[[int], str]], Sequence[Hint]]
"""Ranks what the viewer of a game can choose now, best first; nothing where there is no choice.

It is given the view, the language ("en" or "es"), and what the player of a seat is called.
"""
