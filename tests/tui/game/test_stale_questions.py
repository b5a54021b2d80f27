"""A question that is no longer asked goes away by itself, even one that is over before it was seen."""

from collections.abc import Callable

import pytest

from magnate.client.game import Changed
from magnate.engine.phases import Phase
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.screens.game import GameScreen
from tests.tui.game import positions
from tests.tui.game.positions import BOB
from tests.tui.game.table import Table, TableApp, context, until

pytestmark = pytest.mark.anyio

QUESTIONS = [positions.auction, positions.debt]


def ask_no_longer(link: Table) -> None:
    """Let time run out: the turn is somebody else's."""
    game = link.game
    game.phase, game.turn_seat, game.phase_seat = Phase.ROLL_THE_DICES, BOB, BOB
    link.tell(Changed(None, ()))


def asks(app: TableApp) -> bool:
    return isinstance(app.screen, GameDialog)


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_question_goes_away_when_the_time_is_over(question: Callable[[], Table]) -> None:
    link = question()
    app = TableApp(GameScreen(context(), link))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: asks(app))
        ask_no_longer(link)
        await until(pilot, lambda: not asks(app))
    assert link.sent == []


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_question_that_is_over_at_once_leaves_nothing_behind(question: Callable[[], Table]) -> None:
    link = question()
    ask_no_longer(link)
    screen = GameScreen(context(), link)
    app = TableApp(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: screen.people is not None and screen.state.phase_seat == BOB and not asks(app))
        await pilot.pause()
        assert app.screen is screen
    assert link.sent == []
