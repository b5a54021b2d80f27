"""The profile tells how each past game ended for everybody, and why whoever left it did."""

import pytest
from textual.widgets import DataTable

from magnate.client.rest import RestClient
from magnate.engine.events import Departure
from magnate.protocol.rest import SummaryAnswer, SummaryStanding
from magnate.tui.screens.profile import ProfileScreen
from magnate.tui.words.history import past_game
from tests.tui.lobby.harness import Harness, context
from tests.tui.lobby.test_menu import over
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(("lang", "words"), [("en", "alice (surrendered)"), ("es", "alice (se rindió)")])
async def test_it_says_that_the_player_surrendered(rest: RestClient, lang: str, words: str) -> None:
    await over(rest, "easy", "easy")
    screen = ProfileScreen(context(rest, lang))
    app = Harness(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        table = screen.query_one(DataTable)
        await until(pilot, lambda: table.row_count)
        number, _, rank, ends = table.get_row_at(0)
        assert number == "1"
        assert rank == "3/3"
        assert words in " ".join(ends.split())


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (Departure.SURRENDER, "(surrendered)"),
        (Departure.BANKRUPT, "(bankrupt)"),
        (Departure.KICKED, "(left after three time limits)"),
        (None, "120"),
    ],
)
def test_each_way_of_leaving_is_told_apart_and_who_stayed_has_a_worth(why: Departure | None, words: str) -> None:
    standings = (SummaryStanding("bob", 1, 900, 1000, 1010, None), SummaryStanding("alice", 2, 120, 1000, 990, why))
    summary = SummaryAnswer(7, 7, "2026-05-01T18:30:00Z", "2026-05-01T19:02:11Z", {"bob": 900, "alice": 120}, standings)
    told = past_game(summary, "alice", "en")
    assert told.ends.replace("\N{NO-BREAK SPACE}", " ") == f"bob 900, alice {words}"
    assert told[:3] == ("7", "2026-05-01 19:02", "2/2")


def test_a_server_that_tells_worths_alone_still_ranks_them() -> None:
    summary = SummaryAnswer(
        7, 7, "2026-05-01T18:30:00Z", "2026-05-01T19:02:11Z", {"alice": 120, "bob": 900, "eve": 120}
    )
    told = past_game(summary, "eve", "en")
    assert told.ends.replace("\N{NO-BREAK SPACE}", " ") == "bob 900, alice 120, eve 120"
    assert told.rank == "2/3"
