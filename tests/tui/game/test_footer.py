"""The line of keys: as many as fit, none cut off, and more of them as soon as there is room."""

import pytest

from magnate.tui.panels.footer import KeysFooter, ShownKey
from magnate.tui.screens.game import GameScreen
from tests.tui.game import positions
from tests.tui.game.table import TableApp, context
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio


def drawn(app: TableApp) -> str:
    """Return the last line of the screen."""
    return app.screen.query_one(KeysFooter).render_line(0).text


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_keys_that_do_not_fit_are_left_out_whole_until_there_is_room(lang: str) -> None:
    app = TableApp(GameScreen(context(lang), positions.business()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")

        footer = app.screen.query_one(KeysFooter)

        def shown() -> list[str]:
            return [key.key for key in footer.keys]

        await until(pilot, lambda: "h" in shown())
        few = shown()
        assert few[0] == "h"
        assert few[-1] == "ctrl+p", "the way to all the others"
        line = drawn(app)
        assert all(f"{key.display} {key.words} " == line[key.start + 1 : key.start + key.width] for key in footer.keys)
        assert len(line) == 80
        await pilot.resize_terminal(200, 60)
        await until(pilot, lambda: len(shown()) > len(few))
        assert set(few) < set(shown())


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_however_much_there_is_to_do_the_ways_out_to_help_and_to_all_other_keys_show(lang: str) -> None:
    app = TableApp(GameScreen(context(lang), positions.business()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")

        def shown() -> set[str]:
            return {key.key for key in app.screen.query_one(KeysFooter).keys}

        await until(pilot, lambda: "h" in shown())
        assert {"escape", "ctrl+p"} <= shown()


async def test_a_key_is_pressed_by_clicking_it() -> None:
    app = TableApp(GameScreen(context(), positions.business()))
    async with app.run_test(size=(200, 60)) as pilot:
        footer = app.screen.query_one(KeysFooter)

        def at(action: str) -> ShownKey:
            return next(key for key in footer.keys if key.action.endswith(action))

        await until(pilot, lambda: any(key.action.endswith("chat") for key in footer.keys))
        key = at("chat")
        for column in (key.start - 1, key.start + key.width):
            await pilot.hover(KeysFooter, (column, 0))
            assert footer._pointed != key
        await pilot.hover(KeysFooter, (key.start, 0))
        assert footer._pointed == key
        await pilot.click(KeysFooter, (key.start + key.width - 1, 0))
        await until(pilot, lambda: app.screen.query_one("#chat").display)
