"""Ctrl-C, SIGTERM and SIGHUP at any moment but one: while results are being written, they wait until they are."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import Self

from magnate.system import endings


class Interrupts:
    """Raises KeyboardInterrupt where a signal asks to end, but not inside `held`. Works in the main thread alone."""

    def __init__(self) -> None:
        self._holding = False
        self._pending = False
        self._handled = ExitStack()

    def __enter__(self) -> Self:
        self._handled.enter_context(endings.handled(self._on_signal))
        return self

    def __exit__(self, *_: object) -> None:
        self._handled.close()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        endings.note(number)
        if not self._holding:
            raise KeyboardInterrupt
        self._pending = True

    @contextmanager
    def held(self) -> Iterator[None]:
        """Put an interruption off until the block is done."""
        self._holding = True
        try:
            yield
        finally:
            self._holding = False
        if self._pending:
            self._pending = False
            raise KeyboardInterrupt
