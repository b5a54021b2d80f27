"""`magnate config`, `magnate users` and `magnate db`: data on stdout, talk on stderr, exit codes as documented."""

import asyncio
import io
import json
import sqlite3
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from magnate.cli import main
from magnate.server.storage import database, open_storage
from tests.server.support import PASSWORD


class Result(NamedTuple):
    """What a command line printed, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line on a database in a directory of its own, with cheap hashes."""
    monkeypatch.setenv("MAGNATE_DB", str(path))
    monkeypatch.setenv("MAGNATE_PASSWORD_MEMORY_KIB", "64")
    monkeypatch.setenv("MAGNATE_PASSWORD_PASSES", "1")

    def run(*arguments: str, stdin: str = "") -> Result:
        monkeypatch.setattr(sys, "argv", ["magnate", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Result(code, printed.out, printed.err)

    return run


def test_config_prints_toml_that_gives_the_same_settings_again(run: Run, tmp_path: Path) -> None:
    first = run("config", "--port", "99", "--allow-origin", "https://a.org", "--debug-commands", "--turn-seconds", "5")
    assert first.code == 0
    printed = tomllib.loads(first.out)
    assert (printed["port"], printed["allow_origin"], printed["debug_commands"]) == (99, ["https://a.org"], True)
    assert "port = 99 # flag\n" in first.out
    assert "password_passes = 1 # MAGNATE_PASSWORD_PASSES\n" in first.out
    assert 'host = "127.0.0.1" # default\n' in first.out
    file = tmp_path / "magnate.toml"
    file.write_text(first.out)
    assert tomllib.loads(run("config", "--config", str(file)).out) == printed


def test_config_never_shows_the_key(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "magnate.sqlite3.key" in run("config").out
    monkeypatch.setenv("MAGNATE_SECRET_KEY", "very-secret-" * 4)
    printed = run("config").out
    assert "very-secret" not in printed
    assert "MAGNATE_SECRET_KEY" in printed


def test_a_bad_setting_is_one_line_and_exit_code_2(run: Run) -> None:
    result = run("config", "--port", "70000")
    assert result == (2, "", "magnate: error: command line: --port: must be from 0 to 65535, not 70000\n")


def test_every_setting_is_a_flag_with_its_default_in_the_help(run: Run) -> None:
    shown = " ".join(run("config", "--help").out.split())
    assert "--max-frame-bytes N Longest WebSocket frame to accept. [default: 65536]" in shown
    assert "--debug-commands / --no-debug-commands" in shown


def test_users_are_added_listed_and_granted_points(run: Run) -> None:
    added = run("users", "add", "Alice", stdin=f"{PASSWORD}\n")
    assert (added.code, added.out) == (0, "1\n")
    assert run("users", "grant", "ALICE", "250").out == "250\n"
    assert run("users", "grant", "alice", "--", "-300").out == "0\n"
    run("users", "grant", "alice", "5")
    table = run("users", "list").out
    assert table == "pk  username  elo   points  played  won\n1   Alice     1000  5       0       0\n"
    (user,) = json.loads(run("users", "list", "--format", "json").out)
    assert (user["username"], user["points"]) == ("Alice", 5)


def test_users_add_holds_the_rules_of_registration(run: Run) -> None:
    weak = run("users", "add", "alice", stdin="short\n")
    assert weak.code == 2
    assert "too short" in weak.err
    assert PASSWORD not in weak.err
    run("users", "add", "alice", stdin=f"{PASSWORD}\n")
    taken = run("users", "add", "ALICE", stdin=f"{PASSWORD}\n")
    assert (taken.code, taken.out) == (2, "")
    assert "already exists" in taken.err


def test_bots_are_listed_when_asked_for(run: Run, path: Path) -> None:
    async def make_bot() -> None:
        storage = await open_storage(path, serving=False)
        await storage.bot_users("easy", 1, 0)
        await storage.close()

    asyncio.run(make_bot())
    assert "Lena" not in run("users", "list").out
    assert "Lena" in run("users", "list", "--bots").out


def test_passwd_changes_the_password(run: Run, path: Path) -> None:
    def stored_hash() -> str:
        with sqlite3.connect(path) as connection:
            (hashed,) = connection.execute("SELECT password_hash FROM users").fetchone()
        connection.close()
        return str(hashed)

    run("users", "add", "alice", stdin=f"{PASSWORD}\n")
    before = stored_hash()
    assert run("users", "passwd", "alice", stdin="another horse 9\n").code == 0
    assert stored_hash() != before


@pytest.mark.parametrize("command", [["passwd", "bob"], ["grant", "bob", "5"]])
def test_an_unknown_user_is_one_line_and_exit_code_2(run: Run, command: list[str]) -> None:
    run("users", "add", "alice", stdin=f"{PASSWORD}\n")
    result = run("users", *command, stdin=f"{PASSWORD}\n")
    assert result == (2, "", "magnate: error: there is no user named 'bob'\n")


@pytest.mark.parametrize(
    "command", [["users", "list"], ["users", "grant", "a", "1"], ["db", "backup"], ["db", "check"]]
)
def test_a_missing_database_is_told_and_not_made(run: Run, path: Path, command: list[str]) -> None:
    result = run(*command)
    assert (result.code, result.out) == (2, "")
    assert "does not exist" in result.err
    assert not path.exists()


def test_db_backup_prints_the_file_it_made(run: Run, tmp_path: Path) -> None:
    run("users", "add", "alice", stdin=f"{PASSWORD}\n")
    beside = Path(run("db", "backup").out.strip())
    assert beside.exists()
    assert beside.parent == tmp_path
    chosen = tmp_path / "chosen.sqlite3"
    assert run("db", "backup", "--to", str(chosen)).out == f"{chosen}\n"
    assert run("db", "backup", "--to", str(chosen)).code == 2
    assert "Alice".lower() in run("users", "list", "--db", str(chosen)).out


def test_db_check_says_no_with_exit_code_1(run: Run, path: Path) -> None:
    run("users", "add", "alice", stdin=f"{PASSWORD}\n")
    assert run("db", "check") == (0, "", "no problem found\n")
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO queue_places (user, joined_ms) VALUES (99, 1)")
    connection.close()
    result = run("db", "check")
    assert result.code == 1
    assert "queue_places" in result.out


def test_db_migrate_prints_the_steps_and_is_refused_under_a_running_server(run: Run, path: Path) -> None:
    assert run("db", "migrate").out.splitlines()[0] == "m001_users"
    assert run("db", "migrate").out == ""
    with database.server_lock(path):
        result = run("db", "migrate")
    assert result.code == 2
    assert "in use by a running server" in result.err
