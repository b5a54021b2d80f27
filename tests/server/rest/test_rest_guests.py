"""People without a password (protocol: REST, Guests)."""

import dataclasses
import re

import httpx
import pytest
from starlette.applications import Starlette

from magnate.server.config import Settings
from magnate.server.storage import SqliteStorage
from tests.server.support import FULL_GAME, PASSWORD, FakeClock, Player, entry, register

pytestmark = pytest.mark.anyio


async def guest(client: httpx.AsyncClient, username: str | None = None) -> Player:
    body = {} if username is None else {"username": username}
    response = await client.post("/auth/guest/", json=body)
    assert response.status_code == 201, response.text
    answer = response.json()
    assert answer["user"]["guest"] is True
    tokens = answer["tokens"]
    return Player(client, answer["user"]["pk"], answer["user"]["username"], tokens["access"], tokens["refresh"])


def claim_of(username: str, password: str = PASSWORD) -> dict[str, str]:
    return {"username": username, "password": password, "password2": password}


async def test_a_guest_has_tokens_and_a_profile_and_does_what_others_do(client: httpx.AsyncClient) -> None:
    ana = await guest(client, " ana ")
    profile = (await ana.get("/user/info/")).json()
    assert (profile["pk"], profile["username"], profile["guest"], profile["elo"]) == (ana.pk, "ana", True, 1000)
    assert (await ana.get("/lobby/get-private-code")).status_code == 200
    refreshed = await client.post("/auth/refresh/", json={"refresh": ana.refresh})
    assert refreshed.status_code == 200


async def test_who_says_no_name_or_one_that_is_taken_gets_a_free_one(client: httpx.AsyncClient, alice: Player) -> None:
    assert re.fullmatch(r"guest-\d{2,}", (await guest(client)).username)
    assert re.fullmatch(r"guest-\d{2,}", (await guest(client, "  ")).username)
    names = {(await guest(client, "ALICE")).username for _ in range(15)}
    assert len(names) == 15
    assert all(re.fullmatch(r"ALICE-\d+", name) for name in names)
    assert (await guest(client, "a" * 40)).username == "a" * 40
    assert re.fullmatch(r"a{30,38}-\d+", (await guest(client, "a" * 40)).username)


@pytest.mark.parametrize("username", ["<b>", "Bot_easy_1", "a" * 41, 7])
async def test_a_bad_name_is_refused(client: httpx.AsyncClient, username: object) -> None:
    response = await client.post("/auth/guest/", json={"username": username})
    assert response.status_code == 400
    assert "username" in response.json()


async def test_nobody_logs_in_or_registers_as_a_guest(client: httpx.AsyncClient) -> None:
    ana = await guest(client, "ana")
    for password in ("", PASSWORD):
        response = await client.post("/auth/login/", json={"username": ana.username, "password": password})
        assert response.status_code == 401
    response = await client.post("/auth/register/", json=claim_of("ana"))
    assert response.status_code == 400


async def test_a_guest_claims_the_account_and_keeps_everything(
    client: httpx.AsyncClient, storage: SqliteStorage, clock: FakeClock
) -> None:
    ana = await guest(client, "ana")
    await storage.grant_points(ana.pk, 500)
    response = await ana.post("/auth/claim/", claim_of("ana lópez"))
    assert response.status_code == 200
    user = response.json()["user"]
    assert (user["pk"], user["username"], user["points"], "guest" in user) == (ana.pk, "ana lópez", 500, False)
    assert (await ana.get("/user/info/")).status_code == 200
    assert (await client.post("/auth/login/", json={"username": "ana lópez", "password": PASSWORD})).status_code == 200
    again = await ana.post("/auth/claim/", claim_of("somebody"))
    assert again.status_code == 409
    clock.advance(days=400)
    assert await storage.forget_guests(clock(), 10) == 0


