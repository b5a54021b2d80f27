"""Who is winning: rank, lead and trend beside each worth, and the worths round by round at any time."""

from dataclasses import replace

import pytest
from textual.widgets import DataTable, Static

from magnate.client.game import Changed
from magnate.engine.view import net_worth
from magnate.tui.dialogs.worths import WorthsDialog
from magnate.tui.panels.players import PlayersPanel
from magnate.tui.plain.overview import worth_lines
from magnate.tui.plain.words import player_lines, result_lines
from magnate.tui.screens.game import GameScreen
from magnate.tui.screens.replay import ReplayScreen
from magnate.tui.words.standings import standings
from tests.tui.game import positions
from tests.tui.game.playing import Playing, playing
from tests.tui.game.positions import BOB
from tests.tui.game.table import ME, TableApp, context
from tests.tui.snapshots.stage import record
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio

DAN = 3


def panel(at: Playing) -> list[str]:
    """Return the lines of the players, two each."""
    return str(at.screen.query_one(PlayersPanel).content).splitlines()


async def next_round(at: Playing, **gained: int) -> None:
    """Let money change, and another round begin."""
    game = at.link.game
    for name, amount in gained.items():
        game.balance[at.link.seating.names.index(name)] += amount
    game.round += 1
    at.link.tell(Changed(None, ()))
    await until(at.pilot, lambda: at.screen.view.round == game.round)
    await at.pilot.pause()


def test_rank_lead_and_trend_are_counted_by_net_worth() -> None:
    game = positions.business().game
    mine, bobs = net_worth(game, ME), net_worth(game, BOB)
    game.alive[DAN] = False
    first, second, third = standings(game, [[0] * 4, [mine - 70, bobs + 30, 1500, 1500], [0] * 4])
    assert first[:4] == (ME, 1, mine, mine - bobs)
    assert second[:4] == (BOB, 2, bobs, bobs - mine)
    assert (first.trend, second.trend, third.trend) == (70, -30, 0)
    assert standings(game, [])[0].trend is None


@pytest.mark.parametrize("lang", ["en", "es"])
async def test_each_worth_has_rank_lead_and_trend_at_the_smallest_size_too(lang: str) -> None:
    async with playing(positions.business(), lang, size=(80, 24)) as at:
        await next_round(at, alice=40, Bob=-60)
        first, second = ("#1 worth", "#2 worth") if lang == "en" else ("1.º patr.", "2.º patr.")
        lines = [line.strip() for line in panel(at)]
        assert any(line.startswith(f"{first} 2260 · +140 ↗") for line in lines)
        assert any(line.startswith(f"{second} 2120 · −140 ↘") for line in lines)
        assert all(len(line) <= 24 for line in panel(at))


@pytest.mark.parametrize(("lang", "level"), [("en", "very hard"), ("es", "muy dif")])
async def test_the_level_of_a_bot_stands_beside_its_name(lang: str, level: str) -> None:
    link = positions.business()
    link.seating = replace(link.seating, levels={BOB: "very_hard"})
    async with playing(link, lang, size=(80, 24)) as at:
        (bobs,) = [line for line in panel(at) if "Bob" in line]
        assert f"Bob {level}" in bobs
        assert len(bobs) <= 24
        people = at.screen.people
        assert people is not None
        view = at.screen.view
        said = result_lines(view, people) + worth_lines(view, people, []) + player_lines(view, people)
        full = {"en": "very hard", "es": "muy difícil"}[lang]
        assert [f"Bob ({full})" in line for line in said if "Bob" in line] == [True, True, True]
        assert not any("Carol (" in line for line in said)


async def test_jail_comes_before_the_lead_where_there_is_little_room() -> None:
    async with playing(positions.jail(), size=(80, 24)) as at:
        assert any("#1 worth 2220 · jail 3" in line for line in panel(at))


async def test_a_wider_panel_says_how_much_the_trend_is_and_how_many_squares() -> None:
    async with playing(positions.business(), size=(120, 40)) as at:
        await next_round(at, alice=40)
        assert any("#1 worth 2260 · +80 ↗40 · 4 sq." in line for line in panel(at))


async def test_the_worths_open_at_any_time_and_follow_the_game() -> None:
    async with playing(positions.auction()) as at:
        await at.press("escape", "f")
        assert at.showing(WorthsDialog)
        table = at.app.screen.query_one(DataTable)
        assert [cell.plain for cell in table.get_row_at(0)][2:4] == ["2220", "+40"]
        await next_round(at, Bob=500)
        await until(at.pilot, lambda: "Bob" in table.get_row_at(0)[1].plain)
        assert [cell.plain for cell in table.get_row_at(0)][2:5] == ["2680", "+460", "↗ +500"]
        plot = str(at.app.screen.query_one("#plot", Static).content)
        assert "▲B" in plot
        assert "↑2680" in plot
        await at.press("f")
        assert at.showing(GameScreen)


async def test_a_replay_has_the_worths_up_to_where_it_is() -> None:
    screen = ReplayScreen(context(), record())
    app = TableApp(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: screen.people is not None)
        assert len(screen.source.history()) == 1
        await pilot.press("end")
        await until(pilot, lambda: screen.reel.at > 0)
        assert len(screen.source.history()) > 3
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, WorthsDialog))
