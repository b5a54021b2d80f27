"""`python -m scripts.play_docs [--check]`: write what docs/play.md shows: the table of keys, and the screenshots.

The keys come from the bindings themselves. The screenshots are SVG files of a game that expert bots have played for a
while, always the same one. `--check` writes nothing and says whether the table of keys is current (screenshots differ
between versions of Textual, so they are not compared).
"""

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncGenerator, Iterable, Iterator
from pathlib import Path

from textual import work
from textual.binding import Binding
from textual.screen import Screen

from magnate.bots.loading import parse_bot
from magnate.client.game import Changed, Update
from magnate.client.pace import Pace
from magnate.client.rest import RestClient
from magnate.client.session import SessionFile
from magnate.engine.actions import Action
from magnate.engine.chance import Seeded
from magnate.engine.events import Event, PhaseSkipped, Proposed, Traded, TurnBegan
from magnate.engine.game import apply, legal_actions, new_game
from magnate.engine.phases import AUCTION, BUSINESS, END_GAME
from magnate.engine.state import State
from magnate.engine.view import GameView, view_for
from magnate.protocol.seating import Seating
from magnate.texts import in_language
from magnate.texts.game import GAME
from magnate.tui.app import MagnateApp
from magnate.tui.board.widget import BoardView
from magnate.tui.context import Context
from magnate.tui.dialogs.estate import EstateDialog
from magnate.tui.preferences.keys import key_name
from magnate.tui.preferences.stored import Preferences
from magnate.tui.screens.game import GameScreen
from magnate.tui.screens.table import TableScreen
from scripts.moving_picture import moving, without_foreign_fonts

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "play.md"
IMAGES = ROOT / "docs" / "images"
BEGIN, END = "<!-- keys: made by scripts/play_docs.py -->", "<!-- end of keys -->"

NAMES = ("ana", "berta", "carlos", "diego")
SEED = 5
TURNS = 45
"""How long the game of the screenshots has gone on."""
FILM_TURN, FRAMES, FILM_SIZE = 30, 14, (100, 32)
"""Where the moving picture begins, its frames, and its size in characters."""
LATELY = 16
"""How many actions its log tells."""

PLACES: tuple[tuple[str, type], ...] = (
    ("On the board", BoardView),
    ("In a game", TableScreen),
    ("In a game", GameScreen),
    ("In your estate", EstateDialog),
)
"""Where keys work, and whose bindings they are."""


def keys() -> Iterator[str]:
    """Yield the lines of the table of keys."""
    yield "| where | key | what it does | name for the configuration |"
    yield "| --- | --- | --- | --- |"
    seen: set[str] = set()
    for where, owner in PLACES:
        for binding in owner.__dict__["BINDINGS"]:
            assert isinstance(binding, Binding)
            name = binding.id or ""
            if name in seen:
                continue
            seen.add(name)
            shown = " ".join(f"`{key_name(key)}`" for key in binding.key.split(","))
            words = in_language(GAME[binding.description], "en") if binding.description in GAME else binding.description
            yield f"| {where} | {shown} | {words} | `{name}` |"


