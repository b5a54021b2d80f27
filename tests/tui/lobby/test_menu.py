"""The menu: a running game first, the last game again, and what it takes to play with others."""

from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path

import pytest
from textual.widgets import Label, OptionList

from magnate.client.game import Changed, GameClient
from magnate.client.quick_game import start_bot_game
from magnate.client.rest import RestClient
from magnate.client.session import SessionFile
from magnate.engine.actions import SURRENDER
from magnate.engine.phases import Phase
from magnate.protocol.rest import LivePlayer, RunningGame
from magnate.tui import messages
from magnate.tui.app import MagnateApp
from magnate.tui.dialogs.games import GamesDialog
from magnate.tui.dialogs.lobby import BotsDialog
from magnate.tui.dialogs.needs_server import NeedsServerDialog
from magnate.tui.own_server import OwnServer
from magnate.tui.preferences.stored import Preferences
from magnate.tui.screens.game import GameScreen
from magnate.tui.screens.home import HomeScreen
from magnate.tui.screens.queue import QueueScreen
from magnate.tui.screens.room import RoomScreen
from magnate.tui.starting import Start
from magnate.tui.words.needs import JOIN, SERVE
from magnate.tui.words.running import running_words
from tests.client.server import PASSWORD, ServerProcess
from tests.tui.lobby.harness import Harness, context
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio

OwnApp = Callable[..., MagnateApp]


