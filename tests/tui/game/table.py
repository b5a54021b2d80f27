"""A table without a server: the real engine behind a link, bots in the other seats, and an app for one screen."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Any

from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen

from magnate.bots.base import Bot
from magnate.bots.value_bot import ValueBot
from magnate.client.game import Back, Changed, Lost, Refused, Said, Update
from magnate.client.pace import Pace
from magnate.client.rest import RestClient
from magnate.engine.actions import Action
from magnate.engine.chance import Chance, Seeded
from magnate.engine.errors import sentence
from magnate.engine.game import apply, legal_actions, new_game, why_not
from magnate.engine.phases import AUCTION, END_GAME
from magnate.engine.state import Settings, State
from magnate.engine.view import GameView, view_for
from magnate.protocol.seating import Seating
from magnate.tui import messages
from magnate.tui.context import Context
from magnate.tui.preferences.stored import Preferences
from magnate.tui.preferences.themes import THEMES
from magnate.tui.presence import PresenceApp

NAMES = ("alice", "Bob", "Carol", "Dan")
ME = 0


class Table:
    """A link to a game in this process; seats but `ME` are played by bots as soon as it is their turn."""

    def __init__(self, state: State, chance: Chance, *, bots: bool = True) -> None:
        self.game = state
        self.chance = chance
        self.sent: list[Action] = []
        """What the screen sent, in order."""
        self.said: list[str] = []
        self.rematches = 0
        """How often the screen asked for a rematch."""
        self.connected = True
        self.pace = Pace("at_once")
        self.deadline: int | None = None
        self.strikes = 0
        self.seq = 0
        """The number of the last action, as far as the screen has been told; none was done before it came."""
        self.heres = 0
        """How often the screen said that somebody is here."""
        self.seating = Seating(42, tuple(range(1, state.seats + 1)), NAMES[: state.seats], "2026-05-01T18:30:00Z")
        self._bots: dict[int, Bot] = {
            seat: ValueBot(seat, epsilon=0.5) for seat in range(state.seats) if bots and seat != ME
        }
        # Each update comes with the view of its moment, as over the wire.
        self._updates: asyncio.Queue[tuple[Update | None, GameView]] = asyncio.Queue()
        self.view: GameView = view_for(state, ME)
        self.tell(Changed(None, ()))

    async def updates(self) -> AsyncGenerator[Update, None]:
        self._let_bots_play()
        while True:
            update, self.view = await self._updates.get()
            if update is None:
                return
            yield update

    async def act(self, action: Action) -> bool:
        if not self.connected:
            return False
        self.sent.append(action)
        reason = why_not(self.game, ME, action)
        if reason is not None:
            self.tell(Refused("illegal", sentence(reason), reason.value))
            return True
        self.do(ME, action)
        self._let_bots_play()
        return True

    async def say(self, text: str) -> bool:
        if self.connected:
            self.said.append(text)
            self.tell(Said(NAMES[ME], text))
        return self.connected

    async def ask_rematch(self) -> bool:
        self.rematches += self.connected
        return self.connected

    async def here(self) -> bool:
        if self.connected:
            self.strikes, self.heres = 0, self.heres + 1
        return self.connected

    async def close(self) -> None:
        self.tell(None)

    def do(self, seat: int, action: Action) -> None:
        """Do an action and tell the screen."""
        events = apply(self.game, seat, action, self.chance)
        self.tell(Changed(None, tuple(events)))

    def tell(self, update: Update | None) -> None:
        """Tell the screen something; None ends the updates."""
        self._updates.put_nowait((update, view_for(self.game, ME)))

    def lose(self) -> None:
        """Break the connection."""
        self.connected = False
        self.tell(Lost("the cable is cut", 1, 2.0))

    def come_back(self) -> None:
        """Mend the connection."""
        self.connected = True
        self.tell(Back())
        self.tell(Changed(None, ()))

    def _let_bots_play(self) -> None:
        while self.game.phase is not END_GAME:
            seat = self._next_bot()
            if seat is None:
                return
            legal = legal_actions(self.game, seat)
            self.do(seat, self._bots[seat].decide(view_for(self.game, seat), legal))

    def _next_bot(self) -> int | None:
        game = self.game
        if game.phase is AUCTION:
            waiting = [seat for seat in self._bots if seat in game.to_bid]
            return waiting[0] if waiting else None
        return game.phase_seat if game.phase_seat in self._bots else None


class TableApp(PresenceApp):
    """Shows one screen; what it asks of the app is in `asked`."""

    CSS_PATH = "../../../magnate/tui/app.tcss"

    def __init__(self, screen: Screen[Any], theme: str = "city") -> None:
        super().__init__()
        for each in THEMES:
            self.register_theme(each)
        self.theme = theme
        self.asked: list[Message] = []
        self._first = screen

    def on_mount(self) -> None:
        self.push_screen(self._first)

    async def _on_message(self, message: Message) -> None:
        if isinstance(message, messages.Failed | messages.SessionOver | messages.PlayAgain):
            self.asked.append(message)
        await super()._on_message(message)


def table(seats: int = 4, seed: int = 1, *, rounds: int = 30, bots: bool = True) -> Table:
    """Return a new game in which `ME` is the only person."""
    chance = Seeded(seed)
    return Table(new_game(seats, chance, Settings(rounds, (ME,))), chance, bots=bots)


def context(
    lang: str = "en", *, animation: bool = False, theme: str = "city", keys: Sequence[tuple[str, str]] = ()
) -> Context:
    preferences = Preferences(lang=lang, animation=animation, theme=theme, keys=dict(keys))
    return Context(RestClient("http://127.0.0.1:9"), preferences, own_server=False)


async def until(pilot: Pilot[int], holds: Callable[[], bool], turns: int = 200) -> None:
    """Wait until something holds; fail where it never does."""
    for _ in range(turns):
        await pilot.pause()
        if holds():
            return
    raise AssertionError("it never came to hold")