async def test_a_guest_may_claim_the_name_it_has_and_no_other_one_that_is_taken(
    client: httpx.AsyncClient, alice: Player
) -> None:
    ana = await guest(client, "ana")
    for taken in ("Alice", "аlice"):  # the second begins with a Cyrillic letter
        response = await ana.post("/auth/claim/", claim_of(taken))
        assert (response.status_code, list(response.json())) == (400, ["username"])
    response = await ana.post("/auth/claim/", claim_of("ana", "12345678"))
    assert (response.status_code, list(response.json())) == (400, ["password"])
    assert (await ana.post("/auth/claim/", claim_of("ANA"))).json()["user"]["username"] == "ANA"


async def test_only_guests_claim(client: httpx.AsyncClient, alice: Player) -> None:
    assert (await alice.post("/auth/claim/", claim_of("other"))).status_code == 409
    assert (await client.post("/auth/claim/", json=claim_of("other"))).status_code == 401


async def test_guests_who_stay_away_are_forgotten_and_their_names_are_free(
    app: Starlette, client: httpx.AsyncClient, storage: SqliteStorage, clock: FakeClock
) -> None:
    gone, stays, player = await guest(client, "gone"), await guest(client, "stays"), await register(client, "person")
    await gone.get("/lobby/get-private-code")
    clock.advance(days=13)
    refreshed = await client.post("/auth/refresh/", json={"refresh": stays.refresh})
    assert refreshed.status_code == 200
    clock.advance(days=17, seconds=1)
    await app.state.services.accounts.forget_guests()
    assert [user.username for user in await storage.users()] == ["stays", "person"]
    assert (await guest(client, "gone")).username == "gone"
    assert player.pk != gone.pk


async def test_the_finished_games_of_a_forgotten_guest_stay_readable_and_one_who_plays_is_not_forgotten(
    app: Starlette, client: httpx.AsyncClient, storage: SqliteStorage, clock: FakeClock
) -> None:
    ana, bob, plays = await guest(client, "ana"), await register(client, "bob"), await guest(client, "plays")
    game = await storage.create_game(b"{}", [ana.pk, bob.pk], clock())
    await storage.create_game(b"{}", [plays.pk, bob.pk], clock())
    money = {"ana": 10, "bob": 20}
    await storage.finish_game(
        game, [entry(1)], clock(), results=[], final_money=money, summary=b"", reward=FULL_GAME
    )  # fmt: skip
    clock.advance(days=31)
    await app.state.services.accounts.forget_guests()
    login = await client.post("/auth/login/", json={"username": "bob", "password": PASSWORD})
    headers = {"Authorization": f"Bearer {login.json()['tokens']['access']}"}
    summary = await client.get(f"/game/summary/{game}/", headers=headers)
    assert summary.json()["final_money"] == money
    assert await storage.usernames([ana.pk, bob.pk, plays.pk]) == ("ana", "bob", "plays")
    assert (await guest(client, "ana")).username == "ana"
    assert (await guest(client, "plays")).username != "plays"
    assert (await client.post("/auth/login/", json={"username": f"#{ana.pk}", "password": ""})).status_code == 401


@pytest.fixture
async def strict_client(
    settings: Settings, request: pytest.FixtureRequest, app: Starlette, client: httpx.AsyncClient
) -> httpx.AsyncClient:
    accounts = app.state.services.accounts
    accounts._settings = dataclasses.replace(settings, **request.param)
    return client


@pytest.mark.parametrize("strict_client", [{"guests": False}], indirect=True)
async def test_a_server_without_guests_says_so(strict_client: httpx.AsyncClient) -> None:
    response = await strict_client.post("/auth/guest/", json={})
    assert (response.status_code, response.json()) == (
        403,
        {"detail": "this server has no guests; please make an account"},
    )


@pytest.mark.parametrize("strict_client", [{"guests_per_address": 2}], indirect=True)
async def test_one_address_has_only_so_many_new_guests(strict_client: httpx.AsyncClient, clock: FakeClock) -> None:
    for _ in range(2):
        await guest(strict_client)
    response = await strict_client.post("/auth/guest/", json={})
    assert response.status_code == 429
    assert int(response.headers["retry-after"]) > 0
    clock.advance(minutes=61)
    await guest(strict_client)
