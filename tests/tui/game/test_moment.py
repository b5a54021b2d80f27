"""The centre shows the event of the moment, the log the history; and a group that becomes whole is seen."""

import pytest
from textual.widgets import Label

from magnate.client.game import Changed
from magnate.engine.events import (
    AuctionClosed,
    BidMade,
    Bought,
    Built,
    Event,
    GameEnded,
    Paid,
    PhaseSkipped,
    Rolled,
    Traded,
    TurnBegan,
    Walked,
    Why,
)
from magnate.engine.phases import Phase
from magnate.engine.rules.holdings import give
from magnate.tui.board.layout import Area
from magnate.tui.dialogs.log import LogDialog
from magnate.tui.panels.log import Log
from magnate.tui.words.story import concerns
from tests.tui.game import positions
from tests.tui.game.playing import Playing, playing
from tests.tui.game.positions import BOB
from tests.tui.game.table import ME
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio

CAROL = 2
TURN = (TurnBegan(BOB, 5, 2), Rolled(BOB, 1, 2, 3, False, 0, (6,)), Walked(BOB, (0, 1, 2, 3)))
RENT = Paid(BOB, CAROL, 36, Why.RENT, 3)


def centre(at: Playing) -> list[str]:
    """Return the lines of the event area that say something."""
    return [line.plain.strip() for line in at.screen.board._words[Area.EVENT] if line.plain.strip()]


def side(at: Playing) -> str:
    """Return what the log beside the board shows."""
    return "\n".join(line.text.rstrip() for line in at.screen.query_one("#log", Log).lines)


LARGE = (120, 40)
"""A screen with room for the log beside the board."""


async def happen(at: Playing, *events: Event) -> None:
    """Let something happen, and wait until it is told."""
    before = len(at.screen.told)
    at.link.tell(Changed(None, events))
    await until(at.pilot, lambda: len(at.screen.told) > before)
    await at.pilot.pause()


async def test_the_centre_shows_what_matters_of_this_turn_and_the_log_all_of_it() -> None:
    async with playing(positions.business(), size=LARGE) as at:
        await happen(at, *TURN, RENT)
        money = at.link.game.balance[BOB]
        assert centre(at) == [
            "Bob pays 36 to Carol: rent for Salt Barrel Lane (3).",
            f"▲B Bob: {money}",
            f"■C Carol: {money}",
        ]
        assert "Bob rolls 1, 2 and 3." in side(at)
        await happen(at, Bought(BOB, 23, 220, False), Paid(BOB, -1, 220, Why.PRICE, 23))
        assert centre(at)[:2] == ["Bob buys Beekeepers' Garden (23) for 220.", "Rent 36"]
        await happen(at, *TURN)
        assert centre(at) == ["Bob walks 3 squares to Salt Barrel Lane (3)."]


async def test_the_centre_says_who_has_to_find_how_much() -> None:
    link = positions.business()
    link.game.phase, link.game.turn_seat, link.game.phase_seat = Phase.LIQUIDATION, BOB, BOB
    link.game.balance[BOB] = -120
    async with playing(positions.shown(link), size=LARGE) as at:
        await happen(at, *TURN, RENT)
        assert centre(at)[0] == "Bob pays 36 to Carol: rent for Salt Barrel Lane (3)."
        assert centre(at)[-1] == "Bob has to find 120"


async def test_where_no_log_stands_beside_the_board_the_centre_tells_the_latest() -> None:
    async with playing(positions.business(), size=(80, 24)) as at:
        await happen(at, *TURN, RENT)
        assert centre(at)[-2:] == ["Bob pays 36 to Carol: rent for Salt Barrel", "Lane (3)."]
        assert "Bob walks 3 squares to Salt Barrel Lane" in centre(at)


@pytest.mark.parametrize("size", [(100, 40), (80, 24)])
async def test_a_group_that_becomes_whole_is_told_and_lit_whoever_has_it(size: tuple[int, int]) -> None:
    async with playing(positions.two_groups(), size=size) as at:
        game, words = at.link.game, "Bob has all of group B (Market Side) now."
        for square in (6, 8, 9):
            give(game, square, BOB)
        await happen(at, *TURN, Bought(BOB, 9, 120, False))
        assert at.screen.told[-1] == words
        assert words in at.notices()
        assert "Bob has all of group B" in " ".join(centre(at))
        assert all(at.screen.board._looks[square].path for square in (6, 8, 9))
        await happen(at, *TURN)
        assert not at.screen.board._looks[8].path
        assert at.screen.told.count(words) == 1, "it is told once"


async def test_the_log_shows_only_what_concerns_the_viewer_on_request_beside_the_board_and_whole() -> None:
    async with playing(positions.business()) as at:
        await happen(at, *TURN, RENT, Paid(BOB, ME, 44, Why.RENT, 5), Built(CAROL, 6, 1))
        log = at.screen.query_one("#log", Log)
        assert str(log.border_title) == "What happened · o: Only what concerns you"
        await at.press("o")
        assert "Bob pays 44 to alice" in side(at)
        assert "Carol" not in side(at)
        assert str(log.border_title) == "What happened to you · o: Everything"
        await happen(at, Built(CAROL, 8, 1), Built(ME, 3, 1))
        assert "alice builds a level" in side(at)
        assert "Carol" not in side(at)
        await at.press("g")
        assert at.showing(LogDialog)
        whole = at.app.screen.query_one("#whole-log", Log)
        await until(at.pilot, lambda: whole.lines)
        assert not any("Carol" in line.text for line in whole.lines)
        await at.press("o")
        assert any("Carol" in line.text for line in whole.lines)
        assert "What happened" in str(at.app.screen.query_one("#log-title", Label).content)
        await at.press("escape")
        assert "Carol" in side(at), "both show the same"


@pytest.mark.parametrize(
    ("event", "mine"),
    [
        (RENT, False),
        (Paid(ME, BOB, 1, Why.RENT, 3), True),
        (Paid(-1, ME, 1, Why.SALARY), True),
        (Traded(BOB, ME, True, (1,), ()), True),
        (Traded(BOB, CAROL, True, (1,), ()), False),
        (BidMade(ME), True),
        (AuctionClosed(9, BOB, 30, False, ((ME, 20), (BOB, 30))), True),
        (AuctionClosed(9, BOB, 30, False, ((CAROL, 20), (BOB, 30))), False),
        (PhaseSkipped(BOB), False),
        (GameEnded((1, 2, 3), (BOB,)), True),
    ],
)
def test_an_event_concerns_whoever_does_it_pays_gets_or_bids(event: Event, mine: bool) -> None:
    assert concerns(event, ME) is mine
