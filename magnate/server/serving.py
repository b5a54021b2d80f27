"""`magnate serve`: storage, live objects, application and uvicorn, put together and taken apart in order."""

import asyncio
import contextlib
import gc
import os
import signal
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import AsyncIterator, Callable, Generator, Sequence
from types import FrameType
from typing import Any

import structlog
import uvicorn
from starlette.applications import Starlette

from magnate.protocol.room import BotLevel, Spectators
from magnate.server.accounts.signing_key import signing_key
from magnate.server.app import create_app
from magnate.server.background import repeat
from magnate.server.clock import GameTime, system_clock
from magnate.server.config import Settings
from magnate.server.descriptors import PROBE_SECONDS, Descriptors, need
from magnate.server.errors import ServerError
from magnate.server.invitation import addresses, invitation
from magnate.server.live.games import Games
from magnate.server.live.matchmaking import Matchmaking
from magnate.server.live.rooms import Rooms
from magnate.server.live.sockets import Sockets
from magnate.server.logs import configure_logs
from magnate.server.metrics import Metrics
from magnate.server.services import Services
from magnate.server.storage import Storage, open_storage
from magnate.server.transports.http import HttpProtocol
from magnate.server.transports.websocket import LAST_WORD_SECONDS, SocketProtocol
from magnate.system import endings, streams

TIDY_SECONDS = 30.0
"""How often forgotten rooms and places are looked for."""

FEWEST_DESCRIPTORS = 16
"""Descriptors that a server takes for itself before the first player connects."""

GC_THRESHOLDS = (10_000, 20, 50)
"""New objects until the garbage collector looks through them, and how often it looks further."""

_log = structlog.get_logger(__name__)


class CannotListen(ServerError):
    """The address is in use, or not of this machine."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"cannot listen on {host} port {port}: {why}")
        self.host = host
        self.port = port
        self.why = why


def serve(settings: Settings, *, opens: bool = False) -> None:
    """Run a server until Ctrl-C, SIGTERM or SIGHUP; then every socket is closed with 1001 and everything is stored.

    Args:
        settings: how it runs.
        opens: open the page in this machine's browser as soon as it is served.

    Raises:
        ServerError: the database or the address cannot be used.
        KeyboardInterrupt: Ctrl-C was what stopped it; everything is closed.
    """
    configure_logs(settings.log_level)
    need(FEWEST_DESCRIPTORS)  # else the event loop would abort the process
    loop_factory = None
    if sys.platform != "win32":
        import uvloop

        loop_factory = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(_serve(settings, opens=opens))


async def _serve(settings: Settings, *, opens: bool) -> None:
    listener = _listen(settings.host, settings.port)
    with contextlib.closing(listener):
        metrics = Metrics()
        storage = await open_storage(
            settings.database,
            serving=True,
            commit_seconds=settings.commit_ms / 1000,
            observe=metrics.observe_commit,
        )
        try:
            # Not before: a server that may not have the database leaves nothing beside it.
            key = signing_key(os.environ, settings.database)
            app = live_app(settings, storage, key, metrics)
            server = _Server(_uvicorn_config(app, settings))
            host, port = listener.getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            greeting = [f"magnate: serving on http://{shown}:{port} (database {settings.database})"]
            if settings.web:
                greeting += invitation(host, port, picture=sys.stdout.isatty())
                server.opens = addresses(host, port)[-1] if opens else ""
            server.greeting = "\n".join(greeting)
            # Not uvicorn's lifespan, which would log a traceback of what goes wrong and exit.
            async with app.router.lifespan_context(app):
                _collect_rarely()
                if settings.stop_with_stdin:
                    _at_end_of_stdin(server.stop)
                descriptors = Descriptors(server.clients, time.monotonic)
                probing = asyncio.create_task(repeat(PROBE_SECONDS, descriptors.probe, metrics))
                try:
                    await server.serve([listener])
                finally:
                    probing.cancel()
        finally:
            await storage.close()
    if server.interrupted:
        raise KeyboardInterrupt


def _at_end_of_stdin(call: Callable[[], None]) -> None:
    """Call something on this event loop when standard input ends, which it does however its writer dies."""
    loop = asyncio.get_running_loop()

    def wait() -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 4096):
                pass
        with contextlib.suppress(RuntimeError):  # the loop is closed: the server has stopped already
            loop.call_soon_threadsafe(call)

    threading.Thread(target=wait, daemon=True, name="stdin").start()


def _collect_rarely() -> None:
    """Keep the garbage collector from looking through all that stays, again and again.

    Games and connections are many objects that live long, and what an action leaves behind is freed without it: with
    Python's own thresholds it took a quarter of the processor's time under load.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)


