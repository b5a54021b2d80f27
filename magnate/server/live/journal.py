"""What a game keeps of itself in the storage: its settings, and each action with every random outcome.

From these a game is made again after a restart, to the same state, without drawing anything anew.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Struct, field

from magnate.engine.actions import Action
from magnate.engine.chance import Outcome, Recorded
from magnate.engine.game import apply, new_game
from magnate.engine.state import Settings, State
from magnate.errors import MagnateError
from magnate.protocol.commands import CheatMessage
from magnate.protocol.room import Spectators
from magnate.server.live.cheats import cheat
from magnate.server.storage.records import LogEntry


class GameSettings(Struct, frozen=True):
    """How a game was set up; users are told by the storage, in the order of seats."""

    order: tuple[int, ...]
    """The seats in turn order."""
    max_rounds: int
    bots: dict[int, str] = field(default_factory=dict)
    """The level of each seat that a bot plays."""
    spectators: Spectators = Spectators.OFF
    """Who may watch; nobody where a game was made before anybody could."""
    hints: bool = False
    """Whether clients may give hints although other people play."""

    @property
    def humans(self) -> tuple[int, ...]:
        """The seats of people."""
        return tuple([seat for seat in range(len(self.order)) if seat not in self.bots])


class Step(Struct, frozen=True, omit_defaults=True):
    """One accepted action, or one debug command."""

    action: Action | None = None
    outcomes: tuple[Outcome, ...] = ()
    """How chance fell, in the order it was asked."""
    timed_out: bool = False
    """Whether a time limit acted for the player."""
    strikes: int = 0
    """Time limits in a row that the player had let pass then."""
    cheat: CheatMessage | None = None


_STEP: Final = msgspec.json.Decoder(Step)
_SETTINGS: Final = msgspec.json.Decoder(GameSettings)
_ENCODER: Final = msgspec.json.Encoder()


def encode_step(step: Step) -> bytes:
    """Return a step as it is stored."""
    return _ENCODER.encode(step)


def decode_step(payload: bytes) -> Step:
    """Return a stored step. Raises `ValueError` when it is damaged."""
    return _STEP.decode(payload)


def encode_settings(settings: GameSettings) -> bytes:
    """Return settings as they are stored."""
    return _ENCODER.encode(settings)


def decode_settings(stored: bytes) -> GameSettings:
    """Return stored settings. Raises `ValueError` when they are damaged."""
    return _SETTINGS.decode(stored)


def first_state(settings: GameSettings) -> State:
    """Return the state of a game before its first action. Raises `ValueError` when there is no such game."""
    chance = Recorded([("order", list(settings.order))])
    try:
        return new_game(len(settings.order), chance, Settings(settings.max_rounds, settings.humans))
    except Exception as error:
        raise _unfit(error) from error


def replay(state: State, seat: int | None, step: Step, seat_of: Mapping[int, int]) -> None:
    """Do a stored step again.

    Raises:
        ValueError: it does not fit the state.
    """
    try:
        if step.cheat is not None:
            cheat(state, step.cheat, seat_of)
        elif step.action is not None and seat is not None:
            apply(state, seat, step.action, Recorded(step.outcomes))
        else:
            raise ValueError("a stored step without an action")
    except Exception as error:
        raise _unfit(error) from error


def check_numbers(log: Sequence[LogEntry]) -> None:
    """Raise `ValueError` unless the actions of a log are numbered from 1 without a gap."""
    for number, entry in enumerate(log, 1):
        if entry.seq != number:
            raise ValueError(f"action {number} of its log is missing")


def _unfit(error: Exception) -> ValueError:
    """Return how to say that damaged data does not fit the rules; it may break the engine in any way."""
    kind = "" if isinstance(error, MagnateError | ValueError) else f"{type(error).__name__}: "
    return ValueError(f"{kind}{error}")


def strikes_of(entries: Sequence[LogEntry], steps: Sequence[Step], seats: int) -> list[int]:
    """Return how many time limits in a row each seat has let pass."""
    strikes = [0] * seats
    for entry, step in zip(entries, steps, strict=True):
        if entry.seat is not None:
            strikes[entry.seat] = step.strikes
    return strikes
