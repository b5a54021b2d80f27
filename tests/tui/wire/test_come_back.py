"""Leaving a game and going back to it on a real server: all that was on the table is there again."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from magnate.client.rest import RestClient
from magnate.client.session import SessionFile
from magnate.tui.dialogs.confirm import ConfirmDialog
from magnate.tui.screens.game import GameScreen
from magnate.tui.screens.home import HomeScreen
from tests.client.server import PASSWORD, ServerProcess
from tests.tui.waiting import until
from tests.tui.wire.player import answer_by_key, app_on, asked, game_screen, until_on, until_playing

pytestmark = pytest.mark.anyio


def has_rolled(screen: GameScreen) -> bool:
    """Whether it is the player's turn, and the dice lie on the table."""
    view = screen.view
    return screen._motion is not None and screen._motion.dice is not None and view.turn_seat == view.viewer


async def play_to_own_roll(pilot: Pilot[int]) -> None:
    """Answer what is asked until the player has rolled and is asked what next."""
    while True:
        await until(pilot, lambda: asked(pilot))
        if has_rolled(game_screen(pilot)) and isinstance(pilot.app.screen, GameScreen):
            return
        await answer_by_key(pilot)


async def test_after_coming_back_by_the_menu_log_and_dice_are_there_again(
    server: ServerProcess, tmp_path: Path
) -> None:
    sessions = tmp_path / "sessions.json"
    async with RestClient(server.url, SessionFile(sessions)) as rest:
        await rest.register("alice", PASSWORD, PASSWORD)
    app = app_on(server, sessions)
    async with app.run_test(size=(120, 40)) as pilot:
        await until_on(pilot, HomeScreen)
        app.play_bots(("easy",))
        await until_playing(pilot)
        await play_to_own_roll(pilot)
        before = game_screen(pilot)
        assert before._motion is not None
        told, dice = before.told, before._motion.dice
        await pilot.press("escape")
        await until_on(pilot, ConfirmDialog)
        await pilot.press("y")
        await until_on(pilot, HomeScreen)
        home = app.screen
        assert isinstance(home, HomeScreen)
        await until(pilot, lambda: home.running)
        await pilot.press("g")
        await until_playing(pilot)
        after = game_screen(pilot)
        await until(pilot, lambda: after.told)
        assert after is not before
        assert after.told == told
        assert after._motion is not None
        assert after._motion.dice == dice
        assert after.source.since() == 1
