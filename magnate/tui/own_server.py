"""A server of the player's own: started in the background on loopback, ended with the client."""

import asyncio
import contextlib
import re
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

from magnate.client.errors import ServerUnreachable

START_SECONDS: Final = 20.0
"""How long a server may take to say where it listens."""
STOP_SECONDS: Final = 5.0
"""How long it may take to stop before it is killed."""

_ADDRESS: Final = re.compile(rb"http://[^\s\"',]+")


def default_database() -> Path:
    """Return the database of the player's own server."""
    return user_data_path("magnate") / "own-server.db"


class OwnServer:
    """A `magnate serve` of one's own: `start` it, play on `url`, `stop` it."""

    def __init__(self, database: Path | None = None) -> None:
        self.database = default_database() if database is None else database
        self.url = ""
        """Where it listens, once started."""
        self._process: Process | None = None
        self._talk: asyncio.Task[None] | None = None

    async def start(self) -> str:
        """Start the server and return its address.

        Raises:
            ServerUnreachable: it ended, or said nothing in time.
        """
        self.database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._process = await asyncio.create_subprocess_exec(
            *(
                sys.executable,
                "-m",
                "magnate",
                "serve",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--db",
                str(self.database),
            ),
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=asyncio.subprocess.STDOUT,
            # Ctrl-C in the terminal is for the client, which then stops the server in order.
            start_new_session=True,
        )
        said: list[bytes] = []
        try:
            async with asyncio.timeout(START_SECONDS):
                self.url = await self._address(said)
        except TimeoutError:
            await self.stop()
            raise ServerUnreachable("your own server", "it did not start in time") from None
        if not self.url:
            await self.stop()
            words = b"".join(said).decode("utf-8", "replace").strip().rpartition("\n")[2]
            raise ServerUnreachable("your own server", words or "it ended at once")
        self._talk = asyncio.create_task(self._drain())
        return self.url

    async def stop(self) -> None:
        """Stop the server; what it stored stays."""
        process, self._process = self._process, None
        if self._talk is not None:
            self._talk.cancel()
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

    async def _drain(self) -> None:
        """Read on, so that a server that logs does not wait for a reader."""
        assert self._process is not None
        assert self._process.stdout is not None
        while await self._process.stdout.readline():
            pass
