"""Whatever happens to the connection, the game is there again, nothing is lost silently and nothing done twice."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.server.wire.process import Server
from tests.web.browser.conftest import Visit
from tests.web.browser.visitor import LAPTOP, PHONE, Visitor

pytestmark = [pytest.mark.program("chromium"), pytest.mark.npm]


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server that a test may kill."""
    server = Server(
        tmp_path / "magnate.sqlite3", {"TURN_SECONDS": "600", "AUCTION_SECONDS": "600", "ACCESS_MINUTES": "0.03"}
    )
    server.start()
    yield server
    server.close()


def money(visitor: Visitor) -> list[str]:
    return visitor.page.locator(".balance").all_inner_texts()


def act(visitor: Visitor) -> None:
    """Do the first thing that can be done, and wait until the game has gone on."""
    if visitor.whose() == "act":
        before = visitor.page.locator(".history").inner_text()
        visitor.choice.click()
        visitor.page.wait_for_function("(old) => document.querySelector('.history').innerText !== old", arg=before)


def test_a_game_goes_on_after_the_server_was_killed_and_started_again(browser: Browser, own_server: Server) -> None:
    visitor = Visitor(browser, own_server.url).come_in().play_bots(1)
    for number in (signal.SIGKILL, signal.SIGTERM):
        act(visitor)
        assert visitor.whose() == "act"
        before = money(visitor)
        own_server.stop(number)
        expect(visitor.page.locator(".banner")).to_be_visible()
        assert visitor.choice.is_visible(), "the board stays in sight meanwhile"
        own_server.start()
        expect(visitor.page.locator(".banner")).to_have_count(0)
        assert money(visitor) == before
        act(visitor)
    visitor.context.close()


def test_a_network_that_is_gone_is_told_and_the_game_goes_on_when_it_is_back(visit: Visit) -> None:
    visitor = visit(PHONE).come_in().play_bots(1)
    assert visitor.whose() == "act"
    visitor.context.set_offline(True)
    expect(visitor.page.locator(".banner")).to_contain_text("offline")
    before = visitor.page.locator(".status h1").inner_text()
    visitor.choice.click()
    expect(visitor.page.locator(".note.bad")).to_be_visible()
    assert visitor.page.locator(".status h1").inner_text() == before, (
        "nothing is done of which the server knows nothing"
    )
    visitor.context.set_offline(False)
    expect(visitor.page.locator(".banner")).to_have_count(0)
    for _ in range(3):
        if visitor.whose() == "act":
            visitor.choice.click()


def test_two_tabs_show_the_same_game_and_either_may_play(visit: Visit) -> None:
    visitor = visit(LAPTOP).come_in().play_bots(1)
    first, second = visitor.page, visitor.window()
    second.goto(first.url)
    for each in (first, second, first):
        visitor.page = each
        act(visitor)
        visitor.whose()
        seen = visitor.page.locator(".status h1").inner_text()
        for other in (first, second):  # what both show is what either may act on
            expect(other.locator(".status h1")).to_have_text(seen, use_inner_text=True)
    expect(second.locator(".round")).to_have_text(first.locator(".round").inner_text())
    expect(second.locator(".balance")).to_have_text(money(visitor))


def test_a_reload_shows_the_game_as_it_is(visit: Visit) -> None:
    visitor = visit(LAPTOP).come_in().play_bots(2)
    act(visitor)
    assert visitor.whose() == "act"
    before = money(visitor)
    visitor.page.reload()
    assert visitor.whose() == "act"
    assert money(visitor) == before
    visitor.page.goto("/")
    visitor.page.get_by_role("link", name="Go back to your game").click()
    expect(visitor.page.locator(".board")).to_be_visible()


def test_a_token_that_ends_in_the_middle_of_a_game_is_renewed(browser: Browser, own_server: Server) -> None:
    visitor = Visitor(browser, own_server.url).come_in().play_bots(1)
    first = visitor.token
    own_server.stop()
    own_server.start()
    expect(visitor.page.locator(".banner")).to_have_count(0)
    act(visitor)
    visitor.page.wait_for_function("(old) => !localStorage.getItem('magnate.session').includes(old)", arg=first)
    visitor.page.reload()
    assert visitor.whose() == "act"
    visitor.context.close()


def test_a_room_that_is_gone_says_so_and_what_can_be_done(visit: Visit) -> None:
    visitor = visit(PHONE).come_in("/r/NOSUCH")
    expect(visitor.page.locator(".card")).to_contain_text("This room is gone")
    visitor.page.get_by_role("link", name="To the start page").click()
    expect(visitor.page.get_by_role("heading", name="Play with friends")).to_be_visible()


def test_a_game_of_others_says_that_there_is_no_seat(visit: Visit) -> None:
    host = visit(LAPTOP).come_in().play_bots(1)
    stranger = visit(PHONE).come_in(host.page.url.replace(host.url, ""))
    expect(stranger.page.locator("h1")).to_contain_text("You cannot sit down")


def test_an_answer_that_breaks_off_is_told_and_takes_nothing_away(visit: Visit) -> None:
    visitor = visit(LAPTOP).come_in()
    page = visitor.page
    before = page.evaluate("localStorage.getItem('magnate.session')")
    page.route("**/user/info/", lambda route: route.fulfill(status=200, body='{"pk": 1, "userna'))
    page.goto("/profile")
    expect(page.locator(".note.bad")).to_be_visible()
    expect(page.locator("h1").last).to_contain_text(visitor.name)
    assert page.evaluate("localStorage.getItem('magnate.session')") == before
    page.unroute("**/user/info/")
    page.reload()
    expect(page.locator(".past, .quiet")).to_be_visible()


def test_a_room_that_is_full_or_whose_game_runs_says_so_and_what_can_be_done(visit: Visit) -> None:
    host = visit(LAPTOP).guest("Host")
    host.page.get_by_role("button", name="Create a private room").click()
    link = host.page.locator(".share input").input_value()
    friends = [visit(PHONE).guest("Friend", link) for _ in range(3)]
    expect(host.page.locator(".members li")).to_have_count(4)
    late = visit(PHONE).guest("Late", link)
    expect(late.page.locator(".card")).to_contain_text("This room is full")
    late.accessible()
    everybody = [host, *friends]
    for each in everybody:
        each.page.get_by_role("button", name="I am ready").click()
    host.page.get_by_role("button", name="Start the game").click()
    for each in everybody:
        expect(each.page.locator(".board")).to_be_visible()
    late.page.reload()
    expect(late.page.locator(".card")).to_contain_text("or its game has started")
    late.page.get_by_role("link", name="To the start page").click()
    late.page.get_by_role("button", name="Create a private room").click()
    expect(late.page.locator(".members li").first).to_contain_text("Late")


def test_a_lost_answer_to_a_refresh_of_tokens_ends_no_session(browser: Browser, own_server: Server) -> None:
    visitor = Visitor(browser, own_server.url).guest("Ana")
    page, lost = visitor.page, []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/auth/refresh/", lose)
    page.goto("/profile")
    page.wait_for_function("() => localStorage.getItem('magnate.session').includes('attempt')")
    expect(page.locator(".note.bad").first).to_be_visible()
    page.unroute("**/auth/refresh/")
    page.reload()
    expect(page.locator(".past, .quiet").first).to_be_visible()
    assert lost[0] == 200, "the server has exchanged the token"
    assert page.evaluate("JSON.parse(localStorage.getItem('magnate.session')).user.username") == "Ana"
    visitor.context.close()
