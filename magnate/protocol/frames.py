"""Frames ready to be sent: each is encoded once for all its receivers, and for those apart who see something else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from magnate.engine.actions import Action, Bid
from magnate.engine.events import Event
from magnate.engine.phases import END_GAME
from magnate.engine.state import State
from magnate.protocol.choices import choices
from magnate.protocol.codec import encode
from magnate.protocol.game import GameAction, GameResponse, GameState
from magnate.protocol.legal import Legal, LegalAction
from magnate.protocol.outcome import response
from magnate.protocol.room import LobbyMessage
from magnate.protocol.seating import Seating
from magnate.protocol.snapshot import snapshot
from magnate.protocol.translate import to_command

_ENCODER: Final = msgspec.json.Encoder()
_ONLY_SURRENDER: Final = b'"legal":' + _ENCODER.encode(Legal((LegalAction(type="ActionSurrender", cost=0),)))


@dataclass(frozen=True, slots=True)
class ActionFrames:
    """A `game_action` in UTF-8; the two differ for a bid, whose amount is the bidder's secret."""

    actor: bytes
    """For the sockets of who did it."""
    others: bytes
    """For everybody else."""


@dataclass(frozen=True, slots=True)
class LobbyFrames:
    """A lobby message in UTF-8 with `is_owner` as each receiver must read it."""

    owner: bytes
    """For the owner of the room."""
    others: bytes
    """For everybody else."""


def action_frames(seating: Seating, seat: int, action: Action) -> ActionFrames:
    """Return the `game_action` of an action that was done, by a player, a bot or a time limit."""
    actor = encode(GameAction(to_command(action, seating, seat)))
    if not isinstance(action, Bid):
        return ActionFrames(actor, actor)
    sealed = msgspec.structs.replace(to_command(action, seating, seat), amount=None)
    return ActionFrames(actor, encode(GameAction(sealed)))


def response_frame(
    seating: Seating,
    state: State,
    seat: int,
    action: Action,
    events: Sequence[Event],
    *,
    seq: int,
    deadline: int | None,
    timed_out: bool = False,
    strikes: Sequence[int] = (),
) -> bytes:
    """Return the `game_response` of an action that was done, for everybody; for the arguments see `response`."""
    told = response(
        seating, state, seat, action, events, seq=seq, deadline=deadline, timed_out=timed_out, strikes=strikes
    )
    return encode(GameResponse(told))


def state_frame(
    seating: Seating, state: State, viewer: int, *, seq: int, deadline: int | None, strikes: Sequence[int] = ()
) -> bytes:
    """Return the `game_state` for the seat `viewer`; for the arguments see `snapshot`."""
    return encode(GameState(snapshot(seating, state, viewer, seq=seq, deadline=deadline, strikes=strikes)))


def legal_part(seating: Seating, state: State, seat: int) -> bytes:
    """Return the key `legal` of the frames for `seat`, as `with_part` adds it."""
    if seat not in (state.phase_seat, *state.to_bid) and state.alive[seat] and state.phase is not END_GAME:
        return _ONLY_SURRENDER  # most seats, most of the time
    return b'"legal":' + _ENCODER.encode(choices(seating, state, seat))


def viewers_part(viewers: int) -> bytes:
    """Return the key `viewers` of a snapshot, as `with_part` adds it."""
    return b'"viewers":%d' % viewers


def with_part(frame: bytes, part: bytes) -> bytes:
    """Return a frame, which is a JSON object, with one more key; all else stays as it was encoded for everybody."""
    return b"%b,%b}" % (frame[:-1], part)


def lobby_frames(message: LobbyMessage) -> LobbyFrames:
    """Return a message of a room for its owner and for the others; its own `is_owner` does not matter."""
    return LobbyFrames(
        encode(msgspec.structs.replace(message, is_owner=True)),
        encode(msgspec.structs.replace(message, is_owner=False)),
    )
