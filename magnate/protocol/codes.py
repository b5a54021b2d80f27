"""The numbers and words that clients tell cases apart by: close codes and error codes (protocol: Errors)."""

from enum import IntEnum, StrEnum
from typing import Final


class CloseCode(IntEnum):
    """Why the server closes a socket."""

    NORMAL = 1000
    GOING_AWAY = 1001
    FLOOD = 1008
    TOO_BIG = 1009
    SLOW_READER = 1013
    CANCELLED = 4000
    GAME_FOUND = 4001
    UNAUTHORIZED = 4002
    REFUSED = 4003


CLOSE_MEANS: Final[dict[CloseCode, str]] = {
    CloseCode.NORMAL: "Queue: a newer socket of the same user took over the place.",
    CloseCode.GOING_AWAY: "Every socket: the server stops. Nothing is lost; connect again.",
    CloseCode.FLOOD: "Every socket: too many frames in too short a time.",
    CloseCode.TOO_BIG: "Every socket: a frame over 64 KiB.",
    CloseCode.SLOW_READER: "Every socket: the client does not read what it is sent. Connect again.",
    CloseCode.CANCELLED: "Queue: the user cancelled.",
    CloseCode.GAME_FOUND: "Queue, room: the game exists. Connect to it.",
    CloseCode.UNAUTHORIZED: "Every socket: no token or cookie, or one that is malformed, expired or void.",
    CloseCode.REFUSED: "Room: not found, full, or already in it. Game: not found, or the user is no participant. "
    "Watching: not found, or nobody may watch it.",
}
"""Where each close code belongs, and what it means."""


class ErrorCode(StrEnum):
    """The `code` of an error frame. Those of the game socket are documented; on the other sockets it is an addition."""

    INVALID_JSON = "invalid_json"
    INVALID_DATA = "invalid_data"
    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"
    NOT_YOUR_TURN = "not_your_turn"
    WRONG_PHASE = "wrong_phase"
    ILLEGAL_ACTION = "illegal_action"
    GAME_OVER = "game_over"
    INVALID_COMMAND = "invalid_command"
    INVALID_SETTINGS = "invalid_settings"
    TOO_MANY_GAMES = "too_many_games"
    TOO_MANY_STARTS = "too_many_starts"
    READ_ONLY = "read_only"
    NOT_OWNED = "not_owned"
    NOT_OWNER = "not_owner"
    TOO_FEW_PLAYERS = "too_few_players"
    NOT_ALL_READY = "not_all_ready"
    ROOM_NOT_FOUND = "room_not_found"
    ROOM_FULL = "room_full"
    ALREADY_IN_ROOM = "already_in_room"


ERROR_MEANS: Final[dict[ErrorCode, str]] = {
    ErrorCode.INVALID_JSON: "Every socket: the frame is no JSON object, has over 1,024 objects and lists "
    "or 2,048 commas, or is binary.",
    ErrorCode.INVALID_DATA: "Every socket: an unknown message, or a field that is missing or of the wrong kind.",
    ErrorCode.RATE_LIMITED: "Every socket: too many frames; this one was not looked at.",
    ErrorCode.UNAVAILABLE: "Every socket: the server cannot store anything just now. Try again.",
    ErrorCode.NOT_YOUR_TURN: "Game: somebody else must act.",
    ErrorCode.WRONG_PHASE: "Game: the phase does not admit that kind of action.",
    ErrorCode.ILLEGAL_ACTION: "Game: a rule refuses; the sentence says why, `reason` which.",
    ErrorCode.GAME_OVER: "Game: it is finished.",
    ErrorCode.INVALID_COMMAND: "Room: no command, or an unknown one.",
    ErrorCode.INVALID_SETTINGS: "Room: a bot level or a number of players that does not exist.",
    ErrorCode.TOO_MANY_GAMES: "Queue, room: somebody who would play is in too many running games.",
    ErrorCode.TOO_MANY_STARTS: "Queue, room: somebody who would play has begun too many games just now. Wait a little.",
    ErrorCode.READ_ONLY: "Watching: nothing may be sent on this socket.",
    ErrorCode.NOT_OWNED: "Room, game: the sender does not own that emoji; nobody got it.",
    ErrorCode.NOT_OWNER: "Room: only the owner may do that.",
    ErrorCode.TOO_FEW_PLAYERS: "Room: fewer seats than a game needs.",
    ErrorCode.NOT_ALL_READY: "Room: somebody is not ready.",
    ErrorCode.ROOM_NOT_FOUND: "Room: no room has that code. Closed with 4003.",
    ErrorCode.ROOM_FULL: "Room: no place is left. Closed with 4003.",
    ErrorCode.ALREADY_IN_ROOM: "Room: the user is in it with another socket. Closed with 4003.",
}
"""Where each error code belongs, and what it means."""
