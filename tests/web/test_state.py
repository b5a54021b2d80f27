"""The page's state, replays and sentences are the engine's: Node runs them on games of the tests."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from magnate.engine.record import read_record, replay
from magnate.engine.state import State
from magnate.engine.view import net_worth
from magnate.protocol.frames import state_frame
from magnate.texts import LANGUAGES
from magnate.tui.board.layout import layout, neighbour
from magnate.tui.words.people import People
from magnate.tui.words.story import Story
from magnate.web.words import board_json, words_json
from tests.golden.make import FOLDER, GAMES
from tests.protocol.games import DEADLINE, Step, random_game

NODE = Path(__file__).parent / "node"
SPECTATOR = -1
STRANGER = 1000
STATIC = Path(__file__).parent.parent.parent / "magnate" / "web" / "static"

pytestmark = pytest.mark.program("node")


def run_node(test: str, data: object, tmp_path: Path) -> None:
    """Run a test of Node's own runner on data that it reads from a file."""
    file = tmp_path / "data.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    done = subprocess.run(
        ["node", "--test", str(NODE / test)],
        env={**os.environ, "DATA": str(file), "STATIC": str(STATIC)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def shared() -> dict[str, Any]:
    return {"board": json.loads(board_json()), "words": {lang: json.loads(words_json(lang)) for lang in LANGUAGES}}


def known(state: State) -> dict[str, object]:
    """Return what the page must know of a state."""
    seats = range(state.seats)
    return {
        "money": list(state.balance),
        "positions": list(state.position),
        "jail": list(state.jail_turns),
        "phase": state.phase.value,
        "phaseSeat": state.phase_seat,
        "turnSeat": state.turn_seat,
        "round": state.round,
        "turn": state.turn,
        "pot": state.pot,
        "streak": state.streak,
        "out": sorted(state.eliminated),
        "departures": {str(seat): state.departures[at] for at, seat in enumerate(state.eliminated)},
        "holdings": {
            str(square): [seat, state.level[square], bool(state.mortgaged[square])]
            for seat in seats
            for square in sorted(state.owned[seat])
        },
        "worth": [net_worth(state, seat) for seat in seats],
        "card": None if state.card is None else [state.card.type, state.card.value, state.card.price],
        "toBid": sorted(state.to_bid),
        "trade": None if state.trade is None else [state.trade.destination, state.trade.offered_money],
        "winners": sorted(state.winners),
    }


def frames_of(seed: int, viewer: int, come_back: bool) -> Iterator[dict[str, object]]:
    """Yield the frames that a client gets, each with what it must know then; now and then the client comes back."""
    random = Random(seed)
    for number, step in enumerate(random_game(seed)):
        if number == 0 or (come_back and random.random() < 0.05):
            raw = state_frame(step.table, step.state, viewer, seq=step.seq, deadline=DEADLINE)
            yield {"frame": json.loads(raw), "known": known(step.state)}
            continue
        yield {"frame": json.loads(step.action_frame(viewer)), "known": None}
        yield {"frame": json.loads(step.response_frame()), "known": known(step.state)}


def user_of(step: Step, viewer: int) -> int:
    return STRANGER if viewer == SPECTATOR else step.table.users[viewer]


def test_the_state_of_the_page_is_the_engines_over_whole_games(tmp_path: Path) -> None:
    games = []
    for seed in range(12):
        first = next(iter(random_game(seed)))
        viewer = seed % (first.state.seats + 1) - 1
        frames = list(frames_of(seed, viewer, come_back=seed % 2 == 1))
        games.append({"user": user_of(first, viewer), "frames": frames})
    run_node("fold.test.js", {**shared(), "games": games}, tmp_path)


def test_the_page_tells_a_game_in_the_words_of_the_terminal_client(tmp_path: Path) -> None:
    moves = []
    for seed in range(6):
        for step in random_game(seed, most=200):
            told = {}
            for lang in LANGUAGES:
                people = People.of(step.state, step.table.names, SPECTATOR, "city", lang)
                told[lang] = [Story(people).event(event) for event in step.events]
            frame = json.loads(step.response_frame())
            moves.append({"names": step.table.names, "events": frame["data"]["events"], "told": told})
    run_node("narrator.test.js", {**shared(), "moves": moves}, tmp_path)


def test_a_replay_shows_each_position_of_a_record(tmp_path: Path) -> None:
    games = []
    for name in GAMES:
        lines = (FOLDER / f"{name}.events.jsonl").read_text("utf-8").splitlines()
        record = read_record(lines)
        states = [known(step.after) for step in replay(record)]
        games.append(
            {
                "name": name,
                "lines": lines,
                "states": states,
                "plain": (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines(),
            }
        )
    run_node("replay.test.js", {**shared(), "games": games}, tmp_path)


def test_the_squares_of_the_page_lie_where_the_terminals_do(tmp_path: Path) -> None:
    cells = layout(10, 110)
    places = {
        str(square): [place.x / 10, place.y / 10, place.width / 10, place.height / 10]
        for square, place in cells.squares.items()
    }
    among = frozenset(cells.squares)
    steps = {
        str(square): [neighbour(square, *arrow, among) for arrow in ((0, -1), (0, 1), (-1, 0), (1, 0))]
        for square in among
    }
    run_node("grid.test.js", {"places": places, "steps": steps}, tmp_path)
