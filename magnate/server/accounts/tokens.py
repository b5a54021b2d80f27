"""Access tokens, refresh tokens and the session cookie: signed (HS256), each of one kind, bound to a family.

A login opens a family, whose random name is never used again. Its access tokens live a few minutes, and count where
the family is known (a user's number alone would name somebody else after a restore from a backup); its refresh token is
good for one exchange, and an old one that comes again voids the family; its cookie counts while the family is alive.

The answer to an exchange may be lost on its way. A client that names its attempt may ask again: the successor is made
from token and attempt with our key, and is handed out again, within a minute and before it is used itself.
"""

import base64
import hmac
import secrets
from enum import Enum

import jwt
from msgspec import Struct, convert

from magnate.protocol.rest import LONGEST_TOKEN
from magnate.server.clock import Clock
from magnate.server.config import Settings
from magnate.server.errors import BadToken
from magnate.server.storage.interface import SessionStorage
from magnate.server.storage.records import Rotation, User

ALGORITHM = "HS256"


class Kind(Enum):
    """What a token is for; none is accepted in another's place."""

    ACCESS = "access"
    REFRESH = "refresh"
    COOKIE = "cookie"


class TokenPair(Struct, frozen=True):
    """What a login or a refresh hands out."""

    access: str
    refresh: str


class Session(Struct, frozen=True):
    """A new family: its tokens and the value of its cookie, which lives `cookie_seconds`."""

    tokens: TokenPair
    cookie: str
    cookie_seconds: int


class Claims(Struct, frozen=True):
    """What a token says."""

    kind: Kind
    user: int
    family: str
    token: str
    expires_ms: int


class Tokens:
    """Issues, checks and voids tokens."""

    def __init__(self, settings: Settings, key: bytes, storage: SessionStorage, clock: Clock) -> None:
        self._key = key
        self._storage = storage
        self._clock = clock
        self._access_ms = int(settings.access_minutes * 60_000)
        self._refresh_ms = int(settings.refresh_days * 86_400_000)
        # A family is remembered for as long as any of its tokens may count.
        self._family_ms = max(self._access_ms, self._refresh_ms)

    async def open(self, user: int) -> Session:
        """Open a new family for `user`."""
        now_ms = self._clock()
        family, token = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
        await self._storage.open_session(family, user, token, now_ms, now_ms + self._family_ms)
        cookie = self._sign(Kind.COOKIE, user, family, "", now_ms + self._refresh_ms)
        return Session(self._pair(user, family, token), cookie, self._refresh_ms // 1000)

    async def refresh(self, refresh_token: str, attempt: str | None = None) -> TokenPair:
        """Exchange a refresh token for a new pair; the old one is void, but for the same attempt.

        Raises:
            BadToken: it is not valid, or was used before (then its whole family is void now).
        """
        claims = self._read(refresh_token, Kind.REFRESH)
        now_ms = self._clock()
        token = secrets.token_urlsafe(16) if attempt is None else self._after(claims, attempt)
        rotation = await self._storage.rotate_session(
            claims.family, claims.token, token, now_ms, now_ms + self._family_ms
        )
        if rotation is Rotation.REUSED:
            raise BadToken("this token was used before; please log in again")
        if rotation is Rotation.REVOKED:
            raise BadToken("this session has ended; please log in again")
        return self._pair(claims.user, claims.family, token)

    async def user_of_access(self, access_token: str) -> User:
        """Return the user of an access token whose family is known. Raises `BadToken`."""
        claims = self._read(access_token, Kind.ACCESS)
        return _owner(claims, await self._storage.family_user(claims.family))

    async def user_of_cookie(self, cookie: str) -> User:
        """Return the user of a session cookie whose family is alive. Raises `BadToken`."""
        claims = self._read(cookie, Kind.COOKIE)
        return _owner(claims, await self._storage.session_user(claims.family, self._clock()))

    async def close(self, token: str, kind: Kind) -> None:
        """Void the family of a token or cookie; one that is not valid (any more) has nothing to void."""
        try:
            claims = self._read(token, kind)
        except BadToken:
            return
        await self._storage.revoke_session(claims.family, self._clock())

    def _after(self, claims: Claims, attempt: str) -> str:
        """Return the token that follows one by an attempt; nobody knows it without the key."""
        digest = hmac.digest(self._key, f"after {claims.family} {claims.token} {attempt}".encode(), "sha256")
        return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode("ascii")

    def _pair(self, user: int, family: str, token: str) -> TokenPair:
        now_ms = self._clock()
        return TokenPair(
            access=self._sign(Kind.ACCESS, user, family, secrets.token_urlsafe(8), now_ms + self._access_ms),
            refresh=self._sign(Kind.REFRESH, user, family, token, now_ms + self._refresh_ms),
        )

    def _sign(self, kind: Kind, user: int, family: str, token: str, expires_ms: int) -> str:
        claims = {
            "kind": kind.value,
            "sub": str(user),
            "family": family,
            "jti": token,
            "iat": self._clock() // 1000,
            "exp": expires_ms // 1000,
        }
        return jwt.encode(claims, self._key, algorithm=ALGORITHM)

    def _read(self, token: str, kind: Kind) -> Claims:
        """Return the claims of a token of that kind that is signed by us and has not expired. Raises `BadToken`."""
        if len(token) > LONGEST_TOKEN:
            raise BadToken("the token is malformed")
        try:
            # The expiry is judged below, by our own clock; the library only knows the machine's.
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[ALGORITHM],
                options={"require": ["sub", "exp", "jti", "kind", "family"], "verify_exp": False, "verify_iat": False},
            )
            user, expires_ms = int(claims["sub"]), int(claims["exp"]) * 1000
            read = convert(
                {
                    "kind": claims["kind"],
                    "user": user,
                    "family": claims["family"],
                    "token": claims["jti"],
                    "expires_ms": expires_ms,
                },
                Claims,
            )
        except (jwt.InvalidTokenError, ValueError, TypeError, OverflowError, RecursionError):
            raise BadToken("the token is malformed") from None
        if read.kind is not kind:
            raise BadToken(f"the token is no {kind.value} token")
        if read.expires_ms <= self._clock():
            raise BadToken("the token has expired")
        return read


def _owner(claims: Claims, user: User | None) -> User:
    """Return the user that the storage knows for a token's family. Raises `BadToken` when the token names another."""
    if user is None or user.pk != claims.user:
        raise BadToken("this session has ended; please log in again")
    return user
