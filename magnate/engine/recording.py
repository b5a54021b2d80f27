"""Writing records of games (docs: Records and positions); `magnate.engine.record` reads them."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from magnate import __version__
from magnate.engine.actions import Action
from magnate.engine.chance import Outcome
from magnate.engine.codec import PlainData, action_to_data
from magnate.engine.phases import END_GAME
from magnate.engine.plain import state_to_data
from magnate.engine.record import FORMAT, KIND, Result
from magnate.engine.state import State, new_state


class Writable(Protocol):
    """Where a record is written: a text file, or anything like it."""

    def write(self, text: str, /) -> object:
        """Take text."""

    def flush(self) -> object:
        """Hand on what was taken."""


class RecordWriter:
    """Writes a game while it runs: each line is handed on as soon as it is known, so that a crash loses none."""

    def __init__(
        self,
        out: Writable,
        state: State,
        *,
        names: Sequence[str] = (),
        seed: int | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        """Write the header of the game that begins with `state`; see `header_line`."""
        self._out = out
        self._moves = 0
        self._write(header_line(state, names=names, seed=seed, extra=extra))

    def move(
        self, seat: int, action: Action, outcomes: Sequence[Outcome], extra: Mapping[str, object] | None = None
    ) -> None:
        """Write an action that was done; `outcomes` is what `Recorder.take` gave for it."""
        self._moves += 1
        self._write(move_line(self._moves, seat, action, outcomes, extra))

    def result(self, state: State, extra: Mapping[str, object] | None = None) -> None:
        """Write the result of the game that ended with `state`."""
        self._write(result_line(state, extra))

    def _write(self, line: str) -> None:
        self._out.write(line)
        self._out.flush()


def header_line(
    state: State,
    *,
    names: Sequence[str] = (),
    seed: int | None = None,
    extra: Mapping[str, object] | None = None,
) -> str:
    """Return the first line of a record, with its line end.

    Args:
        state: the state before the first action: a new game's, or any position.
        names: who sits where, by seat; none where nobody has a name.
        seed: what chance is made from, for who wants to know; replaying does not need it.
        extra: further keys; none that the format has.
    """
    data: PlainData = {"magnate": KIND, "format": FORMAT, "version": __version__, "board": state.board.digest}
    data["seed"] = seed
    data["seats"] = [{"name": _writable(name)} for name in names] or [{"name": ""}] * state.seats
    if state == new_state(state.seats, state.order, state.settings, state.board):
        data["settings"] = {"max_rounds": state.settings.max_rounds, "humans": list(state.settings.humans)}
        data["order"] = list(state.order)
    else:
        data["start"] = state_to_data(state)
    return _line(data, extra)


def move_line(
    number: int, seat: int, action: Action, outcomes: Sequence[Outcome], extra: Mapping[str, object] | None = None
) -> str:
    """Return the line of the action with that number (from 1), with its line end."""
    data: PlainData = {"move": number, "seat": seat, "action": action_to_data(action)}
    if outcomes:
        data["outcomes"] = list(outcomes)
    return _line(data, extra)


def result_line(state: State, extra: Mapping[str, object] | None = None) -> str:
    """Return the last line of a record, with its line end.

    Raises:
        ValueError: the game is not over.
    """
    if state.phase is not END_GAME:
        raise ValueError("a game that is not over has no result")
    result = Result.of(state)
    return _line({"result": {"winners": list(result.winners), "worth": list(result.worth)}}, extra)


def _line(data: PlainData, extra: Mapping[str, object] | None) -> str:
    return msgspec.json.encode({**data, **(extra or {})}).decode() + "\n"


def _writable(name: str) -> str:
    """Return a name without the halves of characters that a path of other bytes than UTF-8 leaves in it."""
    return name.encode("utf-8", "replace").decode()
