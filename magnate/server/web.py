"""Hands out the page: its files, the words and the board that it reads, and the QR code of a room's link."""

import hashlib
import io
from functools import partial
from typing import Final

import segno
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from magnate.server.accounts.origins import own_origin
from magnate.texts import LANGUAGES
from magnate.web import STATIC
from magnate.web.modules import page_html
from magnate.web.words import board_json, words_json

PAGES: Final = {
    "/": "",
    "/r/{code}": "views/room.js",
    "/g/{game}": "views/game.js",
    "/w/{game}": "views/game.js",
    "/replay": "views/replay.js",
    "/replay/{game}": "views/replay.js",
    "/queue": "views/queue.js",
    "/profile": "views/profile.js",
    "/shop": "views/shop.js",
    "/settings": "views/settings.js",
}
"""Where the page is found, with the module of the view that it shows there, which it sees from its address."""

LONGEST_CODE: Final = 32
"""Characters of a room's code for which a QR code is drawn."""

HEADERS: Final = {
    "content-security-policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-cache",  # kept, but asked for each time: a new version of the server has a new page
}


class PageHeaders:
    """Adds HEADERS to every answer of the page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers)


_FILES: Final = StaticFiles(directory=STATIC)
_MIDDLEWARE: Final = [Middleware(PageHeaders), Middleware(GZipMiddleware, minimum_size=500)]


def page_routes() -> list[BaseRoute]:
    """Return the routes of the page and of all that it loads."""
    return [
        *(Route(path, partial(_page, view), middleware=_MIDDLEWARE) for path, view in PAGES.items()),
        Route("/r/{code}/qr.svg", _room_qr, middleware=_MIDDLEWARE),
        Route("/web/words/{lang}.json", _words, middleware=_MIDDLEWARE),
        Route("/web/board.json", _board, middleware=_MIDDLEWARE),
        Route("/favicon.ico", _icon, middleware=_MIDDLEWARE),
        Mount("/web", _FILES, middleware=_MIDDLEWARE),
    ]


async def _page(view: str, request: Request) -> Response:
    return _kept(request, page_html(view), "text/html")


async def _icon(request: Request) -> Response:
    return await _FILES.get_response("icon.svg", request.scope)


async def _words(request: Request) -> Response:
    lang = str(request.path_params["lang"])
    if lang not in LANGUAGES:
        raise HTTPException(404, "The page does not speak that language.")
    return _kept(request, words_json(lang), "application/json")


async def _board(request: Request) -> Response:
    return _kept(request, board_json(), "application/json")


def _kept(request: Request, body: bytes, kind: str) -> Response:
    """Return what a browser keeps for as long as it stays the same."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    asked = request.headers.get("if-none-match", "").replace("W/", "")
    if tag in [each.strip() for each in asked.split(",")]:
        return Response(status_code=304, headers={"etag": tag})
    return Response(body, media_type=kind, headers={"etag": tag})


async def _room_qr(request: Request) -> Response:
    """Draw the link of a room, as the asking browser reaches this server."""
    code, origin = str(request.path_params["code"]), own_origin(request)
    if origin is None or len(origin) > 253 or not (code.isascii() and code.isalnum() and len(code) <= LONGEST_CODE):
        raise HTTPException(404, "There is no such room.")
    drawn = io.BytesIO()
    segno.make_qr(f"{origin}/r/{code}").save(drawn, kind="svg", scale=4, border=3, light="white", svgclass=None)
    return Response(drawn.getvalue(), media_type="image/svg+xml")
