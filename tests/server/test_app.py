"""The application over its life, and behind a real server on a real socket."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from magnate.server import app as app_module
from magnate.server.app import create_app
from magnate.server.config import Settings
from magnate.server.metrics import Metrics
from magnate.server.services import Services
from magnate.server.storage import SqliteStorage
from tests.server.support import KEY, START_MS, FakeClock, FakeDirectory, FakeRooms, register, unfinished_games

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def running(app: Starlette) -> AsyncIterator[str]:
    """Serve `app` by uvicorn on a free port and give its address."""
    config = uvicorn.Config(app, log_config=None, lifespan="on", ws="none")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        started = asyncio.Event()
        startup = server.startup

        async def observed(sockets: list[socket.socket] | None = None) -> None:
            await startup(sockets)
            started.set()

        server.startup = observed  # type: ignore[method-assign]
        task = asyncio.create_task(server.serve([listener]))
        await asyncio.wait_for(started.wait(), 10)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        await task


async def test_a_real_server_answers_like_the_application(app: Starlette) -> None:
    async with running(app) as address, httpx.AsyncClient(base_url=address) as client:
        player = await register(client)
        assert (await player.get("/user/info")).json()["pk"] == player.pk
        too_long = await client.post("/auth/login/", content=b"x" * 100_000)
        assert (too_long.status_code, too_long.headers["content-type"]) == (413, "application/json")
        assert (await client.head("/healthz")).content == b""
        assert (await client.get("/nothing")).json() == {"detail": "Not Found"}


@pytest.mark.parametrize(
    "request_line", [b"GET /\xff HTTP/1.1", b"GET /%ff/%zz HTTP/1.1", b"NONSENSE", b"GET / HTTP/9.9", b"\x00\x01\x02"]
)
async def test_bytes_that_are_no_http_end_in_a_client_error(app: Starlette, request_line: bytes) -> None:
    async with running(app) as address:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
        writer.write(request_line + b"\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = await asyncio.wait_for(reader.read(), 10)
        writer.close()
        assert answer.startswith(b"HTTP/1.1 4")
        assert b"Traceback" not in answer


async def test_routes_and_background_of_others_share_the_services(
    settings: Settings, storage: SqliteStorage, clock: FakeClock, rooms: FakeRooms, metrics: Metrics
) -> None:
    events: list[str] = []

    async def endpoint(request: Request) -> PlainTextResponse:
        services: Services = request.app.state.services
        return PlainTextResponse(str(services.clock()))

    @asynccontextmanager
    async def background(services: Services) -> AsyncIterator[None]:
        restored = await unfinished_games(services.storage)
        events.append(f"started with {len(restored)} games")
        yield
        await services.storage.enqueue(user.pk, START_MS)
        events.append("stopped while storage still works")

    user = await storage.create_user("alice", "alice", "hash", START_MS)
    await storage.create_game(b"{}", [user.pk], START_MS, game_ms=7_000, deadline_ms=57_000)
    clock.advance(seconds=100)
    game_time = clock.game_time()
    app = create_app(
        settings,
        storage,
        signing_key=KEY,
        rooms=rooms,
        games=FakeDirectory(),
        metrics=metrics,
        clock=clock,
        game_time=game_time,
        routes=[Route("/time", endpoint)],
        background=background,
    )
    async with running(app) as address, httpx.AsyncClient(base_url=address) as client:
        assert (await client.get("/time")).text == str(START_MS + 100_000)
    assert events == ["started with 1 games", "stopped while storage still works"]
    assert game_time() == 7_000  # the time since then counts against nobody


@pytest.mark.parametrize("seconds", [0.001, 1000])
async def test_the_heart_beats_over_and_over_and_once_more_at_the_end(
    app: Starlette, storage: SqliteStorage, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr(app.state.services.game_time, "_steady", clock.steady)
    beaten = asyncio.Semaphore(0)
    heartbeat = SqliteStorage.heartbeat

    async def counted(self: SqliteStorage, game_ms: int) -> None:
        await heartbeat(self, game_ms)
        beaten.release()

    monkeypatch.setattr(app_module, "HEARTBEAT_SECONDS", seconds)
    monkeypatch.setattr(SqliteStorage, "heartbeat", counted)
    user = await storage.create_user("alice", "alice", "hash", START_MS)
    await storage.create_game(b"{}", [user.pk], START_MS, game_ms=7_000, deadline_ms=57_000)
    async with running(app):
        for _ in range(5 if seconds < 1 else 1):
            await asyncio.wait_for(beaten.acquire(), 10)
        clock.advance(seconds=20)
    assert await storage.game_time() == 27_000


async def test_an_expired_session_is_pruned_at_start(app: Starlette, storage: SqliteStorage, clock: FakeClock) -> None:
    user = await storage.create_user("alice", "alice", "hash", START_MS)
    await storage.open_session("old", user.pk, "token", START_MS - 2, START_MS - 1)
    pruned = asyncio.Event()
    prune = storage.prune_sessions

    async def observed(now_ms: int) -> int:
        count = await prune(now_ms)
        pruned.set()
        return count

    storage.prune_sessions = observed  # type: ignore[method-assign]
    async with running(app):
        await asyncio.wait_for(pruned.wait(), 10)
    assert await storage.prune_sessions(START_MS) == 0
