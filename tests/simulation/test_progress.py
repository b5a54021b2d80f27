"""The bar on stderr: there when somebody looks, and nowhere else."""

import os
import sys

import pytest

from magnate.simulation.progress import NoDisplay, win_shares
from tests import started
from tests.simulation.runs import made_up_totals

COMMAND = ["simulate", "--games", "30", "--max-rounds", "5", "--jobs", "1"]


def in_terminal(*arguments: str) -> str:
    """Run with a terminal as stderr, and return what it showed."""
    ours, theirs = os.openpty()
    try:
        done = started.run(*COMMAND, *arguments, stderr=theirs, environment={"TERM": "xterm", "COLUMNS": "120"})
        assert done.returncode == 0
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # how a terminal on Linux says that nobody writes any more
            pass
        return shown.decode()
    finally:
        os.close(ours)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a pseudo-terminal")
def test_a_terminal_shows_games_speed_time_left_and_win_shares() -> None:
    shown = in_terminal()
    assert "30/30" in shown
    assert "games/s" in shown
    assert "expert " in shown
    assert "0:00:0" in shown


@pytest.mark.skipif(sys.platform != "linux", reason="needs a pseudo-terminal")
def test_quiet_shows_nothing_even_in_a_terminal() -> None:
    assert in_terminal("--quiet") == ""


def test_a_pipe_gets_no_bar() -> None:
    said = started.run(*COMMAND).stderr
    assert b"30/30" not in said
    assert said.count(b"\n") == 1


def test_win_shares_so_far_leave_out_who_has_not_played() -> None:
    assert win_shares(made_up_totals(), ["a", "b"]) == "a 60 %  b 10 %"
    assert win_shares(made_up_totals([]), ["a", "b"]) == ""


def test_no_display_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with NoDisplay() as display:
        display.update(made_up_totals())
    assert capsys.readouterr() == ("", "")
