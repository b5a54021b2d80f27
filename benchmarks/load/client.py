"""A WebSocket client that costs little: text frames without extensions, read as they stand in the buffer.

The driver must not be what limits the server that it drives, and a full client library takes as long for a frame as the
server does. Tests use the real one.
"""

import asyncio
import base64
import os
from collections.abc import Callable
from typing import Final, cast

TEXT: Final = 0x81
CLOSE: Final = 0x88
PING: Final = 0x89
PONG: Final = 0x8A
MASK: Final = b"\0\0\0\0"
"""A mask that changes nothing: what is sent need not be masked byte by byte."""

OnFrame = Callable[[bytes], None]


class Client(asyncio.Protocol):
    """One connection; `on_frame` is called with the text of each frame."""

    def __init__(self, request: bytes, on_frame: OnFrame) -> None:
        self._request = request
        self._on_frame = on_frame
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done once the server has accepted."""
        self.greeted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done with the first text frame: until then the server may not know of this connection."""
        self.closed: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        """The close code once the connection has ended; 1006 for one that broke."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._buffer = self._buffer + data if self._buffer else data
        if not self.opened.done() and not self._read_response():
            return
        self._read_frames()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("the server went away"))
        if not self.greeted.done():
            self.greeted.set_exception(ConnectionError("the server said nothing"))
        if not self.closed.done():
            self.closed.set_result(1006)

    def send(self, text: bytes) -> None:
        """Send a text frame of less than 64 KiB."""
        size = len(text)
        head = bytes((TEXT, 0x80 | size)) if size < 126 else bytes((TEXT, 0xFE)) + size.to_bytes(2, "big")
        self._write(head + MASK + text)

    def close(self) -> None:
        """Break the connection off."""
        if self._transport is not None:
            self._transport.abort()

    def _read_response(self) -> bool:
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return False
        self._buffer = rest
        if head.startswith(b"HTTP/1.1 101"):
            self.opened.set_result(None)
            return True
        self.opened.set_exception(ConnectionError(head.partition(b"\r\n")[0].decode(errors="replace")))
        return False

    def _read_frames(self) -> None:
        buffer, at, end = self._buffer, 0, len(self._buffer)
        while end - at >= 2:
            kind, size, start = buffer[at], buffer[at + 1], at + 2
            if size == 126:
                start += 2
                size = int.from_bytes(buffer[at + 2 : start], "big")
            elif size == 127:
                start += 8
                size = int.from_bytes(buffer[at + 2 : start], "big")
            if start > end or start + size > end:
                break
            at = start + size
            if kind == TEXT:
                self._on_frame(buffer[start:at])
                if not self.greeted.done():
                    self.greeted.set_result(None)
            else:
                self._control(kind, buffer[start:at])
        self._buffer = buffer[at:] if at else buffer

    def _control(self, kind: int, payload: bytes) -> None:
        if kind == PING:
            self._write(bytes((PONG, 0x80 | len(payload))) + MASK + payload)
        elif kind == CLOSE and not self.closed.done():
            self._write(bytes((CLOSE, 0x80 | len(payload))) + MASK + payload)
            self.closed.set_result(int.from_bytes(payload[:2], "big") if payload else 1005)

    def _write(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)


async def connect(port: int, path: str, on_frame: OnFrame) -> Client:
    """Open a WebSocket on loopback. Raises `ConnectionError` when the server refuses."""
    key = base64.b64encode(os.urandom(16)).decode()
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()
    loop = asyncio.get_running_loop()
    _, client = await loop.create_connection(lambda: Client(request, on_frame), "127.0.0.1", port)
    await client.opened
    return client
