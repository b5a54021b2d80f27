"""A whole game on the screen, by keys alone and by mouse alone, against bots on the real engine."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Button

from magnate.engine.phases import END_GAME
from magnate.tui.dialogs.auction import AuctionDialog
from magnate.tui.dialogs.confirm import ConfirmDialog
from magnate.tui.dialogs.deed import DeedDialog
from magnate.tui.dialogs.results import ResultsDialog
from magnate.tui.dialogs.sell import SellDialog
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.screens.game import GameScreen
from tests.sizes import first
from tests.tui.game.table import Table, TableApp, context, table

MOST_STEPS = 600


pytestmark = pytest.mark.anyio


def key_for(app: TableApp) -> str:
    """Return the key that a player in a hurry presses now."""
    match app.screen:
        case AuctionDialog() | SellDialog() | DeedDialog():
            return "enter"
        case _:
            return "space"


async def by_keys(pilot: Pilot[int], app: TableApp, link: Table) -> None:
    for _ in range(MOST_STEPS):
        if isinstance(app.screen, ResultsDialog):
            return
        await pilot.press(key_for(app))
        await pilot.pause()
    raise AssertionError(f"no end after {MOST_STEPS} keys: {link.game!r} on {app.screen!r}")


@pytest.mark.parametrize(("seed", "lang", "size"), first([(1, "en", (80, 24)), (2, "es", (120, 40))]))
async def test_a_whole_game_is_played_by_keys_alone(seed: int, lang: str, size: tuple[int, int]) -> None:
    link = table(3, seed, rounds=4)
    app = TableApp(GameScreen(context(lang), link))
    async with app.run_test(size=size) as pilot:
        await by_keys(pilot, app, link)
        assert link.game.phase is END_GAME
        assert not app.asked
        assert len(link.sent) > 10
        await pilot.press("enter")
        await pilot.pause()
        assert len(app.screen_stack) == 1


async def click_something(pilot: Pilot[int], app: TableApp, screen: GameScreen) -> None:
    """Click what a player would click now."""
    if isinstance(app.screen, GameScreen):
        panel = screen.query_one(ActionsPanel)
        if screen.choices():
            place = screen.board._layout.squares[screen.choices()[0]]
            await pilot.click(screen.board, offset=(place.x, place.y))
        else:
            open_to_me = [offer for offer in screen.offers() if offer.reason is None]
            if open_to_me:
                await pilot.click(panel, offset=(1, panel.rows.index(open_to_me[0])))
    elif isinstance(app.screen, ConfirmDialog):
        await pilot.click("#yes")
    else:
        ids = ("pass", "suggested", "cancel")
        button = next(
            each for name in ids for each in app.screen.query(Button) if each.id == name and not each.disabled
        )
        await pilot.click(button)


@pytest.mark.sweep
async def test_a_whole_game_is_played_by_the_mouse_alone() -> None:
    link = table(2, 5, rounds=3)
    screen = GameScreen(context(), link)
    app = TableApp(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        for _ in range(MOST_STEPS):
            await pilot.pause()
            if isinstance(app.screen, ResultsDialog):
                break
            await click_something(pilot, app, screen)
        assert link.game.phase is END_GAME
        await pilot.click("#home")
        await pilot.pause()
        assert len(app.screen_stack) == 1
