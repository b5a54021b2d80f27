"""Which pages may use the session cookie of their visitor: those of the server's own origin and of `--allow-origin`."""

from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

LOOPBACK: Final = r"https?://(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?"
"""Origins of pages that this machine itself serves, with any port: they may read answers (CORS), but use no cookie."""

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_OF_SOCKET: Final = {"ws": "http", "wss": "https"}


def canonical_origin(text: str) -> str | None:
    """Return an origin as browsers write it, in lower case and without the scheme's own port; None if it is none."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    default = _DEFAULT_PORTS.get(parts.scheme)
    if default is None or not host or text.lower() != f"{parts.scheme}://{parts.netloc.lower()}" or "@" in text:
        return None
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" if port in (None, default) else f"{parts.scheme}://{shown}:{port}"


def own_origin(connection: HTTPConnection) -> str | None:
    """Return the origin of the server's own pages, as the client of this request or handshake sees it.

    The scheme is that of the connection, or what a trusted proxy says of it; the name and port are the `Host` header.
    """
    scheme = connection.scope.get("scheme", "http")
    return canonical_origin(f"{_OF_SOCKET.get(scheme, scheme)}://{connection.headers.get('host', '')}")


def is_cookie_origin(connection: HTTPConnection, allowed: Collection[str]) -> bool:
    """Tell whether the page that sends this may use the cookie: one of the server's own, or of `allowed` origins.

    A request or handshake without an `Origin` comes from no such page.
    """
    origin = canonical_origin(connection.headers.get("origin", ""))
    return origin is not None and (origin == own_origin(connection) or origin in map(canonical_origin, allowed))


def is_foreign_page(connection: HTTPConnection, allowed: Collection[str]) -> bool:
    """Tell whether this comes from a page that may not use the cookie; without an `Origin` it comes from no page."""
    return "origin" in connection.headers and not is_cookie_origin(connection, allowed)
