"""The REST side: one handler a call, and the table of all calls (`protocol`, REST)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from magnate import __version__
from magnate.protocol.rest import (
    ClaimRequest,
    CodeAnswer,
    Detail,
    FieldErrors,
    GamesPlayed,
    GuestRequest,
    HealthAnswer,
    ItemRequest,
    LiveGames,
    LoginAnswer,
    LoginError,
    LoginRequest,
    LogoutRequest,
    NameAndPiece,
    PieceAnswer,
    Profile,
    PurchaseAnswer,
    RecordAnswer,
    RefreshRequest,
    RegisterAnswer,
    RegisterRequest,
    RoomAnswer,
    RunningGames,
    ShopItem,
    SummaryAnswer,
    TokenAnswer,
)
from magnate.server.accounts.auth import COOKIE, address_of, bearer_token, rest_user
from magnate.server.accounts.devices import COOKIE as DEVICE_COOKIE
from magnate.server.accounts.names import name_key
from magnate.server.accounts.origins import is_foreign_page
from magnate.server.accounts.tokens import Kind, TokenPair
from magnate.server.clock import iso_time
from magnate.server.errors import BadCredentials, BadToken, InvalidFields, NotReplayable
from magnate.server.past_games import game_record as stored_record
from magnate.server.past_games import record_so_far, record_with_events, summary_standings
from magnate.server.rest.body import BodyT, Reply, read_body
from magnate.server.rewards.shop import EMOJI, PIECE, Item, items
from magnate.server.services import Services
from magnate.server.storage.records import Game, GameStatus, PurchaseRefusal, User

Handler: TypeAlias = Callable[[Services, Request], Awaitable[Response]]

LONGEST_ID = 18
"""Digits of an id that surely fits the database's 64 bits."""


@dataclass(frozen=True, slots=True)
class Call:
    """A REST call: where, what it takes, and every answer that it may give by status."""

    method: str
    path: str
    """As documented; the trailing slash is optional when it is asked for."""
    handler: Handler
    summary: str
    answers: dict[int, tuple[object, ...]]
    body: type[Struct] | None = None
    needs_token: bool = True


async def register(services: Services, request: Request) -> Response:
    """Make an account and log it in."""
    body = await _body(services, request, RegisterRequest)
    user = await services.accounts.register(body.username, body.password, body.password2, address_of(request))
    session = await services.tokens.open(user.pk)
    answer = RegisterAnswer("correctly registered user", _profile_of(user), _token_answer(session.tokens))
    return Reply(answer, 201)


async def guest(services: Services, request: Request) -> Response:
    """Make a guest and log them in."""
    body = await _body(services, request, GuestRequest)
    user = await services.accounts.guest(body.username, address_of(request))
    session = await services.tokens.open(user.pk)
    return Reply(RegisterAnswer("welcome, guest", _profile_of(user), _token_answer(session.tokens)), 201)


async def claim(services: Services, request: Request) -> Response:
    """Make the account of a guest a lasting one."""
    user = await _user(services, request)
    body = await _body(services, request, ClaimRequest)
    claimed = await services.accounts.claim(user, body.username, body.password, body.password2, address_of(request))
    session = await services.tokens.open(claimed.pk)
    return Reply(RegisterAnswer("correctly registered user", _profile_of(claimed), _token_answer(session.tokens)))


async def login(services: Services, request: Request) -> Response:
    """Hand out tokens and the session cookie for a name and its password."""
    body = await _body(services, request, LoginRequest)
    foreign = is_foreign_page(request, services.settings.allow_origin)  # it may not act for its visitor
    key = name_key(body.username.strip())
    device = None if foreign else services.devices.recognize(request.cookies.get(DEVICE_COOKIE), key)
    try:
        user = await services.accounts.login(body.username, body.password, address_of(request), device)
    except BadCredentials:
        services.metrics.failed_logins.inc()
        raise
    session = await services.tokens.open(user.pk)
    answer = LoginAnswer("succesful login", _profile_of(user), _token_answer(session.tokens), user.active_game)
    reply = Reply(answer)
    if not foreign:
        secure = request.url.scheme == "https"
        reply.headers.append("set-cookie", services.devices.header(key, secure=secure))
        reply.set_cookie(
            COOKIE, session.cookie, max_age=session.cookie_seconds, httponly=True, samesite="lax", secure=secure
        )
    return reply


