"""A damaged page costs what stood on it and no more: a server starts, everything is on offer, and nobody is stuck."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from magnate.protocol.room import BotLevel
from magnate.server.storage import database, open_storage
from tests.server.live.test_damage import PAGE
from tests.server.live.test_games import Server as Games
from tests.server.support import START_MS, FakeClock
from tests.server.wire.process import PATIENCE_SECONDS, Server

pytestmark = pytest.mark.anyio


def root(path: Path, name: str) -> int:
    with database.opened(path, write=False) as db:
        return int(db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0])


def zero(path: Path, *pages: int) -> None:
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE)
            file.write(bytes(PAGE))


def leaf_with(path: Path, kind: int, text: bytes) -> int:
    """Return the leaf of a tree that holds this text; `kind` is 13 for tables by number, and 10 for others."""
    data = path.read_bytes()
    pages = [data[start : start + PAGE] for start in range(0, len(data), PAGE)]
    return next(number for number, page in enumerate(pages, 1) if page[0] == kind and text in page)


SMALL = ["queue_places", "rooms", "rooms_by_maker", "game_time", "seats", "seats_playing"]
"""Tables, and indexes of them, that every start reads or every game needs."""


@pytest.mark.parametrize("name", SMALL)
async def test_a_damaged_table_of_a_start_goes_on_as_a_new_one_and_is_named_once(path: Path, name: str) -> None:
    table = {"rooms_by_maker": "rooms", "seats_playing": "seats"}.get(name, name)
    clock = FakeClock()
    server = Games(path, clock)
    await server.start()
    (alice,) = await server.users("alice")
    await server.games.create([alice], [BotLevel.EASY])
    await server.storage.enqueue(alice, START_MS)
    await server.storage.reserve_room("abcdef", alice, START_MS, 5)
    await server.stop()
    zero(path, root(path, name))
    with capture_logs() as logs:
        await server.start()
        await server.storage.queue_places()
        await server.storage.rooms()
        await server.storage.reserve_room("ghijkl", alice, START_MS, 5)
        user = await server.storage.user(alice)
        assert user is not None
        assert (user.active_game is None) == (name == "seats"), "who was in a game whose seats are gone is in none"
        new = await server.games.create([alice], [BotLevel.EASY])
        await server.storage.enqueue(alice, START_MS)
        await server.storage.heartbeat(server.time())
    named = [(line["event"], line["table"]) for line in logs if "goes on as a new one" in line["event"]]
    assert named == [("a table was damaged and goes on as a new one", table)]
    assert [place.user for place in await server.storage.queue_places()] == [alice]
    codes = {room.code for room in await server.storage.rooms()}
    assert codes == ({"ghijkl"} if name == "rooms" else {"abcdef", "ghijkl"})
    user = await server.storage.user(alice)
    assert user is not None
    assert user.active_game == new
    await server.stop()
    with capture_logs() as logs:
        await server.start()
    assert logs == []
    await server.stop()


async def test_what_stands_on_other_pages_of_a_damaged_table_stays(path: Path) -> None:
    storage = await open_storage(path, serving=True)
    pk = (await storage.create_user("alice", "alice", "hash", START_MS)).pk
    names = [f"{number:04}{'x' * 300}" for number in range(60)]
    for name in names:
        await storage.reserve_room(name, pk, START_MS, 1_000)
    await storage.close()
    zero(path, leaf_with(path, 10, b"0030xxx"))
    storage = await open_storage(path, serving=True)
    left = {room.code for room in await storage.rooms()}
    assert names[30] not in left
    assert {names[0], names[59]} < left
    assert len(left) > 30
    await storage.close()


async def test_a_damaged_page_of_users_takes_neither_their_names_nor_their_games(path: Path) -> None:
    server = Games(path, FakeClock())
    await server.start()
    people = await server.users(*[f"user{number:02}{'x' * 300}" for number in range(40)])
    game = await server.games.create([people[20], people[39]])
    await server.stop()
    zero(path, leaf_with(path, 13, b"user20xxx"))
    assert await server.start() == 1
    host = await server.host(game, people[39])
    assert host.seating.names == (f"user20{'x' * 300}", f"user39{'x' * 300}")
    await server.stop()


@pytest.fixture
def server(path: Path) -> Iterator[Server]:
    server = Server(path)
    yield server
    server.close()


async def test_a_server_starts_and_serves_with_every_such_table_damaged(path: Path, server: Server) -> None:
    database.prepare(path)
    zero(path, *[root(path, name) for name in SMALL])
    server.start()
    async with server.rest() as rest:
        body = {"username": "alice", "password": "correct horse 9", "password2": "correct horse 9"}
        assert (await rest.post("/auth/register/", json=body)).status_code == 201
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (await rest.get("/healthz")).json()["status"] != "ok":
                pass
    assert server.stop() == 0
