"""Records of random games, for the tests."""

import io

from magnate.engine.chance import Recorder, Seeded
from magnate.engine.record import Record, read_record, replay
from magnate.engine.recording import RecordWriter
from magnate.engine.state import State
from tests.engine.play import Step, steps

NAMES = ("ana", "bert", "", "dora")
"""Who sits where."""


def record_game(seed: int, seats: int = 3, max_rounds: int = 6, deal: bool = True) -> tuple[str, list[Step]]:
    """Play a random game while a record of it is written; return the record and the steps.

    Half of the games begin with groups dealt, which is a position and no new game, unless `deal` is off.
    """
    chance = Recorder(Seeded(seed))
    played = []
    out = io.StringIO()
    for step in steps(seed, chance, seats, max_rounds, deal=deal):
        outcomes = chance.take()
        if step.action is None:
            writer = RecordWriter(out, step.state, names=NAMES[:seats], seed=seed)
        else:
            writer.move(step.seat, step.action, outcomes)
        played.append(Step(step.state.copy(), step.before, step.seat, step.action, step.events))
    writer.result(step.state)
    return out.getvalue(), played


def rewrite(record: Record) -> str:
    """Play a record's moves again and write them anew, as a game that runs does."""
    out = io.StringIO()
    header = record.header
    extra = {**header.extra, "version": header.version}
    writer = RecordWriter(out, header.start, names=header.names, seed=header.seed, extra=extra)
    state = header.start
    for step in replay(record):
        writer.move(step.move.seat, step.move.action, step.move.outcomes, step.move.extra)
        state = step.after
    if record.result is not None:
        writer.result(state, record.result.extra)
    return out.getvalue()


def read(text: str, recover: bool = False) -> Record:
    """Return what a text records."""
    return read_record(io.StringIO(text), "game.jsonl", recover=recover)


def last_state(record: Record) -> State:
    """Return the state that a record ends in."""
    state = record.header.start
    for step in replay(record):
        state = step.after
    return state
