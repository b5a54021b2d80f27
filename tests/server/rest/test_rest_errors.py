"""Whatever a client sends, the answer is JSON, and never more than it should know; CORS; body limits; metrics."""

import json
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from magnate.server.storage import SqliteStorage
from tests.server.support import PASSWORD, Player
from tests.sizes import every, tries

pytestmark = pytest.mark.anyio

POSTS = ["/auth/register/", "/auth/login/", "/auth/refresh/", "/auth/logout/", "/user/change-piece/", "/shop/buy/"]

MALFORMED = [
    b"{",
    b"[]",
    b"null",
    b"5",
    b'"text"',
    b"\xff\xfe",
    b'{"username": "\\ud800", "password": "x", "password2": "x"}',
    b"\xef\xbb\xbf{}",
    b"[" * 30_000,
    b'{"a":' * 9_000,
    b'{"username": NaN}',
    b'{"username": ' + b"9" * 5_000,
]


@pytest.mark.parametrize("url", every(4, POSTS))
@pytest.mark.parametrize("body", MALFORMED, ids=range(len(MALFORMED)))
async def test_a_body_that_is_no_json_object_is_400(alice: Player, url: str, body: bytes) -> None:
    response = await alice.client.post(url, content=body, headers=alice.headers)
    assert response.status_code == 400
    assert set(response.json()) == {"detail"}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
fields = st.sampled_from(["username", "password", "password2", "refresh", "custom_id", "else"])


@settings(max_examples=tries(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(url=st.sampled_from(POSTS), body=json_values | st.dictionaries(fields, json_values))
async def test_no_json_is_a_server_error(alice: Player, url: str, body: Any) -> None:
    response = await alice.client.post(url, json=body, headers=alice.headers)
    assert response.status_code in {200, 201, 204, 400, 401, 429}
    if response.status_code != 204:
        assert isinstance(response.json(), dict)


@settings(max_examples=tries(50), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=200), kind=st.sampled_from(["application/json", "application/x-www-form-urlencoded"]))
async def test_no_bytes_are_a_server_error(alice: Player, body: bytes, kind: str) -> None:
    response = await alice.client.post("/auth/login/", content=body, headers={"content-type": kind})
    assert response.status_code in {400, 401, 429}


async def test_a_form_is_read_too(client: httpx.AsyncClient, storage: SqliteStorage) -> None:
    body = {"username": "bob", "password": PASSWORD, "password2": PASSWORD}
    response = await client.post("/auth/register/", data=body)
    assert response.status_code == 201
    headers = {"Authorization": f"Bearer {response.json()['tokens']['access']}"}
    await storage.grant_points(response.json()["user"]["pk"], 100)
    assert (await client.post("/shop/buy/", data={"custom_id": "1"}, headers=headers)).status_code == 200


@pytest.mark.parametrize("body", ["&".join(f"a{n}=1" for n in range(200)), "\xff"])
async def test_a_form_that_is_none_is_400(client: httpx.AsyncClient, body: str) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    response = await client.post("/auth/login/", content=body.encode("latin-1"), headers=headers)
    assert (response.status_code, response.json()) == (400, {"detail": "The body is not a valid form."})


@pytest.mark.parametrize("declared", [True, False])
async def test_a_body_over_the_limit_is_413(client: httpx.AsyncClient, declared: bool) -> None:
    body = json.dumps({"username": "a", "password": "x" * 70_000}).encode()

    async def chunks() -> Any:
        yield body[:40_000]
        yield body[40_000:]

    response = await client.post("/auth/login/", content=body if declared else chunks())
    assert response.status_code == 413
    assert set(response.json()) == {"detail"}
    assert response.headers["connection"] == "close"


@pytest.mark.parametrize(
    "url", ["/nothing", "/user/info/x", "/auth//login/", "/shop/items//", "/ws/queue/", "/" + quote("é\x00")]
)
async def test_an_unknown_path_is_404_in_json(client: httpx.AsyncClient, url: str) -> None:
    response = await client.get(url)
    assert response.status_code == 404
    assert response.json() == {"detail": "Not Found"}
    assert response.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("method", "url", "allowed"),
    [
        ("GET", "/auth/login/", {"POST"}),
        ("POST", "/user/info/", {"GET", "HEAD"}),
        ("DELETE", "/shop/items", {"GET", "HEAD"}),
        ("OPTIONS", "/shop/items", {"GET", "HEAD"}),
        ("BREW", "/shop/items", {"GET", "HEAD"}),
    ],
)
async def test_a_wrong_method_is_405_in_json(
    client: httpx.AsyncClient, method: str, url: str, allowed: set[str]
) -> None:
    response = await client.request(method, url)
    assert (response.status_code, response.json()) == (405, {"detail": "Method Not Allowed"})
    assert set(response.headers["allow"].split(", ")) == allowed


