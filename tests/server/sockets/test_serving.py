"""The process itself: the one line it says, how it stops, and what it says when it cannot start."""

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests import started
from tests.server.wire.conftest import Start
from tests.server.wire.process import PATIENCE_SECONDS, bare_socket, bot_game, matched, new_users

pytestmark = pytest.mark.anyio

BEHIND_A_PROXY = {"X-Forwarded-For": "203.0.113.7"}


def serve(*arguments: object, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "magnate", "serve", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "MAGNATE_LOG_LEVEL": "warning", **environment},
    )


def refused(*arguments: object) -> str:
    """Return the one line of a server that does not start."""
    done = started.run("serve", *map(str, arguments), environment={"MAGNATE_LOG_LEVEL": "warning"})
    err = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert err.startswith("magnate: error: ")
    assert err.count("\n") == 1, err
    return err


@pytest.mark.parametrize(
    "request_bytes",
    [b"junk\r\n\r\n", b"\x16\x03\x01\x02\x00", b"GET /nothing HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"],
    ids=["junk", "TLS", "upgrade"],
)
def test_requests_that_are_no_http_of_ours_leave_no_lines(tmp_path: Path, request_bytes: bytes) -> None:
    process = serve("--port", 0, "--db", tmp_path / "magnate.sqlite3")
    assert process.stdout is not None
    port = int(re.findall(r":(\d+) ", process.stdout.readline())[0])
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as client:
            client.sendall(request_bytes)
            assert client.recv(100).startswith(b"HTTP/1.1 4")
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, err) == (0, "")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGHUP, 0), (signal.SIGINT, 130)])
def test_it_says_one_line_and_stops_without_another(tmp_path: Path, number: int, code: int) -> None:
    process = serve("--port", 0, "--db", tmp_path / "new" / "magnate.sqlite3")
    assert process.stdout is not None
    line = process.stdout.readline()
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert re.fullmatch(r"magnate: serving on http://127\.0\.0\.1:\d+ \(database .*magnate\.sqlite3\)\n", line)
    assert (process.returncode, out, err) == (code, "", "")


def test_a_port_in_use_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"cannot listen on 127.0.0.1 port {port}" in refused("--port", port, "--db", tmp_path / "m.sqlite3")


def test_an_address_of_another_machine_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    assert "cannot listen on 192.0.2.1" in refused("--host", "192.0.2.1", "--port", 0, "--db", tmp_path / "m.sqlite3")


def test_a_database_that_is_none_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database at all, " * 100)
    assert "text" in refused("--port", 0, "--db", tmp_path / "text")
    assert str(tmp_path) in refused("--port", 0, "--db", tmp_path)
    assert "text" in refused("--port", 0, "--db", tmp_path / "text" / "m.sqlite3")


def test_a_database_of_a_newer_version_is_one_line_and_exit_code_2(start: Start) -> None:
    server = start()
    assert server.stop() == 0
    with contextlib.closing(sqlite3.connect(server.database)) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('magnate', 'm999', '2030')"
        )
        db.commit()
    assert "newer Magnate" in refused("--port", 0, "--db", server.database)


async def test_it_stops_in_the_middle_of_games_and_says_nothing(
    start: Start, capfd: pytest.CaptureFixture[str]
) -> None:
    server = start(PUBLIC_PLAYERS=3)
    alice, bob = await new_users(server, 2)
    games = [await bot_game(alice, "medium", 4) for _ in range(3)]
    async with (
        alice.playing(games[0]) as (first, _),
        alice.playing(games[1]) as (second, _),
        bob.open("/ws/queue/") as third,
        bob.open(f"/ws/room/{await bob.new_room()}/") as fourth,
    ):
        began = time.monotonic()
        assert await asyncio.to_thread(server.stop) == 0
        assert time.monotonic() - began < 5
        assert [await each.code() for each in (first, second, third, fourth)] == [1001] * 4
    assert capfd.readouterr().err == ""


async def test_it_stops_at_once_when_somebody_does_not_close(start: Start) -> None:
    server = start()
    alice, bob = await new_users(server, 2)
    game = await matched([alice, bob])
    raw = socket.create_connection(("127.0.0.1", server.port), PATIENCE_SECONDS)
    raw.sendall(
        f"GET /ws/game/{game}/?token={alice.token} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
    )
    assert raw.recv(12) == b"HTTP/1.1 101"
    began = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - began < 8
    raw.close()


async def test_no_token_ever_appears_in_the_logs(start: Start, capfd: pytest.CaptureFixture[str]) -> None:
    server = start(LOG_LEVEL="debug")
    alice, bob = await new_users(server, 2)
    game = await matched([alice, bob])
    async with alice.playing(game) as (socket, _):
        await socket.ask("nonsense")
    assert server.stop() == 0
    logged = capfd.readouterr().err
    for user in (alice, bob):
        assert user.token not in logged
        assert user.token.split(".")[2] not in logged
        assert user.cookie not in logged


async def test_refused_sockets_and_logins_stand_in_the_log_with_the_address_and_nothing_that_was_sent(
    start: Start, capfd: pytest.CaptureFixture[str]
) -> None:
    server = start(FRAME_BURST="3", FRAMES_PER_SECOND="0.1", SOCKETS_PER_USER="1", DEBUG_COMMANDS="true")
    (alice,) = await new_users(server, 1)
    for _ in range(5):
        async with bare_socket(server, "/ws/queue/?token=sesame", additional_headers=BEHIND_A_PROXY) as socket:
            assert await socket.closed() == 4002
    async with alice.open("/ws/room/SECRET/") as socket:
        assert await socket.code() == 4003
    async with alice.open("/ws/queue/") as first, alice.open("/ws/queue/") as second:
        assert await second.code() == 1013
        for _ in range(10):
            await first.send("{}")
        assert await first.code() == 1008
    async with server.rest() as rest:
        body = {"username": "sesame", "password": "open sesame"}
        assert (await rest.post("/auth/login/", json=body, headers=BEHIND_A_PROXY)).status_code == 401
    assert server.stop() == 0
    logged = capfd.readouterr().err
    refused: Counter[tuple[str, str, str]] = Counter()
    for line in map(json.loads, logged.splitlines()):
        refused[line["event"], line["address"], line["reason"]] += line["times"]
    assert refused == {
        ("socket refused", "203.0.113.7", "no valid token"): 5,
        ("socket refused", "127.0.0.1", "no such room or game"): 1,
        ("socket refused", "127.0.0.1", "too many connections"): 1,
        ("socket refused", "127.0.0.1", "too many frames"): 1,
        ("login refused", "203.0.113.7", "bad credentials"): 1,
    }
    assert "sesame" not in logged
    assert "SECRET" not in logged
