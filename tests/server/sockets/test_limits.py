"""What ends a connection: frames too big, floods, slow readers, silence, too many sockets; and what does not."""

import asyncio
import contextlib
import socket
import struct

import pytest
from websockets.exceptions import ConnectionClosed

from magnate.engine.board import standard_board
from tests.server.wire.conftest import Start
from tests.server.wire.process import PATIENCE_SECONDS, Server, Socket, User, matched, new_user, new_users

pytestmark = pytest.mark.anyio

KIB64 = 64 * 1024
SHOW_AGAIN = {"type": "Cheat", "cheat": "MockDice", "dice1": 1, "dice2": 1}
"""What is answered with the whole game, to everybody."""


def chat(message: object) -> dict[str, object]:
    return {"type": "ChatMessage", "msg": message}


async def test_a_frame_of_64_kib_is_read(alice: User, bob: User) -> None:
    game = await matched([alice, bob])
    async with alice.playing(game) as (socket, _):
        frame = '{"type": "ActionFly", "x": "' + "y" * KIB64
        frame = frame[: KIB64 - 2] + '"}'
        assert len(frame) == KIB64
        assert (await socket.ask(frame))["code"] == "invalid_data"


@pytest.mark.parametrize("size", [KIB64 + 1, 1024 * 1024, 8 * 1024 * 1024])
@pytest.mark.parametrize("path", ["/ws/queue/", "game"])
async def test_a_bigger_frame_is_closed_with_1009_also_while_it_is_still_being_sent(
    alice: User, bob: User, path: str, size: int
) -> None:
    if path == "game":
        path = f"/ws/game/{await matched([alice, bob])}/"
    async with alice.open(path) as socket:
        await asyncio.gather(socket.send("x" * size), return_exceptions=True)
        assert await socket.code() == 1009


async def test_a_message_in_parts_is_as_big_as_its_parts(alice: User) -> None:
    async with alice.open("/ws/queue/") as socket:

        async def parts() -> None:
            await socket.connection.send(["x" * 40_000, "y" * 40_000])

        await asyncio.gather(parts(), return_exceptions=True)
        assert await socket.code() == 1009


async def test_too_many_frames_are_refused_as_rate_limited_and_the_connection_stays(start: Start) -> None:
    server = start(FRAME_BURST=20, FRAMES_PER_SECOND=5)
    alice, bob = await new_users(server, 2)
    async with alice.playing(await matched([alice, bob])) as (socket, _):
        for _ in range(30):
            await socket.send("nonsense")
        codes = [(await socket.receive())["code"] for _ in range(30)]
        assert codes[:20] == ["invalid_json"] * 20
        assert codes[-1] == "rate_limited"
        await socket.quiet()


@pytest.mark.parametrize("path", ["/ws/queue/", "room", "game"])
async def test_a_flood_is_closed_with_1008(start: Start, path: str) -> None:
    server = start(FRAME_BURST=20, FRAMES_PER_SECOND=1)
    alice, bob = await new_users(server, 2)
    if path == "game":
        path = f"/ws/game/{await matched([alice, bob])}/"
    elif path == "room":
        path = f"/ws/room/{await alice.new_room()}/"
    async with alice.open(path) as socket:

        async def flood() -> None:
            for _ in range(100):
                await socket.send("nonsense")

        await asyncio.gather(flood(), return_exceptions=True)
        assert await _drained(socket) == 1008


async def test_who_asks_much_at_once_and_reads_the_answers_is_not_dropped(start: Start) -> None:
    server = start(FRAME_BURST=5000, OUTBOX_FRAMES=8)
    alice, bob = await new_users(server, 2)
    async with alice.playing(await matched([alice, bob])) as (socket, _):
        for _ in range(3000):
            await socket.send("nonsense")
        for _ in range(3000):
            assert (await socket.receive())["code"] == "invalid_json"
        await socket.quiet()


async def test_a_slow_reader_is_dropped_with_1013_and_holds_nobody_up(start: Start) -> None:
    server = start(FRAME_BURST=100_000, FRAMES_PER_SECOND=100_000, OUTBOX_FRAMES=64, DEBUG_COMMANDS=True)
    alice, bob = await new_users(server, 2)
    game = await matched([alice, bob])
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.connect(("127.0.0.1", server.port))
    raw.setblocking(False)
    async with bob.open(f"/ws/game/{game}/", sock=raw, max_queue=1) as slow, alice.playing(game) as (quick, _):
        await _show_much(quick, alice)
        # Reading again, in time: what was under way, and then the reason.
        assert await _drained(slow) == 1013
        await quick.send(chat("still here"))
        assert (await quick.receive())["msg"] == "still here"
        async with bob.playing(game):
            pass


