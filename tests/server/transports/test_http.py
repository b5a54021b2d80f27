"""What a client may make the server do and keep by sending HTTP, and by not reading the answers."""

import asyncio
from dataclasses import dataclass, field

import pytest
from starlette.types import Receive, Scope, Send

from magnate.server.transports.http import LONGEST_LINE, MOST_HEAD_BYTES, MOST_HEADERS, PIECE_BYTES, HttpProtocol
from tests.server.transports.wires import FakeTransport, http, turns

pytestmark = pytest.mark.anyio

REQUEST = b"GET / HTTP/1.1\r\n\r\n"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@dataclass
class Application:
    """Answers with the body that came, once it may."""

    asked: int = 0
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        await self.may_answer.wait()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
        await send({"type": "http.response.body", "body": body})


@pytest.fixture
def application() -> Application:
    return Application()


def answering(application: Application) -> tuple[HttpProtocol, FakeTransport]:
    application.may_answer.set()
    return http(application)


async def test_nothing_more_is_parsed_or_read_while_a_request_is_unanswered(application: Application) -> None:
    protocol, transport = http(application)
    protocol.data_received(REQUEST * 10_000)
    await turns(50)
    assert application.asked == 1
    assert len(protocol.pipeline) <= PIECE_BYTES / len(REQUEST)
    assert transport.is_paused
    protocol.connection_lost(None)


async def test_requests_sent_at_once_are_answered_one_after_the_other(application: Application) -> None:
    protocol, transport = answering(application)
    protocol.data_received(b"".join(b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n%03d" % each for each in range(200)))
    async with asyncio.timeout(20):
        while application.asked < 200 or transport.written.count(b"HTTP/1.1 200") < 200:
            await turns()
    assert [int(part[-3:]) for part in transport.written.split(b"HTTP/1.1 200 OK")[1:]] == list(range(200))
    assert not transport.is_paused
    protocol.connection_lost(None)


async def test_who_does_not_read_the_answers_is_not_read_either_and_cut_off(application: Application) -> None:
    protocol, transport = answering(application)
    protocol.timeout_keep_alive = 0
    protocol.pause_writing()
    protocol.data_received(REQUEST * 10_000)
    assert transport.is_paused
    async with asyncio.timeout(10):
        while not transport.is_aborted:
            await turns()
    assert application.asked == 0
    protocol.connection_lost(None)


async def test_who_reads_the_answers_again_is_answered(application: Application) -> None:
    protocol, transport = answering(application)
    protocol.pause_writing()
    protocol.data_received(REQUEST)
    await turns(5)
    assert application.asked == 0
    protocol.resume_writing()
    await turns(10)
    assert transport.written.startswith(b"HTTP/1.1 200")
    protocol.connection_lost(None)


async def test_nothing_is_kept_and_nobody_asked_once_the_client_has_gone(application: Application) -> None:
    protocol, transport = http(application)
    protocol.data_received(REQUEST * 10_000)
    await turns(5)
    transport.abort()
    protocol.connection_lost(ConnectionResetError())
    transport.written = b""
    application.may_answer.set()
    await turns(50)
    assert application.asked == 1
    assert not protocol.pipeline
    assert transport.written == b""


CHUNKED = b"transfer-encoding: chunked\r\n\r\n"
HEADS = {
    "too many headers": (431, b"".join(b"x%d: y\r\n" % each for each in range(MOST_HEADERS + 1)) + b"\r\n"),
    "a long header": (431, b"x: " + b"y" * LONGEST_LINE + b"\r\n\r\n"),
    "a header that never ends": (431, b"x: " + b"y" * 150_000),
    "a name that never ends": (431, b"y" * 150_000),
    "much in all": (431, (b"x: " + b"y" * 4_000 + b"\r\n") * (MOST_HEAD_BYTES // 4_000 + 1) + b"\r\n"),
    "headers after the body": (431, CHUNKED + b"0\r\n" + b"".join(b"x%d: y\r\n" % each for each in range(200))),
    "a header after the body that never ends": (431, CHUNKED + b"0\r\nx: " + b"y" * 150_000),
    "chunks of nothing but words about them": (431, CHUNKED + b"1;" + b"y" * 150_000),
}


@pytest.mark.parametrize("head", HEADS)
async def test_a_head_that_is_too_big_is_refused_in_json_and_nothing_of_it_stays(
    application: Application, head: str
) -> None:
    status, rest = HEADS[head]
    protocol, transport = http(application)
    protocol.data_received(b"POST / HTTP/1.1\r\n" + rest)
    await turns(300)
    assert transport.written.startswith(b"HTTP/1.1 %d " % status)
    assert b"content-type: application/json" in transport.written
    assert b'{"detail":"' in transport.written
    assert transport.is_ended
    assert application.asked == rest.startswith(CHUNKED)
    protocol.data_received(b"y" * 200_000)
    assert transport.is_paused
    protocol.connection_lost(None)


async def test_an_address_that_is_too_long_is_refused(application: Application) -> None:
    protocol, transport = answering(application)
    protocol.data_received(b"GET /" + b"x" * 150_000)
    await turns(20)
    assert transport.written.startswith(b"HTTP/1.1 414 ")
    assert transport.is_ended
    protocol.connection_lost(None)


async def test_heads_within_the_limits_are_answered_however_many_there_are(application: Application) -> None:
    protocol, transport = answering(application)
    head = b"GET /" + b"x" * (LONGEST_LINE - 1) + b" HTTP/1.1\r\nauthorization: " + b"y" * 4_096 + b"\r\n\r\n"
    for answers in range(1, 6):
        protocol.data_received(head)
        async with asyncio.timeout(10):
            while transport.written.count(b"HTTP/1.1 200") < answers:
                await turns()
    protocol.connection_lost(None)


async def test_what_is_no_http_is_refused_in_json(application: Application) -> None:
    protocol, transport = http(application)
    protocol.data_received(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n")
    assert transport.written.startswith(b"HTTP/1.1 400 ")
    assert b'{"detail":"' in transport.written
    protocol.connection_lost(None)
