"""What happened in a game before the player came, or while the connection was lost: asked of the server."""

import asyncio
from collections.abc import Sequence

from magnate.client.errors import CallRefused, ClientError
from magnate.client.rest import RestClient
from magnate.engine.errors import RecordError
from magnate.engine.record import Step, read_record, replay


async def past_steps(rest: RestClient, game: int, after: int, upto: int) -> Sequence[Step]:
    """Return the moves of a game after the one numbered `after`, up to the one numbered `upto`.

    The first ones may be all that there are: bids of an auction that still runs are not told. Nothing is returned where
    the server does not tell: it is of another version, or the game cannot be replayed.
    """
    try:
        lines = await _lines(rest, game)
        # In a thread: a long game is played again from its beginning.
        steps = await asyncio.to_thread(lambda: list(replay(read_record(lines))))
    except (ClientError, RecordError):
        return ()
    return [step for step in steps if after < step.number <= upto]


async def _lines(rest: RestClient, game: int) -> Sequence[str]:
    try:
        return await rest.record_so_far(game)
    except CallRefused:
        return await rest.record(game)
