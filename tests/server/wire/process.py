"""A real `magnate serve`, and people who talk to it with the `websockets` library."""

import asyncio
import contextlib
import itertools
import json
import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO, TypeAlias

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConcurrencyError, ConnectionClosed

from tests import started

PASSWORD = "correct horse 9"
PATIENCE_SECONDS = 30.0
"""How long a test waits for what must come; nothing waits for as long as this unless the test fails."""

Frame: TypeAlias = dict[str, Any]

_NUMBERS = itertools.count(1)


@dataclass
class Server:
    """A server process; `settings` are those of `magnate serve` in capitals, as the environment names them."""

    database: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: started.Program | None = None
    output: TextIO | None = None

    @property
    def url(self) -> str:
        """Where REST is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, at the same port as before, and wait until it listens."""
        quick = {"BOT_DELAY": "0", "PASSWORD_MEMORY_KIB": "64", "PASSWORD_PASSES": "1", "LOG_LEVEL": "warning"}
        environment = {f"MAGNATE_{name}": value for name, value in {**quick, **self.settings}.items()}
        heard, said = os.pipe()
        arguments = ("serve", "--port", str(self.port), "--db", str(self.database))
        self.process = started.start(*arguments, environment=environment, stdout=said)
        os.close(said)
        self.output = open(heard, encoding="utf-8")  # noqa: SIM115 - until it stops
        line = self.output.readline()
        found = re.search(r"http://[\d.]+:(\d+)", line)
        assert found is not None, f"the server said {line!r}"
        self.port = int(found[1])

    def stop(self, number: int = signal.SIGTERM) -> int:
        """End it by a signal and return its exit code."""
        assert self.process is not None
        assert self.output is not None
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE_SECONDS)
        self.output.close()
        return code

    def kill(self) -> None:
        """End it as a power failure would."""
        self.stop(signal.SIGKILL)

    def close(self) -> None:
        """End it if it still runs."""
        if self.process is not None and self.process.poll() is None:
            self.stop()

    def rest(self) -> httpx.AsyncClient:
        """Return a client of its REST side."""
        # To load certificates takes longer than a test.
        return httpx.AsyncClient(base_url=self.url, verify=False, timeout=PATIENCE_SECONDS)

    async def stop_in_order(self) -> int:
        """End it by SIGTERM while its clients go on, and return its exit code."""
        return await asyncio.to_thread(self.stop)

    async def health(self) -> Frame:
        """Return what `/healthz` says."""
        async with self.rest() as rest:
            health: Frame = (await rest.get("/healthz")).json()
        return health

    async def emptied(self) -> None:
        """Return once the server knows that everybody has gone."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (await self.health())["connections"]:
                pass


class Socket:
    """One WebSocket of a user."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def send(self, message: object) -> None:
        """Send text as it is, bytes as a binary frame, and anything else as JSON."""
        await self.connection.send(message if isinstance(message, str | bytes) else json.dumps(message))

    async def receive(self) -> Frame:
        """Return the next frame."""
        return decoded(await self.text())

    async def text(self) -> str:
        """Return the next frame as it came."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            frame = await self.connection.recv()
        assert isinstance(frame, str)
        return frame

    async def ask(self, message: object) -> Frame:
        """Send, and return the next frame."""
        await self.send(message)
        return await self.receive()

    async def until(self, **wanted: object) -> Frame:
        """Return the next frame that has these values; those before it are thrown away."""
        while True:
            frame = await self.receive()
            if wanted.items() <= frame.items():
                return frame

    async def closed(self) -> int | None:
        """Return the code with which the server closes; no frame may come before."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            try:
                frame = await self.connection.recv()
            except ConnectionClosed as closed:
                return None if closed.rcvd is None else closed.rcvd.code
        raise AssertionError(f"not closed but told {frame!r}")

    async def code(self) -> int | None:
        """Return the code with which the server closes, whatever comes before."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            # A client that reads nothing stops to hear after some frames, and would not hear of the end. Where somebody
            # else reads here, that is done for us.
            with contextlib.suppress(ConnectionClosed, ConcurrencyError):
                while True:
                    await self.connection.recv()
            await self.connection.wait_closed()
        return self.connection.close_code

    async def quiet(self) -> None:
        """Return once all is here that the server sent before now; fail if that was anything."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await (await self.connection.ping())
        try:
            async with asyncio.timeout(0):
                frame = await self.connection.recv()
        except TimeoutError:
            return
        raise AssertionError(f"told {frame!r}")


