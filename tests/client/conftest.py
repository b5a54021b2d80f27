"""A real server for the tests of the client: one process, on loopback, with a database of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from magnate.client.rest import RestClient
from magnate.client.session import SessionFile
from tests.client.server import PASSWORD, ServerProcess


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[ServerProcess]:
    server = ServerProcess(tmp_path / "server.db")
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def rest(server: ServerProcess, tmp_path: Path) -> AsyncIterator[RestClient]:
    async with RestClient(server.url, SessionFile(tmp_path / "sessions.json")) as rest:
        await rest.register("alice", PASSWORD, PASSWORD)
        yield rest
