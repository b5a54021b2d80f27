"""The WebSocket endpoints (protocol: Connecting): a thin layer between Starlette and queue, rooms and games.

A refused socket is accepted first, told why where that is documented, and closed with the documented code, so that
browsers see it.
"""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from functools import partial
from typing import Final

import structlog
from starlette.requests import HTTPConnection
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from magnate.protocol.codec import encode
from magnate.protocol.codes import CloseCode, ErrorCode
from magnate.protocol.game import GameError
from magnate.protocol.legal import ASKS
from magnate.protocol.queue import QueueError
from magnate.protocol.refusal import game_error, refusal
from magnate.protocol.room import RoomError
from magnate.server.accounts.auth import address_of, query_of, socket_user
from magnate.server.addresses import network_of
from magnate.server.config import Settings
from magnate.server.errors import BadToken, StorageError
from magnate.server.live.connection import Connection
from magnate.server.live.games import Games
from magnate.server.live.limits import FrameLimit
from magnate.server.live.matchmaking import Matchmaking
from magnate.server.live.rooms import Rooms
from magnate.server.metrics import Metrics
from magnate.server.refusals import Refused
from magnate.server.services import Services
from magnate.server.storage.records import User
from magnate.server.transports.websocket import socket_of

_LONGEST_ID: Final = 18
"""Digits of a game id that surely fits the database's 64 bits."""

NOBODY: Final = 0
"""Stands for the user of a connection that has none."""
_READ_ONLY: Final = encode(game_error(refusal(ErrorCode.READ_ONLY)))
_TOO_MANY: Final = "too many connections"
_REASONS: Final[dict[int, str]] = {
    CloseCode.UNAUTHORIZED: "no valid token",
    CloseCode.REFUSED: "no such room or game",
    CloseCode.FLOOD: "too many frames",
}
"""Why a socket is refused, for the log, by close code."""

_log = structlog.get_logger(__name__)

Receive = Callable[[str | bytes], Awaitable[None]]
Error = type[QueueError] | type[RoomError] | type[GameError]


class _Gate:
    """Lets frames of one connection in, of every kind, no faster than the limits allow; the `Gate` of its transport."""

    def __init__(self, connection: Connection, services: Services, error: Error) -> None:
        limited = refusal(ErrorCode.RATE_LIMITED)
        self._connection = connection
        self._limit = FrameLimit(services.settings, time.monotonic())
        self._limited = services.metrics.limited_frames
        self._refusal = encode(error(limited.message, limited.code))
        self.answer: Callable[[bytes], None] = connection.send
        """Sends the refusal of a frame that is one too many."""

    def __call__(self, ends_message: bool) -> bool:
        """Count a frame; False for one too many. A message is answered here then, and a flood closed."""
        if self._limit.take(time.monotonic()):
            return True
        self._limited.inc()
        if self._limit.is_flood:
            self._connection.close(CloseCode.FLOOD)
        elif ends_message and self._connection.listens:
            self.answer(self._refusal)
        return False


