"""Whole games of scripted clients over sockets, frame by frame as the engine plays them, through kills too."""

import asyncio
import contextlib
import os
import random
import sqlite3
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from magnate.engine.phases import END_GAME
from magnate.engine.record import read_record, replay
from magnate.engine.rules.ending import net_worth
from tests.server.wire.conftest import Start
from tests.server.wire.process import Server, bot_game, decoded, matched, new_user, new_users
from tests.server.wire.table import Player, Table, expected_frames, stored, undated

pytestmark = pytest.mark.anyio

KILLS = int(os.environ.get("KILLS", "4"))
"""How often the server is killed; 200 in a full run."""


async def check_frames(server: Server, table: Table) -> None:
    """Hold everything that every client was told against the engine."""
    game, log = await stored(server.database, table.game)
    for player in table.players:
        first = decoded(player.told[0])["game_state"]
        frames, _ = expected_frames(
            game, log, player.follower.seating, player.seat, first=first["seq"], deadline=first["deadline"]
        )
        assert list(map(undated, player.told)) == frames


@pytest.mark.parametrize("seed", range(3))
async def test_every_frame_of_a_game_of_four_is_what_the_engine_says(start: Start, seed: int) -> None:
    server = start(PUBLIC_PLAYERS=4, MAX_ROUNDS=4)
    users = await new_users(server, 4)
    async with Table(await matched(users), seed) as table:
        await table.sit([*users, users[0]])  # the first with two sockets
        await table.play()
        await check_frames(server, table)
        await check_end(server, table)


async def check_end(server: Server, table: Table) -> None:
    """Hold what REST says of the end against the engine."""
    game, log = await stored(server.database, table.game)
    seating = table.players[0].follower.seating
    _, state = expected_frames(game, log, seating, 0)
    assert state.phase is END_GAME
    users = {player.user.pk: player.user for player in table.players}.values()
    for user in users:
        seat = seating.seat_of[user.pk]
        worth = net_worth(state, seat)
        profile = await user.get("/user/info/")
        assert profile["active_game"] is None
        assert profile["points"] == profile["exp"] == max(worth, 0)
        assert profile["num_played_games"] == 1
        assert profile["num_won_games"] == (1 if seat in state.winners else 0)
        assert profile["elo"] != 1000 or len(state.winners) > 1
        assert await user.get("/user/games-played/") == {"games": [table.game]}
        summary = await user.get(f"/game/summary/{table.game}/")
        assert summary["final_money"] == {name: net_worth(state, place) for place, name in enumerate(seating.names)}
        record = read_record((await user.get(f"/game/record/{table.game}/"))["lines"])
        assert record.header.names == seating.names
        assert record.result is not None
        assert [step.after for step in replay(record)][-1] == state
        async with user.playing(table.game) as (socket, shown):
            assert shown["finished"] is True
            assert shown["bonuses"] is not None
            told = await socket.ask({"type": "RollDice"})
            assert (told["event_type"], told["code"]) == ("error", "game_over")


async def test_a_client_that_compresses_is_told_the_same(start: Start) -> None:
    server = start(COMPRESSION="true")
    users = await new_users(server, 2)
    async with Table(await matched(users), 1) as table:
        await table.sit(users[:1], compression="deflate")
        await table.sit(users[1:])
        assert [len(player.socket.connection.protocol.extensions) for player in table.players] == [1, 0]
        await table.play(30)
        await check_frames(server, table)


async def test_a_game_against_bots_is_what_the_engine_says(start: Start) -> None:
    server = start(MAX_ROUNDS=6)
    user = await new_user(server)
    async with Table(await bot_game(user, "easy", 4), 1) as table:
        await table.sit([user])
        (player,) = table.players
        chance = random.Random(1)
        while not table.over:
            await (player.act(chance) if player.must_act else player.read())
        told = [decoded(text)["data"] for text in player.told if '"game_action"' in text[:30]]
        acted = Counter(data["player"] for data in told)
        assert len(acted) == 4, "bots act by game_action, with their own ids"
        await check_frames(server, table)
        await check_end(server, table)


async def test_after_a_kill_every_acknowledged_action_is_there_and_the_game_goes_on(start: Start) -> None:
    """Kills the server at random moments of random games, often with an action on its way."""
    server = start(PUBLIC_PLAYERS=3)
    users = await new_users(server, 3)
    chance = random.Random(7)
    table = Table(await matched(users), 7)
    for _ in range(KILLS):
        await table.sit(users)
        await table.play(chance.randrange(25))
        if table.over:
            await table.leave()
            table = Table(await matched(users), chance.randrange(1_000_000))
            await table.sit(users)
        known, seating = table.seq, table.players[0].follower.seating
        before = [list(player.told) for player in table.players]
        if chance.random() < 0.7:
            await table.send_one()
            await asyncio.sleep(chance.random() * 0.008)  # a random moment of storing and telling
        server.kill()
        await asyncio.gather(*(_hear_out(player) for player in table.players))
        heard = table.seq
        players = list(table.players)
        await table.leave()
        server.start()
        game, log = await stored(server.database, table.game)
        assert [entry.seq for entry in log] == list(range(1, len(log) + 1))
        assert known <= heard <= len(log) <= known + 1
        for player, earlier in zip(players, before, strict=True):
            first = decoded(player.told[0])["game_state"]
            frames, _ = expected_frames(game, log, seating, player.seat, first=first["seq"], deadline=first["deadline"])
            assert list(map(undated, player.told)) == frames[: len(player.told)]
            assert player.told[: len(earlier)] == earlier
    await table.sit(users)
    await table.play(20)
    await check_frames(server, table)
    await table.leave()


async def _hear_out(player: Player) -> None:
    """Read what was still sent before the connection broke."""
    with contextlib.suppress(ConnectionClosed):
        while True:
            await player.read()


def put_back(database: Path, hours: int) -> None:
    """Make all that a server that is down has stored as old as if it had been down for so long."""
    by = hours * 3_600_000
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("UPDATE game_time SET now_ms = now_ms - ?", (by,))
        db.execute("UPDATE games SET created_ms = created_ms - ?, first_deadline_ms = first_deadline_ms - ?", (by, by))
        db.execute("UPDATE game_log SET clock_ms = clock_ms - ?, deadline_ms = deadline_ms - ?", (by, by))


async def test_the_time_that_the_server_was_down_counts_against_nobody(start: Start) -> None:
    server = start(TURN_SECONDS=30)
    users = await new_users(server, 2)
    async with Table(await matched(users), 1) as table:
        await table.sit(users)
        await table.play(3)
        deadline = table.players[0].follower.deadline
        assert deadline is not None
        left = deadline - time.time() * 1000
        server.kill()
        await table.leave()
        put_back(server.database, hours=1)
        began = time.time()
        server.start()
        up = time.time()
        await table.sit(users)
        again = table.players[0].follower.deadline
        assert again is not None
        # The server is alive to itself until its last heartbeat, at most a second before the kill.
        assert again - began * 1000 >= left
        assert again - up * 1000 <= left + 1_500


async def test_a_server_that_stops_closes_games_with_1001_and_loses_nothing(start: Start) -> None:
    server = start()
    users = await new_users(server, 2)
    async with Table(await matched(users), 1) as table:
        await table.sit(users)
        await table.play(10)
        assert await server.stop_in_order() == 0
        assert [await player.socket.code() for player in table.players] == [1001, 1001]
        seq = table.seq
        await table.leave()
        server.start()
        await table.sit(users)
        assert table.seq == seq
        await table.play(5)
        await check_frames(server, table)
        await table.leave()
