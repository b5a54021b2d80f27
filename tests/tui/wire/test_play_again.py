"""The results on a real server: what the game brought, what decided it, and the same game again."""

from pathlib import Path

import pytest
from textual.widgets import Label

from magnate.client.rest import RestClient
from magnate.client.session import SessionFile
from magnate.engine.phases import Phase
from magnate.tui.dialogs.results import ResultsDialog
from magnate.tui.screens.home import HomeScreen
from tests.client.server import PASSWORD, ServerProcess
from tests.tui.waiting import until
from tests.tui.wire.player import answer_by_key, app_on, game_screen, play_to_the_end, until_on, until_playing

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("by", ["key", "mouse"])
async def test_against_bots_alone_it_begins_again_at_once_from_the_results(
    server: ServerProcess, tmp_path: Path, by: str
) -> None:
    sessions = tmp_path / "sessions.json"
    async with RestClient(server.url, SessionFile(sessions)) as rest:
        await rest.register("alice", PASSWORD, PASSWORD)
    app = app_on(server, sessions)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_on(pilot, HomeScreen)
        app.play_bots(("easy", "hard"))
        await until_playing(pilot)
        await play_to_the_end(pilot, answer_by_key)
        before = game_screen(pilot)
        results = app.screen
        assert isinstance(results, ResultsDialog)
        brought = results.query_one("#brought", Label)
        await until(pilot, lambda: brought.display)
        summary = await app.shared.rest.summary(before.link.seating.game)
        (mine,) = [each for each in summary.standings if each.username == "alice"]
        assert f"Rating {mine.elo_before} → {mine.elo_after} (" in str(brought.content)
        assert f"for rank {mine.rank} of 3" in str(brought.content)
        assert f"Points: +{mine.points}" in str(brought.content) or "Points: none, because" in str(brought.content)
        if len(before.view.winners) == 1:
            assert "What decided it" in str(results.query_one("#decided", Label).content)
        await (pilot.press("a") if by == "key" else pilot.click("#rematch"))
        await until(pilot, lambda: not any(screen is before for screen in app.screen_stack))
        await until_playing(pilot)
        after = game_screen(pilot)
        await until(pilot, lambda: after.seat.shown)
        assert after.link.seating.game > before.link.seating.game
        assert after.view.phase is not Phase.END_GAME
        assert len(after.link.seating.names) == 3
        assert after.link.seating.levels == before.link.seating.levels, "the same bots"
