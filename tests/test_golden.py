"""Golden games: recorded once, replayed to the byte ever after. `python -m tests.golden.make` makes them anew."""

import io
from typing import get_args

import pytest

from magnate.engine.actions import ACTION_TYPES
from magnate.engine.cards import deck
from magnate.engine.events import CardPlayed, Event, Rolled, Traded
from magnate.engine.phases import Phase
from magnate.engine.record import Record, Step, read_record, replay
from tests.engine.recorded import rewrite
from tests.golden.make import FOLDER, GAMES, TOLD, views


def read(name: str) -> Record:
    with (FOLDER / f"{name}.jsonl").open("rb") as lines:
        return read_record(lines, name)


def text(file: str) -> str:
    return (FOLDER / file).read_bytes().decode()


def all_steps() -> list[Step]:
    return [step for name in GAMES for step in replay(read(name))]


@pytest.mark.parametrize("name", GAMES)
def test_a_golden_game_replays_to_its_result(name: str) -> None:
    record = read(name)
    assert record.result is not None
    *_, last = replay(record)
    assert last.after.phase is Phase.END_GAME
    assert len(last.after.alive) == GAMES[name].seats


@pytest.mark.parametrize("name", GAMES)
def test_a_golden_game_that_is_played_again_writes_the_same_record_to_the_byte(name: str) -> None:
    assert rewrite(read(name)) == text(f"{name}.jsonl")


@pytest.mark.parametrize("name", GAMES)
def test_what_replay_prints_of_a_golden_game_is_the_same_to_the_byte(name: str) -> None:
    shown = views(name, read(name))
    assert set(shown) == {path.name for path in FOLDER.glob(f"{name}.*")} - {f"{name}.jsonl"}
    for file, content in shown.items():
        assert content == text(file)


@pytest.mark.parametrize("name", GAMES)
def test_what_replay_prints_as_json_is_a_record_of_the_same_game(name: str) -> None:
    again = read_record(io.StringIO(text(f"{name}.events.jsonl")))
    assert [step.after for step in replay(again)] == [step.after for step in replay(read(name))]


def test_the_golden_games_have_everything_in_them_that_can_happen() -> None:
    steps = all_steps()
    events = [event for step in steps for event in step.events]
    assert {type(event) for event in events} == set(get_args(Event))
    assert {type(step.move.action) for step in steps} == set(ACTION_TYPES)
    assert {step.before.phase for step in steps} | {Phase.END_GAME} == set(Phase)
    assert {event.card.type for event in events if isinstance(event, CardPlayed)} == {kind.name for kind in deck()}
    rolls = [event for event in events if isinstance(event, Rolled)]
    assert any(roll.triple for roll in rolls)
    assert any(roll.dice_bus > 0 and not roll.destinations for roll in rolls), "a third double in a row"
    assert any(roll.dice_bus == 0 for roll in rolls), "a roll in jail"
    assert {event.accepted for event in events if isinstance(event, Traded)} == {True, False}
    assert any(step.before.board.jail in step.before.position for step in steps)


def test_golden_games_begin_anew_and_from_positions() -> None:
    headers = [text(f"{name}.jsonl").splitlines()[0] for name in GAMES]
    assert any('"start":' in header for header in headers)
    assert any('"order":' in header for header in headers)
    assert {GAMES[name].seats for name in GAMES} == {2, 3, 4}
    assert TOLD in GAMES
