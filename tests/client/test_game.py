"""A game that is followed through lost connections, against a real server."""

import asyncio
import signal
from collections.abc import AsyncIterator
from unittest.mock import ANY

import httpx
import pytest

from magnate.client import quick_game
from magnate.client.errors import ClientError, NotMagnate, ServerUnreachable, SocketClosed
from magnate.client.game import Back, Changed, GameClient, Lost, Refused, Said, Update
from magnate.client.quick_game import start_bot_game
from magnate.client.rest import RestClient
from magnate.client.session import Session
from magnate.client.sockets import Socket, open_queue, open_room
from magnate.engine.actions import SURRENDER, THROW_DICES, MoveTo
from magnate.engine.phases import END_GAME, Phase
from magnate.engine.view import legal_actions
from magnate.protocol.queue import Cancel, MatchFound
from magnate.protocol.room import Joined, RoomCommand, RoomError, RoomMessage, SetReady
from tests.client.server import PASSWORD, ServerProcess

pytestmark = pytest.mark.anyio

PATIENCE_SECONDS = 30.0


async def play_on(game: GameClient, updates: AsyncIterator[Update]) -> None:
    """Do the first thing that is legal, again and again, until the game is over."""
    async for update in updates:
        if isinstance(update, Changed):
            if game.view.phase is END_GAME:
                return
            if game.view.phase_seat == game.view.viewer and game.view.phase is not Phase.AUCTION:
                legal = legal_actions(game.view, game.view.viewer)
                await game.act(legal[-2] if len(legal) > 1 else legal[0])
            elif game.view.phase is Phase.AUCTION and len(legal_actions(game.view, game.view.viewer)) > 1:
                await game.act(legal_actions(game.view, game.view.viewer)[0])


async def until(updates: AsyncIterator[Update], kind: type[Update]) -> Update:
    async with asyncio.timeout(PATIENCE_SECONDS):
        async for update in updates:
            if isinstance(update, kind):
                return update
    raise AssertionError(f"the updates ended without {kind}")


async def test_a_whole_game_against_bots(rest: RestClient) -> None:
    number = await start_bot_game(rest, ("expert", "very_easy"))
    game = GameClient(rest, number)
    async with asyncio.timeout(PATIENCE_SECONDS * 2):
        await play_on(game, game.updates())
    assert game.view.winners
    assert game.seating.names.count("alice") == 1
    await game.close()
    summary = await rest.summary(number)
    assert summary.final_money.keys() == set(game.seating.names)
    assert await rest.games_played() == [number]


async def test_a_game_goes_on_after_the_server_was_killed(server: ServerProcess, rest: RestClient) -> None:
    game = GameClient(rest, await start_bot_game(rest, ("easy",)))
    updates = game.updates()
    await until(updates, Changed)
    before = (game.view.turn, game.view.order)
    await server.stop(signal.SIGKILL)
    lost = await until(updates, Lost)
    assert isinstance(lost, Lost)
    assert lost.attempt == 1
    assert not await game.act(THROW_DICES), "an action without a connection is not kept for later"
    await server.start()
    await until(updates, Back)
    await until(updates, Changed)
    assert (game.view.turn, game.view.order) >= before
    await game.close()


async def test_a_refused_action_says_its_rule_and_changes_nothing(rest: RestClient) -> None:
    game = GameClient(rest, await start_bot_game(rest, ("easy",)))
    updates = game.updates()
    await until(updates, Changed)
    await game.act(MoveTo(77))
    refused = await until(updates, Refused)
    assert isinstance(refused, Refused)
    assert refused.code in ("not_your_turn", "wrong_phase")
    assert refused.message
    await game.close()


async def test_what_is_said_is_heard(rest: RestClient) -> None:
    game = GameClient(rest, await start_bot_game(rest, ("easy",)))
    updates = game.updates()
    await until(updates, Changed)
    await game.say("hello")
    assert await until(updates, Said) == Said("alice", "hello")
    await game.close()


async def test_surrender_ends_a_game_in_which_no_human_is_left(rest: RestClient) -> None:
    game = GameClient(rest, await start_bot_game(rest, ("easy", "easy", "easy")))
    updates = game.updates()
    await until(updates, Changed)
    await game.act(SURRENDER)
    while game.view.phase is not END_GAME:
        await until(updates, Changed)
    assert game.view.viewer not in game.view.winners
    assert (await rest.profile()).active_game is None
    await game.close()


