"""The public queue's messages, sentence by sentence (seed document, PublicQueueConsumer; protocol: Public queue)."""

import json

import pytest

from magnate.protocol.codec import Unread, decode_queue, encode, read_queue
from magnate.protocol.codes import CloseCode, ErrorCode
from magnate.protocol.queue import Cancel, MatchFound, QueueError
from magnate.protocol.refusal import Refusal, queue_error


def test_cancel_queue_is_read() -> None:
    assert decode_queue('{ "action": "cancel" }') == Cancel()
    assert decode_queue('{"action": "cancel", "because": ["bored"]}') == Cancel()


def test_a_client_writes_cancel_as_documented() -> None:
    assert json.loads(encode(Cancel())) == {"action": "cancel"}


def test_match_found_is_sent_as_documented() -> None:
    assert json.loads(encode(MatchFound(42))) == {"action": "match_found", "game_id": 42}
    assert read_queue('{"action": "match_found", "game_id": 42, "new": 1}') == MatchFound(42)


@pytest.mark.parametrize(
    "frame", ["", "cancel", "[]", '["cancel"]', "3", "null", '"cancel"', "{", b'{"action": "cancel"}']
)
def test_a_frame_that_is_not_a_json_object_is_refused_with_the_documented_error(frame: str | bytes) -> None:
    refused = decode_queue(frame)
    assert isinstance(refused, Refusal)
    assert refused.code is ErrorCode.INVALID_JSON
    sent = json.loads(encode(queue_error(refused)))
    assert sent["action"] == "error"
    assert sent["message"] == "Datos invalidos."


@pytest.mark.parametrize(
    "frame", ["{}", '{"action": null}', '{"action": "play"}', '{"action": ["cancel"]}', '{"command": "cancel"}']
)
def test_an_unknown_action_is_refused_with_the_documented_error(frame: str) -> None:
    refused = decode_queue(frame)
    assert isinstance(refused, Refusal)
    assert queue_error(refused) == QueueError("Datos invalidos.", ErrorCode.INVALID_DATA)


def test_a_client_reads_the_documented_error() -> None:
    message = read_queue('{"action": "error", "message": "Datos invalidos."}')
    assert isinstance(message, QueueError)
    assert message.message == "Datos invalidos."
    assert isinstance(read_queue('{"action": "news"}'), Unread)
    assert isinstance(read_queue("no json"), Unread)


def test_the_close_codes_of_the_queue_are_the_documented_ones() -> None:
    assert (CloseCode.GAME_FOUND, CloseCode.UNAUTHORIZED, CloseCode.CANCELLED) == (4001, 4002, 4000)
