"""The way through the line mode: signing in, the menu, and what it leads to."""

import contextlib
from collections.abc import Sequence
from functools import partial

from magnate.client.again import begin_again, last_game
from magnate.client.errors import CallRefused, ClientError, SignInNeeded
from magnate.client.quick_game import start_bot_game
from magnate.client.rest import RestClient
from magnate.client.session import SessionFile
from magnate.printable import printable
from magnate.protocol.rest import RunningGame
from magnate.protocol.strings import MAX_PRIVATE_GAME_PLAYERS
from magnate.texts.lobby import lobby
from magnate.texts.plain import command_of, plain
from magnate.texts.refusals import refusal
from magnate.tui.advice import Adviser
from magnate.tui.own_server import OwnServer
from magnate.tui.plain.choosing import choose_game
from magnate.tui.plain.lines import Left, Lines, Quit, say, say_all
from magnate.tui.plain.orders import level_of
from magnate.tui.plain.queue import wait_in_queue
from magnate.tui.plain.room import level_name, level_names, stay_in_room
from magnate.tui.plain.sign_in import sign_in
from magnate.tui.plain.table import play
from magnate.tui.preferences.stored import Preferences
from magnate.tui.starting import DEFAULT_BOTS, Start
from magnate.tui.words.needs import SERVE, needs_lines
from magnate.tui.words.running import own_words, running_words, watched_words


async def play_plain(
    preferences: Preferences, sessions: SessionFile, start: Start, adviser: Adviser | None = None
) -> int:
    """Play in line mode until the player leaves; return the exit code.

    Raises:
        ClientError: the server cannot be reached or used.
    """
    own = OwnServer(clock=preferences.clock) if preferences.server is None else None
    if own is not None:
        own.on_end = partial(_tell_end, preferences.lang)
    lines = Lines()
    say(plain("welcome", preferences.lang))
    try:
        server = preferences.server if own is None else await own.start()
        assert server is not None
        remembered_as = None if own is None else own.remembered_as
        async with RestClient(server, sessions, remembered_as=remembered_as) as rest:
            await rest.health()  # whether that is a Magnate at all, before anybody types a password
            menu = Menu(rest, preferences, lines, own=own is not None, adviser=adviser)
            await menu.sign_in()
            await menu.go(start)
    except Quit:
        pass
    finally:
        if own is not None:
            await own.stop()
    say(plain("goodbye", preferences.lang))
    return 0


def _tell_end(lang: str, fault: str) -> None:
    say(plain("own_server_ended", lang, why=refusal(fault, lang)))


