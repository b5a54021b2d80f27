"""The whole of `magnate simulate`, once its flags are read: open, play, report, say how it went."""

import sys
from contextlib import ExitStack

from msgspec.structs import replace

from magnate.engine.board import standard_board
from magnate.simulation.errors import GoneError, WorkerError
from magnate.simulation.figures.sprt import Sprt
from magnate.simulation.figures.summary import make_report, make_timing
from magnate.simulation.figures.totals import Totals
from magnate.simulation.playing.dask_pool import DaskPool
from magnate.simulation.playing.plan import Wishes, games_of, make_settings, workers_of
from magnate.simulation.playing.pool import Pool, SerialPool
from magnate.simulation.playing.process_pool import ProcessPool
from magnate.simulation.progress import Display, NoDisplay, ProgressBar
from magnate.simulation.reports.output import Output
from magnate.simulation.results.database import ResultsDatabase
from magnate.simulation.results.game_result import GameResult
from magnate.simulation.results.patience import Patience
from magnate.simulation.results.record_folder import RecordFolder
from magnate.simulation.session import Session
from magnate.simulation.settings import RunSettings
from magnate.system import streams
from magnate.texts import count_of


def play_alone(wishes: Wishes, game: int, output: Output) -> None:
    """Play game `game` (from 1) of a run alone, and write it.

    Raises:
        MagnateError: the wishes cannot be had, or the record cannot be written.
    """
    settings = make_settings(wishes)
    records = RecordFolder(wishes.records) if wishes.records is not None else None
    pool = _open_pool(wishes, settings, 1)
    try:
        (result,) = pool.submit(settings, game, game + 1).result().games
    except GoneError as error:
        raise GoneError(error.status, game) from None
    finally:
        pool.close()
    if records is not None:
        records.write(result)
    output.alone(result)


def play_run(wishes: Wishes, output: Output) -> Session:
    """Play a run, write its results, and return it.

    Raises:
        MagnateError: the wishes cannot be had; or, after writing the results so far, a file cannot be written any more
            or a worker is gone.
    """
    settings = make_settings(wishes)
    session = Session(settings, games_of(wishes, settings), Totals(settings.labels, settings.seats, standard_board()))
    if wishes.sprt:
        first, second = settings.labels
        session.sprt = Sprt(first, second, wishes.sprt_margin, wishes.sprt_error)
    session.on_game = output.game
    with ExitStack() as stack:
        played = None
        if wishes.database is not None:
            path, games = wishes.database, session.games
            patience = Patience(path, lambda line: _tell(wishes, line))
            database = patience(lambda: ResultsDatabase(path, settings, standard_board()))
            stack.callback(database.close)
            played = patience(lambda: database.resume(games)) if wishes.resume else None
            session.database, session.patience = database, patience
        if wishes.records is not None:
            session.records = RecordFolder(wishes.records, played)
        # Before anything is written and before the display has a thread: processes are forked from here.
        pool = _open_pool(wishes, settings, session.games)
        stack.callback(pool.close)
        _begin_run(wishes, session, played)
        output.begin()
        session.take_over()
        session.play(pool, _display(wishes, session, output))
    session.look_for_games()
    timing = None
    new = session.totals.games - session.taken_over
    if wishes.timing:
        timing = make_timing(session.totals, new, session.seconds, pool.workers)
    output.end(
        make_report(
            settings,
            session.totals,
            session.games,
            interrupted=session.interrupted,
            ladder=wishes.ladder,
            sprt=session.sprt,
            timing=timing,
        )
    )
    streams.output().flush()
    _tell_end(wishes, session, pool.workers)
    if session.failure is not None:
        raise session.failure
    if not session.interrupted and not wishes.quiet:
        _tell_unrepeatable(wishes, session)
    return session


def _tell_unrepeatable(wishes: Wishes, session: Session) -> None:
    """Play the last game again, in a process that shares nothing with this one, and say so if it goes differently."""
    settings, last = session.settings, session.last
    own = dict.fromkeys([spec.label for spec in settings.bots if not spec.is_built_in])
    if not own or last is None or settings.bot_seconds is not None:
        return
    pool = ProcessPool(1, forked=False)
    try:
        (again,) = pool.submit(settings, last.game, last.game + 1).result().games
    except WorkerError:
        return
    finally:
        pool.close()
    if _facts(again) != _facts(last):
        what = "takes chance from elsewhere than self.random, or keeps something from game to game"
        _tell(wishes, f"game {last.game:,} went differently when it was played again: {' or '.join(own)} {what}")


def _facts(game: GameResult) -> GameResult:
    """Return a game without what depends on the clock."""
    return replace(game, thinking=None, record=None)


def _open_pool(wishes: Wishes, settings: RunSettings, games: int) -> Pool:
    """Return somewhere to play; never this process where bots of others play, as one of them may end it."""
    if wishes.scheduler is not None:
        return DaskPool(wishes.scheduler)
    workers = workers_of(wishes.jobs, games)
    alone = workers == 1 and all(spec.is_built_in for spec in settings.bots)
    return SerialPool() if alone else ProcessPool(workers)


def _begin_run(wishes: Wishes, session: Session, played: int | None) -> None:
    """Begin a new run in the database, if there is one and no run in it goes on after `played` games."""
    database = session.database
    if database is None:
        return
    if played is not None:
        _tell(wishes, f"run {database.run} goes on after {count_of(played, 'game')}")
        return
    if wishes.resume:
        _tell(wishes, f"{database.path} has no run with these settings: this is a new one")
    session.patience(lambda: database.begin(session.games, again=wishes.again))


def _display(wishes: Wishes, session: Session, output: Output) -> Display:
    """Return a bar where somebody looks at stderr, and nothing else moves on the same terminal."""
    if wishes.quiet or not sys.stderr.isatty() or (output.streams and streams.output().isatty()):
        return NoDisplay()
    return ProgressBar(session.games, session.taken_over)


def _tell_end(wishes: Wishes, session: Session, workers: int) -> None:
    """Say on stderr how it went: all that depends on the clock, and how to go on after an interruption."""
    new = session.totals.games - session.taken_over
    if new and session.seconds > 0:
        speed = f"{new / session.seconds:,.1f} a second, {count_of(workers, 'worker')}"
        _tell(wishes, f"{count_of(new, 'game')} in {session.seconds:,.1f} s: {speed}")
    if session.database is not None and not session.lost:
        _tell(wishes, f"run {session.database.run} in {session.database.path}")
    if session.interrupted or session.failure is not None:
        how = "interrupted" if session.interrupted else "ended"
        line = (
            f"{how} after {session.totals.games:,} of {count_of(session.games, 'game')}: these are the results so far"
        )
        goes_on = session.database is not None and not session.lost
        more = "; the same command with --resume goes on" if goes_on else ""
        print(f"magnate: {line}{more}", file=sys.stderr)


def _tell(wishes: Wishes, line: str) -> None:
    if not wishes.quiet:
        print(line, file=sys.stderr)
