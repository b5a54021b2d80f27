"""The one way in which a bot's code is run: its import, its making and its decisions.

The code finds the process as if it were alone in it: its own modules, no arguments in `sys.argv`, nothing on stdin, and
a stdout that leads to stderr. Whatever it raises, also `SystemExit`, comes back as `CodeRaised`, in words that can be
shown; only a real Ctrl-C (or another signal that ends the process) goes on its way. What it changes of the process
(the working directory, the arguments, the streams, Python's own functions, the generators of chance) is put back.
"""

import builtins
import io
import os
import re
import signal
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final, TypeVar

from magnate.bots.foreign.generators import seeded
from magnate.bots.foreign.modules import LOCK, PACKAGE, BotModules
from magnate.printable import class_name, plain, said

T = TypeVar("T")

_ENDING: Final = tuple(
    [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
)
"""Signals whose handlers raise what ends the process, wherever it is: in a bot's code too."""

_NOT_THEIRS: Final = ("<", str(Path(__file__).parents[2]), sysconfig.get_path("stdlib"), sysconfig.get_path("purelib"))
"""What the file of a frame begins with that is not in a bot's code."""


_BUILTINS: Final = vars(builtins)
"""What all code of the process finds as `len` or `print`, whoever put it there."""

_PACKAGE: Final = re.compile(rf"{PACKAGE}[0-9a-f]+\.?")


class TimeUp(BaseException):
    """Raised in a bot's code by a timer; no `except Exception` of a bot catches it."""


class CodeRaised(Exception):
    """A bot's code raised something."""

    def __init__(self, error: BaseException) -> None:
        """Word it; an exception's words are code of the bot too, so this is called where the bot's code runs."""
        super().__init__(error)
        self.error = error
        """What was raised."""
        self.name = class_name(type(error))
        """Its type."""
        self.words = _said(error)
        """What it says of itself, in one plain line; may be empty."""

    def __str__(self) -> str:
        return f"raised {self.name}: {self.words}" if self.words else f"raised {self.name}"


@dataclass(frozen=True, slots=True)
class BotCode:
    """The code of a bot, as one process has it."""

    argument: str
    """What it finds as `sys.argv[0]`, the only argument."""
    modules: BotModules | None
    """The modules of its own; None for a bot that was named as a module, which shares those of the process."""


def run(code: BotCode, call: Callable[[], T], *, seed: int | None = None) -> T:
    """Run a bot's code and return what it returns.

    Args:
        code: whose code it is.
        call: what to run.
        seed: what the shared generators of chance are seeded with; None leaves them as they are.

    Raises:
        CodeRaised: the code raised something.
        TimeUp: its time was up.
        KeyboardInterrupt: somebody pressed Ctrl-C meanwhile, whatever the code made of that; other signals likewise.
    """
    process = os.getpid()
    with LOCK, signals_noted():
        _signals.came = None
        try:
            with code.modules or nullcontext(), _alone(code.argument), seeded(seed):
                try:
                    kept = _BUILTINS.copy()
                    try:
                        result = call()
                    finally:
                        _BUILTINS.update(kept)  # first of all, and with nothing that the code could have replaced
                        if os.getpid() != process:
                            os._exit(0)  # a child that the code has forked must not go on playing in our place
                except (CodeRaised, TimeUp):
                    raise
                except BaseException as error:
                    if _signals.came is not None:
                        raise
                    raise CodeRaised(error) from error
        except (CodeRaised, TimeUp):
            _signals.repeat()
            raise
        _signals.repeat()
        return result


def place_of(error: BaseException) -> str:
    """Return where in its code a bot raised something, as `file.py:12`; empty where that is not known."""
    if isinstance(error, SyntaxError):
        return plain(f"{Path(error.filename).name}:{error.lineno}") if isinstance(error.filename, str) else ""
    place, trace = "", error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if not file.startswith(_NOT_THEIRS):
            place = plain(f"{Path(file).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return place


def _said(error: BaseException) -> str:
    try:
        # What a bot's folder is called in this process differs from machine to machine.
        return _PACKAGE.sub("", said(error.msg if isinstance(error, SyntaxError) else error))
    except TimeUp:
        raise
    except BaseException:
        return ""


@dataclass(slots=True)
class _Signals:
    """The signal that came while a bot's code ran, if one did.

    A bot may raise KeyboardInterrupt by itself, or catch a real one; nothing else tells the two apart.
    """

    noted: bool = False
    """Whether handlers note it now."""
    came: Callable[[], object] | None = None
    """What its handler does."""

    def repeat(self) -> None:
        """Let the handler do its work again, where the bot caught what that raised."""
        if self.came is not None and threading.current_thread() is threading.main_thread():
            self.came()

    def noting(self, handler: Callable[[int, FrameType | None], object]) -> Callable[[int, FrameType | None], None]:
        """Return a handler that notes the signal, and does what `handler` does."""

        def note(number: int, frame: FrameType | None) -> None:
            self.came = partial(handler, number, None)
            handler(number, frame)

        return note


_signals: Final = _Signals()


@contextmanager
def signals_noted() -> Iterator[None]:
    """Note signals that end the process, with the effect that they always have; around many decisions, for speed."""
    if _signals.noted or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = [(number, handler) for number in _ENDING if callable(handler := signal.getsignal(number))]
    for number, handler in before:
        signal.signal(number, _signals.noting(handler))
    _signals.noted = True
    try:
        yield
    finally:
        _signals.noted = False
        for number, handler in before:
            signal.signal(number, handler)


@contextmanager
def _alone(argument: str) -> Iterator[None]:
    """Give the code arguments, streams and a working directory that it may spoil."""
    arguments, stdin, stdout, stderr, folder = sys.argv, sys.stdin, sys.stdout, sys.stderr, _folder()
    depth = sys.getrecursionlimit()
    sys.argv, sys.stdin, sys.stdout = [argument], io.StringIO(), sys.stderr
    try:
        yield
    finally:
        sys.argv, sys.stdin, sys.stdout, sys.stderr = arguments, stdin, stdout, stderr
        if sys.getrecursionlimit() < depth:  # a higher one, which its later decisions may need, harms nobody
            sys.setrecursionlimit(depth)
        if folder is not None and folder != _folder():
            os.chdir(folder)


def _folder() -> str | None:
    try:
        return os.getcwd()
    except OSError:  # it is gone
        return None