def live_app(settings: Settings, storage: Storage, key: bytes, metrics: Metrics) -> Starlette:
    """Return the whole application: REST and sockets over live queue, rooms and games."""
    clock, game_time = system_clock, GameTime()
    games = Games(settings, storage, clock, game_time, metrics)
    matchmaking = Matchmaking(settings.public_players, storage, clock, game_time, games.create_public, games.why_not)

    async def create_private(
        users: Sequence[int], levels: Sequence[BotLevel], room: str, spectators: Spectators, hints: bool
    ) -> int:
        game = await games.create(users, levels, room, spectators, hints)
        matchmaking.withdraw(users)
        return game

    games.withdraw = matchmaking.withdraw
    rooms = Rooms(settings, storage, clock, game_time, create_private)
    sockets = Sockets(matchmaking, rooms, games, metrics)

    @contextlib.asynccontextmanager
    async def live(services: Services) -> AsyncIterator[None]:
        await matchmaking.restore()
        await rooms.restore()
        restored = await games.restore()
        if restored:
            _log.info("games go on", games=restored)

        async def tidy() -> None:
            await matchmaking.forget_absent()
            await rooms.forget_empty()

        tidying = asyncio.create_task(repeat(TIDY_SECONDS, tidy, metrics))
        try:
            yield
        finally:
            tidying.cancel()
            await games.stop()

    app = create_app(
        settings,
        storage,
        signing_key=key,
        rooms=rooms,
        games=games,
        metrics=metrics,
        clock=clock,
        game_time=game_time,
        routes=sockets.routes(),
        background=live,
    )

    async def stop_sockets() -> None:
        # Who is stopping must not lose its place: leaving because the server stops is no leaving.
        app.state.stopping = True
        await matchmaking.stop()
        await rooms.stop()
        await sockets.stop()

    app.state.stop_sockets = stop_sockets
    return app


def _uvicorn_config(app: Starlette, settings: Settings) -> uvicorn.Config:
    options: dict[str, Any] = {
        "http": HttpProtocol,
        "ws": SocketProtocol,
        "ws_max_size": settings.max_frame_bytes,
        "ws_per_message_deflate": settings.compression,
        "ws_ping_interval": settings.idle_seconds / 2,
        "ws_ping_timeout": settings.idle_seconds / 2,
        "timeout_keep_alive": settings.handshake_seconds,
        "timeout_graceful_shutdown": max(int(settings.shutdown_seconds), 1),
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "lifespan": "off",
    }
    return uvicorn.Config(app, **options)


class _Server(uvicorn.Server):
    """uvicorn that says where it listens, closes sockets itself before it stops, and returns instead of dying."""

    greeting = ""
    opens = ""
    """The address to open in this machine's browser, or nothing."""
    interrupted = False
    """Whether Ctrl-C was what stopped it."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say where."""
        await super().startup(sockets)
        if self.started:
            try:
                print(self.greeting, flush=True)
            except OSError as error:  # nobody reads it, or its disk is full: players can play all the same
                streams.discard_output()
                _log.warning("standard output cannot be written", reason=error.strerror)
            if self.opens:  # in a thread of its own: some browsers are waited for
                threading.Thread(target=webbrowser.open, args=(self.opens,), daemon=True, name="browser").start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections, close every WebSocket with 1001 and a last word sent, then stop as usual."""
        for listening in self.servers:
            listening.close()
        app = self.config.app
        assert isinstance(app, Starlette)
        await app.state.stop_sockets()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORD_SECONDS):
                while any(isinstance(each, SocketProtocol) for each in self.server_state.connections):
                    await asyncio.sleep(0.01)
        await super().shutdown(sockets)

    def clients(self) -> list[str]:
        """Return the address of each connection; behind a proxy all are the proxy's."""
        found = [getattr(each, "client", None) for each in self.server_state.connections]
        return [str(client[0]) for client in found if client]

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Note that a signal asks to stop."""
        self.interrupted = self.interrupted or sig == signal.SIGINT
        super().handle_exit(sig, frame)

    def stop(self) -> None:
        """Stop in order, as a signal would."""
        self.should_exit = True

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """Stop on each signal that asks to, without raising it again at the end: the caller has a database to close."""
        with endings.handled(self.handle_exit):
            yield


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises `CannotListen`."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        raise CannotListen(host, port, error.strerror or str(error)) from error
    listener.set_inheritable(True)
    return listener
