"""Nothing that a client sends is looked at before its length is checked, and no single request is much work."""

import asyncio
import base64
import threading
import unicodedata
from typing import Any

import httpx
import msgspec
import pytest
from starlette.requests import HTTPConnection

from magnate.protocol.rest import LONGEST_PASSWORD
from magnate.server.accounts import names, passwords
from magnate.server.accounts.auth import MOST_QUERY_FIELDS, socket_user
from magnate.server.errors import BadToken
from magnate.server.metrics import Metrics
from magnate.server.rest.body import LONGEST_FORM
from magnate.server.rest.calls import CALLS
from tests.server.support import PASSWORD, Player

pytestmark = pytest.mark.anyio

BODIES = {call.path: call.body for call in CALLS if call.body is not None}
FIELDS = [(path, field.encode_name) for path, body in BODIES.items() for field in msgspec.structs.fields(body)]
KIB60 = 60 * 1024
MARKS = "a" + "\u0301\u0323" * 15_000


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the texts that were normalized or compared."""
    lengths: list[int] = []

    class Unicode:
        category = staticmethod(unicodedata.category)

        @staticmethod
        def normalize(form: Any, text: str) -> str:
            lengths.append(len(text))
            return unicodedata.normalize(form, text)

    compare = passwords._is_alike

    def compared(password: str, name: str) -> bool:
        lengths.append(len(password) + len(name))
        return compare(password, name)

    monkeypatch.setattr(names, "unicodedata", Unicode)
    monkeypatch.setattr(passwords, "unicodedata", Unicode)
    monkeypatch.setattr(passwords, "_is_alike", compared)
    return lengths


def test_every_field_of_every_body_has_bounds() -> None:
    def is_bounded(kind: msgspec.inspect.Type) -> bool:
        match kind:
            case msgspec.inspect.Metadata(type=inner):
                return is_bounded(inner)
            case msgspec.inspect.UnionType(types=types):
                return all(map(is_bounded, types))
            case msgspec.inspect.StrType(max_length=most):
                return most is not None
            case msgspec.inspect.IntType(ge=least, le=most):
                return least is not None and most is not None
        return isinstance(kind, msgspec.inspect.BoolType | msgspec.inspect.NoneType)

    assert FIELDS
    for path, body in BODIES.items():
        for field in msgspec.structs.fields(body):
            assert is_bounded(msgspec.inspect.type_info(field.type)), f"{field.name} of {path}"


@pytest.mark.parametrize("text", ["a" * KIB60, MARKS], ids=["long", "marks"])
@pytest.mark.parametrize(("url", "field"), FIELDS)
async def test_a_text_that_is_too_long_is_refused_by_name_and_nobody_looks_at_it(
    alice: Player, looked_at: list[int], url: str, field: str, text: str
) -> None:
    body = {"username": "alice", "password": PASSWORD, "password2": PASSWORD, "refresh": alice.refresh, "custom_id": 1}
    content = msgspec.json.encode({**body, field: text})
    response = await alice.client.post(url, content=content, headers=alice.headers)
    assert response.status_code == 400
    assert list(response.json()) == [field]
    assert max(looked_at, default=0) <= LONGEST_PASSWORD


async def test_the_longest_password_is_taken(client: httpx.AsyncClient) -> None:
    password = "correct horse 9 " + "x" * (LONGEST_PASSWORD - 16)
    body = {"username": "alice", "password": password, "password2": password}
    assert (await client.post("/auth/register/", json=body)).status_code == 201
    assert (await client.post("/auth/login/", json=body)).status_code == 200


async def test_a_long_form_is_refused_before_it_is_read(client: httpx.AsyncClient) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    long = await client.post("/auth/login/", content=b"username=" + b"%41" * (LONGEST_FORM // 3), headers=headers)
    assert long.status_code == 413
    many = await client.post("/auth/login/", content=b"a=1&" * 500, headers=headers)
    assert many.status_code == 400


async def test_a_body_of_thousands_of_objects_and_lists_is_refused_before_any_is_made(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b'{"username": "alice", "password": "x", "more": [' + b"[], {}, " * 3_000 + b"0]}"

    def decode(text: bytes) -> None:
        raise AssertionError(text)

    monkeypatch.setattr(msgspec.json, "decode", decode)
    refused = await client.post("/auth/login/", content=content)
    assert refused.status_code == 400
    assert "too many parts" in refused.json()["detail"]


async def test_a_token_that_nests_deep_is_no_token(alice: Player) -> None:
    header = base64.urlsafe_b64encode(b"[" * 3_000).decode().rstrip("=")
    token = f"{header}.{header[:40]}.x"
    response = await alice.client.get("/user/info/", headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 401


async def test_a_query_of_many_fields_is_not_read(alice: Player) -> None:
    services = alice.client._transport.app.state.services  # type: ignore[attr-defined]
    query = b"&".join([b"a=1"] * MOST_QUERY_FIELDS)
    for fields, fits in ((query[4:], True), (query, False)):
        scope = {"type": "websocket", "headers": [], "query_string": fields + b"&token=" + alice.access.encode()}
        connection = HTTPConnection(scope)
        if fits:
            assert (await socket_user(connection, services.tokens, services.settings)).pk == alice.pk
        else:
            with pytest.raises(BadToken):
                await socket_user(connection, services.tokens, services.settings)


async def test_metrics_are_written_off_the_event_loop_and_for_one_client_at_a_time(
    client: httpx.AsyncClient, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []
    at_once, most_at_once = 0, 0
    exposition = metrics.exposition

    def noted() -> bytes:
        nonlocal at_once, most_at_once
        at_once += 1
        most_at_once = max(most_at_once, at_once)
        threads.append(threading.get_ident())
        text = exposition()
        at_once -= 1
        return text

    monkeypatch.setattr(metrics, "exposition", noted)
    answers = await asyncio.gather(*(client.get("/metrics") for _ in range(10)))
    assert all("magnate_games" in answer.text for answer in answers)
    assert (len(threads), most_at_once) == (10, 1)
    assert threading.get_ident() not in threads
