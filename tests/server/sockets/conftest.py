"""The servers and users of the tests of the wire."""

import pytest

from tests.server.wire.conftest import Start, alice, bob, carol, server, shared_server, start

__all__ = ["Start", "alice", "bob", "carol", "server", "shared_server", "start"]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
