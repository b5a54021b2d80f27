"""`magnate` in a pseudo-terminal: what it draws, what it leaves, and who ends with it."""

import contextlib
import os
import pty
import select
import termios
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from tests import started

PATIENCE_SECONDS = 60.0


class InTerminal:
    """`magnate …` in a terminal of its own; use it in a `with`."""

    def __init__(self, *arguments: str, env: Mapping[str, str]) -> None:
        self.terminal, its = pty.openpty()
        self.before = termios.tcgetattr(self.terminal)
        self.process = started.start(
            *arguments,
            environment={"TERM": "xterm-256color", **env},
            stdin=its,
            stdout=its,
            stderr=its,
            new_session=True,
        )
        os.close(its)
        self.said = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.terminal)

    def until(self, words: bytes) -> None:
        """Read on until `words` have come."""
        while words not in self.said:
            assert self._hear(), f"it ended before {words!r} came, after {self.said[-2000:]!r}"

    def end(self) -> int:
        """Read to the end and return the exit code."""
        while self._hear():
            pass
        return self.process.wait(PATIENCE_SECONDS)

    def type(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self.terminal, keys)

    def restored(self) -> bool:
        """Whether the terminal is as it was: keys are echoed, and the screen is the usual one."""
        entered, left = self.said.count(b"\x1b[?1049h"), self.said.count(b"\x1b[?1049l")
        return termios.tcgetattr(self.terminal) == self.before and entered == left

    def _hear(self) -> bool:
        ready, _, _ = select.select([self.terminal], [], [], PATIENCE_SECONDS)
        assert ready, f"nothing more came after {self.said[-2000:]!r}"
        with contextlib.suppress(OSError):  # nobody holds the other end any more
            more = os.read(self.terminal, 65536)
            self.said += more
            return bool(more)
        return False


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
