"""The requests and answers of the REST side, typed once for server, client and OpenAPI document (protocol: REST)."""

from typing import Annotated, Final, TypeAlias

from msgspec import Meta, Struct

from magnate.engine.events import Departure
from magnate.engine.phases import Phase
from magnate.protocol.values import LARGEST

LONGEST_PASSWORD: Final = 1024
"""In characters (code points)."""
LONGEST_TOKEN: Final = 4_096
"""In characters; ours have about 300."""

# Everything that a client may send has a longest form here, which is checked before anything else looks at it.
SentName: TypeAlias = Annotated[str, Meta(max_length=256, description="A username; blanks around it do not count.")]
SentPassword: TypeAlias = Annotated[str, Meta(max_length=LONGEST_PASSWORD)]
SentToken: TypeAlias = Annotated[str, Meta(max_length=LONGEST_TOKEN)]
SentItem: TypeAlias = Annotated[int, Meta(ge=-LARGEST, le=LARGEST, description="An item of the shop.")]

FieldErrors: TypeAlias = dict[str, list[str]]
"""Why fields of a request were refused: {field: [reasons]}."""


class RegisterRequest(Struct, frozen=True):
    """A new account."""

    username: SentName
    password: SentPassword
    password2: SentPassword


class LoginRequest(Struct, frozen=True):
    """A name and its password."""

    username: SentName
    password: SentPassword


class GuestRequest(Struct, frozen=True):
    """A guest, who may say how to be called."""

    username: SentName | None = None


class ClaimRequest(Struct, frozen=True):
    """The name and password with which a guest's account becomes a lasting one."""

    username: SentName
    password: SentPassword
    password2: SentPassword


class RefreshRequest(Struct, frozen=True):
    """A refresh token to exchange; `attempt` is a random text of the client's own that makes it safe to ask again.

    Where the answer to an exchange is lost, the same token with the same attempt gets the same successor, within a
    minute. Without an attempt, and with another one, the old token is void.
    """

    refresh: SentToken
    attempt: Annotated[str, Meta(min_length=16, max_length=64)] | None = None


class LogoutRequest(Struct, frozen=True):
    """The refresh token to void; may be absent when the access token or the cookie says which session ends."""

    refresh: SentToken | None = None


class ItemRequest(Struct, frozen=True):
    """An item of the shop; 0 is the piece that everybody has."""

    custom_id: SentItem


class Detail(Struct, frozen=True):
    """What went wrong, in one sentence."""

    detail: str


class LoginError(Struct, frozen=True):
    """The refusal of a login."""

    error: str


class Message(Struct, frozen=True):
    """A sentence for people."""

    message: str


class Profile(Struct, frozen=True, omit_defaults=True):
    """What a user sees of themselves; `guest` is there, and true, for somebody without a password."""

    pk: int
    username: str
    points: int
    exp: int
    elo: int
    date_joined: str
    num_played_games: int
    num_won_games: int
    user_piece: int
    active_game: int | None
    guest: bool = False


class TokenAnswer(Struct, frozen=True):
    """An access token (30 minutes) and the refresh token (14 days) that gets the next pair."""

    access: str
    refresh: str


class RegisterAnswer(Struct, frozen=True):
    """A new account and its first tokens."""

    message: str
    user: Profile
    tokens: TokenAnswer


class LoginAnswer(Struct, frozen=True):
    """A login; `active_game` is the running game to go back to."""

    message: str
    user: Profile
    tokens: TokenAnswer
    active_game: int | None


class PieceAnswer(Struct, frozen=True):
    """The chosen piece."""

    message: str
    user_piece: int


class GamesPlayed(Struct, frozen=True):
    """The finished games of the user, oldest first."""

    games: list[int]


class NameAndPiece(Struct, frozen=True):
    """What everybody may see of a user or bot."""

    username: str
    piece: int


class ShopItem(Struct, frozen=True, rename={"item_type": "itemType"}):
    """An item of the shop, as the asking user sees it; `itemType` is `piece` or `emoji`."""

    custom_id: int
    item_type: str
    price: int
    owned: bool


class PurchaseAnswer(Struct, frozen=True):
    """A purchase."""

    message: str
    item: ShopItem
    points_remaining: int


class RoomAnswer(Struct, frozen=True):
    """The code of a new private room."""

    code: str
    message: str


class CodeAnswer(Struct, frozen=True):
    """Whether a private room has that code."""

    exists: bool


class SummaryStanding(Struct, frozen=True):
    """How one player of a finished game did."""

    username: str
    rank: int
    """1 for the winners; equal for a tie."""
    worth: int
    elo_before: int
    elo_after: int
    departure: Departure | None
    """Why the player left before the end; null for whoever stayed."""
    points: Annotated[int | None, Meta(description="Points that the game brought.")] = None
    length_share: Annotated[
        float | None, Meta(description="How much the game counted for its length, 0 to 1; null where nobody noted it.")
    ] = None
    meetings_share: Annotated[
        float | None, Meta(description="How much it counted for how often the player had met the others, 0 to 1.")
    ] = None


class SummaryAnswer(Struct, frozen=True):
    """The end of a game; `final_money` is the worth by username, dates are ISO 8601."""

    id: int
    game: int
    start_date: str
    end_date: str
    final_money: dict[str, int]
    standings: tuple[SummaryStanding, ...] = ()
    """The players, best rank first."""


class RecordAnswer(Struct, frozen=True):
    """The record of a finished game, line by line, without the ends of the lines (docs: Records and positions)."""

    game: int
    lines: tuple[str, ...]


class LivePlayer(Struct, frozen=True):
    """A player of a running game."""

    username: str
    is_bot: bool
    alive: Annotated[bool, Meta(description="Whether the player is still in the game.")]
    level: Annotated[str | None, Meta(description="The level of a bot, as a room names it; null for a person.")] = None


class LiveGame(Struct, frozen=True):
    """A running game that everybody may watch; `max_rounds` is 0 without a limit, `viewers` is how many watch now."""

    game_id: int
    start_date: str
    players: tuple[LivePlayer, ...]
    current_round: int
    max_rounds: int
    viewers: int


class LiveGames(Struct, frozen=True):
    """The games that may be watched, newest first: a hundred at most."""

    games: tuple[LiveGame, ...]


class RunningGame(Struct, frozen=True):
    """A running game of the user; `max_rounds` is 0 without a limit."""

    game_id: int
    start_date: str
    players: tuple[LivePlayer, ...]
    current_round: int
    max_rounds: int
    turn: Annotated[str, Meta(description="Whose turn it is, by username.")]
    phase: Phase
    waiting_for: Annotated[tuple[str, ...], Meta(description="Who must act now, by username.")]


class RunningGames(Struct, frozen=True):
    """The running games that the user still plays in, newest first."""

    games: tuple[RunningGame, ...]


class HealthAnswer(Struct, frozen=True, omit_defaults=True):
    """How the server does; `status` is `ok`, or says what fails, and `reason` then says why."""

    status: str
    version: str
    games: int
    connections: int
    reason: str = ""
