"""A `magnate serve` that tests start, stop, kill and start again at the same address."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

PASSWORD = "correct horse 9"
PATIENCE_SECONDS = 20.0


class ServerProcess:
    """A server process; `settings` are those of `magnate serve`, as environment variables without their prefix."""

    def __init__(self, database: Path, **settings: str) -> None:
        self.database = database
        self.port = 0
        self.url = ""
        self._settings = {"BOT_DELAY": "0", "PASSWORD_MEMORY_KIB": "64", "PASSWORD_PASSES": "1", **settings}
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        environment = {**os.environ, **{f"MAGNATE_{name}": value for name, value in self._settings.items()}}
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "magnate", "serve", "--port", str(self.port), "--db", str(self.database)),
            stdout=asyncio.subprocess.PIPE,
            env=environment,
        )
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE_SECONDS):
            line = (await self._process.stdout.readline()).decode()
        found = re.search(r"http://[\d.]+:(\d+)", line)
        assert found is not None, f"the server said {line!r}"
        self.url, self.port = found.group(), int(found.group(1))

    async def stop(self, number: int = signal.SIGTERM) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.send_signal(number)
            async with asyncio.timeout(PATIENCE_SECONDS):
                await process.wait()

    async def restart(self, number: int = signal.SIGTERM) -> None:
        await self.stop(number)
        await self.start()
