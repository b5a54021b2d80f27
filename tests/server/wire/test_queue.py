"""Seed document, "PublicQueueConsumer", and protocol, "Public queue"."""

import asyncio
import contextlib
import random

import pytest
from websockets.exceptions import ConnectionClosedError

from tests.server.wire.conftest import Start
from tests.server.wire.process import (
    PATIENCE_SECONDS,
    Server,
    Socket,
    User,
    bot_game,
    decoded,
    matched,
    new_user,
    new_users,
)

pytestmark = pytest.mark.anyio

ERROR = {"action": "error", "message": "Datos invalidos."}


def error_of(frame: dict[str, object]) -> dict[str, object]:
    """Return a frame without the code, which is an addition."""
    return {key: value for key, value in frame.items() if key != "code"}


async def test_players_wait_until_there_are_enough_and_are_told_of_a_new_game(alice: User, bob: User) -> None:
    async with alice.open("/ws/queue/") as first:
        await first.quiet()
        async with bob.open("/ws/queue/") as second:
            found = await first.receive()
            assert found == {"action": "match_found", "game_id": found["game_id"]}
            assert type(found["game_id"]) is int
            assert await second.receive() == found
            assert await first.closed() == 4001
            assert await second.closed() == 4001
    for user in (alice, bob):
        assert (await user.get("/user/info/"))["active_game"] == found["game_id"]
        async with user.playing(found["game_id"]) as (_, state):
            assert sorted(state["players"]) == sorted((alice.pk, bob.pk))


async def test_who_cancels_is_closed_with_4000_and_not_matched(alice: User, bob: User, carol: User) -> None:
    async with alice.open("/ws/queue/") as socket:
        await socket.send({"action": "cancel"})
        assert await socket.closed() == 4000
    await matched([bob, carol])
    assert (await alice.get("/user/info/"))["active_game"] is None


async def test_who_drops_is_not_matched(server: Server, alice: User, bob: User, carol: User) -> None:
    async with alice.open("/ws/queue/") as socket:
        assert (await socket.ask("no json"))["action"] == "error", "who is answered has a place"
        socket.connection.transport.abort()
    await server.emptied()
    await matched([bob, carol])
    assert (await alice.get("/user/info/"))["active_game"] is None


@pytest.mark.parametrize(
    "message",
    [
        "",
        "no json",
        "{",
        "[]",
        "1",
        "null",
        '"cancel"',
        "{}",
        '{"action": "leave"}',
        '{"action": null}',
        '{"action": {"action": "cancel"}}',
        '{"Action": "cancel"}',
        '{"command": "cancel"}',
        b'{"action": "cancel"}',
        "[" * 20_000,
        '{"action": "\\ud800"}',
        "1" + "0" * 5_000,
    ],
    ids=lambda message: repr(message[:20]),
)
async def test_any_other_message_is_an_error_and_changes_nothing(alice: User, message: str | bytes) -> None:
    async with alice.open("/ws/queue/") as socket:
        assert error_of(await socket.ask(message)) == ERROR
        await socket.send({"action": "cancel", "more": 1})
        assert await socket.closed() == 4000


async def test_a_newer_socket_takes_the_place_over_and_the_older_is_closed_with_1000(
    alice: User, bob: User, carol: User
) -> None:
    async with alice.open("/ws/queue/") as older:
        await older.quiet()
        async with alice.open("/ws/queue/public/") as newer:
            assert await older.closed() == 1000
            await newer.quiet()
            async with bob.open("/ws/queue/"):
                found = await newer.receive()
                assert found["action"] == "match_found"
                assert await newer.closed() == 4001
    async with alice.playing(found["game_id"]) as (_, state):
        assert sorted(state["players"]) == sorted((alice.pk, bob.pk))


async def test_the_place_taken_over_keeps_its_age(start: Start) -> None:
    server = start(PUBLIC_PLAYERS=3)
    alice, bob, carol, dora = await new_users(server, 4)
    async with alice.open("/ws/queue/") as older, bob.open("/ws/queue/"):
        await older.quiet()
        async with alice.open("/ws/queue/") as newer:
            assert await older.closed() == 1000
            async with carol.open("/ws/queue/"):
                game = (await newer.receive())["game_id"]
    assert (await dora.get("/user/info/"))["active_game"] is None
    async with alice.playing(game) as (_, state):
        assert sorted(state["players"]) == sorted(user.pk for user in (alice, bob, carol))


