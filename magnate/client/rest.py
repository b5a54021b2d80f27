"""The calls over HTTP (protocol: REST), each a method that returns what the server answers, typed.

Tokens are refreshed when they run out, without the caller's doing; what is refused raises `CallRefused`.
"""

import asyncio
import secrets
from collections.abc import Mapping
from json import JSONDecodeError
from types import TracebackType
from typing import Final, Self, TypeVar

import httpx
import msgspec

from magnate.client.address import checked
from magnate.client.errors import CallRefused, NothingThere, NotMagnate, ServerUnreachable, SignInNeeded
from magnate.client.session import Session, SessionFile
from magnate.protocol.rest import (
    CodeAnswer,
    GamesPlayed,
    HealthAnswer,
    LiveGame,
    LiveGames,
    LoginAnswer,
    NameAndPiece,
    Profile,
    PurchaseAnswer,
    RecordAnswer,
    RegisterAnswer,
    RoomAnswer,
    RunningGame,
    RunningGames,
    ShopItem,
    SummaryAnswer,
    TokenAnswer,
)

TIMEOUT_SECONDS: Final = 10.0
"""How long a call may take."""
GATEWAY_ERRORS: Final = (502, 503, 504)
"""What a proxy answers for a server that is not there just now."""

AnswerT = TypeVar("AnswerT")


