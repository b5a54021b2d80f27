"""People who watch a game, and what they may see of it (protocol: Watching)."""

import pytest

from magnate.engine.phases import AUCTION
from tests.engine.positions import place, to_roll
from tests.server.live.fakes import FakePeer
from tests.server.live.table import Table
from tests.server.support import FakeClock

pytestmark = pytest.mark.anyio


async def test_who_watches_sees_the_game_as_a_stranger_and_every_frame_of_it(clock: FakeClock) -> None:
    table = Table(place(3, phase=AUCTION, at={0: 6}), clock)
    await table.act(1, "ActionBid", amount=77)
    watcher = FakePeer(0)
    table.host.watch(watcher)
    (first,) = watcher.take()
    assert first["game_state"]["auction"]["bids"] == {}
    assert first["viewers"] == 1
    table.take()
    await table.act(2, "ActionBid", amount=99)
    action, response = watcher.take()
    assert action["data"]["amount"] is None
    assert response["data"]["auction"]["bids"] == {"12": 77, "13": 99}
    assert [action, response] == table.peers[0].take()


async def test_a_participant_who_watches_sees_no_more_than_any_stranger(clock: FakeClock) -> None:
    table = Table(place(3, phase=AUCTION, at={0: 6}), clock)
    watcher = FakePeer(12, wants_legal=True)
    table.host.watch(watcher)
    await table.act(1, "ActionBid", amount=77)
    table.host.show(watcher)
    first, action, response, again = watcher.take()
    assert action["data"]["amount"] is None
    assert again["game_state"]["auction"]["bids"] == {}
    assert not any("legal" in frame for frame in (first, action, response, again))


async def test_what_players_say_stays_among_them(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock)
    watcher = FakePeer(0)
    table.host.watch(watcher)
    watcher.take()
    table.ask(0, "ChatMessage", msg="Between you and me")
    assert table.peers[1].take()[0]["msg"] == "Between you and me"
    assert watcher.take() == []


async def test_viewers_are_counted_and_told_to_those_who_ask_once_for_all_who_come(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock)
    asks = FakePeer(11, wants_legal=True)
    table.host.join(asks)
    assert asks.take()[0]["viewers"] == 0
    watchers = [FakePeer(0) for _ in range(3)]
    for watcher in watchers:
        table.host.watch(watcher)
    assert table.host.viewers == 3
    table.host.leave(watchers.pop())
    table.keeper.ring()
    told = {"event_type": "viewers", "viewers": 2}
    assert asks.take() == [told]
    assert [watcher.take()[-1] for watcher in watchers] == [told, told]
    assert table.take() == [[], []], "the documented messages only"


async def test_a_player_who_leaves_is_no_viewer_less(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock)
    table.host.watch(FakePeer(0))
    table.host.leave(table.peers[0])
    assert table.host.viewers == 1
