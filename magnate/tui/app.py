"""The terminal client: one app that connects, signs in, and goes from screen to screen.

Screens decide nothing about where to go: they post the messages of `magnate.tui.messages`, and the app pushes and pops.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar, Final, TypeVar

from textual import on, work
from textual.actions import SkipAction
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.filter import LineFilter
from textual.screen import Screen

from magnate import __version__
from magnate.client.again import begin_again, last_game
from magnate.client.errors import ClientError, SessionFileDamaged, SessionFileError, SignInNeeded, SocketClosed
from magnate.client.game import GameClient
from magnate.client.pace import Pace
from magnate.client.quick_game import start_bot_game
from magnate.client.rest import RestClient
from magnate.client.session import SessionFile
from magnate.errors import MagnateError
from magnate.texts.game import GAME
from magnate.texts.lobby import lobby
from magnate.texts.refusals import refusal
from magnate.tui import messages
from magnate.tui.advice import Adviser
from magnate.tui.context import Context
from magnate.tui.dialogs.games import GamesDialog
from magnate.tui.dialogs.help import KeysDialog, RulesScreen
from magnate.tui.dialogs.lobby import AskDialog, BotsDialog, LineDialog, QuitDialog
from magnate.tui.dialogs.needs_server import NeedsServerDialog
from magnate.tui.dialogs.palette import Palette
from magnate.tui.nearest_colours import KNOWN, NearestColours
from magnate.tui.own_server import OwnServer
from magnate.tui.preferences.keys import describe, help_rows, key_word
from magnate.tui.preferences.stored import Preferences, PreferencesError, save
from magnate.tui.preferences.themes import THEMES
from magnate.tui.presence import PresenceApp
from magnate.tui.screens.connecting import ConnectingScreen, NoServerScreen
from magnate.tui.screens.game import GameScreen
from magnate.tui.screens.home import HomeScreen
from magnate.tui.screens.lobby import LobbyScreen
from magnate.tui.screens.profile import ProfileScreen
from magnate.tui.screens.queue import QueueScreen
from magnate.tui.screens.replay import ReplayScreen, load_record
from magnate.tui.screens.room import RoomScreen
from magnate.tui.screens.settings import SettingsScreen
from magnate.tui.screens.shop import ShopScreen
from magnate.tui.screens.sign_in import SignInScreen
from magnate.tui.screens.table import TableScreen
from magnate.tui.starting import Start, own_account
from magnate.tui.words.running import own_words, watched_words

AnswerT = TypeVar("AnswerT")

SCREENS: Final[dict[str, Callable[[Context], LobbyScreen]]] = {
    "profile": ProfileScreen,
    "shop": ShopScreen,
    "settings": SettingsScreen,
}
"""The screens that home leads to, by the name of their entry."""


_SUSPEND: Final = Binding("ctrl+z", "suspend_process", "suspend", show=False, priority=True, id="app.suspend")


class MagnateApp(PresenceApp):
    """`magnate play`."""

    CSS_PATH = "app.tcss"
    TITLE = "Magnate"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "keys", "help", id="app.help"),
        Binding("f1", "rules", "rules", id="app.rules"),
        Binding("ctrl+p", "command_palette", "palette", show=False, priority=True, id="app.palette"),
        Binding("ctrl+c", "ask_quit", "quit_ask", show=False, priority=True, id="app.ask_quit"),
        Binding("ctrl+q", "quit", "quit", show=False, priority=True, id="app.quit"),
        # Windows has no shell that stops a program and lets it go on.
        *([] if sys.platform == "win32" else [_SUSPEND]),
    ]

    def __init__(
        self,
        preferences: Preferences,
        sessions: SessionFile,
        *,
        preferences_path: Path | None = None,
        start: Start | None = None,
        own_server: OwnServer | None = None,
        adviser: Adviser | None = None,
    ) -> None:
        """Prepare the client.

        Args:
            preferences: What the player prefers, flags included.
            sessions: Where sessions are remembered.
            preferences_path: Where changed preferences are written; None forgets them.
            start: Where to go first.
            own_server: The server to start where `preferences.server` names none.
            adviser: Who gives hints; None for nobody.
        """
        super().__init__()
        self._sessions = sessions
        self._preferences = preferences
        self._preferences_path = preferences_path
        self._start = Start() if start is None else start
        self._adviser = adviser
        if own_server is None and preferences.server is None:
            own_server = OwnServer(clock=preferences.clock)
        self._own_server = own_server
        if own_server is not None:
            own_server.on_end = self._own_server_ended
        self._shared: Context | None = None
        self._last_user = ""
        """Who was signed in last."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = preferences.theme
        if not preferences.animation:
            self.animation_level = "none"
        system = self.console.color_system
        self._nearest = [NearestColours(system)] if system in KNOWN else []
        self.set_keymap(dict(preferences.keys))
        describe(self, GAME, preferences.lang)

    @property
    def shared(self) -> Context:
        """What screens are given; there is one from the moment a server is known."""
        assert self._shared is not None
        return self._shared

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what changes the lines that are drawn, last of all to the colours that the terminal has."""
        return [*super().get_line_filters(), *self._nearest]

    def on_mount(self) -> None:
        """Find the server."""
        self.connect()

    @work(exclusive=True, group="connect")
    async def connect(self) -> None:
        """Find the server, start one where none is named, and see whether somebody is signed in."""
        lang, server = self._preferences.lang, self._preferences.server
        waiting = lobby("starting_server", lang) if server is None else lobby("connecting", lang, server=server)
        await self._show(ConnectingScreen(waiting))
        try:
            if server is None:
                assert self._own_server is not None
                server = self._own_server.url or await self._own_server.start()
            own = self._own_server
            if self._shared is not None:  # what was open to the server that is gone
                await self._shared.rest.close()
            rest = RestClient(server, self._sessions, remembered_as=own.remembered_as if own is not None else None)
            self._shared = Context(rest, self._preferences, self._own_server is not None, self._adviser)
            theirs = (await rest.health()).version
            if theirs != __version__:
                self.notify(
                    lobby("other_version", lang, theirs=theirs, ours=__version__), severity="warning", timeout=10
                )
            remembered = rest.session
            await self._sign_in(rest)
        except SignInNeeded:
            if remembered is not None:
                self.notify(self.shared.say("session_over"), severity="warning")
            await self._show(SignInScreen(self.shared, remembered.username if remembered is not None else ""))
        except ClientError as error:
            damaged = isinstance(error, SessionFileDamaged)
            await self._show(NoServerScreen(refusal(str(error), lang), lang, damaged=damaged))
        else:
            await self._go_home()

    def _own_server_ended(self, fault: str) -> None:
        """Say why the own server is gone, and offer to start it again."""
        self.run_worker(self._show(NoServerScreen(refusal(fault, self._preferences.lang), self._preferences.lang)))

    async def _sign_in(self, rest: RestClient) -> None:
        """Check the remembered session; on a server of one's own, make an account without asking."""
        wanted = self._preferences.user
        if rest.session is not None and wanted in (None, rest.session.username):
            try:
                await rest.profile()
            except SignInNeeded:
                if self._own_server is None:
                    raise
            else:
                return
        if self._own_server is None:
            raise SignInNeeded(401, "nobody is signed in")
        await own_account(rest, wanted)

    async def _show(self, screen: Screen[None]) -> None:
        """Show a screen in place of all others."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        await self.push_screen(screen)

    async def _go_home(self) -> None:
        session = self.shared.rest.session
        self._last_user = session.username if session is not None else ""
        await self._show(HomeScreen(self.shared))
        start, self._start = self._start, Start()
        if start.bots:
            self.play_bots(start.bots)
        elif start.join is not None:
            self._with_others("join_room", partial(self.join_room, start.join))
        elif start.queue:
            self._with_others("play_queue", self.find_opponents)

    def _with_others(self, what: str, go: Callable[[], object]) -> None:
        """Go where other people are; on a server of one's own, where nobody comes, say what that takes."""
        if self.shared.own_server:
            dialog = NeedsServerDialog(self.shared.say(what), self._preferences.lang)
            self.push_screen(dialog, lambda bots: self.visit(messages.Visit("play_bots")) if bots else None)
        else:
            go()

    @work(exclusive=True, group="connect")
    async def find_opponents(self) -> None:
        """Go into the queue; where the others of a running game would wait meanwhile, offer to go back to it."""
        profile = await self._ask(self.shared.rest.profile())
        if profile is None:
            return
        if profile.active_game is None:
            self.push_screen(QueueScreen(self.shared))
        else:
            say = self.shared.say
            dialog = AskDialog(say("queue_not_yet"), say("resume"), say("back"), self._preferences.lang)
            self.push_screen(dialog, partial(self._back_to_game, profile.active_game))

    def _back_to_game(self, game: int, wanted: bool | None) -> None:
        if wanted:
            self._open_game(game)

    @on(messages.Retry)
    def retry(self, message: messages.Retry) -> None:
        """Look for the server again."""
        if message.put_sessions_aside:
            try:
                where = self._sessions.set_aside()
                self.notify(lobby("sessions_aside", self._preferences.lang, path=where), timeout=10, markup=False)
            except SessionFileError as error:
                self._fail(error)
        self.connect()

    @on(messages.SignedIn)
    async def signed_in(self) -> None:
        """Go home."""
        await self._go_home()

    @on(messages.SessionOver)
    async def session_over(self) -> None:
        """Say so and ask to sign in again."""
        self.notify(self.shared.say("session_over"), severity="warning")
        await self._show(SignInScreen(self.shared, self._last_user))

    @on(messages.SignOut)
    @work(exclusive=True, group="connect")
    async def sign_out(self) -> None:
        """End the session."""
        try:
            await self.shared.rest.logout()
        except ClientError as error:
            self._fail(error)
        await self._show(SignInScreen(self.shared))

    @on(messages.Visit)
    def visit(self, message: messages.Visit) -> None:
        """Go where home leads to."""
        say = self.shared.say
        match message.screen:
            case "play_bots":
                self.push_screen(BotsDialog(self.shared), self._bots_chosen)
            case "create_room":
                self.create_room()
            case "join_room":
                self._with_others("join_room", self._ask_for_code)
            case "play_queue":
                self._with_others("play_queue", self.find_opponents)
            case "play_again":
                self.repeat_last_game()
            case "resume":
                self.choose_own_game()
            case "watch_live":
                self.choose_live_game()
            case "watch_replay":
                dialog = LineDialog(say("replay_title"), say("replay_path"), say("replay_open"), say("back"))
                self.push_screen(dialog, self._replay_chosen)
            case name:
                self.push_screen(SCREENS[name](self.shared))

    @work(exclusive=True, group="connect")
    async def create_room(self) -> None:
        """Make a private room and go in."""
        code = await self._ask(self.shared.rest.new_room())
        if code is not None:
            self.push_screen(RoomScreen(self.shared, code))

    def _bots_chosen(self, levels: tuple[str, ...] | None) -> None:
        if levels:
            self.play_bots(levels)

    @work(exclusive=True, group="connect")
    async def choose_live_game(self) -> None:
        """Ask which of the running games to watch; say so where there is none."""
        games = await self._ask(self.shared.rest.games_to_watch())
        if games:
            say, named = self.shared.say, watched_words(games, self._preferences.lang)
            self.push_screen(GamesDialog(self.shared, say("watch_live"), named), self._live_game_chosen)
        elif games is not None:
            self.notify(self.shared.say("watch_none"))

    @work(exclusive=True, group="connect")
    async def choose_own_game(self) -> None:
        """Go back to the running game; where there are several, ask to which."""
        shared = self.shared
        games = await self._ask(shared.rest.running_games())
        if games is not None and len(games) > 1:
            named = own_words(games, shared.username, self._preferences.lang)
            self.push_screen(GamesDialog(shared, shared.say("resume"), named), self._own_game_chosen)
        elif games:
            self._open_game(games[0].game_id)

    def _own_game_chosen(self, game: int | None) -> None:
        if game is not None:
            self._open_game(game)

    def _live_game_chosen(self, game: int | None) -> None:
        if game is not None:
            self._open_game(game, watch=True)

    @work(exclusive=True, group="connect")
    async def repeat_last_game(self) -> None:
        """Begin the last game again with the same bots; where people played, go to its results, where they agree."""
        game = await self._ask(last_game(self.shared.rest))
        if game is None:
            return
        try:
            self._open_game(await begin_again(self.shared.rest, game) or game)
        except SignInNeeded:
            await self.session_over()
        except ClientError as error:
            self._fail(error)

    @on(messages.PlayAgain)
    async def play_again(self, message: messages.PlayAgain) -> None:
        """Leave the game that is over, and go on in the one that begins."""
        await self._show(HomeScreen(self.shared))
        self._open_game(message.game, watch=message.watch)

    def _replay_chosen(self, path: str | None) -> None:
        if path:
            self.open_replay(path)

    def _ask_for_code(self, code: str = "", fault: str = "") -> None:
        say = self.shared.say
        dialog = LineDialog(say("join_room"), say("room_code"), say("room_join"), say("back"), value=code, fault=fault)
        self.push_screen(dialog, self._code_given)

    def _code_given(self, code: str | None) -> None:
        if code:
            self.join_room(code)

    @work(exclusive=True, group="connect")
    async def join_room(self, code: str) -> None:
        """Go into the private room of that code; where there is none, ask again."""
        code = code.strip().upper()
        there = await self._ask(self.shared.rest.room_exists(code))
        if there:
            self.push_screen(RoomScreen(self.shared, code))
        elif there is not None:
            self._ask_for_code(code, self.shared.say("room_none"))

    @work(exclusive=True, group="connect")
    async def play_bots(self, levels: tuple[str, ...]) -> None:
        """Start a game against bots of these levels."""
        self.notify(self.shared.say("starting_game"), timeout=2)
        game = await self._ask(start_bot_game(self.shared.rest, levels))
        if game is not None:
            self._open_game(game)

    @on(messages.OpenGame)
    async def open_game(self, message: messages.OpenGame) -> None:
        """Leave the screen that waited for the game, and play."""
        if isinstance(self.screen, QueueScreen | RoomScreen):
            await self.pop_screen()
        self._open_game(message.game)

    def _open_game(self, game: int, *, watch: bool = False) -> None:
        self.clear_notifications()  # that the board is set up is seen now
        # It asks for what is legal to hear also who wants a rematch.
        pace = Pace(self._preferences.pace)
        self.push_screen(
            GameScreen(self.shared, GameClient(self.shared.rest, game, legal=True, watch=watch, pace=pace))
        )

    @work(exclusive=True, group="connect")
    async def open_replay(self, path: str) -> None:
        """Show a recorded game."""
        try:
            record = await asyncio.to_thread(load_record, path)
        except MagnateError as error:
            self._fail(error)
        else:
            self.push_screen(ReplayScreen(self.shared, record))

    @on(messages.OpenReplay)
    def watch_replay(self, message: messages.OpenReplay) -> None:
        """Show a game that is over."""
        self.push_screen(ReplayScreen(self.shared, message.record))

    def action_keys(self) -> None:
        """Show the keys that work here."""
        rows = help_rows(self.screen, self.get_key_display)
        at_table = any(isinstance(screen, TableScreen) for screen in self.screen_stack)
        self.push_screen(KeysDialog(rows, self._preferences.lang, board=at_table))

    def action_command_palette(self) -> None:
        """Offer what may be done here by name, in the player's language."""
        if self.use_command_palette and not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(self._preferences.lang))

    def action_ask_quit(self) -> None:
        """Ask whether to quit, once: who presses the key again means it; text that is marked is copied instead."""
        if self.screen.get_selected_text():
            raise SkipAction
        if isinstance(self.screen, QuitDialog):
            self.exit()
        else:
            self.push_screen(QuitDialog(self._preferences.lang), self._quit_answered)

    def _quit_answered(self, sure: bool | None) -> None:
        if sure:
            self.exit()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield what the palette offers: what keys do on the screen below, but for the cursor's, each with its key."""
        actions: dict[str, SystemCommand] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.id is None or binding.id == "app.palette" or binding.id.startswith("board."):
                continue
            if active.enabled and binding.id not in actions:
                run = partial(self.run_action, binding.action, active.node)
                key = self.get_key_display(binding)
                actions[binding.id] = SystemCommand(binding.description, key, run)
        yield from (command for command in actions.values() if command.title)

    def get_key_display(self, binding: Binding) -> str:
        """Return a key as it is called in the player's language."""
        *modifiers, key = (key_word(part, self._preferences.lang) for part in binding.key.split("+"))
        if key == binding.key.rpartition("+")[2]:
            key = super().get_key_display(Binding(key, ""))
        if "ctrl" in modifiers:
            modifiers.remove("ctrl")
            key = f"^{key}"
        return "+".join([*modifiers, key])

    def action_rules(self) -> None:
        """Show the rules."""
        self.push_screen(RulesScreen(self._preferences.lang))

    def _fatal_error(self) -> None:
        """End without Textual's traceback: who runs the app raises `crash` and says in one line what went wrong."""
        self._close_messages_no_wait()

    @property
    def crash(self) -> Exception | None:
        """What ended the app, if an error did; what a screen misses of itself while the player leaves is none."""
        return None if self._exit else self._exception

    @property
    def interrupted(self) -> bool:
        """Whether the app was asked to end from outside (a signal), not by the player."""
        return not self._exit and self._exception is None

    async def on_unmount(self) -> None:
        """Leave nothing behind: connections and the own server end."""
        if self._shared is not None:
            await self._shared.rest.close()
        if self._own_server is not None:
            await self._own_server.stop()

    @on(messages.PreferencesChanged)
    async def change_preferences(self, message: messages.PreferencesChanged) -> None:
        """Wear the new preferences, and remember them."""
        before, self._preferences = self._preferences, message.preferences
        self.shared.preferences = message.preferences
        self.theme = message.preferences.theme
        self.animation_level = "full" if message.preferences.animation else "none"
        if self._preferences_path is not None:
            try:
                save(self._preferences_path, replace(message.preferences))
            except PreferencesError as error:
                self._fail(error)
        if before.lang != message.preferences.lang:
            describe(self, GAME, message.preferences.lang)
            await self._show(HomeScreen(self.shared))
            await self.push_screen(SettingsScreen(self.shared))

    @on(messages.Failed)
    async def failed(self, message: messages.Failed) -> None:
        """Say what went wrong, and go home."""
        error = message.error
        if isinstance(error, SocketClosed):
            self._fail(error)
            await self._show(HomeScreen(self.shared))
        else:
            self._fail(error)

    async def _ask(self, call: Awaitable[AnswerT]) -> AnswerT | None:
        """Await a call to the server; where it fails, say why, ask to sign in where that is why, and return None."""
        try:
            return await call
        except SignInNeeded:
            await self.session_over()
        except ClientError as error:
            self._fail(error)
        return None

    def _fail(self, error: MagnateError) -> None:
        words = refusal(str(error), self._preferences.lang)
        self.notify(words, severity="error", timeout=10, markup=False)
