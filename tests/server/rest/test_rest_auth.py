"""REST, `/auth/`: each call with each of its answers."""

from datetime import datetime
from http.cookies import SimpleCookie
from typing import Any

import httpx
import pytest

from magnate.server.accounts.auth import COOKIE
from magnate.server.accounts.devices import COOKIE as DEVICE
from magnate.server.storage import SqliteStorage
from tests.server.support import PASSWORD, FakeClock, Player, register

pytestmark = pytest.mark.anyio

NEW = {"username": "alice", "password": PASSWORD, "password2": PASSWORD}


async def test_register_answers_profile_and_tokens(client: httpx.AsyncClient) -> None:
    response = await client.post("/auth/register/", json=NEW | {"username": "  Alice  "})
    assert response.status_code == 201
    answer = response.json()
    assert set(answer) == {"message", "user", "tokens"}
    assert answer["message"] == "correctly registered user"
    assert set(answer["tokens"]) == {"access", "refresh"}
    user = answer["user"]
    assert datetime.fromisoformat(user.pop("date_joined")).year == 2027
    assert user == {
        "pk": user["pk"],
        "username": "Alice",
        "points": 0,
        "exp": 0,
        "elo": 1000,
        "num_played_games": 0,
        "num_won_games": 0,
        "user_piece": 0,
        "active_game": None,
    }
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "   "}, "username"),
        ({"username": "a" * 41}, "username"),
        ({"username": "a\x1b[31m"}, "username"),
        ({"username": 7}, "username"),
        ({"username": None}, "username"),
        ({"username": ["alice"]}, "username"),
        ({"username": {"a": 1}}, "username"),
        ({"password": "short", "password2": "short"}, "password"),
        ({"password": "1029384756", "password2": "1029384756"}, "password"),
        ({"password": "iloveyou1", "password2": "iloveyou1"}, "password"),
        ({"password": "alice123", "password2": "alice123"}, "password"),
        ({"password": True, "password2": PASSWORD}, "password"),
        ({"password2": "another horse 9"}, "password2"),
        ({"password2": 12345678}, "password2"),
    ],
)
async def test_register_names_the_field_that_is_wrong(
    client: httpx.AsyncClient, storage: SqliteStorage, changes: dict[str, Any], field: str
) -> None:
    response = await client.post("/auth/register/", json=NEW | changes)
    assert response.status_code == 400
    answer = response.json()
    assert set(answer) == {field}
    assert answer[field]
    assert await storage.users() == []


async def test_register_names_all_that_is_wrong_at_once(client: httpx.AsyncClient) -> None:
    response = await client.post("/auth/register/", json={"username": "", "password": "1", "password2": "2"})
    assert response.status_code == 400
    assert set(response.json()) == {"username", "password", "password2"}
    response = await client.post("/auth/register/", json={})
    assert response.json() == {field: ["This field is required."] for field in NEW}


@pytest.mark.parametrize("name", ["alice", "ALICE", " Alice ", "ａｌｉｃｅ"])
async def test_register_refuses_a_taken_name_without_case(client: httpx.AsyncClient, alice: Player, name: str) -> None:
    response = await client.post("/auth/register/", json=NEW | {"username": name})
    assert response.status_code == 400
    assert response.json() == {"username": ["A user with that username already exists."]}


@pytest.mark.parametrize("name", ["аlісе", "aIice", "a1ice", "ALІCE"])
async def test_register_refuses_a_name_that_looks_like_another(
    client: httpx.AsyncClient, alice: Player, name: str
) -> None:
    response = await client.post("/auth/register/", json=NEW | {"username": name})
    assert (response.status_code, response.json()) == (
        400,
        {"username": ["This name looks like that of another user."]},
    )


@pytest.mark.parametrize("name", ["Bot_hard_3", "bot hard", "В0t-ехреrt-1"])
async def test_register_refuses_a_name_that_looks_like_a_bots(client: httpx.AsyncClient, name: str) -> None:
    response = await client.post("/auth/register/", json=NEW | {"username": name})
    assert response.status_code == 400
    assert response.json() == {"username": ["A user with that username already exists."]}


async def test_register_refuses_the_name_of_a_bot(client: httpx.AsyncClient, storage: SqliteStorage) -> None:
    (bot,) = await storage.bot_users("easy", 1, 0)
    response = await client.post("/auth/register/", json=NEW | {"username": bot.username.upper()})
    assert response.json() == {"username": ["A user with that username already exists."]}


