"""The replay screen: steps, turns, jumps, speed and the end, on a record of the real engine."""

import io
from pathlib import Path

import pytest

from magnate.bots.random_bot import RandomBot
from magnate.engine.chance import Recorder, Seeded
from magnate.engine.game import apply, legal_actions, new_game
from magnate.engine.phases import AUCTION, END_GAME
from magnate.engine.recording import RecordWriter
from magnate.engine.state import Settings
from magnate.engine.view import view_for
from magnate.errors import MagnateError
from magnate.tui.dialogs.results import ResultsDialog
from magnate.tui.screens.replay import ReplayScreen, load_record
from tests.tui.game.table import TableApp, context

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def record_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a short game of bots that choose at random."""
    chance = Recorder(Seeded(5))
    game = new_game(2, chance, Settings(2))
    chance.take()
    text = io.StringIO()
    writer = RecordWriter(text, game, names=("ann", "ben"))
    bot = RandomBot(1)
    while game.phase is not END_GAME:
        seat = game.phase_seat
        if game.phase is AUCTION:
            seat = game.to_bid[0]
        legal = legal_actions(game, seat)
        action = bot.decide(view_for(game, seat), legal[:-1] or legal)
        apply(game, seat, action, chance)
        writer.move(seat, action, chance.take())
    writer.result(game)
    path = tmp_path_factory.mktemp("records") / "game.jsonl"
    path.write_text(text.getvalue(), "utf-8")
    return path


async def test_arrows_step_and_scrub_through_a_game(record_file: Path) -> None:
    screen = ReplayScreen(context(), load_record(str(record_file)))
    app = TableApp(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert screen.reel.at == 0
        await pilot.press("right", "right")
        assert screen.reel.at == 2
        assert screen.told
        await pilot.press("left")
        assert screen.reel.at == 1
        turn = screen.state.turn
        await pilot.press("down")
        assert screen.state.turn == turn + 1
        await pilot.press("up")
        assert screen.reel.at == 0
        await pilot.press("end")
        assert screen.state.phase is END_GAME
        await pilot.press("home")
        assert screen.reel.at == 0
        await pilot.press("j", "3", "enter")
        await pilot.pause()
        assert screen.reel.at == 3


async def test_playing_goes_on_by_itself_to_the_results(record_file: Path) -> None:
    screen = ReplayScreen(context("es"), load_record(str(record_file)))
    app = TableApp(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("plus", "plus", "plus", "plus")
        screen.go_to(len(screen.reel.record.moves) - 2)
        await pilot.press("space")
        for _ in range(200):
            await pilot.pause(0.02)
            if isinstance(app.screen, ResultsDialog) and app.screen.is_mounted:
                break
        assert isinstance(app.screen, ResultsDialog)
        assert screen.reel.at == len(screen.reel.record.moves)


async def test_the_buttons_work_by_the_mouse(record_file: Path) -> None:
    screen = ReplayScreen(context(), load_record(str(record_file)))
    app = TableApp(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        panel = screen.query_one("#actions")
        await pilot.click(panel, offset=(1, 1))
        await pilot.pause()
        assert screen.reel.at == 1


def test_a_file_that_is_no_record_is_named(tmp_path: Path) -> None:
    with pytest.raises(MagnateError, match=r"missing\.jsonl: No such file"):
        load_record(str(tmp_path / "missing.jsonl"))
    (tmp_path / "other.txt").write_text("hello")
    with pytest.raises(MagnateError, match="line 1"):
        load_record(str(tmp_path / "other.txt"))