class StandingServer(OwnServer):
    """An own server that is there already and stays."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._standing = url

    async def start(self) -> str:
        self.url = self._standing
        return self.url

    async def stop(self) -> None:
        pass


@pytest.fixture
def own_app(server: ServerProcess, tmp_path: Path) -> OwnApp:
    """Return what makes the app of somebody who takes the server for their own."""

    def own_app(start: Start | None = None, lang: str = "en") -> MagnateApp:
        preferences = Preferences(animation=False, pace="at_once", user="ana", lang=lang)
        sessions = SessionFile(tmp_path / "own-sessions.json")
        return MagnateApp(preferences, sessions, start=start, own_server=StandingServer(server.url))

    return own_app


async def over(rest: RestClient, *levels: str) -> int:
    """Play a game against bots to its end, by leaving it; return its id."""
    number = await start_bot_game(rest, levels)
    game = GameClient(rest, number)
    async with aclosing(game.updates()) as updates:
        async for update in updates:
            if isinstance(update, Changed):
                if game.view.phase is Phase.END_GAME:
                    break
                if game.view.alive[game.view.viewer]:
                    await game.act(SURRENDER)
    await game.close()
    return number


def table(app: MagnateApp) -> GameScreen | None:
    tables = [screen for screen in app.screen_stack if isinstance(screen, GameScreen)]
    return next((screen for screen in tables if screen.seat.shown), None)


def shown(app: MagnateApp) -> str:
    return "\n".join(str(each.content) for each in app.screen.query(Label))


class TestRunningGame:
    async def test_it_stands_first_and_lit_with_its_round_and_whose_turn_it_is(self, rest: RestClient) -> None:
        home = HomeScreen(context(rest))
        app = Harness(home)
        async with app.run_test() as pilot:
            await until(pilot, lambda: home.profile is not None)
            menu = home.query_one("#menu", OptionList)
            assert "resume" not in [option.id for option in menu.options], "nothing is offered where nothing runs"
            game = await start_bot_game(rest, ("easy",))
            home.read_profile()
            await until(pilot, lambda: menu.options[0].id == "resume")
            assert menu.highlighted == 0
            assert [running.game_id for running in home.running] == [game]
            assert "Round 1 of 30 · " in str(menu.options[0].prompt)
            assert running_words(home.running[0], "alice", "en") in str(menu.options[0].prompt)
            await pilot.press("enter")
            await until(pilot, lambda: any(isinstance(each, messages.OpenGame) for each in app.asked))

    async def test_of_several_it_names_the_newest_and_asks_to_which_one_to_go(self, own_app: OwnApp) -> None:
        app = own_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.focused)
            home = app.screen
            assert isinstance(home, HomeScreen)
            older = await start_bot_game(app.shared.rest, ("easy",))
            await start_bot_game(app.shared.rest, ("hard", "easy"))
            home.read_profile()
            await until(pilot, lambda: len(home.running) == 2)
            assert " · 1 more game" in str(home.query_one("#menu", OptionList).options[0].prompt)
            await pilot.press("g")
            await until(pilot, lambda: isinstance(app.screen, GamesDialog) and app.focused)
            listed = [str(option.prompt) for option in app.screen.query_one("#games", OptionList).options]
            assert len(listed) == 2
            assert [each.rpartition("·")[2].count(",") for each in listed] == [1, 0], "with the others of each"
            await pilot.press("down", "enter")
            await until(pilot, lambda: table(app))
            chosen = table(app)
            assert chosen is not None
            assert chosen.link.seating.game == older

    async def test_the_cursor_stays_where_the_player_has_put_it(self, rest: RestClient) -> None:
        home = HomeScreen(context(rest))
        app = Harness(home)
        async with app.run_test() as pilot:
            await until(pilot, lambda: home.profile is not None)
            menu = home.query_one("#menu", OptionList)
            await pilot.press("down", "down")
            before = menu.highlighted_option
            await start_bot_game(rest, ("easy",))
            home.read_profile()
            await until(pilot, lambda: menu.options[0].id == "resume")
            assert before is not None
            assert menu.highlighted_option is not None
            assert menu.highlighted_option.id == before.id


@pytest.mark.parametrize(
    ("turn", "waiting_for", "words"),
    [
        ("alice", ["alice"], "Round 7 of 30 · your turn"),
        ("alice", ["bob", "eve"], "Round 7 of 30 · your turn, waiting for bob, eve"),
        ("bob", ["bob"], "Round 7 of 30 · bob's turn"),
        ("bob", ["alice", "eve"], "Round 7 of 30 · bob's turn, waiting for you"),
    ],
)
def test_whose_turn_it_is_and_whether_the_game_waits_for_the_player(
    turn: str, waiting_for: list[str], words: str
) -> None:
    players = tuple(LivePlayer(name, False, True) for name in ("alice", "bob", "eve"))
    game = RunningGame(7, "2026-05-01T18:30:00Z", players, 7, 30, turn, Phase.AUCTION, tuple(waiting_for))
    assert running_words(game, "alice", "en") == words


class TestPlayAgain:
    async def test_the_last_game_against_bots_begins_again_with_the_same_bots(self, own_app: OwnApp) -> None:
        app = own_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.focused)
            home = app.screen
            assert isinstance(home, HomeScreen)
            await until(pilot, lambda: home.profile is not None)
            assert home.query_one("#menu", OptionList).get_option("play_again").disabled
            before = await over(app.shared.rest, "hard", "easy")
            home.read_profile()
            await until(pilot, lambda: not home.query_one("#menu", OptionList).get_option("play_again").disabled)
            await pilot.press("a")
            await until(pilot, lambda: table(app))
            again = table(app)
            assert again is not None
            assert again.link.seating.game > before
            assert again.view.phase is not Phase.END_GAME
            assert len(again.view.alive) == 3

    async def test_where_people_played_it_leads_to_the_results_at_which_they_can_agree(
        self, server: ServerProcess, rest: RestClient, tmp_path: Path
    ) -> None:
        async with RestClient(server.url) as other:
            await other.register("bob", PASSWORD, PASSWORD)
            first, second = Harness(QueueScreen(context(rest))), Harness(QueueScreen(context(other)))
            async with first.run_test() as pilot, second.run_test() as pilot2:
                await until(pilot, lambda: any(isinstance(each, messages.OpenGame) for each in first.asked))
                await until(pilot2, lambda: second.asked)
            (found,) = [each.game for each in first.asked if isinstance(each, messages.OpenGame)]
            game = GameClient(other, found)
            async with aclosing(game.updates()) as updates:
                async for update in updates:
                    if isinstance(update, Changed) and not await game.act(SURRENDER):
                        break
                    if game.view.phase is Phase.END_GAME:
                        break
            await game.close()
        sessions = SessionFile(tmp_path / "sessions.json")
        app = MagnateApp(Preferences(server=server.url, animation=False, pace="at_once"), sessions)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.screen.profile)
            await pilot.press("a")
            await until(pilot, lambda: table(app))
            results = table(app)
            assert results is not None
            assert results.link.seating.game == found
            assert results.view.phase is Phase.END_GAME


class TestWithOthersOnOnesOwnServer:
    @pytest.mark.parametrize(("key", "lang"), [("f", "en"), ("j", "es")])
    async def test_it_says_at_once_what_that_takes_and_offers_bots_instead(
        self, own_app: OwnApp, key: str, lang: str
    ) -> None:
        app = own_app(lang=lang)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.focused)
            await pilot.press(key)
            await until(pilot, lambda: isinstance(app.screen, NeedsServerDialog) and app.focused)
            assert SERVE in shown(app)
            assert JOIN.format(address="ADDRESS" if lang == "en" else "DIRECCIÓN") in shown(app)
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, BotsDialog))

    @pytest.mark.parametrize("start", [Start(queue=True), Start(join="K7QX2M")])
    async def test_it_says_so_from_the_command_line_too(self, own_app: OwnApp, start: Start) -> None:
        app = own_app(start=start)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, NeedsServerDialog) and app.focused)
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, HomeScreen))

    async def test_a_room_is_for_bots_alone_says_so_and_begins_a_game_with_them(self, own_app: OwnApp) -> None:
        app = own_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.focused)
            await pilot.press("c")
            await until(pilot, lambda: isinstance(app.screen, RoomScreen) and app.screen.room.players)
            assert SERVE in str(app.screen.query_one("#hint", Label).content)
            assert "Give this code" not in shown(app)
            await pilot.press("f2", "f3")
            await until(pilot, lambda: table(app))

    async def test_on_a_server_for_all_it_goes_there(
        self, server: ServerProcess, rest: RestClient, tmp_path: Path
    ) -> None:
        app = MagnateApp(
            Preferences(server=server.url, animation=False, pace="at_once"), SessionFile(tmp_path / "sessions.json")
        )
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.focused)
            await pilot.press("f")
            await until(pilot, lambda: isinstance(app.screen, QueueScreen))
