"""The words of the game in English and Spanish: names of squares, cards and what else people read.

Every table maps a key to `(English, Spanish)`; `in_language` picks one.
"""

from typing import Final, TypeAlias

LANGUAGES: Final = ("en", "es")
"""The languages that Magnate speaks."""

Words: TypeAlias = tuple[str, str]
"""A text in English and in Spanish."""


def in_language(words: Words, lang: str) -> str:
    """Return the text of `words` in `lang`; any language but "es" reads English."""
    return words[1] if lang == "es" else words[0]