async def test_a_game_of_others_is_closed_for_good(server: ServerProcess, rest: RestClient) -> None:
    number = await start_bot_game(rest, ("easy",))
    async with RestClient(server.url) as stranger:
        await stranger.register("bob", PASSWORD, PASSWORD)
        with pytest.raises(SocketClosed) as caught:
            await until(GameClient(stranger, number).updates(), Changed)
    assert caught.value.code == 4003


async def test_before_the_first_state_there_is_no_view(rest: RestClient) -> None:
    with pytest.raises(ClientError):
        GameClient(rest, 1).view  # noqa: B018


async def test_two_in_the_queue_meet(server: ServerProcess, rest: RestClient) -> None:
    async def wait(client: RestClient) -> int:
        socket = await open_queue(client.server, await client.access_token())
        said = aiter(socket)
        found = await anext(said)
        assert isinstance(found, MatchFound)
        with pytest.raises(SocketClosed) as caught:
            await anext(said)
        assert caught.value.code == 4001
        return found.game_id

    async with RestClient(server.url) as other, asyncio.timeout(PATIENCE_SECONDS):
        await other.register("bob", PASSWORD, PASSWORD)
        first, second = await asyncio.gather(wait(rest), wait(other))
    assert first == second > 0


async def test_leaving_the_queue_is_answered_with_its_code(rest: RestClient) -> None:
    socket = await open_queue(rest.server, await rest.access_token())
    await socket.send(Cancel())
    with pytest.raises(SocketClosed) as caught:
        await anext(aiter(socket))
    assert caught.value.code == 4000
    assert await socket.send(Cancel()) is False


async def test_an_unknown_room_says_so_before_it_closes(rest: RestClient) -> None:
    socket = await open_room(rest.server, await rest.access_token(), "NOROOM")
    said = aiter(socket)
    error = await anext(said)
    assert isinstance(error, RoomError)
    assert error.message == error.error == "Sala no encontrada."
    with pytest.raises(SocketClosed) as caught:
        await anext(said)
    assert caught.value.code == 4003


async def closed_room(server: str, token: str, code: str) -> Socket[RoomMessage, RoomCommand]:
    """Enter a room that there is not, and return once the server has closed it."""
    socket = await open_room(server, token, "NOROOM")
    await socket._connection.wait_closed()
    return socket


async def test_what_came_before_the_close_is_read_although_nothing_can_be_sent_any_more(rest: RestClient) -> None:
    socket = await closed_room(rest.server, await rest.access_token(), "NOROOM")
    assert await socket.send(SetReady(True)) is False
    said = aiter(socket)
    refused = await anext(said)
    assert isinstance(refused, RoomError)
    assert refused.message == "Sala no encontrada."
    with pytest.raises(SocketClosed) as caught:
        await anext(said)
    assert caught.value.code == 4003


async def test_why_no_game_against_bots_begins_is_said_although_the_server_closed_first(
    rest: RestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick_game, "open_room", closed_room)
    with pytest.raises(SocketClosed, match="Sala no encontrada"):
        await start_bot_game(rest, ("easy",))


async def test_a_room_greets_who_comes_in(rest: RestClient) -> None:
    socket = await open_room(rest.server, await rest.access_token(), await rest.new_room())
    async for message in socket:
        assert isinstance(message, Joined)
        assert message.is_owner
        break
    await socket.close()


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"", ServerUnreachable),
        (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", ServerUnreachable),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", NotMagnate),
        (b"220 mail.example.test ready\r\n", NotMagnate),
    ],
)
async def test_only_what_may_pass_is_tried_again(answer: bytes, error: type[ClientError]) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(error):
            await open_queue(f"http://127.0.0.1:{port}", "token")


async def test_a_session_that_cannot_be_renewed_just_now_is_a_lost_connection() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(503, json={"error": "the disk is full"})

    async with RestClient("http://elsewhere.test", transport=httpx.MockTransport(answer)) as rest:
        rest.session = Session("alice", 1, "", "")
        assert await anext(GameClient(rest, 1).updates()) == Lost("the disk is full", 1, ANY)


@pytest.mark.parametrize("levels", [(), ("easy",) * 4])
async def test_a_game_has_one_to_three_bots(rest: RestClient, levels: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="one to 3 bots"):
        await start_bot_game(rest, levels)


async def test_nobody_answers_where_no_server_is() -> None:
    with pytest.raises(ServerUnreachable):
        await open_queue("http://127.0.0.1:9", "token")
