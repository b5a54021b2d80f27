"""All games of a server on a real storage: made, restored, reopened, and what their end brings to whom."""

import asyncio
import dataclasses
import json
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from magnate.engine.events import Departure
from magnate.engine.state import State
from magnate.protocol.room import BotLevel
from magnate.server.clock import GameTime
from magnate.server.errors import StorageError, TooManyGames, TooManyStarts
from magnate.server.live.games import Games, results_of
from magnate.server.live.host import GameHost
from magnate.server.live.journal import replay
from magnate.server.metrics import Metrics
from magnate.server.storage import SqliteStorage, open_storage
from magnate.server.storage.records import GameStatus
from tests.engine.positions import place
from tests.server.live.fakes import FakePeer
from tests.server.support import FakeClock, fast_settings

pytestmark = pytest.mark.anyio


class Server:
    """The games of one run of the server, and the storage that they are in."""

    def __init__(self, path: Path, clock: FakeClock) -> None:
        self.path = path
        self.clock = clock
        self.settings = fast_settings(path, bot_delay=0.0, turn_seconds=50.0, auction_seconds=20.0)
        self.storage: SqliteStorage
        self.games: Games
        self.metrics: Metrics
        self.time: GameTime

    async def start(self) -> int:
        self.metrics = Metrics()
        self.storage = await open_storage(self.path, serving=True, clock=self.clock)
        self.time = self.clock.game_time()
        self.time.go_on_from(await self.storage.game_time())
        self.games = Games(self.settings, self.storage, self.clock, self.time, self.metrics)
        return await self.games.restore()

    async def stop(self) -> None:
        await self.games.stop()
        await self.storage.heartbeat(self.time())
        await self.storage.close()

    async def users(self, *names: str) -> list[int]:
        return [(await self.storage.create_user(name, name, "hash", self.clock())).pk for name in names]

    async def host(self, game: int, user: int) -> GameHost:
        host = await self.games.host_for(game, user)
        assert host is not None
        return host

    async def sit(self, game: int, user: int) -> tuple[GameHost, FakePeer]:
        host, peer = await self.host(game, user), FakePeer(user)
        host.join(peer)
        return host, peer

    async def expire(self, host: GameHost, peer: FakePeer) -> None:
        """Move the clock to the deadline and wait for what the server does then."""
        assert host.deadline_ms is not None
        self.clock.advance(seconds=(host.deadline_ms - self.time()) / 1000)
        peer.take()
        self.games.ring()
        await peer.until(lambda peer: len(peer.frames) >= 2)


@pytest.fixture
async def server(path: Path, clock: FakeClock) -> AsyncIterator[Server]:
    server = Server(path, clock)
    await server.start()
    yield server
    await server.stop()


async def played_to_the_end(server: Server, game: int, user: int) -> None:
    """Let everybody be silent until the game is over."""
    host, peer = await server.sit(game, user)
    while not host.finished:
        await server.expire(host, peer)
    await peer.until(lambda _: host.finished)
    server.games.leave(host, peer)


async def test_a_new_game_has_its_people_first_then_bots_of_the_levels(server: Server) -> None:
    alice, bob = await server.users("alice", "bob")
    game = await server.games.create((alice, bob), (BotLevel.HARD, BotLevel.EASY))
    host = await server.host(game, bob)
    stored = await server.storage.game(game)
    assert stored is not None
    assert stored.seats == host.seating.users
    assert host.seating.users[:2] == (alice, bob)
    levels = [user.bot_level for user in [await server.storage.user(pk) for pk in stored.seats] if user is not None]
    assert levels == [None, None, "hard", "easy"]
    hard, easy = host.seating.users[2:]
    (first,) = (await server.sit(game, alice))[1].take()
    told = first["game_state"]
    assert told["bot_levels"] == {str(hard): "hard", str(easy): "easy"}
    assert (told["usernames"][str(hard)], told["usernames"][str(easy)]) == ("Greta", "Lena")
    (shown,) = server.games.running_of(alice)
    assert [(player.username, player.level) for player in shown.players[1:]] == [
        ("bob", None),
        ("Greta", "hard"),
        ("Lena", "easy"),
    ]
    assert host.state.settings.humans == (0, 1)
    assert server.metrics.games == 1


