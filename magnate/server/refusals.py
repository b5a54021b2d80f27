"""Lines in the log about who is refused, for people and for fail2ban: one at once, then one for each burst.

Thousands of refusals in a second are two lines. A line holds an address, fixed words and a count, and nothing that a
client has sent: no name (some type their password there), no token. `docs/fail2ban/magnate.conf` reads these lines.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final

import structlog

from magnate.server.addresses import network_of

BURST_SECONDS: Final = 10.0
"""How long a burst is."""
MOST_BURSTS: Final = 1_000
"""Bursts that are counted at once; what more clients do goes without a line until one of these ends."""

_log = structlog.get_logger(__name__)


class Refused(StrEnum):
    """What is refused, as the log names it."""

    LOGIN = "login refused"
    REGISTRATION = "registration refused"
    SOCKET = "socket refused"


@dataclass(slots=True)
class _Burst:
    event: Refused
    address: str
    reason: str
    times: int = 0
    """How many have not been told yet."""


class Refusals:
    """The refusals of one server, by client (an IPv6 network is one), event and reason.

    Args:
        later: calls something after so many seconds; by default the running event loop does.
    """

    def __init__(self, later: Callable[[float, Callable[[], None]], object] | None = None) -> None:
        self._later = later or _later
        self._bursts: dict[tuple[str, Refused, str], _Burst] = {}

    def note(self, event: Refused, address: str, reason: str) -> None:
        """Note a refusal.

        Args:
            event: what was refused.
            address: of the client, as the proxy tells it.
            reason: why, in fixed words.
        """
        key = (network_of(address), event, reason)
        burst = self._bursts.get(key)
        if burst is not None:
            burst.address = address
            burst.times += 1
        elif len(self._bursts) < MOST_BURSTS:
            self._bursts[key] = burst = _Burst(event, address, reason, 1)
            self._tell(key, burst)

    def close(self) -> None:
        """Tell what has not been told yet, because the server stops."""
        for burst in self._bursts.values():
            _write(burst)
        self._bursts.clear()

    def _tell(self, key: tuple[str, Refused, str], burst: _Burst) -> None:
        """Write what has come since the last line, and look again at the end of the burst; a quiet one is over."""
        if self._bursts.get(key) is not burst:
            return
        if not burst.times:
            del self._bursts[key]
            return
        _write(burst)
        self._later(BURST_SECONDS, partial(self._tell, key, burst))


def _later(seconds: float, call: Callable[[], None]) -> None:
    asyncio.get_running_loop().call_later(seconds, call)


def _write(burst: _Burst) -> None:
    if burst.times:
        _log.warning(burst.event.value, address=burst.address, reason=burst.reason, times=burst.times)
        burst.times = 0
