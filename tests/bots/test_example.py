"""The example that docs/bots.md shows: it is what stands in examples/, short, and it plays."""

import re
from pathlib import Path

from magnate.bots.loading import describe_parameters, parse_bot
from tests.bots.games import decisions

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "my_bot.py"


def test_the_documented_example_is_the_file() -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "bots.md").read_text("utf-8"), re.DOTALL)
    assert EXAMPLE.read_text("utf-8") in blocks


def test_it_takes_about_twenty_lines() -> None:
    _, _, code = EXAMPLE.read_text("utf-8").partition("class MyBot")
    assert len([line for line in code.splitlines() if line.strip()]) <= 20


def test_it_plays_and_wins_against_random() -> None:
    spec = parse_bot(f"{EXAMPLE}:MyBot,reserve=300")
    assert [(parameter.name, parameter.default) for parameter in describe_parameters(spec)] == [("reserve", 300)]
    wins = 0
    for seed in range(20):
        *_, last = decisions([spec.make(seed), parse_bot("random").make(seed)], seed)
        wins += 0 in last.state.winners
    assert wins >= 14
