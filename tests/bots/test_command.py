"""`magnate bots`: every bot with its parameters, for people and for programs."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from magnate.bots import BOTS
from magnate.bots.errors import BotError
from magnate.commands.bots import app

MEDIUM = (
    ("sight", "float", 6.0),
    ("taste", "float", 0.55),
    ("caution", "float", 0.75),
    ("lapses", "float", 0.5),
    ("guards_groups", "bool", True),
)
EXAMPLE = Path(__file__).parents[2] / "examples" / "my_bot.py"


def bots(*arguments: str) -> str:
    """Return what the command prints."""
    result = CliRunner().invoke(app, arguments)
    if result.exception is not None:
        raise result.exception
    assert result.stderr == ""
    return result.stdout


def test_the_table_has_a_line_for_each_bot_with_its_parameters() -> None:
    head, *lines = bots().splitlines()
    assert head.split() == ["BOT", "DESCRIPTION", "PARAMETERS"]
    assert [line.split()[0] for line in lines] == list(BOTS)
    (medium,) = [line for line in lines if line.startswith("medium ")]
    assert BOTS["medium"].description in medium
    assert medium.endswith("  " + ", ".join([f"{name}: {kind} = {default}" for name, kind, default in MEDIUM]))
    assert lines[0].endswith("  none")
    assert len({line.index(entry.description) for line, entry in zip(lines, BOTS.values(), strict=True)}) == 1


def test_json_has_the_same_for_programs() -> None:
    listed = json.loads(bots("--format", "json"))
    assert [bot["bot"] for bot in listed] == list(BOTS)
    assert listed[-1] == {
        "bot": "expert",
        "description": BOTS["expert"].description,
        "class": "magnate.bots.level_bot:LevelBot",
        "parameters": [
            {"name": "sight", "type": "float", "default": 100.0},
            {"name": "taste", "type": "float", "default": 0.0},
            {"name": "caution", "type": "float", "default": 0.0},
            {"name": "lapses", "type": "float", "default": 0.0},
            {"name": "guards_groups", "type": "bool", "default": True},
        ],
    }


def test_bots_of_ones_own_are_described_too() -> None:
    (bot,) = json.loads(bots(f"{EXAMPLE}:MyBot,reserve=50", "--format", "json"))
    assert bot["description"] == "Buys and builds while more than a reserve is left"
    assert bot["parameters"] == [{"name": "reserve", "type": "int", "default": 50}]


def test_an_unknown_bot_is_one_clear_sentence() -> None:
    with pytest.raises(BotError, match="did you mean medium"):
        bots("medum")
