"""Who is at the other end: frames go out, and the connection is closed with a code."""

from typing import Protocol

from magnate.protocol.codec import encode
from magnate.protocol.game import GameMessage
from magnate.protocol.queue import QueueMessage
from magnate.protocol.room import RoomMessage


class Peer(Protocol):
    """One connection of one user; never blocks, and never raises."""

    @property
    def user(self) -> int:
        """The user id."""

    @property
    def is_late_listener(self) -> bool:
        """Whether the first message must be sent a second time, as browsers may lose it."""

    def send(self, frame: str) -> None:
        """Send a text frame after those before it."""

    def close(self, code: int) -> None:
        """Close with a code, after what was sent before."""


def text(message: QueueMessage | RoomMessage | GameMessage) -> str:
    """Return a message as a text frame."""
    return encode(message).decode()
