"""What people say or are called can be read as it is: nothing invisible, no turned lines, no towers of marks."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magnate.printable import is_invisible
from magnate.protocol.legible import has_stacked_marks, is_legible


@pytest.mark.parametrize(
    "text",
    [
        "a\u202eb",
        "a\u202ab\u202c",
        "a\u2066b\u2069",
        "\u200fa",
        "a\u061cb",
        "a\U000e0041b",
        "\U0001f3f4\U000e0067\U000e0062\U000e007f",
        "a\u200bb",
        "a\u2060b",
        "\ufeffa",
        "a\u00adb",
        "a\u180eb",
        "a\u034fb",
        "\u3164",
        "\u115f\u1160",
        "a\u200db",
        "a\u200cb",
        "é\u200d\u200dé",
        "❤\ufe0f\ufe0f",
        " \ufe0f",
        "\ufe0f",
        "a\x1b[2J",
        "\x85",
        "a\nb",
        "\u2028",
        "\ud800",
        "z\u0335\u0321\u0347\u0353\u0301",
        "e\u0301\u0301",
        "x" + "\u20dd\u20de" * 3,
        "\u2800",
        "a\u2800b",
        "\U0001d159",
        "\U00016fe4",
        "\ufffc",
        "\ue000",
        "\uf8ff",
        "\U000f0000",
        "\U0010fffd",
        "\uffff",
        "\ufdd0",
        "\U0001ffff",
    ],
)
def test_what_is_hidden_turned_round_or_piled_up_is_not_legible(text: str) -> None:
    assert not is_legible(text)
    assert not is_legible(f"hello {text} world")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello, world! ~",
        "Straße, ½ · «¿?» —",
        "Tiếng Việt " + unicodedata.normalize("NFD", "Tiếng Việt"),
        "می\u200cخواهم",
        "क्\u200dष नमस्ते",
        "שָׁלוֹם עליכם",
        "مـــرحبا",
        "한국어 " + unicodedata.normalize("NFD", "한국어"),
        "葛\U000e0100城",
        "(・_・)",
        "❤\ufe0f 👍🏽 1\ufe0f\u20e3 🇪🇸",
        "👨\u200d👩\u200d👧 👩🏽\u200d🚀 👁\ufe0f\u200d🗨\ufe0f",
        "\U0001fae8 an emoji newer than this Python",
    ],
)
def test_every_script_and_emoji_is_legible(text: str) -> None:
    assert is_legible(text)


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_letters_digits_signs_and_blanks_are_legible_whatever_their_order(text: str) -> None:
    assert is_legible(text) is not any(map(is_invisible, text))


def test_what_python_cannot_print_is_not_legible_but_spaces_and_the_emojis_of_tomorrow() -> None:
    # Every seventh for private use; they fill whole planes.
    odd = [
        character
        for character in map(chr, [*range(0xF0000), *range(0xF0000, 0x110000, 7)])
        if not character.isprintable() and unicodedata.category(character) != "Cn" and is_legible(character)
    ]
    assert {unicodedata.category(character) for character in odd} == {"Zs"}
    never = [plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF)] + [*range(0xFDD0, 0xFDF0)]
    assert not any(is_legible(chr(code)) for code in never)


@given(st.text())
def test_no_text_breaks_the_rule(text: str) -> None:
    assert isinstance(is_legible(text), bool)
    assert not (has_stacked_marks(text) and is_legible(text))
