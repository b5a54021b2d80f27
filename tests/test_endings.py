"""Ctrl-C, `kill` and a closed terminal end every command in the same clean way; what is ignored stays ignored."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import pytest
import typer

from magnate import __version__, cli
from magnate.commands import verb_app
from magnate.protocol.rest import HealthAnswer
from magnate.texts import count_of
from tests.processes import wait_for_end
from tests.simulation.runs import odd, rows
from tests.started import ROOT
from tests.terminal import InTerminal, children

if sys.platform == "win32":
    pytest.skip("needs the signals of POSIX", allow_module_level=True)

SIGNALS = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]

Work = Callable[[], None]


def home(folder: Path) -> dict[str, str]:
    """Return the environment of a user whose home is this folder."""
    return {"HOME": str(folder), **{f"XDG_{kind}_HOME": str(folder) for kind in ("DATA", "STATE", "CONFIG")}}


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Work], int]]:
    """Return what runs `magnate work`, a verb that does what a test wants, and returns its exit code."""
    group = typer.main.get_command(cli.app)
    monkeypatch.setattr(cli, "app", group)
    before = {number: signal.getsignal(number) for number, _ in SIGNALS}

    def run(work: Work) -> int:
        app = verb_app()
        app.command()(work)
        group.commands["work"] = typer.main.get_command(app)  # type: ignore[attr-defined]
        monkeypatch.setattr(sys, "argv", ["magnate", "work"])
        with pytest.raises(SystemExit) as done:
            cli.main()
        assert isinstance(done.value.code, int)
        return done.value.code

    yield run
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_each_signal_ends_a_verb_quietly_after_its_clean_up_with_a_code_of_its_own(
    number: signal.Signals, code: int, verb: Callable[[Work], int], capsys: pytest.CaptureFixture[str]
) -> None:
    signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    tidied = []

    def work() -> None:
        try:
            signal.raise_signal(number)
        finally:
            tidied.append(True)

    assert verb(work) == code
    assert tidied
    assert capsys.readouterr() == ("", "")
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_each_signal_cancels_what_an_event_loop_does(
    number: signal.Signals, code: int, verb: Callable[[Work], int]
) -> None:
    signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    tidied = []

    async def wait() -> None:
        asyncio.get_running_loop().call_soon(signal.raise_signal, number)
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            tidied.append(True)

    assert verb(lambda: asyncio.run(wait())) == code
    assert tidied


@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_an_ignored_signal_stays_ignored_and_the_others_work(
    number: signal.Signals, code: int, verb: Callable[[Work], int]
) -> None:
    signal.signal(number, signal.SIG_IGN)
    assert verb(lambda: signal.raise_signal(number)) == 0
    assert signal.getsignal(number) is signal.SIG_IGN
    other = signal.SIGHUP if number == signal.SIGTERM else signal.SIGTERM
    assert verb(lambda: signal.raise_signal(other)) == 128 + other


def test_a_thread_that_dies_is_said_and_ends_the_command_that_waits_for_it(
    verb: Callable[[Work], int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.delenv("MAGNATE_TRACEBACK", raising=False)

    async def wait() -> None:
        # In code of ours: what a thread of a bot does is the bot's own affair.
        threading.Thread(target=count_of, args=("many", "game"), name="counter").start()
        await asyncio.Event().wait()

    assert verb(lambda: asyncio.run(wait())) == 70
    said = capsys.readouterr().err
    assert said.startswith("magnate: error: unexpected ValueError in the thread 'counter': ")
    assert said.count("\n") == 1


@pytest.mark.parametrize(("number", "code"), SIGNALS[1:])
def test_a_simulation_prints_what_it_has_whatever_signal_ends_it(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:
    slow = ("--bot", odd("Slow"), "--bot", odd("Slow"), "--max-rounds", "5", "--games", "5000", "--jobs", "2")
    process = subprocess.Popen(
        [sys.executable, "-m", "magnate", "simulate", *slow, "--db", str(tmp_path / "r.db"), "--format", "ndjson"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,  # `communicate` reads past what is buffered
        start_new_session=True,
    )
    assert process.stdout is not None
    lines = [process.stdout.readline()]
    workers = children(process.pid)
    os.killpg(process.pid, number)
    rest, said = process.communicate(timeout=60)
    lines += rest.splitlines()
    assert process.returncode == code
    assert f"interrupted after {len(lines)} of 5,000 games: these are the results so far".encode() in said
    assert b"Traceback" not in said
    assert len(rows(tmp_path / "r.db")["games"]) == len(lines)
    assert all(wait_for_end(worker, 60) for worker in workers)


@pytest.mark.parametrize(("number", "code"), SIGNALS)
@pytest.mark.parametrize("flags", [(), ("--plain",)], ids=["screen", "lines"])
def test_a_player_who_is_ended_leaves_a_terminal_as_it_was_and_no_server(
    flags: tuple[str, ...], number: signal.Signals, code: int, tmp_path: Path
) -> None:
    with InTerminal("play", *flags, env=home(tmp_path)) as player:
        player.until(b"0 quit" if flags else b"Settings")
        (server,) = children(player.process.pid)
        player.process.send_signal(number)
        assert player.end() == code
        assert player.restored()
        assert wait_for_end(server, 60)
        assert b"Traceback" not in player.said


class _Healthy(BaseHTTPRequestHandler):
    """A server that says it is well, and knows nothing else."""

    def do_GET(self) -> None:
        body = msgspec.json.encode(HealthAnswer("ok", __version__, 0, 0))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_a_question_for_a_password_can_be_interrupted_and_leaves_the_echo_on(tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Healthy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        flags = ("--plain", "--server", f"http://127.0.0.1:{server.server_port}", "--user", "alice")
        with InTerminal("play", *flags, env=home(tmp_path)) as player:
            player.until(b"guest: ")
            assert not player.restored(), "what is typed is hidden"
            player.process.send_signal(signal.SIGTERM)
            assert player.end() == 143
            assert player.restored()
        server.shutdown()


AT_IMPORT = """
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["ENDS_AT"]:
            os.kill(os.getpid(), int(os.environ["ENDS_BY"]))
