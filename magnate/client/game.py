"""A game that is followed through lost connections: what happens comes as updates, actions go out once or not at all.

    game = GameClient(rest, game_id)
    async for update in game.updates():
        match update:
            case Changed(): ...       # game.view is the game as it is now
            case Lost(): ...          # the connection broke; the client reconnects by itself

An action is never sent again after a broken connection: whether it counted is seen in the state that comes next.
"""

import asyncio
import random
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final, TypeAlias

import httpx
from msgspec import UNSET, json, structs

from magnate.client.errors import CallRefused, ClientError, ServerUnreachable, SocketClosed
from magnate.client.pace import Pace
from magnate.client.rest import RestClient
from magnate.client.sockets import Socket, open_game, open_watch
from magnate.engine.actions import Action
from magnate.engine.events import Event
from magnate.engine.view import GameView
from magnate.protocol.codec import decode_game
from magnate.protocol.codes import CloseCode
from magnate.protocol.commands import ActionBid, ActionMessage, ChatMessage, GameCommand, Here, Rematch, WireAction
from magnate.protocol.follow import Follower
from magnate.protocol.game import (
    GameAction,
    GameChat,
    GameError,
    GameMessage,
    GameResponse,
    GameState,
    RematchAsked,
    RematchBegins,
    Viewers,
)
from magnate.protocol.legal import Legal, LegalAction
from magnate.protocol.seating import Seating
from magnate.protocol.translate import to_command
from magnate.protocol.values import JsonObject

FIRST_WAIT_SECONDS: Final = 0.25
"""The wait before the first attempt to reconnect; each further one doubles it."""
LONGEST_WAIT_SECONDS: Final = 15.0
LIMITS: Final = 3
"""Time limits in a row after which a server puts a player out of the game."""
FINAL_CODES: Final = frozenset({CloseCode.UNAUTHORIZED, CloseCode.REFUSED, CloseCode.FLOOD, CloseCode.TOO_BIG})
"""Close codes after which connecting again would not help."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The game went on, or was shown whole: the client's `view` is as it is now."""

    action: ActionMessage | None
    """What was done; None where the whole game was shown anew."""
    events: tuple[Event, ...]
    """What happened, in order."""


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody said something."""

    user: str
    """The username."""
    msg: str | JsonObject


@dataclass(frozen=True, slots=True)
class Refused:
    """What this client sent was refused; nothing changed."""

    code: str
    message: str
    reason: str | None
    """The stable code of the rule that refused, where one did."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection broke; the client tries again after a wait."""

    why: str
    attempt: int
    """Which attempt comes next, from 1."""
    wait: float
    """Seconds until then."""


@dataclass(frozen=True, slots=True)
class Back:
    """The connection is there again; a `Changed` with the whole game follows."""


@dataclass(frozen=True, slots=True)
class RematchWanted:
    """A player asks for the finished game again; only for a client that asked for what is legal."""

    user: int
    """The user id."""
    waiting_for: tuple[int, ...]
    """Who is connected and has not asked yet."""


@dataclass(frozen=True, slots=True)
class Again:
    """The game begins again under a new id: open it, or watch it, as this one."""

    game: int


@dataclass(frozen=True, slots=True)
class Watched:
    """Other people watch, or no longer."""

    viewers: int


Update: TypeAlias = Changed | Said | Refused | Lost | Back | RematchWanted | Again | Watched


