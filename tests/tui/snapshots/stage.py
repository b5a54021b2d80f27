"""The app itself on one screen, with a server that always answers the same and a game that never goes on."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from functools import cache

import httpx
import pytest
from textual.screen import Screen
from textual.widgets import Input

from magnate.client.rest import RestClient
from magnate.client.session import Session
from magnate.engine.phases import BUSINESS
from magnate.engine.record import Record, Step, read_record, replay
from magnate.engine.state import State
from magnate.protocol.room import BotLevel, Joined, ReadyStatus, RoomChat, RoomMessage, RoomPlayer
from magnate.tui.board.palette import DEFAULT_PALETTE, THEME_PALETTES
from magnate.tui.context import Context
from magnate.tui.preferences.stored import Preferences
from magnate.tui.screens.game import GameScreen
from magnate.tui.words.worths import recorded_worths
from scripts.play_docs import Stage, StillGame
from tests.golden.make import FOLDER
from tests.sizes import first

SERVER = "http://table.example"
NOW_MS = 1_777_660_200_000
"""The time of day in every picture, in ms since 1970."""
LATELY = 16
"""Actions that the log of the game tells."""

Size = tuple[int, int]

SIZES = first(pytest.param(size, id=f"{size[0]}x{size[1]}") for size in ((80, 24), (120, 40), (200, 60)))
OTHER_THEMES = [name for name in THEME_PALETTES if name != DEFAULT_PALETTE.name]

PROFILE = {
    "pk": 1,
    "username": "alice",
    "points": 140,
    "exp": 0,
    "elo": 1034,
    "date_joined": "2026-02-14T10:00:00Z",
    "num_played_games": 12,
    "num_won_games": 5,
    "user_piece": 1,
    "active_game": 42,
}
ANSWERS: dict[str, object] = {
    "/user/info/": PROFILE,
    "/games/mine/": {
        "games": [
            {
                "game_id": 42,
                "start_date": "2026-05-01T18:30:00Z",
                "players": [{"username": name, "is_bot": False, "alive": True} for name in ("alice", "Bob", "Carol")],
                "current_round": 12,
                "max_rounds": 30,
                "turn": "Bob",
                "phase": "auction",
                "waiting_for": ["alice", "Carol"],
            }
        ]
    },
    "/user/games-played/": {"games": [40, 41]},
    "/game/summary/40/": {
        "id": 1,
        "game": 40,
        "start_date": "2026-04-30T18:00:00Z",
        "end_date": "2026-04-30T18:41:12Z",
        "final_money": {"alice": 2310, "Bob": 1480, "bot_1": 0},
    },
    "/game/summary/41/": {
        "id": 2,
        "game": 41,
        "start_date": "2026-05-01T20:00:00Z",
        "end_date": "2026-05-01T20:52:40Z",
        "final_money": {"Carol": 3105, "alice": 2890, "Bob": -120, "bot_2": 15},
        "standings": [
            {"username": name, "rank": rank, "worth": worth, "elo_before": 1000, "elo_after": 1000, "departure": why}
            for rank, (name, worth, why) in enumerate(
                (("Carol", 3105, None), ("alice", 2890, None), ("Bob", -120, "bankrupt"), ("bot_2", 0, "kicked")), 1
            )
        ],
    },
    "/shop/items/": [
        {"custom_id": 1, "itemType": "piece", "price": 100, "owned": True},
        {"custom_id": 2, "itemType": "piece", "price": 120, "owned": False},
        {"custom_id": 3, "itemType": "piece", "price": 300, "owned": False},
        {"custom_id": 8, "itemType": "emoji", "price": 20, "owned": True},
        {"custom_id": 9, "itemType": "emoji", "price": 20, "owned": False},
    ],
    **{
        f"/info/user-name-piece/{user}/": {"username": name, "piece": piece}
        for user, name, piece in ((1, "alice", 1), (2, "Bob", 2), (3, "Carol", 0), (4, "Dan", 0))
    },
    "/shop/user-emojis/": [
        {"custom_id": 8, "itemType": "emoji", "price": 20, "owned": True},
        {"custom_id": 9, "itemType": "emoji", "price": 20, "owned": True},
    ],
}
"""What the server answers, by path."""

ROOM: tuple[RoomMessage, ...] = (
    Joined("Bob", "alice", True, (RoomPlayer("alice", False, 0), RoomPlayer("Bob", False, 2)), BotLevel.HARD, 4),
    ReadyStatus("Bob", True, "alice", True),
    RoomChat("Bob", "hola :-)"),
)
"""What the server says in the room."""


class Sockets:
    """Stands for a socket: says what it was given, then keeps silent."""

    def __init__(self, says: Iterable[RoomMessage] = ()) -> None:
        self._says = says

    async def __aiter__(self) -> AsyncIterator[RoomMessage]:
        for message in self._says:
            yield message
        await asyncio.Event().wait()

    async def send(self, command: object) -> bool:
        """Send nothing."""
        return False

    async def close(self) -> None:
        """Leave nothing."""


async def open_socket(*where: str) -> Sockets:
    """Open a socket: of the room where a code is given, else of the queue."""
    return Sockets(ROOM if len(where) > 2 else ())


def _answer(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json=ANSWERS[request.url.path])


def context(lang: str, theme: str) -> Context:
    """Return what screens are given: somebody is signed in, and nothing moves."""
    rest = RestClient(SERVER, transport=httpx.MockTransport(_answer))
    rest.session = Session("alice", 1, "access", "refresh")
    return Context(rest, Preferences(lang=lang, theme=theme, animation=False, server=SERVER), own_server=False)


@asynccontextmanager
async def shown(
    make: Callable[[Context], Screen[None]],
    lang: str,
    size: Size,
    theme: str = DEFAULT_PALETTE.name,
    keys: Iterable[str] = (),
) -> AsyncIterator[Stage]:
    """Show a screen, and what some keys lead to."""
    shared = context(lang, theme)
    app = Stage(shared, make(shared))
    async with app.run_test(size=size) as pilot:
        while len(app.screen_stack) == 1:
            await pilot.pause()
        for key in ("", *keys, ""):
            if key:
                await pilot.press(key)
            for _ in range(3):
                await pilot.pause()
        for field in app.screen.query(Input):
            field.cursor_blink = False
        await pilot.pause()
        yield app


async def picture(
    make: Callable[[Context], Screen[None]],
    lang: str,
    size: Size,
    theme: str = DEFAULT_PALETTE.name,
    keys: Iterable[str] = (),
) -> str:
    """Return an SVG of a screen, after some keys."""
    async with shown(make, lang, size, theme, keys) as app:
        return app.export_screenshot()


@cache
def record() -> Record:
    """Return a recorded game of four."""
    with (FOLDER / "four.jsonl").open("rb") as lines:
        return read_record(lines, "four.jsonl")


@cache
def steps() -> tuple[Step, ...]:
    """Return that game, move by move."""
    return tuple(replay(record()))


@cache
def worths() -> tuple[State, list[list[int]]]:
    """Return the recorded game at its end, and everybody's worth round by round."""
    return steps()[-1].after, recorded_worths(record())


def game(shared: Context) -> GameScreen:
    """Return the screen of the recorded game, late, where the first seat does its business."""
    mine = [step.number for step in steps() if step.after.phase is BUSINESS and step.after.turn_seat == 0]
    last = mine[len(mine) * 3 // 4]
    link = StillGame(steps()[last - 1].after, [step.events for step in steps()[last - LATELY : last]])
    link.deadline = NOW_MS + 42_000
    return GameScreen(shared, link)
