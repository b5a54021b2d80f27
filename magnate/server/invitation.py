"""Where people find the page of a server: addresses to open, and a QR code of the first for a phone."""

import io
import ipaddress
from collections.abc import Sequence

import ifaddr
import segno

from magnate.server.config import is_loopback


def addresses(host: str, port: int) -> list[str]:
    """Return each address at which browsers reach a server that listens on `host`, those for others first.

    Where it listens on all interfaces (0.0.0.0 or ::), these are the addresses of the machine, without link-local ones.
    """
    try:
        listening = ipaddress.ip_address(host)
    except ValueError:
        return [_url(host, port)]
    if not listening.is_unspecified:
        return [_url(host, port)]
    found = [ipaddress.ip_address(each.ip if isinstance(each.ip, str) else each.ip[0]) for each in _interfaces()]
    fitting = [each for each in found if each.version == 4 or listening.version == 6]
    reachable = [each for each in fitting if not each.is_link_local]
    reachable.sort(key=lambda each: (each.is_loopback, each.version))
    return [_url(str(each), port) for each in reachable]


def invitation(host: str, port: int, *, picture: bool) -> list[str]:
    """Return what tells others where to open the page, in lines, with a QR code if `picture`; nothing if none can."""
    others = [url for url in addresses(host, port) if not _is_here(url)]
    lines = [f"magnate: open {url} in a browser to play" for url in others]
    return [*lines, "", *qr_lines(others[0])] if others and picture else lines


def qr_lines(text: str) -> Sequence[str]:
    """Return a QR code in lines of half blocks, for a terminal of light words on a dark ground."""
    drawn = io.StringIO()
    segno.make_qr(text, error="l").terminal(drawn, border=2, compact=True)
    return drawn.getvalue().rstrip("\n").splitlines()


def _interfaces() -> list[ifaddr.IP]:
    return [each for adapter in ifaddr.get_adapters() for each in adapter.ips]


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _is_here(url: str) -> bool:
    return is_loopback(url.removeprefix("http://").rpartition(":")[0].strip("[]"))