sys.meta_path.insert(0, Finder())
"""
"""Sends this process a signal as soon as it imports a module."""


@pytest.mark.parametrize(("number", "code"), SIGNALS)
@pytest.mark.parametrize(
    "module", ["magnate.cli", "typer", "typer.main", "magnate.system.streams", "magnate.commands.bots"]
)
@pytest.mark.parametrize("command", [["-m", "magnate"], [str(ROOT / "cli.py")]])
def test_a_command_that_is_still_being_loaded_ends_without_a_traceback(
    command: list[str], module: str, number: int, code: int, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(AT_IMPORT)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "ENDS_AT": module, "ENDS_BY": str(int(number))}
    ended = subprocess.run(
        [sys.executable, *command, "bots"], env=environment, cwd=ROOT, capture_output=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) in [(code, b"", b""), (-number, b"", b"")]


def test_the_ends_of_children_are_heard_of_though_the_parent_ignores_those_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "ends.py").write_text("import os\nos._exit(3)\n")
    ignoring = "import os, signal, sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN); "
    parent = ignoring + "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    command = [sys.executable, "-c", parent, "-m", "magnate", "bots", "ends.py:Ends"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    said = b"magnate: error: bot 'ends.py:Ends': its process ended while it was loaded (exit code 3)\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, b"", said)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_an_exit_without_a_word_is_told_and_children_end_as_they_like() -> None:
    code = """
import os
from magnate.system.endings import tell_of_exit
tell_of_exit(lambda code: os.write(1, b"ends with %d" % code))
if not (child := os.fork()):
    os._exit(5)
os.write(1, b"%d, " % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
os._exit(0)
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (ended.returncode, ended.stdout) == (1, b"5, ends with 0")
