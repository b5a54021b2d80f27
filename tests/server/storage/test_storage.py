"""What goes into the storage comes out again, and each write is whole or not at all."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from magnate.server.errors import NameTaken, StorageError
from magnate.server.storage import SqliteStorage, open_storage
from magnate.server.storage.records import (
    Before,
    GameStatus,
    PlayerResult,
    Purchase,
    PurchaseRefusal,
    QueuePlace,
    Rating,
    Reservation,
    Reward,
    Rotation,
    User,
)
from tests.server.support import START_MS, FakeClock, entry, unfinished_games

pytestmark = pytest.mark.anyio


async def person(storage: SqliteStorage, name: str = "alice") -> User:
    return await storage.create_user(name, name, f"hash of {name}", START_MS)


async def people(storage: SqliteStorage, *names: str) -> list[int]:
    return [(await person(storage, name)).pk for name in names]


def a_point_a_rank(results: Sequence[PlayerResult], before: Sequence[Before]) -> list[Reward]:
    return [
        Reward(result.points, Rating(old.rating.mu - result.rank, old.rating.sigma - 1))
        for result, old in zip(results, before, strict=True)
    ]


async def finish(storage: SqliteStorage, game: int, results: Sequence[PlayerResult]) -> bool:
    stored = await storage.finish_game(
        game, [entry(1)], START_MS + 9, results=results, final_money={"a": 5}, summary=b"{}", reward=a_point_a_rank
    )
    return bool(stored)


async def test_a_new_user_has_nothing_and_the_starting_rating(storage: SqliteStorage) -> None:
    user = await person(storage)
    assert user == User(user.pk, "alice", 0, 0, 1000, START_MS, 0, 0, 0, None, None)
    assert await storage.user(user.pk) == user
    assert await storage.user(user.pk + 1) is None


async def test_a_name_is_taken_once_also_when_asked_for_at_the_same_time(storage: SqliteStorage) -> None:
    made = await asyncio.gather(*(person(storage) for _ in range(10)), return_exceptions=True)
    assert sum(isinstance(each, User) for each in made) == 1
    assert sum(isinstance(each, NameTaken) for each in made) == 9


async def test_bots_are_users_without_a_password_and_are_used_again(storage: SqliteStorage) -> None:
    await storage.create_user("HUGO", "hugo", "hash", START_MS)
    await storage.create_user("0tto", "0tto", "hash", START_MS)
    bots = await storage.bot_users("easy", 3, START_MS)
    assert [bot.username for bot in bots] == ["Lena", "Nina", "Rita"], "nobody has, or looks like, another's name"
    assert all(bot.is_bot and bot.bot_level == "easy" for bot in bots)
    assert await storage.bot_users("easy", 2, START_MS) == bots[:2]
    assert (await storage.bot_users("hard", 1, START_MS))[0].bot_level == "hard"
    assert await storage.credentials("lena") is None


async def test_there_are_always_more_names_for_bots(storage: SqliteStorage) -> None:
    bots = await storage.bot_users("easy", 8, START_MS)
    assert [bot.username for bot in bots[-3:]] == ["Gil", "Bot_easy_1", "Bot_easy_2"]
    assert len({bot.pk for bot in bots}) == 8


async def test_points_never_go_below_zero(storage: SqliteStorage) -> None:
    user = await person(storage)
    assert await storage.grant_points(user.pk, 70) == 70
    assert await storage.grant_points(user.pk, -100) == 0


async def test_a_purchase_takes_the_price_once(storage: SqliteStorage) -> None:
    user = await person(storage)
    await storage.grant_points(user.pk, 250)
    assert await storage.buy_item(user.pk, 1, 100, START_MS) == Purchase(150, None)
    assert await storage.buy_item(user.pk, 1, 100, START_MS) == Purchase(150, PurchaseRefusal.OWNED)
    assert await storage.buy_item(user.pk, 2, 200, START_MS) == Purchase(150, PurchaseRefusal.TOO_EXPENSIVE)
    assert await storage.owned_items(user.pk) == {1}


async def test_racing_purchases_never_spend_more_than_there_is(storage: SqliteStorage) -> None:
    user = await person(storage)
    await storage.grant_points(user.pk, 250)
    bought = await asyncio.gather(*(storage.buy_item(user.pk, 1 + n % 5, 100, START_MS) for n in range(50)))
    assert sum(each.refusal is None for each in bought) == 2
    assert len(await storage.owned_items(user.pk)) == 2
    user_now = await storage.user(user.pk)
    assert user_now is not None
    assert user_now.points == 50


async def test_only_an_owned_piece_or_the_common_one_can_be_chosen(storage: SqliteStorage) -> None:
    user = await person(storage)
    assert not await storage.set_piece(user.pk, 3)
    await storage.buy_item(user.pk, 3, 0, START_MS)
    assert await storage.set_piece(user.pk, 3)
    chosen = await storage.user(user.pk)
    assert chosen is not None
    assert chosen.piece == 3
    assert await storage.set_piece(user.pk, 0)


async def test_a_session_rotates_and_an_old_token_revokes_it(storage: SqliteStorage) -> None:
    user = await person(storage)
    await storage.open_session("family", user.pk, "one", START_MS, START_MS + 100)
    assert await storage.rotate_session("family", "one", "two", START_MS, START_MS + 200) is Rotation.DONE
    assert await storage.session_user("family", START_MS + 150) == user
    assert await storage.rotate_session("family", "one", "x", START_MS, START_MS + 200) is Rotation.REUSED
    assert await storage.rotate_session("family", "two", "x", START_MS, START_MS + 200) is Rotation.REVOKED
    assert await storage.session_user("family", START_MS) is None


async def test_an_expired_session_is_dead_and_pruned(storage: SqliteStorage) -> None:
    user = await person(storage)
    await storage.open_session("old", user.pk, "one", START_MS, START_MS + 100)
    await storage.open_session("new", user.pk, "one", START_MS, START_MS + 101)
    assert await storage.session_user("old", START_MS + 100) is None
    assert await storage.rotate_session("old", "one", "two", START_MS + 100, START_MS + 999) is Rotation.REVOKED
    assert await storage.prune_sessions(START_MS + 100) == 1
    assert await storage.session_user("new", START_MS + 100) == user


async def test_a_new_password_ends_all_sessions_when_asked_to(storage: SqliteStorage) -> None:
    user = await person(storage)
    await storage.open_session("family", user.pk, "one", START_MS, START_MS + 100)
    await storage.set_password(user.pk, "other hash", revoke_sessions=False)
    assert await storage.session_user("family", START_MS) == user
    await storage.set_password(user.pk, "third hash", revoke_sessions=True)
    assert await storage.session_user("family", START_MS) is None
    found = await storage.credentials("alice")
    assert found is not None
    assert found.password_hash == "third hash"


async def test_the_queue_keeps_the_order_of_coming_and_one_place_a_user(storage: SqliteStorage) -> None:
    first, second, third = await people(storage, "a", "b", "c")
    await storage.enqueue(second, START_MS + 5)
    await storage.enqueue(first, START_MS)  # the clock may have been set back
    await storage.enqueue(third, START_MS + 6)
    await storage.enqueue(second, START_MS + 7)
    await storage.dequeue(third)
    await storage.dequeue(third)
    assert await storage.queue_places() == [QueuePlace(second, START_MS + 5), QueuePlace(first, START_MS)]


async def test_a_room_code_is_reserved_once_and_a_user_has_a_limit(storage: SqliteStorage) -> None:
    alice, bob = await people(storage, "alice", "bob")
    assert await storage.reserve_room("AAAAAA", alice, START_MS, 2) is Reservation.DONE
    assert await storage.reserve_room("AAAAAA", bob, START_MS, 2) is Reservation.CODE_TAKEN
    assert await storage.reserve_room("BBBBBB", alice, START_MS, 2) is Reservation.DONE
    assert await storage.reserve_room("CCCCCC", alice, START_MS, 2) is Reservation.TOO_MANY
    await storage.release_room("AAAAAA")
    assert [(room.code, room.maker) for room in await storage.rooms()] == [("BBBBBB", alice)]
    assert await storage.reserve_room("CCCCCC", alice, START_MS, 2) is Reservation.DONE


async def test_a_new_game_empties_queue_and_room_in_the_same_transaction(storage: SqliteStorage) -> None:
    alice, bob, carol = await people(storage, "alice", "bob", "carol")
    for pk in (alice, bob, carol):
        await storage.enqueue(pk, START_MS)
    await storage.reserve_room("AAAAAA", alice, START_MS, 5)
    game = await storage.create_game(b'{"max_rounds":3}', [bob, alice], START_MS, room="AAAAAA")
    stored = await storage.game(game)
    assert stored is not None
    assert (stored.seats, stored.settings, stored.status) == ((bob, alice), b'{"max_rounds":3}', GameStatus.RUNNING)
    assert [place.user for place in await storage.queue_places()] == [carol]
    assert await storage.rooms() == []
    user = await storage.user(alice)
    assert user is not None
    assert user.active_game == game


async def test_a_game_of_unknown_users_is_not_made_at_all(storage: SqliteStorage) -> None:
    (alice,) = await people(storage, "alice")
    await storage.enqueue(alice, START_MS)
    with pytest.raises(Exception, match="FOREIGN KEY"):
        await storage.create_game(b"{}", [alice, 999], START_MS)
    assert await storage.games(newest=9) == []
    assert len(await storage.queue_places()) == 1
    assert storage.health.ok


async def test_the_log_keeps_every_field_in_order(storage: SqliteStorage) -> None:
    (alice,) = await people(storage, "alice")
    game = await storage.create_game(b"{}", [alice], START_MS)
    entries = [entry(seq, START_MS + seq, START_MS + 50 * seq, bytes([seq, 0, 255])) for seq in (1, 2, 3)]
    await storage.append_log(game, entries[:1])
    await storage.append_log(game, entries[1:], left=[alice])
    assert await storage.game_log(game) == entries
    user = await storage.user(alice)
    assert user is not None
    assert user.active_game is None


async def test_a_number_is_logged_once_and_the_rest_of_the_batch_stands(storage: SqliteStorage) -> None:
    alice, bob = await people(storage, "alice", "bob")
    one = await storage.create_game(b"{}", [alice], START_MS)
    other = await storage.create_game(b"{}", [bob], START_MS)
    outcomes = await asyncio.gather(
        storage.append_log(one, [entry(1)]),
        storage.append_log(one, [entry(1, payload=b"again")]),
        storage.append_log(other, [entry(1)]),
        storage.append_log(one, [entry(2), entry(1)]),
        storage.append_log(999, [entry(1)]),
        return_exceptions=True,
    )
    assert [type(each) for each in outcomes] == [type(None), ValueError, type(None), ValueError, ValueError]
    assert await storage.game_log(one) == [entry(1)]
    assert await storage.game_log(other) == [entry(1)]


async def test_the_end_of_a_game_moves_points_counts_and_ratings_once(storage: SqliteStorage) -> None:
    alice, bob = await people(storage, "alice", "bob")
    game = await storage.create_game(b"{}", [alice, bob], START_MS)
    results = [PlayerResult(alice, 0, 1, 2100, 2100), PlayerResult(bob, 1, 2, 900, 0)]
    assert await finish(storage, game, results)
    assert not await finish(storage, game, results)
    winner, loser = await storage.user(alice), await storage.user(bob)
    assert winner is not None
    assert loser is not None
    assert (winner.points, winner.exp, winner.elo, winner.played, winner.won) == (2100, 2100, 999, 1, 1)
    assert (loser.points, loser.exp, loser.elo, loser.played, loser.won) == (0, 0, 998, 1, 0)
    assert winner.active_game is None
    stored = await storage.results(game)
    assert [(each.user, each.rank, each.elo_before, each.elo_after) for each in stored] == [
        (alice, 1, 1000, 999),
        (bob, 2, 1000, 998),
    ]
    ended = await storage.game(game)
    assert ended is not None
    assert (ended.status, ended.finished_ms, ended.final_money) == (GameStatus.FINISHED, START_MS + 9, {"a": 5})
    assert await storage.game_log(game) == [entry(1)]
    assert await storage.finished_games_of(alice) == [game]
    with pytest.raises(ValueError, match="is not running"):
        await storage.append_log(game, [entry(2)])


async def test_ratings_go_on_from_the_last_game(storage: SqliteStorage) -> None:
    alice, bob = await people(storage, "alice", "bob")
    results = [PlayerResult(alice, 0, 1, 1, 1), PlayerResult(bob, 1, 2, 0, 0)]
    for _ in range(3):
        await finish(storage, await storage.create_game(b"{}", [alice, bob], START_MS), results)
    users = {user.pk: user.elo for user in await storage.users()}
    assert users == {alice: 997, bob: 994}


async def test_games_with_each_other_are_counted_a_day_and_survive_a_restart(path: Path, clock: FakeClock) -> None:
    seen: list[list[tuple[int, ...]]] = []

    def noting(results: Sequence[PlayerResult], before: Sequence[Before]) -> list[Reward]:
        seen.append([each.met for each in before])
        return [Reward(0, each.rating) for each in before]

    async def play(storage: SqliteStorage, users: Sequence[int], day: int) -> None:
        game = await storage.create_game(b"{}", users, START_MS)
        results = [PlayerResult(user, seat, 1, 0, 0) for seat, user in enumerate(users)]
        now_ms = day * 86_400_000
        await storage.finish_game(game, [], now_ms, results=results, final_money={}, summary=b"", reward=noting)

    storage = await open_storage(path, serving=True, clock=clock)
    alice, bob, carol = await people(storage, "alice", "bob", "carol")
    await play(storage, [alice, bob], 7)
    await play(storage, [bob, carol, alice], 7)
    await storage.close()
    storage = await open_storage(path, serving=True, clock=clock)
    await play(storage, [alice, bob, carol], 7)
    await play(storage, [carol, bob], 8)
    await play(storage, [alice, bob], 7)
    await storage.close()
    assert seen == [[(0,), (0,)], [(0, 1), (0, 0), (1, 0)], [(2, 1), (2, 1), (1, 1)], [(0,), (0,)], [(3,), (3,)]]


async def test_an_end_that_fails_half_way_changes_nothing(storage: SqliteStorage) -> None:
    alice, bob = await people(storage, "alice", "bob")
    game = await storage.create_game(b"{}", [alice, bob], START_MS)
    with pytest.raises(Exception, match="FOREIGN KEY"):
        await finish(storage, game, [PlayerResult(alice, 0, 1, 5, 5), PlayerResult(999, 1, 2, 0, 0)])
    user = await storage.user(alice)
    assert user is not None
    assert (user.points, user.played, user.active_game) == (0, 0, game)
    assert await storage.game_log(game) == []


async def test_an_aborted_game_counts_for_nobody(storage: SqliteStorage) -> None:
    (alice,) = await people(storage, "alice")
    game = await storage.create_game(b"{}", [alice], START_MS)
    await storage.abort_game(game, START_MS + 1, "its log cannot be read")
    await storage.abort_game(game, START_MS + 2, "again")
    stored, user = await storage.game(game), await storage.user(alice)
    assert stored is not None
    assert user is not None
    assert (stored.status, stored.summary) == (GameStatus.ABORTED, b'{"aborted":"its log cannot be read"}')
    assert (user.played, user.active_game) == (0, None)
    assert await unfinished_games(storage) == []


async def test_games_are_listed_newest_first(storage: SqliteStorage) -> None:
    (alice,) = await people(storage, "alice")
    made = [await storage.create_game(b"{}", [alice], START_MS) for _ in range(3)]
    assert [game.id for game in await storage.games(newest=2)] == [made[2], made[1]]


async def test_unfinished_games_come_back_whole_after_a_restart(path: Path, clock: FakeClock) -> None:
    storage = await open_storage(path, serving=True, clock=clock)
    alice, bob = await people(storage, "alice", "bob")
    games = [await storage.create_game(b"%d" % n, [alice, bob], START_MS) for n in range(3)]
    for game in games:
        await storage.append_log(game, [entry(seq, payload=b"%d" % game) for seq in range(1, 6)])
    await storage.abort_game(games[1], START_MS, "x")
    await storage.close()
    storage = await open_storage(path, serving=True, clock=clock)
    restored = await unfinished_games(storage)
    await storage.close()
    assert [each.game.id for each in restored] == [games[0], games[2]]
    assert [each.game.settings for each in restored] == [b"0", b"2"]
    assert all([e.seq for e in each.log] == [1, 2, 3, 4, 5] for each in restored)
    assert restored[1].log[4].payload == b"%d" % games[2]


async def test_deadlines_are_those_of_the_last_action_or_of_the_start(storage: SqliteStorage) -> None:
    (alice,) = await people(storage, "alice")
    played = await storage.create_game(b"{}", [alice], START_MS, deadline_ms=50_000)
    fresh = await storage.create_game(b"{}", [alice], START_MS, deadline_ms=59_000)
    timeless = await storage.create_game(b"{}", [alice], START_MS, deadline_ms=None)
    await storage.append_log(played, [entry(1, START_MS + 4_000, 54_000)])
    deadlines = {each.game.id: each.deadline_ms for each in await unfinished_games(storage)}
    assert deadlines == {played: 54_000, fresh: 59_000, timeless: None}


async def test_a_heartbeat_writes_nothing_while_no_game_runs(storage: SqliteStorage) -> None:
    (alice,) = await people(storage, "alice")
    connection = storage._writer._db.conn
    before = connection.total_changes
    await storage.heartbeat(1_000)
    assert connection.total_changes == before
    await storage.create_game(b"{}", [alice], START_MS, game_ms=1_500)
    before = connection.total_changes
    await storage.heartbeat(2_000)
    assert connection.total_changes == before + 1
    assert await storage.game_time() == 2_000


async def test_a_game_notes_the_game_time_in_which_it_began(storage: SqliteStorage) -> None:
    (alice,) = await people(storage, "alice")
    assert await storage.game_time() == 0
    await storage.create_game(b"{}", [alice], START_MS, game_ms=36_000_000)  # no heartbeat wrote before
    assert await storage.game_time() == 36_000_000


async def test_a_closed_storage_says_so(path: Path) -> None:
    storage = await open_storage(path, serving=True)
    await storage.close()
    with pytest.raises(StorageError, match="is closed"):
        await storage.users()
    with pytest.raises(StorageError, match="is closed"):
        await storage.enqueue(1, 1)


async def test_a_closed_database_is_one_file_that_can_be_copied(path: Path) -> None:
    storage = await open_storage(path, serving=False)
    await person(storage)
    assert await storage.users()
    await storage.close()
    assert [file.name for file in path.parent.glob(f"{path.name}*") if file.suffix != ".lock"] == [path.name]
