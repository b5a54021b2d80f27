"""uvicorn's HTTP, with what it leaves open: heads of any size, requests that never end, answers that nobody reads."""

import asyncio
from typing import Final, cast

import msgspec

from magnate.protocol.rest import Detail
from magnate.server.transports.foundations import (
    ASGI3Application,
    FlowControl,
    HttpToolsProtocol,
    RequestResponseCycle,
)
from magnate.server.transports.intake import Intake

PIECE_BYTES: Final = 1_024
"""What is parsed of one connection in one turn of the loop: some fifty of the smallest requests."""

LONGEST_LINE: Final = 4_608
"""Bytes of the target of a request, and of each header: a token of the longest kind, and the words around it."""
MOST_HEADERS: Final = 100
"""Headers of a request, those after a body in chunks (trailers) among them."""
MOST_HEAD_BYTES: Final = 16_384
"""Bytes of all that stands before the body."""

LAST_WORD_SECONDS: Final = 2.0
"""How long a client has to read why its request was refused."""

_BAD_REQUEST: Final = 400, "The request is no valid HTTP."
_TARGET_TOO_LONG: Final = 414, f"The address of a request has at most {LONGEST_LINE:,} bytes."
_HEAD_TOO_BIG: Final = (
    431,
    f"A request has at most {MOST_HEADERS} headers, each of at most {LONGEST_LINE:,} bytes "
    f"and all together of {MOST_HEAD_BYTES:,}.",
)
_PHRASES: Final = {400: "Bad Request", 414: "URI Too Long", 431: "Request Header Fields Too Large"}


class _Refused(Exception):
    """Ends the parsing of a request."""


class HttpProtocol(HttpToolsProtocol):
    """HTTP that answers one request of a connection after the other, and parses no further while one is open.

    A request must come whole, and a long answer be read, within `timeout_keep_alive` seconds.
    """

    _deadline: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None
    _ending: asyncio.TimerHandle | None = None
    _running: RequestResponseCycle | None = None
    _refusal: tuple[int, str] = _BAD_REQUEST
    _since_body = 0
    _header_count = 0
    _header_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._intake = Intake(transport, self.loop, self._parse, self._is_ready, PIECE_BYTES)
        self.flow = FlowControl(cast(asyncio.Transport, self._intake))
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Drop all that was asked for and is not answered yet."""
        for timer in (self._deadline, self._unread, self._ending):
            if timer is not None:
                timer.cancel()
        self._intake.close()
        self.pipeline.clear()
        if self._running is not None:
            self._running.disconnected = True  # uvicorn tells the newest request, which may be another
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read."""
        self._intake.feed(data)

    def _is_ready(self) -> bool:
        """Return whether the next request may be parsed: the one before it is answered, and the answers are read."""
        newest: RequestResponseCycle | None = self.cycle
        is_answered = newest is None or newest.response_complete or newest.more_body
        return is_answered and not self.flow.read_paused and not self.flow.write_paused

    def _parse(self, piece: bytes) -> None:
        super().data_received(piece)
        self._intake.go_on()
        if self._ending is not None:
            return
        self._since_body += len(piece)
        if self._since_body > MOST_HEAD_BYTES:
            # Nobody but the parser knows of a header that has not ended, or of what stands between chunks.
            self._refusal = _HEAD_TOO_BIG
            self.send_400_response("")

    # What the parser finds

    def on_message_begin(self) -> None:
        """Wait for the rest of the request."""
        super().on_message_begin()
        self._header_count = self._header_bytes = 0
        self._wait()

    def on_url(self, url: bytes) -> None:
        """Collect the target."""
        super().on_url(url)
        if len(self.url) > LONGEST_LINE:
            self._refuse(_TARGET_TOO_LONG)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Collect a header."""
        size = len(name) + len(value)
        self._header_count += 1
        self._header_bytes += size
        if size > LONGEST_LINE or self._header_count > MOST_HEADERS or self._header_bytes > MOST_HEAD_BYTES:
            self._refuse(_HEAD_TOO_BIG)
        super().on_header(name, value)

    def on_body(self, body: bytes) -> None:
        """Collect the body."""
        self._since_body = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Wait no more."""
        self._since_body = 0
        self._wait_no_more()
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        """Go on with what was sent after the request."""
        super().on_response_complete()
        self._intake.go_on()

    def handle_websocket_upgrade(self) -> None:
        """Leave the connection to the WebSocket, which has limits of its own."""
        self._wait_no_more()
        self._intake.close()
        super().handle_websocket_upgrade()

    # Answers

    def pause_writing(self) -> None:
        """Give a client that does not read some time."""
        super().pause_writing()
        self._unread = self.loop.call_later(self.timeout_keep_alive, self.transport.abort)
        self._intake.go_on()

    def resume_writing(self) -> None:
        """Go on: the answers are read."""
        super().resume_writing()
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None
        self._intake.go_on()

    def send_400_response(self, msg: str) -> None:
        """Say what is wrong with a request that goes to no handler, and end the connection."""
        status, detail = self._refusal
        body = msgspec.json.encode(Detail(detail))
        head = (
            f"HTTP/1.1 {status} {_PHRASES[status]}\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self._ending = self._intake.hang_up(LAST_WORD_SECONDS)

    def _refuse(self, refusal: tuple[int, str]) -> None:
        self._refusal = refusal
        raise _Refused  # the parser ends, and uvicorn calls `send_400_response`

    def _wait(self) -> None:
        self._wait_no_more()
        self._deadline = self.loop.call_later(self.timeout_keep_alive, self.transport.close)

    def _wait_no_more(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
