"""The connection breaks in the middle of a phase: the same question is back on the screen, its answer counts once."""

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from magnate.client.game import Back, Changed, GameClient, Lost, Refused
from magnate.engine.actions import NEXT_PHASE, SURRENDER, THROW_DICES, DropPurchase, TradeProposal
from magnate.engine.phases import Phase
from magnate.protocol.commands import MockCard, MockDice, SetMoney, Teleport
from magnate.tui.dialogs.auction import AuctionDialog
from magnate.tui.dialogs.results import ResultsDialog
from magnate.tui.dialogs.sell import SellDialog
from magnate.tui.screens.game import GameScreen
from magnate.tui.screens.home import HomeScreen
from tests.client.server import ServerProcess
from tests.tui.wire.player import until_on
from tests.tui.wire.two import Two, two

pytestmark = pytest.mark.anyio

CHEAP, DEAR, QUIET = 9, 39, 0
"""Two squares to buy, and one on which nothing is decided."""
GAIN = MockCard(fantasy_type="winPlainMoney", value=20)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[ServerProcess]:
    server = ServerProcess(tmp_path / "server.db", DEBUG_COMMANDS="1", TURN_SECONDS="600", AUCTION_SECONDS="600")
    await server.start()
    yield server
    await server.stop()


async def turn_of_alice(table: Two) -> None:
    """Bring the game to Alice's roll; Bob's turn, if it is his, passes without a question."""
    if table.bob.view.turn_seat != table.alice:
        bob = 1 - table.alice
        if table.phase_is(Phase.ROLL_THE_DICES, bob):
            await table.land(bob, QUIET)
        await table.do(bob, NEXT_PHASE)
    assert table.phase_is(Phase.ROLL_THE_DICES, table.alice)


async def break_and_come_back(table: Two) -> None:
    """Kill the server while something is asked, start it again, and see the same question on the screen."""
    await table.in_step()
    await table.pilot.pause()
    before, sent, seq = table.question(), len(table.sent), table.seq
    table.updates.clear()
    await table.server.stop(signal.SIGKILL)
    await table.until(lambda: table.lost)
    await table.server.start()
    await table.until(lambda: table.bob.connected and Back() in table.updates and not table.lost)
    await table.pilot.pause()
    kinds = [type(update) for update in table.updates]
    back = kinds.index(Back)
    assert set(kinds[:back]) == {Lost}
    assert set(kinds[back + 1 :]) == {Changed}
    assert "Connected again." in table.notices()
    assert table.question() == before
    assert (len(table.sent), table.seq) == (sent, seq), "nothing is sent by itself"


async def comes_back(table: Two, question: dict[str, object], seq: int, sent: int) -> None:
    """Start the server again, and see the question that was there before; its answer counts."""
    await table.server.start()
    await table.until(lambda: table.bob.connected and Back() in table.updates and not table.lost)
    assert table.question() == question
    assert (table.seq, len(table.sent)) == (seq, sent), "nothing is sent by itself"
    await answer(table, "r")


async def answer(table: Two, *keys: str) -> None:
    """Answer by keys, and see that it counted once and was sent once."""
    sent, seq = len(table.sent), table.seq
    await table.pilot.press(*keys)
    await table.until(lambda: table.seq == table.alice_seq == seq + 1)
    # What Alice says comes after all that she sent before.
    words = f"that was {seq + 1}"
    assert await table.screen.link.say(words)
    await table.until(lambda: any(words in said for said in table.screen.told))
    assert len(table.sent) == sent + 1
    assert table.seq == seq + 1
    assert not [update for update in table.updates if isinstance(update, Refused)]


