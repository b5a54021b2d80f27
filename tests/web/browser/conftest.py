"""A Chromium and a server for each module, and visitors whose windows are closed after the test."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.server.wire.process import Server
from tests.web.browser.visitor import LAPTOP, Visitor, chromium

Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of short games, on which tests may change what they need."""
    server = Server(
        tmp_path_factory.mktemp("web") / "magnate.sqlite3",
        {"MAX_ROUNDS": "3", "DEBUG_COMMANDS": "true", "TURN_SECONDS": "600", "AUCTION_SECONDS": "600"},
    )
    server.start()
    yield server
    server.close()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    """Opens a window: `visit(PHONE, "es")`."""
    visitors: list[Visitor] = []

    def visit(size: tuple[int, int] = LAPTOP, lang: str = "en") -> Visitor:
        visitors.append(Visitor(browser, server.url, size, lang))
        return visitors[-1]

    yield visit
    for each in visitors:
        each.leave()
