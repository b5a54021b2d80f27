"""A real server whose games are short."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.client.conftest import anyio_backend
from tests.client.server import ServerProcess

__all__ = ["anyio_backend"]


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[ServerProcess]:
    server = ServerProcess(tmp_path / "server.db", MAX_ROUNDS="2", DEBUG_COMMANDS="1")
    await server.start()
    yield server
    await server.stop()
