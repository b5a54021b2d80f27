"""What stands on the screen, character by character, at the sizes and in the languages that people use.

Text rather than pictures: it shows what is there without colour, and does not change with every version of Textual.
After a change that is meant: FULL_TESTS=1 pytest tests/tui/game/test_screens_as_text.py --snapshot-update
"""

from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from magnate.tui.board.palette import THEME_PALETTES
from magnate.tui.screens.game import GameScreen
from tests.sizes import every, first
from tests.tui.game import positions
from tests.tui.game.table import Table, TableApp, context

pytestmark = pytest.mark.anyio

SIZES = first(pytest.param(size) for size in ((80, 24), (120, 40), (200, 60)))


async def as_text(link: Table, lang: str, size: tuple[int, int], theme: str = "city") -> str:
    """Return what a screen shows, line by line."""
    app = TableApp(GameScreen(context(lang, theme=theme), link), theme)
    async with app.run_test(size=size) as pilot:
        for _ in range(4):
            await pilot.pause()
        return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


@pytest.mark.parametrize("lang", first(["en", "es"]))
@pytest.mark.parametrize("size", SIZES)
async def test_the_game(snapshot: SnapshotAssertion, size: tuple[int, int], lang: str) -> None:
    text = await as_text(positions.fork(), lang, size)
    assert text.count("»") == 4, "three choices, and the consequence of the one under the cursor"
    assert text == snapshot


@pytest.mark.parametrize("lang", first(["en", "es"]))
@pytest.mark.parametrize(
    "position",
    every(3, [positions.card, positions.auction, positions.answer, positions.debt, positions.jail, positions.tram]),
)
async def test_each_question_fits_the_smallest_screen(
    snapshot: SnapshotAssertion, position: Callable[[], Table], lang: str
) -> None:
    assert await as_text(position(), lang, (80, 24)) == snapshot


@pytest.mark.parametrize("theme", THEME_PALETTES)
async def test_no_theme_changes_a_character(theme: str) -> None:
    plain = await as_text(positions.fork(), "en", (80, 24))
    assert await as_text(positions.fork(), "en", (80, 24), theme) == plain


async def test_without_colour_everything_can_still_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text = await as_text(positions.business(), "en", (80, 24))
    for mark in ("●A", "▲B", "■C", "◆D", "Your turn"):
        assert mark in text


@pytest.mark.parametrize(("lang", "words"), [("en", "jail 3"), ("es", "cárcel 3")])
async def test_how_long_somebody_stays_in_jail_is_never_cut_off(lang: str, words: str) -> None:
    assert words in await as_text(positions.jail(), lang, (80, 24))
