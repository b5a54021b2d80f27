"""Ctrl-C, kill -9 and dying workers: what was finished is kept, and `--resume` ends where no interruption would."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from magnate.simulation.interrupts import Interrupts
from tests.processes import wait_for_end
from tests.simulation.runs import files, odd, rows, simulate, start

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals and /proc as Linux has them")

SLOW = ("--bot", odd("Slow"), "--bot", odd("Slow"), "--max-rounds", "5", "--format", "ndjson")


def first_lines(process: "subprocess.Popen[bytes]", count: int) -> list[bytes]:
    """Wait for that many games."""
    assert process.stdout is not None
    return [process.stdout.readline() for _ in range(count)]


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_prints_the_results_so_far_and_resume_goes_on(jobs: str, tmp_path: Path) -> None:
    where = ("--db", str(tmp_path / "results.db"), "--record", str(tmp_path / "records"))
    process = start(*SLOW, *where, "--games", "5000", "--jobs", jobs)
    lines = first_lines(process, 3)
    workers = children(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    rest, said = process.communicate(timeout=30)
    assert process.returncode == 130
    lines += rest.splitlines(keepends=True)
    assert f"interrupted after {len(lines)} of 5,000 games: these are the results so far".encode() in said
    assert b"--resume goes on" in said
    assert b"Traceback" not in said
    assert all(wait_for_end(worker, 10) for worker in workers)
    assert len(rows(tmp_path / "results.db")["games"]) == len(files(tmp_path / "records")) == len(lines) < 5000

    games = str(len(lines) + 10)
    resumed = simulate(*SLOW, *where, "--games", games, "--resume", "--quiet")
    whole_where = ("--db", str(tmp_path / "whole.db"), "--record", str(tmp_path / "whole"))
    whole = simulate(*SLOW, *whole_where, "--games", games, "--quiet")
    assert resumed.stdout == whole.stdout
    assert whole.stdout.startswith(b"".join(lines))
    assert rows(tmp_path / "results.db") == rows(tmp_path / "whole.db")
    assert files(tmp_path / "records") == files(tmp_path / "whole")


def test_kill_9_loses_no_written_game_leaves_no_worker_and_resume_goes_on(tmp_path: Path) -> None:
    where = ("--db", str(tmp_path / "results.db"), "--record", str(tmp_path / "records"))
    process = start(*SLOW, *where, "--games", "5000", "--jobs", "2")
    lines = first_lines(process, 5)
    workers = children(process.pid)
    assert len(workers) == 2
    process.kill()
    rest, _ = process.communicate(timeout=30)
    assert all(wait_for_end(worker, 10) for worker in workers)
    written = len(rows(tmp_path / "results.db")["games"])
    assert len(lines) + len(rest.splitlines()) <= written < 5000

    games = str(written + 10)
    resumed = simulate(*SLOW[:-1], "json", *where, "--games", games, "--resume", "--quiet")
    whole_where = ("--db", str(tmp_path / "whole.db"), "--record", str(tmp_path / "whole"))
    whole = simulate(*SLOW[:-1], "json", *whole_where, "--games", games, "--quiet", "--jobs", "1")
    assert resumed.stdout == whole.stdout != b""
    assert rows(tmp_path / "results.db") == rows(tmp_path / "whole.db")
    assert {name: text for name, text in files(tmp_path / "records").items() if name.endswith(".jsonl")} == files(
        tmp_path / "whole"
    )


def test_a_worker_that_dies_ends_the_run_with_what_was_finished(tmp_path: Path) -> None:
    result = simulate("--bot", odd("Dies"), "--bot", "easy", "--games", "4", "--jobs", "2", "--format", "json")
    assert result.returncode == 1
    assert b'"played": 0' in result.stdout
    assert b"magnate: error: a process that played games is gone in game 1 (exit code 1)" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("how", ["exit", "kill"])
def test_a_bot_that_ends_its_process_is_told_in_one_way_for_any_jobs(how: str) -> None:
    name = "DiesInGameTen" if how == "exit" else "IsKilledInGameTen"
    bots = ("--bot", odd(name), "--bot", "easy", "--max-rounds", "2")
    ended = [
        simulate(*bots, "--games", "40", "--jobs", jobs, "--format", "ndjson", "--quiet") for jobs in ("1", "2", "3")
    ]
    alone = simulate(*bots, "--game", "10", "--quiet")
    assert {(each.returncode, each.stdout, each.stderr) for each in ended} == {(1, ended[0].stdout, ended[0].stderr)}
    assert len(ended[0].stdout.splitlines()) == 9
    status = b"exit code 0" if how == "exit" else b"ended by signal 9"
    assert alone.returncode == 1
    assert ended[0].stderr.startswith(b"magnate: ended after 9 of 40 games: ")
    *_, last = ended[0].stderr.splitlines()
    message = (
        b"magnate: error: a process that played games is gone in game 10 (%s): it ran out of memory, or a bot ended it"
    )
    assert last == alone.stderr.rstrip(b"\n") == message % status


def test_a_signal_waits_while_results_are_written() -> None:
    written = []

    def write() -> None:
        with Interrupts() as interrupts, interrupts.held():
            signal.raise_signal(signal.SIGINT)
            written.append("whole")

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            write()
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert written == ["whole"]


def test_who_ignores_ctrl_c_is_not_interrupted() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Interrupts():
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
