"""The messages of a private room (seed document, PrivateRoomConsumer)."""

from enum import StrEnum
from typing import Annotated, Final, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from magnate.protocol.strings import MAX_PRIVATE_GAME_PLAYERS
from magnate.protocol.values import Code, GameId, IsOwner, Username


class BotLevel(StrEnum):
    """How strong the bots of a room play."""

    VERY_EASY = "very_easy"
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"
    VERY_HARD = "very_hard"
    EXPERT = "expert"
    GRANDMASTER = "grandmaster"


class Spectators(StrEnum):
    """Who may watch the game of a room."""

    OFF = "off"
    LINK = "link"
    ALL = "all"


SpectatorsSetting: TypeAlias = Annotated[
    Spectators,
    Meta(
        description="Who may watch the game: `off` nobody, `link` anybody with its id, `all` everybody: it is listed."
    ),
]


DEFAULT_BOT_LEVEL: Final = BotLevel.MEDIUM
DEFAULT_TARGET_PLAYERS: Final = 2

TargetPlayers: TypeAlias = Annotated[
    int, Meta(ge=1, le=MAX_PRIVATE_GAME_PLAYERS, description="Seats of the game; bots fill those without people.")
]

# Client to server


class SetReady(Struct, frozen=True, tag="ready_status", tag_field="command"):
    """Say whether you are ready to play."""

    is_ready: bool


class StartGame(Struct, frozen=True, tag="start_game", tag_field="command"):
    """Start the game. Only the owner can, when all are ready and there are enough seats."""


class SendChat(Struct, frozen=True, tag="chat_message", tag_field="command"):
    """Say something to the room: 1 to 500 characters after trimming, nothing invisible.

    `/emoji <item id>` is how clients send an owned emoji; of others nobody hears.
    """

    message: str


class UpdateSettings(Struct, frozen=True, omit_defaults=True, tag="update_settings", tag_field="command"):
    """Change the settings of the room. Only the owner can. What is absent stays the same."""

    bot_level: BotLevel | None = None
    target_players: TargetPlayers | None = None
    bot_levels: (
        Annotated[
            tuple[BotLevel, ...],
            Meta(
                max_length=MAX_PRIVATE_GAME_PLAYERS - 1,
                description="The level of each bot, where they differ; bots beyond the list play at `bot_level`.",
            ),
        ]
        | None
    ) = None
    spectators: SpectatorsSetting | None = None
    hints: (
        Annotated[
            bool,
            Meta(description="Whether clients may give hints although other people play; not at first."),
        ]
        | None
    ) = None


RoomCommand: TypeAlias = SetReady | StartGame | SendChat | UpdateSettings

# Server to client


ToldSpectators: TypeAlias = Annotated[
    Spectators, Meta(description="Who may watch the game; absent while it is `off`, as at first.")
]


ToldHints: TypeAlias = Annotated[bool, Meta(description="Whether hints are allowed; absent while they are not.")]


class RoomPlayer(Struct, frozen=True):
    """Somebody in the room."""

    username: Username
    ready_to_play: bool
    user_piece: Annotated[
        int, Meta(description="The piece that the user plays with: an item id, 0 the common one.")
    ] = 0


class Joined(Struct, frozen=True, tag="joined", tag_field="action"):
    """Somebody joined; the newcomer gets it too."""

    user: Username
    owner: Username
    is_owner: IsOwner
    players: tuple[RoomPlayer, ...]
    bot_level: BotLevel
    target_players: TargetPlayers
    spectators: ToldSpectators | UnsetType = UNSET
    hints: ToldHints | UnsetType = UNSET


class PlayerLeft(Struct, frozen=True, tag="player_left", tag_field="action"):
    """Somebody left. If that was the owner, the longest present is owner now."""

    user_left: Username
    owner: Username
    is_owner: IsOwner
    players: tuple[RoomPlayer, ...]


class ReadyStatus(Struct, frozen=True, tag="ready_status", tag_field="action"):
    """Somebody is ready, or no longer ready."""

    user: Username
    is_ready: bool
    owner: Username
    is_owner: IsOwner


class SettingsChanged(Struct, frozen=True, tag="settings_changed", tag_field="action"):
    """The settings of the room, all of them, after a change."""

    bot_level: BotLevel
    target_players: TargetPlayers
    spectators: ToldSpectators | UnsetType = UNSET
    hints: ToldHints | UnsetType = UNSET


class GameStart(Struct, frozen=True, tag="game_start", tag_field="action"):
    """The game was made; the server closes with 4001 right after this."""

    game_id: GameId


class RoomChat(Struct, frozen=True, tag="chat_message", tag_field="action"):
    """Somebody said something."""

    user: Username
    message: str


class RoomError(Struct, frozen=True, tag="error", tag_field="action"):
    """A message was refused, to its sender alone; or the room, before closing with 4003."""

    message: str
    code: Code | UnsetType = UNSET
    error: Annotated[str, Meta(description="The message again, where the room itself was refused.")] | UnsetType = UNSET


RoomMessage: TypeAlias = Joined | PlayerLeft | ReadyStatus | SettingsChanged | GameStart | RoomChat | RoomError

LobbyMessage: TypeAlias = Joined | PlayerLeft | ReadyStatus
"""Those that tell each receiver whether it is the owner."""
