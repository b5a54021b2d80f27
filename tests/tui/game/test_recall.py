"""Who comes back to a game finds it as it was: the log, the dice of the turn, the roll that asks, and the worths."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from magnate.client.game import Back, Changed
from magnate.client.rest import RestClient
from magnate.engine.events import Rolled
from magnate.engine.phases import Phase
from magnate.engine.record import Step
from magnate.tui.board.motion import Dice
from magnate.tui.screens.game import GameScreen
from magnate.tui.words.ledger import Ledger
from magnate.tui.words.worths import worths
from tests.golden.make import FOLDER
from tests.tui.game.table import ME, Table, TableApp, context
from tests.tui.snapshots.stage import steps
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio

GAME = FOLDER / "four.jsonl"


def asks(step: Step) -> bool:
    """Whether the roll of a move asks the first seat for a choice."""
    return step.after.phase is Phase.CHOOSE_SQUARE and step.after.phase_seat == ME


def trades(step: Step) -> bool:
    """Whether the first seat may build and trade, some rounds later."""
    return step.after.phase is Phase.BUSINESS and step.after.phase_seat == ME and step.after.round == 5


def come_to(wanted: Callable[[Step], bool], monkeypatch: pytest.MonkeyPatch) -> tuple[Table, Step]:
    """Return a table at which a recorded game stands after a move, of which the server tells all moves so far."""
    step = [step for step in steps() if wanted(step)][-1]
    stand_at(step.number, monkeypatch)
    link = Table(step.after.copy(), chance=None, bots=False)  # type: ignore[arg-type]
    link.seq = step.number
    return link, step


def stand_at(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server tell all moves up to a number."""

    async def record_so_far(rest: RestClient, game: int) -> tuple[str, ...]:
        return tuple(GAME.read_text("utf-8").splitlines()[: number + 1])

    monkeypatch.setattr(RestClient, "record_so_far", record_so_far)


async def test_log_dice_and_the_roll_that_asks_are_there_again(monkeypatch: pytest.MonkeyPatch) -> None:
    link, step = come_to(asks, monkeypatch)
    screen = GameScreen(context(), link)
    app = TableApp(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: screen.told)
        (rolled,) = [event for event in step.events if isinstance(event, Rolled)]
        assert screen._motion is not None
        assert screen._motion.dice == Dice(rolled.dice1, rolled.dice2, rolled.dice_bus)
        assert screen.choices()
        assert f"alice rolls {rolled.dice1}, {rolled.dice2} and" in screen.told[-1]
        log = [line.text for line in screen.query_one("#log").lines]  # type: ignore[attr-defined]
        assert sum(line.startswith("Round ") or "· alice" in line for line in log) >= 3, "with a heading a turn"


async def test_the_worths_of_all_rounds_are_there_again(monkeypatch: pytest.MonkeyPatch) -> None:
    link, step = come_to(trades, monkeypatch)
    screen = GameScreen(context(), link)
    app = TableApp(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: screen.told)
        assert screen.source.since() == 1
        assert screen.source.history() == worths(steps()[: step.number])[:-1]


async def test_the_books_of_the_whole_game_are_there_again(monkeypatch: pytest.MonkeyPatch) -> None:
    link, step = come_to(trades, monkeypatch)
    screen = GameScreen(context(), link)
    app = TableApp(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: screen.seat.memory.is_whole)
    books = Ledger()
    books.begin(steps()[0].before)
    for each in steps()[: step.number]:
        books.take(each.events, each.after)
    assert screen.seat.memory.ledger.gained == books.gained
    assert screen.seat.memory.ledger.largest == books.largest
    assert screen.seat.memory.ledger.whole_since == books.whole_since


async def test_what_a_broken_connection_missed_is_told_once_and_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    link, step = come_to(trades, monkeypatch)
    screen = GameScreen(context(), link)
    app = TableApp(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: screen.told)
        await link.say("brb")
        await until(pilot, lambda: "brb" in screen.told[-1])
        before = len(screen.told)
        stand_at(step.number + 12, monkeypatch)
        link.game, link.seq = steps()[step.number + 11].after.copy(), step.number + 12
        link.tell(Back())
        link.tell(Changed(None, ()))
        await until(pilot, lambda: len(screen.told) > before)
        assert "brb" in screen.told[before - 1], "what was there stays where it was"
        missed = [event for each in steps()[step.number : step.number + 12] for event in each.events]
        assert sum("rolls" in line for line in screen.told[before:]) == sum(isinstance(each, Rolled) for each in missed)
        assert not any(first == second and "brb" in first for first, second in pairwise(screen.told))
        assert screen.seat.memory.is_whole


async def test_where_the_server_does_not_tell_the_game_is_shown_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    link, step = come_to(trades, monkeypatch)
    stand_at(-1, monkeypatch)  # no line at all
    screen = GameScreen(context(), link)
    app = TableApp(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: screen.offers())
        await until(pilot, lambda: not [each for each in screen.workers if each.group == "past"])
        assert screen.source.since() == step.after.round
        assert not screen.seat.memory.is_whole
