"""The screens outside the game, each by keys, against a real server."""

import msgspec
import pytest
from textual import events
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Button, DataTable, Input, Label, OptionList, RichLog, Select, Switch

from magnate.client.rest import RestClient
from magnate.protocol.rest import Profile
from magnate.protocol.room import BotLevel, PlayerLeft, RoomPlayer, SettingsChanged
from magnate.texts.game import emoji
from magnate.texts.lobby import LOBBY, lobby
from magnate.tui import messages
from magnate.tui.board.palette import PALETTES, board_palette
from magnate.tui.screens.home import ENTRIES, HomeScreen
from magnate.tui.screens.profile import ProfileScreen
from magnate.tui.screens.queue import QueueScreen
from magnate.tui.screens.room import RoomScreen
from magnate.tui.screens.settings import SettingsScreen
from magnate.tui.screens.shop import ShopScreen
from magnate.tui.screens.sign_in import SignInScreen
from magnate.tui.words.history import TIE, PastGame
from tests.client.server import PASSWORD, ServerProcess
from tests.tui.lobby.harness import Harness, context
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio


def fault(app: Harness, field: str) -> str:
    return str(app.screen.query_one(f"#{field}-fault", Label).content)


def asked(app: Harness, kind: type[Message]) -> bool:
    return any(isinstance(message, kind) for message in app.asked)


async def type_line(pilot: Pilot[int], text: str) -> None:
    await pilot.press(*(("space" if letter == " " else letter) for letter in text), "enter")


