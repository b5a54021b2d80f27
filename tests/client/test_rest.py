"""The calls over HTTP, against a real server, and against servers that answer nonsense."""

import ssl

import httpx
import pytest

from magnate.client.errors import BadAddress, CallRefused, NothingThere, NotMagnate, ServerUnreachable, SignInNeeded
from magnate.client.rest import RestClient
from magnate.client.session import Session
from tests.client.server import PASSWORD, ServerProcess

pytestmark = pytest.mark.anyio


async def test_who_registers_is_signed_in_and_remembered(server: ServerProcess, rest: RestClient) -> None:
    profile = await rest.profile()
    assert (profile.username, profile.points, profile.elo, profile.active_game) == ("alice", 0, 1000, None)
    assert rest.session is not None
    again = RestClient(server.url + "/", rest._sessions)
    assert again.session == rest.session
    await again.close()


async def test_faults_come_by_field(rest: RestClient) -> None:
    with pytest.raises(CallRefused) as caught:
        await rest.register("alice", "12345678", "other")
    assert caught.value.status == 400
    assert set(caught.value.fields) == {"password", "password2"}
    assert all(caught.value.fields.values())
    assert str(caught.value) in caught.value.fields["password"] + caught.value.fields["password2"]
    with pytest.raises(CallRefused) as caught:
        await rest.register("Alice", PASSWORD, PASSWORD)
    assert set(caught.value.fields) == {"username"}


async def test_a_wrong_password_is_refused_without_ending_the_session(rest: RestClient) -> None:
    with pytest.raises(CallRefused, match="bad credentials") as caught:
        await rest.login("alice", "wrong horse 9")
    assert not isinstance(caught.value, SignInNeeded)
    assert (await rest.profile()).username == "alice"


async def test_an_access_token_that_has_run_out_is_exchanged_without_the_callers_doing(rest: RestClient) -> None:
    assert rest.session is not None
    before = rest.session
    rest.session = Session(before.username, before.user, "void", before.refresh)
    assert (await rest.profile()).username == "alice"
    renewed = rest._signed_in()
    assert renewed.access not in ("void", before.access)
    assert renewed.refresh != before.refresh


async def test_a_session_that_is_void_asks_to_sign_in(rest: RestClient) -> None:
    assert rest.session is not None
    rest.session = Session("alice", rest.session.user, "void", "void")
    with pytest.raises(SignInNeeded, match="ended"):
        await rest.profile()
    with pytest.raises(SignInNeeded, match="not signed in"):
        await rest.access_token()


async def test_signing_out_voids_the_session_on_the_server(rest: RestClient) -> None:
    session = rest.session
    await rest.logout()
    assert rest.session is None
    rest.session = session
    assert session is not None
    rest.session = Session(session.username, session.user, "void", session.refresh)
    with pytest.raises(SignInNeeded):
        await rest.profile()


async def test_the_shop_shows_what_is_owned_and_refuses_what_is_too_dear(rest: RestClient) -> None:
    items = await rest.shop()
    assert [item.owned for item in items] == [False] * len(items)
    with pytest.raises(CallRefused) as caught:
        await rest.buy(items[0].custom_id)
    assert "custom_id" in caught.value.fields
    assert await rest.emojis() == []
    await rest.change_piece(0)
    assert rest.session is not None
    assert await rest.piece_of(rest.session.user) == 0
    with pytest.raises(CallRefused):
        await rest.change_piece(items[0].custom_id)


async def test_a_room_that_is_made_exists(rest: RestClient) -> None:
    code = await rest.new_room()
    assert await rest.room_exists(code)
    assert not await rest.room_exists("NOROOM")


async def test_health_needs_no_session(server: ServerProcess) -> None:
    async with RestClient(server.url) as stranger:
        assert (await stranger.health()).status == "ok"


async def test_a_second_client_signs_in_with_name_and_password(server: ServerProcess, rest: RestClient) -> None:
    async with RestClient(server.url) as other:
        assert (await other.login("ALICE", PASSWORD)).username == "alice"
        assert await other.games_played() == []
        with pytest.raises(CallRefused) as caught:
            await other.summary(77)
        assert caught.value.status == 404


