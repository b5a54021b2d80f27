"""The public queue: who is matched, who is told what, and what outlives failures and restarts."""

import asyncio
import json
import random

import pytest

from magnate.server.errors import GameRefused, TooManyGames, TooManyStarts
from magnate.server.live.matchmaking import KEEP_MS, Matchmaking
from tests.server.live.fakes import FakeGames, FakeLobby, FakePeer
from tests.server.support import FakeClock

pytestmark = pytest.mark.anyio

CANCEL = json.dumps({"action": "cancel"})


@pytest.fixture
def lobby() -> FakeLobby:
    return FakeLobby()


@pytest.fixture
def games(lobby: FakeLobby) -> FakeGames:
    return FakeGames(lobby)


@pytest.fixture
def queue(lobby: FakeLobby, games: FakeGames, clock: FakeClock) -> Matchmaking:
    return Matchmaking(2, lobby, clock, clock.game_time(), games.create)


def found(game: int) -> list[dict[str, object]]:
    return [{"action": "match_found", "game_id": game}]


async def test_the_oldest_two_are_matched_and_both_are_told_then_closed_with_4001(
    queue: Matchmaking, games: FakeGames, lobby: FakeLobby
) -> None:
    first, second, third = FakePeer(1), FakePeer(2), FakePeer(3)
    await queue.join(first)
    assert (first.frames, first.code) == ([], None)
    await queue.join(second)
    await queue.join(third)
    assert games.made == [(1, 2)]
    assert (first.frames, first.code) == (found(1), 4001)
    assert (second.frames, second.code) == (found(1), 4001)
    assert (third.frames, third.code) == ([], None)
    assert list(lobby.places) == [3]


async def test_a_user_who_connects_again_keeps_the_place_and_the_older_socket_is_closed_with_1000(
    queue: Matchmaking, games: FakeGames
) -> None:
    older, newer, second = FakePeer(1), FakePeer(1), FakePeer(2)
    await queue.join(older)
    await queue.join(newer)
    assert older.code == 1000
    assert games.made == []  # nobody plays against themselves
    await queue.leave(older)  # its socket ends only now
    await queue.join(second)
    assert games.made == [(1, 2)]
    assert newer.frames == found(1)
    assert older.frames == []


async def test_cancel_closes_with_4000_and_gives_the_place_up(
    queue: Matchmaking, games: FakeGames, lobby: FakeLobby
) -> None:
    peer = FakePeer(1)
    await queue.join(peer)
    await queue.receive(peer, CANCEL)
    assert peer.code == 4000
    assert lobby.places == {}
    await queue.join(FakePeer(2))
    assert games.made == []


async def test_whose_game_began_in_a_room_is_out_of_the_queue(queue: Matchmaking, games: FakeGames) -> None:
    alice, bob = FakePeer(1), FakePeer(2)
    await queue.join(alice)
    queue.withdraw([1, 7])
    assert alice.code == 4000
    await queue.leave(alice)  # its socket ends only now
    await queue.join(bob)
    assert games.made == []
    assert bob.code is None


@pytest.mark.parametrize("frame", ["", "null", "[]", "{}", '{"action": 1}', '{"action": "other"}', b"{}", "[" * 9000])
async def test_any_other_frame_is_answered_with_the_documented_error_and_changes_nothing(
    queue: Matchmaking, games: FakeGames, frame: str | bytes
) -> None:
    peer = FakePeer(1)
    await queue.join(peer)
    await queue.receive(peer, frame)
    (error,) = peer.take()
    assert (error["action"], error["message"]) == ("error", "Datos invalidos.")
    assert peer.code is None
    await queue.join(FakePeer(2))
    assert games.made == [(1, 2)]


async def test_who_drops_is_never_matched(queue: Matchmaking, games: FakeGames, lobby: FakeLobby) -> None:
    ghost = FakePeer(1)
    await queue.join(ghost)
    await queue.leave(ghost)
    assert lobby.places == {}
    await queue.join(FakePeer(2))
    assert games.made == []
    await queue.join(FakePeer(3))
    assert games.made == [(2, 3)]


async def test_who_connects_again_while_the_game_is_made_is_told_on_the_new_socket(
    queue: Matchmaking, games: FakeGames
) -> None:
    first, second, again = FakePeer(1), FakePeer(2), FakePeer(1)
    await queue.join(first)
    games.gate.clear()
    making = asyncio.create_task(queue.join(second))
    await asyncio.sleep(0)
    await queue.join(again)
    await queue.receive(second, CANCEL)  # too late: the game is on its way
    assert second.code is None
    games.gate.set()
    await making
    assert first.code == 1000
    assert again.frames == second.frames == found(1)
    assert games.made == [(1, 2)]


async def test_places_outlive_a_restart_but_nobody_without_a_socket_is_matched(
    lobby: FakeLobby, games: FakeGames, clock: FakeClock
) -> None:
    before = Matchmaking(3, lobby, clock, clock.game_time(), games.create)
    first, second = FakePeer(1), FakePeer(2)
    await before.join(first)
    await before.join(second)
    await before.stop()
    assert (first.code, second.code) == (1001, 1001)
    await before.leave(first)  # its socket ends now; that is no leaving

    queue = Matchmaking(2, lobby, clock, clock.game_time(), games.create)
    await queue.restore()
    await queue.join(FakePeer(3))
    assert games.made == []
    await queue.join(FakePeer(2))
    assert games.made == [(2, 3)]  # in the order of their places
    assert list(lobby.places) == [1]