class Sockets:
    """The endpoints of one server, and who is connected."""

    def __init__(self, matchmaking: Matchmaking, rooms: Rooms, games: Games, metrics: Metrics) -> None:
        self._metrics = metrics
        self._matchmaking = matchmaking
        self._rooms = rooms
        self._games = games
        self._connections: set[Connection] = set()
        self._by_key: Counter[Hashable] = Counter()
        """How many connections each user has, and each address that watches."""
        self._line = asyncio.Lock()
        """Where sockets wait, in the order they came, until it is known whose each is: a queue and a room go by it."""

    def routes(self) -> list[WebSocketRoute]:
        """Return the routes of all documented paths, each with and without the trailing slash."""
        endpoints: tuple[tuple[str, Callable[[WebSocket], Awaitable[None]]], ...] = (
            ("/ws/queue/public", self.queue),
            ("/ws/queue/private/{code}", self.room),
            ("/ws/queue", self.queue),
            ("/ws/room/{code}", self.room),
            ("/ws/game/{game}", self.game),
            ("/ws/watch/{game}", self.watch),
            ("/ws/room", _incomplete),
            ("/ws/game", _incomplete),
            ("/ws/watch", _incomplete),
        )
        return [WebSocketRoute(f"{path}{slash}", endpoint) for path, endpoint in endpoints for slash in ("", "/")]

    async def stop(self) -> None:
        """Close what is still open, and wait until it is closed."""
        open_now = list(self._connections)
        for connection in open_now:
            connection.close(CloseCode.GOING_AWAY)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2):
                for connection in open_now:
                    await connection.ended.wait()

    async def queue(self, websocket: WebSocket) -> None:
        """Serve `/ws/queue/`."""
        admitted = await self._admit(websocket)
        if admitted is None:
            return
        _, connection = admitted

        async def receive(frame: str | bytes) -> None:
            await self._matchmaking.receive(connection, frame)

        async with self._open(websocket, connection, QueueError):
            try:
                await self._matchmaking.join(connection)
                await self._serve(connection, receive)
            finally:
                if not _stopping(websocket):
                    await self._matchmaking.leave(connection)

    async def room(self, websocket: WebSocket) -> None:
        """Serve `/ws/room/<code>/`."""
        admitted = await self._admit(websocket)
        if admitted is None:
            return
        user, connection = admitted
        code = str(websocket.path_params["code"])
        services = _services(websocket)

        async def receive(frame: str | bytes) -> None:
            await self._rooms.receive(code, connection, frame)

        async with self._open(websocket, connection, RoomError):
            if not self._rooms.join(code, user, connection):
                await connection.ended.wait()
                return
            try:
                self._repeat(services, connection, lambda: self._rooms.joined_again(code, connection))
                await self._serve(connection, receive)
            finally:
                await self._rooms.leave(code, connection)

    async def game(self, websocket: WebSocket) -> None:
        """Serve `/ws/game/<id>/`."""
        admitted = await self._admit(websocket)
        if admitted is None:
            return
        _, connection = admitted
        game = _game_id(websocket)
        services = _services(websocket)
        async with self._open(websocket, connection, GameError) as gate:
            host = None
            if game is not None:
                try:
                    host = await self._games.host_for(game, connection.user)
                except StorageError:
                    connection.close(CloseCode.SLOW_READER)
                    await connection.ended.wait()
                    return
            if host is None:
                connection.close(CloseCode.REFUSED)
                await connection.ended.wait()
                return

            async def receive(frame: str | bytes) -> None:
                host.receive(connection, frame)

            def receive_now(frame: str | bytes) -> bool:
                # A game only notes what comes; it need not go through the queues of the framework for that.
                listens = connection.listens
                if listens:
                    try:
                        host.receive(connection, frame)
                    except Exception:
                        self._unexpected()
                return listens

            def show_again() -> None:
                host.show(connection)

            host.join(connection)
            gate.answer = partial(host.tell, connection)
            socket_of(websocket).listener = receive_now
            try:
                self._repeat(services, connection, show_again)
                await self._serve(connection, receive)
            finally:
                self._games.leave(host, connection)

    async def watch(self, websocket: WebSocket) -> None:
        """Serve `/ws/watch/<id>/`, to anybody."""
        services = _services(websocket)
        await websocket.accept()
        if _stopping(websocket):
            await _turn_away(websocket, CloseCode.GOING_AWAY)
            return
        key = network_of(address_of(websocket))
        if not self._has_room(key, services.settings, services.settings.watchers_per_address):
            await _refuse_one_more(websocket)
            return
        connection = Connection(websocket, NOBODY, services.settings)
        async with self._open(websocket, connection, GameError, key):
            game = _game_id(websocket)
            host = None if game is None else self._games.host_to_watch(game)
            if host is None:
                connection.close(CloseCode.REFUSED)
                await connection.ended.wait()
                return

            async def receive(frame: str | bytes) -> None:
                connection.send(_READ_ONLY)

            def show_again() -> None:
                host.show(connection)

            host.watch(connection)
            try:
                self._repeat(services, connection, show_again)
                await self._serve(connection, receive)
            finally:
                self._games.leave(host, connection)

    async def _admit(self, websocket: WebSocket) -> tuple[User, Connection] | None:
        """Accept a socket and see whose it is; one without a valid token or cookie is closed with 4002.

        Whoever came first is back here first, however long the storage takes for one of them. A caller that puts the
        user into a list does so before it awaits anything, so that the order of the list is the order of coming.
        """
        services = _services(websocket)
        await websocket.accept()
        if _stopping(websocket):
            await _turn_away(websocket, CloseCode.GOING_AWAY)
            return None
        try:
            async with self._line:
                user = await socket_user(HTTPConnection(websocket.scope), services.tokens, services.settings)
        except (BadToken, StorageError) as error:
            known = isinstance(error, BadToken)
            if known:
                _note(websocket, _REASONS[CloseCode.UNAUTHORIZED])
            await _turn_away(websocket, CloseCode.UNAUTHORIZED if known else CloseCode.SLOW_READER)
            return None
        settings = services.settings
        if not self._has_room(user.pk, settings, settings.sockets_per_user):
            await _refuse_one_more(websocket)
            return None
        wants_legal = query_of(HTTPConnection(websocket.scope)).get(ASKS) == "1"
        return user, Connection(websocket, user.pk, settings, wants_legal=wants_legal)

    def _has_room(self, key: Hashable, settings: Settings, most: int) -> bool:
        """Tell whether one more may connect, of whom `key` may have so many."""
        return len(self._connections) < settings.sockets_total and self._by_key[key] < most

    @contextlib.asynccontextmanager
    async def _open(
        self, websocket: WebSocket, connection: Connection, error: Error, key: Hashable = None
    ) -> AsyncIterator[_Gate]:
        """Count a connection, read it, and empty its outbox for as long as it is served; yield what lets frames in.

        At the end all is sent and closed. `error` is the message that refuses on this kind of socket. The connection
        counts for `key`, without one for its user.
        """
        key = connection.user if key is None else key
        services = _services(websocket)
        metrics = services.metrics
        gate = _Gate(connection, services, error)
        socket_of(websocket).admit(gate)
        self._connections.add(connection)
        self._by_key[key] += 1
        metrics.connections += 1
        writer = asyncio.create_task(connection.write())
        try:
            yield gate
        except Exception:
            self._unexpected()
            connection.close(CloseCode.SLOW_READER)
        finally:
            if connection.code is not None:  # else the client was first
                metrics.sockets_closed.labels(connection.code).inc()
            if connection.code in _REASONS:
                _note(websocket, _REASONS[connection.code])
            connection.close(CloseCode.NORMAL)
            await writer
            metrics.connections -= 1
            self._connections.discard(connection)
            self._by_key[key] -= 1
            if not self._by_key[key]:
                del self._by_key[key]

    async def _serve(self, connection: Connection, receive: Receive) -> None:
        """Read messages until the connection ends."""
        while True:
            frame = await connection.read()
            if frame is None or connection.ended.is_set():
                return
            try:
                await receive(frame)
            except Exception:
                # Whatever a client sends, only its own connection may hear of what we did wrong.
                self._unexpected()

    def _unexpected(self) -> None:
        """Log and count the exception that is being handled, an error of ours."""
        _log.exception("unexpected error on a socket")
        self._metrics.unexpected_errors.labels("socket").inc()

    def _repeat(self, services: Services, connection: Connection, again: Callable[[], bytes | None]) -> None:
        """Send the first message a second time to those who listen late; `again` sends, or returns the frame."""
        milliseconds = services.settings.late_listener_ms
        if not connection.is_late_listener or not milliseconds:
            return

        def repeat() -> None:
            frame = again()
            if frame is not None:
                connection.send(frame)

        asyncio.get_running_loop().call_later(milliseconds / 1000, repeat)


