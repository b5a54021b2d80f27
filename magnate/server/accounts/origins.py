"""Which browser origins may talk to the server: its own, loopback ones, and those of `--allow-origin`."""

import re
from collections.abc import Collection

LOOPBACK = r"https?://(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?"
"""Origins of pages that this machine itself serves, with any port."""

_LOOPBACK = re.compile(LOOPBACK, re.IGNORECASE)


def is_allowed_origin(origin: str, own_host: str | None, allowed: Collection[str]) -> bool:
    """Tell whether a page of `origin` may use the cookie of its visitor.

    Args:
        origin: the `Origin` header.
        own_host: the `Host` header of the same request: name and perhaps port.
        allowed: the setting `allow_origin`.
    """
    origin = origin.lower()
    return (
        origin in allowed
        or _LOOPBACK.fullmatch(origin) is not None
        or (own_host is not None and origin in (f"http://{own_host.lower()}", f"https://{own_host.lower()}"))
    )
