"""A position as a text that a person can read and edit: the JSON of its plain data (docs: Records and positions)."""

import json
import re
from typing import Final

from magnate.engine.board import Board
from magnate.engine.codec import without_mark
from magnate.engine.errors import PositionError
from magnate.engine.phases import END_GAME
from magnate.engine.plain import KIND, state_from_data, state_to_data
from magnate.engine.state import State

LONGEST_LINE: Final = 100
"""Characters of a list or an object that still stands on one line."""

# No name in a position has brackets or blanks, so that this finds lists and objects, and what is in them may be joined.
_INNERMOST: Final = re.compile(r"[\[{][^\[\]{}]*[\]}]")


def position_text(state: State) -> str:
    """Return `state` as JSON over several lines, which `read_position` reads; short lists and objects take one line."""
    return _INNERMOST.sub(_on_one_line, json.dumps(state_to_data(state), indent=2)) + "\n"


def _on_one_line(found: re.Match[str]) -> str:
    """Return a list or an object that holds no other on one line, or as it is where that gets too long."""
    line = " ".join(found[0].split())
    line = f"{line[0]}{line[1:-1].strip()}{line[-1]}"
    return line if len(line) <= LONGEST_LINE else found[0]


def read_position(text: str | bytes, source: str = KIND, board: Board | None = None) -> State:
    """Return the state that a position's JSON tells of; what it leaves out is as at the start of a game.

    Args:
        text: the JSON; bytes are UTF-8.
        source: where it came from (a file's name), for the error's words.
        board: the board that the position is on; None for the standard one.

    Raises:
        PositionError: it is no JSON, or no game can be played from it; every fault is listed.
    """
    state = state_from_data(_decode(text, source), board, source)
    if state.phase is END_GAME:
        raise PositionError(["phase: end_game means that the game is over: there is nothing to play"], source)
    return state


def _decode(text: str | bytes, source: str) -> object:
    twice: list[str] = []

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        values = dict(pairs)
        if len(values) < len(pairs):
            names = [key for key, _ in pairs]
            twice.extend(f"the key {json.dumps(key)} stands there twice" for key in values if names.count(key) > 1)
        return values

    try:
        text = without_mark(text)
        data: object = json.loads(text.decode() if isinstance(text, bytes) else text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        raise PositionError([f"line {error.lineno}, column {error.colno}: no JSON: {error.msg}"], source) from None
    except UnicodeDecodeError:
        raise PositionError(["no JSON: not a text in UTF-8"], source) from None
    except (RecursionError, ValueError):
        raise PositionError(["no JSON that can be read: nested too deeply, or a number too long"], source) from None
    if twice:
        raise PositionError(twice, source)
    return data
