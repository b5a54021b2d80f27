"""Records of games: a text from which a game is played again to the identical state (docs: Records and positions).

A record is JSON Lines: a header, a line an action with every outcome of chance that it asked for, and the result once
there is one. As the outcomes stand in it, an old game replays after a card was added to the deck; a seed alone would
give other draws then. Keys that are not known are kept and let be, so that others may add theirs, such as the time.

Here a record is read and played again; `magnate.engine.recording` writes it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final, TypeVar

import msgspec
from msgspec import Struct

from magnate.engine.actions import Action
from magnate.engine.board import Board, standard_board
from magnate.engine.chance import Outcome, Recorded
from magnate.engine.codec import PlainData, without_mark
from magnate.engine.errors import EngineError, PositionError, RecordError
from magnate.engine.events import Event
from magnate.engine.game import apply
from magnate.engine.phases import END_GAME
from magnate.engine.plain import state_from_data
from magnate.engine.rules.ending import net_worth
from magnate.engine.state import Settings, State
from magnate.printable import printable

KIND: Final = "record"
"""What a record says it is, under the key `magnate` of its header."""
FORMAT: Final = 1
"""The version of the format."""


LONGEST_LINE: Final = 2**24
"""Bytes of a line that `lines_of` reads at most; a line of a game has a few hundred."""
LONGEST_FAULT: Final = 500
"""Characters that the words of a fault may have."""

_T = TypeVar("_T")


# What a record holds


@dataclass(frozen=True, slots=True)
class Header:
    """What a game was played with, and where it began."""

    version: str
    """The version of Magnate that wrote the record."""
    seed: int | None
    """What chance was made from; None where it came from elsewhere."""
    names: tuple[str, ...]
    """Who sits where, by seat; empty for who has no name."""
    start: State
    """The state before the first action; not to be changed."""
    extra: PlainData = field(default_factory=dict)
    """The keys that others added."""


@dataclass(frozen=True, slots=True)
class Move:
    """One action and how chance fell."""

    line: int
    """The line of the record, counted from 1."""
    seat: int
    action: Action
    outcomes: tuple[Outcome, ...]
    extra: PlainData = field(default_factory=dict)
    """The keys that others added."""


@dataclass(frozen=True, slots=True)
class Result:
    """How the game ended."""

    winners: tuple[int, ...]
    worth: tuple[int, ...]
    """Final worth by seat; 0 for who left the game."""
    extra: PlainData = field(default_factory=dict)
    """The keys that others added."""

    @classmethod
    def of(cls, state: State) -> "Result":
        """Return the result of a game that is over."""
        return cls(state.winners, tuple([net_worth(state, seat) for seat in range(state.seats)]))


@dataclass(frozen=True, slots=True)
class Record:
    """One game, checked: its moves can be played again."""

    header: Header
    moves: tuple[Move, ...]
    result: Result | None
    """None for a game that is not over, or whose record does not say."""
    fault: RecordError | None = None
    """What the rest of the record was given up for (`recover`); None when all of it is whole."""


@dataclass(frozen=True, slots=True)
class Step:
    """One move played again."""

    number: int
    """The number of the move, counted from 1."""
    move: Move
    before: State
    events: list[Event]
    after: State


# Reading


class _Seat(Struct, frozen=True):
    name: str = ""


class _HeaderLine(Struct, frozen=True):
    magnate: str
    format: int
    version: str
    board: str
    seats: tuple[_Seat, ...]
    seed: int | None = None
    settings: Settings | None = None
    order: tuple[int, ...] | None = None
    start: PlainData | None = None


class _MoveLine(Struct, frozen=True):
    move: int
    seat: int
    action: Action
    outcomes: tuple[Outcome, ...] = ()


class _ResultOf(Struct, frozen=True):
    winners: tuple[int, ...]
    worth: tuple[int, ...]


class _ResultLine(Struct, frozen=True):
    result: _ResultOf


def read_record(
    lines: Iterable[str | bytes], source: str = KIND, board: Board | None = None, *, recover: bool = False
) -> Record:
    """Return the game that the lines of a record tell of; each action is played again to see that it fits.

    Args:
        lines: the lines, as an open file gives them; bytes are UTF-8. Blank ones are let be.
        source: where they came from (a file's name), for the error's words.
        board: the board that the game was played on; None for the standard one.
        recover: give back what is whole before a fault, which is in `Record.fault` then. A header must be there.

    Raises:
        RecordError: the record is damaged, cut off, or something else; it names the line.
    """
    reading = _Reading(source, standard_board() if board is None else board)
    unmarked = (without_mark(line) if number == 1 else line for number, line in enumerate(lines, start=1))
    numbered = ((number, line) for number, line in enumerate(unmarked, start=1) if line.strip())
    header = reading.header(*next(numbered, (1, "")))
    moves: list[Move] = []
    result: Result | None = None
    fault: RecordError | None = None
    state = header.start.copy()
    try:
        for number, line in numbered:
            if result is not None:
                raise RecordError(number, "nothing can follow the result", source)
            data = reading.decode(number, line)
            if "result" in data:
                result = reading.result(number, data, state)
            else:
                move = reading.move(number, data, len(moves) + 1)
                _redo(state, move, source)
                moves.append(move)
    except RecordError as error:
        if not recover:
            raise
        fault = error
    return Record(header, tuple(moves), result, fault)


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file; one that never ends comes in pieces, which are no lines of a record."""
    while line := file.readline(LONGEST_LINE):
        yield line


def replay(record: Record) -> Iterator[Step]:
    """Play a game again; yield each move with the state before it, what happened, and the state after it."""
    state = record.header.start.copy()
    before = state.copy()
    for number, move in enumerate(record.moves, start=1):
        events = _redo(state, move, KIND)
        after = state.copy()
        yield Step(number, move, before, events, after)
        before = after


def _redo(state: State, move: Move, source: str) -> list[Event]:
    """Do a move again.

    Raises:
        RecordError: it cannot be done, or its outcomes do not fit; the state must be thrown away.
    """
    chance = Recorded(move.outcomes)
    try:
        events = apply(state, move.seat, move.action, chance)
    except EngineError as error:
        raise _error(move.line, str(error), source) from None
    if chance.left:
        raise RecordError(move.line, f"holds more outcomes than are drawn, {chance.left} too many", source)
    return events


class _Reading:
    """Reads the lines of one record."""

    def __init__(self, source: str, board: Board) -> None:
        self.source = source
        self.board = board

    def decode(self, number: int, line: str | bytes) -> PlainData:
        """Return a line as plain data."""
        try:
            data: object = msgspec.json.decode(line)
        except (ValueError, RecursionError) as error:
            raise self._error(number, f"no JSON, or cut off: {error}") from None
        if not isinstance(data, dict):
            raise self._error(number, "must be an object")
        return data

    def header(self, number: int, line: str | bytes) -> Header:
        """Return what the first line says."""
        if not line:
            raise self._error(number, "the record is empty")
        data = self.decode(number, line)
        if data.get("magnate") != KIND:
            raise self._error(number, f'this is no record of a game, which begins with "magnate": "{KIND}"')
        if data.get("format") != FORMAT:
            raise self._error(number, f"format must be {FORMAT}, which this version of Magnate reads")
        read = self._convert(number, data, _HeaderLine)
        if read.board != self.board.digest:
            raise self._error(number, "the game was played on another board")
        start = self._start(number, read)
        if len(read.seats) != start.seats:
            raise self._error(number, f"the number of seats is {len(read.seats)}, but the game has {start.seats}")
        names = tuple([seat.name for seat in read.seats])
        return Header(read.version, read.seed, names, start, _unknown(data, _HeaderLine))

    def move(self, number: int, data: PlainData, expected: int) -> Move:
        """Return the move that a line tells of, which must have the number that is expected."""
        read = self._convert(number, data, _MoveLine)
        if read.move != expected:
            raise self._error(number, f"move {read.move} stands where move {expected} must: lines are missing or mixed")
        return Move(number, read.seat, read.action, read.outcomes, _unknown(data, _MoveLine))

    def result(self, number: int, data: PlainData, state: State) -> Result:
        """Return the result that a line tells of, which must be that of `state`."""
        read = self._convert(number, data, _ResultLine).result
        if state.phase is not END_GAME:
            raise self._error(number, "a result stands where the game is not over: lines are missing")
        if Result(read.winners, read.worth) != Result.of(state):
            raise self._error(number, "the result is not that of the moves before it")
        return Result(read.winners, read.worth, _unknown(data, _ResultLine))

    def _start(self, number: int, read: _HeaderLine) -> State:
        if read.start is not None:
            try:
                return state_from_data(read.start, self.board)
            except PositionError as error:
                raise self._error(number, f"start: {'; '.join(error.faults)}") from None
        if read.settings is None or read.order is None:
            raise self._error(number, "lacks the settings and the order of a new game, or a start")
        players: list[PlainData] = [{}] * len(read.order)
        settings = {"max_rounds": read.settings.max_rounds, "humans": list(read.settings.humans)}
        try:
            return state_from_data({"players": players, "order": list(read.order), "settings": settings}, self.board)
        except PositionError as error:
            raise self._error(number, "; ".join(error.faults)) from None

    def _convert(self, number: int, data: PlainData, kind: type[_T]) -> _T:
        try:
            return msgspec.convert(data, kind)
        except msgspec.ValidationError as error:
            raise self._error(number, str(error)) from None

    def _error(self, number: int, what: str) -> RecordError:
        return _error(number, what, self.source)


def _error(number: int, what: str, source: str) -> RecordError:
    """Return an error whose words, part of which the record may have chosen, are one line that moves no cursor."""
    shown = printable(what[:LONGEST_FAULT])
    return RecordError(number, shown + ("…" if len(what) > LONGEST_FAULT else ""), source)


def _unknown(data: PlainData, kind: type[Struct]) -> PlainData:
    """Return what a line has beyond what the format knows."""
    known = kind.__struct_fields__
    return {key: value for key, value in data.items() if key not in known}
