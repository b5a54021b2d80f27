"""Group commit: durable before anybody hears of it, many in one transaction, and failures that pass."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlite_utils import Database

from magnate.server.errors import StorageError
from magnate.server.storage import SqliteStorage, database, open_storage, writer
from magnate.server.storage.writer import Writer
from tests.server.support import START_MS, empty_the_disk, entry, fill_the_disk, unfinished_games

pytestmark = pytest.mark.anyio

BIG = b"x" * 200_000


async def a_game(storage: SqliteStorage) -> int:
    user = await storage.create_user("alice", "alice", "hash", START_MS)
    return await storage.create_game(b"{}", [user.pk], START_MS)


class Gate:
    """Holds the writer inside a transaction until it is opened."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.open = threading.Event()

    def __call__(self, db: Database) -> None:
        self.entered.set()
        assert self.open.wait(10)


async def test_what_waits_shares_one_commit(path: Path) -> None:
    batches: list[int] = []
    storage = await open_storage(path, serving=True, observe=lambda operations, seconds, ok: batches.append(operations))
    game = await a_game(storage)
    gate = Gate()
    held = asyncio.create_task(storage.write(gate))
    await asyncio.to_thread(gate.entered.wait, 10)
    waiting = [asyncio.create_task(storage.append_log(game, [entry(seq)])) for seq in range(1, 101)]
    await asyncio.sleep(0)
    gate.open.set()
    await asyncio.gather(held, *waiting)
    await storage.close()
    assert batches[-2:] == [1, 100]


async def test_commits_keep_their_distance(path: Path) -> None:
    storage = await open_storage(path, serving=True, commit_seconds=0.1)
    game = await a_game(storage)
    began = time.monotonic()
    for seq in (1, 2, 3):
        await storage.append_log(game, [entry(seq)])
    assert time.monotonic() - began >= 0.2
    await storage.close()


async def test_the_event_loop_goes_on_while_the_writer_writes(storage: SqliteStorage) -> None:
    gate = Gate()
    held = asyncio.create_task(storage.write(gate))
    await asyncio.to_thread(gate.entered.wait, 10)
    assert await storage.users() == []  # readers are not held up either
    assert not held.done()
    gate.open.set()
    await held


async def test_closing_commits_what_waits(path: Path) -> None:
    storage = await open_storage(path, serving=True)
    game = await a_game(storage)
    waiting = [asyncio.create_task(storage.append_log(game, [entry(seq)])) for seq in range(1, 501)]
    await asyncio.sleep(0)
    await storage.close()
    await asyncio.gather(*waiting)
    storage = await open_storage(path, serving=True)
    assert len(await storage.game_log(game)) == 500
    await storage.close()


async def test_a_cancelled_caller_disturbs_nobody(storage: SqliteStorage) -> None:
    game = await a_game(storage)
    gate = Gate()
    held = asyncio.create_task(storage.write(gate))
    await asyncio.to_thread(gate.entered.wait, 10)
    gone = asyncio.create_task(storage.append_log(game, [entry(1)]))
    stays = asyncio.create_task(storage.append_log(game, [entry(2)]))
    await asyncio.sleep(0)
    gone.cancel()
    gate.open.set()
    await asyncio.gather(held, stays)
    assert gone.cancelled()
    assert [each.seq for each in await storage.game_log(game)] == [1, 2]


async def test_a_full_disk_refuses_the_whole_batch_and_changes_nothing(storage: SqliteStorage) -> None:
    game = await a_game(storage)
    await fill_the_disk(storage)
    outcomes = await asyncio.gather(
        storage.append_log(game, [entry(1)]),
        storage.append_log(game, [entry(2, payload=BIG)]),
        return_exceptions=True,
    )
    assert isinstance(outcomes[1], StorageError)
    assert "full" in outcomes[1].reason
    assert not storage.health.ok
    assert "full" in storage.health.reason
    logged = {each.seq for each in await storage.game_log(game)}
    assert logged == {seq for seq, outcome in zip((1, 2), outcomes, strict=True) if outcome is None}


async def test_a_write_that_changes_nothing_does_not_hide_a_full_disk(storage: SqliteStorage) -> None:
    game = await a_game(storage)
    await fill_the_disk(storage)
    with pytest.raises(StorageError):
        await storage.append_log(game, [entry(1, payload=BIG)])
    await storage.dequeue(999)
    assert not storage.health.ok


async def test_writes_succeed_again_once_there_is_room(storage: SqliteStorage) -> None:
    game = await a_game(storage)
    await fill_the_disk(storage)
    with pytest.raises(StorageError):
        await storage.append_log(game, [entry(1, payload=BIG)])
    await empty_the_disk(storage)
    await storage.append_log(game, [entry(1, payload=BIG)])
    assert storage.health.ok
    assert len(await storage.game_log(game)) == 1


