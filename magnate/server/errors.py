"""What can go wrong in the server, as a tree; each class keeps its facts as attributes and words them itself.

    ServerError
    ├── ConfigError            a setting has a bad value or an unknown name
    ├── StorageError           the database cannot be read or written just now
    │   ├── DamagedDatabase    a page of the database is damaged; others may be sound
    │   └── DatabaseRefused    the database must not be opened at all
    │       ├── ForeignDatabase    it belongs to another program
    │       ├── NewerDatabase      a newer Magnate wrote it
    │       └── DatabaseInUse      another server has it open
    ├── InvalidFields          fields of a request are refused, each with its reasons
    ├── NameTaken              another user has that name
    │   └── NameLooksTaken         or one that looks the same
    ├── UnknownUser            no person has that name
    ├── UnknownGame            no game has that id
    ├── NotReplayable          a game cannot be played again by the rules alone
    ├── CannotWrite            a file that was asked for cannot be written
    ├── GameRefused            a user may not begin one more game
    │   ├── TooManyGames           being in as many running games as one may
    │   └── TooManyStarts          having begun too many just now
    ├── TooManyRooms           the user holds as many private rooms as one may
    ├── BadCredentials         wrong name or password
    ├── TooManyAttempts        a limit on attempts is reached
    │   └── TooBusy            or too many passwords wait to be checked just now
    └── BadToken               a token is malformed, expired or revoked

The root of all is `MagnateError`.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from magnate.errors import MagnateError
from magnate.protocol.codes import ErrorCode
from magnate.texts import count_of


class ServerError(MagnateError):
    """The root of this branch."""


class ConfigError(ServerError):
    """A setting cannot be used. `name` is the setting, `origin` where the value came from."""

    def __init__(self, name: str, origin: str, reason: str) -> None:
        super().__init__(f"{origin}: {name}: {reason}" if name else f"{origin}: {reason}")
        self.name = name
        self.origin = origin
        self.reason = reason


class StorageError(ServerError):
    """The database at `path` could not be read or written. Nothing of the refused change is stored."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class DamagedDatabase(StorageError):
    """What was to be read or written lies on a damaged page of the database at `path`; other pages may be sound."""


class DatabaseRefused(StorageError):
    """The database at `path` must not be opened by this program; the file was left as it was."""


class ForeignDatabase(DatabaseRefused):
    """The file at `path` is not a Magnate database."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "is not a Magnate database; choose another path with --db")


class NewerDatabase(DatabaseRefused):
    """A newer Magnate has written the database; `unknown` are the schema steps this one does not know."""

    def __init__(self, path: Path, unknown: Sequence[str]) -> None:
        super().__init__(path, f"was written by a newer Magnate (schema step {unknown[-1]}); upgrade this one")
        self.unknown = tuple(unknown)


class DatabaseInUse(DatabaseRefused):
    """Another server process holds the database."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "is in use by a running server")


class InvalidFields(ServerError):
    """Fields of a request are refused. `fields` maps a field to its reasons, one sentence each."""

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        super().__init__("; ".join(f"{name}: {' '.join(reasons)}" for name, reasons in fields.items()))
        self.fields = {name: list(reasons) for name, reasons in fields.items()}


class NameTaken(ServerError):
    """Another user has the name `username`, or one that differs from it only in case or form."""

    def __init__(self, username: str) -> None:
        super().__init__(f"a user named {username!r} already exists")
        self.username = username


class NameLooksTaken(NameTaken):
    """Another user's name looks like `username`."""


class UnknownUser(ServerError):
    """No person has the name `username`."""

    def __init__(self, username: str) -> None:
        super().__init__(f"there is no user named {username!r}")
        self.username = username


class UnknownGame(ServerError):
    """No game has the id `game`."""

    def __init__(self, game: int) -> None:
        super().__init__(f"there is no game {game}")
        self.game = game


class NotReplayable(ServerError):
    """The game `game` cannot be played again from its log; `reason` says why."""

    def __init__(self, game: int, reason: str) -> None:
        super().__init__(f"game {game} cannot be replayed: {reason}")
        self.game = game
        self.reason = reason


class CannotWrite(ServerError):
    """The file at `path` could not be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: cannot be written: {reason}")
        self.path = path
        self.reason = reason


class NoGuests(ServerError):
    """Somebody asks to be a guest where the server has none."""

    def __init__(self) -> None:
        super().__init__("this server has no guests; please make an account")


class NotAGuest(ServerError):
    """An account is claimed that is lasting already."""

    def __init__(self) -> None:
        super().__init__("this account has a password already")


class TooManyRooms(ServerError):
    """The user already holds `limit` private rooms."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"you already hold {count_of(limit, 'private room')}")
        self.limit = limit


class GameRefused(ServerError):
    """The user `user` may not begin one more game; `code` is what clients are told."""

    code: ClassVar[ErrorCode]

    def __init__(self, user: int, why: str) -> None:
        super().__init__(f"user {user} {why}")
        self.user = user


class TooManyGames(GameRefused):
    """The user is in `limit` running games."""

    code = ErrorCode.TOO_MANY_GAMES

    def __init__(self, user: int, limit: int) -> None:
        super().__init__(user, f"is in {count_of(limit, 'running game')} already")
        self.limit = limit


class TooManyStarts(GameRefused):
    """The user has begun more games in a short time than one may."""

    code = ErrorCode.TOO_MANY_STARTS

    def __init__(self, user: int) -> None:
        super().__init__(user, "has begun too many games just now")


class BadCredentials(ServerError):
    """The name and password do not belong together; does not say which of the two is wrong."""

    def __init__(self) -> None:
        super().__init__("bad credentials")


class TooManyAttempts(ServerError):
    """A limit on attempts is reached; try again in `retry_seconds`."""

    def __init__(self, retry_seconds: int) -> None:
        super().__init__(f"too many attempts, try again in {count_of(retry_seconds, 'second')}")
        self.retry_seconds = retry_seconds


class TooBusy(TooManyAttempts):
    """Too many passwords wait to be checked, whoever sent them; try again in `retry_seconds`."""


class BadToken(ServerError):
    """A token is malformed, expired, revoked or of the wrong kind."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
