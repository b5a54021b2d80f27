"""Fixtures of the server's tests; async tests run on asyncio by anyio's plugin."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from magnate.server.app import create_app
from magnate.server.config import Settings
from magnate.server.metrics import Metrics
from magnate.server.storage import SqliteStorage, open_storage
from tests.server.documented import check_answer
from tests.server.support import KEY, FakeClock, FakeDirectory, FakeRooms, Player, fast_settings, register


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "magnate.sqlite3"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def settings(path: Path) -> Settings:
    return fast_settings(path)


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
async def storage(path: Path, clock: FakeClock, metrics: Metrics) -> AsyncIterator[SqliteStorage]:
    storage = await open_storage(path, serving=True, clock=clock, observe=metrics.observe_commit)
    yield storage
    await storage.close()


@pytest.fixture
def rooms() -> FakeRooms:
    return FakeRooms()


@pytest.fixture
async def app(
    settings: Settings, storage: SqliteStorage, clock: FakeClock, rooms: FakeRooms, metrics: Metrics
) -> AsyncIterator[Starlette]:
    app = create_app(
        settings,
        storage,
        signing_key=KEY,
        rooms=rooms,
        games=FakeDirectory(),
        metrics=metrics,
        clock=clock,
        game_time=clock.game_time(),
    )
    yield app
    app.state.services.accounts.close()


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 40_000))
    hooks = {"response": [check_answer]}
    async with httpx.AsyncClient(transport=transport, base_url="http://server.test", event_hooks=hooks) as client:
        yield client


@pytest.fixture
async def alice(client: httpx.AsyncClient) -> Player:
    return await register(client, "alice")


@pytest.fixture
async def bob(client: httpx.AsyncClient) -> Player:
    return await register(client, "bob")