class TestSignIn:
    async def test_by_keys_alone(self, server: ServerProcess, rest: RestClient) -> None:
        async with RestClient(server.url) as stranger:
            app = Harness(SignInScreen(context(stranger)))
            async with app.run_test() as pilot:
                await type_line(pilot, "alice")
                await type_line(pilot, PASSWORD)
                await until(pilot, lambda: asked(app, messages.SignedIn))
            assert stranger.session is not None

    async def test_a_guest_needs_no_password_and_gets_a_name_like_the_one_that_is_taken(
        self, server: ServerProcess, rest: RestClient
    ) -> None:
        async with RestClient(server.url) as stranger:
            app = Harness(SignInScreen(context(stranger)))
            async with app.run_test() as pilot:
                await type_line(pilot, "alice")
                await pilot.click("#guest")
                await until(pilot, lambda: asked(app, messages.SignedIn))
            assert stranger.session is not None
            assert stranger.session.username.startswith("alice-")
            assert (await stranger.profile()).guest

    async def test_a_wrong_password_is_said_at_its_field(self, server: ServerProcess, rest: RestClient) -> None:
        async with RestClient(server.url) as stranger:
            app = Harness(SignInScreen(context(stranger, "es")))
            async with app.run_test() as pilot:
                await type_line(pilot, "alice")
                await type_line(pilot, "nonsense 9")
                await until(pilot, lambda: fault(app, "password"))
                assert fault(app, "password") == LOBBY["bad_credentials"][1]
                assert app.focused is app.screen.query_one("#password")

    async def test_registering_says_each_fault_at_its_field_then_signs_in(
        self, server: ServerProcess, rest: RestClient
    ) -> None:
        async with RestClient(server.url) as stranger:
            app = Harness(SignInScreen(context(stranger)))
            async with app.run_test() as pilot:
                await pilot.click("#other")
                app.screen.query_one("#username", Input).value = "bob"
                app.screen.query_one("#password", Input).value = "12345678"
                app.screen.query_one("#password2", Input).value = "87654321"
                await pilot.click("#go")
                await until(pilot, lambda: fault(app, "password2"))
                assert fault(app, "password")
                for field in ("#password", "#password2"):
                    app.screen.query_one(field, Input).value = PASSWORD
                # A button that still shows that it was pressed cannot be pressed.
                await until(pilot, lambda: not app.screen.query_one("#go").has_class("-active"))
                await pilot.click("#go")
                await until(pilot, lambda: asked(app, messages.SignedIn))
            assert stranger.session is not None
            assert stranger.session.username == "bob"

    async def test_a_server_that_is_gone_is_the_apps_affair(self) -> None:
        async with RestClient("http://127.0.0.1:9") as nowhere:
            app = Harness(SignInScreen(context(nowhere)))
            async with app.run_test() as pilot:
                await type_line(pilot, "alice")
                await type_line(pilot, PASSWORD)
                await until(pilot, lambda: asked(app, messages.Failed))

    async def test_what_is_typed_without_a_pause_goes_into_the_right_fields(self, server: ServerProcess) -> None:
        async with RestClient(server.url) as stranger:
            screen = SignInScreen(context(stranger))
            app = Harness(screen)
            async with app.run_test() as pilot:
                await until(pilot, lambda: app.focused is not None)
                for key in ("n", "a", "d", "enter", "s", "e", "c"):
                    app.post_message(events.Key(key, key if len(key) == 1 else None))
                await until(pilot, lambda: screen.query_one("#password", Input).value == "sec")
                assert screen.query_one("#username", Input).value == "nad"

    async def test_the_name_stays_and_what_is_typed_next_goes_into_the_password(self, server: ServerProcess) -> None:
        async with RestClient(server.url) as stranger:
            screen = SignInScreen(context(stranger))
            app = Harness(screen)
            async with app.run_test() as pilot:
                await type_line(pilot, "nadia")
                await pilot.click("#other")
                await pilot.press("s", "e", "c")
                assert screen.query_one("#username", Input).value == "nadia"
                assert screen.query_one("#password", Input).value == "sec"
                await pilot.press("shift+tab", "x")
                assert screen.query_one("#username", Input).value == "nadiax", "coming back selects nothing"

    async def test_a_button_with_a_longer_label_shows_all_of_it(self, server: ServerProcess) -> None:
        async with RestClient(server.url) as stranger:
            screen = SignInScreen(context(stranger))
            app = Harness(screen)
            async with app.run_test() as pilot:
                before = screen.query_one("#go").size.width
                await pilot.click("#other")
                await pilot.pause()
                assert screen.query_one("#go").size.width >= len("Create account") > before - 4

    async def test_without_a_name_it_is_the_name_that_is_missing(self, server: ServerProcess) -> None:
        async with RestClient(server.url) as stranger:
            app = Harness(SignInScreen(context(stranger, "es")))
            async with app.run_test() as pilot:
                await pilot.press("enter", "x", "enter")
                await until(pilot, lambda: fault(app, "username"))
                assert fault(app, "username") == "Escribe un nombre."
                assert fault(app, "password") == ""

    async def test_escape_leads_from_registering_to_signing_in_and_from_there_out(self, server: ServerProcess) -> None:
        async with RestClient(server.url) as stranger:
            screen = SignInScreen(context(stranger))
            app = Harness(screen)
            async with app.run_test() as pilot:
                await pilot.click("#other")
                registering = [screen.registering]
                await pilot.press("escape")
                assert [*registering, screen.registering] == [True, False]
                await pilot.press("escape")
                await until(pilot, lambda: app._exit)

    async def test_faults_are_said_in_the_players_language(self, server: ServerProcess) -> None:
        async with RestClient(server.url) as stranger:
            app = Harness(SignInScreen(context(stranger, "es")))
            async with app.run_test() as pilot:
                await pilot.click("#other")
                app.screen.query_one("#username", Input).value = "bob"
                app.screen.query_one("#password", Input).value = "1"
                await pilot.click("#go")
                await until(pilot, lambda: fault(app, "password2"))
                assert fault(app, "password2") == "Las dos contraseñas no coinciden."
                assert "demasiado corta: necesita al menos 8 caracteres" in fault(app, "password")


class TestHome:
    async def test_every_entry_has_its_letter(self, rest: RestClient) -> None:
        app = Harness(HomeScreen(context(rest)))
        async with app.run_test() as pilot:
            for letter, name in ENTRIES:
                if name in ("quit", "sign_out", "resume"):
                    continue
                await pilot.press(letter)
                await until(pilot, lambda: app.asked)
                message = app.asked.pop()
                assert isinstance(message, messages.Visit)
                assert message.screen == name
            await pilot.press("x")
            await until(pilot, lambda: asked(app, messages.SignOut))
            await pilot.press("q")
        assert app.return_value == 0

    async def test_arrows_and_enter_take_an_entry(self, rest: RestClient) -> None:
        app = Harness(HomeScreen(context(rest)))
        async with app.run_test() as pilot:
            await pilot.press("down", "enter")
            await until(pilot, lambda: asked(app, messages.Visit))

    async def test_a_running_game_can_be_gone_back_to(self, rest: RestClient) -> None:
        from magnate.client.quick_game import start_bot_game

        game = await start_bot_game(rest, ("easy",))
        home = HomeScreen(context(rest))
        app = Harness(home)
        async with app.run_test() as pilot:
            await until(pilot, lambda: home.profile is not None)
            assert not home.query_one(OptionList).get_option("resume").disabled
            await pilot.press("g")
            await until(pilot, lambda: asked(app, messages.OpenGame))
        assert [each.game for each in app.asked if isinstance(each, messages.OpenGame)] == [game]

    async def test_without_one_nothing_is_offered_and_the_key_says_why(self, rest: RestClient) -> None:
        home = HomeScreen(context(rest))
        app = Harness(home)
        async with app.run_test() as pilot:
            await until(pilot, lambda: home.profile is not None)
            await pilot.press("g")
            await until(pilot, lambda: any("no running game" in each.message for each in app._notifications))
            assert not app.asked

    async def test_a_server_that_does_not_answer_is_not_taken_for_no_running_game(self) -> None:
        async with RestClient("http://127.0.0.1:9") as rest:
            home = HomeScreen(context(rest))
            app = Harness(home)
            async with app.run_test() as pilot:
                await pilot.press("g")
                await until(pilot, lambda: any("does not answer" in each.message for each in app._notifications))
                assert not any("no running game" in each.message for each in app._notifications)

    async def test_a_void_session_is_noticed(self, rest: RestClient) -> None:
        rest.session = None
        app = Harness(HomeScreen(context(rest)))
        async with app.run_test() as pilot:
            await until(pilot, lambda: asked(app, messages.SessionOver))