@pytest.mark.parametrize("hints", [False, True])
async def test_a_game_says_whether_hints_are_allowed_and_so_do_its_restart_and_its_rematch(
    server: Server, hints: bool
) -> None:
    alice, bob = await server.users("alice", "bob")
    game = await server.games.create((alice, bob), hints=hints)
    again = await server.games.rematch(await server.host(game, alice), (alice, bob))
    await server.stop()
    assert await server.start() == 2
    for number in (game, again):
        (first,) = (await server.sit(number, alice))[1].take()
        assert first["game_state"]["hints"] is hints


@pytest.mark.parametrize("level", list(BotLevel))
async def test_every_level_of_the_wire_has_somebody_to_play_it(server: Server, level: BotLevel) -> None:
    (alice,) = await server.users("alice")
    game = await server.games.create((alice,), [level])
    assert (await server.host(game, alice)).state.settings.humans == (0,)


async def test_bots_of_one_level_are_different_users(server: Server) -> None:
    (alice,) = await server.users("alice")
    game = await server.games.create((alice,), [BotLevel.EASY] * 3)
    assert len(set((await server.host(game, alice)).seating.users)) == 4


async def test_the_host_of_a_game_is_for_its_participants_only(server: Server) -> None:
    alice, bob, carol = await server.users("alice", "bob", "carol")
    game = await server.games.create((alice, bob))
    assert await server.games.host_for(game, carol) is None
    assert await server.games.host_for(game + 1, alice) is None
    await played_to_the_end(server, game, alice)
    assert await server.games.host_for(game, carol) is None
    assert game not in server.games._hosts  # strangers who ask leave nothing behind
    assert await server.games.host_for(game, bob) is not None


async def test_an_aborted_game_has_no_host(server: Server) -> None:
    alice, bob = await server.users("alice", "bob")
    game = await server.games.create((alice, bob))
    await server.stop()
    storage = await open_storage(server.path, serving=True, clock=server.clock)
    await storage.abort_game(game, server.clock(), "the operator wished so")
    await storage.close()
    assert await server.start() == 0
    assert await server.games.host_for(game, alice) is None
    user = await server.storage.user(alice)
    assert user is not None
    assert (user.active_game, user.played, user.elo) == (None, 0, 1000)


async def test_a_game_is_restored_to_the_same_state_deadline_and_strikes(server: Server, clock: FakeClock) -> None:
    alice, bob, carol = await server.users("alice", "bob", "carol")
    game = await server.games.create((alice, bob, carol))
    host, peer = await server.sit(game, alice)
    for _ in range(4):
        await server.expire(host, peer)
    clock.advance(seconds=7)
    await server.stop()
    clock.advance(minutes=90)
    assert await server.start() == 1
    again = await server.host(game, bob)
    assert (again.state, again.seq, again._strikes) == (host.state, host.seq, host._strikes)
    assert host.deadline_ms is not None
    assert again.deadline_ms == host.deadline_ms
    late = FakePeer(bob)
    again.join(late)
    assert late.frames[0]["game_state"]["deadline"] == clock() + host.deadline_ms - server.time()
    await server.expire(again, late)
    assert again.seq == host.seq + 1


async def test_an_alarm_rings_for_the_right_games_only(server: Server, clock: FakeClock) -> None:
    alice, bob = await server.users("alice", "bob")
    first, peer = await server.sit(await server.games.create((alice, bob)), alice)
    clock.advance(seconds=20)
    second, other = await server.sit(await server.games.create((alice, bob)), alice)
    await server.expire(first, peer)
    assert (first.seq, second.seq) == (1, 0)
    await server.expire(second, other)
    assert second.seq == 1


async def test_a_damaged_log_aborts_that_game_and_the_others_go_on(server: Server) -> None:
    alice, bob = await server.users("alice", "bob")
    broken = await server.games.create((alice, bob))
    host, peer = await server.sit(broken, alice)
    await server.expire(host, peer)
    whole = await server.games.create((alice, bob))
    await server.stop()
    storage = await open_storage(server.path, serving=True, clock=server.clock)
    await storage.write(lambda db: db.execute("UPDATE game_log SET payload = x'7b7d' WHERE game = ?", (broken,)))
    await storage.close()
    assert await server.start() == 1
    assert await server.games.host_for(broken, alice) is None
    assert await server.games.host_for(whole, alice) is not None
    stored = await server.storage.game(broken)
    assert stored is not None
    assert stored.status is GameStatus.ABORTED


