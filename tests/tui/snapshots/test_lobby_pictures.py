"""Pictures of every screen outside the game: in both languages at three sizes, and small in every other theme.

After a change that is meant: FULL_TESTS=1 pytest tests/tui/snapshots --snapshot-update, and look at the new ones in a
browser.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.screen import Screen

from magnate.tui.context import Context
from magnate.tui.screens.home import HomeScreen
from magnate.tui.screens.profile import ProfileScreen
from magnate.tui.screens.queue import QueueScreen
from magnate.tui.screens.room import RoomScreen
from magnate.tui.screens.settings import SettingsScreen
from magnate.tui.screens.shop import ShopScreen
from magnate.tui.screens.sign_in import SignInScreen
from tests.sizes import first
from tests.tui.snapshots.stage import OTHER_THEMES, SIZES, Size, picture

pytestmark = pytest.mark.anyio

SCREENS: dict[str, tuple[Callable[[Context], Screen[None]], tuple[str, ...]]] = {
    "home": (HomeScreen, ()),
    "sign_in": (SignInScreen, ()),
    "register": (SignInScreen, ("tab", "tab", "tab", "enter")),
    "queue": (QueueScreen, ()),
    "room": (lambda shared: RoomScreen(shared, "K7QX2M"), ()),
    "own_room": (lambda shared: RoomScreen(replace(shared, own_server=True), "K7QX2M"), ()),
    "profile": (ProfileScreen, ()),
    "shop": (ShopScreen, ()),
    "settings": (SettingsScreen, ()),
}
"""Each screen, with the keys that lead to what is shown."""


@pytest.mark.parametrize("lang", first(["en", "es"]))
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCREENS)
async def test_screen(name: str, size: Size, lang: str, is_as_before: Callable[[str], None]) -> None:
    make, keys = SCREENS[name]
    is_as_before(await picture(make, lang, size, keys=keys))


@pytest.mark.sweep
@pytest.mark.parametrize("theme", OTHER_THEMES)
@pytest.mark.parametrize("name", SCREENS)
async def test_screen_in_theme(name: str, theme: str, is_as_before: Callable[[str], None]) -> None:
    make, keys = SCREENS[name]
    is_as_before(await picture(make, "en", (80, 24), theme, keys))
