"""Processes that this one starts to run other people's code in, and how it is told that one is gone."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from magnate.system import endings, streams

if TYPE_CHECKING:  # there is no forking on Windows
    from multiprocessing.context import ForkContext, SpawnContext


def child_context() -> "ForkContext | SpawnContext":
    """Return the quickest safe way to start a process: to fork, as long as this one has a single thread."""
    if sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


def serve_parent() -> None:
    """Make this process a child: signals to end are for its parent, it ends with that, and it writes no results."""
    for number in endings.SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Results go through a pipe. What other people's code writes, its threads too, and at the exit, goes to stderr.
    streams.give_output_up()


@contextmanager
def ended_by_pipe() -> Iterator[None]:
    """End this process without a word where its pipe to the parent is gone; other people's code may have closed it."""
    try:
        yield
    except (EOFError, OSError):
        sys.exit(1)


def bare(error: Exception) -> Exception:
    """Return an error without what it came from, to send it to another process, which may not have such classes."""
    error.__cause__ = error.__context__ = error.__traceback__ = None
    return error


def how_it_ended(status: int | None) -> str:
    """Return in words how a process ended: its exit code, or minus the signal that ended it."""
    if status is None:
        return "nobody knows how"
    return f"ended by signal {-status}" if status < 0 else f"exit code {status}"


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    try:
        if parent is not None:
            parent.join()
    finally:
        os._exit(1)
