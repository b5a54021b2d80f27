"""What bots are called: short names that are the same in both languages, some for each level."""

from collections.abc import Iterator
from itertools import count
from typing import Final

from magnate.texts import Words, in_language
from magnate.texts.lobby import LOBBY

BOT_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "very_easy": ("Pia", "Tito", "Lola", "Beni", "Nela", "Coco"),
    "easy": ("Lena", "Hugo", "Nina", "Otto", "Rita", "Gil"),
    "medium": ("Clara", "Bruno", "Irene", "Oscar", "Marta", "Felix"),
    "hard": ("Greta", "Ivo", "Olga", "Axel", "Nadia", "Dario"),
    "very_hard": ("Vera", "Igor", "Alma", "Leon", "Petra", "Sven"),
    "expert": ("Diana", "Victor", "Selma", "Roman", "Astrid", "Conrad"),
    "grandmaster": ("Aurora", "Magnus", "Minerva", "Orson", "Sibila", "Hector"),
}
"""By level; the first bot of a level has the first name that nobody else has."""


def bot_names(level: str) -> Iterator[str]:
    """Yield names for a bot of a level without end, the next for when one is taken: `Bot_<level>_<number>` at last."""
    yield from BOT_NAMES.get(level, ())
    for number in count(1):
        yield f"Bot_{level}_{number}"


def bot_level(level: str, lang: str) -> str:
    """Return a level in words, as it stands beside a name; one that is not known stays as it is."""
    known: Words | None = LOBBY.get(f"level_{level}")
    return level if known is None else in_language(known, lang).lower()
