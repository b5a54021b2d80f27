"""A private room's messages, sentence by sentence (seed document, PrivateRoomConsumer; protocol: Private room)."""

import json

import pytest

from magnate.protocol.codec import AnyMessage, Unread, decode_room, encode, read_room
from magnate.protocol.codes import CloseCode, ErrorCode
from magnate.protocol.frames import lobby_frames
from magnate.protocol.refusal import (
    OWNER_ONLY_SETS,
    OWNER_ONLY_STARTS,
    Refusal,
    refusal,
    room_error,
    room_refused,
)
from magnate.protocol.room import (
    DEFAULT_BOT_LEVEL,
    DEFAULT_TARGET_PLAYERS,
    BotLevel,
    GameStart,
    Joined,
    LobbyMessage,
    PlayerLeft,
    ReadyStatus,
    RoomChat,
    RoomCommand,
    RoomError,
    RoomPlayer,
    SendChat,
    SetReady,
    SettingsChanged,
    StartGame,
    UpdateSettings,
)

ALICE = RoomPlayer("alice", False)


@pytest.mark.parametrize(
    ("frame", "command"),
    [
        ('{ "command": "ready_status", "is_ready": true }', SetReady(True)),
        ('{"command": "ready_status", "is_ready": false}', SetReady(False)),
        ('{ "command": "start_game" }', StartGame()),
        ('{ "command": "chat_message", "message": "Hello!" }', SendChat("Hello!")),
        (
            '{"command": "update_settings", "bot_level": "easy", "target_players": 4}',
            UpdateSettings(BotLevel.EASY, 4),
        ),
    ],
)
def test_documented_commands_are_read_and_written(frame: str, command: RoomCommand) -> None:
    assert decode_room(frame) == command
    assert json.loads(encode(command)) == json.loads(frame)


@pytest.mark.parametrize(
    ("message", "frame"),
    [
        (
            PlayerLeft("bob", "alice", True, (ALICE,)),
            '{"action": "player_left", "user_left": "bob", "owner": "alice", "is_owner": true,'
            ' "players": [{"username": "alice", "ready_to_play": false, "user_piece": 0}]}',
        ),
        (
            ReadyStatus("bob", True, "alice", False),
            '{"action": "ready_status", "user": "bob", "is_ready": true, "owner": "alice", "is_owner": false}',
        ),
        (
            SettingsChanged(BotLevel.HARD, 4),
            '{"action": "settings_changed", "bot_level": "hard", "target_players": 4}',
        ),
        (GameStart(42), '{"action": "game_start", "game_id": 42}'),
        (RoomChat("alice", "Good luck!"), '{"action": "chat_message", "user": "alice", "message": "Good luck!"}'),
        (
            Joined("alice", "alice", True, (ALICE,), DEFAULT_BOT_LEVEL, DEFAULT_TARGET_PLAYERS),
            '{"action": "joined", "user": "alice", "owner": "alice", "is_owner": true,'
            ' "players": [{"username": "alice", "ready_to_play": false, "user_piece": 0}],'
            ' "bot_level": "medium", "target_players": 2}',
        ),
    ],
)
def test_documented_messages_are_sent_key_for_key(message: AnyMessage, frame: str) -> None:
    assert json.loads(encode(message)) == json.loads(frame)
    assert read_room(frame) == message


def test_a_client_ignores_keys_and_names_unknown_messages() -> None:
    assert read_room('{"action": "game_start", "game_id": 1, "map": {}}') == GameStart(1)
    assert isinstance(read_room('{"action": "party"}'), Unread)


@pytest.mark.parametrize("frame", ["", "no", "[1]", "7", "[" * 60_000, '{"command": "start_game"', b"{}"])
def test_messages_that_are_no_json_object_get_datos_invalidos(frame: str | bytes) -> None:
    assert decode_room(frame) == Refusal(ErrorCode.INVALID_JSON, "Datos invalidos.")


@pytest.mark.parametrize(
    "frame", ["{}", '{"command": null}', '{"command": "dance"}', '{"command": 3}', '{"command": []}']
)
def test_no_or_an_unknown_command_gets_comando_invalido(frame: str) -> None:
    assert decode_room(frame) == Refusal(ErrorCode.INVALID_COMMAND, "Comando invalido.")


@pytest.mark.parametrize("value", ["1", "0", '"true"', "null", "[]", "{}"])
def test_is_ready_must_be_a_boolean(value: str) -> None:
    assert decode_room(f'{{"command": "ready_status", "is_ready": {value}}}') == refusal(ErrorCode.INVALID_DATA)
    assert decode_room('{"command": "ready_status"}') == refusal(ErrorCode.INVALID_DATA)