class GameClient:
    """One user's seat in one game on a server, or the place of somebody who watches."""

    def __init__(
        self, rest: RestClient, game: int, *, legal: bool = False, watch: bool = False, pace: Pace | None = None
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            rest: The server, and who is signed in there; somebody who watches need not be.
            game: The game id.
            legal: Whether the server is asked what is legal, who wants a rematch and how many watch.
            watch: Whether to watch only.
            pace: How slowly updates show what bots do; None and "at_once" give each update as it comes.
        """
        self.rest = rest
        self.pace = Pace("at_once") if pace is None else pace
        """How slowly updates show what bots do."""
        self.legal: Legal | None = None
        """What may be done now, if that was asked for and the game has been shown."""
        self._asks_legal = legal
        self._watches = watch
        self.game = game
        """The game id."""
        self._follower: Follower | None = None
        self._socket: Socket[GameMessage, GameCommand] | None = None
        self._action: ActionMessage | None = None
        self._waits = _growing_waits()
        self._ended = False

    @property
    def view(self) -> GameView:
        """The game as this user may see it; there is one from the first `Changed` on."""
        return self._following.view

    @property
    def seating(self) -> Seating:
        """Who sits where."""
        return self._following.seating

    @property
    def seq(self) -> int:
        """The number of the last action that is in the view; actions of a game are numbered from 1."""
        return self._following.seq

    @property
    def deadline(self) -> int | None:
        """When the phase times out, in ms since 1970, or None."""
        return self._following.deadline

    @property
    def strikes(self) -> int:
        """Time limits in a row that this user has let pass; the third one kicks out of the game."""
        return self._following.strikes.get(self._following.user, 0)

    async def here(self) -> bool:
        """Say that somebody is here, so that the count of time limits begins anew; False if there is no connection."""
        self._following.strikes = {}
        return await self._send(Here())

    @property
    def connected(self) -> bool:
        """Whether what is sent now can arrive."""
        return self._socket is not None

    @property
    def _following(self) -> Follower:
        if self._follower is None:
            raise ClientError("the game has not been shown yet")
        return self._follower

    async def act(self, action: Action) -> bool:
        """Send an action; False if there is no connection to send it on. It is never sent twice."""
        return await self._send_action(to_command(action, self.seating))

    async def take(self, choice: LegalAction, *, houses: int = 1) -> bool:
        """Send an action of `legal`, with so many levels where it has any; False if there is no connection."""
        fields = structs.replace(choice, houses=houses) if choice.houses is not UNSET else choice
        command = decode_game(json.encode(fields).decode())
        assert isinstance(command, WireAction)
        return await self._send_action(command)

    async def bid(self, amount: int) -> bool:
        """Bid in an auction, within the limits of `legal`; False if there is no connection."""
        return await self._send_action(ActionBid(amount))

    async def say(self, text: str) -> bool:
        """Say something to everybody in the game; False if there is no connection."""
        return await self._send(ChatMessage(text))

    async def ask_rematch(self) -> bool:
        """Ask for the finished game again; False if there is no connection."""
        return await self._send(Rematch())

    async def close(self) -> None:
        """Leave; the updates end. The seat stays, and the game can be opened again."""
        self._ended = True
        if self._socket is not None:
            await self._socket.close()

    async def updates(self) -> AsyncGenerator[Update, None]:
        """Connect, and yield what happens until `close` is called; a broken connection is opened again.

        Raises:
            SocketClosed: the server closed for good (unknown game, no participant, flood, …).
            SignInNeeded: the session is void.
            ProtocolError: client and server do not fit each other.
        """
        attempt = 0
        while not self._ended:
            try:
                socket = await self._opened()
            except (CallRefused, ServerUnreachable) as error:
                # A server that cannot store anything just now is no reason to give up.
                if isinstance(error, CallRefused) and error.status != httpx.codes.SERVICE_UNAVAILABLE:
                    raise
                attempt += 1
                wait = next(self._waits)
                yield Lost(str(error), attempt, wait)
                await asyncio.sleep(wait)
                continue
            if attempt:
                yield Back()
            try:
                self._socket = socket
                async with aclosing(self._messages(socket)) as messages:
                    async for message in messages:
                        attempt, self._waits = 0, _growing_waits()
                        update = self._take(message)
                        if update is not None:
                            yield update
                        if self._follower is not None and not self._follower.in_step:
                            await socket.close()
            except SocketClosed as closed:
                if closed.code in FINAL_CODES and not self._ended:
                    raise
                if not self._ended:
                    attempt += 1
                    wait = next(self._waits)
                    self._socket = None
                    yield Lost(str(closed), attempt, wait)
                    await asyncio.sleep(wait)
            finally:
                self._socket = None
                await socket.close()

    def _messages(self, socket: Socket[GameMessage, GameCommand]) -> AsyncGenerator[GameMessage, None]:
        """Return what the socket brings, at the pace that is wanted."""
        return self.pace.messages(socket, self._user)

    @property
    def _user(self) -> int:
        """The id of this user; 0 for one who watches."""
        session = None if self._watches else self.rest.session
        return 0 if session is None else session.user

    async def _opened(self) -> Socket[GameMessage, GameCommand]:
        if self._watches:
            return await open_watch(self.rest.server, self.game)
        token = await self.rest.access_token()
        return await open_game(self.rest.server, token, self.game, legal=self._asks_legal)

    def _take(self, message: GameMessage) -> Update | None:
        if isinstance(message, GameState | GameResponse | GameError) and isinstance(message.legal, Legal):
            self.legal = message.legal
        match message:
            case GameState(snapshot):
                if self._follower is None:
                    self._follower = Follower(snapshot, self._user)
                else:
                    self._follower.take(message)
                return Changed(None, ())
            case GameAction(data):
                self._action = data
                self._following.take(message)
                return None
            case GameResponse():
                before = self._following.seq
                events = self._following.take(message)
                return Changed(self._action, events) if self._following.seq != before else None
            case GameChat(_, user, msg):
                return Said(user, msg)
            case RematchAsked(user_id, waiting_for):
                return RematchWanted(user_id, waiting_for)
            case RematchBegins(game):
                return Again(game)
            case Viewers(viewers):
                return Watched(viewers)
            case GameError(text, code, reason):
                return Refused(code, text, reason if isinstance(reason, str) else None)

    async def _send_action(self, command: GameCommand) -> bool:
        self.pace.sends()
        return await self._send(command)

    async def _send(self, command: GameCommand) -> bool:
        socket = self._socket
        if socket is None:
            return False
        return await socket.send(command)


def _growing_waits() -> Iterator[float]:
    """Yield waits in seconds, each twice the one before, a little random so that clients do not come all at once."""
    wait = FIRST_WAIT_SECONDS
    while True:
        yield wait * random.uniform(0.75, 1.25)
        wait = min(wait * 2, LONGEST_WAIT_SECONDS)
