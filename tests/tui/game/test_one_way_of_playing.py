"""Whole games by one who knows one thing only: Space, or the mouse (tests/tui/test_plain.py has the numbers)."""

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Button

from magnate.engine.phases import END_GAME
from magnate.tui.dialogs.results import ResultsDialog
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.screens.game import GameScreen
from tests.sizes import first
from tests.tui.game.table import Table, TableApp, context, table

pytestmark = pytest.mark.anyio

MOST_STEPS = 300
GAMES = first([(2, 3, 2), (1, 3, 8), (7, 2, 10)])
"""Seed, seats, and rounds: a short game first."""


async def play(pilot: Pilot[int], app: TableApp, link: Table, step: Callable[[], Awaitable[None]]) -> None:
    for _ in range(MOST_STEPS):
        await pilot.pause()
        if isinstance(app.screen, ResultsDialog):
            return
        await step()
    raise AssertionError(f"no end after {MOST_STEPS} steps: {link.game!r} on {app.screen!r}")


@pytest.mark.parametrize(("seed", "seats", "rounds"), GAMES)
async def test_who_presses_only_space_comes_to_the_end(seed: int, seats: int, rounds: int) -> None:
    link = table(seats, seed, rounds=rounds)
    app = TableApp(GameScreen(context(), link))
    async with app.run_test(size=(80, 24)) as pilot:

        async def space() -> None:
            await pilot.press("space")

        await play(pilot, app, link, space)
        assert link.game.phase is END_GAME
        assert not app.asked
        await pilot.press("space")
        await pilot.pause()
        assert isinstance(app.screen, ResultsDialog), "who presses on does not miss how it ended"


@pytest.mark.parametrize(("seed", "seats", "rounds"), GAMES)
async def test_who_uses_only_the_mouse_comes_to_the_end_and_home(seed: int, seats: int, rounds: int) -> None:
    link = table(seats, seed, rounds=rounds)
    screen = GameScreen(context(), link)
    app = TableApp(screen)
    async with app.run_test(size=(120, 40)) as pilot:

        async def click() -> None:
            if screen.choices() and isinstance(app.screen, GameScreen):
                place = screen.board._layout.squares[screen.choices()[0]]
                left, top = screen.board._origin()
                await pilot.click(screen.board, offset=(left + place.x, top + place.y))
            elif isinstance(app.screen, GameScreen):
                panel = screen.query_one(ActionsPanel)
                taken = next((row for row, offer in enumerate(panel.rows) if offer and offer.reason is None), None)
                if taken is not None:
                    await pilot.click(panel, offset=(1, taken))
            else:
                buttons = [
                    each
                    for each in app.screen.query(".buttons Button").results(Button)
                    if not each.disabled and each.is_on_screen
                ]
                await pilot.click(buttons[0])

        await play(pilot, app, link, click)
        assert link.game.phase is END_GAME
        assert not app.asked
        await pilot.click("#home")
        await pilot.pause()
        assert len(app.screen_stack) == 1
