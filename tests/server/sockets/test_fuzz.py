"""Whatever a client sends, its connection stays open, others are left alone, and the server lives."""

import asyncio
import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.sync.client import ClientConnection, connect

from magnate.protocol.codes import ErrorCode
from magnate.protocol.commands import ActionMessage, CheatMessage
from magnate.protocol.room import RoomCommand
from tests.server.wire.process import PATIENCE_SECONDS, Server, matched, new_users
from tests.sizes import tries

Sent: TypeAlias = str | bytes

FUZZ = settings(
    max_examples=tries(120),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
_COUNT = itertools.count()

ACTIONS = sorted({kind.__name__ for kind in get_args(ActionMessage)} - {"ActionSurrender"} | {"RollDice"})
CHEATS = sorted(kind.__name__ for kind in get_args(CheatMessage))
COMMANDS = sorted(kind.__struct_config__.tag for kind in get_args(RoomCommand))
FIELDS = sorted(
    {name for kind in (*get_args(ActionMessage), *get_args(CheatMessage), *get_args(RoomCommand))
     for name in kind.__struct_fields__} | {"msg", "message", "text"}
)  # fmt: skip

texts = st.text(st.characters(), max_size=40)  # lone surrogates too: JSON escapes them
numbers = st.integers(-(10**25), 10**25) | st.integers(-2, 210) | st.floats()
plain = st.none() | st.booleans() | numbers | texts
values = st.recursive(plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4))
fields = st.dictionaries(st.sampled_from(FIELDS), values | st.integers(0, 60), max_size=5)
actions = st.builds(lambda kind, rest: {**rest, "type": kind}, st.sampled_from(ACTIONS), fields)
cheats = st.builds(lambda cheat, rest: {**rest, "type": "Cheat", "cheat": cheat}, st.sampled_from(CHEATS), fields)
chats = st.builds(lambda said: {"type": "ChatMessage", "msg": said}, values)
commands = st.builds(lambda kind, rest: {**rest, "command": kind}, st.sampled_from(COMMANDS), fields)
deep = st.integers(1, 30_000).map(lambda depth: "[" * depth)
nested = st.integers(1, 7_000).map(lambda depth: '{"type":' * depth + "1" + "}" * depth)


def frames(*messages: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Sent]]:
    written = st.one_of(values, *messages, *messages).map(json.dumps)
    return st.lists(written | texts.filter(_is_unicode) | st.binary(max_size=40) | deep | nested, max_size=6)


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


@dataclass
class Client:
    """A WebSocket whose answers are read to a mark."""

    socket: ClientConnection

    def send(self, frame: Sent) -> None:
        self.socket.send(frame)

    def receive(self) -> dict[str, Any]:
        frame: dict[str, Any] = json.loads(self.socket.recv(PATIENCE_SECONDS))
        code = frame.get("code")
        assert code is None or code in set(ErrorCode) - {ErrorCode.UNAVAILABLE}, frame
        return frame

    def until_said(self, mark: str) -> list[dict[str, Any]]:
        """Return what comes before somebody says `mark`."""
        received = []
        while (frame := self.receive()).get("msg", frame.get("message")) != mark or "user" not in frame:
            received.append(frame)
        return received


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    limits = (
        "FRAME_BURST",
        "FRAMES_PER_SECOND",
        "CHAT_BURST",
        "CHAT_PER_SECOND",
        "ROOM_CHAT_BURST",
        "ROOM_CHAT_PER_SECOND",
    )
    generous = dict.fromkeys(limits, "100000")
    settings = {**generous, "DEBUG_COMMANDS": "true", "MAX_ROUNDS": "0", "PUBLIC_PLAYERS": "2"}
    server = Server(tmp_path_factory.mktemp("fuzz") / "magnate.sqlite3", settings)
    server.start()
    yield server
    assert server.stop() == 0


@contextmanager
def _open(server: Server, path: str, token: str) -> Iterator[Client]:
    url = f"ws://127.0.0.1:{server.port}{path}?token={token}"
    with connect(url, compression=None, max_size=None, proxy=None, ping_interval=None) as socket:
        yield Client(socket)


@pytest.fixture(scope="module")
def table(fuzzed: Server) -> Iterator[tuple[Client, Client]]:
    async def prepare() -> tuple[int, list[str]]:
        users = await new_users(fuzzed, 2)
        return await matched(users), [user.token for user in users]

    game, tokens = asyncio.run(prepare())
    path = f"/ws/game/{game}/"
    with _open(fuzzed, path, tokens[0]) as alice, _open(fuzzed, path, tokens[1]) as bob:
        yield alice, bob


@FUZZ
@given(st.lists(st.tuples(st.booleans(), frames(actions, cheats, chats)), max_size=4))
def test_a_game_stands_whatever_its_players_send(
    table: tuple[Client, Client], turns: list[tuple[bool, list[Sent]]]
) -> None:
    for is_first, sent in turns:
        for frame in sent:
            table[0 if is_first else 1].send(frame)
    for speaker in table:
        mark = f"mark {next(_COUNT)}"
        speaker.send(json.dumps({"type": "ChatMessage", "msg": mark}))
        first, second = (client.until_said(mark) for client in table)
        assert _shared(first) == _shared(second)


def _shared(received: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what both must have been told in the same words: responses and chat."""
    return [frame for frame in received if frame["event_type"] in ("game_response", "chat_message")]


@FUZZ
@given(frames(commands))
def test_a_room_stands_whatever_its_players_send(room: tuple[Client, Client], sent: list[Sent]) -> None:
    owner, guest = room
    for frame in sent:
        guest.send(frame)
    for speaker in room:
        mark = f"mark {next(_COUNT)}"
        speaker.send(json.dumps({"command": "chat_message", "message": mark}))
        for client in (owner, guest):
            assert {frame["action"] for frame in client.until_said(mark)} <= {"error", "ready_status", "chat_message"}


@pytest.fixture(scope="module")
def room(fuzzed: Server) -> Iterator[tuple[Client, Client]]:
    async def prepare() -> tuple[str, list[str]]:
        users = await new_users(fuzzed, 2)
        return await users[0].new_room(), [user.token for user in users]

    code, tokens = asyncio.run(prepare())
    path = f"/ws/room/{code}/"
    with _open(fuzzed, path, tokens[0]) as owner:
        assert owner.receive()["action"] == "joined"
        with _open(fuzzed, path, tokens[1]) as guest:
            assert owner.receive()["action"] == guest.receive()["action"] == "joined"
            yield owner, guest


@pytest.fixture(scope="module")
def waiting(fuzzed: Server) -> Iterator[Client]:
    (user,) = asyncio.run(new_users(fuzzed, 1))
    with _open(fuzzed, "/ws/queue/", user.token) as client:
        yield client


@FUZZ
@given(frames(st.builds(lambda value: {"action": value}, values), actions, commands))
def test_the_queue_answers_every_frame_that_is_not_cancel_with_one_error(waiting: Client, sent: list[Sent]) -> None:
    for frame in sent:
        waiting.send(frame)
    assert [waiting.receive()["message"] for _ in sent] == ["Datos invalidos."] * len(sent)
