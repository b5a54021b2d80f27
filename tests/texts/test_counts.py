"""One thing has words of its own: no "1 games", in no text and neither language."""

import re
from pathlib import Path

import pytest

from magnate.server.errors import TooManyAttempts, TooManyRooms
from magnate.texts import LANGUAGES, Words, count_of, text_of
from magnate.texts.game import GAME
from magnate.texts.lobby import LOBBY
from magnate.texts.plain import PLAIN
from magnate.texts.refusals import refusal
from magnate.texts.replays import REPLAYS
from magnate.texts.sentences import SENTENCES

TABLES: dict[str, dict[str, Words]] = {
    "game": dict(GAME),
    "lobby": dict(LOBBY),
    "plain": dict(PLAIN),
    "replays": dict(REPLAYS),
    "sentences": dict(SENTENCES),
}
PACKAGE = Path(__file__).parent.parent.parent / "magnate"
NEVER_ONE = {("replays", "written_by"), ("game", "squares")}
"""What counts things of which there is never one (a game has two players or more), or shortens the word for them."""


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_that_counts_things_has_words_for_one(name: str, lang: str) -> None:
    table = TABLES[name]
    for key, words in table.items():
        shown = words[LANGUAGES.index(lang)]
        if re.search(r"\{count\}(?: \w+)* \w+s\b", shown) and (name, key) not in NEVER_ONE:
            assert f"{key}_one" in table, f"{name}: {key}: {shown}"


def test_one_thing_is_told_in_its_own_words() -> None:
    assert text_of(LOBBY, "shop_title", "en", count=1) == "Shop: you have 1 point"
    assert text_of(LOBBY, "shop_title", "es", count=1) == "Tienda: tienes 1 punto"
    assert text_of(LOBBY, "shop_title", "en", count=0) == "Shop: you have 0 points"
    assert text_of(GAME, "squares", "en", count=1) == "1 sq."
    assert count_of(1, "game") == "1 game"
    assert count_of(2000, "game") == "2,000 games"


@pytest.mark.parametrize(
    ("error", "english", "spanish"),
    [
        (TooManyAttempts(1), "in 1 second", "en 1 segundo"),
        (TooManyAttempts(7), "in 7 seconds", "en 7 segundos"),
        (TooManyRooms(1), "1 private room", "1 sala privada"),
        (TooManyRooms(5), "5 private rooms", "5 salas privadas"),
    ],
)
def test_what_the_server_counts_is_told_in_number_too(error: Exception, english: str, spanish: str) -> None:
    assert str(error).endswith(english)
    assert refusal(str(error), "es").endswith(spanish)


def test_sentences_for_people_count_by_the_one_function() -> None:
    """A number in braces right before games, moves and the like would say "1 games"."""
    things = "game|move|round|turn|second|point|player|seat|square|action"
    counting = re.compile(rf"\{{(?!number\(|[A-Z_]+\}})[^{{}}]*\}} (?:{things})s\b(?!/)")
    for folder in ("commands", "simulation", "client"):
        for file in (PACKAGE / folder).rglob("*.py"):
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
                assert not counting.search(line), f"{file.name}:{number}: {line.strip()}"
