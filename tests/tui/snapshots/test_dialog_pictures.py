"""Pictures of every dialog on the smallest screen: in both languages, and by day.

After a change that is meant: FULL_TESTS=1 pytest tests/tui/snapshots --snapshot-update, and look at the new ones in a
browser.
"""

from collections.abc import Callable

import pytest
from textual.screen import Screen

from magnate.protocol.rest import SummaryAnswer, SummaryStanding
from magnate.tui.context import Context
from magnate.tui.dialogs.needs_server import NeedsServerDialog
from magnate.tui.dialogs.results import ResultsDialog
from magnate.tui.memory import Memory
from magnate.tui.screens.game import GameScreen
from magnate.tui.screens.home import HomeScreen
from magnate.tui.words.brought import brought_lines
from magnate.tui.words.decided import decided
from magnate.tui.words.people import People
from magnate.tui.words.ranking import ranking
from tests.sizes import first
from tests.tui.game import positions
from tests.tui.game.table import ME, Table
from tests.tui.snapshots.stage import NOW_MS, game, picture, record, steps, worths

pytestmark = pytest.mark.anyio

SMALL = (80, 24)

Make = Callable[[Context], Screen[None]]


def at(position: Callable[[], Table]) -> Make:
    """Return what makes the screen of a position, half a minute before its time is over."""

    def make(shared: Context) -> GameScreen:
        link = position()
        link.deadline = NOW_MS + 30_000
        return GameScreen(shared, link)

    return make


def results(shared: Context) -> Screen[None]:
    """Return the end of a recorded game."""
    state, history = worths()
    preferences = shared.preferences
    people = People.of(state, record().header.names, ME, preferences.theme, preferences.lang)
    memory, played = Memory(), steps()
    for step in played:
        memory.take(step.events, step.after, step.number)
    worth = dict(zip(people.names, history[-1], strict=True))
    standings = tuple(
        SummaryStanding(people.name(seat), rank, worth, 1000, 1012 - 8 * rank, None, worth // 2, 0.5, 1.0)
        for rank, seat, worth in ranking(state)
    )
    summary = SummaryAnswer(7, 7, "2026-05-01T18:30:00Z", "2026-05-01T19:10:00Z", worth, standings)
    return ResultsDialog(  # type: ignore[return-value]
        state,
        people,
        history,
        decided=decided(memory.ledger, state, people),
        brought=brought_lines(summary, people.names[1], people.lang),
        rematch=True,
    )


def needs_server(shared: Context) -> Screen[None]:
    """Return what somebody on their own server is told who looks for opponents."""
    return NeedsServerDialog(shared.say("play_queue"), shared.preferences.lang)  # type: ignore[return-value]


DIALOGS: dict[str, tuple[Make, tuple[str, ...]]] = {
    "auction": (at(positions.auction), ()),
    "card": (at(positions.card), ()),
    "answer": (at(positions.answer), ()),
    "sell": (at(positions.debt), ()),
    "fork": (at(positions.fork), ()),
    "tram": (at(positions.tram), ()),
    "jail": (at(positions.jail), ()),
    "deed": (at(positions.business), ("3", "enter")),
    "trade": (at(positions.business), ("t",)),
    "bus": (at(positions.bus), ()),
    "bail": (at(positions.bail), ()),
    "estate": (at(positions.two_groups), ("l",)),
    "worths": (game, ("f",)),
    "surrender": (at(positions.business), ("S",)),
    "leave": (at(positions.business), ("escape",)),
    "emoji": (at(positions.business), ("j",)),
    "chat": (at(positions.business), ("c",)),
    "log": (game, ("g",)),
    "keys": (game, ("question_mark",)),
    "palette": (game, ("ctrl+p",)),
    "results": (results, ()),
    "needs_server": (needs_server, ()),
    "bots": (HomeScreen, ("b",)),
    "join": (HomeScreen, ("j",)),
}
"""Each dialog, or question of the game that needs none, with the keys that open it."""


@pytest.mark.parametrize("lang", first(["en", "es"]))
@pytest.mark.parametrize("name", DIALOGS)
async def test_dialog(name: str, lang: str, is_as_before: Callable[[str], None]) -> None:
    make, keys = DIALOGS[name]
    is_as_before(await picture(make, lang, SMALL, keys=keys))


@pytest.mark.sweep
@pytest.mark.parametrize("name", DIALOGS)
async def test_dialog_by_day(name: str, is_as_before: Callable[[str], None]) -> None:
    make, keys = DIALOGS[name]
    is_as_before(await picture(make, "en", SMALL, "day", keys))
