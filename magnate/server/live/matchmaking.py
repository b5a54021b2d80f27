"""The public queue (protocol: Public queue): oldest first, one place a user, no ghosts.

A place outlives its socket only across a restart of the server: it is kept in the storage until the user comes back,
and nobody without a socket is ever matched.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

import structlog

from magnate.protocol.codec import decode_queue, encode
from magnate.protocol.codes import CloseCode, ErrorCode
from magnate.protocol.queue import MatchFound
from magnate.protocol.refusal import Refusal, queue_error, refusal
from magnate.server.clock import Clock, GameTime
from magnate.server.errors import GameRefused, StorageError
from magnate.server.live.peers import Peer
from magnate.server.storage.interface import LobbyStorage

KEEP_MS: Final = 10 * 60 * 1000
"""For how long a place from before a restart waits for its user."""

CreateGame = Callable[[Sequence[int]], Awaitable[int]]
"""Makes a game of these users and returns its id."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Place:
    """A place in the queue; `peer` is None for one that waits for its user after a restart."""

    peer: Peer | None
    since_ms: int


class Matchmaking:
    """The queue of one server."""

    def __init__(
        self,
        players: int,
        storage: LobbyStorage,
        clock: Clock,
        game_time: GameTime,
        create_game: CreateGame,
        why_not: Callable[[int], GameRefused | None] = lambda user: None,
    ) -> None:
        """Begin with an empty queue; `players` make a game. `why_not` tells why a user may not begin one more."""
        self._players = players
        self._storage = storage
        self._clock = clock
        self._game_time = game_time
        self._create_game = create_game
        self._why_not = why_not
        self._places: dict[int, _Place] = {}
        self._matching: dict[int, Peer] = {}
        self._match_lock = asyncio.Lock()

    async def restore(self) -> None:
        """Take the places from before a restart back."""
        for place in await self._storage.queue_places():
            self._places[place.user] = _Place(None, self._game_time())

    async def join(self, peer: Peer) -> None:
        """Give the user of a new connection a place, or the place that it has; its older connection is closed."""
        user = peer.user
        if user in self._matching:
            # The game is being made: whoever of the user's connections is newest is told.
            self._matching[user].close(CloseCode.NORMAL)
            self._matching[user] = peer
            return
        place = self._places.get(user)
        if place is None and (refused := self._why_not(user)):
            await self._turn_away(peer, refused)
            return
        if place is not None:
            older, place.peer = place.peer, peer
            if older is not None:
                older.close(CloseCode.NORMAL)
        else:
            place = self._places[user] = _Place(peer, self._game_time())
            try:
                await self._storage.enqueue(user, self._clock())
            except StorageError:
                # Meanwhile the place may have been given up, or taken over by a newer connection.
                if self._places.get(user) is place:
                    del self._places[user]
                    _refuse(place.peer)
                return
        await self._match()

    async def receive(self, peer: Peer, frame: str | bytes) -> None:
        """Read a frame of a connection in the queue."""
        command = decode_queue(frame)
        if isinstance(command, Refusal):
            peer.send(encode(queue_error(command)))
        elif peer.user not in self._matching:
            # Who cancels while the game is being made is in that game; `match_found` is on its way.
            await self.leave(peer)
            peer.close(CloseCode.CANCELLED)

    async def leave(self, peer: Peer) -> None:
        """Take the user out of the queue, unless a newer connection has taken the place over."""
        place = self._places.get(peer.user)
        if place is None or place.peer is not peer:
            return
        del self._places[peer.user]
        try:
            await self._storage.dequeue(peer.user)
        except StorageError as error:
            _log.warning("a place of the queue stays stored", user=peer.user, reason=str(error))

    def withdraw(self, users: Sequence[int]) -> None:
        """Take users out whose game has begun in a room, as if they had cancelled; the storage has done so already."""
        for user in users:
            place = self._places.pop(user, None)
            if place is not None and place.peer is not None:
                place.peer.close(CloseCode.CANCELLED)

    async def forget_absent(self) -> None:
        """Forget places whose users did not come back after a restart."""
        oldest_ms = self._game_time() - KEEP_MS
        for user, place in list(self._places.items()):
            if place.peer is None and place.since_ms < oldest_ms:
                del self._places[user]
                await self._storage.dequeue(user)

    async def stop(self) -> None:
        """Close all connections because the server stops; the places stay in the storage.

        Who is being matched is told of the game first.
        """
        async with self._match_lock:
            self._players = len(self._places) + 1  # nobody is matched any more
        for place in self._places.values():
            if place.peer is not None:
                peer, place.peer = place.peer, None
                peer.close(CloseCode.GOING_AWAY)

    async def _match(self) -> None:
        """Make games of the oldest places for as long as there are enough of them."""
        async with self._match_lock:
            while True:
                waiting = {user: place.peer for user, place in self._places.items() if place.peer is not None}
                if len(waiting) < self._players:
                    return
                # Games that began elsewhere since somebody came: who may not begin another keeps nobody else from it.
                for peer in waiting.values():
                    if refused := self._why_not(peer.user):
                        await self._turn_away(peer, refused)
                        break
                else:
                    await self._make_game(list(waiting)[: self._players])

    async def _turn_away(self, peer: Peer, refused: GameRefused) -> None:
        """Tell somebody why they may not begin a game, and take them out of the queue."""
        peer.send(encode(queue_error(refusal(refused.code))))
        await self.leave(peer)
        peer.close(CloseCode.SLOW_READER)

    async def _make_game(self, users: list[int]) -> None:
        for user in users:
            peer = self._places.pop(user).peer
            assert peer is not None
            self._matching[user] = peer
        game: int | None = None
        try:
            game = await self._create_game(users)
        except (GameRefused, StorageError) as error:
            _log.warning("no game could be made of the queue", reason=str(error))
        finally:
            for user in users:
                peer = self._matching.pop(user)
                if game is None:
                    _refuse(peer)
                else:
                    peer.send(encode(MatchFound(game)))
                    peer.close(CloseCode.GAME_FOUND)


def _refuse(peer: Peer | None) -> None:
    """Say that nothing can be stored just now, and let the client come again."""
    if peer is not None:
        peer.send(encode(queue_error(refusal(ErrorCode.UNAVAILABLE))))
        peer.close(CloseCode.SLOW_READER)
