"""A server process that is measured: started, asked for its processor time and memory, ended."""

import asyncio
import os
import re
import resource
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.load.world import KEY

TICKS: Final = os.sysconf("SC_CLK_TCK")
START_SECONDS: Final = 60
OTHER_FILES: Final = 256
"""Open files that a process needs besides sockets, generously."""
BARE: Final = ("-m", "benchmarks.load.bare")

_ADDRESS: Final = re.compile(r"serving on http://[^ ]*:(\d+)")


@dataclass(frozen=True, slots=True)
class Measured:
    """A running server."""

    pid: int
    port: int
    started_seconds: float
    """From the start of the process until it said where it listens."""

    def cpu_seconds(self) -> float:
        """Return the processor time that it has used, in all its threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory_bytes(self) -> int:
        """Return the memory that it really occupies."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024


def allow_sockets(count: int) -> None:
    """Let this process, and the servers that it starts, have so many sockets open, each at its own end."""
    wanted = count + OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        raise SystemExit(f"{count:,} sockets need {wanted:,} open files, and this machine allows {hard:,} (ulimit -Hn)")
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def ours(database: Path) -> tuple[str, ...]:
    """Return the command of our server, with limits that no load reaches and time limits that never pass."""
    flags = {
        "--db": database,
        "--port": 0,
        "--log-level": "warning",
        "--turn-seconds": 86_400,
        "--auction-seconds": 86_400,
        "--frames-per-second": 1_000_000,
        "--frame-burst": 1_000_000,
        "--sockets-per-user": 1_000_000,
        "--sockets-total": 1_000_000,
    }
    return ("-m", "magnate", "serve", *(str(word) for flag in flags.items() for word in flag))


@asynccontextmanager
async def running(arguments: Sequence[str]) -> AsyncIterator[Measured]:
    """Run `python` with these arguments until the block ends; the server must say where it serves.

    It gets the first processor to itself where there are several, and this process the others.
    """
    processors = sorted(os.sched_getaffinity(0))
    if len(processors) > 1:
        os.sched_setaffinity(0, processors[:1])
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=asyncio.subprocess.PIPE, env={**os.environ, "MAGNATE_SECRET_KEY": KEY}
    )
    os.sched_setaffinity(0, processors[1:] or processors)
    try:
        assert process.stdout is not None
        async with asyncio.timeout(START_SECONDS):
            found = _ADDRESS.search((await process.stdout.readline()).decode())
        if found is None:
            raise RuntimeError(f"python {' '.join(arguments)} did not start")
        yield Measured(process.pid, int(found[1]), time.perf_counter() - began)
    finally:
        os.sched_setaffinity(0, processors)
        if process.returncode is None:
            process.kill()
        await process.wait()
