"""The dialogs that no action needs: results, keys, rules, emojis; and suggestions for a debt."""

from typing import Any, cast

import pytest
from textual.screen import Screen
from textual.widgets import DataTable, Label, MarkdownViewer, OptionList, Static

from magnate.client.errors import CallRefused
from magnate.client.rest import RestClient
from magnate.engine.actions import MORTGAGE_SET, SURRENDER
from magnate.engine.phases import Phase
from magnate.protocol.rest import ShopItem
from magnate.tui.dialogs.emoji import EmojiDialog
from magnate.tui.dialogs.help import KeysDialog, RulesScreen
from magnate.tui.dialogs.results import ResultsDialog
from magnate.tui.dialogs.sell import SellDialog
from magnate.tui.preferences.keys import help_rows
from magnate.tui.screens.game import GameScreen
from magnate.tui.words.people import People
from magnate.tui.words.sales import Sale, suggestion
from scripts.play_docs import Stage
from tests.golden.make import FOLDER
from tests.sizes import first
from tests.tui.game import positions
from tests.tui.game.table import ME, Table, TableApp, context, table
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio


def words(screen: Screen[Any]) -> str:
    return "\n".join(str(label.content) for label in screen.query(Label))


async def test_the_results_rank_everybody_and_open_again_by_space() -> None:
    link = table(3, bots=False)
    screen = GameScreen(context(), link)
    app = TableApp(screen)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        link.do(1, SURRENDER)
        link.game.balance[ME] += 500
        link.do(2, SURRENDER)
        for _ in range(4):
            await pilot.pause()
        assert link.game.phase is Phase.END_GAME
        dialog = app.screen
        assert isinstance(dialog, ResultsDialog)
        assert "You win!" in words(dialog)
        ranking = dialog.query_one(DataTable)
        rows = [[str(cell) for cell in ranking.get_row_at(row)] for row in range(ranking.row_count)]
        assert [row[0] for row in rows] == ["1", "2", "2"]
        assert "alice ★" in rows[0][1]
        assert [row[2] for row in rows[1:]] == ["surrendered"] * 2
        assert "Carol" in rows[1][1], "who left last ranks first among those who left"
        await pilot.press("escape", "space")
        await pilot.pause()
        assert isinstance(app.screen, ResultsDialog)
        await pilot.press("space", "space")
        await pilot.pause()
        assert isinstance(app.screen, ResultsDialog), "who plays on with Space still gets to read it"
        assert str(screen.query_one("#status", Static).content).strip() == ""


@pytest.mark.parametrize("told", [True, False])
async def test_what_was_missed_of_worth_over_time_is_asked_of_the_server(
    monkeypatch: pytest.MonkeyPatch, told: bool
) -> None:
    async def record(rest: RestClient, game: int) -> tuple[str, ...]:
        if told:
            return tuple((FOLDER / "four.jsonl").read_text("utf-8").splitlines())
        raise CallRefused(404, "There is no such game.")

    async def unknown(rest: RestClient, game: int) -> tuple[str, ...]:
        raise CallRefused(404, "There is no such call.")

    monkeypatch.setattr(RestClient, "record_so_far", unknown)
    monkeypatch.setattr(RestClient, "record", record)
    link = table(bots=False)
    link.game.round = 5
    link = positions.shown(link)
    link.seq = 400
    screen = GameScreen(context(), link)
    app = TableApp(screen)
    async with app.run_test(size=(100, 40)) as pilot:
        await until(pilot, lambda: screen.people is not None)
        for seat in (1, 2, 3):
            cast(Table, screen.link).do(seat, SURRENDER)
        await until(pilot, lambda: isinstance(app.screen, ResultsDialog) and app.focused)
        headings = [str(label.content) for label in app.screen.query(".heading").results(Label)]
        assert headings[-1] == ("Worth, round by round (↑ highest)" if told else "Worth since round 5 (↑ highest)")
        assert (len(screen.source.history()) > 5) is told


async def test_worth_over_time_is_drawn_to_one_scale() -> None:
    link = positions.business()
    people = People.of(link.game, link.seating.names, ME, "city", "en")
    history = [[100, 0, 50, 100], [100, 50, 50, 0]]
    dialog = ResultsDialog(link.game, people, history)
    app = TableApp(dialog)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        lines = str(dialog.query_one("#plot", Static).content).splitlines()
        by_letter = {line[1]: line for line in lines}
        assert "█" * 50 in by_letter[people.letter(ME)]
        assert "▄" * 50 in by_letter[people.letter(2)]
        assert "█" not in by_letter[people.letter(1)]


async def test_help_lists_each_action_once_with_the_players_own_keys() -> None:
    screen = GameScreen(context("es"), positions.jail())
    app = TableApp(screen)
    app.set_keymap({"game.roll": "w"})
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        rows = help_rows(cast(Screen[object], screen), app.get_key_display)
        assert ("w", "Tirar") in rows
        assert ("c", "Chat") in rows
        assert len({does for _, does in rows}) == len(rows)
        app.push_screen(KeysDialog(rows, "es"))
        await pilot.pause()
        assert app.screen.query_one(DataTable).row_count == len(rows)
        await pilot.press("escape")
        assert app.screen is screen


@pytest.mark.parametrize(("key", "screen"), [("f1", RulesScreen), ("question_mark", KeysDialog)])
async def test_help_and_rules_open_over_a_dialog(key: str, screen: type[Screen[Any]]) -> None:
    shared = context()
    app = Stage(shared, GameScreen(shared, positions.debt()))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, SellDialog) and app.focused)
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, screen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SellDialog))


@pytest.mark.parametrize("lang", first(["en", "es"]))
async def test_the_rules_open_and_close(lang: str) -> None:
    screen = GameScreen(context(lang), positions.jail())
    app = TableApp(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.push_screen(RulesScreen(lang))
        await pilot.pause()
        assert app.screen.query_one(MarkdownViewer).show_table_of_contents
        await pilot.click("#close-rules")
        await pilot.pause()
        assert app.screen is screen


class _Shop(RestClient):
    """A server on which the player owns two emojis."""

    async def emojis(self) -> list[ShopItem]:
        return [ShopItem(8, "emoji", 10, True), ShopItem(9, "emoji", 10, True)]


async def test_an_owned_emoji_is_sent_as_clients_send_it() -> None:
    link = positions.jail()
    shared = context()
    shared.rest = _Shop("http://127.0.0.1:9")
    app = TableApp(GameScreen(shared, link))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await pilot.press("j")
        await pilot.pause()
        assert isinstance(app.screen, EmojiDialog)
        assert app.screen.query_one(OptionList).option_count == 2
        await pilot.press("down", "enter")
        await pilot.pause()
        assert link.said == ["/emoji 9"]


def test_a_suggestion_covers_the_debt_and_holds_nothing_needless() -> None:
    found = [Sale(MORTGAGE_SET[square], brings, brings) for square, brings in ((1, 30), (3, 40), (5, 150))]
    picked = suggestion(found, 160)
    assert sum(sale.brings for sale in picked) >= 160
    assert all(sum(other.brings for other in picked if other is not sale) < 160 for sale in picked)
    assert suggestion(found, 1000) == found
