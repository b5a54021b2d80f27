"""Keys of the player's own, checked before they count: known actions, known keys, and each key for one thing."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import Keys, key_to_character

from magnate.tui.app import MagnateApp
from magnate.tui.board.widget import BoardView
from magnate.tui.dialogs.auction import AuctionDialog
from magnate.tui.dialogs.confirm import ConfirmDialog
from magnate.tui.dialogs.estate import EstateDialog
from magnate.tui.dialogs.sell import SellDialog
from magnate.tui.dialogs.trade import TradeDialog
from magnate.tui.screens.game import GameScreen
from magnate.tui.screens.home import HomeScreen
from magnate.tui.screens.profile import ProfileScreen
from magnate.tui.screens.queue import QueueScreen
from magnate.tui.screens.replay import ReplayScreen
from magnate.tui.screens.room import RoomScreen
from magnate.tui.screens.settings import SettingsScreen
from magnate.tui.screens.shop import ShopScreen
from magnate.tui.screens.sign_in import SignInScreen

PLACES: Final[tuple[tuple[type[DOMNode], ...], ...]] = (
    (GameScreen, BoardView, MagnateApp),
    (ReplayScreen, BoardView, MagnateApp),
    *(
        (screen, MagnateApp)
        for screen in (HomeScreen, RoomScreen, QueueScreen, ProfileScreen, ShopScreen, SettingsScreen, SignInScreen)
    ),
    (AuctionDialog,),
    (EstateDialog,),
    (TradeDialog,),
    (ConfirmDialog,),
    (SellDialog,),
)
"""What takes keys at the same time."""
RETIRED: Final = frozenset({"game.card", "game.answer"})
"""Actions of earlier versions, which opened a dialog that there is no more; a configuration may still name them."""

_MODIFIERS: Final = frozenset({"alt", "ctrl", "hyper", "meta", "shift", "super"})
_NAMED: Final = frozenset(key.value for key in Keys)


def fault(keys: Mapping[str, str]) -> str:
    """Return what is wrong with keys by the id of their action, in one sentence; nothing where they can be used."""
    places = [_keys_of(place) for place in PLACES]
    known = {action for place in places for action in place} | RETIRED
    for action, listed in keys.items():
        if action not in known:
            near = get_close_matches(action, known, 1)
            return f"keys: there is no action {action!r}" + (f"; did you mean {near[0]}?" if near else "")
        for key in _split(listed):
            if not _is_key(key):
                return f"keys: {action} cannot be on {key!r}, which is no key"
    for place in places:
        clash = _clash(place, keys)
        if clash:
            return clash
    return ""


def _clash(place: Mapping[str, frozenset[str]], keys: Mapping[str, str]) -> str:
    """Return which of the player's keys is taken already, of those that work at the same time."""
    now = {action: frozenset(_split(keys[action])) if action in keys else default for action, default in place.items()}
    for action in keys.keys() & now.keys():
        for other, taken in now.items():
            both = (now[action] & taken) - (place[action] & place[other])
            if other != action and both:
                return f"keys: {action} and {other} cannot both be on {min(both)!r}"
    return ""


def _keys_of(place: tuple[type[DOMNode], ...]) -> dict[str, frozenset[str]]:
    """Return the keys of each action of a place."""
    found: dict[str, frozenset[str]] = {}
    for binding in (each for node in place for each in _bindings(node)):
        if binding.id is not None:
            found[binding.id] = found.get(binding.id, frozenset()) | frozenset(_split(binding.key))
    return found


def _bindings(node: type[DOMNode]) -> Iterator[Binding]:
    for kind in node.__mro__:
        yield from (each for each in kind.__dict__.get("BINDINGS", ()) if isinstance(each, Binding))


def _split(keys: str) -> list[str]:
    """Return the keys of a list, those that write a character as that: `question_mark` is `?`."""
    return [key_to_character(key) or key for key in (each.strip() for each in keys.split(","))]


def _is_key(key: str) -> bool:
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    known = last in _NAMED or key in _NAMED or key_to_character(last) is not None
    return bool(last) and known and _MODIFIERS.issuperset(modifiers)
