"""A transport that writes down what is done to it, and clients' bytes."""

import asyncio
import struct
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.server import ServerState

from magnate.server.transports.http import HttpProtocol
from magnate.server.transports.websocket import SocketProtocol

HANDSHAKE = (
    b"GET /ws/queue/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


class FakeTransport(asyncio.Transport):
    """The server's end of a connection."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.is_paused = False
        self.is_ended = False
        self.is_aborted = False
        self._closing = False

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return default

    def write(self, data: bytes | bytearray | memoryview) -> None:
        assert not self.is_ended, "written after the end was said"
        self.written += bytes(data)

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None:
        self.is_ended = True

    def pause_reading(self) -> None:
        self.is_paused = True

    def resume_reading(self) -> None:
        self.is_paused = False

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        self._closing = True

    def abort(self) -> None:
        self._closing = self.is_aborted = True


def http(app: ASGIApp) -> tuple[HttpProtocol, FakeTransport]:
    """Return one end of an HTTP connection to `app`."""
    protocol, transport = HttpProtocol(_config(app), ServerState(), {}), FakeTransport()
    protocol.connection_made(transport)
    return protocol, transport


def websocket(app: ASGIApp) -> tuple[SocketProtocol, FakeTransport]:
    """Return one end of a WebSocket to `app` before its handshake."""
    protocol, transport = SocketProtocol(_config(app), ServerState(), {}), FakeTransport()
    protocol.connection_made(transport)
    return protocol, transport


def _config(app: ASGIApp) -> uvicorn.Config:
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", ws_max_size=65_536)
    config.load()
    return config


def frame(opcode: int, data: bytes = b"", *, last: bool = True) -> bytes:
    """Return a client's frame, masked with zeros."""
    head = opcode | (0x80 if last else 0)
    if len(data) < 126:
        return bytes((head, 0x80 | len(data))) + bytes(4) + data
    return bytes((head, 0x80 | 126)) + struct.pack("!H", len(data)) + bytes(4) + data


async def turns(count: int = 1) -> None:
    """Let the event loop turn."""
    for _ in range(count):
        await asyncio.sleep(0)
