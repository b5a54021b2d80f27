"""The outbox of a connection: order, the way past it, and what becomes of slow readers."""

import asyncio
import dataclasses
from typing import Any, cast

import pytest
from starlette.websockets import WebSocket

from magnate.server.config import DEFAULTS
from magnate.server.live.connection import Connection

pytestmark = pytest.mark.anyio


class FakeWebSocket:
    """A client that reads while `reads` is set; `wire` is what has been written to it."""

    def __init__(self) -> None:
        self.reads = asyncio.Event()
        self.reads.set()
        self.wire: list[str | int] = []
        self.aborted = asyncio.Event()
        self.headers: dict[str, str] = {}
        self.scope = {"state": {"socket": self}}
        self.rests = False

    def write_now(self, frames: tuple[bytes, ...]) -> bool:
        if self.reads.is_set():
            self.wire += [frame.decode() for frame in frames]
        return self.reads.is_set()

    def abort(self) -> None:
        self.aborted.set()

    def rest(self) -> None:
        self.rests = True

    async def send(self, message: dict[str, Any]) -> None:
        await self.reads.wait()
        self.wire.append(message["text"])

    async def close(self, code: int) -> None:
        await self.reads.wait()
        self.wire.append(code)


def connect(limit: int = 8) -> tuple[FakeWebSocket, Connection, "asyncio.Task[None]"]:
    websocket = FakeWebSocket()
    settings = dataclasses.replace(DEFAULTS, outbox_frames=limit)
    connection = Connection(cast(WebSocket, websocket), 1, settings)
    return websocket, connection, asyncio.create_task(connection.write())


async def test_who_reads_gets_everything_at_once() -> None:
    websocket, connection, writing = connect()
    connection.send(b"1", b"2")
    connection.send(b"3")
    assert websocket.wire == ["1", "2", "3"]
    connection.close(1000)
    await writing
    assert websocket.wire[3:] == [1000]


async def test_frames_stay_in_order_when_a_reader_stops_and_goes_on() -> None:
    websocket, connection, writing = connect()
    connection.send(b"1")
    websocket.reads.clear()
    connection.send(b"2", b"3")
    await asyncio.sleep(0)  # the writer holds the 2 now, and nothing of it is on the wire
    await asyncio.sleep(0)
    websocket.reads.set()
    connection.send(b"4")  # could be written at once, but not before the 2
    connection.close(1001)
    connection.send(b"too late")
    await writing
    assert websocket.wire == ["1", "2", "3", "4", 1001]


async def test_a_held_frame_alone_still_comes_first() -> None:
    websocket, connection, writing = connect()
    websocket.reads.clear()
    connection.send(b"1")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    websocket.reads.set()
    connection.send(b"2")
    connection.close(1000)
    await writing
    assert websocket.wire == ["1", "2", 1000]


async def test_after_a_pause_frames_go_at_once_again() -> None:
    websocket, connection, writing = connect()
    websocket.reads.clear()
    connection.send(b"1")
    websocket.reads.set()
    while websocket.wire != ["1"]:
        await asyncio.sleep(0)
    connection.send(b"2")
    assert websocket.wire == ["1", "2"]
    connection.close(1000)
    await writing


async def test_who_lets_too_many_frames_wait_is_dropped_with_1013_and_holds_nobody_up() -> None:
    websocket, connection, writing = connect(limit=8)
    websocket.reads.clear()
    for number in range(100):
        connection.send(str(number).encode())
    await asyncio.sleep(0)
    websocket.reads.set()
    await writing
    assert websocket.wire[-1] == 1013
    assert len(websocket.wire) <= 2, "what waited is thrown away: the client gets the whole game when it comes back"


async def test_a_client_that_does_not_even_read_that_it_is_dropped_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("magnate.server.live.connection.SLOW_SECONDS", 0)
    websocket, connection, writing = connect(limit=8)
    websocket.reads.clear()
    for _ in range(9):
        connection.send(b"frame")
    async with asyncio.timeout(10):
        await websocket.aborted.wait()
    websocket.reads.set()
    await writing


async def test_whoever_is_closed_and_does_not_read_it_is_cut_off_and_not_read_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("magnate.server.live.connection.SLOW_SECONDS", 0)
    websocket, connection, writing = connect()
    websocket.reads.clear()
    connection.send(b"frame")
    connection.close(1008)
    assert websocket.rests
    async with asyncio.timeout(10):
        await websocket.aborted.wait()
    websocket.reads.set()
    await writing


async def test_what_is_only_offered_never_drops_a_slow_reader_and_gives_way_to_the_game() -> None:
    websocket, connection, writing = connect(limit=8)
    websocket.reads.clear()
    for _ in range(100):
        connection.offer(b"chat")
    for number in range(8):
        connection.send(str(number).encode())
        connection.offer(b"chat")
    assert connection.code is None
    websocket.reads.set()
    connection.close(1000)
    await writing
    assert [frame for frame in websocket.wire if frame != "chat"] == [*map(str, range(8)), 1000]


async def test_what_is_offered_reaches_who_reads_in_its_order() -> None:
    websocket, connection, writing = connect(limit=8)
    connection.send(b"1")
    connection.offer(b"2")
    websocket.reads.clear()
    connection.send(b"3")
    connection.offer(b"4")
    websocket.reads.set()
    connection.close(1000)
    await writing
    assert websocket.wire == ["1", "2", "3", "4", 1000]
