"""Guests, watchers, rematches and replays in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.golden.make import FOLDER
from tests.web.browser.conftest import Visit
from tests.web.browser.test_games import play, play_together
from tests.web.browser.visitor import LAPTOP, PASSWORD, PHONE

pytestmark = [pytest.mark.program("chromium"), pytest.mark.npm]


def test_a_guest_with_the_link_types_a_name_and_is_in_the_room(visit: Visit) -> None:
    host = visit(LAPTOP).guest("Ana")
    host.page.get_by_role("button", name="Create a private room").click()
    link = host.page.locator(".share input").input_value()
    friend = visit(PHONE).guest("Ana", link)
    expect(friend.page.locator(".members li")).to_have_count(2)
    names = friend.page.locator(".members strong").all_inner_texts()
    assert names[0] == "Ana"
    assert names[1].startswith("Ana-"), "a name that is taken is made another"
    nobody = visit(PHONE).guest("", link)
    expect(host.page.locator(".members li")).to_have_count(3)
    assert nobody.page.locator(".members strong").last.inner_text()


def test_a_guest_keeps_the_account_with_a_password(visit: Visit) -> None:
    visitor = visit(PHONE).guest("Berta")
    visitor.page.goto("/profile")
    visitor.accessible()
    visitor.page.locator("[name=username]").fill("Berta B")
    visitor.page.locator("[name=password]").fill(PASSWORD)
    visitor.page.locator("[name=password2]").fill(PASSWORD)
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("h1")).to_have_text("Berta B")
    expect(visitor.page.get_by_role("heading", name="Keep this account")).to_have_count(0)
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.page.get_by_role("button", name="I have an account").click()
    visitor.page.locator("[name=username]").fill("Berta B")
    visitor.page.locator("[name=password]").fill(PASSWORD)
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_role("link", name="Berta B")).to_be_visible()


def test_a_game_that_all_may_watch_is_watched_and_a_rematch_takes_watchers_along(visit: Visit) -> None:
    host, friend, watcher = visit(LAPTOP).come_in(), visit(PHONE).come_in(), visit(LAPTOP)
    host.page.get_by_role("button", name="Create a private room").click()
    host.page.get_by_label("Who can watch").select_option("all")
    friend.page.goto(host.page.locator(".share input").input_value())
    for each in (friend, host):
        each.page.get_by_role("button", name="I am ready").click()
    host.page.get_by_role("button", name="Start the game").click()
    expect(host.page.locator(".board")).to_be_visible()
    watcher.come_in()
    watcher.page.locator("a[href^='/w/']").first.click()
    expect(watcher.page.locator(".board")).to_be_visible()
    expect(watcher.page.locator(".actions")).to_contain_text("You are watching")
    play_together(host, friend)
    expect(watcher.page.locator("dialog .ranks")).to_be_visible()
    addresses = [each.page.url for each in (host, friend, watcher)]
    host.page.get_by_role("button", name="Rematch").click()
    expect(friend.page.locator("dialog [role=status]")).to_contain_text(host.name)
    friend.page.get_by_role("button", name="Rematch").click()
    for each, address in zip((host, friend, watcher), addresses, strict=True):
        each.page.wait_for_function("(old) => location.href !== old", arg=address)
        expect(each.page.locator(".board")).to_be_visible()


def test_a_record_file_is_replayed_by_keys_without_leaving_the_machine(visit: Visit, tmp_path: Path) -> None:
    visitor = visit(LAPTOP)
    page = visitor.page
    page.goto("/replay")
    page.locator("input[type=file]").set_input_files(FOLDER / "two.jsonl")
    expect(page.locator("[role=alert]")).to_contain_text("magnate replay --json")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    page.locator("input[type=file]").set_input_files(FOLDER / "two.events.jsonl")
    expect(page.locator(".scrubber")).to_contain_text("move 0")
    for key, wanted in (("ArrowRight", "move 1 "), ("ArrowRight", "move 2 "), ("ArrowLeft", "move 1 ")):
        page.keyboard.press(key)
        expect(page.locator(".scrubber .row")).to_contain_text(wanted)
    page.keyboard.press("End")
    expect(page.locator(".status h1")).to_contain_text("the game is over")
    visitor.accessible()
    assert set(asked) <= {"GET"}, "the file is sent nowhere"


def test_a_finished_game_is_in_the_profile_and_can_be_replayed(visit: Visit) -> None:
    visitor = visit(LAPTOP).come_in().play_bots(1)
    play(visitor, "click")
    visitor.page.goto("/profile")
    visitor.page.get_by_role("link", name="Replay").click()
    expect(visitor.page.locator(".scrubber")).to_be_visible()
    visitor.page.keyboard.press("PageDown")
    expect(visitor.page.locator(".round")).to_contain_text("Round 2")