async def test_login_answers_profile_tokens_active_game_and_a_cookie(client: httpx.AsyncClient, alice: Player) -> None:
    response = await client.post("/auth/login/", json={"username": "ALICE", "password": PASSWORD})
    assert response.status_code == 200
    answer = response.json()
    assert set(answer) == {"message", "user", "tokens", "active_game"}
    assert answer["message"] == "succesful login"
    assert answer["user"]["pk"] == alice.pk
    assert answer["active_game"] is None
    cookie = SimpleCookie(response.headers["set-cookie"])[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"].lower() == "lax"
    assert cookie["path"] == "/"
    assert int(cookie["max-age"]) == 14 * 24 * 3600
    assert not cookie["secure"], "this request came over plain HTTP"


async def test_over_https_the_cookie_is_secure(client: httpx.AsyncClient, alice: Player) -> None:
    body = {"username": "alice", "password": PASSWORD}
    response = await client.post("https://server.test/auth/login/", json=body)
    assert SimpleCookie(response.headers["set-cookie"])[COOKIE]["secure"]


async def test_login_and_profile_tell_the_active_game(
    client: httpx.AsyncClient, alice: Player, storage: SqliteStorage
) -> None:
    game = await storage.create_game(b"{}", [alice.pk], 0)
    response = await client.post("/auth/login/", json={"username": "alice", "password": PASSWORD})
    assert response.json()["active_game"] == response.json()["user"]["active_game"] == game
    assert (await alice.get("/user/info/")).json()["active_game"] == game


@pytest.mark.parametrize(
    ("username", "password"), [("alice", "wrong horse 9"), ("nobody", PASSWORD), ("", PASSWORD), ("alice", "")]
)
async def test_login_with_bad_credentials_is_401(
    client: httpx.AsyncClient, alice: Player, username: str, password: str
) -> None:
    response = await client.post("/auth/login/", json={"username": username, "password": password})
    assert response.status_code == 401
    assert response.json() == {"error": "bad credentials"}
    assert "set-cookie" not in response.headers


async def test_a_bot_cannot_log_in(client: httpx.AsyncClient, storage: SqliteStorage) -> None:
    (bot,) = await storage.bot_users("easy", 1, 0)
    response = await client.post("/auth/login/", json={"username": bot.username, "password": ""})
    assert (response.status_code, response.json()) == (401, {"error": "bad credentials"})


async def test_login_needs_both_fields(client: httpx.AsyncClient) -> None:
    response = await client.post("/auth/login/", json={"username": "alice"})
    assert (response.status_code, response.json()) == (400, {"password": ["This field is required."]})


async def test_too_many_failed_logins_are_429_with_the_time_to_wait(client: httpx.AsyncClient, alice: Player) -> None:
    body = {"username": "alice", "password": "wrong horse 9"}
    for _ in range(10):
        assert (await client.post("/auth/login/", json=body)).status_code == 401
    response = await client.post("/auth/login/", json=body | {"password": PASSWORD})
    assert response.status_code == 429
    assert response.headers["retry-after"] == "300"
    assert "300 seconds" in response.json()["detail"]


async def test_a_login_leaves_a_device_cookie_by_which_nobody_can_be_kept_out(
    client: httpx.AsyncClient, alice: Player, bob: Player, clock: FakeClock
) -> None:
    body = {"username": "alice", "password": PASSWORD}
    jar = SimpleCookie(await logged_in(client, body))
    assert (jar[DEVICE]["httponly"], jar[DEVICE]["samesite"].strip(",").lower()) == (True, "lax")
    assert int(jar[DEVICE]["max-age"]) == 365 * 24 * 3600
    client.cookies.clear()
    for _ in range(10):
        assert (await client.post("/auth/login/", json=body | {"password": "wrong horse 9"})).status_code == 401
    assert (await client.post("/auth/login/", json=body)).status_code == 429
    device = {"Cookie": f"{DEVICE}={jar[DEVICE].value}"}
    foreign = await client.post("/auth/login/", json=body, headers=device | {"Origin": "https://evil.example"})
    assert foreign.status_code == 429, "another page uses up none of it"
    clock.advance(days=20)
    for _ in range(10):
        assert (await client.post("/auth/login/", json=body | {"password": "wrong horse 9"})).status_code == 401
    assert (await client.post("/auth/login/", json=body, headers=device)).status_code == 200


@pytest.mark.parametrize("forged", ["nonsense", "session", "refresh", "other", "old"])
async def test_only_the_name_that_signed_in_on_a_device_is_known_there_and_for_a_year(
    client: httpx.AsyncClient, alice: Player, bob: Player, clock: FakeClock, forged: str
) -> None:
    body = {"username": "alice", "password": PASSWORD}
    own = SimpleCookie(await logged_in(client, body))
    other = SimpleCookie(await logged_in(client, body | {"username": "bob"}))
    client.cookies.clear()
    if forged == "old":
        clock.advance(days=365)
    cookies = {
        "nonsense": "nonsense",
        "session": own[COOKIE].value,
        "refresh": alice.refresh,
        "other": other[DEVICE].value,
        "old": own[DEVICE].value,
    }
    for _ in range(10):
        assert (await client.post("/auth/login/", json=body | {"password": "wrong horse 9"})).status_code == 401
    headers = {"Cookie": f"{DEVICE}={cookies[forged]}"}
    assert (await client.post("/auth/login/", json=body, headers=headers)).status_code == 429


async def logged_in(client: httpx.AsyncClient, body: dict[str, str]) -> str:
    """Log in and return the cookies as they were set."""
    response = await client.post("/auth/login/", json=body)
    assert response.status_code == 200
    return response.headers["set-cookie"]


async def test_refresh_rotates_and_the_old_token_is_void(client: httpx.AsyncClient, alice: Player) -> None:
    response = await client.post("/auth/refresh/", json={"refresh": alice.refresh})
    assert response.status_code == 200
    pair = response.json()
    assert set(pair) == {"access", "refresh"}
    assert pair["refresh"] != alice.refresh
    headers = {"Authorization": f"Bearer {pair['access']}"}
    assert (await client.get("/user/info/", headers=headers)).status_code == 200
    again = await client.post("/auth/refresh/", json={"refresh": alice.refresh})
    assert again.status_code == 401
    assert set(again.json()) == {"detail"}
    family = await client.post("/auth/refresh/", json={"refresh": pair["refresh"]})
    assert family.status_code == 401, "its whole family is revoked"


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c"])
async def test_refresh_with_a_bad_token_is_401(client: httpx.AsyncClient, token: str) -> None:
    response = await client.post("/auth/refresh/", json={"refresh": token})
    assert response.status_code == 401
    assert set(response.json()) == {"detail"}


async def test_refresh_needs_its_field(client: httpx.AsyncClient) -> None:
    response = await client.post("/auth/refresh/", json={})
    assert (response.status_code, response.json()) == (400, {"refresh": ["This field is required."]})


@pytest.mark.parametrize("by", ["body", "header", "cookie"])
async def test_logout_voids_the_refresh_token_and_the_cookie(client: httpx.AsyncClient, by: str) -> None:
    await register(client, "alice")
    login = await client.post("/auth/login/", json={"username": "alice", "password": PASSWORD})
    tokens = login.json()["tokens"]
    if by != "cookie":
        client.cookies.clear()
    response = await client.post(
        "/auth/logout/",
        json={"refresh": tokens["refresh"]} if by == "body" else {},
        headers={"Authorization": f"Bearer {tokens['access']}"} if by == "header" else {},
    )
    assert (response.status_code, response.content) == (204, b"")
    gone = SimpleCookie(response.headers["set-cookie"])[COOKIE]
    assert (gone.value, gone["max-age"]) == ("", "0")
    assert (await client.post("/auth/refresh/", json={"refresh": tokens["refresh"]})).status_code == 401


@pytest.mark.parametrize("origin", ["http://localhost:5173", "https://evil.example", "https://server.test", "null"])
async def test_another_page_can_neither_end_a_session_by_its_cookie_nor_begin_one(
    client: httpx.AsyncClient, origin: str
) -> None:
    alice = await register(client, "alice")
    body = {"username": "alice", "password": PASSWORD}
    login = await client.post("/auth/login/", json=body)
    response = await client.post("/auth/logout/", headers={"Origin": origin})
    assert (response.status_code, response.headers.get("set-cookie")) == (204, None)
    assert (await client.post("/auth/refresh/", json={"refresh": login.json()["tokens"]["refresh"]})).status_code == 200
    response = await client.post("/auth/login/", json=body, headers={"Origin": origin})
    assert (response.status_code, response.headers.get("set-cookie")) == (200, None)
    assert response.json()["user"]["pk"] == alice.pk


async def test_a_page_of_the_server_itself_gets_and_ends_its_session(client: httpx.AsyncClient) -> None:
    await register(client, "alice")
    headers = {"Origin": "http://server.test"}
    login = await client.post("/auth/login/", json={"username": "alice", "password": PASSWORD}, headers=headers)
    assert COOKIE in login.cookies
    await client.post("/auth/logout/", headers=headers)
    refresh = login.json()["tokens"]["refresh"]
    assert (await client.post("/auth/refresh/", json={"refresh": refresh})).status_code == 401


@pytest.mark.parametrize("token", [None, "nonsense"])
async def test_logout_of_nobody_is_204_too(client: httpx.AsyncClient, token: str | None) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    assert (await client.post("/auth/logout/", json={"refresh": token}, headers=headers)).status_code == 204
    assert (await client.post("/auth/logout/")).status_code == 204


async def test_logout_with_a_refresh_token_of_the_wrong_type_is_400(client: httpx.AsyncClient) -> None:
    response = await client.post("/auth/logout/", json={"refresh": 5})
    assert (response.status_code, set(response.json())) == (400, {"refresh"})


async def test_an_access_token_ends_after_30_minutes(alice: Player, clock: FakeClock) -> None:
    clock.advance(minutes=29)
    assert (await alice.get("/user/info/")).status_code == 200
    clock.advance(minutes=1)
    response = await alice.get("/user/info/")
    assert response.status_code == 401
    assert response.json() == {"detail": "the token has expired"}
    assert response.headers["www-authenticate"] == "Bearer"
