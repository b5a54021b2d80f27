"""A rematch from the results, and the way to the game that begins."""

from typing import cast

import pytest

from magnate.client.game import Again, RematchWanted, Watched
from magnate.engine.actions import SURRENDER
from magnate.tui import messages
from magnate.tui.dialogs.results import ResultsDialog
from magnate.tui.screens.game import GameScreen
from tests.tui.game import positions
from tests.tui.game.table import NAMES, Table, TableApp, context
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio


async def test_a_rematch_is_asked_for_from_the_results_and_leads_to_the_new_game() -> None:
    screen = GameScreen(context(), positions.business())
    app = TableApp(screen)
    async with app.run_test(size=(100, 40)) as pilot:
        table = cast(Table, screen.link)
        await until(pilot, lambda: screen.people is not None)
        for seat in (1, 2, 3):
            table.do(seat, SURRENDER)
        await until(pilot, lambda: isinstance(app.screen, ResultsDialog) and app.focused)
        await pilot.click("#rematch")
        await until(pilot, lambda: table.rematches == 1)
        table.tell(Watched(3))
        table.tell(RematchWanted(2, ()))
        await until(pilot, lambda: any(NAMES[1] in note.message for note in app._notifications))
        table.tell(RematchWanted(1, (3, 4)))
        waits = f"when {NAMES[2]}, {NAMES[3]} asks too"
        await until(pilot, lambda: any(waits in note.message for note in app._notifications))
        table.tell(Again(77))
        await until(pilot, lambda: app.asked)
    (again,) = app.asked
    assert isinstance(again, messages.PlayAgain)
    assert (again.game, again.watch) == (77, False)
