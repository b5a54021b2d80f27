"""REST, everything but `/auth/`: each call with each of its answers."""

import asyncio
from datetime import datetime

import httpx
import pytest

from magnate.server.rest.openapi import openapi_document
from magnate.server.storage import SqliteStorage
from magnate.server.storage.records import PlayerResult
from tests.server.support import FULL_GAME, START_MS, FakeRooms, Player, empty_the_disk, entry, fill_the_disk

pytestmark = pytest.mark.anyio

NEEDS_TOKEN = [
    ("GET", "/user/info/"),
    ("POST", "/user/change-piece/"),
    ("GET", "/user/games-played/"),
    ("GET", "/shop/items/"),
    ("POST", "/shop/buy/"),
    ("GET", "/shop/user-pieces/"),
    ("GET", "/shop/user-emojis/"),
    ("GET", "/lobby/get-private-code"),
    ("GET", "/lobby/check-code/ABC123/"),
    ("GET", "/game/summary/1/"),
    ("GET", "/game/record/1/"),
    ("GET", "/game/record/1/events/"),
    ("GET", "/game/record/1/so-far/"),
    ("GET", "/games/mine/"),
]


@pytest.mark.parametrize(("method", "url"), NEEDS_TOKEN)
async def test_without_a_valid_token_a_call_is_401(client: httpx.AsyncClient, method: str, url: str) -> None:
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic YTpi"}, {"Authorization": ""}):
        response = await client.request(method, url, headers=headers)
        assert response.status_code == 401
        assert set(response.json()) == {"detail"}


async def test_a_token_of_a_user_that_is_not_there_is_401(client: httpx.AsyncClient, alice: Player) -> None:
    services = client._transport.app.state.services  # type: ignore[attr-defined]
    session_of_nobody = services.tokens._pair(alice.pk + 1, "family", "token")
    response = await client.get("/user/info/", headers={"Authorization": f"Bearer {session_of_nobody.access}"})
    assert response.status_code == 401


async def test_the_session_cookie_is_no_key_to_rest(client: httpx.AsyncClient, alice: Player) -> None:
    await client.post("/auth/login/", json={"username": "alice", "password": "correct horse 9"})
    assert client.cookies
    assert (await client.get("/user/info/")).status_code == 401


async def test_user_info_is_the_profile(alice: Player) -> None:
    response = await alice.get("/user/info/")
    assert response.status_code == 200
    assert set(response.json()) == {
        "pk", "username", "points", "exp", "elo", "date_joined", "num_played_games", "num_won_games", "user_piece",
        "active_game",
    }  # fmt: skip


async def test_name_and_piece_of_people_and_bots_need_no_token(
    client: httpx.AsyncClient, alice: Player, storage: SqliteStorage
) -> None:
    (bot,) = await storage.bot_users("easy", 1, 0)
    for pk, name in ((alice.pk, "alice"), (bot.pk, bot.username)):
        response = await client.get(f"/info/user-name-piece/{pk}/")
        assert (response.status_code, response.json()) == (200, {"username": name, "piece": 0})


@pytest.mark.parametrize("pk", ["0", "999", "-1", "x", "1.0", "٣", "9" * 18, "9" * 19, "9" * 5000, "%00", "1%20"])
async def test_name_and_piece_of_nobody_is_404(client: httpx.AsyncClient, alice: Player, pk: str) -> None:
    response = await client.get(f"/info/user-name-piece/{pk}/")
    assert response.status_code == 404
    assert set(response.json()) == {"detail"}


async def test_the_shop_lists_its_items_in_order_and_what_is_owned(alice: Player, storage: SqliteStorage) -> None:
    await storage.grant_points(alice.pk, 300)
    await alice.post("/shop/buy/", {"custom_id": 2})
    response = await alice.get("/shop/items/")
    assert response.status_code == 200
    assert response.json() == [
        {"custom_id": 1, "itemType": "piece", "price": 100, "owned": False},
        {"custom_id": 2, "itemType": "piece", "price": 200, "owned": True},
        {"custom_id": 3, "itemType": "piece", "price": 500, "owned": False},
        {"custom_id": 4, "itemType": "piece", "price": 1000, "owned": False},
        {"custom_id": 5, "itemType": "emoji", "price": 250, "owned": False},
        {"custom_id": 6, "itemType": "emoji", "price": 500, "owned": False},
    ]


