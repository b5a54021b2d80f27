"""`magnate` as a process of its own, without the second that importing it takes.

One process a test run has everything imported, and forks whenever a test wants a program. The program is as real as one
that you type: it has a process, an environment, streams and open files of its own, takes signals, and can be killed.
The tests that start `python -m magnate` hold what comes before `magnate.cli.main`. What the interpreter reads when it
starts, like PYTHONHASHSEED, is that of the process that forks.

Run as a script this file is that process.
"""

import atexit
import codecs
import gc
import io
import json
import os
import pkgutil
import pwd
import resource
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Final, TextIO

ROOT: Final = Path(__file__).parent.parent
LARGEST_REQUEST: Final = 1 << 20
CLOSED: Final = -1
"""As a stream: a descriptor that is not open."""

_STATUS_BYTES: Final = 8
_STOPPED: Final = "stopped"


@dataclass(frozen=True)
class Machine:
    """What a program finds that is not as it should be."""

    files: int | None = None
    """How many descriptors may be open."""
    bytes: int | None = None
    """How large a file may become."""
    folder_gone: bool = False
    without_home: bool = False
    """Neither a variable nor the system's list of users names a home folder."""


class Program:
    """A `magnate` that was started; `wait` for its end, or send it a signal."""

    def __init__(self, pid: int, status: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        """As `subprocess` has it: negative for the signal that ended it."""
        self._status = status

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end and return the exit code.

        Raises:
            TimeoutError: it runs on after `timeout` seconds.
        """
        code = self._ended(timeout)
        if code is None:
            raise TimeoutError(f"process {self.pid} did not end within {timeout} seconds")
        return code

    def wait_for_stop(self, timeout: float) -> bool:
        """Wait until it is stopped as by Ctrl-Z, and return whether that came, before its end."""
        return bool(select.select([self._status], [], [], timeout)[0]) and self._told() is None

    def send_signal(self, number: int) -> None:
        """Send a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it as a power failure would."""
        self.send_signal(signal.SIGKILL)

    def _ended(self, timeout: float | None) -> int | None:
        while self.returncode is None and select.select([self._status], [], [], timeout)[0]:
            self._told()
        return self.returncode

    def _told(self) -> int | None:
        """Read what has become of it; return its exit code, None where it has only stopped."""
        word = os.read(self._status, _STATUS_BYTES).decode().strip()
        if word != _STOPPED:
            self.returncode = int(word)
            os.close(self._status)
        return self.returncode


def start(
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    stdin: IO[bytes] | int | None = None,
    stdout: IO[bytes] | int | None = None,
    stderr: IO[bytes] | int | None = None,
    folder: Path | None = None,
    new_session: bool = False,
    machine: Machine = Machine(),
) -> Program:
    """Start `magnate` with these arguments, in this folder or another; `environment` is added to this process's.

    A stream is a file, a descriptor, `CLOSED`, or None for the one that this process has.
    """
    status, theirs = os.pipe()
    streams = [number if stream is None else stream for number, stream in enumerate((stdin, stdout, stderr))]
    fds = [stream if isinstance(stream, int) else stream.fileno() for stream in streams]
    wanted = {
        "arguments": arguments,
        "environment": {**os.environ, **(environment or {})},
        "folder": str(folder or Path.cwd()),
        "open": [fd != CLOSED for fd in fds],
        "new_session": new_session,
        "machine": asdict(machine),
    }
    near = _forking()
    socket.send_fds(near, [json.dumps(wanted).encode()], [*(fd for fd in fds if fd != CLOSED), theirs])
    os.close(theirs)
    return Program(int(near.recv(16)), status)


def run(
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    stdin: Path | int = Path(os.devnull),
    stdout: Path | int | None = None,
    stderr: Path | int | None = None,
    folder: Path | None = None,
    machine: Machine = Machine(),
) -> "subprocess.CompletedProcess[bytes]":
    """Run `magnate` to its end, and return what it printed and its exit code.

    It has no input, unless `stdin` names a file. What it prints is kept, unless it goes elsewhere.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given = (stdin, out.fileno() if stdout is None else stdout, err.fileno() if stderr is None else stderr)
        fds = [
            os.open(each, os.O_RDWR if number else os.O_RDONLY) if isinstance(each, Path) else each
            for number, each in enumerate(given)
        ]
        try:
            program = start(
                *arguments,
                environment=environment,
                stdin=fds[0],
                stdout=fds[1],
                stderr=fds[2],
                folder=folder,
                machine=machine,
            )
        finally:
            for fd, each in zip(fds, given, strict=True):
                if isinstance(each, Path):
                    os.close(fd)
        code = program.wait()
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(["magnate", *arguments], code, out.read(), err.read())


@cache
def _forking() -> socket.socket:
    """Start the process that forks, once, and return the socket on which it takes requests."""
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with far:
        number = far.fileno()
        subprocess.Popen(
            [sys.executable, "-W", "error", __file__, str(number)],
            pass_fds=[number],
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        ).returncode = 0  # it ends with this process, and nobody waits for it
    atexit.register(near.close)
    return near


# The process that forks


def _main(requests: socket.socket) -> None:
    """Fork a program for each request, until whoever asks is gone."""
    for module in pkgutil.walk_packages(import_module("magnate").__path__, "magnate."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    from magnate import cli

    sys.stdout = io.StringIO()
    cli.app(["version"], standalone_mode=False)  # typer imports a part of itself at the first call
    gc.freeze()  # what is shared with those that it forks is not looked through by each of them
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those in between
    while True:
        message, fds, _, _ = socket.recv_fds(requests, LARGEST_REQUEST, 4)
        if not message:
            requests.close()
            return
        if os.fork() == 0:
            break
        for fd in fds:
            os.close(fd)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    *streams, status = fds
    program = os.fork()
    if program:
        _tell(program, requests, status)
    requests.detach()
    _become(json.loads(message), streams, max(fds))
    cli.main()


def _tell(program: int, requests: socket.socket, status: int) -> None:
    """Tell whoever started a program what becomes of it, and hold none of its streams open meanwhile."""
    requests.send(str(program).encode())
    os.closerange(0, status)
    while True:
        _, ended = os.waitpid(program, os.WUNTRACED)
        word = _STOPPED if os.WIFSTOPPED(ended) else str(os.waitstatus_to_exitcode(ended))
        os.write(status, word.rjust(_STATUS_BYTES).encode())
        if word != _STOPPED:
            os._exit(0)


def _become(wanted: Mapping[str, Any], streams: list[int], last_fd: int) -> None:
    """Make this process what a fresh interpreter would be that was started as `wanted`."""
    if wanted["new_session"]:
        os.setsid()
    os.chdir(wanted["folder"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    sys.argv = ["magnate", *wanted["arguments"]]
    given = iter(streams)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        stream = None
        if wanted["open"][number]:
            os.dup2(next(given), number)
            stream = _stream(number, f"<{name}>")
        else:
            os.close(number)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    os.closerange(3, last_fd + 1)
    _spoil(Machine(**wanted["machine"]))


def _stream(number: int, name: str) -> TextIO:
    """Open a standard stream as the interpreter does."""
    encoding, _, errors = os.environ.get("PYTHONIOENCODING", "").partition(":")
    raw = io.FileIO(number, "w" if number else "r", closefd=False)
    raw.name = name
    return io.TextIOWrapper(
        io.BufferedWriter(raw) if number else io.BufferedReader(raw),
        codecs.lookup(encoding or "utf-8").name,
        "backslashreplace" if number == 2 else errors or "strict",
        newline="\n",
        line_buffering=number == 2 or raw.isatty(),
    )


def _spoil(machine: Machine) -> None:
    if machine.folder_gone:
        os.mkdir("gone")
        os.chdir("gone")
        os.rmdir("../gone")
    if machine.bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (machine.bytes, machine.bytes))
    if machine.files is not None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (machine.files, machine.files))
    if machine.without_home:
        for name in [name for name in os.environ if name == "HOME" or name.startswith("XDG_")]:
            del os.environ[name]
        pwd.getpwuid = _nobody  # type: ignore[assignment]


def _nobody(uid: int, /) -> None:
    raise KeyError(uid)


if __name__ == "__main__":
    _main(socket.socket(fileno=int(sys.argv[1])))
    os._exit(0)  # whoever asked is gone: nothing is left to save
