"""Chat on the game socket: the same limits as in rooms, relayed as it came (protocol: Actions)."""

import json

import pytest

from magnate.protocol.chat import CHAT_RULE, MAX_RELAYED, emoji_item, is_emoji_command
from magnate.protocol.codec import decode_game, encode, read_game
from magnate.protocol.commands import ChatMessage
from magnate.protocol.game import GameChat
from magnate.protocol.refusal import invalid_data


def say(message: object) -> object:
    return decode_game(json.dumps({"type": "ChatMessage", "msg": message}))


def nested(depth: int) -> dict[str, object]:
    inner: object = 1
    for _ in range(depth):
        inner = [inner]
    return {"text": "hi", "in": inner}


@pytest.mark.parametrize(
    "message",
    [
        "Hello everyone!",
        "  spaces stay  ",
        "/emoji 5",
        "ñ" * 500,
        "👩‍👩‍👧 family",
        "שלום",
        {"text": "hi"},
        {"text": "hi", "colour": "green", "size": 12, "bold": True, "at": [1.5, None, {"x": 1}]},
        nested(7),
    ],
)
def test_a_text_or_an_object_with_a_text_is_relayed_as_it_came(message: str | dict[str, object]) -> None:
    command = say(message)
    assert command == ChatMessage(message)
    sent = encode(GameChat(42, "alice", message))
    assert json.loads(sent) == {"event_type": "chat_message", "game": 42, "user": "alice", "msg": message}
    assert read_game(sent) == GameChat(42, "alice", message)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "   ",
        "ñ" * 501,
        " " * MAX_RELAYED + "x",
        "\x1b[2J",
        "tab\there",
        "line\n",
        "\x7f",
        "\x9b31m",
        "\u2028",
        "a\u202eb",
        "\u2066a",
        "a\U000e0041",
        "z" + "\u0335\u0321\u0347\u0353\u0301",
        {"text": "a\u202eb"},
        {"text": "hi", "sender": "\u202eecila"},
        {},
        {"text": 3},
        {"text": ""},
        {"text": "ñ" * 501},
        {"text": "a\x1b"},
        {"text": "hi", "sender": "\x1b[31m"},
        {"text": "hi", "k\x07": 1},
        {"text": "hi", "in": ["\x00"]},
        {"text": "hi", "padding": "x" * MAX_RELAYED},
        nested(8),
        nested(300),
    ],
)
def test_chat_has_1_to_500_characters_and_no_control_characters(message: object) -> None:
    assert say(message) == invalid_data("msg", CHAT_RULE)


@pytest.mark.parametrize("message", [3, True, ["hi"], 1.5])
def test_anything_else_is_no_chat(message: object) -> None:
    refused = say(message)
    assert not isinstance(refused, ChatMessage)


@pytest.mark.parametrize(
    ("number", "fits"), [(2**53 - 1, True), (-(2**53) + 1, True), (2**53, False), (10**3000, False)]
)
def test_whole_numbers_in_an_object_are_those_that_every_reader_keeps_exact(number: int, fits: bool) -> None:
    assert isinstance(say({"text": "hi", "n": [number]}), ChatMessage) is fits


@pytest.mark.parametrize(
    ("text", "asks", "item"),
    [
        ("/emoji 5", True, 5),
        ("/emoji 0", True, 0),
        ("/emoji 05", True, None),
        ("/emoji  5", True, None),
        ("/emoji 5 6", True, None),
        ("/emoji -5", True, None),
        ("/emoji ٥", True, None),
        ("/EMOJI 5", True, None),
        ("/emoji\u00a05", True, None),
        ("/emoji", True, None),
        ("/emoji " + "9" * 400, True, None),
        ("/emojis 5", False, None),
        ("see /emoji 5", False, None),
        ("hello", False, None),
        ("", False, None),
    ],
)
def test_an_emoji_is_asked_for_in_one_way_and_every_other_is_known_for_what_it_is(
    text: str, asks: bool, item: int | None
) -> None:
    assert is_emoji_command(text) is asks
    assert emoji_item(text) == item
