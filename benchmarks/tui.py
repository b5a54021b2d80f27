"""The terminal client without a terminal: drawing the board, a key on its way to the screen, idling, starting up."""

import asyncio
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from textual import events
from textual.app import App
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen

from benchmarks.engine import SEATS, middle_of_a_game
from benchmarks.yardstick import Figure, best_of
from magnate.client.rest import RestClient
from magnate.engine.chance import Seeded
from magnate.engine.game import new_game
from magnate.engine.state import State
from magnate.tui.board import face
from magnate.tui.board.layout import largest_layout
from magnate.tui.board.looks import looks
from magnate.tui.board.palette import DEFAULT_PALETTE
from magnate.tui.board.widget import BoardView
from magnate.tui.context import Context
from magnate.tui.preferences.stored import Preferences
from magnate.tui.preferences.themes import THEMES
from magnate.tui.screens.game import GameScreen
from scripts.play_docs import StillGame

FRAME: Final = 1 / 60
"""Seconds of a frame at 60 fps."""
SIZE: Final = (200, 60)
"""The largest screen that the client is made for, in characters."""
SQUARE: Final = 31
"""A property of the outer ring, which has all that a square can show."""
PRESSES: Final = 60
IDLE: Final = 4.0
"""Seconds."""

START: Final = """
{imports}
class First({base}):
    def on_ready(self):
        self.call_after_refresh(self.exit)
First({arguments}).run(headless=True, size=(120, 40))
"""
EMPTY: Final = START.format(imports="from textual.app import App", base="App", arguments="")
GAME: Final = START.format(
    imports="from benchmarks.tui import OneScreen, new_still_game", base="OneScreen", arguments="new_still_game()"
)


class OneScreen(App[None]):
    """Shows one screen from the beginning, and nothing before it."""

    CSS_PATH = Path(face.__file__).parents[1] / "app.tcss"

    def __init__(self, screen: Screen[None]) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DEFAULT_PALETTE.name
        self._only = screen

    def on_mount(self) -> None:
        self.push_screen(self._only)


@dataclass(frozen=True, slots=True)
class Running:
    """What was measured in a running app, in seconds but for the last."""

    square: float
    """Drawing one changed square, and the lines it lies on."""
    board: float
    """Drawing all lines after every square has changed."""
    key: float
    """From a key to the cursor on the screen, at the median."""
    idle: float
    """The part of a core that a game takes in which nothing happens."""


def run(unit: float) -> list[Figure]:
    """Return the figures of the client."""
    running = asyncio.run(measure())
    empty, game = started(EMPTY), started(GAME)
    return [
        Figure("one changed square", running.square / unit, most=2500, detail=f"{running.square * 1e6:,.0f} µs"),
        Figure("the whole board anew", running.board / unit, most=40_000, detail=f"{running.board * 1e3:.1f} ms"),
        Figure("a key until it shows", running.key / FRAME, "× 1/60 s", most=1, detail=f"{running.key * 1e3:.1f} ms"),
        Figure("a game in which nothing happens", running.idle * 100, "% of a core", most=1),
        Figure(
            "first paint, beyond an empty app's",
            (game - empty) / empty,
            "× an empty app",
            most=2,
            detail=f"{(game - empty) * 1000:.0f} ms",
        ),
    ]


def still_game(state: State) -> GameScreen:
    """Return the screen of a game that does not go on."""
    context = Context(RestClient("http://127.0.0.1:9"), Preferences(animation=False), own_server=False)
    return GameScreen(context, StillGame(state))


def new_still_game() -> GameScreen:
    """Return the screen of a game that begins, which costs next to nothing to make."""
    return still_game(new_game(SEATS, Seeded(1)))


async def measure() -> Running:
    """Show a game at the largest size and measure it."""
    app = OneScreen(still_game(middle_of_a_game()))
    async with app.run_test(size=SIZE) as pilot:
        while not isinstance(app.screen, GameScreen) or app.screen.people is None:
            await pilot.pause()
        await pilot.pause()
        board = app.screen.board
        square, whole = best_of(lambda: draw_squares(board)), best_of(lambda: draw_boards(board))
        return Running(square, whole, await key_to_screen(board), await idle(pilot))


def draw_squares(board: BoardView, times: int = 300) -> int:
    """Change a square and draw the lines of it; return how often."""
    region = Region(*largest_layout(*board.size).squares[SQUARE])
    for amount in range(times):
        face.draw.cache_clear()
        board.show({SQUARE: face.Look(SQUARE, owner=1, level=3, amount=amount)})
        board.render_lines(region)
    return times


def draw_boards(board: BoardView, times: int = 10) -> int:
    """Draw every square and every line anew; return how often."""
    state = middle_of_a_game()
    shown = looks(state, state.position)
    region = Region(0, 0, *board.size)
    board.show(shown)
    for _ in range(times):
        face.draw.cache_clear()
        board.refresh()
        board.render_lines(region)
    return times


async def key_to_screen(board: BoardView) -> float:
    """Move the cursor by the arrows; return the seconds until it is drawn at its new place, at the median."""
    seconds = []
    for press in range(PRESSES):
        drawn = asyncio.Event()
        before = board.cursor
        start = time.perf_counter()
        board.app.post_message(events.Key("left" if press % 2 else "right", None))
        while board.cursor == before:
            await asyncio.sleep(0)
        board.call_after_refresh(drawn.set)
        await drawn.wait()
        seconds.append(time.perf_counter() - start)
        # The next key comes at any moment of a frame.
        await asyncio.sleep(FRAME * (1 + press / PRESSES))
    return median(seconds)


async def idle(pilot: Pilot[None]) -> float:
    """Do nothing for a while; return the part of a core that it took."""
    await pilot.pause()
    start = time.process_time()
    await asyncio.sleep(IDLE)
    return (time.process_time() - start) / IDLE


def started(program: str) -> float:
    """Return the seconds that a program takes, a whole process from start to end."""

    def work() -> int:
        subprocess.run([sys.executable, "-c", program], stdout=subprocess.DEVNULL, env=os.environ, check=True)
        return 1

    return best_of(work, rounds=5)
