"""However much stands in a frame of 64 KiB, only so much of it is looked at."""

import json

import pytest

from magnate.protocol import chat, reading
from magnate.protocol.chat import MAX_CHARACTERS, MAX_RELAYED
from magnate.protocol.codec import decode_game, decode_queue, decode_room
from magnate.protocol.codes import ErrorCode
from magnate.protocol.commands import MOST_SQUARES, ActionTradeProposal
from magnate.protocol.refusal import INVALID_JSON, Refusal
from magnate.protocol.room import SendChat


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The values that were read as numbers."""
    values: list[object] = []
    as_whole = reading.as_whole

    def counted(value: object) -> object:
        values.append(value)
        return as_whole(value)

    monkeypatch.setattr(reading, "as_whole", counted)
    return values


@pytest.mark.parametrize("field", ["offered_properties", "asked_properties"])
def test_of_a_list_that_is_too_long_only_the_beginning_is_read(field: str, looked_at: list[object]) -> None:
    frame = json.dumps({"type": "ActionTradeProposal", "destination_user": 1, field: [1] * 2_000})
    refused = decode_game(frame)
    assert isinstance(refused, Refusal)
    assert refused.code is ErrorCode.INVALID_DATA
    assert field in refused.message
    assert len(looked_at) <= MOST_SQUARES + 5


def test_a_list_of_the_longest_kind_is_read(looked_at: list[object]) -> None:
    squares = list(map(str, range(MOST_SQUARES)))
    command = decode_game(
        json.dumps({"type": "ActionTradeProposal", "destination_user": 1, "asked_properties": squares})
    )
    assert isinstance(command, ActionTradeProposal)
    assert command.asked_properties == tuple(range(MOST_SQUARES))


def test_keys_that_nobody_knows_are_not_looked_at(looked_at: list[object]) -> None:
    frame = json.dumps({"type": "ActionBid", "amount": "5", **{str(key): "1" for key in range(2_000)}})
    assert not isinstance(decode_game(frame), Refusal)
    assert looked_at == ["5"]


@pytest.mark.parametrize(
    "more", ["a" * 60_000, ["abc"] * 2_000, {str(key): "a" for key in range(2_000)}, [["abc"] * 7 for _ in range(250)]]
)
def test_an_object_of_too_many_parts_is_refused_after_a_look_at_few(
    more: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = 0

    def is_legible(text: str) -> bool:
        nonlocal looked_at
        looked_at += max(len(text), 1)
        return True

    monkeypatch.setattr(chat, "is_legible", is_legible)
    assert isinstance(decode_game(json.dumps({"type": "ChatMessage", "msg": {"text": "hm", "more": more}})), Refusal)
    assert looked_at <= 2 * MAX_RELAYED


MANY_PARTS = ["[]", "{}", '{"a": 0}', "[[[[[[[]]]]]]]", '"[[[[", []', "[1, 2, 3]", '""', '"ab"', "1", "1e9", "null"]


@pytest.mark.parametrize("part", MANY_PARTS)
@pytest.mark.parametrize("where", ['{"type": "ActionNextPhase", "x": %s}', '{"type": "ChatMessage", "msg": %s}'])
def test_a_frame_of_thousands_of_values_is_refused_before_any_is_made(
    where: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = where % f"[{', '.join([part] * 3_000)}]"
    assert len(frame) < 65_536
    json.loads(frame)
    monkeypatch.setattr(reading, "_DECODER", None)
    assert decode_game(frame) == decode_room(frame) == decode_queue(frame) == INVALID_JSON


def test_whatever_may_be_said_has_not_too_many_parts() -> None:
    for text in ("[" * MAX_CHARACTERS, "{" * MAX_CHARACTERS, "," * MAX_CHARACTERS):
        assert not isinstance(decode_game(json.dumps({"type": "ChatMessage", "msg": text})), Refusal)
        assert not isinstance(decode_game(json.dumps({"type": "ChatMessage", "msg": {"text": text}})), Refusal)
        assert not isinstance(
            decode_room(json.dumps({"command": SendChat.__struct_config__.tag, "message": text})), Refusal
        )
    longest = {"text": "hm", "more": [1] * ((MAX_RELAYED - len('{"text":"hm","more":[]}') + 1) // 2)}
    assert not isinstance(decode_game(json.dumps({"type": "ChatMessage", "msg": longest})), Refusal)


def test_a_frame_of_thousands_of_keys_is_refused_before_any_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = json.dumps({"type": "ActionNextPhase", **{f"{key:x}": 1 for key in range(5_000)}})
    assert len(frame) < 65_536
    monkeypatch.setattr(reading, "_DECODER", None)
    assert decode_game(frame) == decode_room(frame) == decode_queue(frame) == INVALID_JSON


@pytest.mark.parametrize("level", ["no\nlevel", " - at `$.x`\n", "`" * 10_000])
def test_a_bad_level_is_refused_whatever_stands_in_it(level: str) -> None:
    refused = decode_room(json.dumps({"command": "update_settings", "bot_level": level}))
    assert isinstance(refused, Refusal)
    assert refused.code is ErrorCode.INVALID_SETTINGS
