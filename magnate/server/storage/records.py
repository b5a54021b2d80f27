"""What is stored, as plain values. Money is in whole units, `pk` is a user's id.

Times are milliseconds since 1970; deadlines are in game time (see `magnate.server.clock`).
"""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import TypeAlias

from msgspec import Struct, field

STARTING_ELO = 1000


class User(Struct, frozen=True):
    """A person, or a bot that plays at `bot_level`."""

    pk: int
    username: str
    points: int
    """What the user can spend in the shop."""
    exp: int
    """All points ever earned; never spent."""
    elo: int
    joined_ms: int
    played: int
    won: int
    piece: int
    """The chosen piece of the shop; 0 is the piece that everybody has."""
    bot_level: str | None
    """None for a person."""
    active_game: int | None
    """The newest running game that the user still plays in."""
    is_guest: bool = False
    """Whether the user has no password, and is forgotten after a while."""

    @property
    def is_bot(self) -> bool:
        """Tell whether no person can log in as this user."""
        return self.bot_level is not None


class Credentials(Struct, frozen=True):
    """A person and the hash of their password."""

    user: User
    password_hash: str


class Purchase(Struct, frozen=True):
    """How a purchase ended: `refusal` is None when the item was bought, `points` is what remains."""

    points: int
    refusal: "PurchaseRefusal | None"


class PurchaseRefusal(Enum):
    """Why an item was not bought."""

    OWNED = "already owned"
    TOO_EXPENSIVE = "not enough points"


class Rotation(Enum):
    """How the exchange of a refresh token ended."""

    DONE = "rotated"
    REUSED = "an old token was used again: its family is revoked"
    REVOKED = "unknown, revoked or expired family"


class Reservation(Enum):
    """How the reservation of a room code ended."""

    DONE = "reserved"
    CODE_TAKEN = "the code is in use"
    TOO_MANY = "the user holds as many rooms as allowed"


class RoomCode(Struct, frozen=True):
    """A reserved code of a private room."""

    code: str
    maker: int
    reserved_ms: int


class QueuePlace(Struct, frozen=True):
    """A place in the public queue."""

    user: int
    joined_ms: int


class LogEntry(Struct, frozen=True):
    """One accepted action of a game, with all that is needed to do it again."""

    seq: int
    """The number that the action got; grows by one from 1."""
    seat: int | None
    """Whose action it was; None for what the server did without a seat (a debug command)."""
    clock_ms: int
    """When the action was accepted."""
    deadline_ms: int | None
    """When the phase that the action led to times out, in game time."""
    payload: bytes
    """The action with its random outcomes, as the game host encodes it."""


class GameStatus(Enum):
    """Where in its life a game is."""

    RUNNING = "running"
    FINISHED = "finished"
    ABORTED = "aborted"
    """Ended by the operator or because it could not be restored; counts for nobody."""


class Game(Struct, frozen=True):
    """A game without its log."""

    id: int
    settings: bytes
    """The settings of the game, as the game host encodes them; no seed."""
    seats: tuple[int, ...]
    """The users in seat order."""
    status: GameStatus
    created_ms: int
    finished_ms: int | None
    final_money: dict[str, int] | None
    """Final worth by username; empty until the game is finished, None where it is damaged."""
    summary: bytes
    """What else is to be remembered of the end, as the game host encodes it; empty until then."""


class UnfinishedGame(Struct, frozen=True):
    """A running game as it is restored at start-up."""

    game: Game
    log: list[LogEntry]
    deadline_ms: int | None
    """When the current phase times out, in game time."""


class PlayerResult(Struct, frozen=True):
    """How one user did in a finished game."""

    user: int
    seat: int
    rank: int
    """1 for the winners; equal for a tie."""
    worth: int
    points: int
    """Points (and exp) that a full game brings: the final worth of a person who remained, else 0."""

    @property
    def won(self) -> bool:
        """Tell whether this user won or shared the win."""
        return self.rank == 1


class Rating(Struct, frozen=True):
    """A belief about strength, as a normal distribution; the `elo` shown is `mu`, rounded."""

    mu: float = float(STARTING_ELO)
    sigma: float = STARTING_ELO / 3


class Before(Struct, frozen=True):
    """What counted for a player before a game."""

    rating: Rating
    met: tuple[int, ...]
    """How many games the player has finished with each of the others that day, in the order of results."""


class Reward(Struct, frozen=True):
    """What a game brings a player."""

    points: int
    rating: Rating
    length_share: float = 1.0
    """How much the game counted for its length, from 0 to 1."""
    meetings_share: float = 1.0
    """How much it counted for how often the player had met the others that day, from 0 to 1."""


RewardAll: TypeAlias = Callable[[Sequence[PlayerResult], Sequence[Before]], Sequence[Reward]]
"""Says what a game brings each player, in the order of results."""


class StoredResult(Struct, frozen=True):
    """A result as it was stored, with the rating before and after."""

    game: int
    user: int
    seat: int
    rank: int
    worth: int
    points: int
    elo_before: int
    elo_after: int
    length_share: float | None = None
    """As in `Reward`; None for games that ended before this was noted."""
    meetings_share: float | None = None


class Health(Struct, frozen=True):
    """Whether writes succeed; `reason` says why not."""

    ok: bool
    reason: str = field(default="")
