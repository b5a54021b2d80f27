"""A game never hangs: whatever goes wrong on our side, it is tried again, then others act, and it is counted."""

import asyncio
import threading
from pathlib import Path

import pytest

from magnate.engine.actions import SURRENDER, Action
from magnate.engine.phases import AUCTION, BUSINESS
from magnate.engine.state import State
from magnate.protocol.room import BotLevel
from magnate.server.background import attempt
from magnate.server.live.host import TRIES
from magnate.server.live.timeouts import waited_for
from magnate.server.metrics import Metrics
from tests.engine.positions import deciding, place, to_roll
from tests.server.live.table import AUCTION as AUCTION_MS
from tests.server.live.table import TURN, Table
from tests.server.live.test_games import Server
from tests.server.support import FakeClock
from tests.server.wire.process import PATIENCE_SECONDS

pytestmark = pytest.mark.anyio


def errors(metrics: Metrics, where: str) -> float:
    value: float = metrics.unexpected_errors.labels(where)._value.get()
    return value


async def later(table: Table) -> None:
    """Let what was put off come about."""
    table.keeper.ring()
    await table.keeper.settle()


async def until_bots_give_up(table: Table) -> None:
    for _ in range(2 * TRIES + 1):
        await later(table)


@pytest.fixture(params=["broken", "mindless"])
def fault(request: pytest.FixtureRequest) -> str:
    """What is broken: storing a bot's action, or its thinking."""
    name: str = request.param
    return name


async def test_a_bot_stopped_by_an_error_of_ours_tries_again_and_plays_on(clock: FakeClock, fault: str) -> None:
    table = Table(to_roll(2), clock, bots=(0,))
    setattr(table.keeper, fault, True)
    await later(table)
    await later(table)
    setattr(table.keeper, fault, False)
    await until_bots_give_up(table)
    assert table.host.seq > 0
    assert table.keeper.errors.count("bot") in (1, 2)


@pytest.mark.parametrize(
    ("state", "bots"), [(to_roll(2), (0,)), (to_roll(3), (0, 2)), (place(2, phase=BUSINESS), (0,))]
)
async def test_a_bot_that_errors_of_ours_stop_again_and_again_is_acted_for_by_the_time_limit(
    clock: FakeClock, fault: str, state: State, bots: tuple[int, ...]
) -> None:
    table = Table(state.copy(), clock, bots=bots)
    setattr(table.keeper, fault, True)
    assert table.host.deadline_ms is None
    await until_bots_give_up(table)
    assert table.left_ms == TURN
    assert table.keeper.deadlines[-1] == table.host.deadline_ms
    assert table.keeper.errors == ["bot"] * TRIES
    table.keeper.broken = False
    frames = await table.expire()
    assert frames[0]["event_type"] == "game_action"
    assert table.host.seq >= 1
    table.keeper.mindless = False
    before = table.host.seq
    if not table.host.deadline_ms:
        await until_bots_give_up(table)
        assert table.host.seq > before, "the bot has its seat back"


async def test_an_auction_of_bots_that_errors_of_ours_stop_closes_with_its_time_limit(
    clock: FakeClock, fault: str
) -> None:
    table = Table(deciding(6, seats=3), clock, bots=(1, 2))
    await table.act(0, "ActionDropPurchase")
    assert (table.state.phase, table.host.deadline_ms) == (AUCTION, None)
    setattr(table.keeper, fault, True)
    await until_bots_give_up(table)
    assert table.left_ms == AUCTION_MS
    table.keeper.broken = False
    await table.expire()
    assert table.state.phase is not AUCTION


async def test_where_nobody_is_hurried_only_the_bots_are_acted_for(clock: FakeClock, fault: str) -> None:
    table = Table(deciding(6, seats=4), clock, bots=(1, 2), turn_seconds=0.0, auction_seconds=0.0)
    await table.act(0, "ActionDropPurchase")
    assert (table.state.phase, table.host.deadline_ms) == (AUCTION, None)
    setattr(table.keeper, fault, True)
    for _ in range(2):
        await until_bots_give_up(table)
        table.keeper.broken = False
        await table.expire()
        setattr(table.keeper, fault, True)
    assert waited_for(table.state) == [3]
    assert table.host.deadline_ms is None
    assert table.host._strikes[3] == 0