async def test_the_end_brings_points_counts_and_ratings_once(server: Server) -> None:
    alice, bob = await server.users("alice", "bob")
    game = await server.games.create((alice, bob))
    (await server.host(game, alice)).state.round = 21
    await played_to_the_end(server, game, alice)
    users = {pk: await server.storage.user(pk) for pk in (alice, bob)}
    results = await server.storage.results(game)
    assert [result.rank for result in results] == [1, 2]
    winner, loser = (users[result.user] for result in results)
    assert winner is not None
    assert loser is not None
    assert winner.points == winner.exp == results[0].worth > 0
    assert loser.points == results[1].worth == 0
    assert (winner.played, winner.won, loser.played, loser.won) == (1, 1, 1, 0)
    assert winner.elo > 1000 > loser.elo
    assert server.metrics.games == 0
    await server.stop()
    assert await server.start() == 0
    assert await server.storage.user(winner.pk) == winner


async def test_a_finished_game_is_shown_to_all_who_ask_at_once_and_let_go_when_nobody_looks(server: Server) -> None:
    alice, bob = await server.users("alice", "bob")
    game = await server.games.create((alice, bob))
    await played_to_the_end(server, game, alice)
    hosts = await asyncio.gather(*(server.games.host_for(game, user) for user in (alice, bob, alice)))
    assert hosts[0] is not None
    assert hosts[0] is hosts[1] is hosts[2]
    peer = FakePeer(alice)
    hosts[0].join(peer)
    (frame,) = peer.take()
    assert frame["game_state"]["finished"] is True
    assert frame["game_state"]["bonuses"] is not None
    hosts[0].receive(peer, '{"type": "ActionThrowDices"}')
    await peer.until(lambda peer: bool(peer.frames))
    assert peer.take()[0]["code"] == "game_over"
    server.games.leave(hosts[0], peer)
    assert server.games._hosts == {}


