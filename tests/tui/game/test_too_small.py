"""In a window that is too small for the board no key plays; it shows clock and turn, and what else there is."""

from collections.abc import Callable

import pytest
from textual.widgets import Static

from magnate.client.game import Changed
from magnate.engine.actions import NEXT_PHASE, REJECT, THROW_DICES, Action
from magnate.engine.phases import Phase
from magnate.tui.dialogs.auction import AuctionDialog
from magnate.tui.dialogs.lobby import QuitDialog
from magnate.tui.dialogs.too_small import TooSmall
from magnate.tui.words.moment import whose_turn
from tests.tui.game import positions
from tests.tui.game.positions import BOB
from tests.tui.game.table import ME, Table
from tests.tui.game.test_following import Playing, auction_meanwhile, playing
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio

EVERY_KEY = (*"abcdefghijklmnopqrstuvwxyzSX0123456789", "space", "enter", "escape", "up", "tab", "home", "f1", "?")


async def shrink(at: Playing, width: int = 60, height: int = 15) -> None:
    await at.pilot.resize_terminal(width, height)
    await until(at.pilot, lambda: at.showing(TooSmall))


async def grow(at: Playing) -> None:
    await at.pilot.resize_terminal(80, 24)
    await until(at.pilot, lambda: not at.showing(TooSmall))


@pytest.mark.parametrize(
    ("position", "key", "action"),
    [
        (positions.jail, "r", THROW_DICES),
        (positions.business, "space", NEXT_PHASE),
        (positions.answer, "n", REJECT),
    ],
)
async def test_no_key_plays_until_the_window_grows(position: Callable[[], Table], key: str, action: Action) -> None:
    async with playing(position()) as at:
        await shrink(at)
        await at.press(*EVERY_KEY)
        assert at.link.sent == []
        assert at.showing(TooSmall)
        await grow(at)
        await until(at.pilot, lambda: at.screen.board.region.height == 22)
        await at.press(key)
        await until(at.pilot, lambda: at.link.sent == [action])


async def test_no_key_reaches_a_dialog_either() -> None:
    async with playing(positions.auction()) as at:
        await until(at.pilot, lambda: at.showing(AuctionDialog))
        await shrink(at)
        await at.press("7", "enter", "space", "escape")
        assert at.link.sent == []
        await grow(at)
        await until(at.pilot, lambda: at.showing(AuctionDialog))


@pytest.mark.parametrize(("lang", "size"), [("en", (60, 15)), ("es", (79, 24)), ("en", (30, 8))])
async def test_it_shows_size_clock_turn_and_the_way_without_a_board(lang: str, size: tuple[int, int]) -> None:
    async with playing(positions.answer(), lang) as at:
        await shrink(at, *size)
        people = at.screen.people
        assert people is not None
        turn = whose_turn(at.screen.view, people)
        await until(at.pilot, lambda: turn in at.seen() and ":" in at.seen().splitlines()[0])
        words = str(at.app.screen.query_one("#missing", Static).content)
        assert f"{size[0]}×{size[1]}" in words
        assert "magnate play --plain" in words


async def test_what_the_game_asks_meanwhile_opens_when_there_is_room() -> None:
    async with playing(positions.business()) as at:
        await shrink(at)
        auction_meanwhile(at.link)
        await until(at.pilot, lambda: "Auction" in at.seen())
        assert at.showing(TooSmall)
        await grow(at)
        await until(at.pilot, lambda: at.showing(AuctionDialog))


async def test_one_may_still_quit() -> None:
    async with playing(positions.business()) as at:
        await shrink(at)
        await at.press("ctrl+c")
        await until(at.pilot, lambda: at.showing(QuitDialog))
        await at.press("n")
        await until(at.pilot, lambda: at.showing(TooSmall))


async def test_a_game_that_begins_in_a_small_window_waits_for_room() -> None:
    async with playing(positions.business(), size=(60, 15)) as at:
        await until(at.pilot, lambda: at.showing(TooSmall))
        at.link.game.phase, at.link.game.turn_seat, at.link.game.phase_seat = Phase.ROLL_THE_DICES, BOB, BOB
        at.link.tell(Changed(None, ()))
        await grow(at)
        await until(at.pilot, lambda: at.screen.board.region.height == 22 and at.screen.view.phase_seat != ME)
