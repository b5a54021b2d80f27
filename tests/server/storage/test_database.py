"""A database is ours or nobody's, of this version or migrated to it after a backup, and held by one server."""

import hashlib
import sqlite3
import stat
from pathlib import Path

import pytest
from msgspec.structs import astuple
from sqlite_utils import Database, Migrations

from magnate.server.errors import DatabaseInUse, ForeignDatabase, NameLooksTaken, NameTaken, NewerDatabase, StorageError
from magnate.server.looks import looks_of
from magnate.server.storage import database, open_storage
from magnate.server.storage.migrations import APPLICATION_ID, MIGRATIONS

pytestmark = pytest.mark.anyio

STEPS = [step.name for step in MIGRATIONS._migrations]


def with_more_steps() -> Migrations:
    """Return our schema with one further step, as a newer version has it."""
    newer = Migrations("magnate")
    for step in MIGRATIONS._migrations:
        newer(name=step.name)(step.fn)

    @newer()
    def m999_add_flags(db: Database) -> None:
        db.execute("CREATE TABLE flags (name TEXT)")

    return newer


def tables(path: Path) -> set[str]:
    with database.opened(path, write=False) as db:
        return set(db.table_names())


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_missing_database_is_made_with_every_step_and_no_backup(path: Path) -> None:
    applied, saved = database.prepare(path)
    assert applied == STEPS
    assert saved is None
    assert {"users", "sessions", "items_owned", "rooms", "queue_places", "games", "game_log", "results"} <= tables(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with database.opened(path, write=False) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert db.journal_mode == "wal"


def test_each_step_is_applied_once(path: Path) -> None:
    database.prepare(path)
    assert database.prepare(path) == ([], None)


def test_an_older_database_is_migrated_after_a_backup(path: Path) -> None:
    database.prepare(path)
    applied, saved = database.prepare(path, with_more_steps())
    assert applied == ["m999_add_flags"]
    assert "flags" in tables(path)
    assert saved is not None
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert "flags" not in tables(saved)
    assert "users" in tables(saved)


def test_deadlines_of_an_older_database_go_on_by_the_time_that_a_server_ran(path: Path) -> None:
    MIGRATIONS.apply(old := Database(path), stop_before="m005_game_time")
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    # Runs from 0 to 100 s, 200 s to 300 s and 350 s to 360 s.
    old.execute("INSERT INTO server_runs VALUES (0, 100000), (200000, 300000), (350000, 360000)")
    game = "INSERT INTO games (id, settings, status, created_ms, finished_ms, first_deadline_ms) VALUES "
    old.execute(f"{game} (1, x'', 'running', 90000, NULL, 140000), (2, x'', 'running', 1, NULL, 50000)")
    old.execute(f"{game} (3, x'', 'running', 355000, NULL, NULL), (4, x'', 'finished', 1, 2, 50000)")
    log = "INSERT INTO game_log (game, seq, clock_ms, deadline_ms, payload) VALUES "
    old.execute(f"{log} (2, 1, 2, 50002, x''), (2, 2, 300500, 350500, x''), (3, 1, 360900, 410900, x'')")
    old.close()
    database.prepare(path)
    with database.opened(path, write=False) as db:
        logged = dict(db.execute("SELECT game * 10 + seq, deadline_ms FROM game_log").fetchall())
        first = dict(db.execute("SELECT id, first_deadline_ms FROM games").fetchall())
        (now_ms,) = db.execute("SELECT now_ms FROM game_time").fetchone()
    assert now_ms == 360_900
    assert first == {1: 140_000 + 100_000 + 50_000, 2: 50_000, 3: None, 4: 50_000}
    assert logged == {21: 50_002, 22: 350_500 + 49_500, 31: 410_900}


def test_a_step_that_fails_leaves_the_database_as_it_was(path: Path) -> None:
    database.prepare(path)
    broken = with_more_steps()

    @broken()
    def m1000_fails(db: Database) -> None:
        db.execute("CREATE TABLE half (name TEXT)")
        db.execute("SELECT * FROM nowhere")

    with pytest.raises(StorageError, match="no such table: nowhere"):
        database.prepare(path, broken)
    assert "half" not in tables(path)
    assert database.pending_steps(path, broken) == ["m1000_fails"]


def test_a_new_database_whose_first_step_fails_is_still_ours(path: Path) -> None:
    broken = Migrations("magnate")

    @broken()
    def m001_users(db: Database) -> None:
        db.execute("SELECT * FROM nowhere")

    with pytest.raises(StorageError, match="nowhere"):
        database.prepare(path, broken)
    assert database.prepare(path) == (STEPS, None)


def test_a_crash_before_the_first_step_leaves_a_database_that_is_still_ours(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set, name, applied_at)")
    connection.close()
    assert len(database.prepare(path)[0]) == len(STEPS)


async def test_a_newer_database_is_refused_and_left_alone(path: Path) -> None:
    database.prepare(path, with_more_steps())
    before = digest(path)
    with pytest.raises(NewerDatabase, match="newer Magnate") as caught:
        await open_storage(path, serving=True)
    assert caught.value.unknown == ("m999_add_flags",)
    assert digest(path) == before


async def test_a_database_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (title)")
    connection.close()
    before = digest(path)
    with pytest.raises(ForeignDatabase, match="is not a Magnate database"):
        await open_storage(path, serving=True)
    assert digest(path) == before


def test_a_database_with_the_mark_of_another_program_is_refused_even_when_empty(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA application_id = 7")
        connection.execute("VACUUM")
    connection.close()
    with pytest.raises(ForeignDatabase):
        database.prepare(path)


def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    path.write_text("Dear diary, " * 200)
    before = digest(path)
    with pytest.raises(ForeignDatabase):
        database.prepare(path)
    assert digest(path) == before


def test_a_path_that_cannot_be_a_database_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        database.prepare(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        database.prepare(tmp_path / "file" / "magnate.sqlite3")


async def test_names_that_look_alike_already_stay_and_later_ones_must_differ_from_all(path: Path) -> None:
    MIGRATIONS.apply(old := Database(path), stop_before="m006_looks")
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.conn.executemany(
        "INSERT INTO users (username, name_key, password_hash, elo, joined_ms) VALUES (?, ?, 'hash', 1000, 0)",
        [("alice", "alice"), ("aIice", "aiice"), ("Bob", "bob")],
    )
    old.conn.commit()
    old.close()
    storage = await open_storage(path, serving=True)
    assert [user.username for user in await storage.users()] == ["alice", "aIice", "Bob"]
    assert all([await storage.credentials(key) for key in ("alice", "aiice", "bob")])
    for name in ("a1ice", "В0b", "ALІCE"):
        with pytest.raises(NameLooksTaken):
            await storage.create_user(name, name.casefold(), "hash", 0)
    with pytest.raises(NameTaken) as taken:
        await storage.create_user("BOB", "bob", "hash", 0)
    assert type(taken.value) is NameTaken
    (bot,) = await storage.bot_users("easy", 1, 0)
    with pytest.raises(NameLooksTaken):
        await storage.create_user("L\u0435na", "l\u0435na", "hash", 0)
    assert bot.username == "Lena"
    await storage.close()


async def test_bots_of_an_older_database_get_names_of_their_own_that_nobody_else_has(path: Path) -> None:
    MIGRATIONS.apply(old := Database(path), stop_before="m010_names_of_bots")
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    rows = [("Lena", "lena", None), ("Bot_easy_1", "bot_easy_1", "easy"), ("Bot_expert_1", "bot_expert_1", "expert")]
    old.conn.executemany(
        "INSERT INTO users (username, name_key, bot_level, is_bot, password_hash, elo, joined_ms, look_shown, "
        "look_folded) VALUES (?1, ?2, ?3, ?3 IS NOT NULL, iif(?3 IS NULL, 'hash', NULL), 1000, 0, ?2, ?2)",
        rows,
    )
    old.conn.commit()
    old.close()
    storage = await open_storage(path, serving=True)
    assert [(user.username, user.bot_level) for user in await storage.users()] == [
        ("Lena", None),
        ("Hugo", "easy"),
        ("Diana", "expert"),
    ]
    assert [bot.username for bot in await storage.bot_users("easy", 2, 0)] == ["Hugo", "Nina"]
    await storage.close()


async def test_looks_of_an_older_version_are_looked_at_anew_and_names_that_have_become_alike_stay(path: Path) -> None:
    MIGRATIONS.apply(old := Database(path), stop_before="m007_looks_of_dotted_letters")
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    second_dot = "ali\u0307ce"
    old.conn.executemany(
        "INSERT INTO users (username, name_key, password_hash, elo, joined_ms, look_shown, look_folded) "
        "VALUES (?, ?, 'hash', 1000, 0, ?, ?)",
        [("alice", "alice", "alice", "alice"), (second_dot, second_dot, second_dot, second_dot)],
    )
    old.conn.commit()
    old.close()
    storage = await open_storage(path, serving=True)
    rows = await storage.read(lambda db: db.execute("SELECT username, look_shown, look_folded FROM users").fetchall())
    assert rows == [(name, *astuple(looks_of(name))) for name in ("alice", second_dot)]
    assert rows[0][1:] == rows[1][1:]
    assert all([await storage.credentials(key) for key in ("alice", second_dot)])
    await storage.close()


async def test_one_server_at_a_time_holds_a_database_and_a_command_may_run_beside_it(path: Path) -> None:
    server = await open_storage(path, serving=True)
    with pytest.raises(DatabaseInUse, match="in use by a running server"):
        await open_storage(path, serving=True)
    beside = await open_storage(path, serving=False)
    await beside.create_user("alice", "alice", "hash", 1)
    await beside.close()
    assert [user.username for user in await server.users()] == ["alice"]
    await server.close()
    await (await open_storage(path, serving=True)).close()


async def test_a_backup_while_a_server_writes_is_a_whole_database(path: Path, tmp_path: Path) -> None:
    server = await open_storage(path, serving=True)
    await server.create_user("alice", "alice", "hash", 1)
    copy = database.backup(path, tmp_path / "copy.sqlite3")
    await server.create_user("bob", "bob", "hash", 1)
    await server.close()
    restored = await open_storage(copy, serving=True)
    assert [user.username for user in await restored.users()] == ["alice"]
    await restored.close()


def test_a_backup_never_overwrites(path: Path, tmp_path: Path) -> None:
    database.prepare(path)
    target = tmp_path / "precious"
    target.write_text("keep me")
    with pytest.raises(StorageError, match="File exists"):
        database.backup(path, target)
    assert target.read_text() == "keep me"
