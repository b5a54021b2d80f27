"""`docs/records.md` is true: its examples are read and replayed, and it names all there is."""

import io
import json
import re
from pathlib import Path
from typing import get_args

import pytest

from magnate.commands.replay import Lang, lines_of_words
from magnate.engine import chance
from magnate.engine.actions import ACTION_TYPES
from magnate.engine.errors import PositionError
from magnate.engine.events import Event
from magnate.engine.phases import Phase
from magnate.engine.plain import state_to_data
from magnate.engine.position import position_text, read_position
from magnate.engine.record import Record, read_record, replay
from tests.engine.positions import place
from tests.engine.recorded import rewrite
from tests.golden.make import FOLDER

PAGE = (Path(__file__).parent.parent / "docs" / "records.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """Return the fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def example() -> Record:
    (text,) = blocks("jsonl")
    return read_record(io.StringIO(text), "game.jsonl")


def test_the_example_is_a_whole_record_as_it_is_written() -> None:
    record = example()
    assert record.result is not None
    assert [rewrite(record)] == blocks("jsonl")


def test_the_example_is_told_as_the_page_says() -> None:
    record = example()
    told = "".join(f"{line}\n" for line in lines_of_words(record, range(1, len(record.moves) + 1), Lang.EN))
    assert told in blocks("text")


def test_the_positions_of_the_page_can_be_played() -> None:
    minimal, group, printed = blocks("json")
    assert read_position(minimal).seats == 2
    assert read_position(group).phase is Phase.MANAGEMENT
    (step,) = [step for step in replay(example()) if step.number == 7]
    assert printed == position_text(step.after)


def test_the_errors_of_the_page_are_what_is_said() -> None:
    wrong = {
        "pot": "a lot",
        "players": [
            {"squares": {"6": {"level": 3}, "8": {"level": 1}, "9": {"level": 1}, "21": {}}},
            {"balence": 5, "squares": {"21": {}}},
        ],
    }
    with pytest.raises(PositionError) as caught:
        read_position(json.dumps(wrong), "position.json")
    assert f"magnate: error: {caught.value}\n" in blocks("text")


def test_every_key_action_event_outcome_and_phase_is_named() -> None:
    named = set(re.findall(r"`(\w+)`", PAGE))
    state = place(phase=Phase.END_GAME)
    data = state_to_data(state)
    assert set(data) <= named
    player = data["players"]
    assert isinstance(player, list)
    assert set(player[0]) <= named
    assert {"steps", "card", "bids", "trade"} <= named
    assert {kind.__name__ for kind in ACTION_TYPES} <= named
    assert {field for kind in ACTION_TYPES for field in kind.__struct_fields__} <= named
    assert {kind.__name__ for kind in get_args(Event)} <= named
    assert {phase.value for phase in Phase} <= named
    asked = {name for name, method in vars(chance.Recorder).items() if callable(method) and not name.startswith("_")}
    assert asked - {"take", "below"} <= named
    lines = [line for file in FOLDER.glob("*.events.jsonl") for line in file.read_bytes().splitlines()]
    keys = {key for line in lines for key in json.loads(line)}
    assert keys <= named


def test_the_python_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = blocks("python")
    (tmp_path / "game.jsonl").write_text(blocks("jsonl")[0], "utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(code, names)
    assert names["state"] == list(replay(example()))[-1].before
