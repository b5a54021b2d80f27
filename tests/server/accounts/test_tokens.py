"""Access tokens live 30 minutes, refresh tokens 14 days and for one exchange; the clock is ours."""

import base64
import dataclasses
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import jwt
import pytest
from starlette.requests import HTTPConnection

from magnate.server.accounts.auth import COOKIE, socket_user
from magnate.server.accounts.tokens import Kind, Tokens
from magnate.server.config import Settings
from magnate.server.errors import BadToken
from magnate.server.storage import SqliteStorage, database, open_storage
from tests.server.support import KEY, START_MS, FakeClock, fast_settings

pytestmark = pytest.mark.anyio

LENIENT: Any = {"verify_exp": False, "verify_iat": False}
"""The clock of the tests is not the machine's."""


@pytest.fixture
def tokens(settings: Settings, storage: SqliteStorage, clock: FakeClock) -> Tokens:
    return Tokens(settings, KEY, storage, clock)


@pytest.fixture
async def pk(storage: SqliteStorage) -> int:
    return (await storage.create_user("alice", "alice", "hash", START_MS)).pk


async def test_an_access_token_names_its_user_for_30_minutes(tokens: Tokens, pk: int, clock: FakeClock) -> None:
    access = (await tokens.open(pk)).tokens.access
    clock.advance(minutes=30, seconds=-1)
    assert (await tokens.user_of_access(access)).pk == pk
    clock.advance(seconds=1)
    with pytest.raises(BadToken, match="has expired"):
        await tokens.user_of_access(access)


async def test_a_refresh_token_is_good_for_14_days_and_each_exchange_starts_them_anew(
    tokens: Tokens, pk: int, clock: FakeClock
) -> None:
    pair = (await tokens.open(pk)).tokens
    for _ in range(3):
        clock.advance(days=14, seconds=-1)
        pair = await tokens.refresh(pair.refresh)
        assert (await tokens.user_of_access(pair.access)).pk == pk
    clock.advance(days=14)
    with pytest.raises(BadToken, match="has expired"):
        await tokens.refresh(pair.refresh)


async def test_a_refresh_token_used_twice_revokes_its_family_and_no_other(tokens: Tokens, pk: int) -> None:
    first, other = await tokens.open(pk), await tokens.open(pk)
    second = await tokens.refresh(first.tokens.refresh)
    with pytest.raises(BadToken, match="used before"):
        await tokens.refresh(first.tokens.refresh)
    with pytest.raises(BadToken, match="session has ended"):
        await tokens.refresh(second.refresh)
    with pytest.raises(BadToken, match="session has ended"):
        await tokens.user_of_cookie(first.cookie)
    await tokens.refresh(other.tokens.refresh)
    assert (await tokens.user_of_cookie(other.cookie)).pk == pk


async def test_an_exchange_whose_answer_was_lost_is_told_again_to_the_same_attempt_alone(
    tokens: Tokens, pk: int, clock: FakeClock
) -> None:
    first = (await tokens.open(pk)).tokens
    lost = await tokens.refresh(first.refresh, "attempt of mine 1")
    clock.advance(seconds=59)
    again = await tokens.refresh(first.refresh, "attempt of mine 1")
    assert (await tokens.user_of_access(again.access)).pk == pk
    third = await tokens.refresh(again.refresh, "attempt of mine 2")
    assert (await tokens.user_of_access(third.access)).pk == pk
    with pytest.raises(BadToken, match="used before"):
        await tokens.refresh(lost.refresh, "attempt of mine 1")


@pytest.mark.parametrize(("attempt", "seconds"), [("another attempt 1", 1), (None, 1), ("attempt of mine 1", 61)])
async def test_an_old_refresh_token_is_void_for_other_attempts_and_after_a_minute(
    attempt: str | None, seconds: int, tokens: Tokens, pk: int, clock: FakeClock
) -> None:
    first = (await tokens.open(pk)).tokens
    second = await tokens.refresh(first.refresh, "attempt of mine 1")
    clock.advance(seconds=seconds)
    with pytest.raises(BadToken, match="used before"):
        await tokens.refresh(first.refresh, attempt)
    with pytest.raises(BadToken, match="session has ended"):
        await tokens.refresh(second.refresh)


