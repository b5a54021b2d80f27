"""Text from outside, made plain: what bots, players, files and servers say, before it reaches a screen or a file.

Such text may hold escapes that move a cursor, halves of characters that no file can hold, addresses in memory that
differ from run to run, or a million letters; and asking an object for its words runs code of somebody else's, which may
raise. Here all of it becomes one short line of printable characters, the same in every run.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from precis_i18n.unicode import UnicodeData

LONGEST: Final = 200
"""The most characters of a text from outside."""

_LOOKED_AT: Final = 10_000
"""Characters of a text that are looked at; what lies behind them is never shown."""
_ADDRESS: Final = re.compile(r"0x[0-9a-fA-F]{6,}")
_DEEPEST: Final = 2
_MOST_ITEMS: Final = 6
_LARGEST: Final = 10**40
_SHOWS_NOTHING: Final = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")  # not Cn: the emojis of tomorrow
_BLANK: Final = "\u2800\ufffc\U00013441\U00013442\U00016fe4\U0001d159"
"""Letters and signs by their category, and blank all the same: of Braille, hieroglyphs, Khitan, music, and so on."""


@lru_cache(maxsize=1)
def _unicode() -> "UnicodeData":
    from precis_i18n.unicode import UnicodeData  # takes longer than all else here, and few texts need it

    return UnicodeData()


@lru_cache(maxsize=8192)
def is_invisible(character: str) -> bool:
    """Tell whether a character shows nothing of its own, or nothing that everybody sees alike.

    These are controls, turns of direction, tags, joiners, fillers and blank signs, characters for private use, and code
    points that will never be characters. Spaces are not among them.
    """
    code = ord(character)
    return (
        unicodedata.category(character) in _SHOWS_NOTHING
        or character in _BLANK
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
        or _unicode().default_ignorable(code)
    )


def printable(text: str) -> str:
    """Return a text of somebody else's so that it moves no cursor and rings no bell: `?` stands for such characters."""
    return text if text.isprintable() else "".join([letter if letter.isprintable() else "?" for letter in text])


def escaped(text: str) -> str:
    """Return a text with every character that cannot be printed as its escape (`\\x1b`), so that others stay others."""
    if text.isprintable():
        return text
    return "".join([each if each.isprintable() else each.encode("unicode_escape").decode() for each in text])


def plain(text: str, longest: int = LONGEST) -> str:
    """Return a text in one short line of printable characters, without addresses in memory."""
    start = str.__getitem__(text, slice(_LOOKED_AT))  # exactly a str, whatever `text` has of its own
    line = _ADDRESS.sub("0x…", printable(" ".join(start.split())))
    return line if len(line) <= longest else line[: longest - 1] + "…"


def said(thing: object, longest: int = LONGEST) -> str:
    """Return what an object says of itself (`str`), made plain; empty where asking it fails."""
    try:
        return plain(str(thing), longest)
    except Exception:
        return ""


def class_name(kind: type) -> str:
    """Return the name of a class, made plain; its metaclass is not asked."""
    return plain(str(type.__dict__["__name__"].__get__(kind)), 80)


def shown(thing: object) -> str:
    """Return an object as Python writes it, made plain: short, and running no code of anybody else's.

    Numbers, texts and the containers of Python are written out, up to a few items; of all else the type is named.
    """
    return plain(_written(thing, _DEEPEST))


def _written(thing: object, depth: int) -> str:
    # Exactly these types, asked first: `isinstance` alone may run code of the object.
    kind = type(thing)
    if thing is None or kind in (bool, float, complex):
        return repr(thing)
    if kind is int and isinstance(thing, int):
        return repr(thing) if abs(thing) < _LARGEST else f"a number of {thing.bit_length()} bits"
    if kind in (str, bytes) and isinstance(thing, str | bytes):
        return repr(thing[:LONGEST])
    if kind is tuple and isinstance(thing, tuple):
        return f"({_items(thing, depth)}{',' if len(thing) == 1 else ''})"
    if kind is list and isinstance(thing, list):
        return f"[{_items(thing, depth)}]"
    if kind in (dict, set, frozenset) and isinstance(thing, dict | set | frozenset):
        return f"a {class_name(kind)} of {len(thing)}"  # the order of a set differs from run to run
    if issubclass(kind, type) and isinstance(thing, type):
        return f"the class {class_name(thing)}"
    return f"a {class_name(kind)}"


def _items(things: Iterable[object], depth: int) -> str:
    if depth == 0:
        return "…"
    texts: list[str] = []
    for thing in things:
        if len(texts) == _MOST_ITEMS:
            texts.append("…")
            break
        texts.append(_written(thing, depth - 1))
    return ", ".join(texts)
