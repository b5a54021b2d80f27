"""`magnate` as a process of its own, without the second that importing it takes.

One process a test run has everything imported, and forks whenever a test wants a program. The program is as real as one
that you type: it has a process, an environment and open files of its own, takes signals, and can be killed. What comes
before `magnate.cli.main` is held by the tests that start `python -m magnate`.

Run as a script this file is that process.
"""

import atexit
import contextlib
import gc
import io
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parent.parent
LARGEST_REQUEST = 1 << 20


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

    def send_signal(self, number: int) -> None:
        """Send a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def _ended(self, timeout: float | None) -> int | None:
        if self.returncode is None and select.select([self._status], [], [], timeout)[0]:
            self.returncode = int(os.read(self._status, 16))
            os.close(self._status)
        return self.returncode


def start(
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    stdin: IO[bytes] | int | None = None,
    stdout: IO[bytes] | int | None = None,
    stderr: IO[bytes] | int | None = None,
    new_session: bool = False,
) -> Program:
    """Start `magnate` with these arguments, in this folder; `environment` is added to this process's."""
    status, theirs = os.pipe()
    streams = [number if stream is None else stream for number, stream in enumerate((stdin, stdout, stderr))]
    fds = [stream if isinstance(stream, int) else stream.fileno() for stream in streams]
    wanted = {
        "arguments": arguments,
        "environment": {**os.environ, **(environment or {})},
        "folder": str(Path.cwd()),
        "new_session": new_session,
    }
    near = _forking()
    socket.send_fds(near, [json.dumps(wanted).encode()], [*fds, theirs])
    os.close(theirs)
    return Program(int(near.recv(16)), status)


def run(*arguments: str, environment: Mapping[str, str] | None = None) -> "subprocess.CompletedProcess[bytes]":
    """Run `magnate` to its end without input, and return what it printed and its exit code."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, open(os.devnull, "rb") as nothing:
        code = start(*arguments, environment=environment, stdin=nothing, stdout=out, stderr=err).wait()
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
    import magnate.cli
    import magnate.commands.serve
    import magnate.commands.simulate
    import magnate.server.serving

    with contextlib.redirect_stdout(io.StringIO()):
        magnate.cli.app(["version"], standalone_mode=False)  # typer imports a part of itself at the first call
    gc.freeze()  # what is shared with those that it forks is not looked through by each of them
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those in between
    while True:
        message, fds, _, _ = socket.recv_fds(requests, LARGEST_REQUEST, 4)
        if not message:
            return
        if os.fork() == 0:
            break
        for fd in fds:
            os.close(fd)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    *streams, status = fds
    program = os.fork()
    if program:
        # In between: it tells whoever started the program how it ended, and holds none of its streams open.
        requests.send(str(program).encode())
        os.closerange(0, status)
        os.write(status, str(os.waitstatus_to_exitcode(os.waitpid(program, 0)[1])).encode())
        os._exit(0)
    requests.detach()
    wanted = json.loads(message)
    if wanted["new_session"]:
        os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.closerange(3, max(fds) + 1)
    os.chdir(wanted["folder"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    sys.argv = ["magnate", *wanted["arguments"]]
    magnate.cli.main()


if __name__ == "__main__":
    _main(socket.socket(fileno=int(sys.argv[1])))
    os._exit(0)  # whoever asked is gone: nothing is left to save
