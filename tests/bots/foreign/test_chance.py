"""Generators that all code shares are seeded for each piece of a bot's code: the same seed gives the same game."""

import random
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Final

import pytest

from magnate.bots.loading import BotSpec, parse_bot
from magnate.bots.referee import Fault, decide
from magnate.engine.chance import Seeded
from magnate.engine.state import new_game
from magnate.simulation.playing.pool import in_order
from magnate.simulation.playing.process_pool import ProcessPool
from magnate.simulation.playing.runner import play_game
from magnate.simulation.results.game_result import GameResult
from magnate.simulation.settings import RunSettings
from tests.bots.foreign.bots import HEAD, says, write
from tests.simulation.runs import run_settings

DICE: Final = """
class My(Bot):
    def decide(self, view, legal):
        choices = legal[:-1] or legal
        return choices[int({draw} * len(choices))]
"""
NUMPY: Final = """
import random as _random
_generator = _random.Random()
seed, get_state, set_state, random = (
    _generator.seed, _generator.getstate, _generator.setstate, _generator.random
)
"""
WAYS: Final = {
    "random": "import random" + HEAD + DICE.format(draw="random.random()"),
    "from random": "from random import random" + HEAD + DICE.format(draw="random()"),
    "numpy": "import numpy.random" + HEAD + DICE.format(draw="numpy.random.random()"),
    "numpy, imported late": HEAD + DICE.format(draw="__import__('numpy.random').random.random()"),
    "while it is imported": "import random\nDRAWN = [random.random() for _ in range(50)]"
    + HEAD
    + DICE.format(draw="DRAWN[view.round]"),
    "while it is made": "import random"
    + HEAD
    + DICE.format(draw="self.drawn[view.round]")
    + "    def __init__(self, seed=0):\n        self.drawn = [random.random() for _ in range(50)]\n",
}


@pytest.fixture(autouse=True)
def _generators(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have a NumPy that anybody may import, and leave the generator of the tests alone."""
    write("site-packages/numpy/__init__.py", "")
    write("site-packages/numpy/random.py", NUMPY)
    for name in ("numpy", "numpy.random"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend("site-packages")
    state = random.getstate()
    yield
    random.setstate(state)


def settings(way: str) -> RunSettings:
    write("my_bot.py", WAYS[way])
    return run_settings("my_bot.py:My", "my_bot.py:My", "medium", max_rounds=3)


@pytest.mark.parametrize("way", WAYS)
def test_a_game_is_the_same_whatever_was_drawn_before(way: str) -> None:
    run = settings(way)
    first = play_game(run, 2)
    random.seed()
    play_game(run, 1)
    assert play_game(run, 2) == first
    assert play_game(run, 3).squares != first.squares


@pytest.mark.parametrize("way", WAYS)
def test_any_number_of_processes_play_the_same_games(way: str) -> None:
    run = settings(way)
    played: list[list[GameResult]] = []
    for workers in (1, 2):
        random.seed(workers)
        pool = ProcessPool(workers)
        try:
            played.append([game for games in in_order(pool, run, 1, 7) for game in games])
        finally:
            pool.close()
    assert played[0] == played[1]


def test_each_decision_of_a_game_draws_anew() -> None:
    write("my_bot.py", says("str(random.random())", before="import random"))
    bot, state = parse_bot("my_bot.py:My").make(1), new_game(2, Seeded(1))
    said = [decide(bot, state, 0, seed=lambda seed=seed: seed) for seed in (1, 2, 1)]  # type: ignore[misc]
    assert all(isinstance(each, Fault) for each in said)
    assert said[0] == said[2] != said[1]


def test_the_generators_of_the_program_go_on_as_if_no_game_had_been_played() -> None:
    run = settings("random")
    module: ModuleType = __import__("numpy.random").random
    random.seed(5)
    module.seed(5)
    expected = [random.random(), module.random()]
    random.seed(5)
    module.seed(5)
    play_game(run, 1)
    spec: BotSpec = parse_bot("my_bot.py:My")
    spec.make(3)
    assert [random.random(), module.random()] == expected


def test_built_in_bots_leave_the_generators_alone() -> None:
    before = random.getstate()
    play_game(run_settings("easy", "hard", max_rounds=2), 1)
    assert random.getstate() == before
