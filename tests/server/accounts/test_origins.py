"""The session cookie belongs to pages of the server's own origin and of those that the host allows."""

import pytest
from starlette.requests import HTTPConnection

from magnate.server.accounts.origins import canonical_origin, is_cookie_origin, is_foreign_page


def connection(origin: str | None, scheme: str = "https", host: str = "play.example.org") -> HTTPConnection:
    headers = [(b"host", host.encode())]
    if origin is not None:
        headers.append((b"origin", origin.encode()))
    return HTTPConnection({"type": "websocket", "scheme": scheme, "headers": headers, "path": "/"})


@pytest.mark.parametrize(
    ("origin", "scheme", "host"),
    [
        ("https://play.example.org", "https", "play.example.org"),
        ("https://play.example.org", "wss", "Play.Example.org"),
        ("https://play.example.org", "wss", "play.example.org:443"),
        ("http://play.example.org", "ws", "play.example.org:80"),
        ("http://127.0.0.1:8000", "ws", "127.0.0.1:8000"),
        ("http://[::1]:8000", "ws", "[::1]:8000"),
    ],
)
def test_the_servers_own_origin_is_the_scheme_and_host_of_the_connection(origin: str, scheme: str, host: str) -> None:
    assert is_cookie_origin(connection(origin, scheme, host), ())
    assert not is_foreign_page(connection(origin, scheme, host), ())


@pytest.mark.parametrize(
    "origin",
    [
        "http://play.example.org",
        "https://play.example.org:8443",
        "https://example.org",
        "https://play.example.org.evil.org",
        "https://evil@play.example.org",
        "https://play.example.org/",
        "https://play.example.org:x",
        "https://",
        "http://localhost",
        "http://127.0.0.1:8000",
        "http://[::1]:8000",
        "null",
        "",
        "play.example.org",
        "file://",
        "https://[::1",
    ],
)
def test_every_other_origin_is_a_foreign_page(origin: str) -> None:
    assert not is_cookie_origin(connection(origin, "wss"), ())
    assert is_foreign_page(connection(origin, "wss"), ())


def test_an_origin_that_the_host_allows_counts_with_its_port_written_or_not() -> None:
    for allowed in ("https://app.example.org", "https://app.example.org:443", "HTTPS://App.Example.org"):
        assert is_cookie_origin(connection("https://app.example.org"), [allowed])
        assert not is_cookie_origin(connection("https://app.example.org:444"), [allowed])


def test_without_an_origin_there_is_no_page_and_no_cookie_for_sockets() -> None:
    assert not is_cookie_origin(connection(None), ())
    assert not is_foreign_page(connection(None), ())


def test_an_origin_is_compared_as_browsers_write_it() -> None:
    assert canonical_origin("HTTP://Example.org:80") == "http://example.org"
    assert canonical_origin("https://example.org:80") == "https://example.org:80"
    assert canonical_origin("https://example.org/path") is None
