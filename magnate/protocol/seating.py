"""Who sits where: the wire speaks of user ids, the engine of seats."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Seating:
    """The users of one game by seat, and what else was settled before it began; never changes."""

    game: int
    """The game id."""
    users: tuple[int, ...]
    """User ids by seat."""
    names: tuple[str, ...]
    """Usernames by seat."""
    started: str
    """When the game began, ISO 8601."""
    levels: Mapping[int, str] = field(default_factory=dict)
    """The level of each seat that a bot plays, as far as it is known."""
    hints: bool = False
    """Whether clients may give hints although other people play."""
    seat_of: Mapping[int, int] = field(init=False)
    """Seats by user id."""

    def __post_init__(self) -> None:
        """Check and index the users.

        Raises:
            ValueError: a user sits twice, or names and users differ in number.
        """
        self.seat_of = {user: seat for seat, user in enumerate(self.users)}
        if len(self.seat_of) != len(self.users) or len(self.names) != len(self.users):
            raise ValueError(f"users {self.users} with the names {self.names} cannot be seated")

    def by_user(self, values: Sequence[int]) -> dict[int, int]:
        """Return one value a seat as a mapping by user id."""
        return dict(zip(self.users, values, strict=True))

    def users_at(self, seats: Iterable[int]) -> tuple[int, ...]:
        """Return the user ids of seats."""
        return tuple([self.users[seat] for seat in seats])