@pytest.mark.sweep
async def test_in_every_phase_the_question_survives_the_death_of_the_server(
    server: ServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with two(server, tmp_path, monkeypatch) as table:
        alice, bob, pilot = table.alice, 1 - table.alice, table.pilot
        survived: list[Phase] = []

        async def survive(phase: Phase, seat: int, shown: type[object]) -> None:
            assert table.phase_is(phase, seat)
            await until_on(pilot, shown)
            await break_and_come_back(table)
            assert table.phase_is(phase, seat)
            survived.append(phase)

        await turn_of_alice(table)
        await table.cheat(Teleport(player_id=table.user(alice), square_id=1))
        await survive(Phase.ROLL_THE_DICES, alice, GameScreen)
        await table.cheat(MockDice(dice1=1, dice2=2, dice_bus=6))
        await answer(table, "r")

        await survive(Phase.CHOOSE_SQUARE, alice, GameScreen)
        await table.cheat(GAIN)
        await answer(table, "space")

        await survive(Phase.CHOOSE_FANTASY, alice, GameScreen)
        await table.cheat(GAIN)
        await answer(table, "u")

        await survive(Phase.BUSINESS, alice, GameScreen)
        await answer(table, "e")

        await table.land(bob, DEAR)
        await table.do(bob, DropPurchase(DEAR))
        await survive(Phase.AUCTION, table.bob.view.phase_seat, AuctionDialog)
        await answer(table, "enter")
        assert table.bob.view.owner[DEAR] == alice

        await table.do(bob, TradeProposal(alice, offered_money=100))
        await survive(Phase.PROPOSAL_ACCEPTANCE, alice, GameScreen)
        await answer(table, "y")

        await turn_of_alice(table)
        await table.land(alice, CHEAP)
        await survive(Phase.MANAGEMENT, alice, GameScreen)
        await answer(table, "b")
        assert table.bob.view.owner[CHEAP] == alice

        await table.do(alice, NEXT_PHASE)
        await turn_of_alice(table)
        await table.cheat(SetMoney(player_id=table.user(alice), amount=-20))
        await table.land(alice, DEAR)
        await survive(Phase.LIQUIDATION, alice, SellDialog)
        await answer(table, "enter")

        await table.do(bob, SURRENDER)
        await survive(Phase.END_GAME, table.bob.view.phase_seat, ResultsDialog)
        await pilot.press("enter")
        await until_on(pilot, HomeScreen)
        assert set(survived) == set(Phase)


async def test_an_answer_that_never_arrived_is_asked_for_again_and_not_sent_by_itself(
    server: ServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with two(server, tmp_path, monkeypatch) as table:
        await turn_of_alice(table)
        seq, question, sent = table.seq, table.question(), len(table.sent)
        os.kill(server.pid, signal.SIGSTOP)
        await table.pilot.press("r")
        await table.until(lambda: len(table.sent) == sent + 1)
        await table.pilot.press("r", "space")
        assert table.screen.offers() == (), "while it is on its way nothing else can be sent"
        await server.stop(signal.SIGKILL)
        await table.until(lambda: table.lost)
        await comes_back(table, question, seq, sent + 1)


async def test_an_answer_without_a_connection_says_so_and_the_question_stays(
    server: ServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with two(server, tmp_path, monkeypatch) as table:
        await turn_of_alice(table)
        seq, question, sent = table.seq, table.question(), len(table.sent)
        await server.stop(signal.SIGKILL)
        await table.until(lambda: table.lost)
        await table.pilot.press("r")
        await table.until(lambda: "No connection: nothing was sent." in table.notices())
        assert table.lost
        await comes_back(table, question, seq, sent)


async def test_a_cut_connection_is_opened_again_at_the_same_question(
    server: ServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with two(server, tmp_path, monkeypatch) as table:
        await turn_of_alice(table)
        question = table.question()
        link = table.screen.link
        assert isinstance(link, GameClient)
        assert link._socket is not None
        link._socket._connection.transport.abort()
        await table.until(lambda: any(isinstance(update, Lost) for update in table.updates))
        await table.until(lambda: Back() in table.updates and not table.lost)
        assert table.question() == question
        await table.do(table.alice, THROW_DICES)
