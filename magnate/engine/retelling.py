"""A record with what happened: its lines again, each move with its events and where in the game it is."""

from collections.abc import Iterator

from magnate.engine.codec import event_to_data
from magnate.engine.record import Record, replay
from magnate.engine.recording import header_line, move_line, result_line


def lines_with_events(record: Record, moves: range | None = None) -> Iterator[str]:
    """Yield the lines of a record without their ends; each move of `moves` (None: all) has its events.

    The other moves are left out, and so is the result where `moves` ends before it.
    """
    wanted = range(1, len(record.moves) + 1) if moves is None else moves
    header = record.header
    extra = {**header.extra, "version": header.version}
    yield header_line(header.start, names=header.names, seed=header.seed, extra=extra).rstrip("\n")
    state = header.start
    for step in replay(record):
        state = step.after
        if step.number in wanted:
            before, move = step.before, step.move
            added = {
                **move.extra,
                "round": before.round,
                "turn": before.turn,
                "phase": before.phase,
                "events": [event_to_data(event) for event in step.events],
            }
            yield move_line(step.number, move.seat, move.action, move.outcomes, added).rstrip("\n")
    if record.result is not None and len(record.moves) < wanted.stop:
        yield result_line(state, record.result.extra).rstrip("\n")
