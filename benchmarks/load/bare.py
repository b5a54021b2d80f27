"""`python -m benchmarks.load.bare`: the server that ours is held against, which neither plays nor stores.

It is the `websockets` library alone, as its documentation shows it: for each frame of one of the four sockets of a
group it sends two frames to all four, of the sizes that ours sends, and to each that comes a snapshot.
"""

import asyncio
import logging
from collections import defaultdict
from itertools import cycle

from websockets.asyncio.server import ServerConnection, broadcast, serve

from benchmarks.load.world import SEATS, SETTINGS, waited_for
from magnate.engine.chance import Seeded
from magnate.engine.game import apply, legal_actions
from magnate.protocol.frames import action_frames, response_frame, state_frame
from magnate.protocol.seating import Seating
from magnate.server.live.journal import first_state

FRAMES = 400
"""Pairs of frames of a real game that are sent again and again."""
DEADLINE_MS = 1_900_000_000_000


def seating() -> Seating:
    """Return who plays the game whose frames are sent."""
    return Seating(1, tuple(range(1, SEATS + 1)), tuple("abcd"), "2030-01-01T00:00:00.000+00:00")


def frames() -> list[tuple[str, str]]:
    """Return the two frames of each action of a game."""
    told = seating()
    state, chance, made = first_state(SETTINGS), Seeded(1), []
    for seq in range(FRAMES):
        seat = waited_for(state)
        action = legal_actions(state, seat)[0]
        events = apply(state, seat, action, chance)
        response = response_frame(told, state, seat, action, events, seq=seq, deadline=DEADLINE_MS)
        made.append((action_frames(told, seat, action).actor.decode(), response.decode()))
    return made


async def main() -> None:
    """Serve until killed."""
    logging.getLogger("websockets").setLevel(logging.CRITICAL)  # clients break off here; that is no news
    groups: dict[str, set[ServerConnection]] = defaultdict(set)
    pairs = cycle(frames())
    snapshot = state_frame(seating(), first_state(SETTINGS), 0, seq=0, deadline=DEADLINE_MS).decode()

    async def group(connection: ServerConnection) -> None:
        assert connection.request is not None
        members = groups[connection.request.path]
        members.add(connection)
        await connection.send(snapshot)
        async for _ in connection:
            for frame in next(pairs):
                broadcast(members, frame)
        members.discard(connection)

    async with serve(group, "127.0.0.1", 0, compression=None, max_size=65_536, backlog=2_048) as server:
        host, port = server.sockets[0].getsockname()[:2]
        print(f"bare: serving on http://{host}:{port}", flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
