"""The address of a server, as people type it."""

from typing import Final
from urllib.parse import urlsplit

from magnate.client.errors import BadAddress

_LONGEST: Final = 2_000


def checked(address: str) -> str:
    """Return an address without a slash at its end.

    Raises:
        BadAddress: no request can be sent there.
    """
    if not address.startswith(("http://", "https://")):
        raise BadAddress(address, "it does not begin with http:// or https://")
    if len(address) > _LONGEST or not address.isprintable() or " " in address or "\\" in address:
        raise BadAddress(address, "it is too long, or has characters that no address has")
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError as error:
        raise BadAddress(address, "a host in brackets must be an IPv6 address") from error
    try:
        port = parts.port
    except ValueError as error:
        raise BadAddress(address, "its port must be a number from 1 to 65535") from error
    if not host or port == 0 or parts.netloc.endswith(":"):
        raise BadAddress(address, "it names no host, or no port after the colon")
    try:
        host.encode("idna")
    except UnicodeError as error:
        raise BadAddress(address, f"{host!r} is not the name of a host") from error
    if "@" in parts.netloc:
        raise BadAddress(address, "it has a name before the host; use --user for yours")
    if "?" in address or "#" in address:
        raise BadAddress(address, "it goes on after the path, with ? or #")
    return address.rstrip("/")
