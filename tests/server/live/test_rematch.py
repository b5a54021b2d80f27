"""A finished game again (protocol: A rematch)."""

from pathlib import Path

import pytest

from magnate.engine.phases import END_GAME
from magnate.server.errors import StorageError, TooManyGames
from tests.engine.positions import place, to_roll
from tests.server.live.fakes import FakePeer
from tests.server.live.table import Table
from tests.server.support import FakeClock

pytestmark = pytest.mark.anyio

BEGINS = {"event_type": "rematch", "game_id": 1001}


def finished(clock: FakeClock, seats: int = 2, **more: object) -> Table:
    state = place(seats, phase=END_GAME)
    return Table(state, clock, **more)  # type: ignore[arg-type]


async def asked(table: Table, seat: int) -> None:
    table.ask(seat, "Rematch")
    await table.keeper.settle()


async def test_the_game_begins_again_when_everybody_who_is_connected_has_asked_and_all_are_told(
    clock: FakeClock,
) -> None:
    table = finished(clock, 3)
    watcher = FakePeer(0)
    table.host.watch(watcher)
    watcher.take()
    table.host.leave(table.peers[2])
    await asked(table, 0)
    await asked(table, 0)
    assert table.take() == [[], [], []]
    await asked(table, 1)
    assert table.take() == [[BEGINS], [BEGINS], []]
    assert watcher.take() == [BEGINS]
    assert table.keeper.rematches == [(11, 12)]


async def test_who_leaves_is_not_waited_for(clock: FakeClock) -> None:
    table = finished(clock, 3)
    await asked(table, 0)
    await asked(table, 1)
    assert table.keeper.rematches == []
    table.host.leave(table.peers[2])
    await table.keeper.settle()
    assert table.keeper.rematches == [(11, 12)]


async def test_a_second_socket_of_a_player_is_no_second_player(clock: FakeClock) -> None:
    table = finished(clock)
    second = FakePeer(11)
    table.host.join(second)
    await asked(table, 0)
    await asked(table, 1)
    assert table.keeper.rematches == [(11, 12)]
    assert second.take()[-1] == BEGINS


async def test_players_who_ask_for_more_hear_who_wants_it_and_who_is_missing(clock: FakeClock) -> None:
    table = finished(clock)
    asks = FakePeer(12, wants_legal=True)
    table.host.join(asks)
    asks.take()
    await asked(table, 0)
    assert asks.take() == [{"event_type": "rematch_asked", "user": 11, "waiting_for": [12]}]
    assert table.take() == [[], []], "the documented messages only"


async def test_while_the_game_runs_it_is_refused(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock)
    (refused,) = await table.act(0, "Rematch")
    assert (refused["event_type"], refused["code"]) == ("error", "wrong_phase")


async def test_one_person_without_bots_is_too_few(clock: FakeClock) -> None:
    table = finished(clock)
    table.host.leave(table.peers[1])
    (refused,) = await table.act(0, "Rematch")
    assert refused["code"] == "too_few_players"
    assert table.keeper.rematches == []


@pytest.mark.parametrize(
    ("error", "code"),
    [(TooManyGames(11, 1), "too_many_games"), (StorageError(Path("games.db"), "full"), "unavailable")],
)
async def test_a_game_that_cannot_begin_is_told_and_may_be_asked_for_again(
    clock: FakeClock, error: Exception, code: str
) -> None:
    table = finished(clock)
    table.keeper.refusing = error
    await asked(table, 0)
    await asked(table, 1)
    assert [frames[0]["code"] for frames in table.take()] == [code, code]
    table.keeper.refusing = None
    await asked(table, 0)
    await asked(table, 1)
    assert table.take() == [[BEGINS], [BEGINS]]
