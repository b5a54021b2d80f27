"""From the sign-in screen to the end of a game and back home, on a real server: by keys alone, and by mouse alone."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, Input

from magnate.engine.phases import Phase
from magnate.tui.app import MagnateApp
from magnate.tui.dialogs.lobby import BotsDialog
from magnate.tui.screens.game import GameScreen
from magnate.tui.screens.home import HomeScreen
from magnate.tui.screens.profile import ProfileScreen
from magnate.tui.screens.replay import ReplayScreen
from magnate.tui.screens.sign_in import SignInScreen
from tests.client.server import PASSWORD, ServerProcess
from tests.tui.waiting import until
from tests.tui.wire.player import (
    answer_by_click,
    answer_by_key,
    app_on,
    game_screen,
    play_to_the_end,
    until_on,
    until_playing,
)

pytestmark = pytest.mark.anyio


async def is_over_and_counted(pilot: Pilot[int], app: MagnateApp, game: int) -> None:
    """Assert that the app is home again and the server knows the game as played."""
    await until_on(pilot, HomeScreen)
    assert not any(isinstance(screen, GameScreen) for screen in app.screen_stack)
    assert await app.shared.rest.games_played() == [game]
    assert (await app.shared.rest.profile()).active_game is None
    assert "alice" in (await app.shared.rest.summary(game)).final_money


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_keys_alone_lead_from_registering_to_the_end_of_a_game_and_home(
    server: ServerProcess, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = app_on(server, tmp_path / "sessions.json")
    async with app.run_test(size=size) as pilot:
        await until_on(pilot, SignInScreen)
        await pilot.press("tab", "tab", "tab", "enter")
        await pilot.press(*"alice", "enter", *PASSWORD, "enter", *PASSWORD, "enter")
        await until_on(pilot, HomeScreen)
        await pilot.press("b")
        await until_on(pilot, BotsDialog)
        await pilot.press("enter")
        await until_playing(pilot)
        screen = game_screen(pilot)
        assert await play_to_the_end(pilot, answer_by_key) >= 2
        assert screen.view.phase is Phase.END_GAME
        await pilot.press("enter")
        await is_over_and_counted(pilot, app, screen.link.seating.game)
        await pilot.press("p")
        await until_on(pilot, ProfileScreen)
        history = app.screen.query_one(DataTable)
        await until(pilot, lambda: history.row_count and history.has_focus)
        await pilot.press("enter")
        await until_on(pilot, ReplayScreen)
        replay = app.screen
        assert isinstance(replay, ReplayScreen)
        await pilot.press("end")
        await until(pilot, lambda: replay.state.phase is Phase.END_GAME)
        assert replay.state.winners == screen.view.winners


async def test_the_mouse_alone_leads_from_registering_to_the_end_of_a_game_and_home(
    server: ServerProcess, tmp_path: Path
) -> None:
    app = app_on(server, tmp_path / "sessions.json")
    async with app.run_test(size=(120, 40)) as pilot:
        await until_on(pilot, SignInScreen)
        assert await pilot.click("#other")
        for field, text in (("#username", "alice"), ("#password", PASSWORD), ("#password2", PASSWORD)):
            assert await pilot.click(field)
            await pilot.press(*text)
            assert app.screen.query_one(field, Input).value == text
        assert await pilot.click("#go")
        await until_on(pilot, HomeScreen)
        menu = app.screen.query_one("#menu")
        assert await pilot.click(menu, offset=(menu.gutter.left + 1, menu.gutter.top))
        await until_on(pilot, BotsDialog)
        assert await pilot.click("#go")
        await until_playing(pilot)
        screen = game_screen(pilot)
        assert await play_to_the_end(pilot, answer_by_click) >= 2
        assert screen.view.phase is Phase.END_GAME
        assert await pilot.click("#home")
        await is_over_and_counted(pilot, app, screen.link.seating.game)
