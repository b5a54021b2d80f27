"""What a user may be called, and when two names are the same."""

import re
import secrets
import unicodedata
from collections.abc import Iterator
from functools import cache

from magnate.printable import is_invisible
from magnate.protocol.legible import has_stacked_marks
from magnate.protocol.room import BotLevel
from magnate.server.looks import looks_of

LONGEST_NAME = 40
"""In characters (code points), after trimming."""

GUEST = "guest"
"""What guests are called who do not say their name, with a number."""
_DIGITS = (1, 1, 2, 2, 3, 4, 6, 9)
"""How long the numbers are that are tried, one after the other."""

PUNCTUATION = frozenset(" _.-")


def name_key(name: str) -> str:
    """Return the form in which names are compared: without case, without look-alike forms, blanks joined."""
    key = name
    # Folding case can undo the normal form and the other way round; a few rounds settle it.
    for _ in range(4):
        folded = " ".join(unicodedata.normalize("NFKC", key).casefold().split())
        if folded == key:
            break
        key = folded
    return key


def name_problems(name: str) -> list[str]:
    """Return why `name` (already trimmed) cannot be used, one sentence each."""
    if not name:
        return ["This field may not be blank."]
    if len(name) > LONGEST_NAME:
        return [f"A name has at most {LONGEST_NAME} characters."]  # nothing else looks at a text that long
    if not all(_is_allowed(character) for character in name) or unicodedata.category(name[0]).startswith("M"):
        return ["A name consists of letters, digits, spaces and _ . - only."]
    problems = []
    if not any(unicodedata.category(character)[0] in "LN" for character in name):
        problems.append("A name has a letter or a digit.")
    if has_stacked_marks(unicodedata.normalize("NFD", name)):
        problems.append("A name has few marks on each letter.")
    return problems


def guest_names(wanted: str) -> Iterator[str]:
    """Yield names for a guest, the next for when one is taken: the wanted one, then it with a number (`ana-7`)."""
    if wanted:
        yield wanted
    stem = wanted or GUEST
    for digits in _DIGITS if wanted else _DIGITS[2:]:
        number = secrets.randbelow(9 * 10 ** (digits - 1)) + 10 ** (digits - 1)
        yield f"{stem[: LONGEST_NAME - digits - 1]}-{number}"


def is_like_a_bot(name: str) -> bool:
    """Tell whether a name looks like those that the server gives bots."""
    return _bot_names().fullmatch(looks_of(name).shown) is not None


@cache
def _bot_names() -> re.Pattern[str]:
    """Return what looks like the names that the server gives bots: `Bot_<level>_<number>`."""
    levels = "|".join(re.escape(looks_of(level.value).shown).replace("_", "[ _.-]*") for level in BotLevel)
    return re.compile(rf"bot[ _.-]*({levels})([ _.-].*|[0-9ol]*)")


def _is_allowed(character: str) -> bool:
    category = unicodedata.category(character)
    # Marks belong to the letters of many scripts (vowel signs, accents typed apart).
    return character in PUNCTUATION or ((category[0] in "LM" or category == "Nd") and not is_invisible(character))
