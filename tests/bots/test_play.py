"""Whole games: bots only do what is legal, see only what they may, and a seed gives the same game everywhere."""

import ast
import os
import subprocess
import sys
from collections.abc import Sequence
from itertools import chain, cycle, islice, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import magnate.bots
from magnate.bots import BOTS, LEVELS
from magnate.bots.loading import parse_bot
from magnate.engine.actions import SURRENDER, Action, Bid, Surrender, TradeProposal
from magnate.engine.state import State
from magnate.engine.view import view_for, why_not
from tests.bots.games import decisions
from tests.sizes import tries

NAMES = tuple(BOTS)


@pytest.mark.parametrize("seats", [2, 3, 4])
def test_bots_answer_what_is_legal_in_thousands_of_positions(seats: int) -> None:
    positions = 0
    for seed in range(3 * len(NAMES)):
        names = islice(cycle(NAMES), seed, seed + seats)
        bots = [parse_bot(name).make(seed * 10 + seat) for seat, name in enumerate(names)]
        for state, seat, legal, action in decisions(bots, seed):
            positions += 1
            assert why_not(state, seat, action) is None
            assert action in legal or isinstance(action, (Bid, TradeProposal))
            assert action != SURRENDER or _nothing_else_is_left(state, legal)
    assert positions > 4000


@hypothesis_settings(max_examples=tries(15))
@given(st.integers(0, 2**64), st.lists(st.sampled_from(NAMES), min_size=2, max_size=4), st.integers(1, 12))
def test_bots_answer_what_is_legal_in_any_game(seed: int, names: list[str], rounds: int) -> None:
    bots = [parse_bot(name).make(seed + seat) for seat, name in enumerate(names)]
    for state, _, legal, action in decisions(bots, seed, rounds):
        assert action != SURRENDER or _nothing_else_is_left(state, legal)


def test_what_a_bot_is_shown_hides_the_bids_of_others_and_is_all_that_it_decides_by() -> None:
    """Two games that differ only in a sealed bid look the same, so a bot that sees no more does the same."""
    compared = 0
    bots = [parse_bot(name).make(0) for name in ("medium", "expert", "expert", "expert")]
    for state, seat, legal, _ in chain.from_iterable(decisions(bots, seed) for seed in range(3)):
        others = [other for other in state.bids if other != seat]
        if not others:
            continue
        changed = state.copy()
        for other in others:
            changed.bids[other] += 17
        views = [view_for(state, seat), view_for(changed, seat)]
        assert views[0] == views[1]
        assert not set(others) & set(views[0].bids)
        answers = [parse_bot("expert").make(1).decide(view, list(legal)) for view in views]
        assert answers[0] == answers[1]
        compared += 1
    assert compared > 10


def test_no_bot_can_reach_the_chance_of_the_game() -> None:
    folder = Path(magnate.bots.__file__).parent
    for file in (*folder.glob("*.py"), *folder.glob("brain/*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module not in ("magnate.engine.chance", "secrets")


GAMES = """
import hashlib
from magnate.bots import BOTS
from magnate.bots.loading import parse_bot
from tests.bots.games import decisions

digest = hashlib.sha256()
for seed, names in enumerate(["expert expert expert expert", "random easy medium", "hard very_hard"]):
    for decided in decisions([parse_bot(name).make(seat) for seat, name in enumerate(names.split())], seed):
        digest.update(repr((decided.seat, decided.action)).encode())
print(digest.hexdigest())
"""


def test_the_same_seeds_give_the_same_games_whatever_the_hashes_of_python() -> None:
    root = Path(__file__).parents[2]
    digests = set()
    for seed in ("0", "1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", GAMES]
        result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True)
        digests.add(result.stdout)
    assert len(digests) == 1


def test_values_are_whole_numbers_so_that_no_machine_rounds_them() -> None:
    for file in ("value.py", "proposals.py"):
        tree = ast.parse((Path(magnate.bots.__file__).parent / file).read_text("utf-8"))
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.Div)]


def test_the_brain_only_adds_subtracts_multiplies_and_divides_which_every_machine_rounds_alike() -> None:
    """Powers and logarithms differ between machines, and the sum of floats between versions of Python."""
    for file in (Path(magnate.bots.__file__).parent / "brain").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            assert not isinstance(node, ast.Pow)
            assert not (isinstance(node, ast.Import) and node.names[0].name == "math")
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum":
                assert file.name in ("outlook.py", "fantasy.py")  # of whole numbers


@pytest.mark.sweep
@pytest.mark.no_cover
def test_each_level_beats_the_one_below() -> None:
    for weak, strong in pairwise(LEVELS):
        wins = 0.0
        games = 120
        for game in range(games):
            names = (weak, strong) if game % 2 else (strong, weak)
            *_, last = decisions([parse_bot(name).make(game * 2 + seat) for seat, name in enumerate(names)], game)
            wins += _share(last.state.winners, names.index(strong))
        assert wins > games / 2, f"{strong} won {wins} of {games} against {weak}"


def _nothing_else_is_left(state: State, legal: Sequence[Action]) -> bool:
    """Return whether only a surrender is left, or a second proposal in a turn, which levels do not make."""
    return legal == [SURRENDER] or (state.proposals > 0 and {*map(type, legal)} == {TradeProposal, Surrender})


def _share(winners: tuple[int, ...], seat: int) -> float:
    return 1 / len(winners) if seat in winners else 0.0
