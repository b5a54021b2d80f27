"""The three sockets (protocol: Connecting), with typed messages in both directions.

A socket is iterated for what the server sends; the iteration ends with `SocketClosed` when the server closes it.
"""

from collections.abc import AsyncIterator, Callable
from typing import Final, Generic, TypeVar
from urllib.parse import quote

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from magnate.client.errors import NotMagnate, ServerUnreachable, SocketClosed
from magnate.protocol.codec import Unread, encode, read_game, read_queue, read_room
from magnate.protocol.commands import GameCommand
from magnate.protocol.game import GameMessage
from magnate.protocol.queue import QueueCommand, QueueMessage
from magnate.protocol.room import RoomCommand, RoomMessage

CONNECT_SECONDS: Final = 10.0
"""How long opening a socket may take."""
LARGEST_FRAME: Final = 4 * 1024 * 1024
"""Bytes of the largest frame that is taken from a server."""

ReadT = TypeVar("ReadT")
SendT = TypeVar("SendT", QueueCommand, RoomCommand, GameCommand)


class Socket(Generic[ReadT, SendT]):
    """One open socket: iterate it to read, `send` to write, `close` to leave."""

    def __init__(self, connection: ClientConnection, read: Callable[[str | bytes], ReadT | Unread]) -> None:
        self._connection = connection
        self._read = read

    async def __aiter__(self) -> AsyncIterator[ReadT]:
        """Yield each message of the server that this client knows.

        Raises:
            SocketClosed: the connection ended.
        """
        while True:
            try:
                frame = await self._connection.recv()
            except ConnectionClosed as closed:
                raise _closed(closed) from closed
            message = self._read(frame)
            if not isinstance(message, Unread):
                yield message

    async def send(self, message: SendT) -> bool:
        """Send a message, and return whether it went out.

        False says that the connection has ended. It is no error here: what the server said before it closed is still
        to be read, and the iteration then says how it ended.
        """
        try:
            await self._connection.send(encode(message), text=True)
        except ConnectionClosed:
            return False
        return True

    async def close(self) -> None:
        """Close the socket; nothing happens if it is closed already."""
        await self._connection.close()


def _closed(closed: ConnectionClosed) -> SocketClosed:
    # 1006 stands for a connection that broke without a word.
    return SocketClosed(closed.rcvd.code if closed.rcvd else 1006, closed.rcvd.reason if closed.rcvd else "")


async def open_queue(server: str, token: str) -> Socket[QueueMessage, QueueCommand]:
    """Join the public queue of a server (`http://…`), with an access token.

    Raises:
        ServerUnreachable: nobody answers there.
        NotMagnate: what answers speaks no WebSocket there.
    """
    return Socket(await _open(server, "/ws/queue/public/", token), read_queue)


async def open_room(server: str, token: str, code: str) -> Socket[RoomMessage, RoomCommand]:
    """Enter a private room by its code. Raises as `open_queue` does."""
    return Socket(await _open(server, f"/ws/room/{quote(code, safe='')}/", token), read_room)


async def open_game(server: str, token: str, game: int, *, legal: bool = False) -> Socket[GameMessage, GameCommand]:
    """Connect to a game that the user takes part in; `legal` asks what is legal. Raises as `open_queue` does."""
    return Socket(await _open(server, f"/ws/game/{game}/{'?legal=1' if legal else ''}", token), read_game)


async def open_watch(server: str, game: int) -> Socket[GameMessage, GameCommand]:
    """Watch a game, without an account; whatever is sent is refused. Raises as `open_queue` does."""
    return Socket(await _open(server, f"/ws/watch/{game}/", None), read_game)


async def _open(server: str, path: str, token: str | None) -> ClientConnection:
    url = "ws" + server.rstrip("/").removeprefix("http") + path
    opening = connect(
        url,
        additional_headers=None if token is None else {"Authorization": f"Bearer {token}"},
        open_timeout=CONNECT_SECONDS,
        max_size=LARGEST_FRAME,
        compression=None,
    )
    try:
        return await opening
    except (InvalidHandshake, InvalidURI, OSError, TimeoutError) as error:
        # What may pass: nobody there, gone in the middle, a gateway without its server.
        if opening.process_exception(error) is None:
            raise ServerUnreachable(server, str(error) or type(error).__name__) from error
        raise NotMagnate(server, str(error)) from error