async def test_buying_takes_points_and_gives_the_item(alice: Player, storage: SqliteStorage) -> None:
    await storage.grant_points(alice.pk, 400)
    response = await alice.post("/shop/buy/", {"custom_id": 1})
    assert response.status_code == 200
    answer = response.json()
    assert set(answer) == {"message", "item", "points_remaining"}
    assert answer["item"] == {"custom_id": 1, "itemType": "piece", "price": 100, "owned": True}
    assert answer["points_remaining"] == 300
    await alice.post("/shop/buy/", {"custom_id": 5})
    assert [item["custom_id"] for item in (await alice.get("/shop/user-pieces/")).json()] == [1]
    assert [item["custom_id"] for item in (await alice.get("/shop/user-emojis/")).json()] == [5]
    assert (await alice.get("/user/info/")).json()["points"] == 50


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"custom_id": 4}, "You do not have enough points: it costs 1000, you have 0."),
        ({"custom_id": 99}, "There is no such item."),
        ({"custom_id": 0}, "There is no such item."),
        ({"custom_id": -1}, "There is no such item."),
        ({"custom_id": 10**40}, "The number is too large or too small."),
        ({"custom_id": -(10**17)}, "The number is too large or too small."),
        ({"custom_id": "x"}, "A valid integer is required."),
        ({"custom_id": 1.5}, "A valid integer is required."),
        ({"custom_id": True}, "A valid integer is required."),
        ({"custom_id": []}, "A valid integer is required."),
        ({"custom_id": None}, "This field may not be null."),
        ({}, "This field is required."),
    ],
)
async def test_a_refused_purchase_says_why(alice: Player, body: object, reason: str) -> None:
    response = await alice.post("/shop/buy/", body)
    assert (response.status_code, response.json()) == (400, {"custom_id": [reason]})
    assert (await alice.get("/user/info/")).json()["points"] == 0


async def test_what_is_owned_cannot_be_bought_again(alice: Player, storage: SqliteStorage) -> None:
    await storage.grant_points(alice.pk, 400)
    await alice.post("/shop/buy/", {"custom_id": "1"})
    response = await alice.post("/shop/buy/", {"custom_id": 1})
    assert (response.status_code, response.json()) == (400, {"custom_id": ["You already own this item."]})


async def test_racing_purchases_pay_once(alice: Player, storage: SqliteStorage) -> None:
    await storage.grant_points(alice.pk, 150)
    responses = await asyncio.gather(*(alice.post("/shop/buy/", {"custom_id": 1}) for _ in range(20)))
    assert sorted(response.status_code for response in responses) == [200, *[400] * 19]
    assert (await alice.get("/user/info/")).json()["points"] == 50


async def test_an_owned_piece_can_be_chosen_and_everybody_sees_it(
    client: httpx.AsyncClient, alice: Player, storage: SqliteStorage
) -> None:
    await storage.grant_points(alice.pk, 100)
    await alice.post("/shop/buy/", {"custom_id": 1})
    response = await alice.post("/user/change-piece/", {"custom_id": 1})
    assert response.status_code == 200
    assert set(response.json()) == {"message", "user_piece"}
    assert response.json()["user_piece"] == 1
    assert (await client.get(f"/info/user-name-piece/{alice.pk}/")).json()["piece"] == 1
    assert (await alice.post("/user/change-piece/", {"custom_id": 0})).json()["user_piece"] == 0


@pytest.mark.parametrize(
    ("custom_id", "reason"),
    [
        (2, "You do not own this piece."),
        (5, "This item is not a piece."),
        (99, "There is no such item."),
        ("piece", "A valid integer is required."),
    ],
)
async def test_a_refused_piece_says_why(alice: Player, custom_id: object, reason: str) -> None:
    response = await alice.post("/user/change-piece/", {"custom_id": custom_id})
    assert (response.status_code, response.json()) == (400, {"custom_id": [reason]})
    assert (await alice.get("/user/info/")).json()["user_piece"] == 0


async def test_a_private_code_is_made_and_found(alice: Player, bob: Player) -> None:
    response = await alice.get("/lobby/get-private-code")
    assert response.status_code == 200
    assert set(response.json()) == {"code", "message"}
    code = response.json()["code"]
    assert (await bob.get(f"/lobby/check-code/{code}/")).json() == {"exists": True}
    assert (await bob.get("/lobby/check-code/NOSUCH/")).json() == {"exists": False}


async def test_too_many_rooms_are_409(alice: Player, bob: Player, rooms: FakeRooms) -> None:
    for _ in range(rooms.limit):
        assert (await alice.get("/lobby/get-private-code")).status_code == 200
    response = await alice.get("/lobby/get-private-code")
    assert (response.status_code, set(response.json())) == (409, {"detail"})
    assert (await bob.get("/lobby/get-private-code")).status_code == 200


