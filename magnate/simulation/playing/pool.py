"""Games in chunks over processes, their results in the order of the games.

How the games are cut into chunks depends on the clock; what comes out does not.
"""

import sys
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from typing import Final, NamedTuple, Protocol

from magnate.bots.errors import BotError
from magnate.simulation.errors import GoneError, WorkerError
from magnate.simulation.playing.runner import play_game
from magnate.simulation.results.game_result import GameResult
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
    """Play the games `first` to before `after` (from 1). What bots print goes to stderr: stdout is for results.

    Raises:
        WorkerError: this process has not the code of the bots that the run is played with.
    """
    for spec in settings.bots:
        try:
            spec.bot_class()
        except BotError as error:
            raise WorkerError(f"a process that was to play games cannot: {error}") from None
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

    def one_by_one(self, settings: RunSettings, first: int, after: int) -> Iterator[list[GameResult]]:
        """Yield the games of a chunk whose process is gone, up to the one that ends its process again.

        Raises:
            GoneError: that one did.
        """
        return iter(())

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


def in_order(pool: Pool, settings: RunSettings, first: int, after: int) -> Iterator[list[GameResult]]:
    """Yield the games `first` to before `after` in their order, some at a time, while later ones are being played.

    Where a bot ends its process, the games before that one are yielded, however many processes there are.

    Raises:
        WorkerError: a process or machine cannot play.
    """
    waiting: deque[tuple[Pending, int, int]] = deque()
    size = 1
    while first < after or waiting:
        while first < after and len(waiting) < AHEAD * pool.workers:
            # The last chunks are small, so that the workers finish together.
            count = min(size, max(1, (after - first) // (2 * pool.workers)))
            waiting.append((pool.submit(settings, first, first + count), first, first + count))
            first += count
        pending, begin, end = waiting.popleft()
        try:
            chunk = pending.result()
        except GoneError:
            pool.close()
            yield from pool.one_by_one(settings, begin, end)
            raise
        size = next_size(len(chunk.games), chunk.seconds)
        yield chunk.games


def next_size(games: int, seconds: float) -> int:
    """Return how many games the next chunk should have, by what the last one took."""
    return max(1, min(LARGEST_CHUNK, 2 * games, int(CHUNK_SECONDS * games / max(seconds, 1e-9))))
