"""The line mode of `magnate play`: sentences and numbered choices, for screen readers, pipes and slow lines.

No alternate screen, no box drawing, no motion: what happens is told as it happens, and what may be chosen is a list.
"""

import asyncio
import contextlib
import getpass
import sys
import threading
from collections.abc import Awaitable, Sequence
from typing import Final

from magnate.client.errors import CallRefused, SignInNeeded, SocketClosed
from magnate.client.game import Back, Changed, GameClient, Lost, Refused, Said
from magnate.client.quick_game import start_bot_game
from magnate.client.rest import RestClient
from magnate.client.session import SessionFile
from magnate.client.sockets import open_queue, open_room
from magnate.engine.actions import SURRENDER, Action, Bid, Surrender, TradeProposal
from magnate.engine.errors import Reason
from magnate.engine.phases import END_GAME, Phase
from magnate.engine.view import GameView, bid_limits, legal_actions, net_worth, rent, sentence, why_not
from magnate.protocol.queue import MatchFound
from magnate.protocol.room import BotLevel, GameStart, RoomError, SetReady
from magnate.texts import printable
from magnate.texts.cards import card_effect, card_title
from magnate.texts.choices import choice_words, goods
from magnate.texts.plain import command_of, plain
from magnate.texts.squares import square_name
from magnate.tui.board.palette import DEFAULT_PALETTE, PLAYER_LETTERS
from magnate.tui.own_server import OwnServer
from magnate.tui.people import People
from magnate.tui.preferences import Preferences
from magnate.tui.starting import Start, own_account
from magnate.tui.story import Story, spoken

LEVELS: Final = tuple(level.value for level in BotLevel if level is not BotLevel.GRANDMASTER)


class _Quit(Exception):
    """The player wants to leave, or there is nothing more to read."""


