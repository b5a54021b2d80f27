"""How a command is asked to end: Ctrl-C, `kill` (SIGTERM) and a closed terminal (SIGHUP) all end it in the same way.

Each of them raises `KeyboardInterrupt` where the main thread stands (asyncio cancels its main task instead, as it does
for Ctrl-C), so whatever tidies up after Ctrl-C tidies up after all of them. The exit code tells them apart.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn

SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)
"""The signals that ask to end, as far as this system has them: Windows has no SIGHUP, and alone has SIGBREAK."""

Handler = Callable[[int, FrameType | None], None]


class _Asked:
    """The signal that asked first."""

    number: int | None = None


def wanted() -> tuple[signal.Signals, ...]:
    """Return the signals that count here: not those that this process was told to ignore (`nohup`, a shell's `&`).

    Only the main thread hears signals, so in another none counts.
    """
    if threading.current_thread() is not threading.main_thread():
        return ()
    return tuple(number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN)


def note(number: int) -> None:
    """Remember which signal asked, for the exit code."""
    _Asked.number = _Asked.number or number


def exit_code() -> int:
    """Return what a command exits with that was asked to end: 128 and the number of the signal, as in shells."""
    return 128 + (_Asked.number or signal.SIGINT)


@contextmanager
def handled(handler: Handler, numbers: tuple[signal.Signals, ...] | None = None) -> Iterator[None]:
    """Have `handler` called for the signals that count here (or for these)."""
    before = {number: signal.signal(number, handler) for number in (wanted() if numbers is None else numbers)}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


@contextmanager
def heard() -> Iterator[None]:
    """Let every signal that asks to end do what Ctrl-C does at that moment, whoever handles Ctrl-C."""
    _Asked.number = None
    with handled(_as_ctrl_c, tuple(number for number in wanted() if number != signal.SIGINT)):
        yield


def _as_ctrl_c(number: int, frame: FrameType | None) -> None:
    note(number)
    handler = signal.getsignal(signal.SIGINT)
    if callable(handler):
        handler(number, frame)
    else:  # Ctrl-C is ignored here, this is not
        raise KeyboardInterrupt


def ask() -> None:
    """End this process as SIGTERM would, from any thread."""
    if sys.platform == "win32":
        signal.raise_signal(signal.SIGTERM)
    else:
        # To the main thread by name, so that it wakes up from what it waits for.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)


def hear_of_children() -> None:
    """Have the ends of children told, also where this process was told to ignore them, as some programs start others.

    Else nobody learns how a child ended, and asyncio writes a warning for each.
    """
    if hasattr(signal, "SIGCHLD") and signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def tell_of_exit(told: Callable[[int], object]) -> None:
    """Have `os._exit`, by which other people's code ends a process unheard, call `told` with its code and exit with 1.

    Children that are forked from this process end as they like.
    """
    process, end = os.getpid(), os._exit

    def tell_and_end(status: int) -> NoReturn:
        if os.getpid() != process:
            end(status)
        told(status)
        end(1)

    os._exit = tell_and_end
