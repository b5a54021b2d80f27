"""Private rooms: each sentence of the protocol's Private room, and of PrivateRoomConsumer, without a socket."""

import asyncio
import json
import re
from typing import Any

import pytest

from magnate.server.config import Settings
from magnate.server.errors import GameRefused, TooManyGames, TooManyRooms, TooManyStarts
from magnate.server.live.rooms import Rooms
from magnate.server.storage.records import User
from tests.server.live.fakes import FakeGames, FakeLobby, FakePeer, Frame
from tests.server.support import FakeClock

pytestmark = pytest.mark.anyio

NAMES = {1: "alice", 2: "bob", 3: "carol", 4: "dave", 5: "eve"}


@pytest.fixture
def lobby() -> FakeLobby:
    return FakeLobby()


@pytest.fixture
def games(lobby: FakeLobby) -> FakeGames:
    return FakeGames(lobby)


@pytest.fixture
def rooms(lobby: FakeLobby, games: FakeGames, clock: FakeClock) -> Rooms:
    return Rooms(Settings(), lobby, clock, clock.game_time(), games.create)


@pytest.fixture
async def code(rooms: Rooms) -> str:
    """A room made by alice (1)."""
    return await rooms.reserve(1)


def user(pk: int) -> User:
    return User(pk, NAMES[pk], 0, 0, 1000, 0, 0, 0, pk * 10, None, None)


def enter(rooms: Rooms, code: str, pk: int) -> FakePeer:
    peer = FakePeer(pk)
    assert rooms.join(code, user(pk), peer)
    return peer


async def say(rooms: Rooms, code: str, peer: FakePeer, command: str, **fields: Any) -> None:
    await rooms.receive(code, peer, json.dumps({"command": command, **fields}))


def entry(pk: int, ready: bool = False) -> Frame:
    return {"username": NAMES[pk], "ready_to_play": ready, "user_piece": pk * 10}


async def test_a_code_is_six_capitals_or_digits_and_exists_from_then_on(rooms: Rooms, lobby: FakeLobby) -> None:
    codes = {await rooms.reserve(1) for _ in range(5)}
    assert len(codes) == 5
    assert all(re.fullmatch("[A-Z0-9]{6}", code) and rooms.exists(code) for code in codes)
    assert set(lobby.codes) == codes
    with pytest.raises(TooManyRooms):
        await rooms.reserve(1)


async def test_joined_goes_to_everybody_with_is_owner_for_each_and_players_in_the_order_they_came(
    rooms: Rooms, code: str
) -> None:
    alice = enter(rooms, code, 1)
    assert alice.take() == [
        {
            "action": "joined",
            "user": "alice",
            "owner": "alice",
            "is_owner": True,
            "players": [entry(1)],
            "bot_level": "medium",
            "target_players": 2,
        }
    ]
    bob = enter(rooms, code, 2)
    (to_alice,), (to_bob,) = alice.take(), bob.take()
    assert to_alice["is_owner"] is True
    assert to_bob["is_owner"] is False
    assert to_alice["players"] == to_bob["players"] == [entry(1), entry(2)]
    assert to_bob["user"] == "bob"
    assert to_bob["owner"] == "alice"


async def test_the_first_in_is_the_owner_and_the_maker_once_present(rooms: Rooms, code: str) -> None:
    bob = enter(rooms, code, 2)
    assert bob.take()[0]["owner"] == "bob"
    enter(rooms, code, 1)
    assert bob.take()[0]["owner"] == "alice"


@pytest.mark.parametrize(
    ("present", "pk", "why"),
    [
        ((), 1, "Sala no encontrada."),
        ((1, 2, 3, 4), 5, "Sala llena."),
        ((1, 2, 3, 4), 4, "Sala llena."),
        ((1, 2), 2, "Ya estás en esta sala."),
    ],
)
async def test_who_may_not_come_in_is_told_under_both_keys_and_closed_with_4003(
    rooms: Rooms, code: str, present: tuple[int, ...], pk: int, why: str
) -> None:
    inside = [enter(rooms, code, each) for each in present]
    for peer in inside:
        peer.take()
    late = FakePeer(pk)
    assert not rooms.join(code if present else "NOROOM", user(pk), late)
    (frame,) = late.frames
    assert (frame["error"], frame["message"], frame["action"]) == (why, why, "error")
    assert late.code == 4003
    assert not any(peer.frames or peer.code for peer in inside)


