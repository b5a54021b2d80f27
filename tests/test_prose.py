"""The words of pages, helps and screens: no turns that readers of today stumble over, in English and in Spanish."""

import ast
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from magnate.cli import COMMANDS
from magnate.server.config import Settings
from scripts.check_docs import documents, read
from tests.test_cli import commands, help_of

ROOT = Path(__file__).parent.parent

STIFF = {
    r"(?:^|[.:;*] )(?:\*\*)?Who (?!has to|else|is who)[a-z]+ [^?]*\.(?:\s|\*|$)": "anyone who …, a player who …",
    r"\blet be\b": "left unchanged, ignored",
    r"\b(?:is|are) told\b": "is reported, is printed",
    r"\bcomes? to nothing\b": "is turned down, fails",
    r"\bmay be done\b": "you can do",
    r"\bYou may\b": "You can",
    r"\b(?:no|none) of that (?:code|name)\b|\broom of that\b": "with that code",
    r"\b(?:one|line|row|object|second) an? (?:bot|core|line|seat|game|move|player|user)\b": "one per …",
    r"\bBe done\b": "Done",
    r"\bspares? (?:processor|time|CPU)": "uses less",
    r"\bYou lack\b": "You need … more",
    r"\blies? open\b": "is face up",
    r"\b[Tt]here is no such\b": "does not exist",
    r"\b(?:bid|trade) reads\b": "to bid, type",
    r"\bwhat came of\b": "the results",
}
"""Turns that we avoid, and what to say for them."""

DURO = {
    r"\bfichero\b": "archivo",
    r"\b[Vv]osotros\b|\btenéis\b|\bpodéis\b|\bvais\b": "tú",
    r"\busted\b": "tú",
    r"\bqueda en nada\b": "rechaza",
}
"""The same for Spanish."""


def pairs() -> Iterator[tuple[str, str]]:
    """Yield every text of the game in English and Spanish."""
    for file in sorted((ROOT / "magnate" / "texts").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Tuple) and len(node.elts) == 2:
                texts = [each.value for each in node.elts if isinstance(each, ast.Constant)]
                if len(texts) == 2 and all(isinstance(text, str) for text in texts):
                    yield str(texts[0]), str(texts[1])


def found(text: str, turns: dict[str, str]) -> list[str]:
    """Return what is stiff in a text, each with what to say for it."""
    return [f"{match[0]!r} in {text!r}: {say}" for turn, say in turns.items() if (match := re.search(turn, text))]


REST = frozenset({"There is no such item.", "There is no such user.", "There is no such game."})
"""Sentences of the documented protocol."""


def test_the_texts_of_the_game_are_plain() -> None:
    texts = list(pairs())
    assert len(texts) > 400
    assert [stiff for english, _ in texts if english not in REST for stiff in found(english, STIFF)] == []
    assert [stiff for _, spanish in texts for stiff in found(spanish, DURO)] == []


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_helps_are_plain(words: list[str]) -> None:
    assert found(" ".join(help_of(words).split()), STIFF) == []


def test_lines_about_verbs_and_settings_are_plain() -> None:
    lines = [verb.help for verb in COMMANDS.values()]
    lines += [field.metadata["help"] for field in dataclasses.fields(Settings)]
    assert [stiff for line in lines for stiff in found(line, STIFF)] == []


@pytest.mark.parametrize("page", documents(), ids=lambda path: path.name)
def test_pages_are_plain(page: Path) -> None:
    lines = [line for line in read(page) if not line.is_code]
    assert [f"{line.number}: {stiff}" for line in lines for stiff in found(line.text, STIFF)] == []
