"""The page in Chromium on a phone, slowed four times: what it loads, and how soon the board is there."""

import tempfile
from pathlib import Path

from playwright.sync_api import CDPSession

from benchmarks.yardstick import Figure
from tests.server.wire.process import Server
from tests.web.browser.visitor import PHONE, Visitor, chromium

SLOWED = 4
TRIES = 3
MOST_REQUESTS = 25
MOST_KILOBYTES = 150
MOST_SECONDS = 1.0


def run(unit: float) -> list[Figure]:
    """Return the figures of the page; they are of a browser, so the yardstick's unit says nothing."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        server = Server(Path(folder) / "magnate.sqlite3")
        server.start()
        try:
            visitor = Visitor(browser, server.url, PHONE)
            return figures(visitor, visitor.context.new_cdp_session(visitor.page))
        finally:
            server.close()


def figures(visitor: Visitor, chrome: CDPSession) -> list[Figure]:
    requests: list[str] = []
    sizes: list[float] = []
    chrome.on("Network.responseReceived", lambda event: requests.append(event["requestId"]))
    chrome.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    chrome.send("Network.enable")
    visitor.page.goto("/", wait_until="networkidle")
    loaded = [
        Figure("first load", len(requests), "requests", most=MOST_REQUESTS),
        Figure("first load", sum(sizes) / 1000, "KB on the wire", most=MOST_KILOBYTES),
    ]
    visitor.guest("Ana").play_bots(3).whose()
    chrome.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    return [*loaded, Figure("board after navigation", board_seconds(visitor), "s, slowed 4 ×", most=MOST_SECONDS)]


def board_seconds(visitor: Visitor) -> float:
    """Return the least seconds from a navigation until the board is drawn."""
    times: list[float] = []
    for _ in range(TRIES):
        visitor.page.reload(wait_until="commit")
        visitor.page.locator(".board svg").first.wait_for()
        times.append(visitor.page.evaluate("performance.now()") / 1000)
    return min(times)
