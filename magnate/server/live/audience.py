"""Who is connected to a game, and what each is sent of it: players, players who ask what is legal, and watchers."""

from collections.abc import Sequence
from typing import Final

from magnate.engine.actions import Action
from magnate.engine.events import Event
from magnate.engine.state import State
from magnate.protocol.codec import encode
from magnate.protocol.codes import CloseCode
from magnate.protocol.frames import (
    action_frames,
    legal_part,
    response_frame,
    state_frame,
    viewers_part,
    with_part,
)
from magnate.protocol.game import Viewers
from magnate.protocol.seating import Seating
from magnate.server.live.peers import Peer

WATCHES: Final = -1
"""The seat of who has none."""


class Audience:
    """The connections of one game."""

    def __init__(self, seating: Seating, state: State, strikes: Sequence[int]) -> None:
        """Begin with nobody.

        Args:
            strikes: how many time limits in a row each seat has let pass; whoever counts them changes it.
        """
        self._seating = seating
        self._strikes = strikes
        self._state = state
        self._peers: dict[Peer, int] = {}
        """The seat of each."""
        self._legal: dict[int, bytes] = {}
        """What each seat may do in `state`, made when first asked for and shared by all frames."""
        self.viewers = 0
        """How many of the connections watch."""

    def __len__(self) -> int:
        """Return how many are connected."""
        return len(self._peers)

    def __contains__(self, peer: Peer) -> bool:
        """Tell whether somebody is connected."""
        return peer in self._peers

    def add(self, peer: Peer, seat: int) -> None:
        """Connect a player, or with the seat `WATCHES` a watcher."""
        self._peers[peer] = seat
        self.viewers += seat == WATCHES

    def discard(self, peer: Peer) -> bool:
        """Disconnect; return whether it was a watcher who went."""
        watched = self._peers.pop(peer, None) == WATCHES
        self.viewers -= watched
        return watched

    @property
    def players(self) -> list[int]:
        """The users who are connected as players, in the order of seats, each once."""
        seats = sorted(set(self._peers.values()) - {WATCHES})
        return [self._seating.users[seat] for seat in seats]

    def become(self, state: State) -> None:
        """Take the state that everybody is told of from now on."""
        self._state = state
        self._legal.clear()

    def close(self, code: CloseCode) -> None:
        """Close all connections."""
        for peer in list(self._peers):
            peer.close(code)

    # To one

    def show(self, peer: Peer, *, seq: int, deadline: int | None) -> None:
        """Send the whole game as it is now to somebody who is connected."""
        seat = self._peers.get(peer)
        if seat is not None:
            frame = state_frame(self._seating, self._state, seat, seq=seq, deadline=deadline, strikes=self._strikes)
            if peer.wants_legal or seat == WATCHES:
                frame = with_part(frame, viewers_part(self.viewers))
            self.tell(peer, frame)

    def show_all(self, *, seq: int, deadline: int | None) -> None:
        """Send everybody the whole game."""
        for peer in list(self._peers):
            self.show(peer, seq=seq, deadline=deadline)

    def tell(self, peer: Peer, frame: bytes) -> None:
        """Send a frame to one alone, with what its seat may do if it asked for that."""
        seat = self._peers.get(peer, WATCHES)
        peer.send(with_part(frame, self._legal_part(seat)) if peer.wants_legal and seat != WATCHES else frame)

    # To all

    def tell_action(
        self, seat: int, action: Action, events: Sequence[Event], *, seq: int, deadline: int | None, timed_out: bool
    ) -> None:
        """Send `game_action` and `game_response` to everybody, in the same order for all."""
        if not self._peers:
            return
        frames = action_frames(self._seating, seat, action)
        response = response_frame(
            self._seating,
            self._state,
            seat,
            action,
            events,
            seq=seq,
            deadline=deadline,
            timed_out=timed_out,
            strikes=self._strikes,
        )
        # Those who may only wait are told the same: one frame for all of them costs one frame.
        with_parts: dict[bytes, bytes] = {}
        for peer, own in list(self._peers.items()):
            told = response
            if peer.wants_legal and own != WATCHES:
                part = self._legal_part(own)
                told = with_parts.get(part) or with_parts.setdefault(part, with_part(response, part))
            peer.send(frames.actor if own == seat else frames.others, told)

    def tell_all(self, frame: bytes) -> None:
        """Send a frame to everybody."""
        for peer in list(self._peers):
            peer.send(frame)

    def tell_players(self, frame: bytes) -> None:
        """Send the players what may be left out, and what is between them: chat."""
        for peer, seat in list(self._peers.items()):
            if seat != WATCHES:
                peer.offer(frame)

    def tell_viewers(self) -> None:
        """Tell watchers, and players who ask for more than the documented messages, how many watch."""
        frame = encode(Viewers(self.viewers))
        for peer, seat in list(self._peers.items()):
            if seat == WATCHES or peer.wants_legal:
                peer.offer(frame)

    def tell_asking(self, frame: bytes) -> None:
        """Send a frame to players who ask for more than the documented messages."""
        for peer, seat in list(self._peers.items()):
            if seat != WATCHES and peer.wants_legal:
                peer.send(frame)

    def _legal_part(self, seat: int) -> bytes:
        part = self._legal.get(seat)
        if part is None:
            part = self._legal[seat] = legal_part(self._seating, self._state, seat)
        return part
