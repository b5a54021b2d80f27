"""What the screen shows at a glance, on a real server: targets, costs, the estate, a whole group, who is winning."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.widgets import DataTable

from magnate.engine.phases import Phase
from magnate.protocol.commands import CreateProperty, MockDice, SetMoney, Teleport
from magnate.tui.board.layout import Area
from magnate.tui.dialogs.estate import EstateDialog
from magnate.tui.dialogs.worths import WorthsDialog
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.panels.log import Log
from magnate.tui.panels.players import PlayersPanel
from magnate.tui.screens.game import GameScreen
from tests.client.server import ServerProcess
from tests.tui.wire.player import until_on
from tests.tui.wire.test_reconnect import turn_of_alice
from tests.tui.wire.two import Two, two

pytestmark = pytest.mark.anyio

JAIL_GATE = 20
"""The square that sends to jail."""


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[ServerProcess]:
    server = ServerProcess(tmp_path / "server.db", DEBUG_COMMANDS="1", TURN_SECONDS="600", AUCTION_SECONDS="600")
    await server.start()
    yield server
    await server.stop()


def panel(table: Two) -> str:
    """Return what the panel of what may be done says, on whatever lies on top."""
    return " ".join(str(table.pilot.app.screen.query_one(ActionsPanel).content).split())


async def press(table: Two, *keys: str) -> None:
    """Press keys that send one action, and wait until it counts."""
    seq = table.seq
    await table.pilot.press(*keys)
    await table.until(lambda: table.seq == table.alice_seq == seq + 1 and table.screen.seat.sent is None)
    await table.pilot.pause()


async def test_a_turn_is_played_by_what_the_panel_the_estate_and_the_centre_say(
    server: ServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with two(server, tmp_path, monkeypatch) as table:
        alice, bob, pilot = table.user(table.alice), table.user(1 - table.alice), table.pilot
        await turn_of_alice(table)
        await table.cheat(SetMoney(player_id=alice, amount=1500))
        await table.cheat(CreateProperty(player_id=alice, square_id=37))
        await table.cheat(CreateProperty(player_id=alice, square_id=26))
        await table.cheat(CreateProperty(player_id=bob, square_id=29))
        await table.cheat(Teleport(player_id=alice, square_id=36))
        await table.cheat(MockDice(dice1=1, dice2=2, dice_bus=6))
        await press(table, "r")

        assert "1 H1 Weathervane Heights 1 step · nothing happens" in panel(table)
        assert "3 H2 Lantern Palace 3 steps · you can buy it for 400" in panel(table)
        await pilot.press("3")
        assert table.status.strip() == "3: H2 Lantern Palace: press Enter"
        await press(table, "enter")

        assert "b Buy for 400 rent 100 · completes group H · 1100 left" in panel(table)
        await press(table, "b")
        whole = "alice has all of group H (The Heights) now."
        assert table.screen.told[-1] == whole
        assert whole in table.notices()
        centre = [line.plain.strip() for line in table.screen.board._words[Area.EVENT]]
        assert whole in centre

        await table.until(lambda: table.phase_is(Phase.BUSINESS, table.alice))
        await pilot.press("home")
        table.screen.board.cursor = 0
        await table.until(lambda: "h Build on H1 (−200) rent 70 → 175 · 900 left" in panel(table))
        await press(table, "h")
        assert table.bob.view.level[37] == 1

        await pilot.press("l")
        await until_on(pilot, EstateDialog)
        holdings = pilot.app.screen.query_one(DataTable)
        lines = [[cell.plain.strip() for cell in holdings.get_row_at(row)] for row in range(holdings.row_count)]
        assert ["F1 Inkwell Street", "1/3", "22", "", "+130", "F2 free, F3 bob"] in lines
        await pilot.press("ctrl+home", "down", "down")
        await table.until(lambda: "h Build (−200) rent 100 → 200" in panel(table))
        await press(table, "h")
        assert table.bob.view.level[39] == 1
        assert isinstance(pilot.app.screen, EstateDialog), "the list stays open"
        await pilot.press("escape")
        await until_on(pilot, GameScreen)

        players = str(table.screen.query_one(PlayersPanel).content)
        assert "#1 worth" in players
        assert "#2 worth" in players
        await pilot.press("f")
        await until_on(pilot, WorthsDialog)
        first = pilot.app.screen.query_one(DataTable).get_row_at(0)
        assert "alice" in first[1].plain
        await pilot.press("escape")
        await until_on(pilot, GameScreen)

        await pilot.press("o")
        log = "\n".join(line.text for line in table.screen.query_one("#log", Log).lines)
        assert "alice builds a level" in log
        assert "bob" not in log


async def test_the_bail_after_a_roll_says_where_the_roll_leads(
    server: ServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with two(server, tmp_path, monkeypatch) as table:
        await turn_of_alice(table)
        await table.cheat(Teleport(player_id=table.user(table.alice), square_id=JAIL_GATE - 3))
        await table.cheat(MockDice(dice1=1, dice2=2, dice_bus=6))
        await press(table, "r")
        await table.until(lambda: "3 steps · you go to jail" in panel(table))
        await press(table, "3", "enter")
        await press(table, "e")
        await turn_of_alice(table)
        await table.cheat(MockDice(dice1=1, dice2=2, dice_bus=3))
        await press(table, "r")
        view = table.screen.view
        square = view.board.destination[view.board.jail][3]
        assert view.jail_roll == 3
        assert "p Pay the bail (40) to " in panel(table)
        assert "3 steps · " in panel(table)
        assert f"{view.balance[table.alice] - 40} left" in panel(table)
        await press(table, "p")
        assert table.bob.view.position[table.alice] == square
