"""The JSON Schemas and the AsyncAPI document describe what is really sent."""

import json
from collections.abc import Iterator
from functools import cache
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec import Struct

from magnate.protocol.asyncapi import asyncapi_document
from magnate.protocol.catalogue import EVERYWHERE, RESPONSES, SOCKETS, MessageType, examples_of, message_types
from magnate.protocol.codec import (
    AnyMessage,
    decode_game,
    decode_queue,
    decode_room,
    encode,
    read_game,
    read_queue,
    read_room,
)
from magnate.protocol.codes import CloseCode
from magnate.protocol.examples import examples
from magnate.protocol.frames import state_frame
from magnate.protocol.game import GameAction, GameResponse, GameState
from magnate.protocol.refusal import Refusal
from magnate.protocol.schemas import Json, schema
from tests.protocol.games import random_game
from tests.protocol.strategies import messages_of
from tests.sizes import tries

KINDS = message_types()


@cache
def validator(kind: MessageType) -> Draft202012Validator:
    made = schema(kind)
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


def check(message: Struct) -> None:
    """Hold a message, as it is sent, against the schema of its class."""
    validator(type(message)).validate(json.loads(encode(cast(AnyMessage, message))))


@pytest.mark.parametrize("kind", KINDS)
def test_every_message_has_an_example_that_satisfies_its_schema(kind: MessageType) -> None:
    assert examples_of(kind)
    for message in examples_of(kind):
        check(message)


@pytest.mark.parametrize("kind", RESPONSES)
def test_every_type_of_response_has_an_example(kind: MessageType) -> None:
    assert examples_of(kind)


def test_every_example_is_read_by_the_end_that_receives_it() -> None:
    queue, room, game, _watch = SOCKETS
    for message in examples():
        frame = encode(message)
        received: list[object] = []
        if isinstance(message, (*queue.commands, *room.commands, *game.commands)):
            text = frame.decode()
            received = [decode_queue(text), decode_room(text), decode_game(text, debug_commands=True)]
            received = [each for each in received if not isinstance(each, Refusal)]
        else:
            received = [read(frame) for read in (read_queue, read_room, read_game)]
        assert message in received


@pytest.mark.sweep
def test_what_a_whole_game_sends_satisfies_the_schemas() -> None:
    for step in random_game(11):
        validator(GameAction).validate(json.loads(step.action_frame(0)))
        validator(GameResponse).validate(json.loads(step.response_frame()))
        if step.seq % 20 == 0:
            frame = state_frame(step.table, step.state, 0, seq=step.seq, deadline=None)
            validator(GameState).validate(json.loads(frame))


@given(st.one_of([messages_of(kind) for kind in KINDS if kind is not GameResponse]))
@settings(max_examples=tries(50), suppress_health_check=[HealthCheck.too_slow])
def test_whatever_can_be_written_satisfies_its_schema(message: Struct) -> None:
    check(message)


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_that_lacks_a_key_does_not_satisfy_its_schema(kind: MessageType) -> None:
    definition = cast("dict[str, Json]", schema(kind)["$defs"])[kind.__name__]
    for key in cast("list[str]", definition["required"]):
        sent = json.loads(encode(examples_of(kind)[0]))
        del sent[key]
        assert not validator(kind).is_valid(sent), key


def references(value: object) -> Iterator[str]:
    """Yield every reference in a document."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key == "$ref":
                yield part
            else:
                yield from references(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from references(part)


def test_every_reference_of_the_asyncapi_document_leads_somewhere() -> None:
    document = asyncapi_document()
    found = set(references(document))
    assert len(found) > 100
    for reference in found:
        place: object = document
        for step in reference.removeprefix("#/").split("/"):
            assert isinstance(place, dict)
            assert step in place, reference
            place = place[step]


def test_the_asyncapi_document_has_every_message_in_the_direction_it_goes() -> None:
    operations = cast("dict[str, Json]", asyncapi_document()["operations"])
    for socket in SOCKETS:
        for action, kinds in (("receive", socket.commands), ("send", socket.messages)):
            if not kinds:  # who watches sends nothing
                assert f"{action}_{socket.name}" not in operations
                continue
            listed = operations[f"{action}_{socket.name}"]
            assert listed["action"] == action
            names = [each["$ref"].rpartition("/")[2] for each in cast("list[dict[str, str]]", listed["messages"])]
            assert names == [kind.__name__ for kind in kinds]


def test_every_close_code_belongs_to_a_socket_or_to_all() -> None:
    assert {*EVERYWHERE, *(code for socket in SOCKETS for code in socket.closes)} == set(CloseCode)
