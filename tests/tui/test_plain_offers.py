"""Offers and debts in line mode: the same answers and ways out as on the screen."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import cast

import pytest

from magnate.client.game import Changed, GameClient
from magnate.engine.actions import REJECT, SURRENDER, TradeProposal
from magnate.engine.phases import Phase
from magnate.texts.plain import PLAIN
from magnate.tui.plain.lines import Lines
from magnate.tui.plain.table import Table as LineTable
from tests.tui.game import positions
from tests.tui.game.positions import BOB
from tests.tui.game.table import ME, Table
from tests.tui.game.test_debt import bare, sold_out
from tests.tui.game.test_offers import CAROL, offer
from tests.tui.test_plain_table import Typed

pytestmark = pytest.mark.anyio

TURNS = 50
"""Rounds of the loop that everything told needs to be heard."""


@asynccontextmanager
async def table(link: Table, *answers: str) -> AsyncIterator[LineTable]:
    lines = LineTable(cast(GameClient, link), "en", cast(Lines, Typed(*answers)))
    telling = asyncio.create_task(lines.tell())
    try:
        await lines.shown.wait()
        await told()
        yield lines
    finally:
        telling.cancel()


async def told() -> None:
    for _ in range(TURNS):
        await asyncio.sleep(0)


@pytest.mark.parametrize(("word", "heard_next_turn"), [("later", True), ("luego", True), ("never", False)])
async def test_offers_can_be_kept_away_for_the_turn_or_the_game(word: str, heard_next_turn: bool) -> None:
    link = positions.answer()
    link.game.turn = 1
    link = positions.shown(link)
    async with table(link) as lines:
        await lines.hear(word)
        await told()
        assert link.sent == [REJECT]
        offer(link, turn=1 if word != "never" else 2, asked=(5,))
        await told()
        assert link.sent == [REJECT, REJECT]
        offer(link, seat=CAROL, turn=3, asked=(5,))
        await told()
        assert link.sent == [REJECT, REJECT], "Carol is heard"
        offer(link, turn=4, asked=(5,))
        await told()
        assert len(link.sent) == (2 if heard_next_turn else 3)
        await lines.hear("hear")
        offer(link, turn=5, asked=(5,))
        await told()
        assert len(link.sent) == (2 if heard_next_turn else 3)


async def test_a_counter_offer_is_kept_and_proposed_on_ones_own_turn(capsys: pytest.CaptureFixture[str]) -> None:
    link = positions.answer()
    async with table(link) as lines:
        await lines.hear("counter")
        await told()
        assert link.sent == [REJECT]
        assert PLAIN["counter_kept"][0] in capsys.readouterr().out
        game = link.game
        game.phase, game.turn_seat, game.phase_seat, game.trade = Phase.BUSINESS, ME, ME, None
        link.tell(Changed(None, ()))
        await told()
        await lines.hear("contraoferta")
        await told()
        assert link.sent[1:] == [TradeProposal(BOB, 0, 100, (5,), (21,))]


@pytest.mark.parametrize(("word", "key"), [("later", "no_offer"), ("never", "no_offer"), ("counter", "no_counter")])
async def test_without_an_offer_it_says_so(word: str, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    link = positions.business()
    async with table(link) as lines:
        await lines.hear(word)
    assert PLAIN[key][0] in capsys.readouterr().out
    assert link.sent == []


@pytest.mark.parametrize("position", [positions.debt, sold_out, bare])
async def test_surrender_has_a_number_in_every_debt_and_is_asked_for_twice(
    position: Callable[[], Table], capsys: pytest.CaptureFixture[str]
) -> None:
    link = position()
    async with table(link, "n", "y") as lines:
        listed = [line for line in capsys.readouterr().out.splitlines() if line.endswith(". Surrender")]
        number = listed[0].partition(".")[0]
        await lines.hear(number)
        assert link.sent == []
        await lines.hear(number)
        assert link.sent == [SURRENDER]


async def test_surrender_has_no_number_where_there_is_no_debt(capsys: pytest.CaptureFixture[str]) -> None:
    async with table(positions.business()):
        assert "Surrender" not in capsys.readouterr().out
