"""uvicorn's two protocols, with what they leave open: requests that never end, and clients that never read.

uvicorn closes a transport and then waits for its buffer to be read; a client that does not read would stay for ever.
"""

import asyncio
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from starlette.websockets import WebSocket
from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request
from websockets.protocol import State

LAST_WORD_SECONDS: Final = 2.0
"""How long a client has to read why its connection ends, and to say that it has."""
QUIET_SECONDS: Final = 0.2
"""How long a client must have sent nothing to have done with a frame that ended the connection."""

MOST_WAITING: Final = 8
"""Messages of one client that may wait for the application before its connection is read no further."""

_ABORT: Final = "abort"
_WRITE: Final = "write"
_LISTEN: Final = "listen"
_TEXT: Final = 0x81
_BAD_REQUEST: Final = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


def abort_of(websocket: WebSocket) -> Callable[[], None]:
    """Return what cuts a WebSocket off without a word."""
    abort: Callable[[], None] = websocket.scope["state"][_ABORT]
    return abort


def writer_of(websocket: WebSocket) -> Callable[[tuple[bytes, ...]], bool]:
    """Return what writes text frames to a WebSocket at once; see `SocketProtocol.write_now`."""
    write: Callable[[tuple[bytes, ...]], bool] = websocket.scope["state"][_WRITE]
    return write


def listen(websocket: WebSocket, listener: Callable[[str | bytes], bool]) -> None:
    """Let a function take the messages of a WebSocket as they come; see `SocketProtocol.listener`."""
    websocket.scope["state"][_LISTEN](listener)


class HttpProtocol(HttpToolsProtocol):
    """HTTP whose requests must come whole within `timeout_keep_alive` seconds, from the first connection on."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Wait for the rest of the request."""
        super().on_message_begin()
        self._wait()

    def on_message_complete(self) -> None:
        """Wait no more."""
        self._wait_no_more()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """Wait no more: the WebSocket has limits of its own."""
        self._wait_no_more()
        super().handle_websocket_upgrade()

    def _wait(self) -> None:
        self._wait_no_more()
        self._deadline = self.loop.call_later(self.timeout_keep_alive, self.transport.close)

    def _wait_no_more(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class SocketProtocol(WebSocketsSansIOProtocol):
    """A WebSocket that delivers its close code wherever the client reads, and ends in any case."""

    listener: Callable[[str | bytes], bool] | None = None
    """Takes messages past the application's queue while that is empty; False for one that must wait there."""

    _failed = False
    _quiet: asyncio.TimerHandle | None = None

    def handle_connect(self, event: Request) -> None:
        """Begin, and let the application cut the connection off."""
        super().handle_connect(event)
        if self.response.status_code == 101:
            self.scope["state"][_ABORT] = self.transport.abort
            self.scope["state"][_WRITE] = self.write_now
            self.scope["state"][_LISTEN] = self.listen

    def listen(self, listener: Callable[[str | bytes], bool]) -> None:
        """Hand messages to `listener` from now on."""
        self.listener = listener

    def write_now(self, frames: tuple[bytes, ...]) -> bool:
        """Write text frames (UTF-8) past the application's queue; False where the client must read first, or is gone.

        Going through ASGI takes longer than all that a game does for an action, and nobody needs it: the bytes are the
        same for every client that does not compress.
        """
        if not self.writable.is_set() or self.conn.state is not State.OPEN or self.transport.is_closing():
            return False
        if self.conn.extensions:
            for frame in frames:
                self.conn.send_text(frame)
            self.transport.write(b"".join(self.conn.data_to_send()))
        else:
            self.transport.write(_plain(frames))
        return True

    def data_received(self, data: bytes) -> None:
        """Read; what comes after a frame that ended the connection is thrown away."""
        if self._failed:
            self._end_when_quiet()
            return
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            self._refuse_handshake()  # too long a path, too many headers: nobody else answers

    def handle_parser_exception(self) -> None:
        """Say why a frame ended the connection (1009, 1002).

        The client may be in the middle of sending: closing at once would reset the connection, and take our close
        frame with it.
        """
        self._failed = True
        closed = self.conn.close_sent
        if closed is None or not self.handshake_complete:
            self._refuse_handshake()
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": closed.code, "reason": closed.reason})
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self._end_soon()
        self._end_when_quiet()

    def handle_cont(self, event: Frame) -> None:
        """Collect a message in parts; empty parts, of which there may be any number, take no memory."""
        if event.data or event.fin:
            super().handle_cont(event)

    def handle_ping(self) -> None:
        """Answer; but who does not read gets no answers piled up."""
        if self.writable.is_set():
            super().handle_ping()
        else:
            self.conn.data_to_send()

    def send_receive_event_to_app(self) -> None:
        """Hand a message on; text that is no UTF-8 counts as a binary frame, and is refused as one.

        Reading rests only while several wait: uvicorn's way, after each, costs two system calls a message.
        """
        data = b"".join(self.frames)
        self.frames = []
        if self.close_sent:
            return
        try:
            text = data.decode() if self.curr_msg_data_type == "text" else None
        except UnicodeDecodeError:
            text = None
        if self.listener is not None and self.queue.empty() and self.listener(data if text is None else text):
            return
        if text is None:
            self.queue.put_nowait({"type": "websocket.receive", "bytes": data})
        else:
            self.queue.put_nowait({"type": "websocket.receive", "text": text})
        if not self.read_paused and self.queue.qsize() >= MOST_WAITING:
            self.read_paused = True
            self.transport.pause_reading()

    def keepalive_timeout(self) -> None:
        """End a connection without a sign of life."""
        super().keepalive_timeout()
        self._end_soon()

    def shutdown(self) -> None:
        """End because the server does."""
        super().shutdown()
        self.loop.call_later(LAST_WORD_SECONDS, self.transport.abort)

    async def send(self, message: ASGISendEvent) -> None:
        """Send; once closed, the client has a moment to close too."""
        await super().send(message)
        if message["type"] == "websocket.close" and self.close_timer is not None:
            self._end_soon()

    def _end_when_quiet(self) -> None:
        if self._quiet is not None:
            self._quiet.cancel()
        self._quiet = self.loop.call_later(QUIET_SECONDS, self.transport.close)

    def _refuse_handshake(self) -> None:
        self._failed = True
        self.transport.write(_BAD_REQUEST)
        self.transport.close()

    def _end_soon(self) -> None:
        if self.close_timer is not None:
            self.close_timer.cancel()
        self.close_timer = self.loop.call_later(LAST_WORD_SECONDS, self.transport.abort)


@lru_cache(maxsize=8)
def _plain(frames: tuple[bytes, ...]) -> bytes:
    """Return what stands on the wire for frames; the next client is likely to get the same."""
    return b"".join([part for frame in frames for part in (text_head(len(frame)), frame)])


def text_head(size: int) -> bytes:
    """Return what stands before a text frame of a server (RFC 6455, section 5.2): final, not masked, its size."""
    if size < 126:
        return bytes((_TEXT, size))
    if size < 65_536:
        return bytes((_TEXT, 126)) + size.to_bytes(2, "big")
    return bytes((_TEXT, 127)) + size.to_bytes(8, "big")
