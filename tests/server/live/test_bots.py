"""Bots in a live game: they play by the same path as people, and nothing leaves them stuck."""

from collections.abc import Sequence

import pytest

from magnate.bots.base import Bot
from magnate.bots.level_bot import LevelBot
from magnate.bots.referee import Fault, decide
from magnate.engine.actions import THROW_DICES, Action, Bid, TradeProposal
from magnate.engine.chance import Recorder, Seeded
from magnate.engine.game import apply
from magnate.engine.phases import AUCTION, END_GAME
from magnate.engine.view import GameView
from magnate.protocol.seating import Seating
from magnate.server.live.games import _played
from magnate.server.live.journal import GameSettings, Step, encode_step, first_state
from magnate.server.live.timeouts import waited_for
from magnate.server.storage.records import LogEntry
from tests.engine.positions import deciding, place, to_roll
from tests.server.live.table import Table
from tests.server.support import FakeClock

pytestmark = pytest.mark.anyio


class Broken(Bot):
    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        raise RuntimeError("no idea")


class Bidder(Bot):
    """Bids 7 when it may, rolls otherwise; notes what it saw."""

    seen: list[dict[int, int]]

    def __init__(self) -> None:
        super().__init__(0)
        self.seen = []

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        self.seen.append(dict(view.bids))
        return Bid(7) if view.phase is AUCTION else next((a for a in legal if a == THROW_DICES), legal[0])


async def test_bots_act_through_the_same_path_as_people(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock, bots=(0,))
    await table.keeper.play(lambda: table.host.seq >= 1)
    action, response = table.peers[0].take()[:2]
    assert (action["event_type"], action["data"]["player"]) == ("game_action", 11)
    assert (response["event_type"], response["data"]["seq"]) == ("game_response", 1)


async def test_bots_play_a_whole_game_with_a_silent_person(clock: FakeClock) -> None:
    table = Table(place(4, phase=to_roll().phase, humans=(3,)), clock, bots=(0, 1, 2))
    for _ in range(50):
        if table.host.deadline_ms is None:
            await table.keeper.play(lambda: table.host.deadline_ms is not None or table.host.finished)
        if table.host.finished:
            break
        await table.expire()
    assert table.host.finished


async def test_a_bot_that_could_not_store_its_action_tries_again(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock, bots=(0,))
    table.keeper.failing = True
    table.keeper.ring()
    await table.keeper.settle()
    assert table.host.seq == 0
    for _ in range(5):
        table.keeper.ring()
        await table.keeper.settle()
    table.keeper.failing = False
    await table.keeper.play(lambda: table.host.seq >= 1)
    assert table.state.alive == [True, True]


async def test_all_bots_bid_in_one_auction_whatever_the_order(clock: FakeClock) -> None:
    bots = {seat: Bidder() for seat in (1, 2, 3)}
    table = Table(deciding(6, seats=4), clock, made_bots=bots)
    table.keeper.may_answer.clear()
    await table.act(0, "ActionDropPurchase")
    table.keeper.ring()  # all three think at once
    table.keeper.may_answer.set()
    await table.keeper.settle()
    await table.keeper.play(lambda: table.state.phase is not AUCTION)
    closed = table.peers[0].take()[-1]["data"]["auction"]
    assert closed["bids"] == {"12": 7, "13": 7, "14": 7}
    assert all(len(bot.seen) == 1 for bot in bots.values())  # each decided once, without seeing a bid
    assert all(bid in (-1, -2) for bot in bots.values() for bids in bot.seen for bid in bids)


async def test_a_person_who_leaves_while_a_bot_thinks_leaves_no_bot_stuck(clock: FakeClock) -> None:
    table = Table(place(4, phase=to_roll().phase, turn_seat=2, humans=(0, 1)), clock, bots=(2, 3))
    table.keeper.may_answer.clear()
    table.keeper.ring()
    await table.keeper.thinking.wait()
    table.ask(1, "ActionSurrender")
    for _ in range(5):
        await table.peers[0].until(lambda peer: len(peer.frames) >= 2)
    seq = table.host.seq
    table.keeper.may_answer.set()
    await table.keeper.play(lambda: table.host.seq > seq)
    assert table.state.alive == [True, False, True, True]


