"""People at a browser: what they do on the page, and what must never happen there meanwhile."""

import itertools
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS: Final = 60_000
"""How long a test waits for what must come; nothing waits for as long as this unless the test fails."""
PASSWORD: Final = "correct horse 9"
PHONE: Final = (360, 640)
LAPTOP: Final = (1280, 800)
AXE: Final = Path(__file__).parent.parent / "node_modules" / "axe-core" / "axe.min.js"

_NUMBERS = itertools.count(1)
_READY = (
    ".table.mine .actions :is(.action, .fantasy, details:not([open]) > summary)"
    ":not(:disabled, [data-aside], details:not([open]) > .action)"
)
_TURN = f"""() => {{
  if (document.querySelector('dialog .ranks')) return 'over';
  if (document.querySelector('dialog')) return 'dialog';
  return document.querySelector('{_READY}') ? 'act' : null;
}}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium, for as long as a module of tests takes."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """One person with one window."""

    def __init__(self, browser: Browser, url: str, size: tuple[int, int] = LAPTOP, lang: str = "en") -> None:
        width, height = size
        self.url = url
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": height},
            has_touch=width < 800,
            is_mobile=width < 800,
            locale={"en": "en-GB", "es": "es-ES"}[lang],
            base_url=url,
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.faults: list[str] = []
        """What the console complained of, and requests that failed."""
        self.name = ""
        self.page = self.window()

    def window(self) -> Page:
        """Open a tab."""
        page = self.context.new_page()
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("response", lambda answer: self._answered(answer.status, answer.url))
        return page

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "Failed to load resource" not in text and "WebSocket" not in text:
            self.faults.append(text)

    def _answered(self, status: int, url: str) -> None:
        if status >= 400 and "/auth/" not in url:
            self.faults.append(f"{status} {url}")

    def leave(self) -> None:
        """Close the window; nothing may have gone wrong in it."""
        self.context.close()
        assert not self.faults, "\n".join(self.faults)

    def come_in(self, path: str = "/") -> "Visitor":
        """Open the page and make an account."""
        self.name = f"visitor {next(_NUMBERS)}"
        self.page.goto(path)
        self.page.locator(".ways button").last.click()
        self.page.locator("[name=username]").fill(self.name)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("[name=password2]").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".come-in")).to_have_count(0)
        return self

    def guest(self, name: str, path: str = "/") -> "Visitor":
        """Open the page, type a name and press Enter: that is all."""
        self.page.goto(path)
        self.page.locator("[name=username]").fill(name)
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".come-in")).to_have_count(0)
        return self

    def play_bots(self, count: int = 1) -> "Visitor":
        """Start a game against bots."""
        self.page.locator("select").first.select_option(str(count))
        self.page.locator(".cards form button.primary").first.click()
        expect(self.page.locator(".board")).to_be_visible()
        return self

    @property
    def token(self) -> str:
        """The access token of this visitor."""
        stored: str = self.page.evaluate("localStorage.getItem('magnate.session')")
        access: str = json.loads(stored)["access"]
        return access

    def cheat(self, **what: object) -> None:
        """Change the game by a debug command, and wait until the page shows it."""
        self.page.evaluate(
            """async ([what, token]) => {
                const game = location.pathname.split("/")[2];
                const socket = new WebSocket(`ws://${location.host}/ws/game/${game}/?token=${token}`);
                await new Promise((done) => (socket.onmessage = done));
                socket.send(JSON.stringify({ type: "Cheat", ...what }));
                await new Promise((done) => (socket.onmessage = done));
                socket.close();
            }""",
            [what, self.token],
        )

    def whose(self) -> str:
        """Return `over`, `dialog` or `act`, as soon as it is this visitor's to do something."""
        found: str = self.page.wait_for_function(_TURN, timeout=PATIENCE_MS).json_value()
        return found

    @property
    def choice(self) -> Locator:
        """The first button that may be pressed now and brings the game on."""
        return self.page.locator(_READY).first

    def accessible(self) -> None:
        """Hold what is shown against the rules of axe."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        told = [
            f"{each['id']}: {each['help']}: {[node['html'][:120] for node in each['nodes']][:3]}"
            for each in found["violations"]
        ]
        assert not told, "\n".join(told)