def decoded(frame: str) -> Frame:
    """Return a frame as a dictionary."""
    value: Frame = json.loads(frame)
    return value


async def until_repeated(server: Server) -> None:
    """Return once the server has sent again, to all who came before, what it sends late listeners again.

    A browser that comes now is the last to be sent it.
    """
    user = await new_user(server)
    async with user.open(f"/ws/room/{await user.new_room()}/", origin="http://localhost") as browser:
        assert await browser.receive() == await browser.receive()


@dataclass(frozen=True)
class User:
    """Somebody registered."""

    server: Server
    pk: int
    name: str
    token: str
    cookie: str

    @asynccontextmanager
    async def open(self, path: str, **options: Any) -> AsyncIterator[Socket]:
        """Open a WebSocket, with the token in the query; `options` are those of `websockets.connect`."""
        address = f"ws://127.0.0.1:{self.server.port}{path}{'&' if '?' in path else '?'}token={self.token}"
        async with connect(address, **quick(options)) as socket:
            yield Socket(socket)

    @asynccontextmanager
    async def playing(self, game: int) -> AsyncIterator[tuple[Socket, Frame]]:
        """Open the socket of a game and read its first frame, the whole game."""
        async with self.open(f"/ws/game/{game}/") as socket:
            first = await socket.receive()
            assert first["event_type"] == "game_state"
            yield socket, first["game_state"]

    async def get(self, path: str) -> Any:
        """Ask REST."""
        async with self.server.rest() as rest:
            response = await rest.get(path, headers={"Authorization": f"Bearer {self.token}"})
            response.raise_for_status()
            return response.json()

    async def new_room(self) -> str:
        """Reserve a room and return its code."""
        code: str = (await self.get("/lobby/get-private-code"))["code"]
        return code


@asynccontextmanager
async def bare_socket(server: Server, path: str, **options: Any) -> AsyncIterator[Socket]:
    """Open a WebSocket as nobody in particular."""
    async with connect(f"ws://127.0.0.1:{server.port}{path}", **quick(options)) as socket:
        yield Socket(socket)


def quick(options: dict[str, Any]) -> dict[str, Any]:
    """Return options of `websockets.connect` without what only a real network needs."""
    return {"compression": None, "proxy": None, "close_timeout": 2, "max_size": None, **options}


async def new_user(server: Server) -> User:
    """Register somebody with a name of their own."""
    name = f"user{next(_NUMBERS)}"
    async with server.rest() as rest:
        body = {"username": name, "password": PASSWORD, "password2": PASSWORD}
        (await rest.post("/auth/register/", json=body)).raise_for_status()
        response = await rest.post("/auth/login/", json={"username": name, "password": PASSWORD})
        response.raise_for_status()
    answer = response.json()
    return User(server, answer["user"]["pk"], name, answer["tokens"]["access"], response.cookies["magnate_session"])


async def new_users(server: Server, count: int) -> list[User]:
    """Register several."""
    return [await new_user(server) for _ in range(count)]


async def matched(users: list[User]) -> int:
    """Let the queue make a game of these users, who must be as many as it takes, and return its id."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_match(user)) for user in users]
    games = {task.result() for task in tasks}
    assert len(games) == 1
    return games.pop()


async def _match(user: User) -> int:
    async with user.open("/ws/queue/") as socket:
        game: int = (await socket.receive())["game_id"]
        return game


async def bot_game(user: User, level: str = "medium", players: int = 2) -> int:
    """Start a game against bots by way of a room, and return its id."""
    async with user.open(f"/ws/room/{await user.new_room()}/") as socket:
        await socket.send({"command": "update_settings", "bot_level": level, "target_players": players})
        await socket.send({"command": "ready_status", "is_ready": True})
        await socket.send({"command": "start_game"})
        game: int = (await socket.until(action="game_start"))["game_id"]
        return game
