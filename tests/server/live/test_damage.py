"""Damage to one game stays its own: it is put aside and named, the others go on, and `magnate db check` lists all."""

import asyncio
import random
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database
from structlog.testing import capture_logs

from magnate.engine.actions import THROW_DICES
from magnate.engine.game import legal_actions
from magnate.protocol.codec import encode
from magnate.protocol.translate import to_command
from magnate.server.checking import check
from magnate.server.errors import DamagedDatabase, NotReplayable, StorageError
from magnate.server.live.journal import Step, encode_step
from magnate.server.live.timeouts import waited_for
from magnate.server.past_games import game_record
from magnate.server.storage import SqliteStorage, database, open_storage
from magnate.server.storage.migrations import APPLICATION_ID, MIGRATIONS
from magnate.server.storage.records import GameStatus
from magnate.server.storage.salvage import unreadable_games
from tests.server.live.test_games import Server, played_to_the_end
from tests.server.support import START_MS, FakeClock, entry

pytestmark = pytest.mark.anyio

PAGE = 4096
ROW = 900
"""Length of each action in bytes, so that a page holds about one game."""


DAMAGES = {
    "zeroes": bytes(PAGE),
    "noise": random.Random(1).randbytes(PAGE),
    "pointers": b"\xff" * 12,
    "pointers to the head": bytes(12),  # which reads like a row, so that nothing but a check of the page finds it
}
"""What a page is overwritten with: all of it, or its pointers."""


