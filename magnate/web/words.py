"""What the page reads besides its own files: all words of one language, and the board, as JSON."""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

from magnate.engine.errors import Reason, sentence
from magnate.engine.events import Why
from magnate.texts import LANGUAGES, Words, in_language
from magnate.texts.cards import CARDS
from magnate.texts.game import EMOJIS, GAME
from magnate.texts.lobby import LOBBY
from magnate.texts.page import PAGE
from magnate.texts.refusals import REFUSALS
from magnate.texts.sentences import CATEGORIES, PURPOSES, SENTENCES
from magnate.texts.squares import DISTRICTS, SHORT_NAMES, SQUARES

TABLES: Final[dict[str, Mapping[str, Words] | Mapping[int, Words] | Mapping[Why, Words]]] = {
    "game": GAME,
    "lobby": LOBBY,
    "page": PAGE,
    "sentences": SENTENCES,
    "purposes": PURPOSES,
    "categories": CATEGORIES,
    "squares": SQUARES,
    "short_names": SHORT_NAMES,
    "districts": DISTRICTS,
}
"""The tables that the page has the words of, by the name under which it finds them."""


@cache
def words_json(lang: str) -> bytes:
    """Return all words of `lang`, one of LANGUAGES, as JSON: an object of tables.

    `cards` has a title and an effect for each type, `reasons` a sentence for each reason of a refusal, and `refusals`
    the pairs (English, Spanish) of the sentences of the server.
    """
    assert lang in LANGUAGES
    words: dict[str, object] = {
        name: {str(key): in_language(text, lang) for key, text in table.items()} for name, table in TABLES.items()
    }
    words["cards"] = {
        kind: {"title": in_language(text.title, lang), "effect": in_language(text.effect, lang)}
        for kind, text in CARDS.items()
    }
    words["reasons"] = {reason.value: sentence(reason, lang) for reason in Reason}
    words["refusals"] = REFUSALS
    words["emojis"] = EMOJIS
    return json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()


@cache
def board_json() -> bytes:
    """Return the data of the standard board as it stands in the engine, without its spaces."""
    raw = resources.files("magnate.engine").joinpath("data/board.json").read_bytes()
    return json.dumps(json.loads(raw), separators=(",", ":")).encode()
