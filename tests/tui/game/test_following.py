"""What is open follows the game: it leaves clock, turn and event in sight, and goes when its question is gone."""

import asyncio
import io
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from rich.console import Console
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static

from magnate.client.game import Changed, Update
from magnate.engine.actions import SURRENDER, Bid
from magnate.engine.phases import Phase
from magnate.engine.rules.holdings import give
from magnate.tui.dialogs.auction import AuctionDialog
from magnate.tui.dialogs.checks import CheckList
from magnate.tui.dialogs.deed import DeedDialog
from magnate.tui.dialogs.help import KeysDialog
from magnate.tui.dialogs.trade import TradeDialog
from magnate.tui.memory import Gap
from magnate.tui.panels.players import TurnPanel
from magnate.tui.screens.game import GameScreen
from magnate.tui.words.moment import whose_turn
from scripts.play_docs import Stage
from tests.tui.game import positions
from tests.tui.game.positions import BOB
from tests.tui.game.table import ME, Table, TableApp, context
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio

LEFT_SECONDS = 600_000
"""How long there is to decide: longer than a test can take."""


class Playing:
    """A table, and an app that has everything a player can open."""

    def __init__(self, link: Table, app: Stage, screen: GameScreen, pilot: Pilot[int]) -> None:
        self.link, self.app, self.screen, self.pilot = link, app, screen, pilot

    def seen(self) -> str:
        """Return what stands on the screen, with all that lies above each other."""
        width, height = self.app.size
        console = Console(file=io.StringIO(), width=width, height=height, record=True, color_system=None)
        layers = self.app._background_screens
        console.print(self.app.screen._compositor.render_update(full=True, screen_stack=layers))
        return console.export_text()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def showing(self, kind: type[Screen[Any]]) -> bool:
        return isinstance(self.app.screen, kind) and self.app.screen.is_mounted

    def notices(self) -> list[str]:
        return [notice.message for notice in self.app._notifications]

    def status(self) -> str:
        return str(self.screen.query_one("#status", Static).content)


@asynccontextmanager
async def playing(link: Table, lang: str = "en", size: tuple[int, int] = (80, 24)) -> AsyncIterator[Playing]:
    shared = context(lang)
    link.deadline = round((time.time() + LEFT_SECONDS) * 1000)
    screen = GameScreen(shared, link)
    app = Stage(shared, screen)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: screen.people is not None and screen.seat.shown)
        await pilot.pause()
        yield Playing(link, app, screen, pilot)


def auction_meanwhile(link: Table) -> None:
    """Let the turn end, and Bob put a square up for auction."""
    game = link.game
    game.turn_seat = game.phase_seat = BOB
    game.position[BOB] = 9
    game.phase, game.to_bid, game.bids = Phase.AUCTION, (ME,), {2: 20, 3: 30}
    link.tell(Changed(None, ()))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize(
    ("position", "keys"),
    [
        (positions.auction, ""),
        (positions.debt, ""),
        (positions.answer, "3 enter"),
        (positions.answer, "S"),
        (positions.answer, "escape"),
        (positions.answer, "g"),
        (positions.answer, "question_mark"),
        (positions.answer, "f1"),
        (positions.answer, "ctrl+p"),
        (positions.answer, "ctrl+c"),
        (positions.business, "t"),
    ],
)
async def test_clock_turn_and_event_stay_in_sight_whatever_is_open(
    position: Callable[[], Table], keys: str, size: tuple[int, int]
) -> None:
    async with playing(position(), size=size) as at:
        people = at.screen.people
        assert people is not None
        turn = whose_turn(at.screen.view, people)
        await at.press(*keys.split())
        await until(at.pilot, lambda: at.app.screen is not at.screen)
        panel = at.screen.query_one(TurnPanel)
        await until(at.pilot, lambda: panel.clock()[:-3] in at.seen() and turn in at.seen())
        event = {positions.auction: "Auction", positions.answer: "Bob offers alice a trade"}.get(position, "")
        assert event in at.seen()


async def test_a_trade_that_is_being_put_together_gives_way_and_is_kept() -> None:
    async with playing(positions.business()) as at:
        await at.press("t")
        await until(at.pilot, lambda: at.showing(TradeDialog))
        await at.press("space")
        auction_meanwhile(at.link)
        await until(at.pilot, lambda: at.showing(AuctionDialog))
        await until(at.pilot, lambda: any("What you put together waits" in notice for notice in at.notices()))
        assert at.link.sent == []
        await at.press("0", "enter")
        await until(at.pilot, lambda: at.link.sent == [Bid(0)])
        at.link.game.phase, at.link.game.turn_seat, at.link.game.phase_seat = Phase.BUSINESS, ME, ME
        at.link.tell(Changed(None, ()))
        await until(at.pilot, lambda: "t" in at.screen.keys().values())
        await at.press("t")
        await until(at.pilot, lambda: at.showing(TradeDialog))
        assert at.app.screen.query_one("#get-squares", CheckList).selected == [21]


