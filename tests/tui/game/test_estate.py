"""The estate list: everything that is owned, sorted as one likes, and all that may be done with it."""

import pytest
from textual.widgets import DataTable, Input, Select

from magnate.client.game import Changed
from magnate.engine.actions import Build, Demolish, MortgageSet, MortgageUnset, TradeProposal
from magnate.engine.phases import Phase
from magnate.engine.rules.holdings import give, set_mortgaged
from magnate.engine.view import Reason, sentence
from magnate.tui.dialogs.checks import CheckList
from magnate.tui.dialogs.estate import EstateDialog
from magnate.tui.dialogs.trade import TradeDialog
from magnate.tui.screens.game import GameScreen
from magnate.tui.words.estate import ORDERS, estate
from tests.tui.game import positions
from tests.tui.game.playing import Playing, playing
from tests.tui.game.positions import BOB
from tests.tui.game.table import ME
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio


def rows(at: Playing) -> list[list[str]]:
    """Return the cells of the list, line by line."""
    holdings = at.app.screen.query_one(DataTable)
    return [[cell.plain.strip() for cell in holdings.get_row_at(row)] for row in range(holdings.row_count)]


async def mark(at: Playing, square: int) -> None:
    """Go to a square in the list, by the arrows."""
    dialog = at.app.screen
    assert isinstance(dialog, EstateDialog)
    await at.press("ctrl+home", *["down"] * [each.square for each in dialog._rows].index(square))


async def test_the_list_tells_group_rent_level_mortgage_and_who_has_what_is_missing() -> None:
    link = positions.two_groups()
    set_mortgaged(link.game, 5, 1)
    async with playing(positions.shown(link)) as at:
        await at.press("l")
        assert ["A1 Net Menders' Row", "2/2", "10", "⌂1", "+30", ""] in rows(at)
        assert ["F1 Inkwell Street", "2/3", "22", "", "+130", "F3 Bob"] in rows(at)
        assert ["Dawn Server", "1/2", "0", "", "= −150", "SRV free"] in rows(at)
        assert len(rows(at)) == 8


@pytest.mark.parametrize("order", ORDERS)
async def test_the_list_is_sorted_by_each_column_by_key_and_by_a_click(order: str) -> None:
    link = positions.two_groups()
    set_mortgaged(link.game, 5, 1)
    expected = [each.square for each in estate(link.game, ME, order)]
    async with playing(positions.shown(link)) as at:
        await at.press("l", *["s"] * ORDERS.index(order))
        dialog = at.app.screen
        assert isinstance(dialog, EstateDialog)
        assert [each.square for each in dialog._rows] == expected
        heads = [str(column.label) for column in dialog.query_one(DataTable).ordered_columns]
        assert [head.strip().endswith("▾") for head in heads].index(True) == 1 + ORDERS.index(order)


def test_each_order_puts_first_what_matters_most() -> None:
    game = positions.two_groups().game
    set_mortgaged(game, 5, 1)
    assert estate(game, ME, "group")[0].square == 1
    assert estate(game, ME, "rent")[0].square == 39
    assert estate(game, ME, "level")[0].square == 1
    assert estate(game, ME, "mortgage")[0].square == 5
    assert [each.square for each in estate(game, ME, "missing")][:2] == [26, 27], "what somebody has can be traded for"


@pytest.mark.parametrize(
    ("square", "key", "action"),
    [(3, "h", Build(3)), (1, "x", Demolish(1)), (15, "m", MortgageSet(15)), (5, "m", MortgageUnset(5))],
)
async def test_each_thing_is_done_in_the_list_which_stays_open_and_shows_what_came_of_it(
    square: int, key: str, action: Build | Demolish | MortgageSet | MortgageUnset
) -> None:
    link = positions.two_groups()
    set_mortgaged(link.game, 5, 1)
    async with playing(positions.shown(link)) as at:
        await at.press("l")
        await mark(at, square)
        before = rows(at)
        await at.press(key)
        assert at.link.sent == [action]
        await until(at.pilot, lambda: rows(at) != before)
        dialog = at.app.screen
        assert isinstance(dialog, EstateDialog)
        assert dialog._marked is not None
        assert dialog._marked.square == square


async def test_several_levels_are_built_without_leaving_the_list() -> None:
    async with playing(positions.two_groups()) as at:
        await at.press("l")
        for square in (37, 39, 37):
            await mark(at, square)
            await at.press("h")
            await until(at.pilot, lambda: at.screen.seat.sent is None)
        assert at.link.sent == [Build(37), Build(39), Build(37)]
        assert [row[3] for row in rows(at) if row[0][:2] in ("H1", "H2")] == ["⌂2", "⌂1"]


async def test_what_may_be_done_stands_below_with_what_comes_of_it_and_why_not() -> None:
    async with playing(positions.two_groups()) as at:
        await at.press("l")
        await mark(at, 39)
        assert "h Build (−200) rent 100 → 200 · 1300 left" in at.panel()
        assert "m Mortgage (+200) rent 100 → 0 · 1700 left" in at.panel()
        await mark(at, 26)
        assert "h Build (−150)" in at.panel()
        assert "t Propose a trade for F3 (Bob)" in at.panel()
        await at.press("h")
        assert at.link.sent == []
        assert at.notices() == [sentence(Reason.GROUP_INCOMPLETE)]


async def test_a_trade_for_what_is_missing_begins_with_it_on_the_table() -> None:
    async with playing(positions.two_groups()) as at:
        await at.press("l")
        await mark(at, 26)
        await at.press("t")
        dialog = at.app.screen
        assert isinstance(dialog, TradeDialog)
        assert dialog.query_one("#partner", Select).value == BOB
        assert dialog.query_one("#get-squares", CheckList).selected == [29]
        assert dialog.focused is dialog.query_one("#give-money", Input)
        await at.press("end", "backspace", *"400", "ctrl+s")
        assert at.link.sent == [TradeProposal(BOB, 400, 0, (), (29,))]


async def test_the_list_opens_at_any_time_and_says_when_one_can_act() -> None:
    link = positions.auction()
    link.game.phase, link.game.to_bid = Phase.ROLL_THE_DICES, ()
    async with playing(positions.shown(link)) as at:
        await at.press("l")
        assert at.showing(EstateDialog)
        assert len(rows(at)) == 4
        assert "when your turn comes to business" in at.panel()
        await at.press("h", "x", "m", "t")
        assert at.link.sent == []
        give(at.link.game, 6, ME)
        at.link.tell(Changed(None, ()))
        await until(at.pilot, lambda: len(rows(at)) == 5)
        await at.press("escape")
        assert at.showing(GameScreen)


async def test_a_player_without_squares_is_told_so() -> None:
    link = positions.business()
    for square in positions.MINE:
        give(link.game, square, BOB)
    async with playing(positions.shown(link)) as at:
        await at.press("l")
        assert "You own nothing yet." in at.panel()


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_a_large_estate_fits_the_smallest_screen(lang: str) -> None:
    link = positions.two_groups()
    for square in link.game.board.buyable[:24]:
        give(link.game, square, ME)
    async with playing(positions.shown(link), lang, size=(80, 24)) as at:
        await at.press("l", "end")
        dialog = at.app.screen
        box = dialog.query_one(".box").region
        for part in ("#holdings", "#doing", "#cancel"):
            assert box.contains_region(dialog.query_one(part).region), part
        assert dialog.query_one(DataTable).size.height > 4
