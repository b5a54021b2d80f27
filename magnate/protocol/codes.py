"""The numbers and words that clients tell cases apart by: close codes and error codes (protocol: Errors)."""

from enum import IntEnum, StrEnum


class CloseCode(IntEnum):
    """Why the server closes a socket."""

    NORMAL = 1000
    """An older socket of a user whose place in the queue was taken over by a newer one."""
    GOING_AWAY = 1001
    """Every socket: the server stops; nothing is lost, connect again."""
    FLOOD = 1008
    """Every socket: too many frames in too short a time."""
    TOO_BIG = 1009
    """Every socket: a frame over 64 KiB."""
    SLOW_READER = 1013
    """Every socket: the client does not read what it is sent; connect again."""
    CANCELLED = 4000
    """Queue: the user cancelled."""
    GAME_FOUND = 4001
    """Queue and room: the game exists; connect to it."""
    UNAUTHORIZED = 4002
    """Every socket: no token or cookie, or one that is malformed, expired or void."""
    REFUSED = 4003
    """Room: not found, full, or already in it. Game: not found, or the user is no participant."""


class ErrorCode(StrEnum):
    """The `code` of an error frame. Those of the game socket are documented, the others only add to its errors."""

    INVALID_JSON = "invalid_json"
    """Every socket: no JSON object in a text frame."""
    INVALID_DATA = "invalid_data"
    """Every socket: a message that is unknown, or a field that is missing or of the wrong kind."""
    RATE_LIMITED = "rate_limited"
    """Every socket: too many frames; this one was not looked at."""
    UNAVAILABLE = "unavailable"
    """Every socket: the server cannot store anything just now; nothing changed."""
    NOT_YOUR_TURN = "not_your_turn"
    """Game: somebody else must act."""
    WRONG_PHASE = "wrong_phase"
    """Game: the phase does not admit that kind of action."""
    ILLEGAL_ACTION = "illegal_action"
    """Game: a rule refuses; the sentence says which."""
    GAME_OVER = "game_over"
    """Game: it is finished."""
    INVALID_COMMAND = "invalid_command"
    """Room: no command, or an unknown one."""
    INVALID_SETTINGS = "invalid_settings"
    """Room: a bot level or a number of players that does not exist."""
    NOT_OWNER = "not_owner"
    """Room: only the owner may do that."""
    TOO_FEW_PLAYERS = "too_few_players"
    """Room: fewer seats than a game needs."""
    NOT_ALL_READY = "not_all_ready"
    """Room: somebody is not ready."""
    ROOM_NOT_FOUND = "room_not_found"
    """Room: there is none of that code; closed with 4003."""
    ROOM_FULL = "room_full"
    """Room: no place is left; closed with 4003."""
    ALREADY_IN_ROOM = "already_in_room"
    """Room: the user is in it with another socket; closed with 4003."""
