"""uvicorn's WebSocket, with what it leaves open: frames that nobody counts, and clients that never read.

uvicorn closes a transport and then waits for its buffer to be read; a client that does not read would stay for ever.
"""

import asyncio
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from starlette.websockets import WebSocket
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import State

from magnate.server.transports.foundations import ASGIReceiveEvent, ASGISendEvent, WebSocketsSansIOProtocol
from magnate.server.transports.intake import LEFTOVER_BYTES, Intake

PIECE_BYTES: Final = 512
"""What is parsed of one connection in one turn of the loop: 85 of the smallest frames."""

LAST_WORD_SECONDS: Final = 2.0
"""How long a client has to read why its connection ends, and to say that it has."""

MOST_WAITING: Final = 8
"""Messages of one client that may wait for the application before its connection is read no further."""

_SOCKET: Final = "socket"
_MESSAGES: Final = (Opcode.TEXT, Opcode.BINARY, Opcode.CONT)
_TEXT: Final = 0x81
_BAD_REQUEST: Final = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"

Gate = Callable[[bool], bool]
"""Counts a frame, of whatever kind, and returns whether it may be looked at; told whether a message ends with it."""


def socket_of(websocket: WebSocket) -> "SocketProtocol":
    """Return what is below a WebSocket."""
    socket: SocketProtocol = websocket.scope["state"][_SOCKET]
    return socket


class SocketProtocol(WebSocketsSansIOProtocol):
    """A WebSocket that counts what comes, delivers its close code wherever the client reads, and ends in any case.

    Nothing is read of a client before the application has admitted it. After our close frame only the client's own is
    waited for, and not for long.
    """

    listener: Callable[[str | bytes], bool] | None = None
    """Takes messages past the application's queue while that is empty; False for one that must wait there."""

    _gate: Gate | None = None
    _resting = False
    _left = LEFTOVER_BYTES
    _is_text = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin with the handshake."""
        super().connection_made(transport)
        self._intake = Intake(self.transport, self.loop, self._parse, self._is_ready, PIECE_BYTES)
        self._parts: list[bytes] = []

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._intake.close()
        super().connection_lost(exc)

    # What the application does with it, past ASGI

    def admit(self, gate: Gate) -> None:
        """Read from now on, each frame that `gate` admits."""
        self._gate = gate
        self._intake.go_on()

    def rest(self) -> None:
        """Read no more, because the connection is about to be closed; what waits for the client may take a while."""
        self._resting = True
        self._intake.go_on()

    def abort(self) -> None:
        """Cut the client off without a word."""
        self.transport.abort()

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

    # Reading

    def data_received(self, data: bytes) -> None:
        """Read."""
        self._intake.feed(data)

    def _is_ready(self) -> bool:
        """Return whether more may be parsed."""
        if not self.handshake_initiated or self.close_sent:
            return True
        return self._gate is not None and not self._resting and self.queue.qsize() < MOST_WAITING

    def _parse(self, piece: bytes) -> None:
        if self.close_sent:
            self._left -= len(piece)
            if self._left < 0:
                self._hang_up()
                return
        super().data_received(piece)
        if not self.handshake_initiated and self.conn.handshake_exc is not None:
            self._refuse_handshake()  # too long a path, too many headers: nobody else answers

    def handle_connect(self, event: Request) -> None:
        """Begin, and let the application reach what is below its WebSocket."""
        super().handle_connect(event)
        if self.response.status_code == 101:
            self.scope["state"][_SOCKET] = self
        self._intake.go_on()

    def handle_events(self) -> None:
        """Take what was parsed. Every frame counts, whatever its kind; one too many is not looked at."""
        for event in self.conn.events_received():
            if isinstance(event, Request):
                self.handle_connect(event)
                continue
            assert isinstance(event, Frame)
            is_message = event.opcode in _MESSAGES
            is_admitted = self._gate is not None and self._gate(is_message and event.fin)
            if is_message:
                self._collect(event, is_admitted)
            elif event.opcode is Opcode.CLOSE:
                self.handle_close(event)
            elif event.opcode is Opcode.PONG:
                self.handle_pong(event)
            elif is_admitted:
                self.handle_ping()
            else:
                self.conn.data_to_send()  # the answer

    def handle_ping(self) -> None:
        """Answer; but who does not read gets no answers piled up."""
        if self.writable.is_set():
            super().handle_ping()
        else:
            self.conn.data_to_send()

    def _collect(self, frame: Frame, is_admitted: bool) -> None:
        """Put a message together; it is handed on if its last frame was admitted."""
        if frame.opcode is not Opcode.CONT:
            self._is_text = frame.opcode is Opcode.TEXT
            if frame.fin:
                if is_admitted and not self.close_sent:
                    self._hand_on(bytes(frame.data))
                return
        if frame.data:
            self._parts.append(bytes(frame.data))
        if frame.fin:
            message = b"".join(self._parts)
            self._parts.clear()
            if is_admitted and not self.close_sent:
                self._hand_on(message)

    def _hand_on(self, message: bytes) -> None:
        """Hand a message on; text that is no UTF-8 counts as a binary frame, and is refused as one.

        Reading rests only while several wait: uvicorn's way, after each, costs two system calls a message.
        """
        try:
            text = message.decode() if self._is_text else None
        except UnicodeDecodeError:
            text = None
        if self.listener is not None and self.queue.empty() and self.listener(message if text is None else text):
            return
        if text is None:
            self.queue.put_nowait({"type": "websocket.receive", "bytes": message})
        else:
            self.queue.put_nowait({"type": "websocket.receive", "text": text})
        self._intake.go_on()

    async def receive(self) -> ASGIReceiveEvent:
        """Return the next event for the application."""
        event = await self.queue.get()
        self._intake.go_on()
        return event

    # The end

    async def send(self, message: ASGISendEvent) -> None:
        """Send; once closed, the client has a moment to close too, if it was ever admitted."""
        await super().send(message)
        if message["type"] == "websocket.close" and self.close_timer is not None:
            if self._gate is None:
                self._hang_up()
                return
            self._cut_off_after(self.loop.call_later(LAST_WORD_SECONDS, self.transport.abort))
            self._intake.go_on()

    def handle_parser_exception(self) -> None:
        """Say why a frame ended the connection (1009, 1002)."""
        closed = self.conn.close_sent
        if closed is None or not self.handshake_complete:
            self._refuse_handshake()
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": closed.code, "reason": closed.reason})
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self._hang_up()

    def keepalive_timeout(self) -> None:
        """End a connection without a sign of life."""
        super().keepalive_timeout()
        self._cut_off_after(self.loop.call_later(LAST_WORD_SECONDS, self.transport.abort))

    def shutdown(self) -> None:
        """End because the server does."""
        super().shutdown()
        self.loop.call_later(LAST_WORD_SECONDS, self.transport.abort)

    def _refuse_handshake(self) -> None:
        self.transport.write(_BAD_REQUEST)
        self._hang_up()

    def _hang_up(self) -> None:
        """End what cannot end in order."""
        self._cut_off_after(self._intake.hang_up(LAST_WORD_SECONDS))

    def _cut_off_after(self, timer: asyncio.TimerHandle) -> None:
        if self.close_timer is not None:
            self.close_timer.cancel()
        self.close_timer = timer


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