class Menu:
    """Where the player goes from; whatever goes wrong elsewhere is said, and leads back here."""

    def __init__(
        self,
        rest: RestClient,
        preferences: Preferences,
        lines: Lines,
        *,
        own: bool,
        adviser: Adviser | None = None,
    ) -> None:
        self._rest = rest
        self._adviser = adviser
        self._preferences = preferences
        self._lang = preferences.lang
        self._lines = lines
        self._own = own

    async def sign_in(self) -> None:
        """Find out who plays. Raises `Quit`, and `ClientError` where the server cannot be used."""
        await sign_in(self._rest, self._lines, self._lang, self._preferences.user, own=self._own)

    async def go(self, start: Start) -> None:
        """Go where the command line says, then ask what comes next until the player has enough. Raises `Quit`."""
        first: str | None = "1" if start.bots else "5" if start.join is not None else "2" if start.queue else None
        while True:
            if first is None:
                await self._tell_running()
            entry, begin = (await self._ask("menu"), Start()) if first is None else (first, start)
            first = None
            try:
                await self._enter(entry, begin)
            except Left:
                continue
            except SignInNeeded:
                say(plain("signed_out", self._lang))
                await self.sign_in()
            except ClientError as error:
                self._refuse(error)

    async def _tell_running(self) -> None:
        """Say that a game of the player's runs, with its round and whose turn it is; nothing where none is known."""
        rest, lang = self._rest, self._lang
        with contextlib.suppress(ClientError):
            games = await rest.running_games() if (await rest.profile()).active_game is not None else ()
            if games:
                more = [lobby("running_more", lang, count=len(games) - 1)] if len(games) > 1 else []
                stands = ", ".join([running_words(games[0], self._me, lang), *more])
                say(plain("running", lang, stands=stands))

    async def _enter(self, entry: str, start: Start) -> None:
        """Go where an entry of the menu leads, and on where the game there leads to."""
        game = await self._game_of(entry, start)
        while game is not None:
            game = await play(self._rest, game, self._lang, self._lines, watch=entry == "7", adviser=self._adviser)

    async def _game_of(self, entry: str, start: Start) -> int | None:
        """Return the game that an entry of the menu leads to; `start` says more, where the command line did."""
        rest, lang, lines = self._rest, self._lang, self._lines
        match entry:
            case "1":
                return await start_bot_game(rest, start.bots or await self._levels())
            case "2" | "5" if self._own:
                say_all(needs_lines(lang))
            case "2":
                return await self._find_opponents()
            case "3":
                return await self._own_game()
            case "4":
                if self._own:
                    say(lobby("room_own", lang, serve=SERVE))
                return await stay_in_room(rest, await rest.new_room(), lang, lines, ready=False)
            case "5":
                code = start.join or await self._ask_more(plain("room_code", lang))
                return await stay_in_room(rest, code, lang, lines, ready=start.join is not None) if code else None
            case "6":
                last = await last_game(rest)
                if last is None:
                    say(lobby("history_none", lang))
                    return None
                return await begin_again(rest, last) or last
            case "7":
                watched = await rest.games_to_watch()
                if watched:
                    return await choose_game(watched_words(watched, lang), lang, lines)
                say(lobby("watch_none", lang))
            case "0":
                raise Quit
            case _:
                self._answer(entry)
        return None

    async def _own_game(self) -> int | None:
        """Return the running game to go back to; where there are several, ask which."""
        game = (await self._rest.profile()).active_game
        if game is None:
            say(plain("no_game", self._lang))
            return None
        games: Sequence[RunningGame] = ()
        with contextlib.suppress(CallRefused):  # a server of another version tells less
            games = await self._rest.running_games()
        if len(games) < 2:
            return game
        return await choose_game(own_words(games, self._me, self._lang), self._lang, self._lines)

    @property
    def _me(self) -> str:
        session = self._rest.session
        return "" if session is None else session.username

    def _answer(self, words: str) -> None:
        match command_of(words):
            case "help":
                say(plain("menu_help", self._lang))
            case "quit":
                raise Quit
            case _:
                say(plain("menu_unknown", self._lang))

    async def _find_opponents(self) -> int | None:
        """Go into the queue, unless the others of a running game would wait meanwhile."""
        if (await self._rest.profile()).active_game is None:
            return await wait_in_queue(self._rest, self._lang, self._lines)
        say(lobby("queue_not_yet", self._lang))
        return None

    async def _levels(self) -> tuple[str, ...]:
        """Ask for the levels of one to three bots."""
        default = ",".join([level_name(level, self._lang) for level in DEFAULT_BOTS])
        while True:
            said = await self._ask_more(plain("bots", self._lang, levels=default))
            if not said:
                return DEFAULT_BOTS
            names = [name.strip() for name in said.split(",")]
            levels = [level_of(name) for name in names]
            if None in levels:
                wrong = printable(names[levels.index(None)])
                say(plain("bad_level", self._lang, level=wrong or "?", levels=level_names(self._lang)))
            elif len(levels) >= MAX_PRIVATE_GAME_PLAYERS:
                say(plain("too_many_bots", self._lang))
            else:
                return tuple(level for level in levels if level is not None)

    async def _ask_more(self, prompt: str) -> str:
        """Ask for what an entry of the menu needs. Raises `Left` or `Quit` where the player would rather not."""
        said = await self._lines.ask(prompt)
        match command_of(said):
            case "leave":
                raise Left
            case "quit":
                raise Quit
        return said

    async def _ask(self, key: str) -> str:
        return await self._lines.ask(plain(key, self._lang))

    def _refuse(self, error: ClientError) -> None:
        say(plain("refused", self._lang, why=refusal(str(error), self._lang)))
