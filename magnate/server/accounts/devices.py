"""Devices on which somebody has signed in: each keeps a signed cookie that says so, and its mistakes count apart.

So nobody who guesses at a name can keep its owner out. The cookie opens nothing: the password is asked all the same.
"""

import secrets
from typing import Final

import jwt

from magnate.server.clock import Clock

COOKIE: Final = "magnate_device"
LIFE_SECONDS: Final = 365 * 86_400
"""How long a device is known after its last login."""

_ALGORITHM: Final = "HS256"
_KIND: Final = "device"
_LONGEST: Final = 1_024


class Devices:
    """Issues and recognizes device cookies."""

    def __init__(self, key: bytes, clock: Clock) -> None:
        self._key = key
        self._clock = clock

    def header(self, name_key: str, *, secure: bool) -> str:
        """Return the `Set-Cookie` header for a device on which the user of that name has just signed in.

        `SameSite` comes last: clients that join the header with that of the session read on after a value, not after a
        bare word such as `Secure`.
        """
        flags = "Secure; HttpOnly" if secure else "HttpOnly"
        return f"{COOKIE}={self.issue(name_key)}; {flags}; Max-Age={LIFE_SECONDS}; Path=/auth/; SameSite=lax"

    def issue(self, name_key: str) -> str:
        """Return the value of that cookie."""
        claims = {
            "kind": _KIND,
            "sub": name_key,
            "jti": secrets.token_urlsafe(12),
            "exp": self._clock() // 1000 + LIFE_SECONDS,
        }
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM)

    def recognize(self, cookie: str | None, name_key: str) -> str | None:
        """Return the id of the device, or None when the user of that name has not signed in on it."""
        if cookie is None or len(cookie) > _LONGEST:
            return None
        try:
            # The expiry is judged by our own clock; the library only knows the machine's.
            claims = jwt.decode(
                cookie,
                self._key,
                algorithms=[_ALGORITHM],
                options={"require": ["sub", "exp", "jti", "kind"], "verify_exp": False},
            )
        except (jwt.InvalidTokenError, ValueError, RecursionError):
            return None
        known = claims["kind"] == _KIND and claims["sub"] == name_key and claims["exp"] > self._clock() // 1000
        return str(claims["jti"]) if known else None
