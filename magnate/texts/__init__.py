"""The words of the game in English and Spanish: names of squares, cards and what else people read.

Every table maps a key to `(English, Spanish)`; `in_language` picks one, `text_of` fills it in and minds its number.
"""

from collections.abc import Mapping
from typing import Final, TypeAlias

LANGUAGES: Final = ("en", "es")
"""The languages that Magnate speaks."""

Words: TypeAlias = tuple[str, str]
"""A text in English and in Spanish."""


def text_of(table: Mapping[str, Words], key: str, lang: str, **values: object) -> str:
    """Return the text of a table for `key` in `lang`, with `values` filled in.

    Where `count` is among them and is 1, it is the text of `key_one`, if the table has one: one thing has words of its
    own ("1 turn", "2 turns").
    """
    one = f"{key}_one"
    text = in_language(table[one if values.get("count") == 1 and one in table else key], lang)
    return text.format(**values) if values else text


def count_of(count: int, thing: str) -> str:
    """Return how many there are of a thing, in English: "1 game", "2,000 games"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def in_language(words: Words, lang: str) -> str:
    """Return the text of `words` in `lang`; any language but "es" reads English."""
    return words[1] if lang == "es" else words[0]