async def test_an_attempt_after_its_successor_was_used_voids_the_session(tokens: Tokens, pk: int) -> None:
    first = (await tokens.open(pk)).tokens
    second = await tokens.refresh(first.refresh, "attempt of mine 1")
    await tokens.refresh(second.refresh)
    with pytest.raises(BadToken, match="used before"):
        await tokens.refresh(first.refresh, "attempt of mine 1")


async def test_closing_by_any_token_of_a_session_ends_it(tokens: Tokens, pk: int) -> None:
    for kind in Kind:
        session = await tokens.open(pk)
        given = {
            Kind.ACCESS: session.tokens.access,
            Kind.REFRESH: session.tokens.refresh,
            Kind.COOKIE: session.cookie,
        }
        await tokens.close(given[kind], kind)
        with pytest.raises(BadToken):
            await tokens.refresh(session.tokens.refresh)
        with pytest.raises(BadToken):
            await tokens.user_of_cookie(session.cookie)


async def restored(copy: Path, settings: Settings, clock: FakeClock, name: str) -> tuple[SqliteStorage, Tokens, int]:
    """Return the storage of a backup, its tokens, and somebody who registers after the restore."""
    storage = await open_storage(copy, serving=True, clock=clock)
    newcomer = await storage.create_user(name, name, "hash", START_MS)
    return storage, Tokens(settings, KEY, storage, clock), newcomer.pk


async def test_after_a_restore_no_token_of_a_lost_user_counts_for_who_got_the_same_number(
    tokens: Tokens, storage: SqliteStorage, settings: Settings, clock: FakeClock, path: Path, tmp_path: Path
) -> None:
    copy = database.backup(path, tmp_path / "backup.sqlite3")
    lost = await storage.create_user("mallory", "mallory", "hash", START_MS)
    session = await tokens.open(lost.pk)
    later, later_tokens, newcomer = await restored(copy, settings, clock, "alice")
    assert newcomer == lost.pk
    with pytest.raises(BadToken, match="log in again"):
        await later_tokens.user_of_access(session.tokens.access)
    with pytest.raises(BadToken, match="log in again"):
        await later_tokens.refresh(session.tokens.refresh)
    with pytest.raises(BadToken, match="log in again"):
        await later_tokens.user_of_cookie(session.cookie)
    own = await later_tokens.open(newcomer)
    assert (await later_tokens.user_of_access(own.tokens.access)).username == "alice"
    await later.close()


async def test_a_family_counts_for_its_own_user_only_and_an_unknown_one_for_nobody(tokens: Tokens, pk: int) -> None:
    claims = jwt.decode((await tokens.open(pk)).tokens.access, KEY, algorithms=["HS256"], options=LENIENT)
    for changed in ({"family": "unknown"}, {"sub": str(pk + 1)}):
        for kind in (Kind.ACCESS, Kind.COOKIE):
            token = jwt.encode({**claims, **changed, "kind": kind.value}, KEY, algorithm="HS256")
            with pytest.raises(BadToken, match="log in again"):
                await (tokens.user_of_access(token) if kind is Kind.ACCESS else tokens.user_of_cookie(token))


async def test_an_access_token_outlives_the_logout_of_its_session_and_a_shorter_refresh_token(
    settings: Settings, storage: SqliteStorage, clock: FakeClock, pk: int
) -> None:
    short = dataclasses.replace(settings, refresh_days=0.001)
    tokens = Tokens(short, KEY, storage, clock)
    session = await tokens.open(pk)
    await tokens.close(session.cookie, Kind.COOKIE)
    clock.advance(minutes=29)
    await storage.prune_sessions(clock())
    assert (await tokens.user_of_access(session.tokens.access)).pk == pk


async def test_no_kind_of_token_is_taken_for_another(tokens: Tokens, pk: int) -> None:
    session = await tokens.open(pk)
    for token in (session.tokens.refresh, session.cookie):
        with pytest.raises(BadToken, match="is no access token"):
            await tokens.user_of_access(token)
    for token in (session.tokens.access, session.cookie):
        with pytest.raises(BadToken, match="is no refresh token"):
            await tokens.refresh(token)
    for token in (session.tokens.access, session.tokens.refresh):
        with pytest.raises(BadToken, match="is no cookie token"):
            await tokens.user_of_cookie(token)


def unsigned(claims: dict[str, Any]) -> str:
    parts = [json.dumps(part).encode() for part in ({"alg": "none", "typ": "JWT"}, claims)]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."