async def test_a_finished_game_shows_in_summary_profile_and_list(
    alice: Player, bob: Player, storage: SqliteStorage
) -> None:
    game = await storage.create_game(b"{}", [alice.pk, bob.pk], START_MS)
    for what in ("summary", "record"):
        response = await alice.get(f"/game/{what}/{game}/")
        assert (response.status_code, set(response.json())) == (404, {"detail"}), "not before its end"
    assert (await alice.get("/user/games-played/")).json() == {"games": []}
    await storage.finish_game(
        game,
        [entry(1)],
        START_MS + 60_000,
        results=[PlayerResult(alice.pk, 0, 1, 2000, 2000), PlayerResult(bob.pk, 1, 2, 10, 10)],
        final_money={"alice": 2000, "bob": 10},
        summary=b'{"departures": {"bob": "kicked"}}',
        reward=FULL_GAME,
    )
    for player in (alice, bob):
        response = await player.get(f"/game/summary/{game}/")
        assert response.status_code == 200
        answer = response.json()
        start, end = (datetime.fromisoformat(answer.pop(key)) for key in ("start_date", "end_date"))
        assert (end - start).total_seconds() == 60
        standings = answer.pop("standings")
        assert answer == {"id": game, "game": game, "final_money": {"alice": 2000, "bob": 10}}
        assert [(each["username"], each["rank"], each["departure"]) for each in standings] == [
            ("alice", 1, None),
            ("bob", 2, "kicked"),
        ]
        assert [each["points"] for each in standings] == [2000, 10]
        assert {(each["length_share"], each["meetings_share"]) for each in standings} == {(1.0, 1.0)}
        assert standings[0]["elo_after"] > standings[0]["elo_before"] == 1000 > standings[1]["elo_after"]
        assert (await player.get("/user/games-played/")).json() == {"games": [game]}
        assert (await player.get(f"/game/record/{game}/")).status_code == 404, "no record makes sense of this log"
    winner, loser = (await alice.get("/user/info/")).json(), (await bob.get("/user/info/")).json()
    assert (winner["points"], winner["num_played_games"], winner["num_won_games"]) == (2000, 1, 1)
    assert (loser["points"], loser["num_played_games"], loser["num_won_games"]) == (10, 1, 0)
    assert winner["elo"] > 1000 > loser["elo"]


@pytest.mark.parametrize("what", ["summary", "record"])
async def test_the_end_of_a_game_of_others_is_403(
    alice: Player, bob: Player, storage: SqliteStorage, what: str
) -> None:
    game = await storage.create_game(b"{}", [alice.pk], START_MS)
    response = await bob.get(f"/game/{what}/{game}/")
    assert (response.status_code, set(response.json())) == (403, {"detail"})


@pytest.mark.parametrize("what", ["summary", "record"])
@pytest.mark.parametrize("game", ["0", "77", "x", "-1", "9" * 30])
async def test_the_end_of_no_game_is_404(alice: Player, game: str, what: str) -> None:
    response = await alice.get(f"/game/{what}/{game}/")
    assert (response.status_code, set(response.json())) == (404, {"detail"})


async def test_healthz_counts_games_and_connections(client: httpx.AsyncClient) -> None:
    metrics = client._transport.app.state.services.metrics  # type: ignore[attr-defined]
    metrics.games, metrics.connections = 3, 14
    response = await client.get("/healthz")
    assert response.status_code == 200
    assert response.json() | {"version": ""} == {"status": "ok", "version": "", "games": 3, "connections": 14}
    assert response.json()["version"]


async def test_a_full_disk_is_503_for_writes_and_health_and_passes(
    client: httpx.AsyncClient, alice: Player, storage: SqliteStorage
) -> None:
    game = await storage.create_game(b"{}", [alice.pk], 0)
    await fill_the_disk(storage)
    with pytest.raises(Exception, match="full"):
        await storage.append_log(game, [entry(1, payload=b"x" * 200_000)])
    response = await client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["status"] == "storage fails"
    assert "full" in response.json()["reason"]
    assert (await alice.get("/user/info/")).status_code == 200, "reading goes on"
    connection = storage._writer._db.conn
    connection.execute("PRAGMA query_only = ON")
    response = await alice.post("/shop/buy/", {"custom_id": 1})
    assert response.status_code == 503
    assert set(response.json()) == {"detail"}
    assert str(storage._path) not in response.text
    connection.execute("PRAGMA query_only = OFF")
    await empty_the_disk(storage)
    await storage.grant_points(alice.pk, 1)
    assert (await client.get("/healthz")).status_code == 200


async def test_every_documented_call_exists_with_and_without_its_slash(client: httpx.AsyncClient) -> None:
    paths = openapi_document()["paths"]
    assert isinstance(paths, dict)
    assert len(paths) == 23
    for template, operations in paths.items():
        path = template.format(pk=1, id=1, code="ABC123").rstrip("/")
        for method in operations:
            answers = [await client.request(method.upper(), each) for each in (path, f"{path}/")]
            assert answers[0].status_code == answers[1].status_code
            assert answers[0].status_code not in {301, 302, 307, 308, 405, 500}
            if path != "/auth/guest":  # where each is somebody else
                assert answers[0].text == answers[1].text
