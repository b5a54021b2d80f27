"""How much a client may do at once, and how much for long."""

from magnate.server.config import Settings


class Bucket:
    """So many at once, and so many a second for long. Moments are in seconds of any clock that does not go back."""

    __slots__ = ("_burst", "_left", "_rate", "_then")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        """Begin full at `now`."""
        self._rate = rate
        self._burst = burst
        self._left = burst
        self._then = now

    def has(self, now: float) -> bool:
        """Tell whether there is one."""
        return self._left + (now - self._then) * self._rate >= 1

    def is_full(self, now: float) -> bool:
        """Tell whether it is as it was when it began, so that nobody need remember it."""
        return self._left + (now - self._then) * self._rate >= self._burst

    def take(self, now: float) -> bool:
        """Take one; False where there is none."""
        left = self._left + (now - self._then) * self._rate
        if left > self._burst:
            left = self._burst
        self._then = now
        if left < 1:
            self._left = left
            return False
        self._left = left - 1
        return True


class ChatLimit:
    """How much may be said in one room or game, by each user and by all together."""

    def __init__(self, settings: Settings) -> None:
        """Begin where nobody has said anything."""
        self._settings = settings
        self._of_all: Bucket | None = None
        self._of_user: dict[int, Bucket] = {}

    def admits(self, user: int, now: float) -> bool:
        """Count one message; False if it is one too many."""
        settings = self._settings
        own = self._of_user.get(user)
        if own is None:
            own = self._of_user[user] = Bucket(settings.chat_per_second, settings.chat_burst, now)
        if self._of_all is None:
            self._of_all = Bucket(settings.room_chat_per_second, settings.room_chat_burst, now)
        return own.take(now) and self._of_all.take(now)


class FrameLimit(Bucket):
    """How many frames a client may send: a burst, and so many a second for long."""

    __slots__ = ("_excess",)

    def __init__(self, settings: Settings, now: float) -> None:
        """Begin at `now`, in seconds of any clock that does not go back."""
        super().__init__(settings.frames_per_second, settings.frame_burst, now)
        self._excess = 0

    def take(self, now: float) -> bool:
        """Count one frame; False if it is one too many."""
        if not super().take(now):
            self._excess += 1
            return False
        if self._excess and self._left > self._burst / 2:
            self._excess = 0
        return True

    @property
    def is_flood(self) -> bool:
        """Whether a whole burst of frames too many has come."""
        return self._excess > self._burst
