"""A run from its first game to its last: games come in from the pool, and go to the totals, files and stdout."""

import time
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field

from magnate.simulation.errors import OutputError, WorkerError
from magnate.simulation.figures.sprt import Sprt
from magnate.simulation.figures.totals import Totals
from magnate.simulation.interrupts import Interrupts
from magnate.simulation.playing.pool import Pool, in_order
from magnate.simulation.progress import Display
from magnate.simulation.results.database import ResultsDatabase
from magnate.simulation.results.game_result import GameResult
from magnate.simulation.results.record_folder import RecordFolder
from magnate.simulation.settings import RunSettings


def _at_once(work: Callable[[], None]) -> None:
    work()


@dataclass(slots=True)
class Session:
    """One run, and where its results go."""

    settings: RunSettings
    games: int
    """Games asked for."""
    totals: Totals
    sprt: Sprt | None = None
    """The test that may end the run early."""
    database: ResultsDatabase | None = None
    """A database whose run has been begun, or taken up."""
    records: RecordFolder | None = None
    patience: Callable[[Callable[[], None]], None] = _at_once
    """Does what writes to the database; tries again where another program holds it."""
    on_game: Callable[[GameResult], None] | None = None
    """Is told every game in order, those taken over from the database too: writes csv and ndjson."""
    interrupted: bool = field(default=False, init=False)
    """Whether Ctrl-C ended it."""
    failure: WorkerError | OutputError | None = field(default=None, init=False)
    """What ended it early: a worker, or a file that cannot be written any more. The results so far are whole."""
    lost: bool = field(default=False, init=False)
    """Whether the games are not in the database, though they were written to it."""
    last: GameResult | None = field(default=None, init=False)
    """The game that was played last."""
    taken_over: int = field(default=0, init=False)
    """Games that were in the database already."""
    seconds: float = field(default=0.0, init=False)
    """How long the games took, by the clock on the wall."""

    def take_over(self) -> None:
        """Count the games that the database has of this run.

        Raises:
            OutputError: the database cannot be read, or has games after the verdict of the test.
        """
        if self.database is None:
            return
        for game in self.database.games():
            if self._decided():
                raise OutputError(self.database.path, f"run {self.database.run} went on after the verdict of --sprt")
            self._judge(game)
            self._count(game)
        self.totals.add_squares(self.database.square_counts())
        self.taken_over = self.totals.games

    def play(self, pool: Pool, display: Display) -> None:
        """Play what is left, until the last game, the verdict of the test, Ctrl-C, or a failure.

        The last two are noted in `interrupted` and `failure`, not raised: the games before are whole.
        """
        start = time.perf_counter()
        try:
            with Interrupts() as interrupts, display:
                for games in self._incoming(pool):
                    self._keep(games, interrupts)
                    display.update(self.totals)
                    if self._decided():
                        break
        except KeyboardInterrupt:
            self.interrupted = True
        except (WorkerError, OutputError) as error:
            self.failure = error
        finally:
            self.seconds = time.perf_counter() - start
            pool.close()

    def look_for_games(self) -> None:
        """Look whether the database, closed by now, has the games; that it has not is noted in `failure` and `lost`."""
        if self.database is None:
            return
        try:
            self.database.look_for(self.totals.games)
        except OutputError as error:
            self.lost = True
            self.failure = self.failure or error

    def _incoming(self, pool: Pool) -> Iterator[list[GameResult]]:
        if self._decided():
            return iter(())
        return in_order(pool, self.settings, self.totals.games + 1, self.games + 1)

    def _keep(self, games: list[GameResult], interrupts: Interrupts) -> None:
        """Write and count games; those after the verdict of the test were played for nothing.

        A signal never falls between writing and counting, but it may while the database is waited for: then the games
        are neither written nor counted.
        """
        sprt, kept = copy(self.sprt), []
        for game in games:
            kept.append(game)
            if sprt is not None:
                sprt.add(game)
                if sprt.decided:
                    break
        recorded = False

        def write() -> None:
            nonlocal recorded
            with interrupts.held():
                if self.records is not None and not recorded:
                    for game in kept:
                        self.records.write(game)
                    recorded = True
                if self.database is not None:
                    self.database.write(kept)
                self.sprt = sprt
                for game in kept:
                    self._count(game)
                    self.last = game

        self.patience(write)

    def _judge(self, game: GameResult) -> None:
        if self.sprt is not None:
            self.sprt.add(game)

    def _decided(self) -> bool:
        return self.sprt is not None and self.sprt.decided

    def _count(self, game: GameResult) -> None:
        self.totals.add(game)
        if self.on_game is not None:
            self.on_game(game)
