"""Games in chunks over processes, their results in the order of the games.

How the games are cut into chunks depends on the clock; what comes out does not.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import redirect_stdout
from typing import Final, NamedTuple, Protocol

from magnate.simulation.errors import WorkerError
from magnate.simulation.results import GameResult
from magnate.simulation.runner import play_game
from magnate.simulation.settings import RunSettings

CHUNK_SECONDS: Final = 0.25
"""How long a chunk should take: short enough for a lively display, long enough for its trip to cost nothing."""
LARGEST_CHUNK: Final = 64
AHEAD: Final = 3
"""Chunks handed out for each worker, so that none waits while the results come in."""


class Chunk(NamedTuple):
    """The games from one number to before another, played."""

    games: list[GameResult]
    seconds: float
    """How long they took."""


def play_chunk(settings: RunSettings, first: int, after: int) -> Chunk:
    """Play the games `first` to before `after` (from 1). What bots print goes to stderr: stdout is for results."""
    start = time.perf_counter()
    with redirect_stdout(sys.stderr):
        games = [play_game(settings, game) for game in range(first, after)]
    return Chunk(games, time.perf_counter() - start)


class Pending(Protocol):
    """A chunk that is being played."""

    def result(self) -> Chunk:
        """Wait for it."""


class Pool(ABC):
    """Somewhere to play chunks."""

    workers: int
    """How many chunks are played at a time."""

    @abstractmethod
    def submit(self, settings: RunSettings, first: int, after: int) -> Pending:
        """Have the games `first` to before `after` played."""

    @abstractmethod
    def close(self) -> None:
        """Let go of everything at once, also of what is being played."""


class _Later(NamedTuple):
    play: Callable[[], Chunk]

    def result(self) -> Chunk:
        return self.play()


class SerialPool(Pool):
    """This process: a chunk is played when it is waited for."""

    workers = 1

    def submit(self, settings: RunSettings, first: int, after: int) -> Pending:
        """Note the chunk."""
        return _Later(lambda: play_chunk(settings, first, after))

    def close(self) -> None:
        """Do nothing."""


class ProcessPool(Pool):
    """Processes on this machine."""

    def __init__(self, workers: int) -> None:
        """Start `workers` processes.

        Forking is quickest, and safe as long as this process has one thread.
        """
        self.workers = workers
        self._before = set(multiprocessing.active_children())
        forks = sys.platform == "linux" and threading.active_count() == 1
        context = multiprocessing.get_context("fork" if forks else "spawn")
        self._executor = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_worker)
        self._handed_out: deque[Future[Chunk]] = deque(maxlen=AHEAD * workers)

    def submit(self, settings: RunSettings, first: int, after: int) -> Pending:
        """Hand the chunk to the next free process."""
        future = self._executor.submit(play_chunk, settings, first, after)
        self._handed_out.append(future)
        return _InProcess(future.result)

    def close(self) -> None:
        """End the processes, at once if they still play: a game that nobody waits for is of no use any more."""
        if not all(future.done() for future in self._handed_out):
            for process in set(multiprocessing.active_children()) - self._before:
                process.kill()
        self._executor.shutdown(cancel_futures=True)


class _InProcess(NamedTuple):
    wait: Callable[[], Chunk]

    def result(self) -> Chunk:
        try:
            return self.wait()
        except BrokenProcessPool:
            raise WorkerError("a process that played games is gone (out of memory, or ended by a bot)") from None


def _begin_worker() -> None:
    """Leave Ctrl-C to the process that started this one, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def in_order(pool: Pool, settings: RunSettings, first: int, after: int) -> Iterator[list[GameResult]]:
    """Yield the games `first` to before `after` in their order, some at a time, while later ones are being played."""
    waiting: deque[Pending] = deque()
    size = 1
    while first < after or waiting:
        while first < after and len(waiting) < AHEAD * pool.workers:
            # The last chunks are small, so that the workers finish together.
            count = min(size, max(1, (after - first) // (2 * pool.workers)))
            waiting.append(pool.submit(settings, first, first + count))
            first += count
        chunk = waiting.popleft().result()
        size = next_size(len(chunk.games), chunk.seconds)
        yield chunk.games


def next_size(games: int, seconds: float) -> int:
    """Return how many games the next chunk should have, by what the last one took."""
    return max(1, min(LARGEST_CHUNK, 2 * games, int(CHUNK_SECONDS * games / max(seconds, 1e-9))))
