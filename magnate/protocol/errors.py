"""What can go wrong between a client and a server that do not fit each other; reading a frame never raises.

The tree of errors::

    MagnateError
    └── ProtocolError
        ├── OtherBoard     the server plays on a board that this client does not have (`theirs`, `ours`)
        └── BadState       a state or response that no game can have (`what`)
"""

from magnate.errors import MagnateError


class ProtocolError(MagnateError):
    """The root of the protocol's errors."""


class OtherBoard(ProtocolError):
    """The server plays on another board; a client of the server's version knows it."""

    def __init__(self, theirs: str, ours: str) -> None:
        super().__init__(theirs, ours)
        self.theirs = theirs
        """SHA-256 of the server's board."""
        self.ours = ours
        """SHA-256 of this client's."""

    def __str__(self) -> str:
        return "the server plays on another board: use a client of the same version"


class BadState(ProtocolError):
    """The server sent a state or response that no game can have."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
        """What is wrong with it."""

    def __str__(self) -> str:
        return f"the server sent a state that cannot be: {self.what}"