class TestQueue:
    async def test_two_who_wait_meet_in_a_game(self, server: ServerProcess, rest: RestClient) -> None:
        async with RestClient(server.url) as other:
            await other.register("bob", PASSWORD, PASSWORD)
            app, second = Harness(QueueScreen(context(rest))), Harness(QueueScreen(context(other)))
            async with app.run_test() as pilot, second.run_test() as pilot2:
                await until(pilot, lambda: asked(app, messages.OpenGame))
                await until(pilot2, lambda: asked(second, messages.OpenGame))

    async def test_leaving_gives_the_place_up(self, rest: RestClient) -> None:
        screen = QueueScreen(context(rest))
        app = Harness(screen)
        async with app.run_test() as pilot:
            await until(pilot, lambda: screen._socket is not None)
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is not screen)
        assert not app.asked


class TestRoom:
    async def test_only_the_owner_is_offered_to_start(self, server: ServerProcess, rest: RestClient) -> None:
        code = await rest.new_room()
        screen = RoomScreen(context(rest), code.lower())
        app = Harness(screen)
        async with app.run_test(size=(100, 40)) as pilot:
            await until(pilot, lambda: screen.room.players)
            assert screen.code == code
            assert "f3" in screen.active_bindings
            screen._take(PlayerLeft("alice", "somebody else", False, screen.room.players))
            await pilot.pause()
            assert "f3" not in screen.active_bindings

    async def test_button_and_key_say_what_they_do_and_the_list_who_is_ready(self, rest: RestClient) -> None:
        screen = RoomScreen(context(rest), await rest.new_room())
        app = Harness(screen)

        def says() -> tuple[str, str, str]:
            key = screen.active_bindings["f2"].binding.description
            return str(screen.query_one("#ready", Button).label), key, screen.query_one(DataTable).get_row_at(0)[1]

        async with app.run_test(size=(100, 40)) as pilot:
            await until(pilot, lambda: screen.room.players)
            assert says() == ("I am ready", "I am ready", "○ not ready")
            await pilot.press("f2")
            await until(pilot, lambda: screen._ready)
            await pilot.pause()
            assert says() == ("Not ready yet", "Not ready yet", "● ready")
            await pilot.click("#ready")
            await until(pilot, lambda: not screen._ready)
            await pilot.press("f2")
            await until(pilot, lambda: screen._ready)
            await pilot.press("f2")
            await until(pilot, lambda: not screen._ready)

    async def test_the_owner_allows_hints_and_no_longer(self, rest: RestClient) -> None:
        screen = RoomScreen(context(rest), await rest.new_room())
        app = Harness(screen)
        async with app.run_test(size=(100, 40)) as pilot:
            await until(pilot, lambda: screen.room.players)
            await pilot.press("f5")
            await until(pilot, lambda: screen.room.hints)
            await pilot.press("f5")
            await until(pilot, lambda: not screen.room.hints)
            screen._take(PlayerLeft("alice", "somebody else", False, screen.room.players))
            await pilot.pause()
            assert "f5" not in screen.active_bindings

    async def test_a_long_name_leaves_room_for_who_is_ready(self, rest: RestClient) -> None:
        screen = RoomScreen(context(rest), await rest.new_room())
        app = Harness(screen)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: screen.room.players)
            screen._take(PlayerLeft("dan", "alice", True, (RoomPlayer("n" * 40, True, 2), *screen.room.players)))
            await pilot.pause()
            name, ready, _ = screen.query_one(DataTable).get_row_at(0)
            assert (str(name), ready) == ("✿ nnnnnnnnnnn…", "● ready")

    async def test_the_owner_sets_the_room_up_and_starts(self, rest: RestClient) -> None:
        screen = RoomScreen(context(rest), await rest.new_room())
        app = Harness(screen)
        async with app.run_test(size=(100, 40)) as pilot:
            await until(pilot, lambda: screen.room.players)
            screen.query_one("#level", Select).value = "expert"
            await until(pilot, lambda: screen.room.bot_level == "expert")
            screen.query_one("#seats", Select).value = 3
            await until(pilot, lambda: (screen.room.bot_level, screen.room.target_players) == ("expert", 3))
            await pilot.press("f2")
            await until(pilot, lambda: screen._ready)
            screen.query_one("#message").focus()
            await type_line(pilot, "hello")
            await until(pilot, lambda: "alice: hello" in log_of(screen))
            await pilot.press("f3")
            await until(pilot, lambda: asked(app, messages.OpenGame))

    async def test_seats_and_bots_are_as_the_server_has_them(self, rest: RestClient) -> None:
        screen = RoomScreen(context(rest), await rest.new_room())
        app = Harness(screen)

        def bots() -> str:
            return str(screen.query_one("#filled", Label).content)

        async with app.run_test(size=(100, 40)) as pilot:
            await until(pilot, lambda: screen.room.players)
            assert (screen.query_one("#seats", Select).value, bots()) == (2, "Bots take the free seats: 1")
            screen.query_one("#seats", Select).value = 1
            await until(pilot, lambda: screen.room.target_players == 1)
            assert bots() == "Bots take the free seats: 0"
            screen.query_one("#seats", Select).value = 2
            await until(pilot, lambda: screen.room.target_players == 2)
            assert bots() == "Bots take the free seats: 1"
            screen._take(SettingsChanged(BotLevel.EASY, 0))
            assert screen.query_one("#seats", Select).value == 1
            screen._take(SettingsChanged(BotLevel.EASY, 2))
            players = (*screen.room.players, RoomPlayer("bob", False), RoomPlayer("eve", False))
            screen._take(PlayerLeft("dan", "alice", True, players))
            assert bots() == "Bots take the free seats: 0"

    async def test_who_is_not_the_owner_cannot_start(self, server: ServerProcess, rest: RestClient) -> None:
        code = await rest.new_room()
        async with RestClient(server.url) as other:
            await other.register("bob", PASSWORD, PASSWORD)
            mine, theirs = RoomScreen(context(rest), code), RoomScreen(context(other), code)
            app, second = Harness(mine), Harness(theirs)
            async with app.run_test(size=(100, 40)) as pilot, second.run_test(size=(100, 40)) as pilot2:
                await until(pilot, lambda: mine.room.players)
                await until(pilot2, lambda: len(theirs.room.players) == 2)
                assert theirs.query_one("#start").disabled
                assert "alice" in str(theirs.query_one("#whose", Label).content)
                assert not mine.query_one("#start").disabled
                await pilot.press("escape")
                await until(pilot2, lambda: theirs.room.owner == "bob")
                assert not theirs.query_one("#start").disabled

    async def test_starting_before_all_are_ready_says_why(self, rest: RestClient) -> None:
        screen = RoomScreen(context(rest), await rest.new_room())
        app = Harness(screen)
        async with app.run_test(size=(100, 40)) as pilot:
            await until(pilot, lambda: screen.room.players)
            await pilot.press("f3")
            await until(pilot, lambda: app._notifications)
            assert [each.message for each in app._notifications] == [
                "Everybody has to be ready before the game starts."
            ]

    async def test_an_unknown_code_is_refused_in_words(self, rest: RestClient) -> None:
        app = Harness(RoomScreen(context(rest), "NOROOM"))
        async with app.run_test() as pilot:
            await until(pilot, lambda: asked(app, messages.Failed))
        assert [str(each.error) for each in app.asked if isinstance(each, messages.Failed)] == ["Sala no encontrada."]


