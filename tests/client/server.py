"""A `magnate serve` that tests start, stop, kill and start again at the same address."""

import asyncio
import signal
from pathlib import Path

from tests.server.wire.process import PASSWORD, PATIENCE_SECONDS, Server

__all__ = ["PASSWORD", "PATIENCE_SECONDS", "ServerProcess"]


class ServerProcess:
    """A server process; `settings` are those of `magnate serve`, as environment variables without their prefix."""

    def __init__(self, database: Path, **settings: str) -> None:
        self.server = Server(database, settings)

    @property
    def url(self) -> str:
        """Where it listens."""
        return self.server.url

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self.server.process is not None
        return self.server.process.pid

    async def start(self) -> None:
        await asyncio.to_thread(self.server.start)

    async def stop(self, number: int = signal.SIGTERM) -> None:
        process = self.server.process
        if process is not None and process.poll() is None:
            await asyncio.to_thread(self.server.stop, number)

    async def restart(self, number: int = signal.SIGTERM) -> None:
        await self.stop(number)
        await self.start()
