"""What a bot says of itself reaches screens and files plain, and says the same in every run."""

import json
import re
import sys
from pathlib import Path
from typing import Final

import pytest
from typer.testing import CliRunner

from magnate import cli
from magnate.commands.bots import app
from magnate.simulation.playing.runner import play_game
from tests.bots.foreign.bots import HEAD, write
from tests.simulation.runs import run_settings

FAULTS: Final = {
    "address": "raise Exception(object(), self, lambda: 0)",
    "escape": "raise Exception('\\x1b[31mred\\x07')",
    "surrogate": "raise Exception('half \\ud800')",
    "lines": "raise Exception('one\\r\\ntwo\\u2028three')",
    "direction": "raise Exception('\\u202eabc')",
    "huge": "raise Exception('x' * 10**7)",
    "nothing": "raise Exception(None)",
    "no str": "raise type('E', (Exception,), {'__str__': lambda self: 5})",
    "str raises": "raise type('E', (Exception,), {'__str__': lambda self: 1 / 0})",
    "str exits": "raise type('E', (Exception,), {'__str__': lambda self: exit()})",
    "str recurs": "raise type('E', (Exception,), {'__str__': lambda self: str(self)})",
    "name": "raise type('E\\x1b[2J\\ud800' + 'x' * 10**6, (Exception,), {})",
    "group": "raise ExceptionGroup('many', [ValueError(object())] * 3)",
    "syntax": "raise SyntaxError('odd', (5, 'a', b'c', object()))",
    "key": "raise KeyError(object())",
    "unicode": "raise UnicodeDecodeError('utf-8', b'\\xff', 0, 1, '\\x1b')",
    "system": "raise OSError(object(), '\\x1b', object())",
    "answer": "return object()",
    "answer of a kind": "return type('A\\x1b', (), {'__repr__': lambda self: exit()})()",
    "text": "return '\\x1b\\ud800' * 10**6",
    "number": "return 10**100_000",
    "class": "return type('A\\x1b', (type,), {'__repr__': lambda self: exit()})('B', (), {})",
    "bomb": "x = []; [x.append(x) for _ in range(50)]; return [x] * 10**6",
    "action of odd things": "from magnate.engine.actions import Bid; return Bid(object())",
    "action of a bomb": "from magnate.engine.actions import MoveTo; return MoveTo('\\x1b' * 10**6)",
    "coroutine": "return (i for i in ())",
}


def bot(code: str) -> str:
    return write("my_bot.py", f"{HEAD}\nclass My(Bot):\n    def decide(self, view, legal):\n        {code}\n") + ":My"


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_one_short_printable_line_and_the_same_in_every_run(name: str) -> None:
    said: list[str] = []
    for _ in range(2):
        run = run_settings(bot(FAULTS[name] + f"  # {len(said)}"), "easy", max_rounds=2, record=True)
        game = play_game(run, 1)
        fault = game.seats[0].fault or game.seats[1].fault
        assert fault is not None
        assert fault.isprintable()
        assert len(fault) < 500
        assert not re.search("0x[0-9a-f]{6}|magnate_bot_", fault)
        assert game.record is not None
        assert json.loads(next(line for line in game.record.splitlines() if '"fault"' in line))["fault"] == fault
        said.append(fault)
    assert said[0] == said[1]


def test_odd_words_in_every_place_of_a_bot_reach_no_screen(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for place in (
        "raise Exception('\\x1b[2J', object())",
        "class X(Exception): __str__ = lambda self: '\\x1b'\nraise X",
    ):
        write("my_bot.py", f"{HEAD}\n{place}\nclass My(Bot):\n    decide = None\n")
        monkeypatch.setattr(sys, "argv", ["magnate", "bots", "my_bot.py:My"])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert ended.value.code == 2
        told = capfd.readouterr().err
        assert told.removesuffix("\n").isprintable()
        assert "0x7" not in told


@pytest.mark.parametrize("format", ["table", "json"])
def test_a_description_of_a_bot_is_plain(format: str) -> None:
    code = f"""{HEAD}
INF = float('inf')
class Odd:
    def __repr__(self):
        exit()

class My(Bot):
    '''\\x1b[2J first\\n\\nsecond'''
    def __init__(self, seed=0, *, a=Odd(), b=object(), c: type('\\x1b', (), {{}}) = '\\x1b', d: float = INF, e=print):
        super().__init__(seed)
    def decide(self, view, legal):
        return legal[0]
"""
    result = CliRunner().invoke(app, [write("my_bot.py", code) + ":My", "--format", format])
    assert result.exception is None
    assert result.output.replace("\n", "").isprintable()
    assert "0x" not in result.output
    if format == "json":
        (listed,) = json.loads(result.output)
        defaults = [each["default"] for each in listed["parameters"]]
        assert defaults == ["a Odd", "a object", "?", "inf", "a builtin_function_or_method"]


def test_the_name_of_a_bot_is_told_in_printable_characters_and_apart_from_others() -> None:
    one, two = "caf\udce9\x1b.py", "caf\udce8\x1b.py"
    for path in (one, two):
        Path(path).write_text(f"{HEAD}\nclass My(Bot):\n    def decide(self, view, legal):\n        return legal[0]\n")
    run = run_settings(f"{one}:My", f"{two}:My", max_rounds=1)
    assert run.labels == ("caf\\udce9\\x1b.py:My", "caf\\udce8\\x1b.py:My")
    assert {seat.bot for seat in play_game(run, 1).seats} == set(run.labels)