async def test_a_time_limit_that_errors_of_ours_stop_is_tried_again(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = Table(to_roll(2), clock)
    table.keeper.broken = True
    await table.expire()
    assert table.host.seq == 0
    assert table.keeper.errors == ["time limit"]
    table.keeper.broken = False
    await later(table)
    table.host.time_is_up()  # the games ring again, since the deadline has passed
    await table.keeper.settle()
    assert table.host.seq == 1


async def test_a_time_limit_that_cannot_act_lets_the_player_leave(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = Table(to_roll(3), clock)

    def broken(*_: object) -> None:
        raise LookupError("an error of ours")

    monkeypatch.setattr("magnate.server.live.host.act_for", broken)
    for _ in range(TRIES):
        await table.expire()
        assert table.host.seq == 0
        await later(table)
    await table.expire()
    assert table.state.alive == [False, True, True]


async def test_a_game_that_nothing_gets_on_is_set_aside_and_its_players_are_let_go(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock)
    table.keeper.broken = True
    for _ in range(2 * TRIES):
        await table.expire()
        assert table.keeper.aside == []
    await table.expire()
    assert len(table.keeper.aside) == 1


async def test_an_action_that_was_stored_but_could_not_be_told_is_shown_to_all(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = Table(to_roll(2), clock)

    def broken(*_: object) -> None:
        raise LookupError("an error of ours")

    with monkeypatch.context() as patch:
        patch.setattr("magnate.server.live.audience.action_frames", broken)
        table.ask(0, "ActionThrowDices")
        await table.keeper.settle()
    assert table.host.seq == 1
    await later(table)
    for frames in table.take():
        assert frames[-1]["game_state"]["seq"] == 1


async def test_background_work_outlives_every_error_and_counts_those_of_ours() -> None:
    metrics = Metrics()
    done: list[int] = []

    async def work() -> None:
        done.append(1)
        if len(done) == 1:
            raise LookupError("an error of ours")

    for _ in range(2):
        await attempt(work, metrics)
    assert len(done) == 2
    assert errors(metrics, "background") == 1


async def test_without_time_limits_others_act_at_once_for_a_bot_that_errors_of_ours_stop(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock, bots=(0,), turn_seconds=0)
    table.keeper.mindless = True
    await until_bots_give_up(table)
    table.keeper.mindless = False
    assert table.left_ms == 0
    frames = await table.expire()
    assert frames[0]["data"]["type"] == "ActionThrowDices"


async def test_a_bot_that_thinks_for_ever_is_acted_for_by_the_time_limit(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("magnate.server.live.games.LONGEST_THINKING_SECONDS", 0.001)
    monkeypatch.setattr("magnate.server.live.host.RETRY_SECONDS", 0)
    let_go = threading.Event()

    def for_ever(*_: object) -> Action:
        let_go.wait()
        return SURRENDER

    monkeypatch.setattr("magnate.server.live.host.decide", for_ever)
    server = Server(path, clock)
    await server.start()
    try:
        (alice,) = await server.users("alice")
        host, peer = await server.sit(await server.games.create([alice], [BotLevel.EASY] * 3), alice)
        while waited_for(host.state) == [host.seating.seat_of[alice]]:  # the order is chance; a bot is to begin
            host, peer = await server.sit(await server.games.create([alice], [BotLevel.EASY] * 3), alice)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while host.deadline_ms is None:
                await asyncio.sleep(0)
        assert errors(server.metrics, "bot") >= TRIES
        before = host.seq
        await server.expire(host, peer)
        assert host.seq > before
    finally:
        let_go.set()
        await server.stop()
