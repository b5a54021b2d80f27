"""Whole games in a real browser, to their end."""

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Visit
from tests.web.browser.visitor import LAPTOP, PHONE, Visitor

pytestmark = [pytest.mark.program("chromium"), pytest.mark.npm]

MOST_MOVES = 400
IN_ACTIONS = (
    "document.activeElement.matches('.actions :is(.action, .fantasy, details:not([open]) > summary):not([data-aside])')"
)


def play(visitor: Visitor, press: str) -> None:
    """Play until the results are shown, by `click`, `tap` or the `keyboard` alone."""
    for _ in range(MOST_MOVES):
        what = visitor.whose()
        if what == "over":
            return
        if what == "dialog":
            settle(visitor, press)
            continue
        if press == "keyboard":
            by_keyboard(visitor, IN_ACTIONS)
        else:
            getattr(visitor.choice, press)()
    raise AssertionError("the game did not end")


def settle(visitor: Visitor, press: str) -> None:
    """Sell what is suggested; without anything to sell, give up."""
    sell = visitor.page.locator("dialog footer .primary:not(:disabled)")
    if not sell.count():
        visitor.page.keyboard.press("Escape")
        surrender = visitor.page.locator(".actions .action").last
        surrender.click()
        visitor.page.locator("dialog .danger").click()
    elif press == "keyboard":
        by_keyboard(visitor, "document.activeElement.matches('dialog footer .primary')")
    else:
        getattr(sell.first, press)()


def by_keyboard(visitor: Visitor, there: str) -> None:
    """Go with Tab to what is wanted, and press Enter on it."""
    for _ in range(60):
        if visitor.page.evaluate(f"Boolean({there})"):
            visitor.page.keyboard.press("Enter")
            return
        visitor.page.keyboard.press("Tab")
    raise AssertionError("Tab never leads there")


@pytest.mark.parametrize(
    ("size", "lang", "press"), [(PHONE, "es", "tap"), (LAPTOP, "en", "click"), (LAPTOP, "es", "keyboard")]
)
def test_a_game_against_bots_is_played_to_its_end(visit: Visit, size: tuple[int, int], lang: str, press: str) -> None:
    visitor = visit(size, lang).come_in().play_bots(2)
    levels = visitor.page.locator(".player .level")
    expect(levels).to_have_count(2)
    assert set(levels.all_text_contents()) == {"en": {"Easy", "Medium"}, "es": {"Fácil", "Medio"}}[lang]
    play(visitor, press)
    expect(visitor.page.locator("dialog .ranks tbody tr")).to_have_count(3)
    visitor.accessible()
    assert visitor.page.evaluate("document.documentElement.lang") == lang


def test_two_friends_meet_in_a_room_by_its_link_and_play_a_game(visit: Visit) -> None:
    host = visit(LAPTOP).come_in()
    host.page.get_by_role("button", name="Create a private room").click()
    link = host.page.locator(".share input").input_value()
    friend = visit(PHONE)
    friend.come_in(link)
    expect(host.page.locator(".members")).to_contain_text(friend.name)
    for each in (friend, host):
        each.page.get_by_role("button", name="I am ready").click()
    host.page.get_by_role("button", name="Start the game").click()
    for each in (friend, host):
        expect(each.page.locator(".board")).to_be_visible()
    play_together(host, friend)


def test_two_strangers_meet_in_the_public_queue(visit: Visit) -> None:
    first, second = visit(LAPTOP).come_in(), visit(PHONE).come_in()
    for each in (first, second):
        each.page.get_by_role("link", name="Find opponents").click()
    for each in (first, second):
        expect(each.page.locator(".board")).to_be_visible()


def play_together(*visitors: Visitor) -> None:
    """Play until all see the results; whoever is to act acts."""
    for _ in range(MOST_MOVES):
        waiting = [each for each in visitors if not each.page.locator("dialog .ranks").count()]
        if not waiting:
            return
        for each in waiting:
            if each.page.locator("dialog:not(:has(.ranks))").count():
                settle(each, "click")
            elif each.choice.count():
                each.choice.click()
            else:
                each.page.wait_for_timeout(20)
    raise AssertionError("the game did not end")
