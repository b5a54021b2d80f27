"""`magnate play` and `magnate logout`: what is wrong with a command line or a file is one line, exit 2."""

import contextlib
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from magnate.client.session import Session, SessionFile
from magnate.commands import play
from magnate.tui.board.palette import THEME_PALETTES
from magnate.tui.own_server import OwnServer
from magnate.tui.starting import LEVELS
from tests import started


def magnate(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    done = started.run(*arguments, environment=environment)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--bots", "easy,fierce"], "'fierce' is not a level"),
        (["--bots", "easy,easy,easy,easy"], "a game takes 3 bots at most, not 4"),
        (["--lang", "fr"], "'fr' is not one of en, es"),
        (["--theme", "pink"], "'pink' is not one of city, day, safe, contrast"),
        (["--queue", "--join", "ABC123"], "choose one of --bots, --join and --queue"),
        (["--server", "localhost:8000"], "does not begin with http:// or https://"),
        (["--server", "http://host:99999"], "is no address of a server: its port must be a number from 1 to 65535"),
        (["--server", "http://host:b"], "is no address of a server: its port must be a number from 1 to 65535"),
        (["--server", "http://[::1"], "is no address of a server: a host in brackets must be an IPv6 address"),
        (["--config", "none.toml"], "none.toml: there is no such file"),
    ],
)
def test_a_wrong_flag_is_one_line_and_exit_2(tmp_path: Path, flags: list[str], words: str) -> None:
    done = magnate(tmp_path, "play", *flags)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_server_that_is_not_there_is_one_line_in_line_mode(tmp_path: Path) -> None:
    done = magnate(tmp_path, "play", "--plain", "--server", "http://127.0.0.1:9", "--user", "alice")
    assert done.returncode == 2
    assert done.stderr == "magnate: error: no answer from http://127.0.0.1:9: All connection attempts failed\n"


def test_without_a_terminal_it_is_played_by_lines(tmp_path: Path) -> None:
    done = magnate(tmp_path, "play", "--server", "http://127.0.0.1:9", "--user", "alice")
    assert "This is no terminal: playing in line mode, as with --plain." in done.stderr
    assert done.stdout.startswith("Magnate, line mode.")


def in_terminal(tmp_path: Path, *arguments: str, term: str) -> tuple[int, str]:
    """Run a command of Python's in a terminal of its own; return the exit code and all that came out."""
    mine, its = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdin=its,
        stdout=its,
        stderr=its,
        env={"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "TERM": term},
    )
    os.close(its)
    said = bytearray()
    with contextlib.suppress(OSError):  # the other end is closed
        while more := os.read(mine, 65536):
            said += more
            if b"Name: " in said:
                os.write(mine, b"\x04")
    os.close(mine)
    return process.wait(timeout=60), said.decode()


def test_on_a_dumb_terminal_it_is_played_by_lines(tmp_path: Path) -> None:
    code, said = in_terminal(tmp_path, "-m", "magnate", "play", "--server", "http://127.0.0.1:9", term="dumb")
    assert code == 2
    assert "This terminal is dumb: playing in line mode" in said
    assert "\x1b" not in said


def test_keys_that_cannot_work_are_one_line_and_exit_2(tmp_path: Path) -> None:
    (tmp_path / "play.toml").write_text('[keys]\n"game.rol" = "w"\n')
    code, said = in_terminal(tmp_path, "-m", "magnate", "play", "--config", str(tmp_path / "play.toml"), term="xterm")
    assert code == 2
    assert "play.toml: keys: there is no action 'game.rol'; did you mean game.roll?" in said


def test_a_crash_of_the_screen_is_one_line_and_exit_70(tmp_path: Path) -> None:
    crash = "from magnate.cli import main; from magnate.tui.app import MagnateApp as A; A.connect = None; main()"
    code, said = in_terminal(tmp_path, "-c", crash, "play", "--server", "http://127.0.0.1:9", term="xterm")
    assert code == 70
    assert "magnate: error: unexpected TypeError: " in said
    assert "Traceback" not in said


def test_the_flags_know_the_themes_and_levels_that_there_are() -> None:
    assert tuple(THEME_PALETTES) == play.THEMES
    assert LEVELS == play.LEVELS


def test_logout_deletes_a_damaged_file_of_sessions(tmp_path: Path) -> None:
    file = tmp_path / "magnate" / "sessions.json"
    file.parent.mkdir()
    file.write_text("{1")
    done = magnate(tmp_path, "logout")
    assert done.returncode == 0
    assert f"deleted {file}, which was damaged" in done.stderr
    assert list(file.parent.iterdir()) == []


def test_logout_forgets_every_session_even_where_no_server_answers(tmp_path: Path) -> None:
    file = SessionFile(tmp_path / "magnate" / "sessions.json")
    file.save("http://127.0.0.1:9", Session("alice", 1, "access", "refresh"))
    done = magnate(tmp_path, "logout")
    assert done.returncode == 0
    assert "forgotten here; no answer from http://127.0.0.1:9" in done.stderr
    assert file.servers() == []
    assert "nobody is signed in" in magnate(tmp_path, "logout").stderr


def test_logout_keeps_the_session_with_a_server_of_ones_own(tmp_path: Path) -> None:
    file = SessionFile(tmp_path / "magnate" / "sessions.json")
    own = OwnServer(tmp_path / "own-server.db").remembered_as
    file.save(own, Session("alice", 1, "access", "refresh"))
    file.save("http://127.0.0.1:9", Session("bob", 2, "access", "refresh"))
    done = magnate(tmp_path, "logout")
    assert done.returncode == 0
    assert own not in done.stderr
    assert file.servers() == [own]
