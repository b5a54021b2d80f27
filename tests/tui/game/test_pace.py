"""Bots are shown at the pace that the player wants; what matters does not wait behind them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from magnate.engine.phases import Phase
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.panels.players import TurnPanel
from magnate.tui.playing.attendance import Attendance
from magnate.tui.preferences.stored import load
from magnate.tui.screens.game import GameScreen
from magnate.tui.words.offers import waits_for
from scripts.play_docs import Stage
from tests.client.paced import ME, PacedClient, paced
from tests.tui.game import positions
from tests.tui.game.positions import BOB
from tests.tui.game.table import context
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio

BOTS_FIRST = 1
"""A seed with which bots begin."""


class App(Stage):
    """Notes what calls the player."""

    def __init__(self, shared: object, screen: GameScreen, calls: list[str]) -> None:
        super().__init__(shared, screen)  # type: ignore[arg-type]
        self._calls = calls

    def call_player(self, sequence: str) -> None:
        self._calls.append(sequence)


class Watching:
    """A game in which bots have the first turns, all of which have been played and none shown yet."""

    def __init__(self, client: PacedClient, screen: GameScreen, pilot: Pilot[int], calls: list[str]) -> None:
        self.client, self.screen, self.pilot, self.calls = client, screen, pilot, calls

    def asked(self) -> bool:
        """Whether the screen asks the player for something."""
        return waits_for(self.client.view) and bool(self.screen.offers()) and not self.client.pace.behind

    def panel(self) -> str:
        return " ".join(str(self.screen.query_one(ActionsPanel).content).split())


@asynccontextmanager
async def watching(
    pace: str = "normal", *, call: str = "off", stopped: bool = True, path: Path | None = None
) -> AsyncIterator[Watching]:
    client = paced(pace, seed=BOTS_FIRST)
    assert client.host.state.phase_seat != ME
    client.clock.stopped = stopped
    shared = context()
    shared.preferences = replace(shared.preferences, pace=pace, call=call)
    screen = GameScreen(shared, client)
    calls: list[str] = []
    app = App(shared, screen, calls)
    app._preferences_path = path
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: screen.people is not None and screen.seat.shown)
        if stopped:
            await until(pilot, lambda: client.pace.behind)
        await pilot.pause()
        yield Watching(client, screen, pilot, calls)


async def test_the_panel_says_how_fast_bots_are_and_by_which_keys_that_changes() -> None:
    async with watching() as game:
        panel = game.panel()
        assert "Waiting for" in str(game.screen.query_one("#status", Static).content)
        assert "z Skip to your turn" in panel
        assert "+ Faster (now normal)" in panel
        assert "− Slower (now normal)" in panel


async def test_z_skips_to_the_next_decision() -> None:
    async with watching("slow") as game:
        await game.pilot.press("z")
        await until(game.pilot, game.asked)
        assert game.client._following.seq == game.client.host.seq


async def test_a_click_skips_too() -> None:
    async with watching("slow") as game:
        panel = game.screen.query_one(ActionsPanel)
        row = next(number for number, offer in enumerate(panel.rows) if offer is not None and offer.name == "skip")
        await game.pilot.click(panel, offset=(2, row))
        await until(game.pilot, game.asked)


async def test_a_pace_counts_at_once_and_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "play.toml"
    async with watching(path=path) as game:
        await game.pilot.press("minus")
        await until(game.pilot, lambda: path.exists() and load(path).pace == "slow")
        assert "Faster (now slow)" in game.panel()
        assert "Slower" not in game.panel()
        await game.pilot.press("plus", "plus", "plus")
        await until(game.pilot, lambda: load(path).pace == "at_once")
        await until(game.pilot, game.asked)
        assert game.screen.context.preferences.pace == "at_once"


async def test_the_decision_opens_when_everything_before_it_was_shown() -> None:
    async with watching(stopped=False) as game:
        await until(game.pilot, game.asked)
        assert game.client._following.seq == game.client.host.seq
        assert game.client.clock.seconds > 0


async def test_no_clock_counts_while_the_game_is_further_on_than_is_shown() -> None:
    async with watching("slow") as game:
        game.client._following.deadline = 4_000_000_000_000
        game.screen.show_table()
        assert game.screen.query_one(TurnPanel).clock() == ""
        await game.pilot.press("z")
        await until(game.pilot, game.asked)
        game.client._following.deadline = 4_000_000_000_000
        game.screen.show_table()
        assert game.screen.query_one(TurnPanel).clock() != ""


async def test_chat_and_surrender_do_not_wait_behind_bots() -> None:
    async with watching("slow") as game:
        await game.pilot.press("c", *"hello", "enter")
        await until(game.pilot, lambda: any("hello" in line for line in game.screen.told))
        assert game.client.pace.behind
        await game.pilot.press("S")
        await game.pilot.pause()
        await game.pilot.press("y")
        await until(game.pilot, lambda: not game.client.view.alive[ME])


@pytest.mark.parametrize(
    ("call", "sequence"),
    [("bell", "\x07"), ("desktop", "\x1b]9;Magnate: your turn\x07"), ("both", "\x1b]9;Magnate: your turn\x07\x07")],
)
async def test_the_player_is_called_once_when_their_turn_comes(call: str, sequence: str) -> None:
    async with watching("at_once", call=call, stopped=False) as game:
        await until(game.pilot, game.asked)
        assert game.calls == [sequence]
        turn = game.client.view.turn
        while game.client.view.turn == turn:
            await game.pilot.press("space")
            await until(game.pilot, lambda: game.asked() or game.client.view.turn != turn)
        assert game.calls[1:] in ([], [sequence]), "not while the player acts"
        await until(game.pilot, game.asked)
        assert game.calls == [sequence] * 2


async def test_nobody_is_called_unless_they_want_it() -> None:
    async with watching("at_once", stopped=False) as game:
        await until(game.pilot, game.asked)
        assert "".join(game.calls) == ""


async def test_nobody_is_called_for_what_follows_from_their_own_action() -> None:
    link = positions.business()
    screen = GameScreen(context(), link)
    calls: list[str] = []
    async with App(context(), screen, calls).run_test() as pilot:
        await until(pilot, lambda: screen.seat.shown)
        view = link.view
        attendance = Attendance(screen, screen.seat)

        def called() -> bool:
            before = len(calls)
            attendance.call("bell")
            return len(calls) > before

        assert not called(), "who comes to the table sees that it is their turn"
        attendance.acted()
        view.phase, view.to_bid = Phase.AUCTION, (BOB,)
        assert not called()
        view.phase, view.to_bid = Phase.BUSINESS, ()
        assert not called(), "the auction that the player began is over"
        view.turn, view.phase_seat = view.turn + 1, BOB
        assert not called()
        view.phase, view.phase_seat = Phase.PROPOSAL_ACCEPTANCE, ME
        assert called(), "an offer in Bob's turn"
        assert not called()


async def test_who_leaves_while_bots_are_shown_is_shown_nothing_more_and_not_called() -> None:
    async with watching("slow", call="bell") as game:
        before = game.client._following.seq
        shown = game.screen.told
        await game.pilot.press("escape")
        await game.pilot.pause()
        await game.pilot.press("y")
        await until(game.pilot, lambda: game.screen not in game.pilot.app.screen_stack)
        assert game.screen.told == shown
        assert game.calls == []
        assert before < game.client.host.seq
