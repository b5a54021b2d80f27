"""The app: from the command line to home and into a game, by keys, and what happens without a server."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, Label, OptionList
from textual.widgets._toast import Toast

from magnate.client.errors import SessionFileDamaged
from magnate.client.rest import RestClient
from magnate.client.session import Session, SessionFile
from magnate.texts.game import game
from magnate.tui.app import MagnateApp
from magnate.tui.dialogs.help import KeysDialog, RulesScreen
from magnate.tui.dialogs.lobby import AskDialog, BotsDialog, LineDialog
from magnate.tui.own_server import OwnServer
from magnate.tui.preferences.stored import Preferences
from magnate.tui.screens.connecting import ConnectingScreen, NoServerScreen
from magnate.tui.screens.game import GameScreen
from magnate.tui.screens.home import HomeScreen
from magnate.tui.screens.profile import ProfileScreen
from magnate.tui.screens.room import RoomScreen
from magnate.tui.screens.settings import SettingsScreen
from magnate.tui.screens.sign_in import SignInScreen
from magnate.tui.starting import Start
from tests.client.conftest import anyio_backend
from tests.server.wire.process import PASSWORD, Server
from tests.tui.waiting import until

__all__ = ["anyio_backend"]

pytestmark = pytest.mark.anyio


NUMBERS = itertools.count(1)


class StandingServer(OwnServer):
    """An own server that is there already and stays, for all tests that care for the app alone."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._standing = url

    async def start(self) -> str:
        self.url = self._standing
        return self.url

    async def stop(self) -> None:
        pass


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server for all tests, which hurries nobody."""
    hurried = {"TURN_SECONDS": "0", "AUCTION_SECONDS": "0"}
    server = Server(tmp_path_factory.mktemp("server") / "server.db", hurried)
    server.start()
    yield server
    server.close()


OwnApp = Callable[..., MagnateApp]


@pytest.fixture
def own_app(server: Server, tmp_path: Path) -> OwnApp:
    """Return what makes an app whose user is new on the server that it takes for its own."""

    def own_app(start: Start | None = None, lang: str = "en", own: OwnServer | None = None) -> MagnateApp:
        return MagnateApp(
            Preferences(animation=False, pace="at_once", user=f"ana{next(NUMBERS)}", lang=lang),
            SessionFile(tmp_path / "sessions.json"),
            preferences_path=tmp_path / "play.toml",
            start=start,
            own_server=own or StandingServer(server.url),
        )

    return own_app


@pytest.fixture
async def signed_in(server: Server, tmp_path: Path) -> OwnApp:
    """Return what makes an app on somebody else's server, whose user has an account there."""
    sessions, user = SessionFile(tmp_path / "signed-in.json"), f"eva{next(NUMBERS)}"
    async with RestClient(server.url, sessions) as rest:
        await rest.register(user, PASSWORD, PASSWORD)

    def signed_in(start: Start | None = None, lang: str = "en") -> MagnateApp:
        return MagnateApp(
            Preferences(server=server.url, animation=False, pace="at_once", lang=lang), sessions, start=start
        )

    return signed_in


def table(app: MagnateApp) -> GameScreen | None:
    """Return the table once a game is shown; a bot may have begun, and a dialog lie over it."""
    tables = [screen for screen in app.screen_stack if isinstance(screen, GameScreen)]
    return next((screen for screen in tables if screen.seat.shown), None)


async def test_two_keys_lead_from_the_start_into_a_game_against_bots(own_app: OwnApp, tmp_path: Path) -> None:
    app = own_app(own=OwnServer(tmp_path / "own.db"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.focused)
        await pilot.press("b")
        await until(pilot, lambda: isinstance(app.screen, BotsDialog) and app.focused)
        await pilot.press("enter")
        await until(pilot, lambda: table(app))


async def test_a_game_named_on_the_command_line_begins_at_once(own_app: OwnApp) -> None:
    app = own_app(start=Start(bots=("easy", "expert")))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: table(app))
        shown = table(app)
        assert shown is not None
        assert len(shown.view.alive) == 3


async def test_a_change_of_language_shows_at_once_and_is_remembered(own_app: OwnApp, tmp_path: Path) -> None:
    app = own_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.focused)
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        app.screen.query_one("#lang").value = "es"  # type: ignore[attr-defined]
        await until(pilot, lambda: (tmp_path / "play.toml").exists())
        # For a moment no screen is there while they are made anew.
        await until(
            pilot, lambda: "Ajustes" in "".join(str(each.content) for each in app.screen.query("#title").results(Label))
        )
    assert 'lang = "es"' in (tmp_path / "play.toml").read_text("utf-8")


async def test_on_somebody_elses_server_one_signs_in(tmp_path: Path, server: Server) -> None:
    app = MagnateApp(Preferences(server=server.url), SessionFile(tmp_path / "sessions.json"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, SignInScreen) and isinstance(app.focused, Input))


async def test_without_a_server_it_says_why_and_tries_again(tmp_path: Path) -> None:
    app = MagnateApp(Preferences(server="http://127.0.0.1:9"), SessionFile(tmp_path / "sessions.json"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, NoServerScreen))
        assert "127.0.0.1:9" in str(app.screen.query_one(".text", Label).content)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConnectingScreen | NoServerScreen))
        await until(pilot, lambda: isinstance(app.screen, NoServerScreen))
        await pilot.press("tab", "enter")
    assert app.return_value == 2


