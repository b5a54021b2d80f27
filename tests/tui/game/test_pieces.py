"""Pieces from the shop: seen on the board and beside the names, and never two that look the same."""

from dataclasses import replace

import httpx
import pytest

from magnate.client.rest import RestClient
from magnate.tui.context import Context
from magnate.tui.preferences.stored import Preferences
from magnate.tui.screens.game import GameScreen
from magnate.tui.words.people import People
from tests.tui.game import positions
from tests.tui.game.table import ME, TableApp, context
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio


def people() -> People:
    link = positions.business()
    return People.of(link.view, link.seating.names, ME, "city", "en")


def test_who_has_a_piece_of_the_shop_stands_as_that_and_the_list_says_whose_it_is() -> None:
    every = replace(people(), pieces=(1, 0, 2, 0))
    by_seat = {seat: every.tokens[every.place(seat)] for seat in every.order}
    assert by_seat == {0: "♞", 1: every.letter(1), 2: "✿", 3: every.letter(3)}
    assert every.badge(0).plain == f"♞{every.letter(0)}"
    assert every.badge(1).plain[1] == every.letter(1)


def test_pieces_that_look_the_same_are_letters_since_colour_alone_would_tell_them_apart() -> None:
    every = replace(people(), pieces=(1, 1, 7, 3))
    assert every.tokens.count("⚑") == 1
    assert {every.tokens[every.place(seat)] for seat in (0, 1, 2)} == {every.letter(seat) for seat in (0, 1, 2)}


async def test_the_game_asks_what_each_plays_with_and_shows_it() -> None:
    link = positions.business()
    mine = f"/info/user-name-piece/{link.seating.users[ME]}/"

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"username": "x", "piece": 4 if request.url.path == mine else 0})

    rest = RestClient("http://table.example", transport=httpx.MockTransport(answer))
    screen = GameScreen(Context(rest, Preferences(animation=False), own_server=False), link)
    app = TableApp(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: bool(screen.pieces))
        drawn = "".join(strip.text for y in range(22) for strip in [screen.board.render_line(y)])
        assert "♛" in drawn
        link.come_back()
        await until(pilot, lambda: not screen.moving)
        assert screen.people is not None
        assert "♛" in screen.people.tokens, "a snapshot forgets nothing"


async def test_where_the_server_does_not_say_the_letters_stay() -> None:
    screen = GameScreen(context(), positions.business())
    app = TableApp(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: screen.people is not None)
        await app.workers.wait_for_complete([each for each in app.workers if each.group == "pieces"])
        assert screen.people is not None
        assert screen.people.tokens == "ABCD"
