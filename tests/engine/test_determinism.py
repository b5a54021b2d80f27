"""Rules: Determinism."""

import ast
import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

import magnate.engine
from magnate.engine.chance import Outcome, Recorded, Recorder, Secure, Seeded
from magnate.engine.game import apply, new_game
from magnate.engine.phases import Phase
from magnate.engine.state import Settings, State
from tests.engine.play import play

ROOT = Path(__file__).resolve().parents[2]
ENGINE = Path(magnate.engine.__file__).parent


def digest(state: State) -> str:
    """Return what a state holds as a short text that does not depend on the hash of strings."""
    return hashlib.sha256(repr((state.key(), state.owned)).encode()).hexdigest()[:16]


def test_a_game_is_a_pure_function_of_seed_and_actions() -> None:
    state, done = play(1, Seeded(1))
    again = Seeded(1)
    replayed = new_game(4, again, Settings(6))
    for seat, action in done:
        apply(replayed, seat, action, again)
    assert replayed == state
    assert replayed.winners == state.winners != ()


def test_another_seed_gives_another_game() -> None:
    assert len({digest(play(1, Seeded(seed))[0]) for seed in range(5)}) == 5


def test_the_same_seed_gives_the_same_game_in_another_process_with_another_hash_seed() -> None:
    code = "from tests.engine.test_determinism import Seeded, digest, play; print(digest(play(1, Seeded(1))[0]))"
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for hash_seed in ("0", "4242")
    }
    assert printed == {digest(play(1, Seeded(1))[0])}


def test_a_seed_gives_these_numbers_on_every_machine_and_python_version() -> None:
    chance = Seeded(2024)
    assert [chance.die() for _ in range(12)] == [3, 5, 2, 6, 3, 5, 2, 2, 5, 3, 3, 5]
    assert [chance.below(1000) for _ in range(5)] == [963, 309, 704, 519, 731]
    assert chance.order(4) == (2, 1, 0, 3)


def test_every_random_outcome_is_reproducible_from_the_log() -> None:
    recorder = Recorder(Seeded(3))
    state, done = play(3, recorder)
    log: list[Outcome] = json.loads(json.dumps(recorder.take()))
    recorded = Recorded((kind, value) for kind, value in log)
    replayed = new_game(4, recorded, Settings(6))
    for seat, action in done:
        apply(replayed, seat, action, recorded)
    assert replayed == state
    assert recorded.left == 0


def test_the_recorder_changes_nothing_and_forgets_what_was_taken() -> None:
    recorder = Recorder(Seeded(3))
    assert play(3, recorder)[0] == play(3, Seeded(3))[0]
    assert recorder.take()
    assert recorder.take() == []


def test_chance_of_the_operating_system_plays_too() -> None:
    state, _ = play(3, Secure(), max_rounds=2)
    assert state.phase is Phase.END_GAME


@pytest.mark.parametrize("path", sorted(ENGINE.rglob("*.py")), ids=lambda path: path.name)
def test_the_engine_asks_no_clock_and_no_global_randomness(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        assert not {"time", "datetime", "uuid"} & {name.split(".")[0] for name in names}
        if path.name != "chance.py":
            assert not {"random", "secrets"} & {name.split(".")[0] for name in names}


def test_the_global_generator_is_not_touched() -> None:
    random.seed(7)
    before = random.getstate()
    play(1, Seeded(1), max_rounds=2)
    assert random.getstate() == before
