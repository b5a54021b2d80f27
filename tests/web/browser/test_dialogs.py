"""The dialogs of a game do what they say: each is opened, filled in and sent, and the game shows it."""

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Visit
from tests.web.browser.visitor import LAPTOP, PHONE, Visitor

pytestmark = [pytest.mark.program("chromium"), pytest.mark.npm]


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def visitor(request: pytest.FixtureRequest, visit: Visit) -> Visitor:
    """Somebody who is to build and trade, owns a group and a square besides, and a bot that owns a square."""
    visitor: Visitor = visit(request.param).come_in().play_bots(1)
    page = visitor.page
    me = page.evaluate("JSON.parse(localStorage.getItem('magnate.session')).user.pk")
    for _ in range(60):
        assert visitor.whose() == "act"
        if page.get_by_role("button", name="Build and mortgage").count():
            break
        visitor.choice.click()
    other = page.evaluate(
        """async ([token, me]) => {
            const socket = new WebSocket(`ws://${location.host}/ws/game/${location.pathname.split("/")[2]}/?token=${token}`);
            const frame = JSON.parse((await new Promise((done) => (socket.onmessage = done))).data);
            socket.close();
            return frame.game_state.players.find((each) => each !== me);
        }""",
        [visitor.token, me],
    )
    for square in (1, 3, 5):
        visitor.cheat(cheat="CreateProperty", player_id=me, square_id=square)
    visitor.cheat(cheat="CreateProperty", player_id=other, square_id=25)
    visitor.cheat(cheat="SetMoney", player_id=me, amount=1000)
    expect(page.locator(".player.turn .balance")).to_have_text("1000")
    return visitor


def balance(visitor: Visitor, amount: int) -> None:
    expect(visitor.page.locator(".player.turn .balance")).to_have_text(str(amount))


def test_levels_and_mortgages_are_planned_with_their_total_and_done_together(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("button", name="Build and mortgage").click()
    dialog = page.get_by_role("dialog")
    nets, salt = (
        dialog.get_by_role("button", name=f"Build: {name}") for name in ("Net Menders' Row", "Salt Barrel Lane")
    )
    nets.click()
    nets.click()
    expect(dialog).to_contain_text("-100. You will have 900")
    expect(dialog.get_by_role("alert")).not_to_be_empty()  # uneven
    expect(dialog.get_by_role("button", name="Do it")).to_be_disabled()
    salt.click()
    visitor.accessible()
    dialog.get_by_role("button", name="Do it").click()
    balance(visitor, 850)
    expect(page.locator(".board .house")).to_have_count(3)


def test_a_trade_says_what_it_means_and_goes_to_the_other(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("button", name="Propose a trade").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Send")).to_be_disabled()
    dialog.get_by_label("Dusk Server").check()
    dialog.locator("fieldset").first.locator("input[inputmode]").fill("1")
    expect(dialog).to_contain_text("By net worth you gain 299")
    expect(dialog).to_contain_text("completes Servers")
    visitor.accessible()
    dialog.get_by_role("button", name="Send").click()
    expect(page.locator(".just-now")).to_contain_text("turns down the trade")
    page.get_by_role("button", name="Change the offer").click()
    expect(dialog.get_by_label("Dusk Server")).to_be_checked()
    page.keyboard.press("Escape")


def test_the_deed_of_a_square_mortgages_it_and_lifts_the_mortgage(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("[data-square='5']").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Mortgage (+150)").click()
    balance(visitor, 1150)
    expect(dialog).to_contain_text("mortgaged")
    dialog.get_by_role("button", name="Lift the mortgage").click()
    balance(visitor, 1000)


def test_to_surrender_is_asked_twice_and_ends_the_game(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("dialog").get_by_role("button", name="Surrender").click()
    page.get_by_role("button", name="No, play on").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("dialog").get_by_role("button", name="Surrender").click()
    page.get_by_role("button", name="Yes, surrender").click()
    expect(page.locator("dialog .ranks")).to_be_visible()


def test_what_is_said_is_text_and_nothing_else(visitor: Visitor) -> None:
    page = visitor.page
    if page.get_by_role("tab", name="Chat").is_visible():
        page.get_by_role("tab", name="Chat").click()
    else:
        page.get_by_role("button", name="Chat").click()
    page.get_by_label("Say something").fill("<img src=x onerror=alert(1)> hello")
    page.keyboard.press("Enter")
    expect(page.locator(".said p")).to_contain_text("<img src=x onerror=alert(1)> hello")
    assert page.locator(".said img").count() == 0
