"""The pace of bots, as the player sees and changes it."""

from collections.abc import Sequence

from magnate.client.pace import PACES, Pace
from magnate.engine.view import GameView
from magnate.texts.game import game
from magnate.tui.words.offers import Offer, plays

_NAMES = tuple(PACES)


def other_pace(name: str, change: int) -> str:
    """Return the pace that is faster (1) or slower (-1) than another; the last one where there is none."""
    return _NAMES[min(max(_NAMES.index(name) + change, 0), len(_NAMES) - 1)]


def pace_words(name: str, lang: str) -> str:
    """Return what the player is told of a pace."""
    return game("pace", lang, name=game(f"pace_{name}", lang))


def pace_offers(pace: Pace, view: GameView, lang: str) -> Sequence[Offer]:
    """Return what the player can do while bots play: change the pace, and skip to the next decision."""
    if len(view.settings.humans) == view.seats:
        return ()
    name = game(f"pace_{pace.name}", lang)
    found = [Offer("skip", game("pace_skip", lang))] if plays(view) and not pace.skips else []
    if other_pace(pace.name, 1) != pace.name:
        found.append(Offer("faster", game("pace_faster_now", lang, name=name)))
    if other_pace(pace.name, -1) != pace.name:
        found.append(Offer("slower", game("pace_slower_now", lang, name=name)))
    return found
