"""The words of the game's screens: both languages fill in the same, and the rules exist in both."""

from string import Formatter

import pytest

from magnate.engine.board import Kind
from magnate.engine.phases import Phase
from magnate.texts.game import GAME, emoji, game
from magnate.tui.dialogs.help import rules_text
from magnate.tui.words.offers import KEYS


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", GAME)
def test_both_languages_fill_in_the_same_words(key: str) -> None:
    english, spanish = GAME[key]
    assert english
    assert spanish
    assert places(english) == places(spanish)


def test_each_phase_kind_and_offer_has_words() -> None:
    for phase in Phase:
        assert f"phase_{phase.value}" in GAME
    for kind in set(Kind) - {Kind.PROPERTY, Kind.SERVER}:
        assert f"about_{kind.value}" in GAME
    for name in KEYS:
        assert f"key_{name}" in GAME or name in ("move", "tram")


def test_one_thing_is_not_counted_as_several() -> None:
    assert game("houses", "en", count=1) == "1 house"
    assert game("houses", "es", count=2) == "2 casas"


def test_any_language_but_spanish_reads_english() -> None:
    assert game("roll", "fr") == "Roll the dice"


def test_every_item_id_has_an_emoji() -> None:
    assert emoji(0) != emoji(1)
    assert len(emoji(9999)) == 1


@pytest.mark.parametrize(("lang", "heading"), [("en", "# How to play"), ("es", "# Cómo se juega")])
def test_the_rules_are_there_in_both_languages(lang: str, heading: str) -> None:
    text = rules_text(lang)
    assert text.startswith(heading)
    assert text.count("\n## ") == rules_text("en").count("\n## ")