async def test_an_own_server_that_is_gone_for_good_is_said_and_can_be_started_again(
    own_app: OwnApp, tmp_path: Path
) -> None:
    app = own_app(own=OwnServer(tmp_path / "own.db"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.focused)
        own = app._own_server
        assert own is not None
        await own.stop()
        own.url = ""
        own.on_end("own.db is not a database")
        await until(pilot, lambda: isinstance(app.screen, NoServerScreen) and app.focused)
        assert "own.db is not a database" in str(app.screen.query_one(".text", Label).content)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.focused)


async def test_a_damaged_file_of_sessions_is_put_aside_when_asked(tmp_path: Path, server: Server) -> None:
    file = tmp_path / "sessions.json"
    file.write_text("{1")
    with pytest.raises(SessionFileDamaged):
        SessionFile(file).servers()
    app = MagnateApp(Preferences(server=server.url, lang="es"), SessionFile(file))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, NoServerScreen) and app.focused)
        assert "está dañado" in str(app.screen.query_one(".text", Label).content)
        await pilot.click("#aside")
        await until(pilot, lambda: isinstance(app.screen, SignInScreen) and isinstance(app.focused, Input))
    assert (tmp_path / "sessions.json.damaged").read_text() == "{1"


async def test_whose_session_is_over_signs_in_again_under_the_same_name(tmp_path: Path, server: Server) -> None:
    sessions = SessionFile(tmp_path / "sessions.json")
    sessions.save(server.url, Session("alice", 1, "void", "void"))
    app = MagnateApp(Preferences(server=server.url), sessions)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, SignInScreen) and isinstance(app.focused, Input))
        assert app.screen.query_one("#username", Input).value == "alice"
        assert app.focused is app.screen.query_one("#password")
        assert [each.message for each in app._notifications] == ["Your session has ended. Sign in again."]


async def test_a_code_that_no_room_has_is_asked_for_again(signed_in: OwnApp) -> None:
    app = signed_in(start=Start(join="qqqqqq"), lang="es")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LineDialog) and app.focused)
        assert app.screen.query_one(Input).value == "QQQQQQ"
        assert str(app.screen.query_one(".fault", Label).content) == "Ninguna sala tiene ese código."
        assert not app._notifications
        app.screen.query_one(Input).value = (await app.shared.rest.new_room()).lower()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RoomScreen) and app.screen.room.players)


async def test_opponents_named_on_the_command_line_wait_for_the_running_game(signed_in: OwnApp) -> None:
    app = signed_in(start=Start(bots=("easy",)))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: table(app))
        app._start = Start(queue=True)
        await app._go_home()
        await until(pilot, lambda: isinstance(app.screen, AskDialog) and app.focused)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_who_looks_for_opponents_is_led_back_to_a_running_game(signed_in: OwnApp) -> None:
    app = signed_in(start=Start(bots=("easy",)), lang="es")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: table(app))
        await app._go_home()
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.focused)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, AskDialog) and app.focused)
        assert "Tu partida sigue en marcha" in str(app.screen.query_one(".text", Label).content)
        await pilot.press("enter")
        await until(pilot, lambda: table(app))


async def test_a_session_that_ends_while_one_plays_leaves_the_name_filled_in(own_app: OwnApp) -> None:
    app = own_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.focused)
        name = app.shared.preferences.user
        app._preferences = app.shared.preferences = replace(app.shared.preferences, user=None)
        app.shared.rest.session = None
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, SignInScreen) and isinstance(app.focused, Input))
        assert app.screen.query_one("#username", Input).value == name
        assert app.focused is app.screen.query_one("#password")


async def test_signing_out_ends_the_session_and_asks_again(own_app: OwnApp, tmp_path: Path) -> None:
    app = own_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.focused)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, SignInScreen) and isinstance(app.focused, Input))
    assert SessionFile(tmp_path / "sessions.json").servers() == []


async def test_the_palette_speaks_the_players_language_and_does_what_keys_do(own_app: OwnApp) -> None:
    app = own_app(lang="es")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.focused)
        offered = {command.title: command for command in app.get_system_commands(app.screen)}
        assert {"Ayuda", "Reglas", "Salir del programa", "Jugar contra bots"} <= set(offered)
        assert not {"play_bots", "Keys", "Maximize", "Quit", "Screenshot", "Theme", "palette"} & set(offered)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        assert app.screen.query_one(Input).placeholder == "¿Qué quieres hacer?"
        await pilot.press(*"Reglas")
        await until(pilot, lambda: app.screen.query_one(OptionList).option_count == 1)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, RulesScreen))


async def test_help_speaks_of_squares_to_click_only_where_there_is_a_board(own_app: OwnApp) -> None:
    app = own_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.focused)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, ProfileScreen))
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, KeysDialog) and app.screen.query(".hint"))
        said = [str(each.content) for each in app.screen.query(Label)]
        await pilot.press("escape", "escape")
        app.play_bots(("easy",))
        await until(pilot, lambda: table(app))
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, KeysDialog) and app.screen.query(".hint"))
        at_table = [str(each.content) for each in app.screen.query(Label)]
    assert game("help_mouse", "en") in at_table
    assert game("help_mouse", "en") not in said


async def test_what_is_said_in_passing_does_not_cover_where_one_types(own_app: OwnApp) -> None:
    app = own_app()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.focused)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, RoomScreen) and app.screen.room.players)
        place = app.screen.query_one("#room").region
        await pilot.press("f4")
        await until(pilot, lambda: any(each.region.height for each in app.screen.query(Toast)))
        message = app.screen.query_one("#message").region
        assert all(each.region.bottom <= message.y for each in app.screen.query(Toast))
        assert app.screen.query_one("#room").region == place, "the room stays where it was"