class RestClient:
    """One server, and the session with it. Use it as an asynchronous context manager."""

    def __init__(
        self,
        server: str,
        sessions: SessionFile | None = None,
        *,
        remembered_as: str | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Prepare to talk to `server` (such as `http://127.0.0.1:8000`); nothing is sent yet.

        Args:
            server: The address, with or without a slash at its end.
            sessions: Where the session is remembered; None forgets it at the end.
            remembered_as: The name it is remembered by, for a server whose address changes; None: its address.
            transport: How calls travel, for tests.

        Raises:
            BadAddress: that can be no address.
        """
        self.server = checked(server)
        self._sessions = sessions
        self._remembered_as = remembered_as or self.server
        # To load the certificates of all authorities takes a while; an address without TLS needs none of them.
        verify = self.server.startswith("https:")
        self._http = httpx.AsyncClient(
            base_url=self.server, timeout=TIMEOUT_SECONDS, transport=transport, verify=verify
        )
        self._refreshing = asyncio.Lock()
        self._attempt = ("", "")
        """The last refresh token that was sent, and the attempt that gets a lost answer again."""
        self.session: Session | None = None if sessions is None else sessions.load(self._remembered_as)
        """Who is signed in."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections; the session stays."""
        await self._http.aclose()

    async def register(self, username: str, password: str, password2: str) -> Profile:
        """Make an account and sign in; faults come as `CallRefused.fields`."""
        body = {"username": username, "password": password, "password2": password2}
        return await self._sign_in("/auth/register/", body, RegisterAnswer)

    async def login(self, username: str, password: str) -> Profile:
        """Sign in."""
        return await self._sign_in("/auth/login/", {"username": username, "password": password}, LoginAnswer)

    async def logout(self) -> None:
        """End the session, here and, if it can be reached, on the server."""
        session = self.session
        self._remember(None)
        if session is not None:
            headers = {"Authorization": f"Bearer {session.access}"}
            await self._send("POST", "/auth/logout/", {"refresh": session.refresh}, headers)

    async def play_as_guest(self, username: str | None = None) -> Profile:
        """Sign in as a new guest, without a password; a name like the one that is given is made where it is taken."""
        body = {} if username is None else {"username": username}
        return await self._sign_in("/auth/guest/", body, RegisterAnswer)

    async def claim(self, username: str, password: str, password2: str) -> Profile:
        """Give the account of a guest a name and a password, for good; games, points and rating stay."""
        body = {"username": username, "password": password, "password2": password2}
        answer = await self._call("POST", "/auth/claim/", RegisterAnswer, body)
        tokens = answer.tokens
        self._remember(Session(answer.user.username, answer.user.pk, tokens.access, tokens.refresh))
        return answer.user

    async def games_to_watch(self) -> tuple[LiveGame, ...]:
        """Return the running games that everybody may watch, newest first; needs no session."""
        return self._read(await self._send("GET", "/games/live/", None, {}), LiveGames).games

    async def access_token(self) -> str:
        """Return an access token that the server accepts now: what a socket needs.

        Raises:
            SignInNeeded: nobody is signed in, or the session is void.
        """
        await self.profile()
        return self._signed_in().access

    async def profile(self) -> Profile:
        """Return the user's own profile."""
        return await self._call("GET", "/user/info/", Profile)

    async def change_piece(self, custom_id: int) -> None:
        """Choose an owned piece; 0 is the one that everybody has."""
        await self._call("POST", "/user/change-piece/", dict[str, object], {"custom_id": custom_id})

    async def piece_of(self, user: int) -> int:
        """Return the piece that anybody plays with, bots included; 0 is the one that everybody has."""
        return self._read(await self._send("GET", f"/info/user-name-piece/{user}/", None, {}), NameAndPiece).piece

    async def games_played(self) -> list[int]:
        """Return the ids of the user's games."""
        return (await self._call("GET", "/user/games-played/", GamesPlayed)).games

    async def summary(self, game: int) -> SummaryAnswer:
        """Return how a game of the user ended."""
        return await self._call("GET", f"/game/summary/{game}/", SummaryAnswer)

    async def record(self, game: int) -> tuple[str, ...]:
        """Return the lines of the record of a finished game of the user."""
        return (await self._call("GET", f"/game/record/{game}/", RecordAnswer)).lines

    async def record_with_events(self, game: int) -> tuple[str, ...]:
        """Return the lines of the record of a finished game of the user, each move with its events."""
        return (await self._call("GET", f"/game/record/{game}/events/", RecordAnswer)).lines

    async def record_so_far(self, game: int) -> tuple[str, ...]:
        """Return the lines of the record of a game that may still run, without bids that are still sealed."""
        return (await self._call("GET", f"/game/record/{game}/so-far/", RecordAnswer)).lines

    async def running_games(self) -> tuple[RunningGame, ...]:
        """Return the running games of the user, newest first."""
        return (await self._call("GET", "/games/mine/", RunningGames)).games

    async def shop(self) -> list[ShopItem]:
        """Return all items of the shop."""
        return await self._call("GET", "/shop/items/", list[ShopItem])

    async def buy(self, custom_id: int) -> int:
        """Buy an item and return the points that are left."""
        return (await self._call("POST", "/shop/buy/", PurchaseAnswer, {"custom_id": custom_id})).points_remaining

    async def emojis(self) -> list[ShopItem]:
        """Return the owned emojis."""
        return await self._call("GET", "/shop/user-emojis/", list[ShopItem])

    async def new_room(self) -> str:
        """Make a private room and return its code."""
        return (await self._call("GET", "/lobby/get-private-code", RoomAnswer)).code

    async def room_exists(self, code: str) -> bool:
        """Return whether there is a private room of that code."""
        return (await self._call("GET", f"/lobby/check-code/{code}/", CodeAnswer)).exists

    async def health(self) -> HealthAnswer:
        """Return how the server does; needs no session."""
        response = await self._send("GET", "/healthz", None, {})
        try:
            # A server whose storage fails says so with 503 and the same answer.
            return msgspec.json.decode(response.content, type=HealthAnswer)
        except ValueError:
            if response.status_code in GATEWAY_ERRORS:
                raise ServerUnreachable(self.server, f"HTTP {response.status_code}") from None
            if response.status_code == httpx.codes.NOT_FOUND:
                raise NothingThere(self.server) from None
            raise NotMagnate(self.server, f"HTTP {response.status_code} at /healthz") from None

    def _signed_in(self) -> Session:
        if self.session is None:
            raise SignInNeeded(401, "you are not signed in")
        return self.session

    def _remember(self, session: Session | None) -> None:
        self.session = session
        if self._sessions is not None:
            self._sessions.save(self._remembered_as, session)

    async def _sign_in(
        self, path: str, body: Mapping[str, object], wanted: type[RegisterAnswer] | type[LoginAnswer]
    ) -> Profile:
        response = await self._send("POST", path, body, {})
        if response.status_code == httpx.codes.NOT_FOUND:
            raise NothingThere(self.server)
        answer = self._read(response, wanted)
        tokens = answer.tokens
        self._remember(Session(answer.user.username, answer.user.pk, tokens.access, tokens.refresh))
        return answer.user

    async def _call(
        self, method: str, path: str, wanted: type[AnswerT], body: Mapping[str, object] | None = None
    ) -> AnswerT:
        """Send a call with the access token; where that has run out, get a new one and send it once more."""
        session = self._signed_in()
        response = await self._send(method, path, body, _bearer(session))
        if response.status_code == httpx.codes.UNAUTHORIZED:
            response = await self._send(method, path, body, _bearer(await self._refresh(session)))
        return self._read(response, wanted)

    async def _refresh(self, stale: Session) -> Session:
        """Exchange the refresh token, once for all calls that found the same access token void."""
        async with self._refreshing:
            session = self._signed_in()
            if session.access != stale.access:
                return session
            if self._attempt[0] != session.refresh:
                self._attempt = session.refresh, secrets.token_urlsafe(16)
            body = {"refresh": session.refresh, "attempt": self._attempt[1]}
            response = await self._send("POST", "/auth/refresh/", body, {})
            if response.status_code == httpx.codes.UNAUTHORIZED:
                self._remember(None)
                raise SignInNeeded(401, "your session has ended: sign in again")
            tokens = self._read(response, TokenAnswer)
            fresh = Session(session.username, session.user, tokens.access, tokens.refresh)
            self._remember(fresh)
            return fresh

    async def _send(
        self, method: str, path: str, body: Mapping[str, object] | None, headers: Mapping[str, str]
    ) -> httpx.Response:
        try:
            return await self._http.request(method, path, json=body, headers=headers)
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise ServerUnreachable(self.server, str(error) or type(error).__name__) from error

    def _read(self, response: httpx.Response, wanted: type[AnswerT]) -> AnswerT:
        if response.is_error:
            raise self._refusal(response)
        try:
            return msgspec.json.decode(response.content, type=wanted)
        except ValueError as error:
            raise NotMagnate(self.server, str(error)) from error

    def _refusal(self, response: httpx.Response) -> CallRefused | NotMagnate | ServerUnreachable:
        """Return the error for an answer that says no: `detail`, `error`, or faults by field."""
        try:
            said = response.json()
        except (JSONDecodeError, UnicodeDecodeError):
            if response.status_code in GATEWAY_ERRORS:
                return ServerUnreachable(self.server, f"HTTP {response.status_code}")
            return NotMagnate(self.server, f"HTTP {response.status_code} without JSON")
        if not isinstance(said, dict):
            return NotMagnate(self.server, f"HTTP {response.status_code}")
        kind = SignInNeeded if response.status_code == httpx.codes.UNAUTHORIZED and "detail" in said else CallRefused
        for key in ("detail", "error"):
            if isinstance(said.get(key), str):
                return kind(response.status_code, said[key])
        fields = {
            str(name): [str(fault) for fault in faults] for name, faults in said.items() if isinstance(faults, list)
        }
        first = next((faults[0] for faults in fields.values() if faults), f"HTTP {response.status_code}")
        return kind(response.status_code, first, fields)


def _bearer(session: Session) -> dict[str, str]:
    return {"Authorization": f"Bearer {session.access}"}