async def test_while_nothing_can_be_stored_actions_and_new_games_are_refused_and_then_it_recovers(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob = await server.users("alice", "bob")
    game = await server.games.create((alice, bob))
    host, peer = await server.sit(game, alice)

    async def refuse(*_: object, **__: object) -> None:
        raise StorageError(server.path, "the disk is full")

    with monkeypatch.context() as patch:
        for name in ("create_game", "append_log", "finish_game"):
            patch.setattr(server.storage, name, refuse)
        with pytest.raises(StorageError):
            await server.games.create((alice, bob))
        host.receive(peer, '{"type": "ActionSurrender"}')
        await peer.until(lambda peer: len(peer.frames) >= 2)
    assert [frame.get("code") for frame in peer.take()] == [None, "unavailable"]
    assert (host.seq, host.finished, server.metrics.games) == (0, False, 1)
    host.receive(peer, '{"type": "ActionSurrender"}')
    await peer.until(lambda peer: len(peer.frames) >= 2)
    assert host.finished
    assert await server.games.create((alice, bob)) > game


async def test_a_game_that_no_error_lets_go_on_is_set_aside_and_its_users_are_free_for_others(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob = await server.users("alice", "bob")
    game = await server.games.create((alice, bob))
    other, _ = await server.sit(await server.games.create((alice, bob)), alice)
    host, peer = await server.sit(game, alice)
    await server.games.set_aside(host, "an error of ours")
    assert peer.code == 4003
    assert await server.games.host_for(game, alice) is None
    stored = await server.storage.game(game)
    assert stored is not None
    assert (stored.status, stored.summary) == (GameStatus.ABORTED, b'{"aborted":"an error of ours"}')
    user = await server.storage.user(alice)
    assert user is not None
    assert user.active_game == other.seating.game
    assert server.metrics.games == 1
    assert "magnate_games_set_aside_total 1.0" in server.metrics.exposition().decode()


async def test_what_a_timer_or_a_task_of_a_game_raises_is_counted_and_tried_again(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("magnate.server.live.games.RETRY_SECONDS", 0.0)
    calls: list[int] = []
    done = asyncio.Event()

    def call() -> None:
        calls.append(1)
        if len(calls) < 3:
            raise LookupError("an error of ours")
        done.set()

    async def work() -> None:
        raise LookupError("an error of ours")

    server.games.after(0, call)
    server.games.spawn(work())
    async with asyncio.timeout(10):
        await done.wait()
    assert 'magnate_unexpected_errors_total{where="game"} 3.0' in server.metrics.exposition().decode()


async def test_a_friend_who_surrenders_at_once_brings_no_points(server: Server) -> None:
    alice, bob = await server.users("alice", "bob")
    for _ in range(8):
        host, peer = await server.sit(await server.games.create((alice, bob)), alice)
        peer.take()
        host.receive(peer, '{"type": "ActionSurrender"}')
        await peer.until(lambda peer: len(peer.frames) == 2)
        assert host.finished
    winner = await server.storage.user(bob)
    assert winner is not None
    assert (winner.points, winner.exp, winner.played, winner.won) == (0, 0, 8, 8)
    assert 1000 < winner.elo < 1030


def test_results_are_by_worth_with_ties_and_who_left_last() -> None:
    state = place(4, money={0: 100, 1: 900, 2: 900, 3: 0}, humans=(0, 1, 3))
    state.alive[3] = False
    state.eliminated, state.departures = (3,), (Departure.SURRENDER,)
    results = results_of(state, (10, 11, 12, 13))
    assert [(each.user, each.rank, each.worth, each.points) for each in results] == [
        (10, 3, 100, 100),
        (11, 1, 900, 900),
        (12, 1, 900, 0),  # a bot earns nothing
        (13, 4, 0, 0),
    ]


def test_who_left_earlier_stands_lower() -> None:
    state = place(3, money={1: 0, 2: 0}, humans=(0, 1, 2))
    state.alive[1] = state.alive[2] = False
    state.eliminated, state.departures = (2, 1), (Departure.SURRENDER,) * 2
    assert [each.rank for each in results_of(state, (10, 11, 12))] == [1, 2, 3]


async def test_nobody_is_in_more_running_games_than_the_settings_allow(server: Server) -> None:
    server.settings = dataclasses.replace(server.settings, games_per_user=3, bot_delay=60.0)
    await server.stop()
    await server.start()
    alice, bob = await server.users("alice", "bob")
    level = [BotLevel.MEDIUM]
    made = await asyncio.gather(*(server.games.create([alice], level) for _ in range(5)), return_exceptions=True)
    games = [each for each in made if isinstance(each, int)]
    assert len(games) == 3, "those that are being made count"
    assert [type(each) for each in made if not isinstance(each, int)] == [TooManyGames] * 2
    assert server.metrics.registry.get_sample_value("magnate_refused_games_total") == 2
    with pytest.raises(TooManyGames):
        await server.games.create([bob, alice])
    await server.games.create([bob], level)

    await server.stop()
    await server.start()
    assert server.games.why_not(alice), "after a restart the same games run"
    assert server.games.why_not(bob) is None

    host, peer = await server.sit(games[0], alice)
    host.receive(peer, json.dumps({"type": "ActionSurrender"}))
    await peer.until(lambda peer: any(frame.get("event_type") == "game_response" for frame in peer.frames))
    assert server.games.why_not(alice) is None, "a game that was left is none any more"
    await server.games.create([alice], level)
    assert isinstance(server.games.why_not(alice), TooManyGames)


async def test_nobody_begins_more_games_in_a_row_than_the_settings_allow(server: Server) -> None:
    """However short each of them is."""
    server.settings = dataclasses.replace(server.settings, games_burst=3, games_per_minute=6.0, bot_delay=60.0)
    await server.stop()
    await server.start()
    alice, bob = await server.users("alice", "bob")

    async def begin_and_leave() -> None:
        host, peer = await server.sit(await server.games.create([alice], [BotLevel.MEDIUM]), alice)
        host.receive(peer, json.dumps({"type": "ActionSurrender"}))
        await peer.until(lambda peer: any(frame.get("event_type") == "game_response" for frame in peer.frames))

    for _ in range(3):
        await begin_and_leave()
    for users in ([alice], [bob, alice]):
        with pytest.raises(TooManyStarts):
            await server.games.create(users, [BotLevel.MEDIUM])
    assert isinstance(server.games.why_not(alice), TooManyStarts)
    assert server.games.why_not(bob) is None, "who was refused together with somebody has begun nothing"
    assert server.metrics.registry.get_sample_value("magnate_refused_games_total") == 2

    server.clock.advance(seconds=10)
    await begin_and_leave()
    with pytest.raises(TooManyStarts):
        await server.games.create([alice], [BotLevel.MEDIUM])


async def test_a_finished_game_is_made_again_off_the_event_loop(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    (alice, bob) = await server.users("alice", "bob")
    game = await server.games.create([alice, bob])
    await played_to_the_end(server, game, alice)
    threads: set[int] = set()

    def noted(state: State, *args: Any) -> None:
        threads.add(threading.get_ident())
        replay(state, *args)

    monkeypatch.setattr("magnate.server.live.games.replay", noted)
    await server.host(game, alice)
    assert threads
    assert threading.get_ident() not in threads
