"""Runs, games and results in SQLite (`--db FILE`), one transaction a chunk of games.

The rows follow from the settings alone: nothing in them is of the clock, but the table `timings` that --timing fills.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from magnate import __version__
from magnate.engine.board import Board
from magnate.engine.statistics import STATISTICS
from magnate.printable import plain
from magnate.simulation.errors import DatabaseLocked, OutputError, SameRun
from magnate.simulation.results.game_result import SQUARE_COUNTS, GameResult, SeatResult, Thinking
from magnate.simulation.results.schema import close_results, games_in, open_results, storage_errors
from magnate.simulation.settings import RunSettings
from magnate.texts import count_of
from magnate.texts.squares import square_name

Fact: TypeAlias = "int | float | str | None"
Row: TypeAlias = "tuple[Fact, ...]"

_RESULT_COLUMNS = ("run", "game", "seat", "bot", "worth", "rank", "win", "exit", "actions", "fault", *STATISTICS)
_INSERT_GAME = "INSERT INTO games (run, game, seed, rounds, turns, actions) VALUES (?, ?, ?, ?, ?, ?)"
_INSERT_RESULT = f"INSERT INTO results ({', '.join(_RESULT_COLUMNS)}) VALUES ({', '.join('?' * len(_RESULT_COLUMNS))})"
_INSERT_TIMING = "INSERT INTO timings (run, game, seat, decisions, seconds, longest) VALUES (?, ?, ?, ?, ?, ?)"
_ADD_SQUARE = (
    f"UPDATE squares SET {', '.join(f'{name} = {name} + ?' for name in SQUARE_COUNTS)} WHERE run = ? AND square = ?"
)

_LOST = "the run is not in this file: it was removed, replaced or written over meanwhile"


class ResultsDatabase:
    """A database of results, and the run in it that is being played."""

    def __init__(self, path: Path, settings: RunSettings, board: Board) -> None:
        """Open the database at `path`, or make it.

        Raises:
            OutputError: it is another program's, of a newer Magnate, damaged, or cannot be written; it is as it was.
        """
        self.path = path
        self.run = 0
        """The run's id, once `begin` or `resume` has found it."""
        self._settings = settings
        self._board = board
        self._db = open_results(path)

    def close(self) -> None:
        """Close the file."""
        close_results(self._db)

    def look_for(self, games: int) -> None:
        """Look whether that many games of the run stand in the file at the path; call it once the database is closed.

        A file that was removed or replaced takes what is written until it is closed, and then it is gone.

        Raises:
            OutputError: they do not.
        """
        try:
            found = games_in(self.path, self.run)
        except DatabaseLocked:
            return  # nothing speaks against it
        except OutputError as error:
            raise OutputError(self.path, f"{_LOST} ({error.what})") from error
        if found != games:
            raise OutputError(self.path, f"{_LOST} (it has {found:,} of {count_of(games, 'game')} of run {self.run})")

    def begin(self, games: int, *, again: bool = False) -> None:
        """Add a new run of that many games; `again` says that its games may be in the database already.

        Raises:
            SameRun: they are, and `again` was not said.
            OutputError: the file cannot be written.
        """
        facts = {**self._asked(), **self._code(), "games": games}
        with storage_errors(self.path), self._db.atomic():
            same = None if again else self._last_run({**self._asked(), **self._code()}, played=True)
            if same is not None:
                raise SameRun(self.path, same)
            self._db.table("runs").insert(facts)
            (self.run,) = self._db.execute("SELECT max(id) FROM runs").fetchone()
            self._db.table("squares").insert_all(self._bare_squares())

    def resume(self, games: int) -> int | None:
        """Take up the last run with the same settings and code, asking for that many games in all.

        Returns how many games it has, or None where there is no run with these settings.

        Raises:
            OutputError: the runs with these settings were played by other code; the run has more games than that, or
                gaps; or the file cannot be written.
        """
        with storage_errors(self.path), self._db.atomic():
            found = self._last_run({**self._asked(), **self._code()})
            if found is None:
                other = self._last_run(self._asked())
                if other is not None:
                    why = self._why_other(other)
                    raise OutputError(self.path, f"{why}; without --resume, a new run begins beside it")
                return None
            played, last = self._db.execute(
                "SELECT count(*), coalesce(max(game), 0) FROM games WHERE run = ?", [found]
            ).fetchone()
            if played != last:
                raise OutputError(self.path, f"run {found} lacks games: it has {played}, the last of them is {last}")
            if played > games:
                raise OutputError(
                    self.path, f"run {found} has {count_of(played, 'game')} already, more than the {games} asked for"
                )
            self._db.execute("UPDATE runs SET games = ? WHERE id = ?", [games, found])
            self.run = found
            return int(played)

    def write(self, games: Sequence[GameResult]) -> None:
        """Add games to the run, all of them or none.

        Raises:
            OutputError: the file cannot be written, or another program is writing the same run.
        """
        run = self.run
        connection = self._db.conn
        squares = [sum(counts) for counts in zip(*[game.squares for game in games], strict=True)]
        with storage_errors(self.path), self._db.atomic():
            connection.executemany(
                _INSERT_GAME,
                [(run, game.game, game.seed, game.rounds, game.turns, game.actions) for game in games],
            )
            connection.executemany(_INSERT_RESULT, [row for game in games for row in self._result_rows(game)])
            connection.executemany(_ADD_SQUARE, self._square_rows(squares))
            connection.executemany(_INSERT_TIMING, [row for game in games for row in self._timing_rows(game)])

    def games(self) -> Iterator[GameResult]:
        """Yield the games of the run in their order, without their squares (`square_counts` has those of all)."""
        with storage_errors(self.path):
            thinking = self._thinking()
            results = self._db.execute(
                f"SELECT {', '.join(_RESULT_COLUMNS)} FROM results WHERE run = ? ORDER BY game, seat", [self.run]
            )
            games = self._db.execute(
                "SELECT game, seed, rounds, turns, actions FROM games WHERE run = ? ORDER BY game", [self.run]
            )
            for game, seed, rounds, turns, actions in games:
                seats = tuple([_seat_result(next(results)) for _ in self._settings.seats])
                yield GameResult(game, seed, rounds, turns, actions, seats, [], thinking.get(game))

    def square_counts(self) -> list[int]:
        """Return what was counted of the squares in the run, in the order of `GameResult.squares`."""
        rows = self._db.execute(f"SELECT square, {', '.join(SQUARE_COUNTS)} FROM squares WHERE run = ?", [self.run])
        by_square = {row[0]: row[1:] for row in rows}
        return [by_square[square][column] for column in range(len(SQUARE_COUNTS)) for square in self._board.ids]

    def _last_run(self, facts: dict[str, Fact], *, played: bool = False) -> int | None:
        """Return the last run with these facts, if there is one; `played` leaves out those without a game."""
        same = " AND ".join(f"{name} IS ?" for name in facts)
        if played:
            same += " AND EXISTS (SELECT 1 FROM games WHERE run = runs.id)"
        (found,) = self._db.execute(f"SELECT max(id) FROM runs WHERE {same}", list(facts.values())).fetchone()
        return None if found is None else int(found)

    def _why_other(self, run: int) -> str:
        """Say why a run with these settings is none of this code."""
        magnate, board, code = self._db.execute("SELECT magnate, board, code FROM runs WHERE id = ?", [run]).fetchone()
        if magnate != __version__:
            return f"run {run} was played by Magnate {magnate}, and this is Magnate {__version__}"
        if board != self._board.digest:
            return f"run {run} was played on another board"
        own = [spec for spec in self._settings.bots if not spec.is_built_in]
        if code is None:
            return (
                f"run {run} was played by a Magnate that did not note the code of bots: whether "
                f"{_and([spec.label for spec in own])} changed since then, nobody can tell"
            )
        then = json.loads(code)
        changed = [spec.label for spec, digest in zip(self._settings.bots, then, strict=True) if spec.digest != digest]
        return (
            f"run {run} was played with other code of {_and(changed)}: the file, or what it imports from beside it, "
            "has changed since then"
        )

    def _code(self) -> dict[str, Fact]:
        """Return what the games of equal settings follow from besides: the versions of all that plays."""
        own = any(not spec.is_built_in for spec in self._settings.bots)
        return {
            "magnate": __version__,
            "board": self._board.digest,
            # The code of Magnate's own bots is that of its version, so runs of earlier versions go on without this.
            "code": json.dumps([spec.digest for spec in self._settings.bots]) if own else None,
        }

    def _asked(self) -> dict[str, Fact]:
        """Return the settings of the run."""
        settings = self._settings
        return {
            "seed": settings.seed,
            "bots": json.dumps([spec.label for spec in settings.bots]),
            "players": len(settings.seats),
            "sides": settings.sides,
            "seating": settings.seating.value,
            "max_rounds": settings.max_rounds,
            "position": settings.position.digest if settings.position else None,
            "bot_seconds": settings.bot_seconds,
        }

    def _bare_squares(self) -> list[dict[str, int | str | None]]:
        board = self._board
        return [
            {
                "run": self.run,
                "square": square,
                "name": square_name(square),
                "kind": board.kind[square].value,
                "group_id": board.group[square] or None,
                **dict.fromkeys(SQUARE_COUNTS, 0),
            }
            for square in board.ids
        ]

    def _result_rows(self, game: GameResult) -> list[Row]:
        return [
            (
                self.run,
                game.game,
                seat.seat,
                seat.bot,
                seat.worth,
                seat.rank,
                seat.win,
                seat.exit,
                seat.actions,
                seat.fault,
                *seat.statistics,
            )
            for seat in game.seats
        ]

    def _square_rows(self, counts: Sequence[int]) -> list[Row]:
        ids = self._board.ids
        return [(*counts[place :: len(ids)], self.run, square) for place, square in enumerate(ids)]

    def _timing_rows(self, game: GameResult) -> list[Row]:
        return [
            (self.run, game.game, seat.seat, thinking.decisions, thinking.seconds, thinking.longest)
            for seat, thinking in zip(game.seats, game.thinking or (), strict=False)
        ]

    def _thinking(self) -> dict[int, tuple[Thinking, ...]]:
        found: dict[int, tuple[Thinking, ...]] = {}
        for game, *values in self._db.execute(
            "SELECT game, decisions, seconds, longest FROM timings WHERE run = ? ORDER BY game, seat", [self.run]
        ):
            found[game] = (*found.get(game, ()), Thinking(*values))
        return found


def _and(labels: Sequence[str]) -> str:
    return " and ".join(dict.fromkeys(labels))


def _seat_result(row: Sequence[Any]) -> SeatResult:
    _, _, seat, bot, worth, rank, win, left, actions, fault, *statistics = row
    # What a bot said stands there as it was by the ways of the Magnate that wrote it.
    said = None if fault is None else plain(fault)
    return SeatResult(seat, bot, worth, rank, win, left, actions, said, tuple(statistics))
