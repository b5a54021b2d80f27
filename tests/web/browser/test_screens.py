"""Every screen and every dialog of the page, held against the rules of accessibility in each theme."""

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Visit
from tests.web.browser.visitor import LAPTOP, PATIENCE_MS, PHONE, Visitor

pytestmark = [pytest.mark.program("chromium"), pytest.mark.npm]

THEMES = ("city", "day", "safe", "contrast")


def in_each_theme(visitor: Visitor) -> None:
    for theme in THEMES:
        visitor.page.evaluate("(theme) => (document.documentElement.dataset.theme = theme)", theme)
        visitor.accessible()


def test_nobody_is_kept_from_coming_in(visit: Visit) -> None:
    visitor = visit(PHONE)
    visitor.page.goto("/r/ABC123")
    expect(visitor.page.locator("h1")).to_contain_text("ABC123")
    in_each_theme(visitor)
    visitor.page.goto("/")
    visitor.page.get_by_role("button", name="I have an account").click()
    visitor.accessible()
    visitor.page.get_by_role("button", name="Create account").click()
    visitor.accessible()


def test_nobody_is_kept_from_the_lobby(visit: Visit) -> None:
    visitor = visit(PHONE).come_in()
    expect(visitor.page.get_by_role("heading", name="Play with friends")).to_be_visible()
    in_each_theme(visitor)
    for path, shown in (("/queue", "Looking"), ("/settings", "Settings"), ("/shop", "Shop"), ("/replay", "replay")):
        visitor.page.goto(path)
        expect(visitor.page.locator("h1")).to_contain_text(shown)
        visitor.accessible()
    visitor.page.goto("/profile")
    expect(visitor.page.locator("h1")).to_contain_text(visitor.name)
    visitor.accessible()
    visitor.page.goto("/")
    visitor.page.get_by_role("button", name="Create a private room").click()
    expect(visitor.page.locator(".share")).to_be_visible()
    in_each_theme(visitor)


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
def test_nobody_is_kept_from_playing(visit: Visit, size: tuple[int, int]) -> None:
    visitor = visit(size).come_in().play_bots(1)
    page = visitor.page
    assert visitor.whose() == "act"
    me = page.evaluate("JSON.parse(localStorage.getItem('magnate.session')).user.pk")
    for square in (6, 8, 9, 5):
        visitor.cheat(cheat="CreateProperty", player_id=me, square_id=square, houses=1 if square != 5 else 0)
    # The bot may own some too.
    page.wait_for_function("() => document.querySelectorAll('.board .owner-line').length >= 4", timeout=PATIENCE_MS)
    in_each_theme(visitor)
    for name in ("Menu", "History", "Chat"):
        button = page.locator(".status").get_by_role("button", name=name)
        if button.is_visible():
            button.click()
            expect(page.locator("dialog")).to_be_visible()
            in_each_theme(visitor)
            page.keyboard.press("Escape")
    page.locator(".player button").first.click()
    in_each_theme(visitor)
    page.keyboard.press("Escape")
    page.locator("[data-square='6']").click()
    in_each_theme(visitor)
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


@pytest.mark.parametrize(
    ("width", "height"),
    [(320, 568), (360, 640), (390, 844), (640, 360), (768, 1024), (1024, 768), (1280, 800), (2560, 1440)],
)
def test_a_game_fits_into_every_window(visit: Visit, width: int, height: int) -> None:
    visitor = visit((width, height)).come_in().play_bots(3)
    assert visitor.whose() == "act"
    page = visitor.page
    wide, high = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert (wide <= width, high <= height) == (True, True)
    board = page.locator(".board > svg").bounding_box()
    button = visitor.choice.bounding_box()
    assert board is not None
    assert button is not None
    assert board["x"] >= 0
    assert board["x"] + board["width"] <= width
    assert board["y"] + board["height"] <= height
    assert board["width"] >= min(width, height) * 0.55
    assert button["y"] + button["height"] <= height, "what is to be done is in sight"
    assert button["height"] >= 44 or height < 400, "a thumb finds it"
