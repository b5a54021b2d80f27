"""The messages of the public queue (seed document, PublicQueueConsumer)."""

from typing import TypeAlias

from msgspec import UNSET, Struct, UnsetType

from magnate.protocol.values import Code, GameId

# Client to server


class Cancel(Struct, frozen=True, tag="cancel", tag_field="action"):
    """Leave the queue; the server closes with 4000."""


QueueCommand: TypeAlias = Cancel

# Server to client


class MatchFound(Struct, frozen=True, tag="match_found", tag_field="action"):
    """A game was made; the server closes with 4001 right after this."""

    game_id: GameId


class QueueError(Struct, frozen=True, tag="error", tag_field="action"):
    """A message was refused; to its sender alone."""

    message: str
    code: Code | UnsetType = UNSET


QueueMessage: TypeAlias = MatchFound | QueueError
