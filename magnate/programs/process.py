"""The process of a program that is a bot: started once, asked line by line, and ended however its work ends."""

import contextlib
import ctypes
import os
import queue
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final

from magnate import __version__
from magnate.printable import escaped, plain
from magnate.programs.messages import (
    LONGEST_LINE,
    PROTOCOL,
    BadLine,
    Bye,
    Hello,
    ProgramHello,
    ToProgram,
    line_of,
    read_hello,
)
from magnate.system.children import how_it_ended

HELLO_SECONDS: Final = 20.0
"""How long a program may take to say hello: an interpreter with large libraries starts meanwhile."""
SECONDS: Final = 60.0
"""How long it may take for one answer, unless a run says less."""
BYE_SECONDS: Final = 2.0
"""How long it may take to end."""
MOST_SAID: Final = 1000
"""Lines of its stderr that are shown; a program that says more is cut short."""

_DIES_WITH_PARENT: Final = 1
"""PR_SET_PDEATHSIG of Linux."""


class ProgramSilent(Exception):
    """A program said nothing in time."""


class ProgramEnded(Exception):
    """A program's process is gone; the text says how."""


class Program:
    """A running program. One conversation at a time; whatever goes wrong in one, the process is ended."""

    def __init__(self, command: str, folder: Path) -> None:
        """Start the command in a folder, and hear its hello.

        Args:
            command: program and arguments, written as for a shell; no shell reads it.
            folder: where it works.

        Raises:
            ValueError: it cannot be started, or says no hello that Magnate understands; the text is one sentence.
        """
        self.command = command
        self.name = ""
        """What it calls itself; empty before it said so."""
        self._asked = 0
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        try:
            words = shlex.split(command)
        except ValueError as error:
            raise ValueError(f"the command cannot be read: {error}") from error
        if not words:
            raise ValueError("name the program after cmd:, as in cmd:./mybot")
        try:
            self._process = subprocess.Popen(
                words,
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                process_group=0 if os.name == "posix" else None,
                preexec_fn=_DIE_WITH_PARENT,
            )
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise ValueError(f"{escaped(words[0])} cannot be started: {why}") from error
        for name, work in (("questions", self._write), ("answers", self._read), ("stderr", self._pass_on)):
            threading.Thread(target=work, name=f"{name} of a bot", daemon=True).start()
        try:
            hello = self._hello()
        except (BadLine, ProgramSilent, ProgramEnded) as error:
            self.kill()
            raise ValueError(str(error)) from error
        except BaseException:
            self.kill()
            raise
        self.name = "" if not isinstance(hello.name, str) else plain(hello.name)

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def tell(self, message: ToProgram) -> None:
        """Send a line. A program that is gone, or reads nothing, shows when it is asked for an answer."""
        self.say(line_of(message))

    def say(self, line: bytes) -> None:
        """Send a line as it is, with its end."""
        self._outbox.put(line)

    def next_number(self) -> int:
        """Return the number of the next question."""
        self._asked += 1
        return self._asked

    def answer(self, seconds: float = SECONDS) -> bytes:
        """Return the next line that it says, without its end.

        Raises:
            ProgramSilent: it said nothing in time.
            ProgramEnded: it ended.
            BadLine: the line is longer than `LONGEST_LINE`.
        """
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            raise ProgramSilent(f"said nothing within {seconds:g} s") from None
        if not line:
            raise self._ended()
        if len(line) > LONGEST_LINE:
            raise BadLine(f"answered a line of more than {LONGEST_LINE:,} bytes")
        return line

    def close(self) -> int | None:
        """Say bye and let it end by itself; end it where it does not.

        Returns:
            Its exit code; None where it did not end.
        """
        self.tell(Bye())
        return self.hang_up()

    def hang_up(self) -> int | None:
        """Close its stdin and let it end by itself, as `close` does without a word."""
        self._outbox.put(None)
        try:
            code = self._process.wait(BYE_SECONDS)
        except subprocess.TimeoutExpired:
            code = None
        self.kill()
        return code

    def kill(self) -> None:
        """End it now, and what it has started with it."""
        with contextlib.suppress(OSError):
            if os.name == "posix":
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        self._process.wait()
        self._outbox.put(None)

    def _hello(self) -> ProgramHello:
        self.tell(Hello(PROTOCOL, __version__))
        return read_hello(self.answer(HELLO_SECONDS))

    def _ended(self) -> ProgramEnded:
        """Return how the process ended; it has closed its side, so it is about to end if it has not."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(BYE_SECONDS)
        code = self._process.returncode
        return ProgramEnded("closed its output" if code is None else f"its process ended ({how_it_ended(code)})")

    def _write(self) -> None:
        """Send what is to be sent; a program that does not read holds up only this thread."""
        stdin = self._process.stdin
        assert stdin is not None
        with contextlib.suppress(OSError), stdin:
            while (line := self._outbox.get()) is not None:
                stdin.write(line)
                stdin.flush()

    def _read(self) -> None:
        """Take its lines in; an empty one says that no more come."""
        stdout = self._process.stdout
        assert stdout is not None
        with stdout:
            for line in _lines_of(stdout):
                self._lines.put(line)
        self._lines.put(b"")

    def _pass_on(self) -> None:
        """Show what it says on stderr, with the bot's name."""
        stderr = self._process.stderr
        assert stderr is not None
        with stderr:
            for number, line in enumerate(_lines_of(stderr)):
                words = plain(line.decode("utf-8", "replace"), 1000)
                if number < MOST_SAID and words:
                    self._show(words)
                elif number == MOST_SAID:
                    self._show(f"says more than {MOST_SAID:,} lines; the others are not shown")

    def _show(self, words: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # where nobody can read it, nothing is lost
            print(f"{escaped(self.command)}: {words}", file=sys.stderr, flush=True)


def _lines_of(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of a stream, none of them empty; of one that is too long, a part that is too long."""
    within = False
    """Whether what comes next is the rest of a line that was too long."""
    while line := stream.readline(LONGEST_LINE + 2):
        text = line.rstrip(b"\r\n")
        if text and not within:
            yield text
        within = not line.endswith(b"\n")


def _dies_with_parent() -> Callable[[], None] | None:
    """Return what makes a child of this process end with it, however that ends, where the system can."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def before_exec() -> None:
        libc.prctl(_DIES_WITH_PARENT, signal.SIGKILL, 0, 0, 0)

    return before_exec


_DIE_WITH_PARENT: Final = _dies_with_parent()


class Crew:
    """The programs of this process: those that nobody asks anything wait for the next game."""

    def __init__(self) -> None:
        self._idle: dict[tuple[str, Path], list[Program]] = {}
        self._all: list[Program] = []
        self._lock = threading.Lock()

    def take(self, command: str, folder: Path) -> Program:
        """Return a program that is free, started if there is none.

        Raises:
            ValueError: it cannot be started.
        """
        with self._lock:
            idle = self._idle.get((command, folder), [])
            while idle:
                program = idle.pop()
                if program.alive:
                    return program
        program = Program(command, folder)
        with self._lock:
            self._all.append(program)
        return program

    def give_back(self, program: Program, folder: Path) -> None:
        """Let a program wait for the next game."""
        with self._lock:
            if program.alive:
                self._idle.setdefault((program.command, folder), []).append(program)

    def drop(self, program: Program) -> None:
        """End a program that did something wrong."""
        program.kill()
        with self._lock:
            self._all.remove(program)

    def close(self) -> None:
        """End all."""
        with self._lock:
            programs, self._all = self._all, []
            self._idle.clear()
        for program in programs:
            program.close()
