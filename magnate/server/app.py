"""The Starlette application: REST routes, error answers, CORS and background work around what others add."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import TypeAlias

import structlog
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from magnate.protocol.rest import Detail, LoginError
from magnate.server.accounts.accounts import Accounts
from magnate.server.accounts.auth import address_of
from magnate.server.accounts.devices import Devices
from magnate.server.accounts.origins import LOOPBACK, canonical_origin
from magnate.server.accounts.tokens import Tokens
from magnate.server.background import attempt, hear_of_lost_errors, repeat
from magnate.server.clock import Clock, GameTime, system_clock
from magnate.server.config import Settings
from magnate.server.errors import (
    BadCredentials,
    BadToken,
    InvalidFields,
    NoGuests,
    NotAGuest,
    StorageError,
    TooBusy,
    TooManyAttempts,
    TooManyRooms,
)
from magnate.server.looks import prototypes
from magnate.server.metrics import Metrics
from magnate.server.refusals import Refusals, Refused
from magnate.server.rest.body import Reply
from magnate.server.rest.calls import CALLS, Handler
from magnate.server.rest.openapi import openapi_document
from magnate.server.services import GameDirectory, RoomDirectory, Services
from magnate.server.storage import Storage
from magnate.server.web import page_routes

HEARTBEAT_SECONDS = 1.0
"""How exactly a restart knows how long the server was down."""

PRUNE_SECONDS = 3600.0

CLIENT_CLOSED = 499
"""What is counted (nobody is left to be told) when a client goes away in the middle of its request."""

HTTP_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

Background: TypeAlias = Callable[[Services], AbstractAsyncContextManager[None]]
"""What runs for as long as the application does; entered at start-up, left (before storage rests) at the end."""

_log = structlog.get_logger(__name__)


def create_app(
    settings: Settings,
    storage: Storage,
    *,
    signing_key: bytes,
    rooms: RoomDirectory,
    games: GameDirectory,
    metrics: Metrics,
    clock: Clock = system_clock,
    game_time: GameTime | None = None,
    routes: Sequence[BaseRoute] = (),
    background: Background | None = None,
) -> Starlette:
    """Put the application together; what its parts share is found as `app.state.services`.

    Args:
        storage: open; the caller closes it after the application has ended.
        signing_key: signs the tokens.
        rooms: the live private rooms.
        games: the live games.
        clock: the date.
        game_time: what time limits and windows are counted in; by default the machine's.
        metrics: where to count; the storage may count there too.
        routes: further routes, such as the WebSocket endpoints.
        background: further work for the life of the application.
    """
    game_time = game_time or GameTime()
    metrics.storage_ok.set_function(lambda: storage.health.ok)
    services = Services(
        settings=settings,
        storage=storage,
        accounts=Accounts(settings, storage, clock, game_time),
        tokens=Tokens(settings, signing_key, storage, clock),
        devices=Devices(signing_key, clock),
        rooms=rooms,
        games=games,
        metrics=metrics,
        refusals=Refusals(),
        clock=clock,
        game_time=game_time,
    )
    app = Starlette(
        routes=[*_rest_routes(services), *routes, *(page_routes() if settings.web else ())],
        middleware=[
            Middleware(
                JsonCORSMiddleware,
                allow_origins=[origin for each in settings.allow_origin if (origin := canonical_origin(each))],
                allow_origin_regex=f"(?i:{LOOPBACK})",
                allow_methods=["GET", "POST"],
                allow_headers=["authorization", "content-type"],
                allow_credentials=True,
            ),
            Middleware(ObservedMiddleware, metrics=metrics),
        ],
        exception_handlers={
            HTTPException: _on_http_exception,
            InvalidFields: _on_invalid_fields,
            BadCredentials: _on_bad_credentials,
            BadToken: _on_bad_token,
            TooManyAttempts: _on_too_many_attempts,
            TooManyRooms: _on_conflict,
            NotAGuest: _on_conflict,
            NoGuests: _on_no_guests,
            StorageError: _on_storage_error,
        },
        lifespan=partial(_lifespan, services, background),
    )
    app.router.redirect_slashes = False
    app.state.services = services
    return app


def _rest_routes(services: Services) -> list[Route]:
    routes = []
    for call in CALLS:
        routes += _with_and_without_slash(call.path, services, call.handler, call.method)
    routes += _with_and_without_slash("/openapi.json", services, _openapi, "GET")
    routes += _with_and_without_slash("/metrics", services, _metrics, "GET")
    return routes


def _with_and_without_slash(path: str, services: Services, handler: Handler, method: str) -> list[Route]:
    bare = path.rstrip("/")
    return [Route(each, partial(handler, services), methods=[method]) for each in (bare, f"{bare}/")]


async def _openapi(services: Services, request: Request) -> Response:
    return Reply(openapi_document())


async def _metrics(services: Services, request: Request) -> Response:
    # In a thread, one at a time: there are hundreds of lines, and anybody may ask.
    async with services.metrics.scraping:
        exposition = await asyncio.to_thread(services.metrics.exposition)
    return Response(exposition, media_type="text/plain; version=0.0.4; charset=utf-8")


@asynccontextmanager
async def _lifespan(services: Services, background: Background | None, app: Starlette) -> AsyncIterator[None]:
    storage, metrics = services.storage, services.metrics
    hear_of_lost_errors(asyncio.get_running_loop(), metrics)
    services.game_time.go_on_from(await storage.game_time())

    async def heartbeat() -> None:
        await storage.heartbeat(services.game_time())

    async def prune() -> None:
        await storage.prune_sessions(services.clock())
        await services.accounts.forget_guests()

    tasks: list[asyncio.Task[object]] = [
        asyncio.create_task(asyncio.to_thread(prototypes)),  # not while the first one registers
        asyncio.create_task(repeat(HEARTBEAT_SECONDS, heartbeat, metrics)),
        asyncio.create_task(repeat(PRUNE_SECONDS, prune, metrics)),
    ]
    try:
        if background is None:
            yield
        else:
            async with background(services):
                yield
    finally:
        services.refusals.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await attempt(heartbeat, metrics)
        await asyncio.to_thread(services.accounts.close)


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    return Reply(Detail(error.detail), error.status_code, headers)


async def _on_invalid_fields(request: Request, error: Exception) -> Response:
    assert isinstance(error, InvalidFields)
    return Reply(error.fields, 400)


async def _on_bad_credentials(request: Request, error: Exception) -> Response:
    _note(request, Refused.LOGIN, "bad credentials")
    return Reply(LoginError(str(error)), 401)


async def _on_bad_token(request: Request, error: Exception) -> Response:
    return Reply(Detail(str(error)), 401, {"www-authenticate": "Bearer"})


async def _on_too_many_attempts(request: Request, error: Exception) -> Response:
    assert isinstance(error, TooManyAttempts)
    if not isinstance(error, TooBusy):  # which is nobody's fault
        registers = not request.url.path.startswith("/auth/login")
        _note(request, Refused.REGISTRATION if registers else Refused.LOGIN, "too many attempts")
    return Reply(Detail(str(error)), 429, {"retry-after": str(error.retry_seconds)})


def _note(request: Request, event: Refused, reason: str) -> None:
    services: Services = request.app.state.services
    services.refusals.note(event, address_of(request), reason)


async def _on_conflict(request: Request, error: Exception) -> Response:
    return Reply(Detail(str(error)), 409)


async def _on_no_guests(request: Request, error: Exception) -> Response:
    return Reply(Detail(str(error)), 403)


async def _on_storage_error(request: Request, error: Exception) -> Response:
    return Reply(Detail("the server cannot store anything just now; please try again later"), 503, {"retry-after": "5"})


class JsonCORSMiddleware(CORSMiddleware):
    """Starlette's CORS, with refusals in JSON as all our errors are."""

    def preflight_response(self, request_headers: Headers) -> Response:
        """Answer a preflight."""
        response = super().preflight_response(request_headers)
        if response.status_code < 400:
            return response
        kept = {name: value for name, value in response.headers.items() if not name.startswith("content-")}
        return Reply(Detail(bytes(response.body).decode()), response.status_code, kept)


class ObservedMiddleware:
    """Counts and times HTTP requests, and answers with a bare 500 what no handler expected.

    It stands inside the CORS layer, so that a browser may read that answer too.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or WebSocket."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 0

        async def send_observed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        began = time.perf_counter()
        try:
            await self.app(scope, receive, send_observed)
        except ClientDisconnect:
            status = status or CLIENT_CLOSED
        except Exception:
            _log.exception("unexpected error", method=scope["method"], route=_route(scope))
            self.metrics.unexpected_errors.labels("request").inc()
            if status:
                raise  # the answer has begun; all that is left is to cut it off
            await Reply(Detail("Internal server error."), 500)(scope, receive, send_observed)
        finally:
            self.metrics.requests.labels(_method(scope), _route(scope), str(status)).inc()
            self.metrics.request_seconds.labels(_route(scope)).observe(time.perf_counter() - began)


def _method(scope: Scope) -> str:
    # Only known words: a label for whatever a client makes up would fill the memory.
    return scope["method"] if scope["method"] in HTTP_METHODS else "other"


def _route(scope: Scope) -> str:
    route = scope.get("route")
    return route.path.rstrip("/") if isinstance(route, Route) else "none"
