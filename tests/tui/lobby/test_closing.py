"""What a screen outside the game asked of the server may be answered when the screen has gone."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from magnate.client.errors import CallRefused
from magnate.client.rest import RestClient
from magnate.tui.context import Context
from magnate.tui.screens.lobby import LobbyScreen
from magnate.tui.screens.profile import ProfileScreen
from magnate.tui.screens.shop import ShopScreen
from magnate.tui.screens.sign_in import SignInScreen
from tests.tui.lobby.harness import Harness, context
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio

CALLS: dict[str, tuple[Callable[[Context], LobbyScreen], str]] = {
    "shop": (ShopScreen, "shop"),
    "profile": (ProfileScreen, "profile"),
    "past games": (ProfileScreen, "games_played"),
    "sign in": (SignInScreen, "play_as_guest"),
}
"""A screen, and the call whose answer is late."""


@pytest.mark.parametrize("name", CALLS)
async def test_an_answer_that_comes_while_the_app_closes_harms_nothing(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, call = CALLS[name]
    rest = RestClient("http://127.0.0.1:9")
    screen = make(context(rest))
    asked: list[str] = []

    async def at_once(*_: object) -> Any:
        return Answer()

    async def late(*_: object) -> Any:
        asked.append(call)
        while screen.query("#title"):
            await asyncio.sleep(0)
        if isinstance(screen, SignInScreen):
            raise CallRefused(400, "no", {})
        return Answer()

    for each in ("shop", "profile", "games_played"):
        monkeypatch.setattr(rest, each, at_once)
    monkeypatch.setattr(rest, call, late)
    app = Harness(screen)
    async with app.run_test() as pilot:
        await until(pilot, lambda: screen.is_mounted)
        if isinstance(screen, SignInScreen):
            screen.send(guest=True)
        await until(pilot, lambda: asked)
    assert app.return_code in (0, None)


class Answer(list[Any]):
    """A profile without anything in it, and a list of no items and no games."""

    username, elo, points, piece = "ana", 1000, 0, 0
    num_played_games = num_won_games = 0
    date_joined = "2026-01-01T00:00:00Z"
    active_game = None
