"""Notices when the process runs out of file descriptors: new connections are then refused, and nobody hears of it."""

import os
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

import structlog

PROBE_SECONDS: Final = 1.0
"""How often it is tried whether some are left."""
FEW: Final = 8
"""How many must be left: the event loop keeps one to turn connections away with, the database opens files."""
REMIND_SECONDS: Final = 60.0
"""How often it is said again while there are fewer."""

_log = structlog.get_logger(__name__)


def need(count: int) -> None:
    """Raise `OSError` unless so many descriptors can be had now."""
    taken: list[int] = []
    try:
        for _ in range(count):
            taken.append(os.open(os.devnull, os.O_RDONLY))
    finally:
        for descriptor in taken:
            os.close(descriptor)


class Descriptors:
    """Says when there are few descriptors left, once a minute for as long as that is so, and when there are more again.

    Args:
        clients: the addresses of all connections, each as often as it has one.
        clock: seconds of any clock that does not go back.
    """

    def __init__(self, clients: Callable[[], Iterable[str]], clock: Callable[[], float]) -> None:
        self._clients = clients
        self._clock = clock
        self._said: float | None = None

    async def probe(self) -> None:
        """Look now."""
        try:
            need(FEW)
        except OSError as error:
            self._say(error.strerror)
        else:
            if self._said is not None:
                self._said = None
                _log.warning("there are file descriptors again")

    def _say(self, reason: str | None) -> None:
        now = self._clock()
        if self._said is None or now - self._said >= REMIND_SECONDS:
            self._said = now
            ((address, connections),) = Counter(self._clients()).most_common(1) or [("", 0)]
            # Not called `address`: it may be the proxy's, which has all connections, and must not be banned.
            _log.error("file descriptors run out", reason=reason, busiest=address, connections=connections)
