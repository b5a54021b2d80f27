"""Counts attempts in a sliding window and says when there were too many."""

import math
from collections.abc import Hashable, Iterable, Mapping

from magnate.server.clock import Clock
from magnate.server.errors import TooManyAttempts

MOST_KEYS = 50_000
"""Keys kept at most (20 MB, or 40 of clients that go on); then those not seen for longest are forgotten."""


class Attempts:
    """Attempts by key over the last `window_seconds`."""

    def __init__(self, window_seconds: float, clock: Clock) -> None:
        self._window_ms = int(window_seconds * 1000)
        self._clock = clock
        self._times: dict[Hashable, list[int]] = {}

    def check(self, limits: Mapping[Hashable, int]) -> None:
        """Raise `TooManyAttempts` if any of the keys has had as many attempts as its limit."""
        waits = [self._wait_ms(key, limit) for key, limit in limits.items()]
        if any(waits):
            raise TooManyAttempts(math.ceil(max(waits) / 1000))

    def add(self, limits: Mapping[Hashable, int]) -> None:
        """Count one attempt for each of the keys."""
        for key, limit in limits.items():
            times = self._times.pop(key, [])
            times.append(self._clock())
            del times[:-limit]  # more than the limit tell nothing more
            self._times[key] = times  # put last: the first key is the one not seen for longest
        while len(self._times) > MOST_KEYS:
            del self._times[next(iter(self._times))]

    def take_back(self, keys: Iterable[Hashable]) -> None:
        """Drop the newest attempt of each of the keys."""
        for key in keys:
            if times := self._times.get(key):
                times.pop()

    def forget(self, key: Hashable) -> None:
        """Drop the attempts of a key."""
        self._times.pop(key, None)

    def reached(self, key: Hashable, limit: int) -> bool:
        """Tell whether a key has had as many attempts as a limit."""
        return self._wait_ms(key, limit) > 0

    def _wait_ms(self, key: Hashable, limit: int) -> int:
        times = self._times.get(key)
        if times is None:
            return 0
        oldest = self._clock() - self._window_ms
        while times and times[0] <= oldest:
            del times[0]
        if not times:
            del self._times[key]
        return times[-limit] - oldest if len(times) >= limit else 0
