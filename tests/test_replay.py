"""`magnate replay`: what it prints, and one line with exit code 2 for what it cannot read."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from magnate import __version__, cli
from magnate.engine.position import read_position
from magnate.engine.record import read_record, replay
from magnate.engine.recording import header_line
from tests.engine.positions import place
from tests.golden.make import FOLDER

GAME = FOLDER / "eventful.jsonl"


class Printed(NamedTuple):
    """What a command line printed."""

    code: int
    out: str
    err: str


Run = Callable[..., Printed]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str | Path) -> Printed:
        monkeypatch.setattr(sys, "argv", ["magnate", "replay", *map(str, arguments)])
        with pytest.raises(SystemExit) as done:
            cli.main()
        assert isinstance(done.value.code, int)
        return Printed(done.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """Return a file of eleven whole lines and a half one."""
    lines = GAME.read_bytes().splitlines(keepends=True)
    file = tmp_path / "damaged.jsonl"
    file.write_bytes(b"".join(lines[:11]) + lines[11][:30])
    return file


def test_a_game_is_told_move_by_move(run: Run) -> None:
    assert run(GAME) == (0, (FOLDER / "eventful.en.txt").read_text("utf-8"), "")


def test_a_game_is_told_in_spanish(run: Run) -> None:
    assert run(GAME, "--lang", "es") == (0, (FOLDER / "eventful.es.txt").read_text("utf-8"), "")


def test_json_is_the_record_with_the_events_of_each_move(run: Run) -> None:
    printed = run(GAME, "--json")
    assert printed == (0, (FOLDER / "eventful.events.jsonl").read_text("utf-8"), "")
    header, first, *_, result = map(json.loads, printed.out.splitlines())
    assert header["magnate"] == "record"
    assert {"move", "seat", "action", "outcomes", "round", "turn", "phase", "events"} == set(first)
    assert set(result) == {"result"}


def test_a_record_is_read_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GAME.read_bytes())))
    assert run("-") == run(GAME)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a file that never ends")
def test_a_line_that_never_ends_is_refused_and_not_read_to_the_end(run: Run) -> None:
    printed = run("/dev/zero")
    assert (printed.code, printed.out) == (2, "")
    assert printed.err.startswith("magnate: error: /dev/zero, line 1: ")


def test_a_record_goes_through_a_pipe() -> None:
    command = [sys.executable, "-W", "error", "-m", "magnate", "replay", "-", "--to-move", "1"]
    done = subprocess.run(command, input=GAME.read_bytes(), capture_output=True, check=True, env={**os.environ})
    assert b"Round 1, turn 1" in done.stdout
    assert done.stderr == b""


class TestPart:
    def test_some_moves_alone_are_printed(self, run: Run) -> None:
        out = run(GAME, "--from-move", 5, "--to-move", 7).out
        assert [line[:5] for line in out.splitlines() if line[:5].strip().isdigit()] == ["    5", "    6", "    7"]
        assert "is not over" not in out
        numbers = [json.loads(line).get("move") for line in run(GAME, "--json", "--to-move", 2).out.splitlines()]
        assert numbers == [None, 1, 2]

    def test_the_last_move_is_the_end(self, run: Run) -> None:
        moves = len(GAME.read_text("utf-8").splitlines()) - 2
        lines = run(GAME, "--json", "--from-move", moves).out.splitlines()
        assert [set(json.loads(line)) & {"move", "result"} for line in lines] == [set(), {"move"}, {"result"}]

    def test_moves_that_are_not_there_are_an_error(self, run: Run) -> None:
        moves = len(GAME.read_text("utf-8").splitlines()) - 2
        for arguments, message in (
            (("--to-move", moves + 1), f"--to-move {moves + 1}: the record has {moves} moves"),
            (("--from-move", moves + 1), f"--from-move {moves + 1}: the last move to print is {moves}"),
            (("--from-move", 3, "--to-move", 2), "--from-move 3: the last move to print is 2"),
            (("--position", moves + 1), f"--position {moves + 1}: the record has {moves} moves"),
        ):
            assert run(GAME, *arguments) == (2, "", f"magnate: error: {message}\n")


class TestPosition:
    @pytest.mark.parametrize("number", [0, 1, 30])
    def test_a_position_is_printed_as_simulate_reads_it(self, run: Run, number: int) -> None:
        with GAME.open("rb") as lines:
            record = read_record(lines)
        states = [record.header.start, *(step.after for step in replay(record))]
        printed = run(GAME, "--position", number)
        assert (printed.code, printed.err) == (0, "")
        assert read_position(printed.out) == states[number]

    def test_the_position_at_the_end_is_printed_with_a_warning(self, run: Run) -> None:
        moves = len(GAME.read_text("utf-8").splitlines()) - 2
        printed = run(GAME, "--position", moves)
        assert printed.code == 0
        assert json.loads(printed.out)["phase"] == "end_game"
        assert printed.err == "magnate: the game is over there, so nothing can be played from this position\n"


class TestUnfinished:
    def test_a_running_game_is_told_as_far_as_it_went(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "running.jsonl"
        file.write_bytes(b"".join(GAME.read_bytes().splitlines(keepends=True)[:9]))
        for arguments, last in (
            ((), "The record ends here; the game is not over."),
            (("--lang", "es"), "El registro acaba aquí; la partida no ha terminado."),
        ):
            assert run(file, *arguments).out.splitlines()[-1] == last
        assert len(run(file, "--json").out.splitlines()) == 9

    def test_a_game_that_has_yet_to_begin_is_its_introduction(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "new.jsonl"
        file.write_text(header_line(place(2, max_rounds=0, money={0: 3})), "utf-8")
        assert run(file) == (
            0,
            f"A game of 2 players, written by Magnate {__version__}.\n"
            "It has no limit of rounds.\n"
            "Turn order: seat 0, seat 1.\n"
            "It begins from a position in round 1.\n"
            "\n"
            "The record ends here; the game is not over.\n",
            "",
        )
        assert run(file, "--from-move", 2).err == "magnate: error: --from-move 2: the last move to print is 0\n"


class TestErrors:
    def test_a_damaged_record_is_one_line_that_names_the_line(self, run: Run, damaged: Path) -> None:
        printed = run(damaged)
        assert printed == (
            2,
            "",
            f"magnate: error: {damaged}, line 12: no JSON, or cut off: Input data was truncated\n",
        )

    @pytest.mark.parametrize("options", [(), ("--json",)])
    def test_what_is_whole_of_a_damaged_record_is_shown_when_asked(
        self, run: Run, damaged: Path, options: tuple[str, ...]
    ) -> None:
        printed = run(damaged, "--recover", *options)
        assert printed.code == 0
        assert printed.err == (
            f"magnate: {damaged}, line 12: no JSON, or cut off: Input data was truncated; "
            "the record has 10 whole moves before it\n"
        )
        end = "" if options else "\nThe record ends here; the game is not over.\n"
        assert printed.out == run(GAME, "--to-move", 10, *options).out + end

    def test_a_foreign_file_is_one_line(self, run: Run) -> None:
        for file, what in (
            (FOLDER / "make.py", "no JSON, or cut off: JSON is malformed: "),
            (Path(sys.executable), "no JSON, or cut off: "),
        ):
            printed = run(file)
            assert (printed.code, printed.out) == (2, "")
            assert printed.err.startswith(f"magnate: error: {file}, line 1: {what}")
            assert printed.err.count("\n") == 1

    def test_a_position_is_no_record(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "position.json"
        file.write_text('{"players": [{}, {}]}\n', "utf-8")
        assert run(file).err == (
            f'magnate: error: {file}, line 1: this is no record of a game, which begins with "magnate": "record"\n'
        )

    def test_a_file_that_cannot_be_opened_is_one_line(self, run: Run, tmp_path: Path) -> None:
        missing = tmp_path / "missing.jsonl"
        assert run(missing) == (2, "", f"magnate: error: {missing}: No such file or directory\n")
        assert run(tmp_path).code == 2
