"""The examples that docs/bots.md shows are the files in examples/, short, and they play."""

import re
from pathlib import Path

import pytest

from magnate.bots.loading import describe_parameters, parse_bot
from tests.bots.games import decisions

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "my_bot.py"
SECOND = ROOT / "examples" / "value_bot.py"


@pytest.mark.parametrize("file", [EXAMPLE, SECOND])
def test_the_documented_example_is_the_file(file: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "bots.md").read_text("utf-8"), re.DOTALL)
    assert file.read_text("utf-8") in blocks


@pytest.mark.parametrize("file", [EXAMPLE, SECOND])
def test_it_takes_about_twenty_lines(file: Path) -> None:
    _, _, code = file.read_text("utf-8").partition("\nclass ")
    assert len([line for line in code.splitlines() if line.strip()]) <= 20


def test_the_second_example_is_better_than_the_first() -> None:
    wins = 0
    for seed in range(12):
        bots = [parse_bot(f"{SECOND}:Careful").make(seed), parse_bot(f"{EXAMPLE}:MyBot").make(seed)]
        *_, last = decisions(bots, seed)
        wins += 0 in last.state.winners
    assert wins >= 8


def test_it_plays_and_wins_against_random() -> None:
    spec = parse_bot(f"{EXAMPLE}:MyBot,reserve=300")
    assert [(parameter.name, parameter.default) for parameter in describe_parameters(spec)] == [("reserve", 300)]
    wins = 0
    for seed in range(20):
        *_, last = decisions([spec.make(seed), parse_bot("random").make(seed)], seed)
        wins += 0 in last.state.winners
    assert wins >= 14
