"""A message that is refused: what the sender is told, and nobody else."""

from typing import Final

from msgspec import UNSET, Struct

from magnate.engine.errors import Reason, sentence
from magnate.protocol.codes import ErrorCode
from magnate.protocol.game import GameError
from magnate.protocol.queue import QueueError
from magnate.protocol.room import RoomError
from magnate.protocol.strings import INVALID_DATA_PREFIX, OWNER_SETS, OWNER_STARTS, SENTENCES


class Refusal(Struct, frozen=True):
    """Why a message was not done; nothing changed."""

    code: ErrorCode
    message: str
    """One sentence, in Spanish as documented."""
    reason: Reason | None = None
    """The rule that refuses, where a rule does."""


_CODE_OF: Final = {
    Reason.NOT_YOUR_TURN: ErrorCode.NOT_YOUR_TURN,
    Reason.WRONG_PHASE: ErrorCode.WRONG_PHASE,
    Reason.GAME_OVER: ErrorCode.GAME_OVER,
}

INVALID_JSON: Final = Refusal(ErrorCode.INVALID_JSON, SENTENCES[ErrorCode.INVALID_JSON])
"""No JSON object."""
OWNER_ONLY_STARTS: Final = Refusal(ErrorCode.NOT_OWNER, OWNER_STARTS)
OWNER_ONLY_SETS: Final = Refusal(ErrorCode.NOT_OWNER, OWNER_SETS)


def refusal(code: ErrorCode) -> Refusal:
    """Return the refusal of a code that always says the same.

    Raises:
        KeyError: the code has no sentence of its own (`illegal_action`, `not_owner`).
    """
    return Refusal(code, SENTENCES[code])


def invalid_data(field: str, what: str) -> Refusal:
    """Return the refusal of a message on the game socket whose `field` is wrong; `what` says how it should be."""
    return Refusal(ErrorCode.INVALID_DATA, f"{INVALID_DATA_PREFIX}{field}: {what}")


def refused_by_rule(reason: Reason) -> Refusal:
    """Return the refusal of an action by a rule of the game."""
    return Refusal(_CODE_OF.get(reason, ErrorCode.ILLEGAL_ACTION), sentence(reason, "es"), reason)


def queue_error(refused: Refusal) -> QueueError:
    """Return the error of the queue's socket."""
    return QueueError(refused.message, refused.code)


def room_error(refused: Refusal) -> RoomError:
    """Return the error of a room's socket, to who is in the room."""
    return RoomError(refused.message, refused.code)


def room_refused(refused: Refusal) -> RoomError:
    """Return the error of who may not come into a room, under both keys that clients know; 4003 follows."""
    return RoomError(refused.message, refused.code, refused.message)


def game_error(refused: Refusal) -> GameError:
    """Return the error of a game's socket."""
    return GameError(refused.message, refused.code, UNSET if refused.reason is None else refused.reason.value)
