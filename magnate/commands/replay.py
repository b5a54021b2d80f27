"""`magnate replay`."""

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, echo

from magnate.commands import verb_app
from magnate.errors import MagnateError
from magnate.system import streams
from magnate.texts import count_of

if TYPE_CHECKING:
    from magnate.engine.record import Record

app = verb_app()


class Lang(StrEnum):
    """The languages a game is told in."""

    EN = "en"
    ES = "es"


@app.command()
def replay(
    file: Annotated[str, Argument(metavar="FILE", help="Record of a game; - reads standard input.")],
    json: Annotated[
        bool, Option("--json", help="Print the record with phases and events added, one line per move.")
    ] = False,
    recover: Annotated[
        bool, Option("--recover", help="Show the undamaged part of a damaged record, and on stderr what is wrong.")
    ] = False,
    from_move: Annotated[int, Option("--from-move", metavar="N", min=1, help="The first move to print.")] = 1,
    to_move: Annotated[
        int | None, Option("--to-move", metavar="N", min=1, help="The last move to print.", show_default="the last")
    ] = None,
    position: Annotated[
        int | None,
        Option(
            "--position",
            metavar="N",
            min=0,
            help="Print only the position after move N (0: the start), for magnate simulate --from.",
        ),
    ] = None,
    lang: Annotated[Lang, Option("--lang", help="The language of the sentences.")] = Lang.EN,
) -> None:
    """Print a recorded game move by move, in plain words.

    The game is replayed from the recorded outcomes of chance, and ends as it did: magnate replay game.jsonl
    """
    from magnate.engine.retelling import lines_with_events

    record = _read(file, recover)
    if json or position is not None:
        streams.expect_data()
    if position is not None:
        _print_position(record, position)
    else:
        last = len(record.moves) if to_move is None else to_move
        _check_range(from_move, last, len(record.moves))
        moves = range(from_move, last + 1)
        for line in lines_with_events(record, moves) if json else lines_of_words(record, moves, lang):
            echo(line)
    if record.fault is not None:
        echo(f"magnate: {record.fault}; the record has {count_of(len(record.moves), 'whole move')} before it", err=True)


def _read(file: str, recover: bool) -> "Record":
    from magnate.engine.record import lines_of, read_record

    if file == "-":
        return read_record(lines_of(sys.stdin.buffer), streams.INPUT, recover=recover)
    try:
        with open(file, "rb") as lines:
            return read_record(lines_of(lines), file, recover=recover)
    except OSError as error:
        raise MagnateError(f"{file}: {error.strerror or error}") from error


def _check_range(first: int, last: int, moves: int) -> None:
    if last > moves:
        raise MagnateError(f"--to-move {last}: the record has {count_of(moves, 'move')}")
    if first > max(last, 1):
        raise MagnateError(f"--from-move {first}: the last move to print is {last}")


def _print_position(record: "Record", number: int) -> None:
    from magnate.engine.phases import END_GAME
    from magnate.engine.position import position_text
    from magnate.engine.record import replay

    if number > len(record.moves):
        raise MagnateError(f"--position {number}: the record has {count_of(len(record.moves), 'move')}")
    state = record.header.start
    for step in replay(record):
        if step.number > number:
            break
        state = step.after
    echo(position_text(state), nl=False)
    if state.phase is END_GAME:
        echo("magnate: the game is over there, so nothing can be played from this position", err=True)


def lines_of_words(record: "Record", moves: range, lang: str) -> Iterator[str]:
    """Yield the game in sentences: a heading a turn, and the number of each move before what it did."""
    from magnate.engine.phases import END_GAME
    from magnate.engine.record import replay
    from magnate.texts.narration import Narrator
    from magnate.texts.replays import introduction, replays

    narrator = Narrator(record.header.names, lang)
    yield from introduction(record.header, narrator)
    turn = 0
    state = record.header.start
    for step in replay(record):
        state = step.after
        if step.number not in moves:
            continue
        if step.before.turn != turn:
            turn = step.before.turn
            yield ""
            yield narrator.turn(step.before.round, turn, step.before.turn_seat)
        for place, sentence in enumerate(narrator.move(step.move.seat, step.move.action, step.events)):
            yield f"{'' if place else step.number:>5}  {sentence}"
    if state.phase is not END_GAME and len(record.moves) < moves.stop:
        yield ""
        yield replays("running", lang)
