"""A database that somebody writes over or cuts off under a running server is noticed, and nothing is acknowledged."""

import asyncio
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from sqlite_utils import Database
from structlog.testing import capture_logs

from magnate.server.errors import StorageError
from magnate.server.storage import database, open_storage
from tests.server.live.test_damage import PAGE
from tests.server.storage.test_writer import is_well, watch_probes
from tests.server.support import START_MS
from tests.server.wire.process import PATIENCE_SECONDS, Server

pytestmark = pytest.mark.anyio


def cut_off(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // PAGE // 2 * PAGE)


def cut_off_in_a_page(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 100)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def zeros(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def no_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\xff" * 100)


def text(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"Dear diary, ")


def back_up(path: Path) -> None:
    shutil.copyfile(path.with_name("back-up"), path)


def older_self(path: Path) -> None:
    shutil.copyfile(path.with_name("older"), path)


KINDS = [cut_off, cut_off_in_a_page, emptied, zeros, no_header, text, back_up, older_self]


@pytest.fixture
async def long_lived(path: Path) -> Path:
    """A database that has had a server before, with a copy of its file and a back-up beside it."""
    storage = await open_storage(path, serving=True)
    for number in range(50):
        await storage.create_user(f"user{number}", f"user{number}", "hash" * PAGE, START_MS)
    await storage.close()
    shutil.copyfile(path, path.with_name("older"))
    database.backup(path, path.with_name("back-up"))
    return path


@pytest.mark.parametrize("kind", KINDS)
async def test_nothing_is_acknowledged_once_the_database_is_written_over(
    long_lived: Path, kind: Callable[[Path], None]
) -> None:
    storage = await open_storage(long_lived, serving=True)
    await storage.create_user("alice", "alice", "hash", START_MS)
    kind(long_lived)
    left = long_lived.read_bytes()
    with capture_logs() as logs:
        for _ in range(2):
            with pytest.raises(StorageError, match="was written over or cut off"):
                await storage.create_user("bob", "bob", "hash", START_MS)
            with pytest.raises(StorageError, match="was written over or cut off"):
                await storage.users()
        assert not storage.health.ok
        await storage.close()
    assert [line["event"] for line in logs] == ["storage fails"]
    assert long_lived.read_bytes() == left, "what somebody put there must stay as it is"


async def test_what_changes_the_file_in_order_is_no_damage(long_lived: Path) -> None:
    """A command beside the server, a back-up, folding the log, and vacuuming, which makes the file shorter."""
    storage = await open_storage(long_lived, serving=True)
    beside = await open_storage(long_lived, serving=False)
    database.backup(long_lived, long_lived.with_name("another"))
    await storage.write(lambda db: db.execute("DELETE FROM users"))
    length = long_lived.stat().st_size
    with database.opened(long_lived, write=True) as db:
        db.vacuum()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert long_lived.stat().st_size < length
    await beside.create_user("bob", "bob", "hash", START_MS)
    await storage.create_user("alice", "alice", "hash", START_MS)
    assert len(await storage.users()) == 2
    await beside.close()
    await storage.close()


async def test_a_log_that_another_program_keeps_from_being_folded_does_no_harm(long_lived: Path) -> None:
    """The number of a run then comes to the database later than the run begins."""
    with database.opened(long_lived, write=True) as viewer:
        viewer.enable_wal()
        viewer.execute("CREATE TABLE theirs (x)")  # something for the log
        viewer.execute("BEGIN")
        viewer.execute("SELECT * FROM users").fetchone()
        storage = await open_storage(long_lived, serving=True)
        await storage.create_user("alice", "alice", "hash", START_MS)
        viewer.execute("COMMIT")
        viewer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        await storage.create_user("bob", "bob", "hash", START_MS)
    assert len(await storage.users()) == 52
    await storage.close()


def root_of(db: Database, table: str) -> int:
    return int(db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0])


async def test_a_table_that_cannot_be_read_fails_storage_until_it_can(
    long_lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    probed = watch_probes(monkeypatch)
    storage = await open_storage(long_lived, serving=True)
    await storage.write(lambda db: db.execute("PRAGMA shrink_memory"))
    root = await storage.read(lambda db: root_of(db, "items_owned"))
    with long_lived.open("r+b") as file:
        file.seek((root - 1) * PAGE)
        sound = file.read(PAGE)
        file.seek((root - 1) * PAGE)
        file.write(bytes(PAGE))
        file.flush()
        with pytest.raises(StorageError, match="malformed"):
            await storage.read(lambda db: db.execute("SELECT * FROM items_owned").fetchall())
        await storage.create_user("alice", "alice", "hash", START_MS)  # one page is no reason to stop
        assert await asyncio.to_thread(probed.acquire, timeout=10)
        await storage.create_user("bob", "bob", "hash", START_MS)
        assert not storage.health.ok
        assert "table items_owned cannot be read" in storage.health.reason
        file.seek((root - 1) * PAGE)
        file.write(sound)
    while not is_well(storage):
        assert await asyncio.to_thread(probed.acquire, timeout=10)
    assert await storage.owned_items(1) == frozenset()
    await storage.close()


@pytest.fixture
def server(path: Path) -> Iterator[Server]:
    server = Server(path)
    server.start()
    yield server
    server.close()


@pytest.mark.parametrize("kind", [cut_off, zeros, no_header])
def test_healthz_of_a_server_tells_within_its_heartbeat(
    server: Server, path: Path, kind: Callable[[Path], None]
) -> None:
    with httpx.Client(base_url=server.url, verify=False, timeout=PATIENCE_SECONDS) as rest:
        assert rest.get("/healthz").status_code == 200
        kind(path)
        begin = time.monotonic()
        while (health := rest.get("/healthz")).status_code == 200:
            assert time.monotonic() < begin + PATIENCE_SECONDS
        assert health.json()["status"] == "storage fails"
        assert "was written over or cut off" in health.json()["reason"]
        body = {"username": "alice", "password": "correct horse 9", "password2": "correct horse 9"}
        assert rest.post("/auth/register/", json=body).status_code == 503
