"""Who is signed in where: one session a server, in a JSON file of mode 600."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from magnate.client.errors import SessionFileDamaged, SessionFileError
from magnate.system.files import read_whole, write_whole
from magnate.system.folders import state_folder


def default_path() -> Path:
    """Return where sessions are remembered: in the user's state directory."""
    return state_folder() / "sessions.json"


def is_address(server: str) -> bool:
    """Return whether a session is with a server at an address; one of your own is remembered by its database."""
    return server.startswith(("http://", "https://"))


class Session(Struct, frozen=True):
    """A signed-in user."""

    username: str
    user: int
    """The user id."""
    access: str
    """The access token, good for half an hour."""
    refresh: str
    """The refresh token, good for one exchange within 14 days."""


class SessionFile:
    """The sessions of this user's clients, by the address of the server."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self, server: str) -> Session | None:
        """Return the session with a server, or None if there is none.

        Raises:
            SessionFileError: the file is there and cannot be read.
        """
        return self._read().get(server)

    def servers(self) -> list[str]:
        """Return the servers that somebody is signed in on, in the order of signing in.

        Raises:
            SessionFileError: the file is there and cannot be read.
        """
        return list(self._read())

    def save(self, server: str, session: Session | None) -> None:
        """Remember the session with a server, or forget it (None); the file is replaced in one go.

        Raises:
            SessionFileError: the file cannot be read or written.
        """
        sessions = self._read()
        sessions.pop(server, None)
        if session is not None:
            sessions[server] = session
        with self._refusing():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self.path, msgspec.json.encode(sessions), private=True)

    def set_aside(self) -> Path:
        """Rename the file, which is damaged, so that a new one can begin; return where it lies now.

        Raises:
            SessionFileError: it cannot be renamed.
        """
        with self._refusing():
            return self.path.replace(self.path.with_name(f"{self.path.name}.damaged"))

    def delete(self) -> None:
        """Delete the file: nobody is signed in anywhere, as far as this client remembers.

        Raises:
            SessionFileError: it cannot be deleted.
        """
        with self._refusing():
            self.path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Session]:
        with self._refusing():
            try:
                text = read_whole(self.path)
            except FileNotFoundError:
                return {}
        try:
            return msgspec.json.decode(text, type=dict[str, Session])
        except ValueError as error:
            raise SessionFileDamaged(str(self.path), f"is damaged ({error}); magnate logout deletes it") from error

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """Turn what the file system refuses into a `SessionFileError`."""
        try:
            yield
        except OSError as error:
            raise SessionFileError(str(self.path), error.strerror or str(error)) from error
