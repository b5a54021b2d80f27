"""Text to message and back: `decode_…` reads what clients send, `read_…` what the server sends, `encode` writes both.

`decode_…` takes a frame as it came (`str` a text frame, `bytes` a binary one, which is always refused) and returns the
message or a `Refusal`, whatever the frame holds. `read_…` returns the message or an `Unread`, which clients may
log and must otherwise ignore.
"""

from typing import Final, TypeAlias, get_args

import msgspec
from msgspec import Struct

from magnate.protocol.chat import CHAT_RULE, is_relayable, is_speakable
from magnate.protocol.codes import ErrorCode
from magnate.protocol.commands import (
    ActionMessage,
    ActionTradeAnswer,
    ChatMessage,
    CheatMessage,
    GameCommand,
    Here,
    Rematch,
)
from magnate.protocol.game import GameMessage
from magnate.protocol.queue import Cancel, QueueCommand, QueueMessage
from magnate.protocol.reading import parse_object, read_fields
from magnate.protocol.refusal import INVALID_JSON, Refusal, invalid_data, refusal
from magnate.protocol.room import RoomCommand, RoomMessage, SendChat, UpdateSettings

ALIASES: Final = {"RollDice": "ActionThrowDices"}
"""Other names by which actions are read."""

_ACTIONS: Final[dict[str, type[ActionMessage]]] = {kind.__name__: kind for kind in get_args(ActionMessage)}
_CHEATS: Final[dict[str, type[CheatMessage]]] = {kind.__name__: kind for kind in get_args(CheatMessage)}
_ROOM_COMMANDS: Final[dict[str, type[RoomCommand]]] = {
    kind.__struct_config__.tag: kind for kind in get_args(RoomCommand)
}
_SET_BY_SERVER: Final = ("game", "player")


def decode_queue(frame: str | bytes) -> QueueCommand | Refusal:
    """Read a frame of the queue's socket."""
    fields = parse_object(frame)
    if fields is None:
        return INVALID_JSON
    return Cancel() if fields.get("action") == "cancel" else refusal(ErrorCode.INVALID_DATA)


def decode_room(frame: str | bytes) -> RoomCommand | Refusal:
    """Read a frame of a room's socket; the message of a `SendChat` is trimmed."""
    fields = parse_object(frame)
    if fields is None:
        return INVALID_JSON
    name = fields.get("command")
    kind = _ROOM_COMMANDS.get(name) if isinstance(name, str) else None
    if kind is None:
        return refusal(ErrorCode.INVALID_COMMAND)
    command = read_fields(fields, kind)
    if isinstance(command, Refusal):
        return refusal(ErrorCode.INVALID_SETTINGS if kind is UpdateSettings else ErrorCode.INVALID_DATA)
    if isinstance(command, SendChat):
        return SendChat(command.message.strip()) if is_speakable(command.message) else refusal(ErrorCode.INVALID_DATA)
    return command


def decode_game(frame: str | bytes, *, debug_commands: bool = False) -> GameCommand | Refusal:
    """Read a frame of a game's socket; debug commands are unknown unless they are allowed."""
    fields = parse_object(frame)
    if fields is None:
        return INVALID_JSON
    name = fields.get("type")
    if not isinstance(name, str):
        return invalid_data("type", "is missing" if name is None else "expected str")
    if name == "ChatMessage":
        return _read_chat(fields)
    if name == "Rematch":
        return Rematch()
    if name == "Here":
        return Here()
    if name == "Cheat" and debug_commands:
        return _read_cheat(fields)
    name = ALIASES.get(name, name)
    kind = _ACTIONS.get(name)
    if kind is None:
        return invalid_data("type", "is no known action")
    command = read_fields(fields, kind, but=_SET_BY_SERVER)
    if isinstance(command, ActionTradeAnswer) and command.choose is None and command.accept is None:
        return invalid_data("choose", "is missing")
    return command


def _read_chat(fields: dict[str, object]) -> ChatMessage | Refusal:
    chat = read_fields(fields, ChatMessage)
    if isinstance(chat, Refusal):
        return chat
    fits = is_speakable(chat.msg) if isinstance(chat.msg, str) else is_relayable(chat.msg)
    return chat if fits else invalid_data("msg", CHAT_RULE)


def _read_cheat(fields: dict[str, object]) -> CheatMessage | Refusal:
    name = fields.get("cheat")
    kind = _CHEATS.get(name) if isinstance(name, str) else None
    return invalid_data("cheat", "is no known debug command") if kind is None else read_fields(fields, kind)


class Unread(Struct, frozen=True):
    """A frame of the server that this client does not know."""

    why: str


_QUEUE: Final[msgspec.json.Decoder[QueueMessage]] = msgspec.json.Decoder(QueueMessage)
_ROOM: Final[msgspec.json.Decoder[RoomMessage]] = msgspec.json.Decoder(RoomMessage)
_GAME: Final[msgspec.json.Decoder[GameMessage]] = msgspec.json.Decoder(GameMessage)


def read_queue(frame: str | bytes) -> QueueMessage | Unread:
    """Read a frame that the server sent on the queue's socket; keys that are not known are ignored."""
    try:
        return _QUEUE.decode(frame)
    except (ValueError, RecursionError) as error:
        return Unread(str(error))


def read_room(frame: str | bytes) -> RoomMessage | Unread:
    """Read a frame that the server sent on a room's socket; keys that are not known are ignored."""
    try:
        return _ROOM.decode(frame)
    except (ValueError, RecursionError) as error:
        return Unread(str(error))


def read_game(frame: str | bytes) -> GameMessage | Unread:
    """Read a frame that the server sent on a game's socket; keys that are not known are ignored."""
    try:
        return _GAME.decode(frame)
    except (ValueError, RecursionError) as error:
        return Unread(str(error))


_ENCODER: Final = msgspec.json.Encoder()


AnyMessage: TypeAlias = QueueCommand | QueueMessage | RoomCommand | RoomMessage | GameCommand | GameMessage


def encode(message: AnyMessage) -> bytes:
    """Return a message as the UTF-8 of its text frame."""
    return _ENCODER.encode(message)
