"""Chunks of games over processes of this machine.

Each process has a pipe of its own and shares no lock with anybody, so one that is killed, or dies by itself, can hold
up nobody. (`concurrent.futures` shares one pipe among all: a process killed in the middle of a result leaves its
executor waiting for the rest for ever.)
"""

from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Final

from magnate.simulation.errors import GoneError
from magnate.simulation.playing.pool import Chunk, Pool, play_chunk
from magnate.simulation.results.game_result import GameResult
from magnate.simulation.settings import RunSettings
from magnate.system.children import bare, child_context, ended_by_pipe, serve_parent

if TYPE_CHECKING:  # there is no forking on Windows
    from multiprocessing.context import ForkContext, SpawnContext

IN_HAND: Final = 2
"""Chunks that a process has at a time: the one that it plays, and the next, so that it never waits for us."""
END_SECONDS: Final = 5.0
"""How long an idle process may take to end."""


class ProcessPool(Pool):
    """Processes on this machine."""

    def __init__(self, workers: int, *, forked: bool = True) -> None:
        """Start `workers` processes.

        Forking is quickest, and safe as long as this process has one thread. One that is not forked has a `hash()` of
        texts of its own, unless PYTHONHASHSEED fixes it.
        """
        self._context = child_context() if forked else get_context("spawn")
        self.workers = workers
        self._crew = [_Worker(self._context) for _ in range(workers)]
        self._status: int | None = None
        self._waiting: deque[_Task] = deque()

    def submit(self, settings: RunSettings, first: int, after: int) -> "_Task":
        """Hand the chunk to the next process that is free."""
        task = _Task(self, settings, first, after)
        self._waiting.append(task)
        self._hand_out()
        return task

    def take_in(self) -> None:
        """Wait for a result, or for the end of a process that owes one, and note it in its task."""
        busy = [worker for worker in self._crew if worker.tasks]
        ready = wait([handle for worker in busy for handle in (worker.pipe, worker.sentinel)])
        for worker in busy:
            if worker.pipe in ready or worker.sentinel in ready:
                worker.take_in()
            if worker.gone:
                self._status = worker.process.exitcode
        self._crew = [worker for worker in self._crew if not worker.gone]
        self._hand_out()

    def one_by_one(self, settings: RunSettings, first: int, after: int) -> Iterator[list[GameResult]]:
        """Yield the games of a chunk whose process is gone, up to the one that ends its process again.

        Raises:
            GoneError: that one did.
        """
        self._crew = [_Worker(self._context)]
        for game in range(first, after):
            try:
                yield self.submit(settings, game, game + 1).result().games
            except GoneError as error:
                raise GoneError(error.status, game) from None

    def close(self) -> None:
        """End the processes, at once if they still play: a game that nobody waits for is of no use any more."""
        for worker in self._crew:
            worker.stop()
        self._crew = []
        self._waiting.clear()

    def _hand_out(self) -> None:
        for tasks in range(IN_HAND):
            for worker in self._crew:
                if self._waiting and len(worker.tasks) <= tasks:
                    worker.give(self._waiting.popleft())
        while self._waiting and not self._crew:
            self._waiting.popleft().outcome = GoneError(self._status)


@dataclass(eq=False, slots=True)
class _Task:
    """A chunk to play, and once it is known, what came of it."""

    pool: ProcessPool
    settings: RunSettings
    first: int
    after: int
    outcome: Chunk | Exception | None = None

    def result(self) -> Chunk:
        """Wait for the games.

        Raises:
            GoneError: the process that played them is gone.
            WorkerError: it cannot play.
        """
        while self.outcome is None:
            self.pool.take_in()
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


class _Worker:
    """A process, this end of its pipe, and what it was given and has not answered."""

    def __init__(self, context: "ForkContext | SpawnContext") -> None:
        self.tasks: deque[_Task] = deque()
        self.gone = False
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs,))
        self.process.start()
        # From now on the process alone has that end, so its death ends the pipe.
        theirs.close()

    @property
    def sentinel(self) -> int:
        """What becomes ready when the process ends."""
        return self.process.sentinel

    def give(self, task: _Task) -> None:
        """Send a task; small next to what a pipe holds, so this never waits."""
        self.tasks.append(task)
        with suppress(OSError):  # a process that is gone is noticed by who waits for its answer
            self.pipe.send((task.settings, task.first, task.after))

    def take_in(self) -> None:
        """Read an answer, or note that none will come."""
        with suppress(EOFError, OSError):
            if self.pipe.poll():
                self.tasks.popleft().outcome = self.pipe.recv()
                return
        self.gone = True
        self.process.join(END_SECONDS)  # its pipe may end a moment before it does
        self.process.kill()
        self.process.join()
        for task in self.tasks:
            task.outcome = GoneError(self.process.exitcode)

    def stop(self) -> None:
        """End the process."""
        if not self.tasks:
            with suppress(OSError):
                self.pipe.send(None)
            self.process.join(END_SECONDS)
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _work(pipe: Connection) -> None:
    """Play what is asked for, until there is nothing more."""
    serve_parent()
    with ended_by_pipe():
        while (task := pipe.recv()) is not None:
            outcome: Chunk | Exception
            try:
                outcome = play_chunk(*task)
            except Exception as error:
                outcome = bare(error)
            pipe.send(outcome)
