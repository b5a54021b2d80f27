"""Pictures of the game, its replay and its rules: in both languages at three sizes, small in every other theme.

After a change that is meant: FULL_TESTS=1 pytest tests/tui/snapshots --snapshot-update, and look at the new ones in a
browser.
"""

from collections.abc import Callable

import pytest
from textual.screen import Screen

from magnate.tui.context import Context
from magnate.tui.dialogs.help import RulesScreen
from magnate.tui.screens.replay import ReplayScreen
from tests.sizes import first
from tests.tui.snapshots.stage import OTHER_THEMES, SIZES, Size, game, picture, record

pytestmark = pytest.mark.anyio

SCREENS: dict[str, tuple[Callable[[Context], Screen[None]], tuple[str, ...]]] = {
    "game": (game, ()),
    "replay": (lambda shared: ReplayScreen(shared, record()), ("j", "6", "0", "enter")),
    "rules": (lambda shared: RulesScreen(shared.preferences.lang), ()),
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


async def test_game_without_colour(monkeypatch: pytest.MonkeyPatch, is_as_before: Callable[[str], None]) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    is_as_before(await picture(game, "en", (80, 24)))
