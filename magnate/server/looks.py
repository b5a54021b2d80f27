"""How names look: two names that people would take for each other have one look in common.

The skeletons are those of Unicode Technical Standard 39, section 4, with the confusable characters that it lists.
"""

import re
import unicodedata
from functools import cache
from importlib import resources

import msgspec
from msgspec import Struct

_SECOND_DOT = re.compile(r"([ij][\u0316-\u0333]*)\u0307+")
"""A dot above a letter that has one shows nothing more; marks below may stand between the two."""


class Looks(Struct, frozen=True):
    """Of a name. Two names are alike when either of these is the same."""

    shown: str
    """As it is written; so `aIice`, with a capital i, is like `alice`."""
    folded: str
    """Without case; so `ALICE` in Cyrillic letters is like `alice`."""


def looks_of(name: str) -> Looks:
    """Return the looks of a name."""
    name = unicodedata.normalize("NFKC", name)
    return Looks(_skeleton(name).casefold(), _skeleton(name.casefold()).casefold())


def _skeleton(text: str) -> str:
    skeleton = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).translate(prototypes()))
    return _SECOND_DOT.sub(r"\1", skeleton)


class _Homoglyph(Struct):
    c: str


@cache
def prototypes() -> dict[int, str]:
    """Return what each confusable character looks like; takes a moment the first time."""
    # Its data alone: the package's own modules take five times as long to import.
    text = resources.files("confusable_homoglyphs").joinpath("confusables.json").read_bytes()
    data = msgspec.json.decode(text, type=dict[str, list[_Homoglyph]])
    # The package lists for each prototype all that looks like it, and for each of those its one prototype.
    marks = "\u200e"  # it surrounds letters of scripts from right to left with marks of direction
    alike = {key.strip(marks): [each.c.strip(marks) for each in homoglyphs] for key, homoglyphs in data.items()}
    table: dict[int, str] = {}
    for key, others in alike.items():
        if len(key) == 1 and len(others) == 1 and (len(alike.get(others[0], ())) > 1 or others[0] < key):
            table[ord(key)] = others[0]
    return table
