"""Bots of others for the tests, written as files."""

from pathlib import Path

from magnate.bots.loading import BotSpec, parse_bot
from magnate.bots.referee import Fault, decide
from magnate.engine.chance import Seeded
from magnate.engine.state import new_game

HEAD = """
from magnate.bots.base import Bot
from magnate.engine.actions import NEXT_PHASE
"""


def says(expression: str, first: str = "", before: str = "") -> str:
    """Return a bot file whose `decide` raises an exception that says what `expression` is.

    `before` stands at the top of the file, `first` in the decision before the expression.
    """
    return f"""{before}
{HEAD}
class My(Bot):
    def decide(self, view, legal):
        {first}
        raise Exception({expression})
"""


def write(path: str, text: str) -> str:
    """Write a file into the working directory and return its path."""
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return path


def answer(spec: BotSpec) -> str:
    """Return what the bot says in a decision."""
    fault = decide(spec.make(1), new_game(2, Seeded(1)), 0)
    assert isinstance(fault, Fault)
    return fault.message.removeprefix("raised Exception: ")


def answers(*paths: str) -> list[str]:
    """Return what the bots `My` in some files say, all of them loaded before any says it."""
    return [answer(spec) for spec in [parse_bot(f"{path}:My") for path in paths]]
