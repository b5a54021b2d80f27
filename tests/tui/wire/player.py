"""A player in a hurry at the whole app: waits until something is asked, and answers it by a key or by a click."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Button

from magnate.client.session import SessionFile
from magnate.tui.app import MagnateApp
from magnate.tui.dialogs.auction import AuctionDialog
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.dialogs.confirm import ConfirmDialog
from magnate.tui.dialogs.results import ResultsDialog
from magnate.tui.dialogs.sell import SellDialog
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.preferences.stored import Preferences
from magnate.tui.screens.game import GameScreen
from tests.client.server import ServerProcess
from tests.tui.waiting import until

MOST_ANSWERS = 300


async def until_on(pilot: Pilot[int], kind: type[object]) -> None:
    """Wait until a screen of that kind is shown whole."""
    await until(pilot, lambda: isinstance(pilot.app.screen, kind) and pilot.app.screen.focused is not None)
    await pilot.pause()


async def until_playing(pilot: Pilot[int]) -> None:
    """Wait until the game is on the screen, or a dialog over it: bots may ask at once."""
    await until(pilot, lambda: any(isinstance(screen, GameScreen) for screen in pilot.app.screen_stack))


def app_on(server: ServerProcess, sessions: Path) -> MagnateApp:
    """Return the app as `magnate play --server` starts it."""
    return MagnateApp(Preferences(server=server.url, animation=False, pace="at_once"), SessionFile(sessions))


def game_screen(pilot: Pilot[int]) -> GameScreen:
    """Return the game that is on the stack of screens."""
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, GameScreen))


def open_offers(screen: GameScreen) -> list[str]:
    """Return the names of what may be done now."""
    return [offer.name for offer in screen.offers() if offer.reason is None]


def asked(pilot: Pilot[int]) -> bool:
    """Tell whether the player has something to answer."""
    screen = pilot.app.screen
    if isinstance(screen, GameScreen):
        # A dialog that opens by itself follows at once.
        return screen.seat.shown and bool(open_offers(screen)) and not screen.questions.by_itself(screen.board.cursor)
    return isinstance(screen, GameDialog) and screen.is_mounted


async def answer_by_key(pilot: Pilot[int]) -> None:
    """Press what a player in a hurry presses now."""
    match pilot.app.screen:
        case ConfirmDialog():
            await pilot.press("y")
        case GameDialog():
            await pilot.press("enter")
        case _:
            await pilot.press("space")


async def answer_by_click(pilot: Pilot[int]) -> None:
    """Click what a player in a hurry clicks now."""
    screen = pilot.app.screen
    if isinstance(screen, GameScreen):
        if screen.choices():
            place = screen.board._layout.squares[screen.choices()[0]]
            left, top = screen.board._origin()
            assert await pilot.click(screen.board, offset=(left + place.x, top + place.y))
        else:
            panel = screen.query_one(ActionsPanel)
            first = next(offer for offer in screen.offers() if offer.reason is None)
            assert await pilot.click(panel, offset=(1, panel.rows.index(first)))
        return
    wanted = {AuctionDialog: "#pass", SellDialog: "#suggested"}
    button = screen.query_one(wanted[type(screen)], Button)
    assert await pilot.click(button)


async def play_to_the_end(pilot: Pilot[int], answer: Callable[[Pilot[int]], Awaitable[None]]) -> int:
    """Answer whatever is asked until the results are on the screen; return how often something was asked."""
    for times in range(MOST_ANSWERS):
        await until(pilot, lambda: asked(pilot))
        if isinstance(pilot.app.screen, ResultsDialog):
            return times
        await answer(pilot)
    raise AssertionError(f"no end after {MOST_ANSWERS} answers: {game_screen(pilot).view!r} on {pilot.app.screen!r}")
