"""Texts that people can read as they are: nothing invisible, nothing that turns a line round, no towers of marks."""

import unicodedata
from functools import lru_cache
from typing import Final

from magnate.printable import is_invisible

MOST_MARKS: Final = 4
"""Marks that may stand on one character; none twice in a row (Unicode Technical Standard 39, section 5.4)."""

_JOINERS: Final = "\u200c\u200d"


def has_stacked_marks(text: str) -> bool:
    """Tell whether more marks are piled on one character than any language needs."""
    marks, before = 0, ""
    for character in text:
        marks = marks + 1 if _is_mark(character) else 0
        if marks > MOST_MARKS or (marks > 1 and character == before):
            return True
        before = character
    return False


def is_legible(text: str) -> bool:
    """Tell whether a text shows what it holds.

    Of what is invisible only what scripts and emojis need may stand in it: a joiner after a character that is not
    ASCII, and one variation selector after a character.
    """
    if text.isascii():
        return text.isprintable()
    characters = set(text)
    if any(map(_is_mark, characters)) and has_stacked_marks(text):
        return False
    invisible = set(filter(is_invisible, characters))
    return all(_has_work(text, place) for place, character in enumerate(text) if character in invisible)


def _has_work(text: str, place: int) -> bool:
    """Tell whether an invisible character does what it is for."""
    before = text[place - 1] if place else " "
    after = text[place + 1 : place + 2]
    if text[place] in _JOINERS:
        joined = _is_selector(before) or not (before.isascii() or before.isspace() or is_invisible(before))
        return joined and not (after and is_invisible(after))
    return _is_selector(text[place]) and not before.isspace() and not is_invisible(before)


@lru_cache(maxsize=8192)
def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me")


def _is_selector(character: str) -> bool:
    return unicodedata.name(character, "").startswith("VARIATION SELECTOR-")