class Lines:
    """Lines of the player, read in a thread so that what happens can be told meanwhile."""

    def __init__(self) -> None:
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._read, daemon=True, name="lines").start()

    async def ask(self, prompt: str) -> str:
        """Print a prompt and return the next line. Raises `_Quit` when there are no more."""
        say(prompt, end="")
        line = await self._lines.get()
        if line is None:
            self._lines.put_nowait(None)
            raise _Quit
        return line.strip()

    async def next(self) -> str:
        """Return the next line. Raises `_Quit` when there are no more."""
        return await self.ask("")

    def _read(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody wants lines any more
            for line in sys.stdin:
                self._loop.call_soon_threadsafe(self._lines.put_nowait, line)
            self._loop.call_soon_threadsafe(self._lines.put_nowait, None)


def say(text: str, end: str = "\n") -> None:
    """Print something at once."""
    print(text, end=end, flush=True)


async def play_plain(preferences: Preferences, sessions: SessionFile, start: Start) -> int:
    """Play in line mode until the player leaves; return the exit code.

    Raises:
        ClientError: the server cannot be reached or used.
    """
    own = OwnServer() if preferences.server is None else None
    lines = Lines()
    say(plain("welcome", preferences.lang))
    try:
        server = preferences.server if own is None else await own.start()
        assert server is not None
        remembered_as = None if own is None else own.remembered_as
        async with RestClient(server, sessions, remembered_as=remembered_as) as rest:
            await _sign_in(rest, preferences, lines, own is not None)
            session = rest.session
            assert session is not None
            say(plain("signed_in", preferences.lang, user=printable(session.username), server=server))
            await _go(rest, preferences.lang, lines, start)
    except _Quit:
        pass
    finally:
        if own is not None:
            await own.stop()
    say(plain("goodbye", preferences.lang))
    return 0


async def _sign_in(rest: RestClient, preferences: Preferences, lines: Lines, own: bool) -> None:
    """Use the remembered session, or ask for name and password; on a server of one's own nothing is asked."""
    session = rest.session
    if session is not None and preferences.user in (None, session.username):
        with contextlib.suppress(SignInNeeded):
            await rest.profile()
            return
    if own:
        await own_account(rest, preferences.user)
        return
    lang = preferences.lang
    while True:
        name = preferences.user or await lines.ask(plain("name", lang))
        if sys.stdin.isatty():
            password = await asyncio.to_thread(getpass.getpass, plain("password", lang))
        else:
            password = await lines.ask(plain("password", lang))
        try:
            await rest.login(name, password)
            return
        except CallRefused as refused:
            say(plain("refused", lang, why=refused))
        if (await lines.ask(plain("new_account", lang))).lower().startswith(plain("yes", lang)):
            try:
                await rest.register(name, password, password)
                return
            except CallRefused as refused:
                say(plain("refused", lang, why=refused))


async def _go(rest: RestClient, lang: str, lines: Lines, start: Start) -> None:
    """Go where the command line says, then ask at the menu for what comes next."""
    if start.bots:
        await _play(rest, await start_bot_game(rest, start.bots), lang, lines)
    elif start.join is not None:
        await _join(rest, start.join, lang, lines)
    elif start.queue:
        await _queue(rest, lang, lines)
    while True:
        match await lines.ask(plain("menu", lang)):
            case "1":
                levels = await _levels(lang, lines)
                await _play(rest, await start_bot_game(rest, levels), lang, lines)
            case "2":
                await _queue(rest, lang, lines)
            case "3":
                game = (await rest.profile()).active_game
                if game is None:
                    say(plain("no_game", lang))
                else:
                    await _play(rest, game, lang, lines)
            case "0" | "quit" | "salir":
                return


async def _levels(lang: str, lines: Lines) -> tuple[str, ...]:
    while True:
        said = await lines.ask(plain("bots", lang)) or "medium,medium,medium"
        levels = tuple(level.strip() for level in said.split(","))[:3]
        wrong = [level for level in levels if level not in LEVELS]
        if not wrong:
            return levels
        say(plain("bad_level", lang, level=wrong[0], levels=", ".join(LEVELS)))


async def _queue(rest: RestClient, lang: str, lines: Lines) -> None:
    say(plain("waiting", lang))
    async for message in await open_queue(rest.server, await rest.access_token()):
        if isinstance(message, MatchFound):
            await _play(rest, message.game_id, lang, lines)
            return


async def _join(rest: RestClient, code: str, lang: str, lines: Lines) -> None:
    """Go into a room, ready at once, and wait for its start."""
    socket = await open_room(rest.server, await rest.access_token(), code.upper())
    await socket.send(SetReady(True))
    say(plain("in_room", lang, code=code.upper()))
    said = ""
    try:
        async for message in socket:
            match message:
                case RoomError(text):
                    said = text
                    say(plain("refused", lang, why=text))
                case GameStart(game):
                    await _play(rest, game, lang, lines)
                    return
    except SocketClosed as closed:
        raise SocketClosed(closed.code, said) from closed


async def _play(rest: RestClient, game: int, lang: str, lines: Lines) -> None:
    """Play one game to its end."""
    table = _Table(GameClient(rest, game), lang)
    telling = asyncio.create_task(table.tell())
    shown = asyncio.create_task(table.shown.wait())
    try:
        await asyncio.wait({telling, shown}, return_when=asyncio.FIRST_COMPLETED)
        while not telling.done():
            reading = asyncio.create_task(lines.next())
            await asyncio.wait({telling, reading}, return_when=asyncio.FIRST_COMPLETED)
            if reading.done():
                await table.hear(reading.result(), lines)
            else:
                reading.cancel()
        telling.result()
    finally:
        shown.cancel()
        await table.game.close()
        telling.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await telling


class _Table:
    """One game in line mode: tells what happens, lists what may be done, and does what is typed."""

    def __init__(self, game: GameClient, lang: str) -> None:
        self.game = game
        self.lang = lang
        self.shown = asyncio.Event()
        """Set as soon as there is a view."""
        self._listed: Sequence[Action] = ()
        self._asked: object = None

    @property
    def view(self) -> GameView:
        return self.game.view

    @property
    def _story(self) -> Story:
        names = self.game.seating.names
        return Story(People.of(self.view, names, self.view.viewer, DEFAULT_PALETTE.name, self.lang))

    def _name(self, seat: int) -> str:
        letter = PLAYER_LETTERS[self.view.order.index(seat)]
        return f"{letter} {printable(self.game.seating.names[seat])}"

    def _square(self, square: int) -> str:
        return f"{square_name(square, self.lang)} ({square})"

    async def tell(self) -> None:
        """Tell what happens until the game is over."""
        async for update in self.game.updates():
            match update:
                case Changed(None):
                    self.shown.set()
                    self._players()
                case Changed(_, events):
                    for told in self._story.tell(events):
                        say(told)
                case Said(user, words):
                    say(plain("said", self.lang, user=printable(user), words=spoken(words)))
                case Refused(_, message, reason):
                    why = sentence(Reason(reason), self.lang) if reason in list(Reason) else message
                    say(plain("refused", self.lang, why=why))
                    self._asked = None
                case Lost(why):
                    say(plain("lost", self.lang, why=why))
                    continue
                case Back():
                    say(plain("back", self.lang))
                    continue
            if self.view.phase is END_GAME:
                self._players()
                return
            self._list()

    def _list(self) -> None:
        """List what the player may do now, if it has changed."""
        view, me = self.view, self.view.viewer
        legal = [action for action in legal_actions(view, me) if not isinstance(action, Surrender)]
        asked = (view.phase, view.turn, tuple(legal), view.position[me], view.balance[me]) if legal else None
        if asked == self._asked:
            return
        self._asked, self._listed = asked, legal
        if not legal:
            return
        say(plain("money", self.lang, money=view.balance[me], square=self._square(view.position[me])))
        self._describe()
        say(plain("you_may", self.lang))
        for number, action in enumerate(legal, 1):
            say(f"{number}. {choice_words(view, action, self.lang, self._name)}")
        say(plain("what", self.lang), end="")

    def _describe(self) -> None:
        """Say what lies on the table: a card, an auction, a trade."""
        view, lang = self.view, self.lang
        limits = bid_limits(view, view.viewer)
        if view.card is not None and view.phase is Phase.CHOOSE_FANTASY:
            title, effect = card_title(view.card, lang), card_effect(view.card, lang)
            say(plain("shown_card", lang, title=title, effect=effect))
        elif limits is not None:
            square = view.position[view.turn_seat]
            price = view.board.price[square]
            say(plain("auction", lang, square=self._square(square), price=price, most=limits.most))
        elif view.trade is not None and view.phase is Phase.PROPOSAL_ACCEPTANCE:
            given = goods(view.trade.offered_money, view.trade.offered_properties, lang)
            taken = goods(view.trade.asked_money, view.trade.asked_properties, lang)
            say(plain("trade_on_table", lang, who=self._name(view.turn_seat), given=given, taken=taken))

    async def hear(self, line: str, lines: Lines) -> None:
        """Do what a line says."""
        word, _, rest = line.partition(" ")
        if not word:
            return
        if word.isascii() and word.isdigit():
            await self._choose(int(word))
            return
        match command_of(word):
            case "help":
                say(plain("help", self.lang))
            case "players":
                self._players()
            case "board":
                self._board()
            case "bid" if rest.strip().isdigit():
                await self._act(Bid(int(rest)))
            case "trade":
                await self._trade(rest.split())
            case "say" if rest.strip():
                await self._sent(self.game.say(rest.strip()))
            case "surrender":
                if (await lines.ask(plain("sure", self.lang))).lower().startswith(plain("yes", self.lang)):
                    await self._act(SURRENDER)
            case "quit":
                raise _Quit
            case _:
                say(plain("unknown", self.lang))

    async def _choose(self, number: int) -> None:
        if 1 <= number <= len(self._listed):
            await self._act(self._listed[number - 1])
        else:
            say(plain("unknown", self.lang))

    async def _act(self, action: Action) -> None:
        """Send an action, unless the rules refuse it: then say why."""
        reason = why_not(self.view, self.view.viewer, action)
        if reason is not None:
            say(plain("refused", self.lang, why=sentence(reason, self.lang)))
        else:
            await self._sent(self.game.act(action))

    async def _sent(self, sending: Awaitable[bool]) -> None:
        if not await sending:
            say(plain("not_sent", self.lang))

    async def _trade(self, words: list[str]) -> None:
        """Propose `trade PLAYER GIVE GET`."""
        order = self.view.order
        place = PLAYER_LETTERS.find(words[0].upper()) if words and len(words[0]) == 1 else -1
        sides = [_side(word, self.view) for word in words[1:]]
        if len(sides) != 2 or not 0 <= place < len(order) or None in sides:
            say(plain("trade_form", self.lang))
            return
        (offered, gives), (asked, takes) = [side for side in sides if side is not None]
        await self._act(TradeProposal(order[place], offered, asked, gives, takes))

    def _players(self) -> None:
        """Say how everybody stands."""
        view, lang = self.view, self.lang
        for seat in view.order:
            more = plain("you", lang) if seat == view.viewer else ""
            if view.jail_turns[seat]:
                more += plain("jailed", lang, turns=view.jail_turns[seat])
            if not view.alive[seat]:
                more += plain("out", lang)
            letter, _, name = self._name(seat).partition(" ")
            square = self._square(view.position[seat])
            money, worth = view.balance[seat], net_worth(view, seat)
            say(plain("player", lang, letter=letter, name=name, money=money, worth=worth, square=square, more=more))

    def _board(self) -> None:
        """Say who owns what."""
        view, lang = self.view, self.lang
        owned = [square for seat in view.order for square in view.owned[seat]]
        for square in owned:
            more = plain("mortgaged", lang) if view.mortgaged[square] else ""
            if view.level[square]:
                more += plain("levels", lang, count=view.level[square])
            name = self._name(view.owner[square])
            say(plain("owned", lang, square=self._square(square), name=name, rent=rent(view, square), more=more))
        if not owned:
            say(plain("nothing_owned", lang))


def _side(word: str, view: GameView) -> tuple[int, tuple[int, ...]] | None:
    """Read one side of a trade, such as `100+5+31`: squares that are owned are squares, the rest is money."""
    money, squares = 0, []
    for part in word.split("+"):
        if not (part.isascii() and part.isdigit()):
            return None
        number = int(part)
        if number in view.board.buyable and any(number in owned for owned in view.owned):
            squares.append(number)
        else:
            money += number
    return money, tuple(squares)