def _services(websocket: WebSocket) -> Services:
    services: Services = websocket.app.state.services
    return services


def _stopping(websocket: WebSocket) -> bool:
    return bool(getattr(websocket.app.state, "stopping", False))


async def _incomplete(websocket: WebSocket) -> None:
    """Refuse a path without a code or id."""
    await websocket.accept()
    _note(websocket, _REASONS[CloseCode.UNAUTHORIZED])
    await _turn_away(websocket, CloseCode.UNAUTHORIZED)


def _note(websocket: WebSocket, reason: str) -> None:
    """Note in the log that a socket is refused."""
    _services(websocket).refusals.note(Refused.SOCKET, address_of(websocket), reason)


async def _refuse_one_more(websocket: WebSocket) -> None:
    _note(websocket, _TOO_MANY)
    await _turn_away(websocket, CloseCode.SLOW_READER, _TOO_MANY)


def _game_id(websocket: WebSocket) -> int | None:
    """Return the game that a path names, or None where that is no number."""
    game = str(websocket.path_params["game"])
    return int(game) if game.isascii() and game.isdigit() and len(game) <= _LONGEST_ID else None


async def _turn_away(websocket: WebSocket, code: CloseCode, reason: str = "") -> None:
    _services(websocket).metrics.sockets_closed.labels(code.value).inc()
    await websocket.close(code, reason)