async def test_who_is_in_already_is_refused_on_the_second_socket_and_stays_on_the_first(
    rooms: Rooms, code: str
) -> None:
    first, second = enter(rooms, code, 1), FakePeer(1)
    assert not rooms.join(code, user(1), second)
    assert second.frames[0]["error"] == "Ya estás en esta sala."
    assert second.code == 4003
    await rooms.leave(code, second)
    first.take()
    await say(rooms, code, first, "chat_message", message="still here")
    assert first.frames[0]["message"] == "still here"


async def test_ready_status_goes_to_everybody(rooms: Rooms, code: str) -> None:
    alice, bob = enter(rooms, code, 1), enter(rooms, code, 2)
    alice.take(), bob.take()
    await say(rooms, code, bob, "ready_status", is_ready=True)
    said = {"action": "ready_status", "user": "bob", "is_ready": True, "owner": "alice"}
    assert alice.take() == [{**said, "is_owner": True}]
    assert bob.take() == [{**said, "is_owner": False}]


@pytest.mark.parametrize("value", [None, 1, 0, "true", [], {}])
async def test_is_ready_must_be_a_boolean(rooms: Rooms, code: str, value: object) -> None:
    alice = enter(rooms, code, 1)
    alice.take()
    await say(rooms, code, alice, "ready_status", is_ready=value)
    assert [frame["message"] for frame in alice.take()] == ["Datos invalidos."]
    enter(rooms, code, 2)
    assert alice.take()[0]["players"] == [entry(1), entry(2)]


@pytest.mark.parametrize("level", ["very_easy", "easy", "medium", "hard", "very_hard", "expert", "grandmaster"])
async def test_settings_changed_always_carries_both_values(rooms: Rooms, code: str, level: str) -> None:
    alice, bob = enter(rooms, code, 1), enter(rooms, code, 2)
    alice.take(), bob.take()
    await say(rooms, code, alice, "update_settings", target_players="4")
    await say(rooms, code, alice, "update_settings", bot_level=level)
    expected = [
        {"action": "settings_changed", "bot_level": "medium", "target_players": 4},
        {"action": "settings_changed", "bot_level": level, "target_players": 4},
    ]
    assert alice.take() == bob.take() == expected


@pytest.mark.parametrize(
    "fields",
    [{"bot_level": "genius"}, {"bot_level": ""}, {"bot_level": 3}, {"target_players": 0}, {"target_players": 5},
     {"target_players": "many"}, {"target_players": True}, {"target_players": 2.5},
     {"bot_level": "hard", "target_players": 9}],
)  # fmt: skip
async def test_bad_settings_are_refused_whole(rooms: Rooms, code: str, fields: Frame) -> None:
    alice, bob = enter(rooms, code, 1), enter(rooms, code, 2)
    alice.take(), bob.take()
    await say(rooms, code, alice, "update_settings", **fields)
    assert [(frame["action"], frame["message"]) for frame in alice.take()] == [("error", "Configuración inválida.")]
    assert bob.take() == []
    await say(rooms, code, alice, "update_settings")
    assert bob.take() == [{"action": "settings_changed", "bot_level": "medium", "target_players": 2}]


async def test_a_room_that_allows_hints_says_so_and_so_does_its_game(rooms: Rooms, code: str, games: FakeGames) -> None:
    alice = enter(rooms, code, 1)
    assert "hints" not in alice.take()[0]
    await say(rooms, code, alice, "update_settings", hints=True)
    assert alice.take()[0]["hints"] is True
    bob = enter(rooms, code, 2)
    assert bob.take()[0]["hints"] is True
    await say(rooms, code, bob, "update_settings", hints=False)
    assert bob.take()[-1]["action"] == "error"
    await say(rooms, code, alice, "update_settings", hints=False)
    assert "hints" not in bob.take()[-1]
    await say(rooms, code, alice, "update_settings", hints=True)
    for peer in (alice, bob):
        await say(rooms, code, peer, "ready_status", is_ready=True)
    await say(rooms, code, alice, "start_game")
    assert games.hints == [True]


async def test_only_the_owner_changes_settings_and_starts(rooms: Rooms, code: str, games: FakeGames) -> None:
    alice, bob = enter(rooms, code, 1), enter(rooms, code, 2)
    alice.take(), bob.take()
    await say(rooms, code, bob, "update_settings", target_players=4)
    await say(rooms, code, bob, "start_game")
    assert [frame["message"] for frame in bob.take()] == [
        "Solo el host puede cambiar la configuración.",
        "Solo el host puede iniciar una partida.",
    ]
    assert alice.take() == []
    assert games.made == []