async def refresh(services: Services, request: Request) -> Response:
    """Exchange a refresh token."""
    body = await _body(services, request, RefreshRequest)
    return Reply(_token_answer(await services.tokens.refresh(body.refresh, body.attempt)))


async def logout(services: Services, request: Request) -> Response:
    """Void the session that the refresh token, the access token or the cookie belongs to."""
    body = await _body(services, request, LogoutRequest)
    if body.refresh is not None:
        await services.tokens.close(body.refresh, Kind.REFRESH)
    try:
        access = bearer_token(request)
    except BadToken:
        access = None
    if access is not None:
        await services.tokens.close(access, Kind.ACCESS)
    reply = Response(status_code=204)
    if is_foreign_page(request, services.settings.allow_origin):
        return reply  # any page could send its visitor's cookie along
    if COOKIE in request.cookies:
        await services.tokens.close(request.cookies[COOKIE], Kind.COOKIE)
    reply.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=request.url.scheme == "https")
    return reply


async def user_info(services: Services, request: Request) -> Response:
    """Show the user's own profile."""
    return Reply(_profile_of(await _user(services, request)))


async def change_piece(services: Services, request: Request) -> Response:
    """Choose one of the owned pieces."""
    user = await _user(services, request)
    body = await _body(services, request, ItemRequest)
    if body.custom_id != 0 and _item(body.custom_id).item_type != PIECE:
        raise InvalidFields({"custom_id": ["This item is not a piece."]})
    if not await services.storage.set_piece(user.pk, body.custom_id):
        raise InvalidFields({"custom_id": ["You do not own this piece."]})
    return Reply(PieceAnswer("piece changed", body.custom_id))


async def games_played(services: Services, request: Request) -> Response:
    """List the user's finished games."""
    user = await _user(services, request)
    return Reply(GamesPlayed(await services.storage.finished_games_of(user.pk)))


async def name_and_piece(services: Services, request: Request) -> Response:
    """Show the name and piece of any user or bot."""
    user = await services.storage.user(_id(request, "pk"))
    if user is None:
        raise HTTPException(404, "There is no such user.")
    return Reply(NameAndPiece(user.username, user.piece))


async def shop_items(services: Services, request: Request) -> Response:
    """List all items of the shop."""
    user = await _user(services, request)
    owned = await services.storage.owned_items(user.pk)
    return Reply([_shop_item(item, item.custom_id in owned) for item in items().values()])


async def shop_buy(services: Services, request: Request) -> Response:
    """Buy an item."""
    user = await _user(services, request)
    item = _item((await _body(services, request, ItemRequest)).custom_id)
    purchase = await services.storage.buy_item(user.pk, item.custom_id, item.price, services.clock())
    match purchase.refusal:
        case PurchaseRefusal.OWNED:
            raise InvalidFields({"custom_id": ["You already own this item."]})
        case PurchaseRefusal.TOO_EXPENSIVE:
            raise InvalidFields(
                {"custom_id": [f"You do not have enough points: it costs {item.price}, you have {purchase.points}."]}
            )
        case None:
            return Reply(PurchaseAnswer("item bought", _shop_item(item, True), purchase.points))


async def user_pieces(services: Services, request: Request) -> Response:
    """List the owned pieces."""
    return await _owned(services, request, PIECE)


async def user_emojis(services: Services, request: Request) -> Response:
    """List the owned emojis."""
    return await _owned(services, request, EMOJI)


async def get_private_code(services: Services, request: Request) -> Response:
    """Make a private room."""
    user = await _user(services, request)
    return Reply(RoomAnswer(await services.rooms.reserve(user.pk), "private room created"))


async def check_code(services: Services, request: Request) -> Response:
    """Tell whether a private room exists."""
    await _user(services, request)
    return Reply(CodeAnswer(services.rooms.exists(str(request.path_params["code"]))))


async def game_summary(services: Services, request: Request) -> Response:
    """Show how a game ended to those who played in it."""
    game, finished_ms = await _finished(services, request)
    began, ended = iso_time(game.created_ms), iso_time(finished_ms)
    standings = await summary_standings(services.storage, game)
    return Reply(SummaryAnswer(game.id, game.id, began, ended, game.final_money or {}, standings))