async def test_chat_drops_no_slow_reader_who_hears_of_the_game_all_the_same(start: Start) -> None:
    many = 100_000
    server = start(FRAME_BURST=many, FRAMES_PER_SECOND=many, OUTBOX_FRAMES=64, DEBUG_COMMANDS=True, CHAT_BURST=many,
                   ROOM_CHAT_BURST=many)  # fmt: skip
    alice, bob = await new_users(server, 2)
    game = await matched([alice, bob])
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.connect(("127.0.0.1", server.port))
    raw.setblocking(False)
    async with bob.open(f"/ws/game/{game}/", sock=raw, max_queue=1) as slow, alice.playing(game) as (quick, _):
        for _ in range(2500):
            await quick.send(chat({"text": "hm", "more": "x" * 3900}))
            await quick.until(event_type="chat_message")
        await quick.send(SHOW_AGAIN)
        assert (await slow.receive())["event_type"] == "game_state"
        heard = 0
        while (await slow.receive())["event_type"] == "chat_message":
            heard += 1
        assert 0 < heard < 2500, "what came in between was the whole game again, and not the end"


async def _show_much(quick: Socket, user: User) -> None:
    """Show everybody in a game all of it until no buffer of the system takes more: 4 MB and what is around them.

    A slow reader that is dropped has some seconds to read why, so little more is shown than that, and many at a time.
    """
    board = standard_board()
    for square in range(114):
        if board.is_square(square) and board.is_buyable[square]:
            give = {"type": "Cheat", "cheat": "CreateProperty", "player_id": user.pk, "square_id": square}
            assert (await quick.ask(give))["event_type"] == "game_state"
    for _ in range(80):
        for _ in range(25):
            await quick.send(SHOW_AGAIN)
        for _ in range(25):
            await quick.until(event_type="game_state")


async def _drained(slow: Socket) -> int | None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        with contextlib.suppress(ConnectionClosed):
            while True:
                await slow.connection.recv()
    return slow.connection.close_code


@pytest.mark.sweep
async def test_who_never_reads_is_cut_off(start: Start) -> None:
    server = start(FRAME_BURST=100_000, FRAMES_PER_SECOND=100_000, OUTBOX_FRAMES=64, DEBUG_COMMANDS=True)
    alice, bob = await new_users(server, 2)
    game = await matched([alice, bob])
    raw = await asyncio.to_thread(_raw_handshake, server, f"/ws/game/{game}/?token={bob.token}", 4096)
    async with alice.playing(game) as (quick, _):
        await _show_much(quick, alice)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (await server.health())["connections"] > 1:
                pass
    raw.close()


def _raw_handshake(server: Server, path: str, buffer: int = 65_536) -> socket.socket:
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    raw.settimeout(PATIENCE_SECONDS)
    raw.connect(("127.0.0.1", server.port))
    raw.sendall(
        f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
    )
    assert raw.recv(12) == b"HTTP/1.1 101"
    return raw


def _frame(opcode: int, data: bytes, *, last: bool = True) -> bytes:
    length = len(data)
    head = (
        bytes([opcode | (0x80 if last else 0), 0x80 | length])
        if length < 126
        else (bytes([opcode | (0x80 if last else 0), 0x80 | 126]) + struct.pack("!H", length))
    )
    return head + b"\0\0\0\0" + data


PING = _frame(9, b"")
ATTACKS = {
    "pings": ("/ws/queue/", PING),
    "empty parts of a message": ("/ws/queue/", _frame(1, b"", last=False) + _frame(0, b"", last=False) * 10),
    "pings of somebody signed in": ("/ws/queue/?token={token}", PING),
    "empty messages of somebody signed in": ("/ws/queue/?token={token}", _frame(1, b"")),
    "requests without reading the answers": (None, b"GET /healthz HTTP/1.1\r\n\r\n"),
    "headers": (None, b"x: " + b"y" * 1_000 + b"\r\n"),
}


async def test_clients_that_send_without_end_are_cut_off_and_the_others_are_served(start: Start) -> None:
    server = start(HANDSHAKE_SECONDS=1)
    alice, mallory = await new_users(server, 2)

    def attack(name: str) -> None:
        path, piece = ATTACKS[name]
        if path is None:
            raw = socket.create_connection(("127.0.0.1", server.port), PATIENCE_SECONDS)
            raw.sendall(b"GET /healthz HTTP/1.1\r\n")
        else:
            raw = _raw_handshake(server, path.format(token=mallory.token))
        with raw, contextlib.suppress(ConnectionError):
            while True:
                raw.sendall(piece * 10_000)

    attacks = asyncio.gather(*(asyncio.to_thread(attack, name) for name in ATTACKS))
    while not attacks.done():
        assert (await server.health())["status"] == "ok"
        assert (await alice.get("/user/info/"))["username"] == alice.name
    await attacks
    async with mallory.open("/ws/queue/") as again:
        await again.quiet()