def with_keys(page: str) -> str:
    """Return the page with the table of keys as it is now."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n" + "\n".join(keys()) + f"\n{END}{after}"


def moments() -> Iterator[tuple[State, list[list[Event]]]]:
    """Yield a game between bots after each action, and all that happened, action by action; the state goes on."""
    chance = Seeded(SEED)
    game = new_game(len(NAMES), chance)
    bots = [parse_bot("expert").make(SEED + seat) for seat in range(len(NAMES))]
    told: list[list[Event]] = []
    while game.phase is not END_GAME:
        seat = game.phase_seat
        if game.phase is AUCTION:
            seat = next(each for each in range(game.seats) if len(legal_actions(game, each)) > 1)
        told.append(apply(game, seat, bots[seat].decide(view_for(game, seat), legal_actions(game, seat)), chance))
        yield game, told


def game_on_the_table() -> tuple[State, list[list[Event]]]:
    """Return a game in the business of the first seat, in the middle, and what happened lately, action by action."""
    for game, told in moments():
        if game.turn >= TURNS and game.phase is BUSINESS and game.turn_seat == 0:
            return game, told[-LATELY:]
    raise ValueError("the game ended before that")


class StillGame:
    """A game that is shown and never goes on."""

    connected = True
    strikes = 0
    seq = 0

    def __init__(self, state: State, told: Iterable[Iterable[Event]] = ()) -> None:
        self.view: GameView = view_for(state, 0)
        self._told = told
        self.pace = Pace()
        self.seating = Seating(1, (1, 2, 3, 4), NAMES, "2026-01-01T00:00:00.000+00:00")
        self.deadline: int | None = None

    async def act(self, action: Action) -> bool:
        """Send nothing."""
        return False

    async def say(self, text: str) -> bool:
        """Say nothing."""
        return False

    async def ask_rematch(self) -> bool:
        """Ask for nothing."""
        return False

    async def here(self) -> bool:
        """Say nothing."""
        return False

    async def close(self) -> None:
        """Leave nothing."""

    async def updates(self) -> AsyncGenerator[Update, None]:
        """Show the game once, and what happened lately."""
        yield Changed(None, ())
        for events in self._told:
            yield Changed(None, tuple(events))


def film() -> list[StillGame]:
    """Return the moments of the moving picture: a stretch of the game, without proposals and ends of turns."""
    shown = []
    for game, told in moments():
        events = {type(event) for event in told[-1]}
        if game.turn >= FILM_TURN and events - {Proposed, Traded, TurnBegan, PhaseSkipped}:
            shown.append(StillGame(game.copy(), told[-LATELY:]))
            if len(shown) == FRAMES:
                break
    return shown


class Stage(MagnateApp):
    """The app, on one screen from the beginning."""

    CSS_PATH = str(ROOT / "magnate" / "tui" / "app.tcss")

    def __init__(self, shared: Context, screen: Screen[None]) -> None:
        super().__init__(shared.preferences, SessionFile(Path("nowhere")))
        self._shared = shared
        self._only = screen

    @work(exclusive=True, group="connect")
    async def connect(self) -> None:
        """Show the screen instead of looking for a server."""
        await self.push_screen(self._only)


async def picture(size: tuple[int, int], lang: str, theme: str, game: StillGame | None = None) -> str:
    """Return an SVG of a game (the one on the table) at a size in characters."""
    preferences = Preferences(lang=lang, theme=theme, animation=False, server="http://127.0.0.1:9")
    async with RestClient("http://127.0.0.1:9") as rest:  # nothing is asked of it
        shared = Context(rest, preferences, own_server=True)
        app = Stage(shared, GameScreen(shared, game or StillGame(*game_on_the_table())))
        async with app.run_test(size=size) as pilot:
            while len(app.screen_stack) == 1:
                await pilot.pause()
            await pilot.pause()
            await pilot.pause()
            return without_foreign_fonts(app.export_screenshot(title="Magnate"))


async def moving_picture() -> str:
    """Return the moving SVG of the README."""
    return moving([await picture(FILM_SIZE, "en", "city", game) for game in film()], "A game in the terminal")


PICTURES = {
    "game-120x40": ((120, 40), "en", "city"),
    "game-80x24": ((80, 24), "en", "city"),
    "game-es-day": ((120, 40), "es", "day"),
}


def main() -> int:
    """Write or check."""
    # The pictures show all colours, whatever the terminal is that this runs in.
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the keys are not current")
    check = parser.parse_args().check
    page = PAGE.read_text("utf-8")
    current = with_keys(page)
    if check:
        if page != current:
            print("docs/play.md: the keys are not current; run python -m scripts.play_docs", file=sys.stderr)
        return int(page != current)
    PAGE.write_text(current, "utf-8")
    IMAGES.mkdir(exist_ok=True)
    for name, (size, lang, theme) in PICTURES.items():
        (IMAGES / f"{name}.svg").write_text(asyncio.run(picture(size, lang, theme)), "utf-8")
    (IMAGES / "game.svg").write_text(asyncio.run(moving_picture()), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
