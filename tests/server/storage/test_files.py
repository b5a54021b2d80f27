"""The files of an open database: one server holds them by whatever name, and their loss is noticed at once."""

import asyncio
import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from structlog.testing import capture_logs

from magnate.server.checking import check
from magnate.server.errors import DatabaseInUse, StorageError
from magnate.server.metrics import Metrics
from magnate.server.storage import SqliteStorage, database, open_storage
from tests import started
from tests.server.storage.test_writer import is_well, watch_probes
from tests.server.support import START_MS, Player
from tests.server.wire.process import PATIENCE_SECONDS

pytestmark = pytest.mark.anyio


def symlink(path: Path) -> Path:
    other = path.with_name("symlink.sqlite3")
    other.symlink_to(path)
    return other


def symlinked_folder(path: Path) -> Path:
    folder = path.parent / "folder"
    folder.symlink_to(path.parent, target_is_directory=True)
    return folder / path.name


def hard_link(path: Path) -> Path:
    other = path.parent / "elsewhere" / "hard.sqlite3"
    other.parent.mkdir()
    os.link(path, other)
    return other


def without_lock_file(path: Path) -> Path:
    path.with_name(path.name + ".lock").unlink()
    return path


@pytest.mark.parametrize("other_name", [symlink, symlinked_folder, hard_link, without_lock_file])
async def test_one_server_holds_a_database_by_whatever_name_it_is_opened(
    path: Path, other_name: Callable[[Path], Path]
) -> None:
    server = await open_storage(path, serving=True)
    other = other_name(path)
    with pytest.raises(DatabaseInUse, match="in use by a running server"):
        await open_storage(other, serving=True)
    with pytest.raises(DatabaseInUse), database.server_lock(other):
        pass
    await server.create_user("alice", "alice", "hash", START_MS)
    await server.close()
    again = await open_storage(other, serving=True)
    assert [user.username for user in await again.users()] == ["alice"]
    await again.close()


@pytest.mark.parametrize("other_name", [symlink, symlinked_folder, hard_link])
async def test_a_server_that_may_not_have_the_database_leaves_nothing_behind(
    path: Path, tmp_path: Path, other_name: Callable[[Path], Path]
) -> None:
    storage = await open_storage(path, serving=True)
    other = other_name(path)
    before = set(tmp_path.rglob("*"))
    with tempfile.TemporaryFile() as said:
        server = started.start("serve", "--port", "0", "--db", str(other), stderr=said)
        assert await asyncio.to_thread(server.wait, PATIENCE_SECONDS) == 2
        said.seek(0)
        assert b"in use by a running server" in said.read()
    # The lock of a hard link lies beside it; it is empty and never more.
    assert {file for file in set(tmp_path.rglob("*")) - before if file.suffix != ".lock"} == set()
    await storage.close()


async def test_where_files_cannot_be_locked_the_lock_beside_the_database_has_to_do(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(*_: object) -> None:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr("magnate.server.storage.files.fcntl", SimpleNamespace(flock=unsupported, LOCK_EX=2, LOCK_NB=4))
    with capture_logs() as logs:
        server = await open_storage(path, serving=True)
    assert [line["event"] for line in logs] == ["the database file cannot be locked"]
    with pytest.raises(DatabaseInUse):
        await open_storage(path, serving=True)
    await server.close()


async def test_commands_beside_a_running_server_go_on(path: Path) -> None:
    server = await open_storage(path, serving=True)
    beside = await open_storage(symlink(path), serving=False)
    await beside.create_user("alice", "alice", "hash", START_MS)
    assert [user.username for user in await beside.users()] == ["alice"]
    await beside.close()
    assert check(path) == []
    copy = database.backup(path, path.with_name("copy.sqlite3"))
    await server.create_user("bob", "bob", "hash", START_MS)
    await server.close()
    # A backup has no log of its own until a server takes it over.
    restored = await open_storage(copy, serving=True)
    assert restored._writer._db.journal_mode == "wal"
    await restored.close()


def remove(path: Path) -> None:
    path.unlink()


def replace(path: Path) -> None:
    copy = path.with_name("copy")
    shutil.copy(path, copy)
    os.replace(copy, path)


LOSSES = [(action, suffix) for action in (remove, replace) for suffix in ("", "-wal", "-shm")]


@pytest.mark.parametrize(("lose", "suffix"), LOSSES)
async def test_nothing_is_acknowledged_once_a_file_of_the_database_is_gone(
    storage: SqliteStorage, path: Path, lose: Callable[[Path], None], suffix: str
) -> None:
    await storage.create_user("alice", "alice", "hash", START_MS)
    lost = path.with_name(path.name + suffix)
    lose(lost)
    with capture_logs() as logs:
        for _ in range(2):
            with pytest.raises(StorageError, match="was removed or replaced"):
                await storage.create_user("bob", "bob", "hash", START_MS)
        with pytest.raises(StorageError, match="was removed or replaced"):
            await storage.users()
    assert not storage.health.ok
    assert lost.name in storage.health.reason
    assert [(line["event"], line["log_level"]) for line in logs] == [("storage fails", "error")]
    assert lost.name in logs[0]["reason"]


async def test_the_heartbeat_notices_the_loss_though_nobody_plays(
    client: httpx.AsyncClient, alice: Player, storage: SqliteStorage, metrics: Metrics, path: Path
) -> None:
    replace(path)
    with pytest.raises(StorageError):
        await storage.heartbeat(1)
    health = await client.get("/healthz")
    assert (health.status_code, health.json()["status"]) == (503, "storage fails")
    assert "was removed or replaced" in health.json()["reason"]
    assert "magnate_storage_ok 0.0" in metrics.exposition().decode()
    for answer in (await alice.get("/user/info/"), await alice.post("/shop/buy/", {"custom_id": 1})):
        assert answer.status_code == 503


async def test_a_file_that_comes_back_is_written_to_again(
    path: Path, storage: SqliteStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    probed = watch_probes(monkeypatch)
    away = path.with_name("away")
    path.rename(away)
    with pytest.raises(StorageError):
        await storage.create_user("alice", "alice", "hash", START_MS)
    away.rename(path)
    while not is_well(storage):
        assert probed.acquire(timeout=10)
    await storage.create_user("alice", "alice", "hash", START_MS)
    assert [user.username for user in await storage.users()] == ["alice"]


@pytest.mark.parametrize("suffix", ["", "-wal"])
async def test_what_was_acknowledged_before_is_in_the_database_wherever_it_went(
    path: Path, storage: SqliteStorage, suffix: str
) -> None:
    names = [f"user{number}" for number in range(20)]
    for name in names:
        await storage.create_user(name, name, "hash", START_MS)
    away = path.with_name("away.sqlite3")
    if suffix:
        path.with_name(path.name + suffix).unlink()
        path.rename(away)
    else:
        path.rename(away)
    with pytest.raises(StorageError):
        await storage.heartbeat(1)
    copy = path.with_name("as-after-kill-9.sqlite3")  # opening the original here would not be as after a kill
    shutil.copy(away, copy)
    saved = await open_storage(copy, serving=True)
    assert [user.username for user in await saved.users()] == names
    await saved.close()


async def test_what_may_have_been_stored_in_a_lost_file_is_never_acknowledged_later(
    path: Path, storage: SqliteStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that goes away while a commit is under way: only a restart knows what is stored."""
    away = path.with_name("away")
    with pytest.raises(StorageError, match="removed or replaced"):
        await storage.write(lambda db: path.rename(away))
    away.rename(path)
    with pytest.raises(StorageError, match="removed or replaced"):
        await storage.create_user("alice", "alice", "hash", START_MS)
