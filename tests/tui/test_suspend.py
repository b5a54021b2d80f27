"""Ctrl-Z gives the terminal back to the shell, and `fg` brings the game back."""

import signal
import sys
from pathlib import Path

import pytest

from tests.terminal import PATIENCE_SECONDS, InTerminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs the job control of POSIX")


def test_ctrl_z_stops_the_client_with_the_terminal_as_it_was_and_it_goes_on_afterwards(tmp_path: Path) -> None:
    folders = {f"XDG_{kind}_HOME": str(tmp_path) for kind in ("DATA", "STATE", "CONFIG")}
    env = {"HOME": str(tmp_path), **folders}
    with InTerminal("play", "--server", "http://127.0.0.1:9", env=env) as player:
        player.until(b"127.0.0.1:9")
        player.type(b"\x1a")
        player.until(b"\x1b[?1049l")
        assert player.process.wait_for_stop(PATIENCE_SECONDS)
        assert player.restored()
        player.said = b""
        player.process.send_signal(signal.SIGCONT)
        player.until(b"\x1b[?1049h")
        player.until(b"127.0.0.1:9")
        player.type(b"\x11")
        assert player.end() in (0, 2)