GOOD = {"kind": "access", "sub": "1", "family": "f", "jti": "t", "exp": START_MS}


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "a.b.c",
        "é",
        "x" * 5_000,
        unsigned(GOOD),
        jwt.encode(GOOD, b"x" * 32, algorithm="HS256"),
        jwt.encode(GOOD, KEY * 2, algorithm="HS512"),
        jwt.encode(GOOD | {"kind": "admin"}, KEY, algorithm="HS256"),
        jwt.encode(GOOD | {"sub": "alice"}, KEY, algorithm="HS256"),
        jwt.encode({"sub": "1", "exp": START_MS}, KEY, algorithm="HS256"),
        jwt.encode(GOOD | {"exp": float("inf")}, KEY, algorithm="HS256"),
        jwt.encode(GOOD | {"exp": [1]}, KEY, algorithm="HS256"),
        jwt.encode(GOOD | {"family": ["f"]}, KEY, algorithm="HS256"),
        jwt.encode(GOOD | {"family": None}, KEY, algorithm="HS256"),
        jwt.encode(GOOD | {"kind": {}}, KEY, algorithm="HS256"),
    ],
)
async def test_a_token_that_is_not_ours_is_malformed(tokens: Tokens, token: str) -> None:
    with pytest.raises(BadToken, match="the token is malformed"):
        await tokens.user_of_access(token)
    await tokens.close(token, Kind.ACCESS)


def handshake(query: str = "", **headers: str) -> HTTPConnection:
    named = {"host": "play.example.org"} | headers
    raw = [(name.encode(), value.encode("latin-1")) for name, value in named.items()]
    scope = {"type": "websocket", "scheme": "wss", "query_string": query.encode(), "headers": raw, "path": "/ws/queue/"}
    return HTTPConnection(scope)


Who = Callable[[HTTPConnection], Awaitable[int]]


@pytest.fixture
def who(tokens: Tokens, settings: Settings) -> Who:
    settings = fast_settings(settings.database, allow_origin=("https://friend.example.org",))

    async def who(connection: HTTPConnection) -> int:
        return (await socket_user(connection, tokens, settings)).pk

    return who


async def test_a_socket_knows_its_user_by_query_header_or_cookie(who: Who, tokens: Tokens, pk: int) -> None:
    session = await tokens.open(pk)
    own = {"cookie": f"{COOKIE}={session.cookie}", "origin": "https://play.example.org"}
    assert await who(handshake(f"token={session.tokens.access}")) == pk
    assert await who(handshake(authorization=f"Bearer {session.tokens.access}")) == pk
    assert await who(handshake(**own)) == pk


async def test_the_first_that_is_present_decides(who: Who, tokens: Tokens, pk: int) -> None:
    session = await tokens.open(pk)
    good = {"authorization": f"Bearer {session.tokens.access}", "cookie": f"{COOKIE}={session.cookie}"}
    good["origin"] = "https://play.example.org"
    for connection in (
        handshake("token=nonsense", **good),
        handshake("token=", **good),
        handshake(**good | {"authorization": "Bearer nonsense"}),
        handshake(**good | {"authorization": f"Token {session.tokens.access}"}),
        handshake(),
    ):
        with pytest.raises(BadToken):
            await who(connection)


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://play.example.org", True),
        ("HTTPS://PLAY.example.org", True),
        ("https://friend.example.org", True),
        ("http://localhost:5173", False),
        ("http://127.0.0.1:3000", False),
        ("http://[::1]:3000", False),
        ("https://evil.example.org", False),
        ("https://play.example.org.evil.org", False),
        ("http://localhost.evil.org", False),
        ("http://127.0.0.1.evil.org", False),
        ("null", False),
    ],
)
async def test_a_cookie_counts_only_from_our_own_or_an_allowed_origin(
    who: Who, tokens: Tokens, pk: int, origin: str, allowed: bool
) -> None:
    connection = handshake(cookie=f"{COOKIE}={(await tokens.open(pk)).cookie}", origin=origin)
    if allowed:
        assert await who(connection) == pk
    else:
        with pytest.raises(BadToken, match="does not count from the origin"):
            await who(connection)


async def test_a_cookie_without_an_origin_does_not_count(who: Who, tokens: Tokens, pk: int) -> None:
    with pytest.raises(BadToken, match="does not count"):
        await who(handshake(cookie=f"{COOKIE}={(await tokens.open(pk)).cookie}"))
