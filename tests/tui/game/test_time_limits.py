"""Who lets time limits pass is warned, stays with any key, and everybody reads why a player is out of the game."""

import pytest
from textual.pilot import Pilot

from magnate.client.game import Changed
from magnate.engine.actions import KICK, SURRENDER
from magnate.engine.phases import Phase
from magnate.engine.view import view_for
from magnate.texts.game import game
from magnate.tui.dialogs.log import LogDialog
from magnate.tui.dialogs.results import ResultsDialog
from magnate.tui.panels.players import PlayersPanel
from magnate.tui.plain.words import player_lines, result_lines
from magnate.tui.screens.game import GameScreen
from magnate.tui.words.people import People
from tests.tui.game import positions
from tests.tui.game.table import ME, NAMES, Table, TableApp, context, until

pytestmark = pytest.mark.anyio


async def miss(link: Table, screen: GameScreen, pilot: Pilot[int], count: int) -> None:
    """Tell the screen that so many time limits have passed."""
    link.strikes = count
    link.tell(Changed(None, ()))
    await until(pilot, lambda: screen._attendance._strikes == count)


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_a_player_is_warned_before_the_third_time_limit(lang: str) -> None:
    link = positions.management()
    screen = GameScreen(context(lang), link)
    async with TableApp(screen).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: screen.seat.shown)
        await miss(link, screen, pilot, 1)
        assert screen.told[-1] == game("strike", lang)
        assert screen.status() != game("strike_last", lang)
        await miss(link, screen, pilot, 2)
        assert screen.told[-1] == game("strike_last", lang)
        assert screen.status() == game("strike_last", lang)


@pytest.mark.parametrize("key", ["z", "up", "escape"])
@pytest.mark.parametrize("dialog", [False, True])
async def test_any_key_says_that_the_player_is_here(key: str, dialog: bool) -> None:
    link = positions.management()
    screen = GameScreen(context(), link)
    async with TableApp(screen).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: screen.seat.shown)
        await pilot.press("x")
        assert link.heres == 0  # nothing is counted, so nothing is said
        if dialog:
            screen.app.push_screen(LogDialog([], "en", only_mine=False, filters=lambda mine: None))
            await pilot.pause()
        await miss(link, screen, pilot, 2)
        await pilot.press(key)
        await until(pilot, lambda: link.heres == 1)
        assert screen.status() != game("strike_last", "en")


WHYS = [(SURRENDER, 100, "surrendered"), (SURRENDER, -100, "bankrupt"), (KICK, 100, "left after three time limits")]


@pytest.mark.parametrize(("action", "money", "words"), WHYS)
async def test_players_list_log_results_and_line_mode_say_why_a_player_is_out(
    action: object, money: int, words: str
) -> None:
    link = positions.management()
    link.game.balance[1] = money
    screen = GameScreen(context(), link)
    async with TableApp(screen).run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: screen.seat.shown)
        before = len(screen.told)
        link.do(1, action)  # type: ignore[arg-type]
        await until(pilot, lambda: len(screen.told) > before)
        assert words in str(screen.query_one(PlayersPanel).render())
        told = " ".join(screen.told[before:])
        assert {"surrendered": "surrenders"}.get(words, words) in told
        state = link.game
        people = People.of(state, NAMES[: state.seats], ME, "city", "en")
        assert any(words in line for line in player_lines(view_for(state, ME), people))
        link.game.phase = Phase.END_GAME
        link.game.winners = (ME,)
        assert any(words in line for line in result_lines(view_for(state, ME), people))
        dialog = ResultsDialog(state, people, [])
        assert words in " ".join(cell.plain for row in dialog._ranking() for cell in row)
