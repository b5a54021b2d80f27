"""One WebSocket: a bounded outbox towards the client."""

import asyncio
from collections import deque
from typing import Final

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from magnate.protocol.codes import CloseCode
from magnate.server.config import Settings
from magnate.server.transports.websocket import socket_of

SLOW_SECONDS: Final = 5.0
"""How long a client has to read what was sent before its connection is closed, and the close code."""

OFFERED_PART: Final = 4
"""What part of an outbox must be full for offered frames to be left out."""

_GONE: Final = (RuntimeError, OSError, WebSocketDisconnect)
"""What sending raises when the other end is gone."""


class _Offered(bytes):
    """A frame that may be thrown away."""


class Connection:
    """A `Peer` over a WebSocket.

    What the client keeps up with is written at once; the rest waits in the outbox, which one task empties.
    """

    def __init__(self, websocket: WebSocket, user: int, settings: Settings, *, wants_legal: bool = False) -> None:
        self._websocket = websocket
        self._user = user
        self._socket = socket_of(websocket)
        self._outbox: deque[bytes | int] = deque()
        self._limit = settings.outbox_frames
        self.wants_legal = wants_legal
        """Whether its frames of a game tell what its seat may do."""
        self._awake = asyncio.Event()
        self._has_room = asyncio.Event()
        self._has_room.set()
        self._sending = False
        self._closing = False
        self._cut_off: asyncio.TimerHandle | None = None
        self.code: int | None = None
        """The code to close with, once there is one."""
        self.ended = asyncio.Event()
        """Set when the connection is closed for good."""

    @property
    def user(self) -> int:
        """The user id."""
        return self._user

    @property
    def is_late_listener(self) -> bool:
        """Whether this is a browser, which attaches its listeners a moment after the socket opens."""
        return "origin" in self._websocket.headers

    def send(self, *frames: bytes) -> None:
        """Send text frames; a reader that lets too many wait is dropped, and may connect again."""
        if self._closing or (not self._outbox and not self._sending and self._socket.write_now(frames)):
            return
        if len(self._outbox) + len(frames) > self._limit:
            self._outbox = deque(each for each in self._outbox if not isinstance(each, _Offered))
        if len(self._outbox) + len(frames) > self._limit:
            self._outbox.clear()
            self.close(CloseCode.SLOW_READER)
            return
        self._outbox.extend(frames)
        self._awake.set()
        if len(self._outbox) >= self._limit // 2:
            self._has_room.clear()

    def offer(self, frame: bytes) -> None:
        """Send a text frame that is left out where many wait, and thrown away before a reader is dropped."""
        if self._closing or (not self._outbox and not self._sending and self._socket.write_now((frame,))):
            return
        if len(self._outbox) < self._limit // OFFERED_PART:
            self._outbox.append(_Offered(frame))
            self._awake.set()

    def close(self, code: int) -> None:
        """Close with a code, after what was sent before; a client that does not read even that is cut off."""
        if not self._closing:
            self._closing = True
            self.code = int(code)
            self._socket.rest()
            self._cut_off = asyncio.get_running_loop().call_later(SLOW_SECONDS, self._socket.abort)
            self._outbox.append(self.code)
            self._awake.set()

    async def write(self) -> None:
        """Empty the outbox until the connection is closed; run this beside the reader."""
        try:
            while True:
                while self._outbox:
                    frame = self._outbox.popleft()
                    if len(self._outbox) < self._limit // 2:
                        self._has_room.set()
                    self._sending = True
                    if isinstance(frame, int):
                        await self._websocket.close(frame)
                        return
                    await self._websocket.send({"type": "websocket.send", "text": frame.decode()})
                    self._sending = False
                self._awake.clear()
                if not self._outbox:
                    await self._awake.wait()
        except _GONE:
            pass
        finally:
            self._closing = True
            if self._cut_off is not None:
                self._cut_off.cancel()
            self._has_room.set()
            self.ended.set()

    @property
    def listens(self) -> bool:
        """Whether a message may be acted on now: not when closing, or while too many answers are unread."""
        return not self._closing and self._has_room.is_set()

    async def read(self) -> str | bytes | None:
        """Return the next frame of the client, text or binary; None when the connection has ended.

        Waits while too many answers to earlier frames are unread, so that nobody is dropped for their own questions.
        """
        await self._has_room.wait()
        if self._websocket.client_state is not WebSocketState.CONNECTED:
            return None
        try:
            message = await self._websocket.receive()
        except _GONE:
            return None
        if message["type"] != "websocket.receive":
            return None
        text: str | None = message.get("text")
        data: bytes = message.get("bytes") or b""
        return data if text is None else text