@pytest.mark.parametrize("level", list(BotLevel))
def test_bot_level_is_one_of_the_six_levels_or_grandmaster(level: BotLevel) -> None:
    frame = json.dumps({"command": "update_settings", "bot_level": level.value})
    assert decode_room(frame) == UpdateSettings(level, None)


def test_the_levels_are_named_as_on_the_wire() -> None:
    names = ["very_easy", "easy", "medium", "hard", "very_hard", "expert", "grandmaster"]
    assert [level.value for level in BotLevel] == names


@pytest.mark.parametrize("value", ["3", '"3"', '"03"', "3.0"])
def test_target_players_is_an_int_or_digits(value: str) -> None:
    assert decode_room(f'{{"command": "update_settings", "target_players": {value}}}') == UpdateSettings(None, 3)


def test_either_setting_may_be_absent() -> None:
    assert decode_room('{"command": "update_settings"}') == UpdateSettings()
    assert decode_room('{"command": "update_settings", "bot_level": null, "target_players": 1}') == UpdateSettings(
        None, 1
    )


def test_each_bot_may_have_a_level_of_its_own() -> None:
    frame = '{"command": "update_settings", "bot_levels": ["expert", "easy"]}'
    command = UpdateSettings(bot_levels=(BotLevel.EXPERT, BotLevel.EASY))
    assert decode_room(frame) == command
    assert json.loads(encode(command)) == json.loads(frame)


@pytest.mark.parametrize(
    "settings",
    [
        {"target_players": 0},
        {"target_players": 5},
        {"target_players": -2},
        {"target_players": True},
        {"target_players": 2.5},
        {"target_players": "two"},
        {"target_players": "٢"},
        {"target_players": 10**40},
        {"bot_level": "godlike"},
        {"bot_level": 3},
        {"bot_level": "easy", "target_players": 9},
        {"bot_level": [], "target_players": 2},
        {"bot_levels": "easy"},
        {"bot_levels": ["easy", "godlike"]},
        {"bot_levels": ["easy"] * 4},
    ],
)
def test_bad_settings_get_configuracion_invalida(settings: dict[str, object]) -> None:
    refused = decode_room(json.dumps({"command": "update_settings", **settings}))
    assert refused == Refusal(ErrorCode.INVALID_SETTINGS, "Configuración inválida.")


def test_chat_is_trimmed_and_of_1_to_500_characters() -> None:
    assert decode_room('{"command": "chat_message", "message": "  Hello!  "}') == SendChat("Hello!")
    longest = "ñ" * 500
    assert decode_room(json.dumps({"command": "chat_message", "message": longest})) == SendChat(longest)
    for text in ("", "   ", longest + "ñ", "a\x1b[31m", "line\nline", "\u2028", 7, None, ["a"]):
        refused = decode_room(json.dumps({"command": "chat_message", "message": text}))
        assert refused == refusal(ErrorCode.INVALID_DATA), text


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (ErrorCode.ROOM_NOT_FOUND, "Sala no encontrada."),
        (ErrorCode.ROOM_FULL, "Sala llena."),
        (ErrorCode.ALREADY_IN_ROOM, "Ya estás en esta sala."),
    ],
)
def test_the_three_refusals_of_a_room_stand_under_error_and_under_action_and_message(
    code: ErrorCode, message: str
) -> None:
    sent = json.loads(encode(room_refused(refusal(code))))
    assert sent == {"error": message, "action": "error", "message": message, "code": code.value}
    assert int(CloseCode.REFUSED) == 4003


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        (OWNER_ONLY_STARTS, "Solo el host puede iniciar una partida."),
        (OWNER_ONLY_SETS, "Solo el host puede cambiar la configuración."),
        (refusal(ErrorCode.TOO_FEW_PLAYERS), "Se necesitan 2 jugadores para iniciar la partida."),
        (refusal(ErrorCode.NOT_ALL_READY), "Todos los jugadores deben estar listos para iniciar la partida."),
    ],
)
def test_errors_say_what_is_documented_and_not_under_error(refused: Refusal, message: str) -> None:
    sent = json.loads(encode(room_error(refused)))
    assert sent == {"action": "error", "message": message, "code": refused.code.value}
    assert read_room(encode(room_error(refused))) == RoomError(message, refused.code)


@pytest.mark.parametrize(
    "message",
    [
        Joined("bob", "alice", False, (ALICE,), BotLevel.MEDIUM, 2),
        PlayerLeft("bob", "alice", True, (ALICE,)),
        ReadyStatus("bob", True, "alice", True),
    ],
)
def test_is_owner_is_computed_per_recipient(message: LobbyMessage) -> None:
    frames = lobby_frames(message)
    owner, other = json.loads(frames.owner), json.loads(frames.others)
    assert (owner.pop("is_owner"), other.pop("is_owner")) == (True, False)
    assert owner == other
