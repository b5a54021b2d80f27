"""Every state of a debt shows its ways out, and one who knows only Space gets out of it."""

from collections.abc import Callable

import pytest
from textual.widgets import Label

from magnate.engine.actions import MORTGAGE_SET, SURRENDER
from magnate.engine.phases import END_GAME
from magnate.engine.rules.holdings import release, set_level, set_mortgaged
from magnate.tui.dialogs.confirm import ConfirmDialog
from magnate.tui.dialogs.sell import SellDialog
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.screens.game import GameScreen
from tests.sizes import first
from tests.tui.game import positions
from tests.tui.game.table import ME, Table, table
from tests.tui.game.test_following import Playing, playing
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio

MOST_KEYS = 900


def sold_out() -> Table:
    """ME owes 260, and all it has is mortgaged: only a trade could still help."""
    link = positions.debt()
    set_level(link.game, 1, 0)
    for square in positions.MINE:
        set_mortgaged(link.game, square, 1)
    return positions.shown(link)


def bare() -> Table:
    """ME owes 260 and has nothing at all."""
    link = positions.debt()
    set_level(link.game, 1, 0)
    for square in positions.MINE:
        release(link.game, square)
    return positions.shown(link)


def panel(at: Playing) -> str:
    return " ".join(str(at.screen.query_one(ActionsPanel).content).split())


@pytest.mark.parametrize("lang", first(["en", "es"]))
@pytest.mark.parametrize("position", [positions.debt, sold_out, bare])
async def test_surrender_is_listed_in_every_debt(position: Callable[[], Table], lang: str) -> None:
    async with playing(position(), lang) as at:
        word = at.screen.say("surrender")
        await until(at.pilot, lambda: word in panel(at))
        assert isinstance(at.app.screen, SellDialog) is (position is positions.debt), "no list of nothing"


@pytest.mark.parametrize(
    ("position", "words"), [(sold_out, "Only a trade could still save you"), (bare, "This is the only way out")]
)
async def test_space_asks_about_the_last_way_out_and_never_opens_a_list_of_nothing(
    position: Callable[[], Table], words: str
) -> None:
    async with playing(position()) as at:
        assert "Space: Surrender" in at.status()
        await at.press("space")
        await until(at.pilot, lambda: at.showing(ConfirmDialog))
        assert words in " ".join(str(label.content) for label in at.app.screen.query(Label))
        await at.press("escape")
        await at.pilot.pause()
        assert isinstance(at.app.screen, GameScreen)
        await at.press("space", "space")
        await until(at.pilot, lambda: at.link.sent == [SURRENDER])


async def test_the_dialog_of_a_debt_goes_when_the_debt_is_gone() -> None:
    async with playing(positions.debt()) as at:
        await until(at.pilot, lambda: at.showing(SellDialog))
        at.link.game.balance[ME] = 10
        at.link.do(ME, MORTGAGE_SET[5])
        await until(at.pilot, lambda: isinstance(at.app.screen, GameScreen))


@pytest.mark.parametrize("seed", first([1, 2, 3]))
async def test_a_whole_game_is_played_by_space_alone(seed: int) -> None:
    link = table(3, seed, rounds=6)
    link.game.balance[ME] = 300
    async with playing(Table(link.game, link.chance)) as at:
        for _ in range(MOST_KEYS):
            if at.link.game.phase is END_GAME:
                break
            await at.press("space")
        assert at.link.game.phase is END_GAME, f"{at.link.game!r} on {at.app.screen!r}"
