"""What can go wrong between a client and a server.

The tree of errors::

    MagnateError
    └── ClientError
        ├── ServerUnreachable   nobody answers there (`url`, `why`)
        ├── BadAddress          that can be no address of a server (`address`, `why`)
        ├── NotMagnate          something answers, but no Magnate server of this version (`url`, `what`)
        │   └── NothingThere    the host knows no such path (`url`)
        ├── CallRefused         the server refuses a call (`status`, `detail`, `fields`)
        │   └── SignInNeeded    no session, or one that is void: sign in again
        ├── SocketClosed        the server closed a socket (`code`, `what`)
        └── SessionFileError    the file with the session cannot be used (`path`, `why`)
            └── SessionFileDamaged   what is in it makes no sense: it may be put aside
"""

from collections.abc import Mapping, Sequence

from magnate.errors import MagnateError
from magnate.printable import plain

LONGEST = 1000
"""The most characters of a server's sentence."""


class ClientError(MagnateError):
    """The root of the client's errors."""


class ServerUnreachable(ClientError):
    """Nobody answers at that address."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(url, why)
        self.url = url
        """Where the client asked."""
        self.why = plain(why, LONGEST)
        """What the network said."""

    def __str__(self) -> str:
        return f"no answer from {self.url}: {self.why}"


class NotMagnate(ClientError):
    """Something answers there, but no Magnate server that this client understands."""

    def __init__(self, url: str, what: str) -> None:
        super().__init__(url, what)
        self.url = url
        """Where the client asked."""
        self.what = plain(what, LONGEST)
        """What it got."""

    def __str__(self) -> str:
        return f"{self.url} is no Magnate server that this client understands: {self.what}"


class NothingThere(NotMagnate):
    """Something answers there, and says that it knows no such path."""

    def __init__(self, url: str) -> None:
        super().__init__(url, "HTTP 404")

    def __str__(self) -> str:
        return f"there is no Magnate at {self.url} (HTTP 404): check the address"


class BadAddress(ClientError):
    """That can be no address of a server."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(address, why)
        self.address = address
        """What was given."""
        self.why = why
        """What is wrong with it."""

    def __str__(self) -> str:
        return f"{self.address!r} is no address of a server: {self.why}"


class CallRefused(ClientError):
    """The server refuses a call."""

    def __init__(self, status: int, detail: str, fields: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(status, detail, fields)
        self.status = status
        """The HTTP status."""
        self.detail = plain(detail, LONGEST)
        """One sentence; the first fault where there are several."""
        given = (fields or {}).items()
        self.fields = {name: tuple([plain(each, LONGEST) for each in faults]) for name, faults in given}
        """What is wrong with each field of the request."""

    def __str__(self) -> str:
        return self.detail


class SignInNeeded(CallRefused):
    """There is no session, or it is void: sign in again."""


class SocketClosed(ClientError):
    """The server closed a socket."""

    def __init__(self, code: int, what: str = "") -> None:
        super().__init__(code, what)
        self.code = code
        """One of the close codes of the protocol, or of the WebSocket standard."""
        self.what = plain(what, LONGEST)
        """What the server said before it closed, where it said something."""

    def __str__(self) -> str:
        return self.what or f"the server closed the connection (code {self.code})"


class SessionFileError(ClientError):
    """The file that remembers the session cannot be read or written."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(path, why)
        self.path = path
        """The file."""
        self.why = why
        """What is wrong with it."""

    def __str__(self) -> str:
        return f"session file {self.path}: {self.why}"


class SessionFileDamaged(SessionFileError):
    """What is in the file that remembers the session makes no sense."""
