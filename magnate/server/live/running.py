"""How many running games each person is in, how many they have begun just now, and whether they may begin one more."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from magnate.server.clock import GameTime
from magnate.server.config import Settings
from magnate.server.errors import GameRefused, TooManyGames, TooManyStarts
from magnate.server.live.host import GameHost
from magnate.server.live.limits import Bucket

REMEMBERED = 1_000
"""How many people's starts are kept before those are looked for that no longer matter."""


class RunningGames:
    """The games that run, by the people in them. Nobody is in a game any more that they have left."""

    def __init__(self, settings: Settings, game_time: GameTime) -> None:
        """Begin without games."""
        self._settings = settings
        self._game_time = game_time
        self._hosts: dict[int, set[GameHost]] = {}
        self._beginning: Counter[int] = Counter()
        self._starts: dict[int, Bucket] = {}

    def why_not(self, user: int) -> GameRefused | None:
        """Return why a user may not begin one more game, if so; games that are being made count."""
        limit = self._settings.games_per_user
        running = len(self.of(user))
        if running + self._beginning[user] >= limit:
            return TooManyGames(user, limit)
        starts = self._starts.get(user)
        if starts is not None and not starts.has(self._now()):
            return TooManyStarts(user)
        return None

    @contextmanager
    def beginning(self, users: Sequence[int]) -> Iterator[None]:
        """Count a game while it is being made.

        Raises:
            GameRefused: one of the users may not begin it.
        """
        for user in users:
            if refused := self.why_not(user):
                raise refused
        self._note_start(users)
        self._beginning.update(users)
        try:
            yield
        finally:
            self._beginning.subtract(users)
            self._beginning = +self._beginning

    def _note_start(self, users: Sequence[int]) -> None:
        now = self._now()
        if len(self._starts) > REMEMBERED:
            self._starts = {user: starts for user, starts in self._starts.items() if not starts.is_full(now)}
        rate, burst = self._settings.games_per_minute / 60, self._settings.games_burst
        for user in users:
            self._starts.setdefault(user, Bucket(rate, burst, now)).take(now)

    def _now(self) -> float:
        return self._game_time() / 1000

    def of(self, user: int) -> list[GameHost]:
        """Return the games that a user still plays in, newest first."""
        playing = [host for host in self._hosts.get(user, ()) if host.plays(user)]
        return sorted(playing, key=lambda host: -host.seating.game)

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
