"""The line of keys: as many as fit, none cut off, and more of them as soon as there is room."""

import pytest
from textual.geometry import Region
from textual.widgets._footer import FooterKey

from magnate.tui.panels.footer import KeysFooter
from magnate.tui.screens.game import GameScreen
from tests.tui.game import positions
from tests.tui.game.table import TableApp, context
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_keys_that_do_not_fit_are_left_out_whole_until_there_is_room(lang: str) -> None:
    app = TableApp(GameScreen(context(lang), positions.business()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")

        def shown() -> list[str]:
            return [key.key for key in app.screen.query(FooterKey)]

        def regions() -> list[Region]:
            return [key.region for key in app.screen.query(FooterKey)]

        await until(pilot, lambda: "h" in shown() and all(regions()))
        few = shown()
        assert few[0] == "h"
        assert few[-1] == "ctrl+p", "the way to all the others"
        footer = app.screen.query_one(KeysFooter).region
        assert all(footer.contains_region(region) for region in regions())
        assert not any(one.overlaps(other) for one in regions() for other in regions() if one != other)
        await pilot.resize_terminal(200, 60)
        await until(pilot, lambda: len(shown()) > len(few))
        assert set(few) < set(shown())


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_however_much_there_is_to_do_the_ways_out_to_help_and_to_all_other_keys_show(lang: str) -> None:
    app = TableApp(GameScreen(context(lang), positions.business()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")

        def shown() -> set[str]:
            return {key.key for key in app.screen.query(FooterKey)}

        await until(pilot, lambda: "h" in shown())
        assert {"escape", "ctrl+p"} <= shown()
