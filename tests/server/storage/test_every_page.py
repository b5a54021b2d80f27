"""Whichever page of a database is damaged, and however: what stands on it may be lost, and nothing else stops."""

import asyncio
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from magnate.protocol.room import BotLevel
from magnate.server.checking import check
from magnate.server.errors import DamagedDatabase, NameTaken
from magnate.server.storage import SqliteStorage, database, open_storage
from magnate.server.storage.records import GameStatus, LogEntry
from tests.server.live.test_damage import PAGE
from tests.server.live.test_games import Server
from tests.server.support import START_MS, FakeClock
from tests.sizes import tries

pytestmark = pytest.mark.anyio


def page_of(path: Path, table: str) -> int:
    """Return the first page of a table or index, counted from 0."""
    with database.opened(path, write=False) as db:
        return int(db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]) - 1


def schema_pages(data: bytes) -> set[int]:
    """Return the pages of the schema (SQLite, file format, section 1.6), counted from 0."""
    assert data[100] == 5, "the schema is longer than a page"
    starts = [int.from_bytes(data[at : at + 2]) for at in range(112, 112 + 2 * int.from_bytes(data[103:105]), 2)]
    return {0, *[int.from_bytes(data[at : at + 4]) - 1 for at in (108, *starts)]}


def name(number: int) -> str:
    return f"user{number:02}{'x' * 200}"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with games and users on many pages."""
    path = tmp_path_factory.mktemp("whole") / "magnate.sqlite3"

    async def fill() -> None:
        server = Server(path, FakeClock())
        await server.start()
        users = await server.users(*[name(number) for number in range(40)])
        for user in users:
            await server.storage.open_session(f"family{user}{'x' * 100}", user, "token", START_MS, START_MS * 2)
        for pair in range(0, 40, 2):
            await server.games.create(users[pair : pair + 2])
        for game in range(1, 21):
            await server.storage.append_log(game, [LogEntry(seq, 0, 0, None, b"x" * 500) for seq in range(1, 8)])
        await server.storage.reserve_room("abcdef", users[0], START_MS, 5)
        await server.stop()

    asyncio.run(fill())
    with database.opened(path, write=True) as db:
        db.vacuum()  # pages that are free still hold what was on them
    return path


def zeros(_: bytes, __: int) -> bytes:
    return bytes(PAGE)


def noise(_: bytes, page: int) -> bytes:
    return random.Random(page).randbytes(PAGE)


def another_page(data: bytes, page: int) -> bytes:
    other = (page + 7) % (len(data) // PAGE - 1) + 1
    return data[other * PAGE : (other + 1) * PAGE]


@pytest.mark.parametrize("kind", [zeros, noise, another_page])
async def test_whichever_page_is_damaged_a_server_starts_and_people_come_and_play(
    whole: Path, path: Path, kind: Callable[[bytes, int], bytes]
) -> None:
    data = whole.read_bytes()
    sequence = page_of(whole, "sqlite_sequence")  # SQLite's own: without it nothing new can have a number
    unread = {page_of(whole, "_sqlite_migrations"), *schema_pages(data)}
    pages = [page for page in range(len(data) // PAGE) if page not in unread]
    for page in random.Random(kind.__name__).sample(pages, tries(len(pages))):
        path.write_bytes(data[: page * PAGE] + kind(data, page) + data[(page + 1) * PAGE :])
        for beside in ("-wal", "-shm"):
            path.with_name(path.name + beside).unlink(missing_ok=True)
        where = f"page {page}"
        assert check(path), where
        server = Server(path, FakeClock())
        with capture_logs() as logs:
            await server.start()
            try:
                if page != sequence:
                    (carol,) = await server.users("carol")
                    game = await server.games.create([carol], [BotLevel.EASY])
                    assert await server.games.host_for(game, carol) is not None, where
            except DamagedDatabase as error:
                raise AssertionError(where) from error
            finally:
                await server.stop()
        assert not [line for line in logs if "unexpected" in line["event"]], where


async def test_a_check_lists_what_is_damaged_also_where_schema_or_numbers_cannot_be_read(
    whole: Path, path: Path
) -> None:
    data = whole.read_bytes()
    tables = ("sqlite_sequence", "_sqlite_migrations", "idx__sqlite_migrations_migration_set_name")
    for page in [*(schema_pages(data) - {0}), *[page_of(whole, table) for table in tables]]:
        for kind in (zeros, noise, another_page):
            path.write_bytes(data[: page * PAGE] + kind(data, page) + data[(page + 1) * PAGE :])
            found = check(path)
            assert found, page
            assert all("\n" not in line for line in found)


def leaf_of(path: Path, text: bytes) -> int:
    """Return the leaf of a table, counted from 0, on which this text stands."""
    data = path.read_bytes()
    starts = range(0, len(data), PAGE)
    return next(start // PAGE for start in starts if data[start] == 13 and text in data[start : start + PAGE])


async def damaged(whole: Path, path: Path, text: bytes) -> SqliteStorage:
    shutil.copyfile(whole, path)
    with path.open("r+b") as file:
        file.seek(leaf_of(path, text) * PAGE)
        file.write(bytes(PAGE))
    return await open_storage(path, serving=True)


async def test_who_stands_on_a_damaged_page_keeps_name_number_and_sessions_and_gets_a_new_password(
    whole: Path, path: Path
) -> None:
    storage = await damaged(whole, path, name(20).encode())
    user = await storage.family_user(f"family21{'x' * 100}")
    assert user is not None
    assert (user.pk, user.username, user.active_game) == (21, name(20), 11)
    with pytest.raises(NameTaken):
        await storage.create_user(name(20), name(20), "hash", START_MS)
    credentials = await storage.credentials(name(20))
    assert credentials is not None
    assert credentials.password_hash == "", "no password has this hash"
    await storage.set_password(21, "new hash", revoke_sessions=False)
    assert [user.pk for user in await storage.users()] == list(range(1, 41))
    other = await storage.credentials(name(39))
    assert other is not None
    assert other.password_hash == "hash"
    new = await storage.create_user("carol", "carol", "hash", START_MS)
    assert new.pk == 41
    await storage.close()
    damages = [line for line in check(path) if not line.startswith("game ")]
    assert damages, "the old table stays, with the damage"
    assert all("_damaged_" in line for line in damages)


async def test_bots_on_a_damaged_page_stay_bots_of_their_levels(path: Path) -> None:
    storage = await open_storage(path, serving=True)
    before = await storage.bot_users("easy", 40, START_MS) + await storage.bot_users("expert", 40, START_MS)
    await storage.close()
    storage = await damaged(path, path.with_name("copy"), before[1].username.encode())
    await storage.create_user("carol", "carol", "hash", START_MS)
    after = await storage.bot_users("easy", 40, START_MS) + await storage.bot_users("expert", 40, START_MS)
    assert [(bot.pk, bot.username, bot.bot_level) for bot in after] == [
        (bot.pk, bot.username, bot.bot_level) for bot in before
    ]
    await storage.close()


async def test_a_game_on_a_damaged_page_is_gone_and_its_number_and_players_are_free(whole: Path, path: Path) -> None:
    shutil.copyfile(whole, path)
    with database.opened(path, write=True) as db:
        db.execute("UPDATE games SET summary = zeroblob(900)")  # so that games stand on many pages
        db.execute("UPDATE games SET summary = CAST('game eleven' || hex(zeroblob(450)) AS BLOB) WHERE id = 11")
        db.vacuum()
    storage = await damaged(path, path.with_name("copy"), b"game eleven")
    running = await storage.running_games()
    assert 11 in running
    await storage.abort_game(11, START_MS, "its page is damaged")
    left = await storage.running_games()
    assert {1, 20} <= set(left) < set(range(1, 21)) - {11}
    user = await storage.user(21)
    assert user is not None
    assert user.active_game is None
    new = await storage.create_game(b"{}", [21, 22], START_MS)
    assert new == 21
    game = await storage.game(new)
    assert game is not None
    assert game.status is GameStatus.RUNNING
    await storage.close()
