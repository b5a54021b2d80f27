"""A question that is no longer asked goes away by itself, even one that is over before it was seen."""

from collections.abc import Callable

import pytest

from magnate.client.game import Changed
from magnate.engine.phases import Phase
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.screens.game import GameScreen
from tests.tui.game import positions
from tests.tui.game.positions import BOB
from tests.tui.game.table import Table, TableApp, context

pytestmark = pytest.mark.anyio

QUESTIONS = [positions.card, positions.auction, positions.answer, positions.debt]


def ask_no_longer(link: Table) -> None:
    """Let time run out: the turn is somebody else's."""
    game = link.game
    game.phase, game.turn_seat, game.phase_seat = Phase.ROLL_THE_DICES, BOB, BOB
    link.tell(Changed(None, ()))


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_question_goes_away_when_the_time_is_over(question: Callable[[], Table]) -> None:
    link = question()
    app = TableApp(GameScreen(context(), link))
    async with app.run_test(size=(80, 24)) as pilot:
        while not isinstance(app.screen, GameDialog):
            await pilot.pause()
        ask_no_longer(link)
        while not isinstance(app.screen, GameScreen):
            await pilot.pause()
    assert link.sent == []


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_question_that_is_over_at_once_leaves_nothing_behind(question: Callable[[], Table]) -> None:
    link = question()
    ask_no_longer(link)
    screen = GameScreen(context(), link)
    app = TableApp(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        while screen.people is None or screen.state.phase_seat != BOB or app.screen is not screen:
            await pilot.pause()
        await pilot.pause()
        assert app.screen is screen
    assert link.sent == []