async def game_record(services: Services, request: Request) -> Response:
    """Hand out the record of a finished game to those who played in it, for replays."""
    game, _ = await _finished(services, request)
    try:
        record = await stored_record(services.storage, game.id)
    except NotReplayable:
        raise HTTPException(404, "This game cannot be replayed.") from None
    return Reply(RecordAnswer(game.id, tuple(line.rstrip("\n") for line in record)))


async def game_record_with_events(services: Services, request: Request) -> Response:
    """Hand out the record of a finished game with what happened in each move, for clients without the rules."""
    game, _ = await _finished(services, request)
    try:
        lines = await record_with_events(services.storage, game.id)
    except NotReplayable:
        raise HTTPException(404, "This game cannot be replayed.") from None
    return Reply(RecordAnswer(game.id, tuple(lines)))


async def game_record_so_far(services: Services, request: Request) -> Response:
    """Hand out the record of a game that may still run to those who play in it, without bids that are still sealed."""
    game = await _played_in(services, request)
    try:
        lines = await record_so_far(services.storage, game.id)
    except NotReplayable:
        raise HTTPException(404, "This game cannot be replayed.") from None
    return Reply(RecordAnswer(game.id, tuple(line.rstrip("\n") for line in lines)))


async def games_mine(services: Services, request: Request) -> Response:
    """List the user's running games."""
    user = await _user(services, request)
    return Reply(RunningGames(services.games.running_of(user.pk)))


async def games_live(services: Services, request: Request) -> Response:
    """List the running games that everybody may watch."""
    return Reply(LiveGames(services.games.to_watch()))


async def _played_in(services: Services, request: Request) -> Game:
    """Return the game that is asked for, in which the user plays or has played."""
    user = await _user(services, request)
    game = await services.storage.game(_id(request, "id"))
    if game is None:
        raise HTTPException(404, "There is no such game.")
    if user.pk not in game.seats:
        raise HTTPException(403, "You did not play in this game.")
    return game


async def _finished(services: Services, request: Request) -> tuple[Game, int]:
    """Return the finished game that is asked for, and when it ended, in ms since 1970."""
    game = await _played_in(services, request)
    if game.status is not GameStatus.FINISHED or game.finished_ms is None:
        raise HTTPException(404, "This game is not finished.")
    return game, game.finished_ms


async def healthz(services: Services, request: Request) -> Response:
    """Tell whether the server can do its work."""
    health, metrics = services.storage.health, services.metrics
    status = "ok" if health.ok else "storage fails"
    answer = HealthAnswer(status, __version__, metrics.games, metrics.connections, health.reason)
    return Reply(answer, 200 if health.ok else 503)


async def _body(services: Services, request: Request, wanted: type[BodyT]) -> BodyT:
    return await read_body(request, wanted, services.settings.max_body_bytes)


def _profile_of(user: User) -> Profile:
    """Return the profile of a stored user."""
    return Profile(
        pk=user.pk,
        username=user.username,
        points=user.points,
        exp=user.exp,
        elo=user.elo,
        date_joined=iso_time(user.joined_ms),
        num_played_games=user.played,
        num_won_games=user.won,
        user_piece=user.piece,
        active_game=user.active_game,
        guest=user.is_guest,
    )


async def _user(services: Services, request: Request) -> User:
    return await rest_user(request, services.tokens)


async def _owned(services: Services, request: Request, item_type: str) -> Response:
    user = await _user(services, request)
    owned = await services.storage.owned_items(user.pk)
    return Reply(
        [_shop_item(item, True) for item in items().values() if item.item_type == item_type and item.custom_id in owned]
    )


def _item(custom_id: int) -> Item:
    item = items().get(custom_id)
    if item is None:
        raise InvalidFields({"custom_id": ["There is no such item."]})
    return item


def _shop_item(item: Item, owned: bool) -> ShopItem:
    return ShopItem(item.custom_id, item.item_type, item.price, owned)


def _token_answer(tokens: TokenPair) -> TokenAnswer:
    return TokenAnswer(tokens.access, tokens.refresh)


def _id(request: Request, name: str) -> int:
    text = str(request.path_params[name])
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_ID):
        raise HTTPException(404, f"{name} must be a number.")
    return int(text)