async def test_an_unexpected_error_is_a_bare_500_that_browsers_may_read(
    client: httpx.AsyncClient, alice: Player, app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(self: SqliteStorage, pk: int) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(SqliteStorage, "owned_items", broken)
    response = await client.get("/shop/items/", headers=alice.headers | {"Origin": "http://localhost:3000"})
    assert (response.status_code, response.json()) == (500, {"detail": "Internal server error."})
    assert response.headers["access-control-allow-origin"] == "http://localhost:3000"


PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization, content-type"}


@pytest.mark.parametrize(
    "origin", ["http://localhost:5173", "http://127.0.0.1", "https://localhost", "http://[::1]:80"]
)
async def test_loopback_origins_are_allowed_by_default(client: httpx.AsyncClient, origin: str) -> None:
    response = await client.options("/shop/buy/", headers=PREFLIGHT | {"Origin": origin})
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == origin
    assert response.headers["access-control-allow-credentials"] == "true"
    allowed = {name.strip().lower() for name in response.headers["access-control-allow-headers"].split(",")}
    assert {"authorization", "content-type"} <= allowed
    response = await client.get("/healthz", headers={"Origin": origin})
    assert response.headers["access-control-allow-origin"] == origin
    assert "Origin" in response.headers["vary"]


@pytest.mark.parametrize("origin", ["https://evil.example.org", "http://localhost.evil.org", "null"])
async def test_other_origins_are_not(client: httpx.AsyncClient, origin: str) -> None:
    response = await client.options("/shop/buy/", headers=PREFLIGHT | {"Origin": origin})
    assert response.status_code == 400
    assert response.json() == {"detail": "Disallowed CORS origin"}
    assert "access-control-allow-origin" not in response.headers
    response = await client.get("/healthz", headers={"Origin": origin})
    assert response.status_code == 200
    assert "access-control-allow-origin" not in response.headers


async def test_the_openapi_document_is_served(client: httpx.AsyncClient) -> None:
    response = await client.get("/openapi.json")
    document = response.json()
    assert document["openapi"].startswith("3.1")
    assert document["paths"]["/auth/login/"]["post"]["requestBody"]["required"]
    references = set(json.dumps(document).split('"#/components/schemas/')[1:])
    assert {reference.split('"')[0] for reference in references} <= set(document["components"]["schemas"])


async def test_metrics_count_requests_commits_and_connections(client: httpx.AsyncClient, alice: Player) -> None:
    await alice.get("/user/info/")
    await client.get("/info/user-name-piece/123/")
    await client.get("/some/where/else")
    await client.post("/auth/login/", json={"username": "alice", "password": "wrong horse 9"})
    text = (await client.get("/metrics")).text
    assert 'magnate_http_requests_total{method="GET",route="/user/info",status="200"} 1.0' in text
    assert 'magnate_http_requests_total{method="GET",route="/info/user-name-piece/{pk}",status="404"} 1.0' in text
    assert 'magnate_http_requests_total{method="GET",route="none",status="404"} 1.0' in text
    assert "magnate_failed_logins_total 1.0" in text
    assert "magnate_storage_operations_total 2.0" in text  # the user and their session
    assert "magnate_storage_ok 1.0" in text
    assert "magnate_connections 0.0" in text
    assert "alice" not in text


async def test_nothing_is_kept_by_caches(alice: Player) -> None:
    response = await alice.get("/user/info/")
    assert response.headers["cache-control"] == "no-store"
