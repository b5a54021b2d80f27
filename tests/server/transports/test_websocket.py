"""What a client may make the server do by sending frames of whatever kind, and how its WebSocket ends."""

import asyncio
from dataclasses import dataclass, field

import pytest
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from websockets.frames import Frame, Opcode

from magnate.server.transports.intake import LEFTOVER_BYTES
from magnate.server.transports.websocket import PIECE_BYTES, SocketProtocol, socket_of, text_head
from tests.server.transports.wires import HANDSHAKE, FakeTransport, frame, turns, websocket

pytestmark = pytest.mark.anyio

SMALLEST = 6
"""Bytes of the smallest frame of a client."""
PING = frame(Opcode.PING)
KINDS = {
    "pings": (b"", PING),
    "pongs": (b"", frame(Opcode.PONG)),
    "empty messages": (b"", frame(Opcode.TEXT)),
    "binary messages": (b"", frame(Opcode.BINARY)),
    "empty parts": (frame(Opcode.TEXT, last=False), frame(Opcode.CONT, last=False)),
}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@dataclass
class Application:
    """Accepts a socket, admits it if it is to, keeps what it is told, and closes when it is told to."""

    admits: bool = True
    most: int = 10**9
    counted: int = 0
    heard: list[str | bytes] = field(default_factory=list)
    code: int = 4002
    may_close: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        await socket.accept()
        if self.admits:
            socket_of(socket).admit(self.count)
            socket_of(socket).listener = self.listen
        await self.may_close.wait()
        await socket.close(self.code)

    def count(self, ends_message: bool) -> bool:
        self.counted += 1
        return self.counted <= self.most

    def listen(self, message: str | bytes) -> bool:
        self.heard.append(message)
        return True


async def connected(application: Application) -> tuple[SocketProtocol, FakeTransport]:
    protocol, transport = websocket(application)
    protocol.data_received(HANDSHAKE)
    await turns(5)
    assert transport.written.startswith(b"HTTP/1.1 101")
    transport.written = b""
    return protocol, transport


@pytest.mark.parametrize("kind", KINDS)
async def test_every_frame_of_every_kind_is_counted(kind: str) -> None:
    application = Application()
    protocol, _ = await connected(application)
    first, each = KINDS[kind]
    protocol.data_received(first + each * 50)
    await turns(5)
    assert application.counted == 50 + (first != b"")


@pytest.mark.parametrize("kind", KINDS)
async def test_a_turn_of_the_loop_parses_one_piece_and_the_client_is_not_read_meanwhile(kind: str) -> None:
    application = Application()
    protocol, transport = await connected(application)
    first, each = KINDS[kind]
    protocol.data_received(first + each * 350_000)
    for turn in range(1, 20):
        assert transport.is_paused
        assert application.counted <= turn * PIECE_BYTES / SMALLEST + 1
        await turns()
    assert application.counted > 10 * (PIECE_BYTES // SMALLEST), "it goes on, piece by piece"


async def test_what_comes_in_pieces_is_read_whole_and_reading_goes_on() -> None:
    application = Application()
    protocol, transport = await connected(application)
    protocol.data_received(frame(Opcode.TEXT, b"x" * 60_000) + frame(Opcode.TEXT, b"y") + frame(Opcode.BINARY, b"z"))
    await turns(200)
    assert application.heard == ["x" * 60_000, "y", b"z"]
    assert not transport.is_paused


async def test_a_frame_that_is_not_admitted_is_neither_answered_nor_handed_on() -> None:
    application = Application(most=1)
    protocol, transport = await connected(application)
    protocol.data_received(frame(Opcode.TEXT, b"first") + PING * 3 + frame(Opcode.TEXT, b"second"))
    await turns(2)
    assert application.heard == ["first"]
    assert transport.written == b""


async def test_nothing_is_parsed_of_a_client_that_is_not_admitted() -> None:
    application = Application(admits=False)
    protocol, transport = await connected(application)
    assert transport.is_paused
    protocol.data_received(PING * 350_000)
    await turns(20)
    assert transport.written == b"", "a ping was answered"
    application.may_close.set()
    await turns(5)
    assert transport.written == Frame(Opcode.CLOSE, (4002).to_bytes(2, "big")).serialize(mask=False)
    assert transport.is_ended
    protocol.data_received(PING * 350_000)
    await turns(20)
    assert transport.is_paused, "who sends on is not even read"
    protocol.connection_lost(None)


async def test_after_our_close_only_so_much_is_looked_at_and_then_the_client_is_cut_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("magnate.server.transports.websocket.LAST_WORD_SECONDS", 0)
    application = Application(code=1008)
    protocol, transport = await connected(application)
    application.may_close.set()
    await turns(5)
    assert (1008).to_bytes(2, "big") in transport.written
    application.counted = 0
    protocol.data_received(PING * 350_000)
    async with asyncio.timeout(10):
        while not transport.is_aborted:
            await turns()
    assert application.counted <= LEFTOVER_BYTES / SMALLEST
    assert transport.is_paused or transport.is_closing()


async def test_who_sends_on_after_our_close_is_read_no_more_long_before_that() -> None:
    application = Application(code=1008)
    protocol, transport = await connected(application)
    application.may_close.set()
    await turns(5)
    application.counted = 0
    protocol.data_received(PING * 350_000)
    await turns(LEFTOVER_BYTES // PIECE_BYTES + 10)
    assert transport.is_ended
    counted = application.counted
    protocol.data_received(PING * 350_000)
    await turns(20)
    assert application.counted == counted
    assert transport.is_paused
    protocol.connection_lost(None)


async def test_a_client_that_closes_in_turn_is_let_go_at_once() -> None:
    application = Application(code=4001)
    protocol, transport = await connected(application)
    application.may_close.set()
    await turns(5)
    protocol.data_received(frame(Opcode.CLOSE, (4001).to_bytes(2, "big")))
    assert transport.is_closing()
    assert not transport.is_aborted
    protocol.connection_lost(None)


async def test_a_frame_too_big_is_told_and_what_follows_is_thrown_away() -> None:
    application = Application()
    protocol, transport = await connected(application)
    protocol.data_received(frame(Opcode.TEXT, b"x" * 60_000, last=False) + frame(Opcode.CONT, b"x" * 60_000))
    await turns(200)
    assert (1009).to_bytes(2, "big") in transport.written
    assert transport.is_ended
    assert not transport.is_closing(), "closing now would reset the connection, and lose the code"
    protocol.data_received(b"x" * 1_000_000)
    assert transport.is_paused
    protocol.connection_lost(None)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 100_000])
def test_a_text_frame_begins_as_the_library_writes_it(size: int) -> None:
    payload = b"x" * size
    assert text_head(size) + payload == Frame(Opcode.TEXT, payload).serialize(mask=False)
