"""A private room as the server last said it: who is here and ready, who owns it, and its settings."""

from dataclasses import dataclass, replace

from magnate.protocol.room import (
    DEFAULT_BOT_LEVEL,
    DEFAULT_TARGET_PLAYERS,
    BotLevel,
    Joined,
    PlayerLeft,
    ReadyStatus,
    RoomMessage,
    RoomPlayer,
    SettingsChanged,
)


@dataclass(frozen=True, slots=True)
class RoomState:
    """What a client knows of a room; empty until the first message has come (protocol: private rooms)."""

    players: tuple[RoomPlayer, ...] = ()
    owner: str = ""
    """The username."""
    bot_level: BotLevel = DEFAULT_BOT_LEVEL
    target_players: int = DEFAULT_TARGET_PLAYERS
    """Seats that are filled, with bots where people are fewer."""
    hints: bool = False
    """Whether hints are allowed although other people play."""

    def after(self, message: RoomMessage) -> "RoomState":
        """Return the room as a message leaves it; chat, errors and the start change nothing."""
        match message:
            case Joined(owner=owner, players=players, bot_level=level, target_players=seats, hints=hints):
                return RoomState(players, owner, level, seats, hints is True)
            case PlayerLeft(owner=owner, players=players):
                return replace(self, players=players, owner=owner)
            case ReadyStatus(user=user, is_ready=ready, owner=owner):
                players = tuple(
                    RoomPlayer(player.username, ready, player.user_piece) if player.username == user else player
                    for player in self.players
                )
                return replace(self, players=players, owner=owner)
            case SettingsChanged(bot_level=level, target_players=seats, hints=hints):
                return replace(self, bot_level=level, target_players=seats, hints=hints is True)
            case _:
                return self

    def is_ready(self, user: str) -> bool:
        """Return whether a user is here and ready."""
        return any(player.ready_to_play for player in self.players if player.username == user)
