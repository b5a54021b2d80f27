"""How many running games each person is in, and whether they may begin one more."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from magnate.server.errors import TooManyGames
from magnate.server.live.host import GameHost


class RunningGames:
    """The games that run, by the people in them. Nobody is in a game any more that they have left."""

    def __init__(self, limit: int) -> None:
        """Begin without games; `limit` is how many one person may be in."""
        self._limit = limit
        self._hosts: dict[int, set[GameHost]] = {}
        self._beginning: Counter[int] = Counter()

    def may_begin(self, user: int) -> bool:
        """Return whether a user may be in one more game; those that are being made count."""
        running = sum(host.plays(user) for host in self._hosts.get(user, ()))
        return running + self._beginning[user] < self._limit

    @contextmanager
    def beginning(self, users: Sequence[int]) -> Iterator[None]:
        """Count a game while it is being made.

        Raises:
            TooManyGames: one of the users may not begin it.
        """
        for user in users:
            if not self.may_begin(user):
                raise TooManyGames(user, self._limit)
        self._beginning.update(users)
        try:
            yield
        finally:
            self._beginning.subtract(users)
            self._beginning = +self._beginning

    def add(self, host: GameHost) -> None:
        """Count a game from now on."""
        for user in self._people(host):
            self._hosts.setdefault(user, set()).add(host)

    def remove(self, host: GameHost) -> None:
        """Count a game no more."""
        for user in self._people(host):
            hosts = self._hosts.get(user, set())
            hosts.discard(host)
            if not hosts:
                self._hosts.pop(user, None)

    @staticmethod
    def _people(host: GameHost) -> list[int]:
        return [host.seating.users[seat] for seat in host.state.settings.humans]