async def test_start_checks_owner_then_number_then_ready(rooms: Rooms, code: str, games: FakeGames) -> None:
    alice = enter(rooms, code, 1)
    await say(rooms, code, alice, "update_settings", target_players=1)
    alice.take()
    await say(rooms, code, alice, "start_game")
    assert alice.take()[0]["message"] == "Se necesitan 2 jugadores para iniciar la partida."
    bob = enter(rooms, code, 2)
    await say(rooms, code, alice, "ready_status", is_ready=True)
    alice.take(), bob.take()
    await say(rooms, code, alice, "start_game")
    assert alice.take()[0]["message"] == "Todos los jugadores deben estar listos para iniciar la partida."
    assert bob.take() == []
    assert games.made == []
    await say(rooms, code, bob, "ready_status", is_ready=True)
    alice.take(), bob.take()
    await say(rooms, code, alice, "start_game")
    started = [{"action": "game_start", "game_id": 1}]
    assert (alice.take(), alice.code) == (started, 4001)
    assert (bob.take(), bob.code) == (started, 4001)
    assert games.made == [(1, 2)]
    assert not rooms.exists(code)


@pytest.mark.parametrize(("target", "humans", "bots"), [(2, 1, 1), (4, 1, 3), (4, 3, 1), (2, 3, 0), (3, 3, 0)])
async def test_bots_fill_the_seats_up_to_target_players(
    rooms: Rooms, code: str, games: FakeGames, target: int, humans: int, bots: int
) -> None:
    peers = [enter(rooms, code, pk) for pk in range(1, humans + 1)]
    await say(rooms, code, peers[0], "update_settings", target_players=target, bot_level="hard")
    for peer in peers:
        await say(rooms, code, peer, "ready_status", is_ready=True)
    await say(rooms, code, peers[0], "start_game")
    assert games.bots == [("hard",) * bots]
    assert len(games.made[0]) == humans


async def test_chat_is_trimmed_and_goes_to_everybody(rooms: Rooms, code: str) -> None:
    alice, bob = enter(rooms, code, 1), enter(rooms, code, 2)
    alice.take(), bob.take()
    await say(rooms, code, bob, "chat_message", message="  ¡Hola! ")
    assert alice.take() == bob.take() == [{"action": "chat_message", "user": "bob", "message": "¡Hola!"}]


async def test_an_emoji_is_for_who_owns_it(rooms: Rooms, lobby: FakeLobby, code: str) -> None:
    lobby.owned = {1: {1, 5}}
    alice, bob = enter(rooms, code, 1), enter(rooms, code, 2)
    alice.take(), bob.take()
    await say(rooms, code, alice, "chat_message", message=" /emoji 5 ")
    assert alice.take() == bob.take() == [{"action": "chat_message", "user": "alice", "message": "/emoji 5"}]
    for peer, message in ((bob, "/emoji 5"), (alice, "/emoji 1"), (alice, "/emoji 99"), (alice, "/EMOJI 5")):
        await say(rooms, code, peer, "chat_message", message=message)
        (refused,) = peer.take()
        assert (refused["code"], refused["message"]) == ("not_owned", "Ese emoji no es tuyo.")
    assert alice.take() == bob.take() == []


async def test_who_has_left_meanwhile_sends_no_emoji(rooms: Rooms, lobby: FakeLobby, code: str) -> None:
    lobby.owned = {1: {5}}
    alice, bob = enter(rooms, code, 1), enter(rooms, code, 2)
    lobby.gate.clear()
    saying = asyncio.create_task(say(rooms, code, alice, "chat_message", message="/emoji 5"))
    await asyncio.sleep(0)
    await rooms.leave(code, alice)
    bob.take()
    lobby.gate.set()
    await saying
    assert bob.take() == []


async def test_an_emoji_waits_for_a_storage_that_works(rooms: Rooms, lobby: FakeLobby, code: str) -> None:
    alice = enter(rooms, code, 1)
    alice.take()
    lobby.failing = True
    await say(rooms, code, alice, "chat_message", message="/emoji 5")
    assert [frame["code"] for frame in alice.take()] == ["unavailable"]


