"""Watching and rematches on a real server (protocol: Watching, A rematch)."""

import pytest
from websockets.asyncio.client import connect

from tests.server.wire.conftest import Start
from tests.server.wire.process import Frame, Server, Socket, User, matched, new_users, quick

pytestmark = pytest.mark.anyio


def watching(server: Server, game: object) -> connect:
    """Open a socket that watches, without any account."""
    return connect(f"ws://127.0.0.1:{server.port}/ws/watch/{game}/", **quick({}))


async def live(server: Server) -> list[Frame]:
    async with server.rest() as rest:
        response = await rest.get("/games/live/")
        assert response.status_code == 200
        games: list[Frame] = response.json()["games"]
        return games


async def room_game(user: User, **settings: object) -> int:
    """Start a game against a bot in a room with these settings."""
    async with user.open(f"/ws/room/{await user.new_room()}/") as socket:
        await socket.send({"command": "update_settings", "target_players": 2, **settings})
        await socket.send({"command": "ready_status", "is_ready": True})
        await socket.send({"command": "start_game"})
        game: int = (await socket.until(action="game_start"))["game_id"]
        return game


async def leave(socket: Socket) -> None:
    """Leave a game against bots, which ends with that."""
    await socket.send({"type": "ActionSurrender"})
    while (await socket.until(event_type="game_response"))["data"]["type"] != "ResponseBonus":
        pass


async def code_of(server: Server, game: object) -> int | None:
    async with watching(server, game) as connection:
        return await Socket(connection).code()


async def test_anybody_watches_a_public_game_read_only_and_counts_as_a_viewer(
    server: Server, alice: User, bob: User
) -> None:
    game = await matched([alice, bob])
    async with watching(server, game) as connection, alice.playing(game) as (player, state):
        watcher = Socket(connection)
        first = await watcher.receive()
        assert first["game_state"]["usernames"] == state["usernames"]
        assert first["viewers"] == 1
        assert await watcher.ask({"type": "ActionThrowDices"}) == {
            "event_type": "error",
            "message": "Aquí solo puedes mirar.",
            "code": "read_only",
        }
        (listed,) = [each for each in await live(server) if each["game_id"] == game]
        assert {player["username"] for player in listed["players"]} == {alice.name, bob.name}
        assert (listed["viewers"], listed["current_round"]) == (1, 1)
        await player.send({"type": "ActionSurrender"})
        assert (await watcher.until(event_type="game_action"))["data"]["player"] == alice.pk
        assert (await watcher.until(event_type="game_response"))["data"]["type"] == "ResponseBonus"
    assert game not in [each["game_id"] for each in await live(server)], "it is over"


@pytest.mark.parametrize(("spectators", "watched", "listed"), [(None, False, False), ("off", False, False),
                                                              ("link", True, False), ("all", True, True)])  # fmt: skip
async def test_a_room_says_who_may_watch_its_game(
    server: Server, alice: User, spectators: str | None, watched: bool, listed: bool
) -> None:
    game = await room_game(alice, **({} if spectators is None else {"spectators": spectators}))
    assert (game in [each["game_id"] for each in await live(server)]) is listed
    if watched:
        async with watching(server, game) as connection:
            assert (await Socket(connection).receive())["game_state"]["id"] == game
    else:
        assert await code_of(server, game) == 4003
    async with alice.playing(game) as (socket, _):
        await leave(socket)


@pytest.mark.parametrize("game", [10**9, "x", "9" * 40, "-1"])
async def test_a_game_that_is_not_there_closes_with_4003(server: Server, game: object) -> None:
    assert await code_of(server, game) == 4003


async def test_one_address_watches_only_so_many_times(start: Start) -> None:
    server = start(WATCHERS_PER_ADDRESS=2)
    alice, bob = await new_users(server, 2)
    game = await matched([alice, bob])
    async with watching(server, game) as one, watching(server, game) as two:
        await Socket(one).receive()
        await Socket(two).receive()
        assert await code_of(server, game) == 1013
    async with alice.playing(game):
        pass  # players are not held up by those who watch


async def test_settings_of_the_room_name_spectators_only_once_they_are_set(alice: User) -> None:
    async with alice.open(f"/ws/room/{await alice.new_room()}/") as socket:
        assert "spectators" not in await socket.receive()
        await socket.send({"command": "update_settings", "bot_level": "easy"})
        assert await socket.receive() == {"action": "settings_changed", "bot_level": "easy", "target_players": 2}
        await socket.send({"command": "update_settings", "spectators": "link"})
        assert (await socket.receive())["spectators"] == "link"
        await socket.send({"command": "update_settings", "spectators": "everybody"})
        assert (await socket.receive())["message"] == "Configuración inválida."


async def test_a_rematch_has_the_same_people_bots_and_settings(start: Start) -> None:
    server = start()
    (alice,) = await new_users(server, 1)
    game = await room_game(alice, target_players=3, bot_levels=["easy", "hard"], spectators="link")
    async with alice.playing(game) as (socket, state), watching(server, game) as connection:
        watcher = Socket(connection)
        await socket.send({"type": "Rematch"})
        assert (await socket.until(event_type="error"))["code"] == "wrong_phase"
        await leave(socket)
        await socket.send({"type": "Rematch"})
        again = (await socket.until(event_type="rematch"))["game_id"]
        assert (await watcher.until(event_type="rematch"))["game_id"] == again
    assert again != game
    async with alice.playing(again) as (_, second), watching(server, again) as connection:
        assert sorted(second["usernames"].values()) == sorted(state["usernames"].values())
        assert (second["current_round"], second["max_rounds"]) == (1, state["max_rounds"]), "a bot may have begun"
        assert (await Socket(connection).receive())["game_state"]["id"] == again
    assert again not in [each["game_id"] for each in await live(server)]