async def test_a_place_from_before_a_restart_is_forgotten_when_its_user_stays_away(
    lobby: FakeLobby, games: FakeGames, clock: FakeClock
) -> None:
    lobby.places = {1: 0}
    queue = Matchmaking(2, lobby, clock, clock.game_time(), games.create)
    await queue.restore()
    clock.advance(seconds=KEEP_MS / 1000)
    await queue.forget_absent()
    assert lobby.places == {1: 0}
    clock.advance(seconds=1)
    await queue.forget_absent()
    assert lobby.places == {}


async def test_a_place_that_cannot_be_stored_is_refused_with_unavailable_and_may_be_asked_again(
    queue: Matchmaking, lobby: FakeLobby, games: FakeGames
) -> None:
    lobby.failing = True
    peer = FakePeer(1)
    await queue.join(peer)
    assert [frame["code"] for frame in peer.frames] == ["unavailable"]
    assert peer.code == 1013
    lobby.failing = False
    await queue.join(FakePeer(1))
    await queue.join(FakePeer(2))
    assert games.made == [(1, 2)]


async def test_the_newest_socket_is_told_when_a_place_cannot_be_stored(queue: Matchmaking, lobby: FakeLobby) -> None:
    lobby.failing = True
    lobby.gate.clear()
    older, newer = FakePeer(1), FakePeer(1)
    joining = asyncio.create_task(queue.join(older))
    await asyncio.sleep(0)
    await queue.join(newer)
    lobby.gate.set()
    await joining
    assert older.code == 1000
    assert newer.code == 1013


async def test_when_no_game_can_be_stored_everybody_is_told_and_a_later_try_works(
    queue: Matchmaking, games: FakeGames
) -> None:
    games.failing = True
    first, second = FakePeer(1), FakePeer(2)
    await queue.join(first)
    await queue.join(second)
    assert first.code == second.code == 1013
    assert first.frames[0]["code"] == "unavailable"
    games.failing = False
    await queue.join(FakePeer(1))
    await queue.join(FakePeer(2))
    assert games.made == [(1, 2)]


async def test_a_stop_waits_for_the_game_that_is_being_made(queue: Matchmaking, games: FakeGames) -> None:
    first, second = FakePeer(1), FakePeer(2)
    await queue.join(first)
    games.gate.clear()
    making = asyncio.create_task(queue.join(second))
    await asyncio.sleep(0)
    stopping = asyncio.create_task(queue.stop())
    await asyncio.sleep(0)
    games.gate.set()
    await asyncio.gather(making, stopping)
    assert first.frames == second.frames == found(1)


@pytest.mark.parametrize("seed", range(20))
async def test_concurrent_joins_cancels_drops_and_takeovers_match_each_socket_once_and_lose_nobody(
    seed: int, lobby: FakeLobby, clock: FakeClock
) -> None:
    chance = random.Random(seed)
    games = FakeGames(lobby)
    players = chance.choice([2, 3, 4])
    queue = Matchmaking(players, lobby, clock, clock.game_time(), games.create)
    peers: list[FakePeer] = []
    dropped: set[FakePeer] = set()
    tasks = []
    for _ in range(120):
        user = chance.randrange(12)
        mine = [peer for peer in peers if peer.user == user and peer.code is None]
        act = chance.choice(["join", "join", "join", "cancel", "drop"])
        if act == "join":
            peers.append(FakePeer(user))
            tasks.append(asyncio.create_task(queue.join(peers[-1])))
        elif act == "cancel" and mine:
            tasks.append(asyncio.create_task(queue.receive(mine[-1], CANCEL)))
        elif mine and len(tasks) == sum(task.done() for task in tasks):
            dropped.add(mine[-1])
            tasks.append(asyncio.create_task(queue.leave(mine[-1])))
        if chance.random() < 0.7:
            await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    assert all(len(set(users)) == players for users in games.made)
    told = sorted((peer.user, frame["game_id"]) for peer in peers for frame in peer.frames)
    assert told == sorted((user, game) for game, users in enumerate(games.made, 1) for user in users)
    assert not any(peer.frames for peer in dropped)
    waiting = [peer.user for peer in peers if peer.code is None and peer not in dropped]
    assert len(waiting) == len(set(waiting)) < players
    assert set(waiting) == set(lobby.places)


@pytest.mark.parametrize("refused_by", [TooManyGames(1, 20), TooManyStarts(1)])
async def test_whoever_may_not_begin_a_game_is_told_why_and_gets_no_place(
    refused_by: GameRefused, lobby: FakeLobby, clock: FakeClock
) -> None:
    games = FakeGames(lobby)
    why_not = {1: refused_by}.get
    queue = Matchmaking(2, lobby, clock, clock.game_time(), games.create, why_not)
    busy, alice, bob = FakePeer(1), FakePeer(2), FakePeer(3)
    for peer in (busy, alice, bob):
        await queue.join(peer)
    (refused,) = busy.frames
    assert (refused["action"], refused["code"], busy.code) == ("error", refused_by.code, 1013)
    assert games.made == [(2, 3)]
    assert 1 not in lobby.places


async def test_whoever_has_begun_too_many_games_while_waiting_takes_nobodys_game(
    lobby: FakeLobby, clock: FakeClock
) -> None:
    games, refusals = FakeGames(lobby), dict[int, GameRefused]()
    queue = Matchmaking(3, lobby, clock, clock.game_time(), games.create, refusals.get)
    peers = [FakePeer(user) for user in range(1, 5)]
    for peer in peers[:2]:
        await queue.join(peer)
    refusals[1] = TooManyStarts(1)
    await queue.join(peers[2])
    assert (peers[0].frames[-1]["code"], peers[0].code) == ("too_many_starts", 1013)
    assert games.made == []
    assert 1 not in lobby.places
    await queue.join(peers[3])
    assert games.made == [(2, 3, 4)]
