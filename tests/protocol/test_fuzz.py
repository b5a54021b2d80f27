"""Whatever a client or a server sends is read or refused, never an exception; what is written is read back."""

import json
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import Struct

from magnate.engine.game import why_not
from magnate.protocol.catalogue import ACTIONS, CHEATS, RESPONSES, SOCKETS
from magnate.protocol.chat import is_relayable, is_speakable
from magnate.protocol.codec import (
    Unread,
    decode_game,
    decode_queue,
    decode_room,
    encode,
    read_game,
    read_queue,
    read_room,
)
from magnate.protocol.commands import ChatMessage, Cheat, Here, Rematch
from magnate.protocol.game import GameChat, GameResponse
from magnate.protocol.refusal import Refusal, game_error, queue_error, room_error
from magnate.protocol.room import BotLevel, SendChat
from magnate.protocol.translate import to_engine_action
from tests.protocol.games import scripted, seating
from tests.protocol.strategies import ANY_JSON, messages_of

QUEUE, ROOM, GAME, _WATCH = SOCKETS
NAMES = [kind.__name__ for kind in GAME.commands] + ["RollDice", "Cheat"]
KEYS = sorted({name for kind in GAME.commands for name in kind.__struct_fields__} | {"type", "cheat", "command"})
NUMBERS = st.integers() | st.integers(-300, 300) | st.integers(-300, 300).map(float) | st.integers(0, 300).map(str)
VALUES = NUMBERS | st.lists(NUMBERS, max_size=4) | ANY_JSON

OBJECTS = st.builds(
    lambda name, fields: {**fields, "type": name, "cheat": name},
    st.sampled_from(NAMES),
    st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8),
)
ROOM_OBJECTS = st.fixed_dictionaries(
    {"command": st.sampled_from(["ready_status", "start_game", "chat_message", "update_settings"])},
    optional={
        "is_ready": VALUES,
        "message": st.text(),
        "bot_level": st.sampled_from(list(BotLevel)) | ANY_JSON,
        "target_players": VALUES,
    },
)
FRAMES = st.text() | st.binary() | (ANY_JSON | OBJECTS | ROOM_OBJECTS).map(json.dumps)


def check_refusal(refused: Refusal) -> None:
    """Hold what the sender is told: a known error that carries nothing of what was sent, least of all escapes."""
    for error in (queue_error(refused), room_error(refused), game_error(refused)):
        assert refused.message in json.loads(encode(error))["message"]
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in refused.message)
    assert len(refused.message) < 120


@given(FRAMES)
@example("\ud800")
@example('{"type": "ActionMoveTo", "square": "' + "9" * 60_000 + '"}')
@example("[" * 60_000)
def test_any_frame_is_a_message_or_a_refusal_on_every_socket(frame: str | bytes) -> None:
    for command in (
        decode_queue(frame),
        decode_room(frame),
        decode_game(frame),
        decode_game(frame, debug_commands=True),
    ):
        if isinstance(command, Refusal):
            check_refusal(command)
        else:
            assert isinstance(command, (*QUEUE.commands, *ROOM.commands, *GAME.commands))
            assert isinstance(frame, str)


@given(FRAMES)
def test_any_frame_of_a_server_is_a_message_or_unread(frame: str | bytes) -> None:
    for message in (read_queue(frame), read_room(frame), read_game(frame)):
        assert isinstance(message, (Unread, *QUEUE.messages, *ROOM.messages, *GAME.messages))


@given(OBJECTS)
def test_any_action_that_is_read_is_judged_by_the_rules(fields: dict[str, object]) -> None:
    command = decode_game(json.dumps(fields))
    if isinstance(command, Refusal | ChatMessage | Here | Cheat | Rematch):
        return
    table = seating(3)
    state, _ = scripted(3)
    action = to_engine_action(command, table.seat_of, 0)
    if isinstance(action, Refusal):
        check_refusal(action)
    else:
        why_not(state, 0, action)
    assert decode_game(encode(command).decode()) == command


@given(st.one_of([messages_of(kind) for kind in (*ACTIONS, *CHEATS)]))
def test_every_game_command_that_can_be_written_is_read_back(command: Struct) -> None:
    read = decode_game(encode(command).decode(), debug_commands=True)  # type: ignore[arg-type]
    if isinstance(read, Refusal):  # the server needs more than the schema: a bid its amount, an answer its yes or no
        assert read.message in {"Invalid data: amount: is missing", "Invalid data: choose: is missing"}
    else:
        assert read == without_ids(command)


def without_ids(command: Struct) -> Struct:
    """Return a command as it is read: without the fields that only the server sets."""
    fields = {name: getattr(command, name) for name in command.__struct_fields__ if name not in {"game", "player"}}
    return type(command)(**fields)


@given(st.one_of([messages_of(kind) for kind in ROOM.commands]))
def test_every_room_command_that_can_be_written_is_read_back(command: Struct) -> None:
    read = decode_room(encode(command).decode())  # type: ignore[arg-type]
    if isinstance(command, SendChat):
        assert isinstance(read, Refusal) is not is_speakable(command.message)
    else:
        assert read == command


@given(st.one_of([messages_of(kind) for kind in ROOM.messages]))
def test_every_message_of_a_room_is_read_back(message: Struct) -> None:
    assert read_room(encode(message)) == message  # type: ignore[arg-type]


@given(st.one_of([messages_of(kind) for kind in GAME.messages if kind is not GameResponse]))
def test_every_message_of_a_game_is_read_back(message: Struct) -> None:
    assert read_game(encode(message)) == message  # type: ignore[arg-type]


@given(st.one_of([messages_of(kind) for kind in RESPONSES]))
def test_every_response_is_read_back(response: Struct) -> None:
    message = GameResponse(response)  # type: ignore[arg-type]
    assert read_game(encode(message)) == message


@given(st.dictionaries(st.text(max_size=5), ANY_JSON, max_size=4), st.text(max_size=10))
def test_whatever_object_may_be_said_can_be_sent(fields: dict[str, object], text: str) -> None:
    said = decode_game(json.dumps({"type": "ChatMessage", "msg": {**fields, "text": text}}))
    if isinstance(said, ChatMessage):
        assert isinstance(said.msg, dict)
        assert is_relayable(said.msg)
        sent = encode(GameChat(42, "alice", said.msg))
        assert not any(unicodedata.category(character) == "Cc" for character in sent.decode())
