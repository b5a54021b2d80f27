"""A server of the player's own, on loopback: it starts and ends with the client, and starts again if it dies."""

import asyncio
import contextlib
import re
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from pathlib import Path
from typing import Final

from magnate.client.errors import ServerUnreachable
from magnate.system.folders import data_folder

START_SECONDS: Final = 20.0
"""How long a server may take to say where it listens."""
STOP_SECONDS: Final = 5.0
"""How long it may take to stop before it is killed."""
RESTART_WAITS: Final = (0.0, 1.0, 3.0)
"""How long to wait before each attempt to start a server again that died, in seconds."""
MOST_RESTARTS: Final = 10
"""How often a server is started again for one client; one that dies more often has a fault."""
MOST_WINDOWS: Final = 9
"""Clients of one person, each with a server of its own, at the same time."""
IN_USE: Final = "is in use by a running server"
"""How the complaint of a server ends whose database another one has."""

_ADDRESS: Final = re.compile(rb"http://[^\s\"',]+")


def default_database() -> Path:
    """Return the database of the player's own server."""
    return data_folder() / "own-server.db"


class OwnServer:
    """A `magnate serve` of one's own: `start` it, play on `url`, `stop` it."""

    def __init__(self, database: Path | None = None, *, clock: int = 0) -> None:
        """Prepare a server; `clock` is the time limit of its phases in seconds, 0 for none."""
        self.database = default_database() if database is None else database
        """Where it stores; another one beside it where a client in another window uses that already."""
        self.url = ""
        """Where it listens, once started."""
        self.on_end: Callable[[str], None] = _ignore
        """Called with what the server said last when it died and could not be started again."""
        self._clock = clock
        self._process: Process | None = None
        self._care: asyncio.Task[None] | None = None

    @property
    def remembered_as(self) -> str:
        """What a session with it is remembered by: its address is another each time."""
        return f"own server {self.database}"

    async def start(self) -> str:
        """Start the server and return its address.

        Raises:
            ServerUnreachable: it ended, or said nothing in time.
        """
        first = self.database
        for number in range(1, MOST_WINDOWS + 1):
            self.database = first if number == 1 else first.with_stem(f"{first.stem}-{number}")
            fault = await self._start(port=0)
            if not fault:
                self._care = asyncio.create_task(self._look_after())
                return self.url
            await self.stop()
            if not fault.endswith(IN_USE):
                break
        raise ServerUnreachable("your own server", fault)

    async def _start(self, port: int) -> str:
        """Start a process and note its address; return why it has none, or nothing."""
        self.database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        command = (sys.executable, "-m", "magnate", "serve", "--host", "127.0.0.1", "--port", str(port))
        self._process = await asyncio.create_subprocess_exec(
            *(*command, "--db", str(self.database), "--stop-with-stdin", *self._limits()),
            # Never written to: it ends when this client ends, however that happens, and the server with it.
            stdin=PIPE,
            stdout=PIPE,
            stderr=asyncio.subprocess.STDOUT,
            # Ctrl-C in the terminal is for the client, which then stops the server in order.
            start_new_session=True,
        )
        said: list[bytes] = []
        try:
            async with asyncio.timeout(START_SECONDS):
                url = await self._address(said)
        except TimeoutError:
            return "it did not start in time"
        if url:
            self.url = url
            return ""
        return b"".join(said).decode("utf-8", "replace").strip().rpartition("\n")[2] or "it ended at once"

    def _limits(self) -> tuple[str, ...]:
        """Return the flags that hurry nobody, or that give each phase, auctions too, the same time.

        Without a clock bots act at once, as the client shows them at the player's pace. With one they take their time:
        it would run while the client still shows what they did.
        """
        limits = ("--turn-seconds", str(self._clock), "--auction-seconds", str(self._clock))
        return limits if self._clock else (*limits, "--bot-delay", "0")

    async def stop(self) -> None:
        """Stop the server; what it stored stays."""
        process, self._process = self._process, None
        if self._care is not None:
            self._care.cancel()
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    async def _address(self, said: list[bytes]) -> str:
        """Read what the server says until it names its address; empty if it ends before."""
        assert self._process is not None
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            said.append(line)
            found = _ADDRESS.search(line)
            if found:
                return found.group().decode("ascii", "replace").rstrip("/.")
        return ""

    async def _look_after(self) -> None:
        """Start the server again at the same address whenever it dies; games go on as they were stored."""
        fault = "it died again and again"
        for _ in range(MOST_RESTARTS):
            await self._drain()
            fault = await self._restart()
            if fault:
                break
        self.url = ""
        self.on_end(fault)

    async def _restart(self) -> str:
        """Try to start the server again; return why the last attempt failed, or nothing."""
        port = int(self.url.rpartition(":")[2])
        fault = ""
        for wait in RESTART_WAITS:
            await asyncio.sleep(wait)
            fault = await self._start(port)
            if not fault:
                break
        return fault

    async def _drain(self) -> None:
        """Read until the server ends, so that one that logs does not wait for a reader."""
        assert self._process is not None
        assert self._process.stdout is not None
        while await self._process.stdout.readline():
            pass
        await self._process.wait()


def _ignore(fault: str) -> None:
    """Do nothing about a server that ended."""
