"""One server for all tests of a module that need no other settings; each test leaves it without connections."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from tests.server.wire.process import Server, User, new_user

Start = Callable[..., Server]


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server") / "magnate.sqlite3")
    server.start()
    yield server
    server.close()


@pytest.fixture
async def server(shared_server: Server) -> AsyncIterator[Server]:
    yield shared_server
    await shared_server.emptied()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a server with settings of its own: `start(FRAME_BURST=3)`."""
    servers: list[Server] = []

    def start(**settings: object) -> Server:
        server = Server(tmp_path / "magnate.sqlite3", {name: str(value) for name, value in settings.items()})
        servers.append(server)
        server.start()
        return server

    yield start
    for server in servers:
        server.close()


@pytest.fixture
async def alice(server: Server) -> User:
    return await new_user(server)


@pytest.fixture
async def bob(server: Server) -> User:
    return await new_user(server)


@pytest.fixture
async def carol(server: Server) -> User:
    return await new_user(server)