def log_of(screen: RoomScreen) -> list[str]:
    return [line.text.rstrip() for line in screen.query_one("#chat", RichLog).lines]


class TestProfileShopSettings:
    async def test_the_profile_shows_figures_and_says_that_no_game_is_over(self, rest: RestClient) -> None:
        screen = ProfileScreen(context(rest))
        app = Harness(screen)
        async with app.run_test() as pilot:
            await until(pilot, lambda: screen.query_one(DataTable).row_count)
            assert "alice" in str(screen.query_one("#figures", Label).content)
            assert "1000" in str(screen.query_one("#figures", Label).content)
            assert screen.query_one(DataTable).get_row_at(0)[-1] == lobby("history_none", "en")
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is not screen)

    async def test_what_is_too_dear_says_how_much_is_missing_and_is_refused(self, rest: RestClient) -> None:
        screen = ShopScreen(context(rest))
        app = Harness(screen)
        async with app.run_test() as pilot:
            table = screen.query_one(DataTable)
            await until(pilot, lambda: table.row_count == 7)
            first = [str(cell).strip() for cell in table.get_row_at(0)]
            assert first == [f"A  {lobby('shop_common', 'en')}", "", lobby("shop_worn", "en")]
            assert table.get_row_at(1)[2] == lobby("shop_too_dear", "en", count=100)
            await pilot.press("down", "enter")
            await until(pilot, lambda: app._notifications)

    async def test_what_can_be_bought_says_so(self, rest: RestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        async def rich(self: RestClient) -> Profile:
            return msgspec.structs.replace(await profile(self), points=100)

        profile = RestClient.profile
        monkeypatch.setattr(RestClient, "profile", rich)
        screen = ShopScreen(context(rest))
        app = Harness(screen)
        async with app.run_test() as pilot:
            table = screen.query_one(DataTable)
            await until(pilot, lambda: table.row_count == 7)
            assert table.get_row_at(1)[2] == lobby("shop_may_buy", "en")

    async def test_emojis_show_what_they_look_like_and_prices_end_in_one_column(self, rest: RestClient) -> None:
        screen = ShopScreen(context(rest))
        app = Harness(screen)
        async with app.run_test() as pilot:
            table = screen.query_one(DataTable)
            await until(pilot, lambda: table.row_count == 7)
            rows = [table.get_row_at(row) for row in range(7)]
            emojis = [(item, row) for item, row in zip(screen._items, rows, strict=True) if item.item_type == "emoji"]
            assert emojis
            assert all(str(row[0]).startswith(emoji(item.custom_id)) for item, row in emojis)
            assert {len(row[1]) for row in rows} == {len(lobby("shop_price", "en"))}
            assert all(row[1] == row[1].strip().rjust(len(row[1])) for row in rows)

    async def test_the_shop_shows_each_piece_as_it_stands_on_the_board(self, rest: RestClient) -> None:
        screen = ShopScreen(context(rest, "es"))
        app = Harness(screen)
        async with app.run_test() as pilot:
            table = screen.query_one(DataTable)
            await until(pilot, lambda: table.row_count == 7)
            called = [table.get_row_at(row)[0] for row, item in enumerate(screen._items) if item.item_type == "piece"]
            assert [str(cell).split() for cell in called[1:]] == [
                ["♞", "Caballo"],
                ["✿", "Flor"],
                ["⚑", "Bandera"],
                ["♛", "Reina"],
            ]
            palette = PALETTES[board_palette("city", app.console.color_system)]
            assert called[1].spans[0].style == f"bold {palette.table} on {palette.players[0]}"

    async def test_past_games_have_the_worths_of_all_in_as_many_lines_as_they_need(self, rest: RestClient) -> None:
        screen = ProfileScreen(context(rest))
        app = Harness(screen)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: screen.query_one(DataTable).row_count)
            names = [f"a_name_of_{number}" for number in range(4)]
            screen._games = [PastGame("7", "2026-05-01 20:52", "2/4", ", ".join(f"{name}{TIE}1234" for name in names))]
            screen._fill()
            await pilot.pause()
            table = screen.query_one(DataTable)
            drawn = "\n".join(table.render_line(y).text for y in range(4))
            assert all(f"{name} 1234" in drawn for name in names)
            assert table.virtual_size.width <= table.size.width

    async def test_settings_count_at_once(self, rest: RestClient) -> None:
        screen = SettingsScreen(context(rest))
        app = Harness(screen)
        async with app.run_test() as pilot:
            screen.query_one("#theme", Select).value = "safe"
            screen.query_one("#animation", Switch).value = False
            await until(pilot, lambda: len(app.asked) == 2)
        changed = [each.preferences for each in app.asked if isinstance(each, messages.PreferencesChanged)]
        assert [each.theme for each in changed] == ["safe", "city"]
        assert changed[1].animation is False
