"""What `magnate bots explain` prints: the choices of a position with the reasons of a level."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from magnate.bots import LEVELS
from magnate.bots.brain.brain import Ranked
from magnate.bots.level_bot import LevelBot
from magnate.bots.loading import parse_bot
from magnate.engine.actions import SURRENDER
from magnate.engine.codec import action_to_data
from magnate.engine.phases import AUCTION
from magnate.engine.position import read_position
from magnate.engine.state import State
from magnate.engine.view import legal_actions, view_for
from magnate.errors import MagnateError
from magnate.system import files, streams
from magnate.texts import Words, in_language
from magnate.texts.choices import choice_words
from magnate.texts.reasons import reasons_words

STANDARD_INPUT: Final = "-"

_SEAT: Final[Words] = ("player {number}", "jugador {number}")


def explained(source: str, bot: str, seat: int | None, seed: int, most: int, lang: str, as_json: bool) -> Iterator[str]:
    """Return the lines that tell how a level ranks the choices of a position, best first.

    Args:
        source: the file of the position, or `-`.
        bot: a level, as it is named elsewhere.
        seat: who chooses; None for who acts next.
        seed: what the level's own chance follows from.
        most: how many choices are told.
        lang: "en" or "es".
        as_json: one JSON document instead of words.

    Raises:
        MagnateError: there is no such position, bot or seat, or the bot gives no reasons.
    """
    state = _read(source)
    spec = parse_bot(bot)
    made = spec.make(seed)
    if not isinstance(made, LevelBot):
        raise MagnateError(f"{spec.label} gives no reasons; the levels do: {', '.join(LEVELS)}")
    who = _who_acts(state) if seat is None else seat
    legal = legal_actions(state, who) if who < state.seats else []
    if not legal or (legal == [SURRENDER] and who != _who_acts(state)):
        raise MagnateError(f"--seat {who}: that player has nothing to choose in this position")
    ranked = made.ranked(view_for(state, who), legal)[:most]
    if as_json:
        return iter([json.dumps({"bot": spec.label, "seat": who, "choices": [_data(choice) for choice in ranked]})])
    return _words(state, who, spec.label, ranked, lang)


def _read(source: str) -> State:
    try:
        if source == STANDARD_INPUT:
            return read_position(files.read_to_end(sys.stdin.buffer, streams.INPUT), streams.INPUT)
        return read_position(files.read_whole(Path(source)), source)
    except OSError as error:
        raise MagnateError(f"{source}: {error.strerror or error}") from error


def _who_acts(state: State) -> int:
    return state.to_bid[0] if state.phase is AUCTION and state.to_bid else state.phase_seat


def _data(choice: Ranked) -> dict[str, object]:
    action, reasons = choice
    rounded = {name: round(value, 1) for name, value in reasons._asdict().items()}
    return {"action": action_to_data(action), "value": round(reasons.total, 1), "reasons": rounded}


def _words(state: State, seat: int, bot: str, ranked: list[Ranked], lang: str) -> Iterator[str]:
    def name_of(number: int) -> str:
        return in_language(_SEAT, lang).format(number=number)

    yield f"{bot}, {name_of(seat)}:"
    for place, (action, reasons) in enumerate(ranked, 1):
        yield f"{place:>3}. {round(reasons.total):>+6}  {choice_words(state, action, lang, name_of)}"
        yield f"             {reasons_words(reasons._asdict(), lang)}"