@pytest.mark.parametrize("message", ["", "   ", "x" * 501, "a\x1b[31mb", "a\nb", None, 5, ["x"], "\ud800"])
async def test_what_may_not_be_said_is_refused(rooms: Rooms, code: str, message: object) -> None:
    alice, bob = enter(rooms, code, 1), enter(rooms, code, 2)
    alice.take(), bob.take()
    await say(rooms, code, bob, "chat_message", message=message)
    assert [frame["message"] for frame in bob.take()] == ["Datos invalidos."]
    assert alice.take() == []


@pytest.mark.parametrize(
    ("frame", "why"),
    [("[1]", "Datos invalidos."), ("nonsense", "Datos invalidos."), (b"{}", "Datos invalidos."),
     ("{}", "Comando invalido."), ('{"command": "fly"}', "Comando invalido."), ('{"command": 7}', "Comando invalido.")],
)  # fmt: skip
async def test_other_messages_are_answered_to_their_sender_alone(
    rooms: Rooms, code: str, frame: str | bytes, why: str
) -> None:
    alice, bob = enter(rooms, code, 1), enter(rooms, code, 2)
    alice.take(), bob.take()
    await rooms.receive(code, bob, frame)
    (error,) = bob.take()
    assert (error["action"], error["message"]) == ("error", why)
    assert alice.take() == []


async def test_when_the_owner_leaves_the_longest_present_is_owner_and_readiness_stays(rooms: Rooms, code: str) -> None:
    alice, bob, carol = (enter(rooms, code, pk) for pk in (1, 2, 3))
    await say(rooms, code, carol, "ready_status", is_ready=True)
    for peer in (alice, bob, carol):
        peer.take()
    await rooms.leave(code, alice)
    said = {"action": "player_left", "user_left": "alice", "owner": "bob", "players": [entry(2), entry(3, True)]}
    assert bob.take() == [{**said, "is_owner": True}]
    assert carol.take() == [{**said, "is_owner": False}]


async def test_who_comes_back_is_not_ready(rooms: Rooms, code: str) -> None:
    alice, bob = enter(rooms, code, 1), enter(rooms, code, 2)
    await say(rooms, code, bob, "ready_status", is_ready=True)
    await rooms.leave(code, bob)
    alice.take()
    enter(rooms, code, 2)
    assert alice.take()[0]["players"] == [entry(1), entry(2)]


async def test_when_the_last_leaves_the_room_is_gone(rooms: Rooms, code: str, lobby: FakeLobby) -> None:
    alice = enter(rooms, code, 1)
    await rooms.leave(code, alice)
    assert not rooms.exists(code)
    assert lobby.codes == {}
    late = FakePeer(1)
    assert not rooms.join(code, user(1), late)


async def test_a_room_that_nobody_enters_is_forgotten_after_ten_minutes(
    rooms: Rooms, lobby: FakeLobby, clock: FakeClock
) -> None:
    empty, used = await rooms.reserve(1), await rooms.reserve(2)
    enter(rooms, used, 2)
    clock.advance(minutes=10, seconds=-1)
    await rooms.forget_empty()
    assert rooms.exists(empty)
    clock.advance(seconds=1)
    await rooms.forget_empty()
    assert not rooms.exists(empty)
    assert set(lobby.codes) == {used}


async def test_codes_outlive_a_restart(rooms: Rooms, code: str, lobby: FakeLobby, clock: FakeClock) -> None:
    alice = enter(rooms, code, 1)
    await rooms.stop()
    assert alice.code == 1001
    await rooms.leave(code, alice)
    again = Rooms(Settings(), lobby, clock, clock.game_time(), FakeGames(lobby).create)
    await again.restore()
    bob = enter(again, code, 2)
    assert bob.frames[0]["owner"] == "bob"
    enter(again, code, 1)
    assert bob.frames[1]["owner"] == "alice"


async def test_a_stop_waits_for_a_room_that_starts_and_its_members_hear_of_the_game(
    rooms: Rooms, code: str, games: FakeGames
) -> None:
    alice = enter(rooms, code, 1)
    await rooms.receive(code, alice, json.dumps({"command": "ready_status", "is_ready": True}))
    games.gate.clear()
    starting = asyncio.create_task(rooms.receive(code, alice, json.dumps({"command": "start_game"})))
    await asyncio.sleep(0)
    stopping = asyncio.create_task(rooms.stop())
    await asyncio.sleep(0)
    assert alice.code is None
    games.gate.set()
    await asyncio.gather(starting, stopping)
    assert alice.frames[-1] == {"action": "game_start", "game_id": 1}
    assert alice.code == 4001


