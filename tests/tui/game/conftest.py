"""What the tests of the game's screens share."""

import pytest


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
