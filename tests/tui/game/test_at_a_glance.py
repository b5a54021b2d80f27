"""What the panel tells at a glance: where a choice leads, what it costs and leaves, and what the estate admits."""

from collections.abc import Callable

import pytest
from textual.widgets import DataTable, Label

from magnate.client.game import Changed
from magnate.engine.actions import Build, BuySquare, MoveTo, PayBail, TakeTram
from magnate.engine.phases import Phase
from magnate.engine.rules.holdings import give
from magnate.engine.view import rent
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.words.squares import called
from tests.tui.game import positions
from tests.tui.game.playing import Playing, playing
from tests.tui.game.table import ME, Table

pytestmark = pytest.mark.anyio

EVERY = [
    positions.business,
    positions.two_groups,
    positions.debt,
    positions.fork,
    positions.bus,
    positions.anywhere,
    positions.tram,
    positions.jail,
    positions.bail,
    positions.management,
]


async def test_targets_are_listed_by_number_with_what_comes_of_each() -> None:
    async with playing(positions.bus()) as at:
        assert "1 E1 Lemon Tree Avenue 2 steps · you pay 36 to Bob · 1464 left" in at.panel()
        assert "2 Fantasy 3 steps · a fantasy card" in at.panel()
        assert "3 F1 Inkwell Street 7 steps · you can buy it for 260" in at.panel()


@pytest.mark.parametrize(
    ("position", "keys", "action"),
    [
        (positions.bus, "1 enter", MoveTo(21)),
        (positions.bus, "3 enter", MoveTo(26)),
        (positions.bus, "2 space", MoveTo(22)),
        (positions.bus, "2 6 enter", MoveTo(26)),
        (positions.fork, "2 enter", MoveTo(7)),
        (positions.tram, "1 enter", TakeTram(30)),
        (positions.anywhere, "3 enter", MoveTo(3)),
    ],
)
async def test_a_typed_number_means_the_target_in_the_list_and_else_a_square(
    position: Callable[[], Table], keys: str, action: MoveTo | TakeTram
) -> None:
    async with playing(position()) as at:
        await at.press(*keys.split())
        assert at.link.sent == [action]


async def test_the_number_of_a_target_is_answered_with_its_square_before_it_is_taken() -> None:
    async with playing(positions.bus()) as at:
        assert "Space: E1 Lemon Tree Avenue." in at.status()
        await at.press("3")
        assert at.screen.board.cursor == 26
        assert at.status() == " 3: F1 Inkwell Street: press Enter"
        assert at.link.sent == []


async def test_the_stop_that_one_stands_on_is_no_target() -> None:
    async with playing(positions.tram()) as at:
        here = at.screen.view.position[ME]
        assert at.screen.people is not None
        assert called(at.screen.view, here, at.screen.people) not in at.panel()
        assert "the ride costs 30 · 1470 left" in at.panel()
        assert "Stay" in at.panel()


async def test_a_click_on_a_target_takes_it() -> None:
    async with playing(positions.bus()) as at:
        rows = at.screen.query_one(ActionsPanel).rows
        line = next(place for place, offer in enumerate(rows) if offer is not None and offer.key == "2")
        await at.pilot.click(ActionsPanel, offset=(6, line))
        await at.pilot.pause()
        assert at.link.sent == [MoveTo(22)]


async def test_after_a_triple_the_board_is_the_list() -> None:
    async with playing(positions.anywhere()) as at:
        assert "Choose a square on the board" in at.panel()


async def test_bail_after_a_roll_says_where_the_roll_leads_and_what_is_left() -> None:
    async with playing(positions.bail()) as at:
        view = at.screen.view
        square = view.board.destination[view.board.jail][view.jail_roll]
        assert at.screen.people is not None
        panel = at.panel()
        assert f"to {called(view, square, at.screen.people)}" in panel
        assert f"{view.jail_roll} steps · you pay" in panel
        assert f"{1500 - view.board.bail - rent(view, square)} left" in panel, "the rent there is paid too"
        await at.press("p")
        assert at.link.sent == [PayBail(True)]


async def test_a_purchase_says_rent_group_and_what_is_left() -> None:
    link = positions.two_groups()
    link.game.phase = Phase.MANAGEMENT
    link.game.position[ME] = 35
    async with playing(positions.shown(link)) as at:
        assert "Buy for 250 rent 40 · completes Bridges · 1250 left" in at.panel()
        await at.press("b")
        assert at.link.sent == [BuySquare(35)]


@pytest.mark.parametrize("cursor", [0, 20, 23])
async def test_what_the_estate_admits_is_listed_wherever_the_cursor_is(cursor: int) -> None:
    async with playing(positions.two_groups()) as at:
        at.screen.board.cursor = cursor
        await at.pilot.pause()
        assert "h Build on H1 (−200) rent 70 → 175 · 1300 left" in at.panel()
        assert "Build on A2 (−50) rent 8 → 20 · 1450 left" in at.panel()
        assert "Your estate: 8 squares" in at.panel()
        await at.press("h")
        assert at.link.sent == [Build(37)]


async def test_the_keys_are_for_the_square_under_the_cursor_and_other_groups_stay_listed() -> None:
    async with playing(positions.two_groups()) as at:
        await at.press("3")
        assert "h Build (−50) rent 8 → 20" in at.panel()
        assert "Build on H1 (−200)" in at.panel()
        assert "Build on A2" not in at.panel()
        await at.press("h")
        assert at.link.sent == [Build(3)]


async def test_the_end_of_a_turn_says_what_the_next_one_may_cost() -> None:
    async with playing(positions.business()) as at:
        at.link.game.position[ME] = 17
        at.link.tell(Changed(None, ()))
        await at.pilot.pause()
        await at.pilot.pause()
        assert "End the turn rents next turn: about" in at.panel()
        assert at.status() == " Space: End the turn"


async def test_a_bid_says_what_it_leaves_and_what_the_square_makes_of_a_group() -> None:
    link = positions.auction()
    for square in (6, 8):
        give(link.game, square, ME)
    async with playing(positions.shown(link)) as at:
        words = " ".join(str(label.content) for label in at.app.screen.query(Label))
        assert "completes group B" in words
        assert "At most 1500, all that you have. 1380 left." in words
        await at.press("5", "0")
        assert "1450 left" in str(at.app.screen.query_one("#limit", Label).content)


async def test_a_trade_says_what_it_completes_for_whom_and_what_it_leaves() -> None:
    async with playing(positions.two_groups()) as at:
        await at.press("l")
        at.app.screen.query_one(DataTable).move_cursor(row=2)
        await at.press("t", "end", "backspace", *"400")
        words = str(at.app.screen.query_one("#fairness", Label).content)
        assert words.startswith("Completes group F (The Academy) for you.")
        assert words.endswith("1100 left.")


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("position", EVERY)
async def test_what_may_be_done_fits_the_smallest_screen(position: Callable[[], Table], lang: str) -> None:
    async with playing(position(), lang, size=(80, 24)) as at:
        await at.press("escape")
        await shown_whole(at)
        at.screen.board.cursor = 3
        await at.pilot.pause()
        await shown_whole(at)


async def shown_whole(at: Playing) -> None:
    panel, side = at.screen.query_one(ActionsPanel), at.screen.query_one("#side")
    await at.pilot.pause()
    assert side.region.contains_region(panel.region), panel.content
    assert panel.size.height == len(panel.rows)