async def test_a_room_is_open_again_after_a_start_that_an_error_of_ours_stopped(
    rooms: Rooms, code: str, games: FakeGames
) -> None:
    alice, bob = (enter(rooms, code, pk) for pk in (1, 2))
    for peer in (alice, bob):
        await say(rooms, code, peer, "ready_status", is_ready=True)
    games.broken = True
    with pytest.raises(ZeroDivisionError):
        await say(rooms, code, alice, "start_game")
    games.broken = False
    await say(rooms, code, alice, "start_game")
    assert games.made == [(1, 2)]


async def test_a_start_that_cannot_be_stored_is_refused_and_works_later(
    rooms: Rooms, code: str, games: FakeGames
) -> None:
    alice, bob, carol = (enter(rooms, code, pk) for pk in (1, 2, 3))
    for peer in (alice, bob, carol):
        await say(rooms, code, peer, "ready_status", is_ready=True)
        peer.take()
    games.failing = True
    games.gate.clear()
    starting = asyncio.create_task(say(rooms, code, alice, "start_game"))
    await asyncio.sleep(0)
    for peer in (alice, bob, carol):
        peer.take()
    await rooms.leave(code, carol)  # drops while the game is being made
    late = FakePeer(4)
    assert not rooms.join(code, user(4), late)
    assert bob.take() == []
    games.gate.set()
    await starting
    left, error = alice.take()
    assert (left["user_left"], error["code"]) == ("carol", "unavailable")
    assert bob.take()[0]["players"] == [entry(1, True), entry(2, True)]
    games.failing = False
    await say(rooms, code, alice, "start_game")
    assert games.made == [(1, 2)]


async def test_a_newcomer_who_listens_late_gets_joined_as_it_is_now(rooms: Rooms, code: str) -> None:
    alice, bob = enter(rooms, code, 1), enter(rooms, code, 2)
    await say(rooms, code, alice, "ready_status", is_ready=True)
    again = rooms.joined_again(code, bob)
    assert again is not None
    frame = json.loads(again)
    assert (frame["action"], frame["user"], frame["is_owner"]) == ("joined", "bob", False)
    assert frame["players"] == [entry(1, True), entry(2)]
    await rooms.leave(code, bob)
    assert rooms.joined_again(code, bob) is None


@pytest.mark.parametrize(
    ("refused_by", "sentence"),
    [
        (TooManyGames(1, 20), "Demasiadas partidas en curso."),
        (TooManyStarts(1), "Demasiadas partidas seguidas: espera un momento."),
    ],
)
async def test_a_room_whose_owner_may_not_begin_a_game_says_why_and_stays(
    refused_by: GameRefused, sentence: str, rooms: Rooms, games: FakeGames, code: str
) -> None:
    alice = enter(rooms, code, 1)
    await say(rooms, code, alice, "ready_status", is_ready=True)
    games.refused_by = refused_by
    alice.take()
    await say(rooms, code, alice, "start_game")
    (refused,) = alice.take()
    assert (refused["code"], refused["message"]) == (refused_by.code, sentence)
    games.refused_by = None
    await say(rooms, code, alice, "start_game")
    assert alice.take()[-1]["action"] == "game_start"


async def test_chat_has_a_limit_of_each_user_and_of_the_room(
    lobby: FakeLobby, games: FakeGames, clock: FakeClock
) -> None:
    settings = Settings(chat_burst=3, chat_per_second=0.01, room_chat_burst=5, room_chat_per_second=0.01)
    rooms = Rooms(settings, lobby, clock, clock.game_time(), games.create)
    code = await rooms.reserve(1)
    alice, bob = enter(rooms, code, 1), enter(rooms, code, 2)
    alice.take(), bob.take()
    for peer in (alice, bob):
        for _ in range(4):
            await say(rooms, code, peer, "chat_message", message="hm")
    assert [frame["action"] for frame in alice.take()] == ["chat_message"] * 3 + ["error"] + ["chat_message"] * 2
    heard = bob.take()
    assert [frame["action"] for frame in heard] == ["chat_message"] * 5 + ["error"] * 2
    assert heard[-1]["code"] == "rate_limited"
