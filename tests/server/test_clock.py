"""Time limits are counted by a clock that nobody sets; the date is only what people and the wire are told."""

from datetime import datetime

import pytest

from magnate.engine.phases import ROLL_THE_DICES
from magnate.server.clock import EARLIEST_MS, LATEST_MS, GameTime, iso_time
from magnate.server.config import Settings
from magnate.server.live.matchmaking import KEEP_MS, Matchmaking
from magnate.server.live.rooms import Rooms
from tests.engine.positions import to_roll
from tests.server.live.fakes import FakeGames, FakeLobby, FakePeer
from tests.server.live.table import TURN, Table
from tests.server.support import START_MS, FakeClock

pytestmark = pytest.mark.anyio

HOUR = 3600.0


def test_game_time_goes_on_from_the_last_run_and_evenly_whatever_the_date_is_set_to(clock: FakeClock) -> None:
    game_time = clock.game_time()
    game_time.go_on_from(5_000)
    clock.advance(seconds=3)
    clock.set_by(seconds=-HOUR)
    assert game_time() == 8_000
    clock.set_by(seconds=2 * HOUR)
    assert game_time() == 8_000
    assert game_time.date_of(10_000) == clock() + 2_000 == START_MS + 3_000 + 3_600_000 + 2_000


@pytest.mark.parametrize("seconds", [-HOUR, HOUR])
async def test_a_time_limit_comes_when_it_is_due_though_the_date_is_set_meanwhile(
    clock: FakeClock, seconds: float
) -> None:
    table = Table(to_roll(2), clock)
    clock.set_by(seconds=seconds)
    clock.advance(seconds=TURN / 1000 - 1)
    table.host.time_is_up()
    await table.keeper.settle()
    assert (table.host.seq, table.state.phase) == (0, ROLL_THE_DICES)
    again = FakePeer(11)
    table.host.join(again)
    assert again.take()[0]["game_state"]["deadline"] == clock() + 1_000  # by the date as it is now
    clock.advance(seconds=1)
    table.host.time_is_up()
    await table.keeper.settle()
    assert table.host.seq == 1
    assert table.keeper.log[0].clock_ms == clock()


@pytest.mark.parametrize("seconds", [-HOUR, HOUR])
async def test_places_and_rooms_are_kept_for_as_long_as_they_should_though_the_date_is_set(
    clock: FakeClock, seconds: float
) -> None:
    lobby = FakeLobby()
    games = FakeGames(lobby)
    lobby.places[1] = START_MS
    queue = Matchmaking(2, lobby, clock, clock.game_time(), games.create)
    rooms = Rooms(Settings(), lobby, clock, clock.game_time(), games.create)
    await queue.restore()
    code = await rooms.reserve(7)
    clock.set_by(seconds=seconds)
    clock.advance(seconds=KEEP_MS / 1000 - 1)
    await queue.forget_absent()
    await rooms.forget_empty()
    assert (list(lobby.places), rooms.exists(code)) == ([1], True)
    clock.advance(seconds=2)
    await queue.forget_absent()
    await rooms.forget_empty()
    assert (list(lobby.places), rooms.exists(code)) == ([], False)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (START_MS, START_MS),
        (EARLIEST_MS - 1, EARLIEST_MS),
        (-(2**63), EARLIEST_MS),
        (LATEST_MS + 1, LATEST_MS),
        (2**63 - 1, LATEST_MS),
    ],
)
def test_what_is_no_date_is_shown_as_the_nearest_one(moment: int, shown: int) -> None:
    assert datetime.fromisoformat(iso_time(moment)).timestamp() == shown / 1000


def test_a_moment_keeps_its_date_though_two_clocks_are_rounded_each_for_itself() -> None:
    now = {"us": 0}
    game_time = GameTime(lambda: START_MS + (now["us"] + 700) // 1000, lambda: (now["us"] + 200) // 1000)
    game_time.go_on_from(0)
    dates = set()
    for now["us"] in range(0, 5_000, 100):
        dates.add(game_time.date_of(60_000))
    assert len(dates) == 1
