"""One WebSocket: a bounded outbox towards the client, and a limit on how fast the client may send."""

import asyncio
from collections import deque
from typing import Final

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from magnate.protocol.codes import CloseCode
from magnate.server.config import Settings
from magnate.server.live.transports import abort_of, writer_of

SLOW_SECONDS: Final = 5.0
"""How long a reader that is dropped for being slow has to read what was sent before and the close code."""

_GONE: Final = (RuntimeError, OSError, WebSocketDisconnect)
"""What sending raises when the other end is gone."""


class Connection:
    """A `Peer` over a WebSocket.

    What the client keeps up with is written at once; the rest waits in the outbox, which one task empties.
    """

    def __init__(self, websocket: WebSocket, user: int, settings: Settings) -> None:
        self._websocket = websocket
        self._user = user
        self._write = writer_of(websocket)
        self._outbox: deque[bytes | int] = deque()
        self._limit = settings.outbox_frames
        self._awake = asyncio.Event()
        self._has_room = asyncio.Event()
        self._has_room.set()
        self._sending = False
        self._closing = False
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
        if self._closing or (not self._outbox and not self._sending and self._write(frames)):
            return
        if len(self._outbox) + len(frames) > self._limit:
            self._outbox.clear()
            self.close(CloseCode.SLOW_READER)
            asyncio.get_running_loop().call_later(SLOW_SECONDS, self._give_up)
            return
        self._outbox.extend(frames)
        self._awake.set()
        if len(self._outbox) >= self._limit // 2:
            self._has_room.clear()

    def close(self, code: int) -> None:
        """Close with a code, after what was sent before."""
        if not self._closing:
            self._closing = True
            self.code = int(code)
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
            self._has_room.set()
            self.ended.set()

    def _give_up(self) -> None:
        """Cut off a slow reader that has not even read that it is dropped."""
        if not self.ended.is_set():
            abort_of(self._websocket)()

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


class FrameLimit:
    """How many frames a client may send: a burst, and so many a second for long."""

    def __init__(self, settings: Settings, now: float) -> None:
        """Begin at `now`, in seconds of any clock that does not go back."""
        self._rate = settings.frames_per_second
        self._burst = settings.frame_burst
        self._left = float(settings.frame_burst)
        self._then = now
        self._excess = 0

    def admits(self, now: float) -> bool:
        """Count one frame; False if it is one too many."""
        self._left = min(self._left + (now - self._then) * self._rate, self._burst)
        self._then = now
        if self._left < 1:
            self._excess += 1
            return False
        self._left -= 1
        if self._left > self._burst / 2:
            self._excess = 0
        return True

    @property
    def is_flood(self) -> bool:
        """Whether a whole burst of frames too many has come."""
        return self._excess > self._burst