_BAD_BODY = {400: (FieldErrors, Detail), 413: (Detail,)}
_LIMITED = {429: (Detail,)}

CALLS = (
    Call(
        "POST", "/auth/register/", register, "Make an account", {201: (RegisterAnswer,), **_BAD_BODY, **_LIMITED},
        RegisterRequest, needs_token=False,
    ),
    Call(
        "POST", "/auth/guest/", guest, "Play without a password, as a guest",
        {201: (RegisterAnswer,), 403: (Detail,), **_BAD_BODY, **_LIMITED}, GuestRequest, needs_token=False,
    ),
    Call(
        "POST", "/auth/claim/", claim, "Give a guest's account a name and a password, for good",
        {200: (RegisterAnswer,), 409: (Detail,), **_BAD_BODY, **_LIMITED}, ClaimRequest,
    ),
    Call(
        "POST", "/auth/login/", login, "Log in", {200: (LoginAnswer,), 401: (LoginError,), **_BAD_BODY, **_LIMITED},
        LoginRequest, needs_token=False,
    ),
    Call(
        "POST", "/auth/refresh/", refresh, "Exchange a refresh token",
        {200: (TokenAnswer,), 401: (Detail,), **_BAD_BODY}, RefreshRequest, needs_token=False,
    ),
    Call(
        "POST", "/auth/logout/", logout, "End a session", {204: (), **_BAD_BODY}, LogoutRequest, needs_token=False
    ),
    Call("GET", "/user/info/", user_info, "Show your own profile", {200: (Profile,)}),
    Call(
        "POST", "/user/change-piece/", change_piece, "Choose an owned piece", {200: (PieceAnswer,), **_BAD_BODY},
        ItemRequest,
    ),
    Call("GET", "/user/games-played/", games_played, "List your finished games", {200: (GamesPlayed,)}),
    Call(
        "GET", "/info/user-name-piece/{pk}/", name_and_piece, "Show the name and piece of a user or bot",
        {200: (NameAndPiece,), 404: (Detail,)}, needs_token=False,
    ),
    Call("GET", "/shop/items/", shop_items, "List all items", {200: (list[ShopItem],)}),
    Call("POST", "/shop/buy/", shop_buy, "Buy an item", {200: (PurchaseAnswer,), **_BAD_BODY}, ItemRequest),
    Call("GET", "/shop/user-pieces/", user_pieces, "List the owned pieces", {200: (list[ShopItem],)}),
    Call("GET", "/shop/user-emojis/", user_emojis, "List the owned emojis", {200: (list[ShopItem],)}),
    Call(
        "GET", "/lobby/get-private-code", get_private_code, "Make a private room",
        {200: (RoomAnswer,), 409: (Detail,)},
    ),
    Call("GET", "/lobby/check-code/{code}/", check_code, "Tell whether a room exists", {200: (CodeAnswer,)}),
    Call(
        "GET", "/game/summary/{id}/", game_summary, "Show how a game ended",
        {200: (SummaryAnswer,), 403: (Detail,), 404: (Detail,)},
    ),
    Call(
        "GET", "/game/record/{id}/", game_record, "Hand out the record of a finished game",
        {200: (RecordAnswer,), 403: (Detail,), 404: (Detail,)},
    ),
    Call(
        "GET", "/game/record/{id}/events/", game_record_with_events,
        "Hand out the record of a finished game with the events of each move",
        {200: (RecordAnswer,), 403: (Detail,), 404: (Detail,)},
    ),
    Call(
        "GET", "/game/record/{id}/so-far/", game_record_so_far,
        "Hand out the record of a game that may still run, without sealed bids",
        {200: (RecordAnswer,), 403: (Detail,), 404: (Detail,)},
    ),
    Call("GET", "/games/mine/", games_mine, "List your running games", {200: (RunningGames,)}),
    Call(
        "GET", "/games/live/", games_live, "List the games that everybody may watch", {200: (LiveGames,)},
        needs_token=False,
    ),
    Call(
        "GET", "/healthz", healthz, "Tell how the server does", {200: (HealthAnswer,), 503: (HealthAnswer,)},
        needs_token=False,
    ),
)  # fmt: skip
"""All REST calls, in the order of the protocol document; the record, which it does not know, beside the summary."""
