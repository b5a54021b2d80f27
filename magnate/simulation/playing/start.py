"""How a game begins: at the start of the rules, or from a position (`--from FILE`)."""

import sys
from functools import lru_cache
from pathlib import Path
from typing import Final

from magnate.engine.chance import Chance
from magnate.engine.position import position_text, read_position
from magnate.engine.state import Settings, State, new_game
from magnate.simulation.errors import SettingsError
from magnate.simulation.position import Position
from magnate.simulation.settings import ROUNDS_WITHOUT_LIMIT, RunSettings
from magnate.system import files, streams

STANDARD_INPUT: Final = Path("-")


def load_start(path: Path, max_rounds: int | None) -> Position:
    """Return the position in the file at `path`, to be played for `max_rounds` rounds (None: as it says).

    The path `-` is standard input.

    Raises:
        SettingsError: the file cannot be read, or the position is past that round.
        PositionError: no game can be played from it; every fault is listed.
    """
    try:
        if path == STANDARD_INPUT:
            state = read_position(files.read_to_end(sys.stdin.buffer, streams.INPUT), streams.INPUT)
        else:
            state = read_position(files.read_whole(path), str(path))
    except OSError as error:
        raise SettingsError(f"--from {path}: {error.strerror or error}") from error
    rounds = state.settings.max_rounds if max_rounds is None else max_rounds
    if 0 < rounds < state.round:
        raise SettingsError(f"--max-rounds {rounds}: the position in {path} is in round {state.round}")
    seats = tuple([seat for seat, alive in enumerate(state.alive) if alive])
    return Position(position_text(state), seats, rounds)


def begin(settings: RunSettings, chance: Chance) -> State:
    """Return the state that a game of the run begins with; who is a person in a position counts as a bot."""
    rounds = Settings(max_rounds=settings.max_rounds or ROUNDS_WITHOUT_LIMIT)
    if settings.position is None:
        return new_game(len(settings.seats), chance, rounds)
    state = _state(settings.position.text).copy()
    state.settings = rounds
    return state


@lru_cache(maxsize=4)
def _state(text: str) -> State:
    return read_position(text)
