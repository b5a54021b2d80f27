"""What tests start takes signals wherever the tests run, and does not outlive them."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import wait_for_end

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals and /proc as Linux has them")

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 60.0

HELD = """
import os, signal
from pathlib import Path
from tests.server.wire.process import Server

def test_that_is_killed(tmp_path):
    server = Server(tmp_path / "magnate.sqlite3")
    server.start()
    with open(os.environ["TOLD"], "w") as told:
        print(os.getpid(), server.process.pid, file=told)
    signal.pause()
"""

ASKING = """
import subprocess, sys

def test_signals():
    program = "import signal; print(*[signal.getsignal(n) == signal.SIG_IGN for n in (signal.SIGINT, signal.SIGHUP)])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True).stdout == b"False False\\n"
"""


def run(folder: Path, test: str, *arguments: str, before: str = "", **environment: str) -> "subprocess.Popen[bytes]":
    """Start a run of a test of its own, with what holds for all tests; `before` is shell that comes before it."""
    (folder / "test_inner.py").write_text(test)
    pytest = [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest"]
    return subprocess.Popen(
        ["/bin/sh", "-c", f'{before} exec "$@"', "sh", *pytest, "-p", "no:cacheprovider", *arguments, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


@pytest.mark.parametrize("spread", [(), ("--numprocesses=1",)], ids=["alone", "by workers"])
def test_what_a_run_has_started_ends_when_the_run_is_killed(tmp_path: Path, spread: tuple[str, ...]) -> None:
    told = tmp_path / "told"
    os.mkfifo(told)
    ear = os.open(told, os.O_RDONLY | os.O_NONBLOCK)
    with run(tmp_path, HELD, *spread, TOLD=str(told)) as killed, os.fdopen(ear) as heard:
        handle = os.pidfd_open(killed.pid)
        ready = select.select([ear, handle], [], [], PATIENCE_SECONDS)[0]
        os.close(handle)
        assert ready == [ear], killed.communicate()[0].decode() if ready else "it never told"
        pids = [int(pid) for pid in heard.readline().split()]
        assert len(pids) == 2
        killed.kill()
        assert all(wait_for_end(pid, PATIENCE_SECONDS) for pid in pids)


def test_what_is_started_takes_signals_that_the_run_ignores(tmp_path: Path) -> None:
    with run(tmp_path, ASKING, before="trap '' INT HUP;") as inner:
        said = inner.communicate(timeout=PATIENCE_SECONDS)[0].decode()
    assert inner.returncode == 0, said
    assert signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
