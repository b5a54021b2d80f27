"""What a game host works through, one after the other."""

from dataclasses import dataclass
from typing import TypeAlias

from magnate.engine.actions import Action
from magnate.protocol.commands import ActionMessage, CheatMessage
from magnate.server.live.peers import Peer


@dataclass(frozen=True, slots=True)
class Ask:
    """An action as a client sent it: what it means depends on the game when its turn comes."""

    command: ActionMessage
    peer: Peer


@dataclass(frozen=True, slots=True)
class Act:
    """An action of a seat, by whomever."""

    seat: int
    action: Action
    peer: Peer | None = None
    """Who is told when it is refused; None for bots and time limits."""
    timed_out: bool = False
    strikes: int = 0
    """Time limits in a row that the player has let pass, this one included."""


@dataclass(frozen=True, slots=True)
class Expire:
    """The time limit that was to end then has passed."""

    deadline_ms: int


@dataclass(frozen=True, slots=True)
class Debug:
    """A debug command as a client sent it."""

    command: CheatMessage
    peer: Peer


HostCommand: TypeAlias = Ask | Act | Debug | Expire
