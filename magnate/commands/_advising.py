"""The adviser of the terminal client: what `magnate bots explain` says of a position, for the player's own choice."""

from collections.abc import Callable
from typing import Final

from magnate.engine.view import GameView, legal_actions
from magnate.texts.choices import choice_words
from magnate.texts.reasons import reasons_words
from magnate.tui.advice import Hint

MOST: Final = 5
"""How many choices are told."""


def advise(view: GameView, lang: str, name_of: Callable[[int], str]) -> list[Hint]:
    """Return how the brain of `expert` ranks what the viewer can choose, best first; nothing without a choice."""
    seat = view.viewer
    legal = legal_actions(view, seat) if seat >= 0 else []
    if len(legal) < 2:  # to surrender can be chosen at any time, and is no choice
        return []
    from magnate.bots.level_bot import LevelBot  # only who asks for a hint waits for the bots to be loaded

    ranked = LevelBot().ranked(view.copy(), legal)[:MOST]
    return [
        Hint(round(reasons.total), choice_words(view, action, lang, name_of), reasons_words(reasons._asdict(), lang))
        for action, reasons in ranked
    ]