@pytest.mark.parametrize("players", [3, 4])
async def test_the_setting_says_how_many_make_a_game(start: Start, players: int) -> None:
    users = await new_users(start(PUBLIC_PLAYERS=players), players)
    game = await matched(users)
    async with users[0].playing(game) as (_, state):
        assert sorted(state["players"]) == sorted(user.pk for user in users)


async def test_who_plays_already_may_queue_for_another_game(alice: User, bob: User) -> None:
    assert await matched([alice, bob]) != await matched([alice, bob])


async def test_joins_cancels_drops_and_takeovers_at_once_match_everybody_once_and_no_ghosts(start: Start) -> None:
    """Some cancel, come back, open a second socket and wait; others only come to drop their connection."""
    server = start()
    players, visitors = await new_users(server, 24), await new_users(server, 12)
    chance = random.Random(1)

    async def play(user: User) -> int:
        for _ in range(chance.randrange(4)):
            async with user.open("/ws/queue/") as socket:
                await socket.send({"action": "cancel"})
                game = await _game(socket)
            if game is not None:
                return game
        async with user.open("/ws/queue/") as older, user.open("/ws/queue/") as newer:
            before, after = await _game(older), await _game(newer)
            # Who is matched before the newer socket opens queues for another game with it.
            assert after is not None, f"the newest socket waits in vain; the older was told of {before}"
            return after

    async def visit(user: User) -> None:
        async with user.open("/ws/queue/") as socket:
            if chance.random() < 0.5:
                socket.connection.transport.abort()

    tasks = [asyncio.ensure_future(play(user)) for user in players]
    async with asyncio.timeout(PATIENCE_SECONDS):
        await asyncio.gather(*map(visit, visitors))
        waiting = set(tasks)
        while len(waiting) > 1:
            _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        # Who dropped while the game was made is in it. So one may be left over, for whom somebody more comes.
        async with (await new_user(server)).open("/ws/queue/"):
            games = await asyncio.gather(*tasks)
    for user, game in zip(players, games, strict=True):
        assert games.count(game) <= 2
        assert (await user.get("/user/info/"))["active_game"] == game
        async with user.playing(game) as (_, state):
            assert len(state["players"]) == 2
            assert {each.pk for each, its in zip(players, games, strict=True) if its == game} <= set(state["players"])


async def _game(socket: Socket) -> int | None:
    """Return the game that a socket is told of before it ends, or None."""
    game: int | None = None
    with contextlib.suppress(ConnectionClosedError):
        async for frame in socket.connection:
            game = decoded(str(frame))["game_id"]
    return game


async def test_a_place_outlives_the_server_and_waits_for_its_user(start: Start) -> None:
    server = start(PUBLIC_PLAYERS=3)
    alice, bob, carol, dora = await new_users(server, 4)
    async with alice.open("/ws/queue/") as first, bob.open("/ws/queue/") as second:
        await first.quiet()
        await second.quiet()
        server.kill()
        assert await first.code() == 1006
    server.start()
    async with carol.open("/ws/queue/") as third, dora.open("/ws/queue/") as fourth:
        await third.quiet()  # two places wait for who is not here: no ghosts
        await fourth.quiet()
        async with bob.open("/ws/queue/") as back:
            game = (await back.receive())["game_id"]
            # Bob came before them; Alice, who came before all, is not here.
            async with bob.playing(game) as (_, state):
                assert sorted(state["players"]) == sorted(user.pk for user in (bob, carol, dora))
        assert (await third.receive())["game_id"] == game
        assert (await fourth.receive())["game_id"] == game
    assert (await alice.get("/user/info/"))["active_game"] is None


async def test_a_server_that_stops_keeps_the_places_and_closes_with_1001(start: Start) -> None:
    server = start(PUBLIC_PLAYERS=3)
    alice, bob, carol, dora = await new_users(server, 4)
    async with alice.open("/ws/queue/") as first:
        await first.quiet()
        assert await server.stop_in_order() == 0
        assert await first.code() == 1001
    server.start()
    async with bob.open("/ws/queue/") as second, carol.open("/ws/queue/") as third:
        await second.quiet()
        async with alice.open("/ws/queue/") as back, dora.open("/ws/queue/") as late:
            game = (await back.receive())["game_id"]
            assert {(await socket.receive())["game_id"] for socket in (second, third)} == {game}
            await late.quiet()


async def test_who_starts_a_private_game_leaves_the_queue_with_4000(server: Server) -> None:
    alice, bob = await new_users(server, 2)
    async with alice.open("/ws/queue/") as waiting:
        await waiting.quiet()
        await bot_game(alice)
        assert await waiting.code() == 4000
    async with bob.open("/ws/queue/") as alone:
        await alone.quiet()
