"""A viewer beside a run, and files that cannot be written any more: results in hand are printed whatever happens."""

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from magnate import cli
from magnate.simulation.results import patience
from magnate.simulation.results.database import ResultsDatabase
from magnate.simulation.results.game_result import GameResult
from tests.simulation.runs import rows

RUN = ("--bot", "easy", "--games", "12", "--max-rounds", "2", "--jobs", "1", "--format", "json")


def simulate(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run `magnate simulate` in this process and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["magnate", "simulate", *RUN, *arguments])
    with pytest.raises(SystemExit) as done:
        cli.main()
    assert isinstance(done.value.code, int)
    return done.value.code


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "results.db"


@pytest.fixture
def viewer(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """Return a connection of another program that begins to hold the file as soon as the first games are written."""
    with closing(sqlite3.connect(file, isolation_level=None)) as viewer:
        write = ResultsDatabase.write

        def write_and_be_looked_at(database: ResultsDatabase, games: list[GameResult]) -> None:
            write(database, games)
            if not viewer.in_transaction:
                viewer.execute("BEGIN IMMEDIATE")

        monkeypatch.setattr(ResultsDatabase, "write", write_and_be_looked_at)
        yield viewer


def test_a_reader_does_not_end_a_run(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = ResultsDatabase.write
    with closing(sqlite3.connect(file)) as viewer:

        def write_and_be_read(database: ResultsDatabase, games: list[GameResult]) -> None:
            write(database, games)
            viewer.execute("BEGIN")
            viewer.execute("SELECT count(*) FROM games").fetchone()
            monkeypatch.setattr(ResultsDatabase, "write", write)

        monkeypatch.setattr(ResultsDatabase, "write", write_and_be_read)
        assert simulate(monkeypatch, "--db", str(file)) == 0
    assert len(rows(file)["games"]) == 12


def test_a_lock_that_passes_is_waited_for_with_a_word(
    file: Path, viewer: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("magnate.simulation.results.patience.time.sleep", lambda seconds: viewer.rollback())
    assert simulate(monkeypatch, "--db", str(file)) == 0
    out, err = capsys.readouterr()
    assert "results.db: another program holds this database; waiting until it lets go\n" in err
    assert json.loads(out)["run"]["played"] == len(rows(file)["games"]) == 12


def test_results_are_printed_though_the_file_stays_locked(
    file: Path, viewer: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(patience.Patience.__init__, "__defaults__", (0.0,))
    assert simulate(monkeypatch, "--db", str(file)) == 2
    viewer.rollback()
    out, err = capsys.readouterr()
    played = json.loads(out)["run"]["played"]
    assert 0 < played == len(rows(file)["games"]) < 12
    assert f"ended after {played} of 12 games: these are the results so far" in err
    assert err.endswith("results.db: another program holds this database\n")


@pytest.mark.parametrize("kind", ["--db", "--record"])
def test_results_are_printed_though_the_disk_is_full(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    where, full = tmp_path / "results", OSError(28, "No space left on device")

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full") if kind == "--db" else full

    owner, method = (ResultsDatabase, "_result_rows") if kind == "--db" else (Path, "replace")
    monkeypatch.setattr(owner, method, fail)
    assert simulate(monkeypatch, kind, str(where)) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["run"]["played"] == 0
    assert err.splitlines()[-1].startswith(f"magnate: error: {where}")
    assert list(tmp_path.rglob("*.part")) == []


def test_the_same_command_twice_is_refused_and_prints_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert simulate(monkeypatch, "--db", str(file)) == 0
    capsys.readouterr()
    assert simulate(monkeypatch, "--db", str(file)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "run 1 has the same settings and seed" in err
    assert len(rows(file)["games"]) == 12
    assert simulate(monkeypatch, "--db", str(file), "--seed", "1") == 0
    assert simulate(monkeypatch, "--db", str(file), "--again") == 0
    assert len(rows(file)["games"]) == 36
    assert simulate(monkeypatch, "--db", str(file), "--resume", "--again") == 2
    assert simulate(monkeypatch, "--again") == 2


def removed(file: Path) -> None:
    file.unlink()


def replaced(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE theirs (x)")


def put_back(file: Path) -> None:
    """Put a copy from before in its place."""
    copy = file.with_name("copy")
    copy.write_bytes(file.read_bytes())
    copy.replace(file)


def written_over(file: Path) -> None:
    file.write_bytes(b"Dear diary, " * 5_000)


# All of a file that was new stands in the log too, and is written to it again.
@pytest.mark.parametrize(
    ("kind", "again"),
    [(removed, False), (replaced, False), (put_back, False), (removed, True), (put_back, True), (written_over, True)],
)
def test_results_are_printed_though_the_file_is_gone_and_that_is_said(
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    kind: Callable[[Path], None],
    again: bool,
) -> None:
    if again:
        assert simulate(monkeypatch, "--db", str(file), "--games", "6") == 0
        capsys.readouterr()
    write = ResultsDatabase.write

    def write_and_be_lost(database: ResultsDatabase, games: list[GameResult]) -> None:
        write(database, games)
        monkeypatch.setattr(ResultsDatabase, "write", write)
        kind(file)

    monkeypatch.setattr(ResultsDatabase, "write", write_and_be_lost)
    assert simulate(monkeypatch, "--db", str(file), "--resume") == 2
    said = capsys.readouterr()
    assert json.loads(said.out)["run"]["played"] > 0
    assert f"{file}: the run is not in this file: it was removed, replaced or written over meanwhile" in said.err
    assert "run 1 in" not in said.err
    assert "--resume goes on" not in said.err