async def test_a_dialog_below_another_is_gone_when_its_question_is() -> None:
    async with playing(positions.business()) as at:
        await at.press("t")
        await until(at.pilot, lambda: at.showing(TradeDialog))
        await at.press("question_mark")
        await until(at.pilot, lambda: at.showing(KeysDialog))
        auction_meanwhile(at.link)
        await until(at.pilot, lambda: at.screen.view.phase is Phase.AUCTION)
        await at.press("escape")
        await until(at.pilot, lambda: at.showing(AuctionDialog))
        assert not any(isinstance(screen, TradeDialog) for screen in at.app.screen_stack)


async def test_a_trade_no_longer_lists_who_has_left() -> None:
    async with playing(positions.business()) as at:
        await at.press("t")
        await until(at.pilot, lambda: at.showing(TradeDialog))
        dialog = at.app.screen
        assert isinstance(dialog, TradeDialog)
        at.link.do(BOB, SURRENDER)
        await until(at.pilot, lambda: BOB not in dialog._sides)
        assert at.showing(TradeDialog)
        assert dialog.proposal is not None
        assert dialog.proposal.destination != BOB
        assert not dialog.query_one("#get-squares", CheckList).option_count


async def test_the_card_of_a_square_shows_its_new_owner() -> None:
    async with playing(positions.auction()) as at:
        await at.press("escape")
        await at.press("9", "enter")
        await until(at.pilot, lambda: at.showing(DeedDialog))
        assert "nobody yet" in at.seen()
        give(at.link.game, 9, BOB)
        at.link.tell(Changed(None, ()))
        await until(at.pilot, lambda: "nobody yet" not in at.seen() and "Owner" in at.seen())


async def test_what_else_waits_is_said_while_something_is_open() -> None:
    async with playing(positions.business()) as at:
        await at.press("3", "enter")
        await until(at.pilot, lambda: at.showing(DeedDialog))
        assert at.status().strip() == ""
        auction_meanwhile(at.link)
        await until(at.pilot, lambda: "Also waiting for you: auction." in at.status())
        assert at.showing(DeedDialog)
        await at.press("escape")
        await until(at.pilot, lambda: at.showing(AuctionDialog))


async def test_nothing_opens_under_what_is_being_said() -> None:
    async with playing(positions.business()) as at:
        await at.press("c", "9")
        auction_meanwhile(at.link)
        await until(at.pilot, lambda: at.screen.view.phase is Phase.AUCTION)
        await at.press("9")
        assert at.screen.query_one("#chat", Input).value == "99"
        assert at.app.screen is at.screen
        await at.press("escape")
        await until(at.pilot, lambda: at.showing(AuctionDialog))


class LastWord(Table):
    """A link that tells something just when the board has been taken away."""

    screen: GameScreen

    async def updates(self) -> AsyncGenerator[Update, None]:
        async for update in super().updates():
            yield update
            break
        while self.screen.query("#board"):
            await asyncio.sleep(0)
        yield Changed(None, ())


async def test_what_comes_while_the_app_closes_harms_nothing() -> None:
    at = positions.business()
    link = LastWord(at.game, at.chance)
    link.screen = GameScreen(context(), link)
    app = TableApp(link.screen)
    async with app.run_test() as pilot:
        await until(pilot, lambda: link.screen.seat.shown)
    assert app.return_code in (0, None)


class Answer(list[Any]):
    """Whatever a server answers that has nothing to say."""

    standings = ()


class LateServer(Table):
    """A link whose answers come just when the board has been taken away."""

    screen: GameScreen
    asked = 0

    async def late(self, *_: object) -> bool:
        self.asked += 1
        while self.screen.query("#board"):
            await asyncio.sleep(0)
        return False

    async def nothing(self, *_: object) -> Any:
        await self.late()
        return Answer()


LATE: dict[str, Callable[[GameScreen], object]] = {
    "act": lambda screen: screen.action_default(),
    "here": lambda screen: screen.say_here(),
    "ask_rematch": lambda screen: screen.run_worker(screen._ending.ask_rematch()),
    "close": lambda screen: screen.close(),
    "say": lambda screen: screen.run_worker(screen._talking.say("hello")),
    "emojis": lambda screen: screen.action_emoji(),
    "piece_of": lambda screen: screen.learn_pieces(),
    "summary": lambda screen: screen.show_results(),
    "record": lambda screen: screen.recall_gap(Gap(0, 1), (0, 0)),
}
"""What waits for the server, and the call that it waits for."""


@pytest.mark.parametrize("call", LATE)
async def test_an_answer_that_comes_while_the_app_closes_harms_nothing(
    call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = positions.business()
    link, shared = LateServer(at.game, at.chance), context()
    link.screen = GameScreen(shared, link)
    app = TableApp(link.screen)
    async with app.run_test() as pilot:
        await until(pilot, lambda: link.screen.seat.shown)
        await pilot.pause()
        if hasattr(link, call):
            monkeypatch.setattr(link, call, link.late)
        else:
            monkeypatch.setattr(shared.rest, call, link.nothing)
        LATE[call](link.screen)
        await until(pilot, lambda: link.asked)
    assert app.return_code in (0, None)