async def test_text_that_is_no_utf8_is_refused_like_a_binary_frame(alice: User, bob: User) -> None:
    game = await matched([alice, bob])
    raw = await asyncio.to_thread(_raw_handshake, alice.server, f"/ws/game/{game}/?token={alice.token}")
    raw.sendall(_frame(1, b'{"type": "\xed\xa0\x80"}'))
    raw.sendall(_frame(1, b'{"type": "Act', last=False) + _frame(0, b"", last=False) * 50 + _frame(0, b'ionFly"}'))
    received = b""
    while received.count(b'"code"') < 2:
        received += await asyncio.to_thread(raw.recv, 65_536)
    assert b"invalid_json" in received
    assert b"invalid_data" in received
    raw.close()


async def test_a_silent_connection_is_closed_and_one_that_answers_pings_stays(start: Start) -> None:
    server = start(IDLE_SECONDS=1)
    alice = await new_user(server)
    async with alice.open(f"/ws/room/{await alice.new_room()}/", ping_interval=None) as answering:
        await _see_the_silent_end(server, alice)
        assert (await answering.receive())["action"] == "joined"
        await answering.quiet()


async def _see_the_silent_end(server: Server, alice: User) -> None:
    raw = await asyncio.to_thread(_raw_handshake, server, f"/ws/queue/?token={alice.token}")
    received = b""
    while piece := await asyncio.to_thread(raw.recv, 4096):  # pings that nobody answers, and the end
        received += piece
    assert struct.pack("!H", 1011) in received
    raw.close()


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET /healthz HTTP/1.1\r\nHost: x\r\n", b"\x16\x03\x01",
                                  b"POST /auth/login/ HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{"])  # fmt: skip
async def test_a_request_that_never_ends_is_cut_off(start: Start, sent: bytes) -> None:
    server = start(HANDSHAKE_SECONDS=0.3)
    raw = socket.create_connection(("127.0.0.1", server.port), PATIENCE_SECONDS)
    raw.sendall(sent)
    while await asyncio.to_thread(raw.recv, 4096):
        pass
    raw.close()
    assert (await server.health())["status"] == "ok"


async def test_a_handshake_too_long_is_refused(alice: User) -> None:
    raw = socket.create_connection(("127.0.0.1", alice.server.port), PATIENCE_SECONDS)
    raw.sendall(
        f"GET /ws/queue/?token={'x' * 20_000} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
    )
    assert (await asyncio.to_thread(raw.recv, 4096)).startswith(b"HTTP/1.1 414")
    raw.close()


async def test_a_user_may_open_so_many_sockets_and_no_more(start: Start) -> None:
    server = start(SOCKETS_PER_USER=2)
    alice, bob = await new_users(server, 2)
    game = await matched([alice, bob])
    async with alice.playing(game) as (_, state), alice.playing(game) as (second, again):
        assert state == again
        async with alice.open(f"/ws/game/{game}/") as third:
            assert await third.closed() == 1013
        async with bob.playing(game):
            pass
        await second.connection.close()
        async with alice.playing(game):
            pass


async def test_the_server_takes_so_many_sockets_and_no_more(start: Start) -> None:
    server = start(SOCKETS_TOTAL=2, PUBLIC_PLAYERS=4)
    users = await new_users(server, 3)
    async with users[0].open("/ws/queue/"), users[1].open("/ws/queue/"), users[2].open("/ws/queue/") as third:
        assert await third.closed() == 1013


@pytest.mark.sweep
async def test_a_thousand_sockets_of_one_game_all_hear_what_is_said(start: Start) -> None:
    server = start(SOCKETS_PER_USER=1000)
    alice, bob = await new_users(server, 2)
    game = await matched([alice, bob])
    everybody_is_there = asyncio.Event()
    present = 0

    async def listen(user: User) -> None:
        nonlocal present
        async with user.playing(game) as (listener, _):
            present += 1
            if present == 1000:
                everybody_is_there.set()
            assert (await listener.until(event_type="chat_message"))["msg"] == "all"

    async with asyncio.TaskGroup() as group:
        for number in range(1000):
            group.create_task(listen((alice, bob)[number % 2]))
        await everybody_is_there.wait()
        async with bob.playing(game) as (speaker, _):
            await speaker.send(chat("all"))
            await speaker.until(event_type="chat_message")