async def test_when_the_last_person_leaves_while_a_bot_thinks_the_game_ends_at_once(clock: FakeClock) -> None:
    table = Table(place(3, phase=to_roll().phase, turn_seat=1, humans=(0,)), clock, bots=(1, 2))
    table.keeper.may_answer.clear()
    table.keeper.ring()
    await table.keeper.thinking.wait()
    table.ask(0, "ActionSurrender")
    await table.peers[0].until(lambda peer: len(peer.frames) >= 2)
    assert table.host.finished
    table.keeper.may_answer.set()
    await table.keeper.settle()
    assert table.host.seq == 1
    assert table.keeper.ends == 1


async def test_a_bot_whose_auction_closes_while_it_thinks_goes_on(clock: FakeClock) -> None:
    table = Table(deciding(6, seats=3), clock, bots=(2,))
    await table.act(0, "ActionDropPurchase")
    table.keeper.may_answer.clear()
    table.keeper.ring()
    await table.keeper.thinking.wait()
    table.take()
    clock.now_ms = table.host.deadline_ms or 0
    table.host.time_is_up()
    await table.peers[0].until(lambda peer: len(peer.frames) >= 4)
    assert table.state.phase is not AUCTION
    table.keeper.may_answer.set()
    await table.keeper.settle()
    assert table.state.alive == [True, True, True]
    assert table.host._waiting_bots == set()


async def test_a_bot_that_fails_leaves_the_game_and_the_others_go_on(clock: FakeClock) -> None:
    table = Table(to_roll(3), clock, made_bots={0: Broken()})
    await table.keeper.play(lambda: table.host.seq >= 1)
    assert table.state.alive == [False, True, True]
    assert table.peers[0].take()[0]["data"] == {"type": "ActionSurrender", "game": 42, "player": 11}


async def test_a_debug_command_while_a_bot_thinks_leaves_it_not_stuck(clock: FakeClock) -> None:
    table = Table(place(3, phase=to_roll().phase, turn_seat=1), clock, bots=(1,))
    table.keeper.may_answer.clear()
    table.keeper.ring()
    await table.keeper.thinking.wait()
    table.ask(0, "Cheat", cheat="SetMoney", player_id=12, amount=3)
    await table.peers[0].until(lambda peer: bool(peer.frames))
    table.keeper.may_answer.set()
    await table.keeper.play(lambda: table.host.seq >= 2)
    assert table.state.phase is not to_roll().phase or table.state.turn_seat != 1


def test_bots_of_a_game_that_a_new_run_takes_up_know_what_they_have_proposed() -> None:
    """Nobody is asked about the same trade twice because the server was started again."""
    chance = Recorder(Seeded(3))
    setup = GameSettings((0, 1, 2, 3), 30, dict.fromkeys(range(4), "expert"))
    seating = Seating(1, (1, 2, 3, 4), ("a", "b", "c", "d"), "")
    before = {seat: LevelBot(seat) for seat in range(4)}
    state, log, proposals = first_state(setup), list[LogEntry](), 0
    while state.phase is not END_GAME and proposals < 3:
        seat = waited_for(state)[0]
        action = decide(before[seat], state, seat)
        assert not isinstance(action, Fault)
        proposals += isinstance(action, TradeProposal)
        apply(state, seat, action, chance)
        step = Step(action, tuple(chance.take()))
        log.append(LogEntry(len(log) + 1, seat, 0, None, encode_step(step)))
    after = {seat: LevelBot(seat) for seat in range(4)}
    assert _played(setup, seating, log, after)[0] == state
    assert proposals == 3
    remembered = [after[seat]._bargains._proposed for seat in range(4)]
    assert remembered == [before[seat]._bargains._proposed for seat in range(4)]
    assert [after[seat]._bargains._to for seat in range(4)] == [before[seat]._bargains._to for seat in range(4)]
    assert sum(map(len, remembered)) > 0