async def test_a_server_that_is_not_there_is_named() -> None:
    async with RestClient("http://127.0.0.1:9") as rest:
        with pytest.raises(ServerUnreachable, match=r"127\.0\.0\.1:9"):
            await rest.health()


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_gateway_without_its_server_is_no_answer(status: int) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(status, text="<html>"))
    async with RestClient("http://elsewhere.test", transport=transport) as rest:
        with pytest.raises(ServerUnreachable, match=str(status)):
            await rest.health()


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="<html>"),
        httpx.Response(400, text="Not found"),
        httpx.Response(500, json=["no", "object"]),
        httpx.Response(200, json={"status": 1}),
    ],
)
async def test_what_answers_nonsense_is_no_magnate_server(answer: httpx.Response) -> None:
    transport = httpx.MockTransport(lambda request: answer)
    async with RestClient("http://elsewhere.test", transport=transport) as rest:
        with pytest.raises(NotMagnate, match="elsewhere"):
            await rest.health()


async def test_a_refusal_without_words_still_says_its_status() -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(418, json={"teapot": []}))
    async with RestClient("http://elsewhere.test", transport=transport) as rest:
        with pytest.raises(CallRefused, match="418"):
            await rest.register("bob", "x", "x")


@pytest.mark.parametrize(("status", "kind"), [(404, NothingThere), (405, NotMagnate), (503, ServerUnreachable)])
async def test_what_answers_without_being_a_magnate_server_is_named(status: int, kind: type[Exception]) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(status, json={"detail": "Not Found"}))
    async with RestClient("http://elsewhere.test/foo", transport=transport) as rest:
        with pytest.raises(kind, match=r"http://elsewhere\.test/foo"):
            await rest.health()


async def test_a_path_that_the_host_does_not_know_is_no_wrong_password() -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(404, json={"detail": "Not Found"}))
    async with RestClient("http://elsewhere.test/nope", transport=transport) as rest:
        for call in (rest.login("bob", "x"), rest.register("bob", "x", "x"), rest.health()):
            with pytest.raises(NothingThere, match=r"there is no Magnate at http://elsewhere\.test/nope"):
                await call


@pytest.mark.parametrize(
    "address",
    [
        *("localhost:8000", "ftp://host", "http://", "https://", "http:///path", "http://:80", "http://host:"),
        *("http://host:99999", "http://host:0", "http://host:abc", "http://[::1", "http://ho st", "http://host\n"),
        *("http://host\x00", "http://host?x=1", "http://host#there", "http://me:secret@host", "http://a..b"),
        *("http://" + "a" * 64, "http://" + "a." * 3000, "http://\udcff", "http://host\\path", ""),
    ],
)
def test_what_can_be_no_address_is_refused_before_anything_is_sent(address: str) -> None:
    with pytest.raises(BadAddress, match="is no address of a server"):
        RestClient(address)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8000", "https://[::1]:8000/", "http://müller.example/magnate", "http://host"]
)
async def test_what_can_be_an_address_is_taken(address: str) -> None:
    async with RestClient(address) as rest:
        assert rest.server == address.rstrip("/")


async def test_a_server_whose_storage_fails_is_one_all_the_same() -> None:
    answer = {"status": "storage fails", "version": "1", "games": 0, "connections": 0}
    transport = httpx.MockTransport(lambda request: httpx.Response(503, json=answer))
    async with RestClient("http://elsewhere.test", transport=transport) as rest:
        assert (await rest.health()).status == "storage fails"


@pytest.mark.parametrize(("address", "loads"), [("http://127.0.0.1:9", False), ("https://127.0.0.1:9", True)])
async def test_certificates_are_loaded_for_an_address_that_has_one_alone(
    address: str, loads: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = []
    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", lambda *given, **named: loaded.append(given))
    async with RestClient(address) as rest:
        assert rest.server == address
    assert bool(loaded) is loads