async def test_health_recovers_without_any_traffic(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    probed = watch_probes(monkeypatch)
    storage = await open_storage(path, serving=True)
    other_program = sqlite3.connect(path)
    other_program.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="locked"):
        await storage.heartbeat(START_MS)
    assert await asyncio.to_thread(probed.acquire, timeout=10)
    assert not storage.health.ok
    other_program.rollback()
    other_program.close()
    while not is_well(storage):
        assert await asyncio.to_thread(probed.acquire, timeout=10)
    await storage.close()


async def test_health_stays_bad_for_as_long_as_the_disk_is_full(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    probed = watch_probes(monkeypatch)
    storage = await open_storage(path, serving=True)
    game = await a_game(storage)
    await fill_the_disk(storage)
    with pytest.raises(StorageError):
        await storage.append_log(game, [entry(1, payload=BIG)])
    for _ in range(3):
        assert await asyncio.to_thread(probed.acquire, timeout=10)
        assert not storage.health.ok
    await storage.close()


def is_well(storage: SqliteStorage) -> bool:
    return storage.health.ok


def watch_probes(monkeypatch: pytest.MonkeyPatch) -> threading.Semaphore:
    """Make the writer probe often; the semaphore counts how often it has."""
    probed = threading.Semaphore(0)
    probe = Writer._probe

    def counted(self: Writer) -> None:
        probe(self)
        probed.release()

    monkeypatch.setattr(writer, "PROBE_SECONDS", 0.01)
    monkeypatch.setattr(Writer, "_probe", counted)
    return probed


async def test_a_read_only_database_refuses_and_recovers(storage: SqliteStorage) -> None:
    game = await a_game(storage)
    connection = storage._writer._db.conn  # used from here only while the writer rests
    connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageError, match="readonly"):
        await storage.append_log(game, [entry(1)])
    assert not storage.health.ok
    connection.execute("PRAGMA query_only = OFF")
    await storage.append_log(game, [entry(1)])
    assert storage.health.ok


async def test_a_mistake_in_one_operation_is_its_own_problem(storage: SqliteStorage) -> None:
    def broken(db: Database) -> None:
        db.execute("INSERT INTO queue_places (user, joined_ms) VALUES (1, 1)")
        raise ZeroDivisionError

    user = await storage.create_user("alice", "alice", "hash", START_MS)
    outcomes = await asyncio.gather(storage.write(broken), storage.grant_points(user.pk, 5), return_exceptions=True)
    assert isinstance(outcomes[0], ZeroDivisionError)
    assert outcomes[1] == 5
    assert storage.health.ok
    assert await storage.queue_places() == []


async def test_an_error_of_ours_ends_neither_the_writer_nor_the_wait_for_it(path: Path) -> None:
    fine = [True]

    def observe(operations: int, seconds: float, ok: bool) -> None:
        if not fine[0]:
            raise LookupError("an error of ours")

    storage = await open_storage(path, serving=True, observe=observe)
    fine[0] = False
    with pytest.raises(StorageError, match="an error of ours"):
        await storage.create_user("alice", "alice", "hash", START_MS)
    fine[0] = True
    await storage.create_user("bob", "bob", "hash", START_MS)
    await storage.close()


WRITE_UNTIL_KILLED = """
import asyncio, sys
from pathlib import Path
from magnate.server.storage import open_storage
from tests.server.support import START_MS, entry

async def play(storage, game):
    for seq in range(1, 1_000_000):
        await storage.append_log(game, [entry(seq)])
        sys.stdout.write(f"{game} {seq}\\n")
        sys.stdout.flush()

async def main():
    storage = await open_storage(Path(sys.argv[1]), serving=True)
    user = await storage.create_user("alice", "alice", "hash", START_MS)
    games = [await storage.create_game(b"{}", [user.pk], START_MS) for _ in range(8)]
    await asyncio.gather(*(play(storage, game) for game in games))

asyncio.run(main())
"""


@pytest.mark.parametrize("acknowledged", [1, 57, 400])
async def test_after_kill_9_every_acknowledged_action_is_there(path: Path, acknowledged: int) -> None:
    root = Path(__file__).parents[3]
    server = subprocess.Popen(
        [sys.executable, "-c", WRITE_UNTIL_KILLED, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert server.stdout is not None
    lines = [server.stdout.readline() for _ in range(acknowledged)]
    server.send_signal(signal.SIGKILL)
    lines += server.stdout.readlines()
    server.stdout.close()
    server.wait()
    heard: dict[int, int] = {}
    for line in lines:
        if line.endswith("\n"):
            game, seq = map(int, line.split())
            heard[game] = max(seq, heard.get(game, 0))
    storage = await open_storage(path, serving=True)
    restored = {each.game.id: [e.seq for e in each.log] for each in await unfinished_games(storage)}
    await storage.close()
    assert len(restored) == 8
    for game, log in restored.items():
        assert log == list(range(1, len(log) + 1)), "a log without gaps"
        assert len(log) >= heard.get(game, 0)
