"""Seed document, "PrivateRoomConsumer", and protocol, "Private room"."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from tests.server.wire.conftest import Start
from tests.server.wire.process import Frame, Server, Socket, User, new_user, new_users, until_repeated

pytestmark = pytest.mark.anyio

READY: Frame = {"command": "ready_status", "is_ready": True}
START: Frame = {"command": "start_game"}


def player(user: User, ready: bool = False) -> Frame:
    return {"username": user.name, "ready_to_play": ready, "user_piece": 0}


def error(frame: Frame) -> str:
    """Return what an error frame says, which has nothing else but a code."""
    assert frame.keys() - {"code"} == {"action", "message"}
    assert frame["action"] == "error"
    return str(frame["message"])


async def refused(user: User, code: str) -> str:
    """Return what a user is told who may not come in, under both documented keys, and is closed with 4003."""
    async with user.open(f"/ws/room/{code}/") as socket:
        told = await socket.receive()
        assert told["action"] == "error"
        assert told["error"] == told["message"]
        assert await socket.closed() == 4003
        return str(told["error"])


@asynccontextmanager
async def inside(user: User, code: str, **options: Any) -> AsyncIterator[Socket]:
    """Open the socket of a room, and go on once its user is in."""
    async with user.open(f"/ws/room/{code}/", **options) as socket:
        await socket.until(action="joined", user=user.name)
        yield socket


# Joining and leaving


async def test_a_code_is_six_of_a_to_z_and_digits_and_exists_from_then_on(alice: User) -> None:
    code = await alice.new_room()
    assert re.fullmatch("[A-Z0-9]{6}", code)
    assert await alice.get(f"/lobby/check-code/{code}/") == {"exists": True}


async def test_a_newcomer_and_everybody_there_are_told_who_is_in(alice: User, bob: User) -> None:
    code = await alice.new_room()
    async with alice.open(f"/ws/room/{code}/") as first:
        assert await first.receive() == {
            "action": "joined",
            "user": alice.name,
            "owner": alice.name,
            "is_owner": True,
            "players": [player(alice)],
            "bot_level": "medium",
            "target_players": 2,
        }
        await first.ask(READY)
        async with bob.open(f"/ws/room/{code}/") as second:
            joined = {
                "action": "joined",
                "user": bob.name,
                "owner": alice.name,
                "players": [player(alice, True), player(bob)],
                "bot_level": "medium",
                "target_players": 2,
            }
            assert await first.receive() == {**joined, "is_owner": True}
            assert await second.receive() == {**joined, "is_owner": False}


async def test_who_leaves_is_told_to_who_remains_and_the_next_oldest_owns_the_room(server: Server) -> None:
    alice, bob, carol = await new_users(server, 3)
    code = await alice.new_room()
    async with inside(bob, code) as second, inside(carol, code) as third:
        async with inside(alice, code):
            told = await second.until(action="joined", user=alice.name)
            assert told["owner"] == alice.name, "the maker owns the room when present"
            await second.ask(READY)
        left = {
            "action": "player_left",
            "user_left": alice.name,
            "owner": bob.name,
            "players": [player(bob, True), player(carol)],
        }
        assert await second.receive() == {**left, "is_owner": True}
        assert await third.until(action="player_left") == {**left, "is_owner": False}


async def test_the_first_in_owns_a_room_without_its_maker(alice: User, bob: User, carol: User) -> None:
    code = await alice.new_room()
    async with bob.open(f"/ws/room/{code}/") as first:
        assert (await first.receive())["is_owner"] is True
        async with carol.open(f"/ws/room/{code}/") as second:
            assert (await second.receive())["owner"] == bob.name


async def test_when_the_last_leaves_the_room_is_gone(server: Server, alice: User, bob: User) -> None:
    code = await alice.new_room()
    async with inside(alice, code):
        pass
    await server.emptied()
    assert await alice.get(f"/lobby/check-code/{code}/") == {"exists": False}
    assert await refused(bob, code) == "Sala no encontrada."


@pytest.mark.parametrize("code", ["NOROOM", "noroom", "x", "A" * 500, "%00", "%F0%9F%8E%B2", "ABC%2012"])
async def test_an_unknown_room_is_refused(alice: User, code: str) -> None:
    assert await refused(alice, code) == "Sala no encontrada."


async def test_a_full_room_is_refused(server: Server) -> None:
    users = await new_users(server, 5)
    code = await users[0].new_room()
    async with (
        inside(users[0], code) as first,
        inside(users[1], code),
        inside(users[2], code),
        inside(users[3], code),
    ):
        await first.until(user=users[3].name)
        assert await refused(users[4], code) == "Sala llena."
        await first.quiet()


async def test_who_is_in_already_is_refused_and_stays_in(alice: User) -> None:
    code = await alice.new_room()
    async with inside(alice, code) as socket:
        assert await refused(alice, code) == "Ya estás en esta sala."
        assert (await socket.ask(READY))["action"] == "ready_status"


# Ready


async def test_everybody_is_told_who_is_ready(alice: User, bob: User) -> None:
    code = await alice.new_room()
    async with inside(alice, code) as first, inside(bob, code) as second:
        await first.until(user=bob.name)
        for is_ready in (True, False, False):
            told = {"action": "ready_status", "user": bob.name, "is_ready": is_ready, "owner": alice.name}
            await second.send({"command": "ready_status", "is_ready": is_ready})
            assert await first.receive() == {**told, "is_owner": True}
            assert await second.receive() == {**told, "is_owner": False}


@pytest.mark.parametrize("is_ready", [None, 1, 0, "true", [], {}])
async def test_ready_is_a_boolean(alice: User, is_ready: object) -> None:
    async with inside(alice, await alice.new_room()) as socket:
        assert error(await socket.ask({"command": "ready_status", "is_ready": is_ready})) == "Datos invalidos."


# Settings


@pytest.mark.parametrize("level", ["very_easy", "easy", "medium", "hard", "very_hard", "expert"])
@pytest.mark.parametrize("players", [1, 2, 3, 4, "4"])
async def test_the_owner_changes_the_settings_and_everybody_is_told(
    server: Server, level: str, players: int | str
) -> None:
    alice, bob = await new_users(server, 2)
    code = await alice.new_room()
    async with inside(alice, code) as first, inside(bob, code) as second:
        await first.until(user=bob.name)
        told = {"action": "settings_changed", "bot_level": level, "target_players": int(players)}
        assert await first.ask({"command": "update_settings", "bot_level": level, "target_players": players}) == told
        assert await second.receive() == told


async def test_either_setting_may_be_absent_and_both_are_told(alice: User) -> None:
    async with inside(alice, await alice.new_room()) as socket:
        told = {"action": "settings_changed", "bot_level": "medium", "target_players": 2}
        assert await socket.ask({"command": "update_settings"}) == told
        told["bot_level"] = "hard"
        assert await socket.ask({"command": "update_settings", "bot_level": "hard"}) == told
        told["target_players"] = 3
        assert await socket.ask({"command": "update_settings", "target_players": 3}) == told


@pytest.mark.parametrize(
    "bad",
    [
        {"bot_level": "impossible"},
        {"bot_level": ""},
        {"bot_level": 3},
        {"target_players": 0},
        {"target_players": 5},
        {"target_players": -1},
        {"target_players": "two"},
        {"target_players": 2.5},
        {"target_players": True},
        {"target_players": [2]},
        {"bot_level": "hard", "target_players": 9},
    ],
)
async def test_bad_settings_change_nothing(alice: User, bad: Frame) -> None:
    async with inside(alice, await alice.new_room()) as socket:
        assert error(await socket.ask({"command": "update_settings", **bad})) == "Configuración inválida."
        told = {"action": "settings_changed", "bot_level": "medium", "target_players": 2}
        assert await socket.ask({"command": "update_settings"}) == told


async def test_only_the_owner_changes_settings(alice: User, bob: User) -> None:
    code = await alice.new_room()
    async with inside(alice, code) as first, inside(bob, code) as second:
        told = await second.ask({"command": "update_settings", "bot_level": "hard"})
        assert error(told) == "Solo el host puede cambiar la configuración."
        await first.until(user=bob.name)
        await first.quiet()


# Chat and what is no command


async def test_everybody_hears_what_somebody_says_trimmed(alice: User, bob: User) -> None:
    code = await alice.new_room()
    async with inside(alice, code) as first, inside(bob, code) as second:
        await first.until(user=bob.name)
        told = {"action": "chat_message", "user": bob.name, "message": "¡Buena suerte! 🎲"}
        assert await second.ask({"command": "chat_message", "message": "  ¡Buena suerte! 🎲 "}) == told
        assert await first.receive() == told


@pytest.mark.parametrize("message", ["", "  ", "x" * 501, "a\x1b[31mb", "a\nb", 5, None, {"text": "hi"}, "\x7f"])
async def test_what_may_not_be_said_is_refused(alice: User, message: object) -> None:
    async with inside(alice, await alice.new_room()) as socket:
        assert error(await socket.ask({"command": "chat_message", "message": message})) == "Datos invalidos."


async def test_500_characters_may_be_said(alice: User) -> None:
    async with inside(alice, await alice.new_room()) as socket:
        assert (await socket.ask({"command": "chat_message", "message": "ñ" * 500}))["message"] == "ñ" * 500


@pytest.mark.parametrize("message", ["", "no json", "[]", "1", "null", b'{"command": "start_game"}', "[" * 20_000])
async def test_what_is_no_object_is_invalid_data(alice: User, message: str | bytes) -> None:
    async with inside(alice, await alice.new_room()) as socket:
        assert error(await socket.ask(message)) == "Datos invalidos."


@pytest.mark.parametrize("message", [{}, {"command": None}, {"command": ""}, {"command": "x"}, {"command": ["x"]}])
async def test_no_or_an_unknown_command_is_an_invalid_command(alice: User, message: Frame) -> None:
    async with inside(alice, await alice.new_room()) as socket:
        assert error(await socket.ask(message)) == "Comando invalido."


# Starting


async def started(owner: Socket, *others: Socket) -> int:
    """Start the game and return its id; everybody is told it and nothing else, and closed with 4001."""
    await owner.send(START)
    told = await owner.receive()
    assert told == {"action": "game_start", "game_id": told["game_id"]}
    assert type(told["game_id"]) is int
    assert await owner.closed() == 4001
    for other in others:
        assert await other.receive() == told
        assert await other.closed() == 4001
    return int(told["game_id"])


async def test_the_game_of_who_is_in_starts_when_all_are_ready(alice: User, bob: User) -> None:
    code = await alice.new_room()
    async with inside(alice, code) as first, inside(bob, code) as second:
        await first.until(user=bob.name)
        for socket in (first, second):
            await socket.send(READY)
            await first.receive()
            await second.receive()
        game = await started(first, second)
    assert await alice.get(f"/lobby/check-code/{code}/") == {"exists": False}
    async with bob.playing(game) as (_, state):
        assert sorted(state["players"]) == sorted((alice.pk, bob.pk))
        assert state["bots"] == []


@pytest.mark.parametrize("players", [2, 3, 4])
async def test_bots_of_the_level_fill_the_seats(alice: User, players: int) -> None:
    async with inside(alice, await alice.new_room()) as socket:
        await socket.ask({"command": "update_settings", "bot_level": "expert", "target_players": players})
        await socket.ask(READY)
        game = await started(socket)
    async with alice.playing(game) as (_, state):
        assert len(state["players"]) == players
        assert sorted(state["bots"]) == sorted(set(state["players"]) - {alice.pk})
    for bot in state["bots"]:
        assert await alice.get(f"/info/user-name-piece/{bot}/") == {
            "username": state["usernames"][str(bot)],
            "piece": 0,
        }


async def test_more_people_than_seats_are_all_seated(server: Server) -> None:
    users = await new_users(server, 3)
    code = await users[0].new_room()
    async with (
        inside(users[0], code) as first,
        inside(users[1], code) as second,
        inside(users[2], code) as third,
    ):
        await first.send({"command": "update_settings", "target_players": 1})
        sockets = (first, second, third)
        for user, socket in zip(users, sockets, strict=True):
            await socket.send(READY)
            for each in sockets:
                await each.until(action="ready_status", user=user.name)
        game = await started(*sockets)
    async with users[2].playing(game) as (_, state):
        assert sorted(state["players"]) == sorted(user.pk for user in users)


async def test_only_the_owner_starts_whatever_else_is_missing(alice: User, bob: User) -> None:
    code = await alice.new_room()
    async with inside(alice, code) as first, inside(bob, code) as second:
        assert error(await second.ask(START)) == "Solo el host puede iniciar una partida."
        await first.until(user=bob.name)
        await first.quiet()


async def test_a_game_needs_two_seats_whether_or_not_all_are_ready(alice: User) -> None:
    async with inside(alice, await alice.new_room()) as socket:
        await socket.ask({"command": "update_settings", "target_players": 1})
        assert error(await socket.ask(START)) == "Se necesitan 2 jugadores para iniciar la partida."
        await socket.ask(READY)
        assert error(await socket.ask(START)) == "Se necesitan 2 jugadores para iniciar la partida."


async def test_all_must_be_ready_and_nothing_changes_until_they_are(alice: User, bob: User) -> None:
    words = "Todos los jugadores deben estar listos para iniciar la partida."
    code = await alice.new_room()
    async with inside(alice, code) as first, inside(bob, code) as second:
        await first.until(user=bob.name)
        assert error(await first.ask(START)) == words
        await first.ask(READY)
        assert error(await first.ask(START)) == words
        await second.until(action="ready_status", user=alice.name)
        await second.quiet()


async def test_only_who_leaves_is_no_longer_ready(server: Server) -> None:
    alice, bob, carol = await new_users(server, 3)
    code = await alice.new_room()
    async with inside(alice, code) as first, inside(bob, code) as second:
        await first.until(user=bob.name)
        async with inside(carol, code) as third:
            for socket, user in ((first, alice), (second, bob), (third, carol)):
                await socket.send(READY)
                await first.until(action="ready_status", user=user.name)
        left = await first.until(action="player_left")
        assert left["players"] == [player(alice, True), player(bob, True)]
        async with carol.open(f"/ws/room/{code}/") as third:
            assert (await third.receive())["players"][2] == player(carol, False)


async def test_joins_and_starts_at_once_seat_everybody_or_refuse_them(start: Start) -> None:
    """People come while the owner starts: each is in the game, or told that there is no such room."""
    server = start()
    alice, *others = await new_users(server, 4)

    async def come(user: User, code: str) -> int | None:
        async with user.open(f"/ws/room/{code}/") as socket:
            while (told := await socket.receive())["action"] in ("joined", "ready_status", "player_left"):
                pass
            assert await socket.closed() == (4001 if told["action"] == "game_start" else 4003)
            return told.get("game_id")

    for _ in range(10):
        code = await alice.new_room()
        async with inside(alice, code) as socket:
            await socket.ask(READY)
            await socket.send(START)
            coming = [asyncio.ensure_future(come(user, code)) for user in others]
            told = await socket.until(action="game_start")
        games = await asyncio.gather(*coming)
        assert set(games) <= {None, told["game_id"]}
        async with alice.playing(told["game_id"]) as (_, state):
            seated = {user.pk for user, game in zip(others, games, strict=True) if game is not None}
            assert set(state["players"]) - set(state["bots"]) == {alice.pk} | seated


# Limits and restarts


async def test_a_user_holds_as_many_rooms_as_the_setting_says(start: Start) -> None:
    user = await new_user(start(ROOMS_PER_USER=2))
    await user.new_room()
    await user.new_room()
    with pytest.raises(httpx.HTTPStatusError) as too_many:
        await user.new_room()
    assert too_many.value.response.status_code == 409


async def test_a_code_outlives_the_server(start: Start) -> None:
    server = start()
    alice, bob = await new_users(server, 2)
    code = await alice.new_room()
    server.kill()
    server.start()
    async with inside(bob, code) as first, inside(alice, code):
        assert (await first.until(user=alice.name))["owner"] == alice.name


async def test_a_server_that_stops_closes_rooms_with_1001(start: Start) -> None:
    server = start()
    user = await new_user(server)
    async with inside(user, await user.new_room()) as socket:
        assert await server.stop_in_order() == 0
        assert await socket.code() == 1001


# Late listeners


async def test_a_browser_gets_its_own_joined_a_second_time(start: Start) -> None:
    server = start(LATE_LISTENER_MS=50)
    alice, bob = await new_users(server, 2)
    code = await alice.new_room()
    async with alice.open(f"/ws/room/{code}/", origin="http://localhost:5173") as browser:
        assert await browser.receive() == await browser.receive()
        async with inside(bob, code) as other:
            await browser.receive()
            await until_repeated(server)
            await other.quiet()
            await browser.quiet()


async def test_nobody_gets_a_repeat_when_it_is_off(start: Start) -> None:
    user = await new_user(start(LATE_LISTENER_MS=0))
    async with inside(user, await user.new_room(), origin="http://localhost") as browser:
        await browser.quiet()
