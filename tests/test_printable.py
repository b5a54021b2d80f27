"""Text from outside is made plain, printable, stable and short, and asking for it runs nobody's code unheard."""

import threading
from typing import Final

import pytest

from magnate.engine.actions import NEXT_PHASE
from magnate.printable import LONGEST, class_name, escaped, plain, printable, said, shown


class Raises:
    def __repr__(self) -> str:
        raise SystemExit("repr")

    def __str__(self) -> str:
        raise ValueError("str")

    def __len__(self) -> int:
        raise SystemExit("len")

    def __bool__(self) -> bool:
        raise SystemExit("bool")

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        raise SystemExit("class")


class Sly(str):
    """A text whose methods lie."""

    def split(self, *_: object) -> list[str]:
        raise SystemExit

    def isprintable(self) -> bool:
        return True

    def __str__(self) -> str:
        return self

    def __getitem__(self, _: object) -> str:
        raise SystemExit


class NoText:
    def __str__(self) -> str:
        return 5  # type: ignore[return-value]


class Says:
    def __init__(self, words: str) -> None:
        self.words = words

    def __str__(self) -> str:
        return self.words


ODD: Final = {
    "escape": "\x1b[31mred\x1b[0m\x07",
    "lines": "one\r\ntwo\ttab\x0b\x0c\x85\u2028three",
    "surrogates": "half \ud800 and byte \udcff",
    "direction": "abc\u202egnp.exe\u2066\u200b\ufeff",
    "tags": "a\U000e0041\U000e0042",
    "nothing": "\0\0",
    "huge": "x" * 10_000_000,
    "huge blanks": " " * 10_000_000 + "x",
    "sly": Sly("sly\x1b"),
}


@pytest.mark.parametrize("name", ODD)
def test_any_text_is_one_short_printable_line_that_can_be_written(name: str) -> None:
    for line in (plain(ODD[name]), said(Says(ODD[name]))):
        assert type(line) is str
        assert line.isprintable()
        assert len(line) <= LONGEST
        line.encode("utf-8")


def test_words_and_letters_of_all_languages_stay() -> None:
    for text in ("ValueError: no idea", "años: 5 €", "Игорь", "数え", "a — b … ±", "👍"):
        assert plain(text) == printable(text) == escaped(text) == text


def test_a_long_text_says_that_it_goes_on() -> None:
    assert plain("x" * LONGEST) == "x" * LONGEST
    assert plain("x" * (LONGEST + 1)) == "x" * (LONGEST - 1) + "…"
    assert plain("abcdef", 3) == "ab…"


@pytest.mark.parametrize(
    "thing", [object(), lambda: 0, Raises.__len__, threading.Lock(), iter([]), type("X", (), {})(), print, [object()]]
)
def test_no_address_in_memory_is_told(thing: object) -> None:
    assert "0x" not in shown(thing)
    assert "0x" not in said(thing).replace("0x…", "")
    assert said(object()) == said(object())
    assert plain(f"at {hex(id(thing))}") == "at 0x…"


def test_what_cannot_say_anything_says_nothing() -> None:
    # Nothing may be left here that a failing test would look at.
    assert [said(Raises()), said(NoText())] == ["", ""]
    assert [shown(Raises()), shown(NoText())] == ["a Raises", "a NoText"]


def test_things_are_shown_without_their_own_code() -> None:
    assert shown(None) == "None"
    assert shown("a\x1b'") == repr("a\x1b'")
    assert shown(b"a\xff") == repr(b"a\xff")
    assert shown((1, True, 2.5)) == "(1, True, 2.5)"
    assert shown((1,)) == "(1,)"
    assert shown([Raises(), [[[[1]]]]]) == "[a Raises, [[…]]]"
    assert shown({"b": Raises()}) == "a dict of 1"
    assert shown({"a", "b"}) == "a set of 2"
    assert shown(Raises) == "the class Raises"
    assert shown(Sly("x")) == "a Sly"
    assert shown(list(range(10**6))) == "[0, 1, 2, 3, 4, 5, …]"
    assert shown(10**50_000) == "a number of 166097 bits"
    assert len(shown("x" * 10**7)) <= LONGEST
    assert shown(NEXT_PHASE) == "a NextPhase"
    endless: list[object] = []
    endless.append(endless)
    assert shown(endless) == "[[[…]]]"


def test_the_name_of_a_class_is_plain_whatever_its_metaclass_says() -> None:
    class Meta(type):
        @property
        def __name__(cls) -> str:  # type: ignore[override]
            raise SystemExit

    assert class_name(Meta("Mine", (), {})) == "Mine"
    assert class_name(type("\x1b[2J" + "x" * 1000, (), {})).startswith("?[2Jxxx")
    assert len(class_name(type("x" * 1000, (), {}))) == 80


def test_escapes_keep_different_texts_different() -> None:
    assert escaped("a\x1b.py:My") == "a\\x1b.py:My" != escaped("a\x1c.py:My")
    assert escaped("caf\udce9.py") == "caf\\udce9.py"
