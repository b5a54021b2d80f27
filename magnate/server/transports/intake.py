"""What a client has sent and nobody has looked at yet: it goes to a parser in small pieces, one in a turn of the loop.

Parsing is the only work that a client gets for sending bytes, whatever they mean. A read of the socket may bring
256 KiB, which is tens of thousands of the smallest messages; parsed at once they would stop everybody else.
"""

import asyncio
from collections.abc import Callable
from typing import Final

LEFTOVER_BYTES: Final = 65_536
"""What is still read, and thrown away, of a client whose connection has ended; then it is read no more."""


class Intake:
    """The way from a transport to its parser; the transport is not read while anything waits here."""

    def __init__(
        self,
        transport: asyncio.Transport,
        loop: asyncio.AbstractEventLoop,
        parse: Callable[[bytes], None],
        is_ready: Callable[[], bool],
        piece_bytes: int,
    ) -> None:
        """Begin to read.

        Args:
            parse: takes one piece, in a turn of its own.
            is_ready: whether more may be parsed; call `go_on` wherever that may have changed, either way.
            piece_bytes: the longest piece.
        """
        self._transport = transport
        self._loop = loop
        self._parse = parse
        self._is_ready = is_ready
        self._piece_bytes = piece_bytes
        self._waiting = bytearray()
        self._turn: asyncio.Handle | None = None
        self._paused = False
        self._leftover: int | None = None
        self._closed = False

    def feed(self, data: bytes) -> None:
        """Take what was read from the transport."""
        if self._leftover is not None:
            self._leftover -= len(data)
            self._pause_or_read()
        elif not self._paused and len(data) <= self._piece_bytes:
            self._parse(data)  # the usual case: nothing waits, and nothing says that anything should
        else:
            self._waiting += data
            if self._turn is None:
                self._take_turn()

    def go_on(self) -> None:
        """Look again at whether more may be parsed."""
        if self._waiting and self._turn is None and self._is_ready():
            self._turn = self._loop.call_soon(self._take_turn)
        self._pause_or_read()

    # What uvicorn's `FlowControl` calls after it has noted what it wants, which `is_ready` sees.
    pause_reading = resume_reading = go_on

    def hang_up(self, seconds: float) -> asyncio.TimerHandle:
        """End the connection from our side: say so after what was written, parse nothing more, and cut off in the end.

        To close at once would reset the connection while the client is sending, and take with it what we wrote last.
        A client that has heard it closes, and the transport does too; one that sends on is not even read.
        """
        self._drop()
        self._leftover = LEFTOVER_BYTES
        if self._transport.can_write_eof() and not self._transport.is_closing():
            self._transport.write_eof()
        self._pause_or_read()
        return self._loop.call_later(seconds, self._transport.abort)

    def close(self) -> None:
        """Let go of the transport: it is gone, or somebody else reads it from now on."""
        self._drop()
        if self._paused:
            self._transport.resume_reading()
        self._closed = True

    def _drop(self) -> None:
        self._waiting.clear()
        if self._turn is not None:
            self._turn.cancel()
            self._turn = None

    def _take_turn(self) -> None:
        self._turn = None
        if self._waiting and self._is_ready():
            piece = bytes(self._waiting[: self._piece_bytes])
            del self._waiting[: self._piece_bytes]
            self._parse(piece)
        self.go_on()

    def _pause_or_read(self) -> None:
        if self._closed:
            return
        has_enough = bool(self._waiting) or not self._is_ready()
        pause = has_enough if self._leftover is None else self._leftover <= 0
        if pause != self._paused:
            self._paused = pause
            (self._transport.pause_reading if pause else self._transport.resume_reading)()
