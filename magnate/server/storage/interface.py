"""The storage that the server stands on, as an interface; `SqliteStorage` is the embedded one.

Every write is durable when its coroutine returns. Every method raises `StorageError` when the database fails, and its
kind `DamagedDatabase` when only a damaged page is in the way of this call; a write that raised has changed nothing. A
write whose caller is cancelled meanwhile may still happen.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from magnate.server.storage.records import (
    Credentials,
    Game,
    Health,
    LogEntry,
    PlayerResult,
    Purchase,
    QueuePlace,
    Reservation,
    RewardAll,
    RoomCode,
    Rotation,
    StoredResult,
    UnfinishedGame,
    User,
)


class UserStorage(Protocol):
    """Users and what they own."""

    async def create_user(self, username: str, name_key: str, password_hash: str, now_ms: int) -> User:
        """Store a new person; `name_key` is the name in the form that is compared. Raises `NameTaken`.

        Raises:
            NameTaken: another user has that key; `NameLooksTaken` when another name looks like this one.
        """

    async def create_guest(self, names: Sequence[tuple[str, str]], now_ms: int) -> User:
        """Store a guest under the first free of `names`, each with its key. Raises `NameTaken` if none is."""

    async def claim(self, pk: int, username: str, name_key: str, password_hash: str) -> User | None:
        """Make a guest's account lasting; None where the user is no guest. Raises as `create_user` does."""

    async def forget_guests(self, oldest_ms: int, most: int) -> int:
        """Forget at most so many guests who were last here before a moment and play no game; return how many.

        Their finished games stay, with the names that they had.
        """

    async def bot_users(self, level: str, count: int, now_ms: int) -> list[User]:
        """Return `count` different bots of `level`, made where they do not exist yet."""

    async def user(self, pk: int) -> User | None:
        """Return the user `pk`, person or bot."""

    async def usernames(self, pks: Sequence[int]) -> tuple[str, ...]:
        """Return the names of users in that order; one who is not there is named by number."""

    async def users(self) -> list[User]:
        """Return all users, in the order of their ids."""

    async def credentials(self, name_key: str) -> Credentials | None:
        """Return the person (never a bot or a guest) with that name and their password hash."""

    async def set_password(self, pk: int, password_hash: str, *, revoke_sessions: bool) -> None:
        """Replace the password hash of a person; `revoke_sessions` voids all their refresh tokens and cookies."""

    async def grant_points(self, pk: int, points: int) -> int:
        """Add `points` (may be negative; the balance stays at 0 or above) and return the new balance."""

    async def owned_items(self, pk: int) -> frozenset[int]:
        """Return the ids of the shop items that the user owns."""

    async def buy_item(self, pk: int, custom_id: int, price: int, now_ms: int) -> Purchase:
        """Buy an item, in one transaction: paid once, owned once, never below 0 points."""

    async def set_piece(self, pk: int, custom_id: int) -> bool:
        """Choose a piece; False when the user does not own it (0 is everybody's)."""


class SessionStorage(Protocol):
    """Families of refresh tokens: one family a login, of whose tokens only the newest counts."""

    async def open_session(self, family: str, pk: int, token: str, now_ms: int, expires_ms: int) -> None:
        """Store a new family whose current token is `token`."""

    async def rotate_session(self, family: str, old: str, new: str, now_ms: int, expires_ms: int) -> Rotation:
        """Make `new` the current token if `old` is; else revoke the family, unless `new` became it a moment ago."""

    async def session_user(self, family: str, now_ms: int) -> User | None:
        """Return the user of a family that is neither revoked nor expired."""

    async def family_user(self, family: str) -> User | None:
        """Return the user of a family, also of a revoked one; None when this database has never seen it."""

    async def revoke_session(self, family: str, now_ms: int) -> None:
        """Void a family; unknown ones are no error."""

    async def prune_sessions(self, now_ms: int) -> int:
        """Forget expired families and return how many there were."""


class LobbyStorage(Protocol):
    """The public queue and the reserved codes of private rooms."""

    async def enqueue(self, pk: int, now_ms: int) -> None:
        """Give the user a place at the end of the queue; one who has a place keeps it."""

    async def dequeue(self, pk: int) -> None:
        """Take the user out of the queue; no error when not there."""

    async def queue_places(self) -> list[QueuePlace]:
        """Return the places of the queue, oldest first."""

    async def reserve_room(self, code: str, maker: int, now_ms: int, limit: int) -> Reservation:
        """Reserve `code` for `maker`, who may hold `limit` rooms."""

    async def release_room(self, code: str) -> None:
        """Forget a room; no error when unknown."""

    async def rooms(self) -> list[RoomCode]:
        """Return all reserved rooms, oldest first."""


class GameStorage(Protocol):
    """Games, their logs and results."""

    async def create_game(
        self,
        settings: bytes,
        seats: Sequence[int],
        now_ms: int,
        *,
        game_ms: int = 0,
        deadline_ms: int | None = None,
        room: str | None = None,
    ) -> int:
        """Store a new running game and return its id; with it, its users leave the queue and `room` goes.

        `now_ms` is the date, `game_ms` the game time; so is `deadline_ms`, when the first phase times out.
        """

    async def append_log(self, game: int, entries: Sequence[LogEntry], *, left: Iterable[int] = ()) -> None:
        """Append to the log of a running game; the users `left` no longer play in it (surrendered, bankrupt, kicked).

        Raises:
            ValueError: a sequence number is in the log already, or the game is not running.
        """

    async def finish_game(
        self,
        game: int,
        entries: Sequence[LogEntry],
        now_ms: int,
        *,
        results: Sequence[PlayerResult],
        final_money: Mapping[str, int],
        summary: bytes,
        reward: RewardAll,
    ) -> list[StoredResult]:
        """Store the last actions, the end and all that follows from it (points, counts, ratings) in one transaction.

        Args:
            reward: says what the game brings each player.

        Returns the results with ratings. A game that is finished already is left alone: the list is empty.
        """

    async def abort_game(self, game: int, now_ms: int, reason: str) -> None:
        """End a running game that counts for nobody; `reason` is kept as its summary. No error when not running.

        What a damaged page keeps from being stored is left out. Raises `DamagedDatabase` when that is all of it.
        """

    async def running_games(self) -> list[int]:
        """Return the ids of all running games, oldest first."""

    async def unfinished_game(self, game: int) -> UnfinishedGame | None:
        """Return a running game with its log. Raises `DamagedDatabase` where it lies on a damaged page."""

    async def game(self, game: int) -> Game | None:
        """Return a game without its log."""

    async def game_log(self, game: int) -> list[LogEntry]:
        """Return the log of a game in order."""

    async def results(self, game: int) -> list[StoredResult]:
        """Return the results of a finished game, best rank first."""

    async def games(self, *, newest: int) -> list[Game]:
        """Return the `newest` games, newest first."""

    async def finished_games_of(self, pk: int) -> list[int]:
        """Return the ids of the finished games of a user, oldest first."""


class Storage(UserStorage, SessionStorage, LobbyStorage, GameStorage, Protocol):
    """All that the server stores."""

    @property
    def health(self) -> Health:
        """Whether the last write succeeded; recovers by itself."""

    async def game_time(self) -> int:
        """Return the game time that was noted last: what a new run goes on from."""

    async def heartbeat(self, game_ms: int) -> None:
        """Note the game time; call it every second. Writes nothing while no game runs."""

    async def close(self) -> None:
        """Commit what waits, then close. Later calls raise `StorageError`."""
