"""Who is at the other end: frames go out, and the connection is closed with a code."""

from typing import Protocol


class Peer(Protocol):
    """One connection of one user; never blocks, and never raises."""

    @property
    def user(self) -> int:
        """The user id."""

    @property
    def is_late_listener(self) -> bool:
        """Whether the first message must be sent a second time, as browsers may lose it."""

    @property
    def wants_legal(self) -> bool:
        """Whether its frames of a game tell what its seat may do."""

    def send(self, *frames: bytes) -> None:
        """Send text frames, in UTF-8, after those before them."""

    def offer(self, frame: bytes) -> None:
        """Send a text frame that may be left out for a client that reads too slowly, such as chat."""

    def close(self, code: int) -> None:
        """Close with a code, after what was sent before."""
