"""Who is at the other end, as limits count it."""

import ipaddress
from functools import lru_cache
from typing import Final

IPV6_PREFIX: Final = 64
"""Bits of an IPv6 address that one customer has to themselves; the rest they may choose as they like (RFC 6177)."""

_LONGEST: Final = 64


@lru_cache(maxsize=1024)
def network_of(address: str) -> str:
    """Return what counts as one client: an IPv4 address, also when written as IPv6, or the /64 of an IPv6 address.

    What is no address (a Unix socket's name) counts as it is.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:_LONGEST]
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(parsed), IPV6_PREFIX), strict=False))
