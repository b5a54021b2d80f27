"""The sockets and their messages as one table, from which the schemas and documents are made."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias, get_args

from msgspec import Struct

from magnate.protocol.codec import AnyMessage
from magnate.protocol.codes import CloseCode
from magnate.protocol.commands import ActionMessage, ChatMessage, CheatMessage, Here, Rematch
from magnate.protocol.examples import examples
from magnate.protocol.game import GameAction, GameError, GameMessage, GameResponse, GameState, RematchBegins, Viewers
from magnate.protocol.legal import ASKS
from magnate.protocol.queue import Cancel, QueueMessage
from magnate.protocol.responses import ResponseMessage
from magnate.protocol.room import RoomCommand, RoomMessage

MessageType: TypeAlias = type[Struct]


@dataclass(frozen=True, slots=True)
class Socket:
    """One of the kinds of WebSocket."""

    name: str
    """`queue`, `room`, `game` or `watch`."""
    title: str
    addresses: tuple[str, ...]
    """The paths, the usual one first; each also without the trailing slash."""
    commands: tuple[MessageType, ...]
    """What clients send."""
    messages: tuple[MessageType, ...]
    """What the server sends."""
    closes: tuple[CloseCode, ...]
    """The close codes that belong to this socket, beside those of every socket."""
    query: tuple[tuple[str, str], ...] = ()
    """Fields of the query, beside the token, and what each does."""


ACTIONS: Final[tuple[MessageType, ...]] = get_args(ActionMessage)
CHEATS: Final[tuple[MessageType, ...]] = get_args(CheatMessage)
RESPONSES: Final[tuple[MessageType, ...]] = get_args(ResponseMessage)

SOCKETS: Final = (
    Socket(
        "queue",
        "Public queue",
        ("/ws/queue/", "/ws/queue/public/"),
        (Cancel,),
        get_args(QueueMessage),
        (CloseCode.NORMAL, CloseCode.CANCELLED, CloseCode.GAME_FOUND),
    ),
    Socket(
        "room",
        "Private room",
        ("/ws/room/{room_code}/", "/ws/queue/private/{room_code}/"),
        get_args(RoomCommand),
        get_args(RoomMessage),
        (CloseCode.GAME_FOUND, CloseCode.REFUSED),
    ),
    Socket(
        "game",
        "Game",
        ("/ws/game/{game_id}/",),
        (*ACTIONS, ChatMessage, Here, Rematch, *CHEATS),
        get_args(GameMessage),
        (CloseCode.REFUSED,),
        (
            (
                ASKS,
                "1: frames tell what is legal and how many watch, and players who ask for a rematch are told.",
            ),
        ),
    ),
    Socket(
        "watch",
        "Watching a game",
        ("/ws/watch/{game_id}/",),
        (),
        (GameState, GameAction, GameResponse, GameError, RematchBegins, Viewers),
        (CloseCode.REFUSED,),
    ),
)
"""Every socket, in the order in which a player meets them."""

EVERYWHERE: Final = (
    CloseCode.GOING_AWAY,
    CloseCode.FLOOD,
    CloseCode.TOO_BIG,
    CloseCode.SLOW_READER,
    CloseCode.UNAUTHORIZED,
)
"""The close codes of every socket."""


def message_types() -> tuple[MessageType, ...]:
    """Return every message of the wire, each once."""
    return tuple(dict.fromkeys(kind for socket in SOCKETS for kind in (*socket.commands, *socket.messages)))


def examples_of(kind: MessageType) -> tuple[AnyMessage, ...]:
    """Return the examples of a message; of a type of response, the frames that carry it."""
    return tuple(_examples_of(kind))


def _examples_of(kind: MessageType) -> Iterator[AnyMessage]:
    for message in examples():
        if isinstance(message, kind) or (isinstance(message, GameAction | GameResponse) and type(message.data) is kind):
            yield message
