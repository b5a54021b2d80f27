"""Protocol, "Connecting": paths, who you are, and close codes that really arrive."""

import jwt
import pytest
from websockets.exceptions import InvalidStatus

from tests.server.wire.process import Server, User, bare_socket, matched, new_user

pytestmark = pytest.mark.anyio

QUEUE_PATHS = ("/ws/queue/", "/ws/queue", "/ws/queue/public/", "/ws/queue/public")
ROOM_PATHS = ("/ws/room/{}/", "/ws/room/{}", "/ws/queue/private/{}/", "/ws/queue/private/{}")
GAME_PATHS = ("/ws/game/{}/", "/ws/game/{}")
ALL_PATHS = (*QUEUE_PATHS, *(path.format("ABC123") for path in ROOM_PATHS), *(path.format(1) for path in GAME_PATHS))


@pytest.mark.parametrize("path", ALL_PATHS)
@pytest.mark.parametrize("query", ["", "?token=", "?token=nonsense", "?token=%00%ff"])
async def test_who_is_nobody_is_accepted_and_closed_with_4002(server: Server, path: str, query: str) -> None:
    async with bare_socket(server, path + query) as socket:
        assert await socket.closed() == 4002


@pytest.mark.parametrize("path", QUEUE_PATHS)
async def test_the_queue_has_four_paths(alice: User, path: str) -> None:
    async with alice.open(path) as socket:
        await socket.send({"action": "cancel"})
        assert await socket.closed() == 4000


@pytest.mark.parametrize("path", ROOM_PATHS)
async def test_a_room_has_four_paths(alice: User, path: str) -> None:
    async with alice.open(path.format(await alice.new_room())) as socket:
        assert (await socket.receive())["action"] == "joined"


@pytest.mark.parametrize("path", GAME_PATHS)
async def test_a_game_has_two_paths(alice: User, bob: User, path: str) -> None:
    async with alice.open(path.format(await matched([alice, bob]))) as socket:
        assert (await socket.receive())["event_type"] == "game_state"


async def test_the_authorization_header_says_who_you_are(server: Server, alice: User) -> None:
    async with bare_socket(
        server, "/ws/queue/", additional_headers={"Authorization": f"Bearer {alice.token}"}
    ) as socket:
        await socket.send({"action": "cancel"})
        assert await socket.closed() == 4000


async def test_the_cookie_says_who_you_are_on_a_page_of_the_server_itself(server: Server, alice: User) -> None:
    headers = {"Cookie": f"magnate_session={alice.cookie}"}
    async with bare_socket(server, "/ws/queue/", additional_headers=headers, origin=server.url) as socket:
        await socket.send({"action": "cancel"})
        assert await socket.closed() == 4000


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "https://evil.example",
        "http://localhost:5173",
        "http://127.0.0.1:{other}",
        "http://localhost:{port}",
        "https://127.0.0.1:{port}",
    ],
)
async def test_the_cookie_does_not_count_from_any_other_page(server: Server, alice: User, origin: str | None) -> None:
    headers = {"Cookie": f"magnate_session={alice.cookie}"}
    shown = origin and origin.format(port=server.port, other=server.port ^ 1)
    async with bare_socket(server, "/ws/queue/", additional_headers=headers, origin=shown) as socket:
        assert await socket.closed() == 4002


async def test_behind_a_proxy_with_tls_the_servers_own_pages_are_those_of_https(server: Server, alice: User) -> None:
    headers = {"Cookie": f"magnate_session={alice.cookie}", "X-Forwarded-Proto": "https"}
    own = f"https://127.0.0.1:{server.port}"
    async with bare_socket(server, "/ws/queue/", additional_headers=headers, origin=own) as socket:
        await socket.send({"action": "cancel"})
        assert await socket.closed() == 4000
    async with bare_socket(server, "/ws/queue/", additional_headers=headers, origin=server.url) as socket:
        assert await socket.closed() == 4002


async def test_the_first_that_is_present_counts_also_when_it_is_bad(server: Server, alice: User) -> None:
    headers = {"Authorization": f"Bearer {alice.token}", "Cookie": f"magnate_session={alice.cookie}"}
    async with bare_socket(
        server, "/ws/queue/?token=bad", additional_headers=headers, origin="http://localhost"
    ) as socket:
        assert await socket.closed() == 4002


async def test_the_token_of_another_kind_does_not_count(server: Server, alice: User) -> None:
    async with bare_socket(server, f"/ws/queue/?token={alice.cookie}") as socket:
        assert await socket.closed() == 4002


def signed_for_nobody(server: Server) -> str:
    """Return an access token that the server signed, of a user that its database does not know."""
    key = server.database.with_name(server.database.name + ".key").read_bytes().strip()
    claims = {"kind": "access", "sub": "4711", "family": "lost", "jti": "t", "exp": 2**40}
    return jwt.encode(claims, key, algorithm="HS256")


@pytest.mark.parametrize("path", ALL_PATHS)
async def test_a_signed_token_of_a_user_who_is_not_there_is_closed_with_4002(server: Server, path: str) -> None:
    async with bare_socket(server, f"{path}?token={signed_for_nobody(server)}") as socket:
        assert await socket.closed() == 4002


async def test_a_signed_token_of_a_user_who_is_not_there_is_refused_by_rest(server: Server) -> None:
    async with server.rest() as rest:
        for path in ("/user/info/", "/shop/items/", "/lobby/get-private-code", "/game/summary/1/"):
            answer = await rest.get(path, headers={"Authorization": f"Bearer {signed_for_nobody(server)}"})
            assert answer.status_code == 401, path


@pytest.mark.parametrize("game", ["999999", "0", "-1", "abc", "1.5", "9" * 40, "%00", "١"])
async def test_a_game_that_is_none_is_closed_with_4003(alice: User, game: str) -> None:
    async with alice.open(f"/ws/game/{game}/") as socket:
        assert await socket.closed() == 4003


async def test_who_is_no_participant_is_closed_with_4003(alice: User, bob: User, carol: User) -> None:
    game = await matched([alice, bob])
    async with carol.open(f"/ws/game/{game}/") as socket:
        assert await socket.closed() == 4003


@pytest.mark.parametrize("path", ["/ws/game/", "/ws/game"])
async def test_a_game_without_its_id_is_closed_with_4002(alice: User, path: str) -> None:
    async with alice.open(path) as socket:
        assert await socket.closed() == 4002


@pytest.mark.parametrize("path", ["/ws/", "/ws/nothing/", "/user/info/", "/"])
async def test_a_path_that_is_none_is_no_websocket(alice: User, path: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with alice.open(path):
            pass
    assert refused.value.response.status_code in (403, 404)


@pytest.mark.parametrize("code", [1000, 1001, 4001, 4100, 4103])
async def test_whatever_code_a_client_closes_with_is_the_same(server: Server, code: int) -> None:
    leaver, other, third = await new_user(server), await new_user(server), await new_user(server)
    async with leaver.open("/ws/queue/") as socket:
        await socket.connection.close(code)
    await server.emptied()
    assert await matched([other, third])
    assert await leaver.get("/user/info/") | {"active_game": None} == await leaver.get("/user/info/")