def marker(game: int) -> bytes:
    """Return what fills an action of a game up: white space, so that it stays good JSON, of a length of its own."""
    return (b" " * game + b"\t") * (ROW // (game + 1))


def pad(db: Database) -> None:
    rows = db.execute("SELECT game, seq, payload FROM game_log").fetchall()
    db.conn.executemany(
        "UPDATE game_log SET payload = ? WHERE game = ? AND seq = ?",
        [((payload + marker(game))[:ROW], game, seq) for game, seq, payload in rows],
    )


async def play_some(server: Server, game: int, actions: int) -> None:
    """Let the people of a game act."""
    users = (await server.host(game, 1)).seating.users
    seats = [await server.sit(game, user) for user in users]
    host, _ = seats[0]
    for _ in range(actions):
        before, seat = host.seq, waited_for(host.state)[0]
        peer = seats[seat][1]
        host.receive(peer, encode(to_command(legal_actions(host.state, seat)[0], host.seating)).decode())
        await peer.until(lambda _, before=before: host.seq > before)  # type: ignore[misc]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a finished game (1) and six running ones (2 to 7) of the same three people."""
    path = tmp_path_factory.mktemp("whole") / "magnate.sqlite3"

    async def play() -> None:
        server = Server(path, FakeClock())
        await server.start()
        users = await server.users("alice", "bob", "carol")
        await played_to_the_end(server, await server.games.create(users[:2]), users[0])
        for _ in range(6):
            await play_some(server, await server.games.create(users), 4)
        await server.storage.write(pad)
        await server.stop()

    asyncio.run(play())
    with database.opened(path, write=True) as db:
        db.vacuum()  # pages that are free still hold what was on them
    return path


@pytest.fixture
def stopped(whole: Path, path: Path, clock: FakeClock) -> Server:
    """A server that is not running, on a copy of that database."""
    shutil.copy(whole, path)
    clock.advance(minutes=60)
    return Server(path, clock)


def log_pages(path: Path) -> dict[int, set[int]]:
    """Return where the leaves of the log are in the file, in pages, and of which games they hold actions."""
    data = path.read_bytes()
    pages = {}
    for number in range(len(data) // PAGE):
        page = data[number * PAGE : (number + 1) * PAGE]
        if page[0] != 0x0A:
            continue
        # Between the rows there may be others that have moved to another page.
        starts = [int.from_bytes(page[8 + 2 * row : 10 + 2 * row]) for row in range(int.from_bytes(page[3:5]))]
        rows = [page[start : start + ROW] for start in starts]
        games = {game for game in range(1, 8) for row in rows if b"\t" + b" " * game + b"\t" in row}
        if games:
            pages[number] = games
    return pages


def damage(path: Path, page: int, kind: str) -> None:
    with path.open("r+b") as file:
        file.seek(page * PAGE + (8 if kind.startswith("pointers") else 0))
        file.write(DAMAGES[kind])


@pytest.mark.parametrize("kind", DAMAGES)
@pytest.mark.parametrize("game", [1, 4, 7])
async def test_a_damaged_page_takes_its_own_games_and_the_server_serves_the_rest(
    stopped: Server, path: Path, kind: str, game: int
) -> None:
    server = stopped
    page, games = next((page, games) for page, games in log_pages(path).items() if game in games)
    damage(path, page, kind)
    problems = check(path)
    lost = {int(problem.split()[1].rstrip(":")) for problem in problems if problem.startswith("game ")}
    # Where a page ends, nobody can tell whether the game before it went on there.
    assert games <= lost <= games | {min(games) - 1, max(games) + 1}
    assert any(problem.startswith("table game_log: ") for problem in problems)
    running = {2, 3, 4, 5, 6, 7} - lost
    assert len(running) >= 3
    with capture_logs() as logs:
        assert await server.start() == len(running)
    assert {line["game"] for line in logs if line["event"] == "a game cannot be restored"} == lost - {1}
    assert f"magnate_games_set_aside_total {float(len(lost - {1}))}" in server.metrics.exposition().decode()
    alice, bob, carol = (user.pk for user in await server.storage.users())
    for number in lost - {1}:
        stored = await server.storage.game(number)
        assert stored is not None
        assert stored.status is GameStatus.ABORTED
        assert b"malformed" in stored.summary
        assert await server.games.host_for(number, alice) is None
    user = await server.storage.user(alice)
    assert user is not None
    assert user.active_game == max(running)
    new = await server.games.create((alice, bob, carol))
    for number in (*running, new):
        await play_some(server, number, 1)
    assert server.storage.health.ok
    await server.stop()
    assert await server.start() == len(running) + 1
    await server.stop()


@pytest.mark.parametrize("kind", DAMAGES)
async def test_a_damaged_page_is_found_each_time_that_it_is_read_or_written(
    stopped: Server, path: Path, kind: str
) -> None:
    damage(path, next(page for page, games in log_pages(path).items() if 7 in games), kind)
    storage = await open_storage(path, serving=False)
    for _ in range(3):
        for _ in range(4):  # more than there are readers
            with pytest.raises(DamagedDatabase):
                await storage.game_log(7)
        with pytest.raises(DamagedDatabase):
            await storage.write(lambda db: db.execute("UPDATE game_log SET seat = 0 WHERE game = 7"))
    assert 7 in await storage.read(unreadable_games)
    await storage.close()


NONSENSE = [
    b"",
    b"{",
    b"\xff\xfe",
    b"{}",
    b'{"action": {"type": "Fly"}}',
    b'{"action": {"type": "Bid", "amount": 5}}',
    encode_step(Step(THROW_DICES, ())),
    encode_step(Step(THROW_DICES, (("dice", [9, 9, 9]),))),
    encode_step(Step(THROW_DICES, (("order", [1]),))),
]


@pytest.mark.parametrize("payload", NONSENSE)
async def test_a_damaged_action_is_found_by_the_check_and_takes_its_own_game_only(
    stopped: Server, path: Path, payload: bytes
) -> None:
    assert check(path) == []
    with database.opened(path, write=True) as db:
        for game in (3, 5):
            db.execute("UPDATE game_log SET payload = ? WHERE game = ? AND seq = 2", (payload, game))
    problems = check(path)
    assert [problem[:17] for problem in problems] == ["game 3: action 2 ", "game 5: action 2 "]
    with capture_logs() as logs:
        assert await stopped.start() == 4
    assert [line["game"] for line in logs if line["event"] == "a game cannot be restored"] == [3, 5]
    await stopped.stop()


async def test_the_check_lists_every_damaged_action_missing_ones_settings_and_ends(stopped: Server, path: Path) -> None:
    with database.opened(path, write=True) as db:
        db.execute("UPDATE game_log SET payload = x'00' WHERE game = 2 AND seq IN (1, 3)")
        db.execute("DELETE FROM game_log WHERE game = 3 AND seq = 2")
        db.execute("UPDATE games SET settings = x'00' WHERE id = 4")
        db.execute("UPDATE games SET settings = ? WHERE id = 5", (b'{"order":[0,0,9],"max_rounds":30}',))
        db.execute("UPDATE games SET status = 'finished', finished_ms = 1 WHERE id = 6")
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("INSERT INTO queue_places (user, joined_ms) VALUES (99, 1)")
    problems = check(path)
    assert [problem.partition(" is damaged (")[0] for problem in problems] == [
        "row 1 of queue_places refers to a row of users that is not there",
        "game 2: action 1 of its log",
        "game 2: action 3 of its log",
        "game 3: action 2 of its log is missing",
        "game 4: its settings are damaged (JSON is malformed: invalid character (byte 0))",
        problems[5],
        "game 6: it is stored as finished, but its log goes on",
    ]
    assert problems[5].startswith("game 5: its settings are damaged")


async def test_a_finished_game_on_a_damaged_page_is_shown_to_nobody_and_disturbs_nobody(
    stopped: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stopped.start()

    async def damaged(game: int) -> None:
        raise DamagedDatabase(stopped.path, "database disk image is malformed")

    monkeypatch.setattr(stopped.storage, "game_log", damaged)
    assert await stopped.games.host_for(1, 1) is None
    with pytest.raises(NotReplayable, match="damaged page"):
        await game_record(stopped.storage, 1)
    await stopped.stop()


async def test_damage_that_comes_up_while_a_game_runs_sets_that_game_aside(
    stopped: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = stopped
    await server.start()
    append = server.storage.append_log

    async def damaged(game: int, *args: Any, **more: Any) -> None:
        if game == 3:
            raise DamagedDatabase(server.path, "database disk image is malformed")
        await append(game, *args, **more)

    monkeypatch.setattr(server.storage, "append_log", damaged)
    _, peer = await server.sit(3, 1)
    server.clock.advance(seconds=60)
    peers = {game: await server.sit(game, 1) for game in (2, 4)}
    server.games.ring()
    await peer.until(lambda peer: peer.code is not None)
    for other, watcher in peers.values():
        await watcher.until(lambda peer: len(peer.frames) >= 3)
        assert other.seq == 5
    assert peer.code == 4003
    assert await server.games.host_for(3, 1) is None
    stored = await server.storage.game(3)
    assert stored is not None
    assert stored.status is GameStatus.ABORTED
    assert server.metrics.games == 5
    assert server.storage.health.ok
    await server.stop()


async def test_what_meets_a_damaged_page_fails_alone(storage: SqliteStorage) -> None:
    user = await storage.create_user("alice", "alice", "hash", START_MS)
    game = await storage.create_game(b"{}", [user.pk], START_MS)

    def damaged(db: Database) -> None:
        db.execute("INSERT INTO queue_places (user, joined_ms) VALUES (1, 1)")
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    outcomes = await asyncio.gather(
        storage.append_log(game, [entry(1)]),
        storage.write(damaged),
        storage.append_log(game, [entry(2)]),
        storage.write(damaged, single=True),
        storage.append_log(game, [entry(3)]),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [type(None), DamagedDatabase] * 2 + [type(None)]
    assert [each.seq for each in await storage.game_log(game)] == [1, 2, 3]
    assert await storage.queue_places() == []
    assert storage.health.ok


def test_the_check_finds_nothing_in_a_sound_database_and_says_when_the_schema_is_old(path: Path) -> None:
    MIGRATIONS.apply(old := Database(path), stop_before="m003_games")
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.close()
    assert f"{len(database.pending_steps(path))} steps to go" in check(path)[0]
    database.prepare(path)
    assert check(path) == []


def test_the_check_needs_a_database(path: Path) -> None:
    with pytest.raises(StorageError, match="does not exist"):
        check(path)
    assert not path.exists()
