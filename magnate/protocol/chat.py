"""What may be said: the limits of chat in rooms and games (protocol: Private room, Actions)."""

import re
from typing import Final

import msgspec

from magnate.protocol.legible import is_legible
from magnate.protocol.values import LARGEST

MAX_CHARACTERS: Final = 500
"""Of a text, after trimming."""
MAX_RELAYED: Final = 4096
"""Characters of a text before trimming, and bytes of an object with all that it holds."""
MAX_DEPTH: Final = 8
"""How deep the objects and lists in an object with a text may nest."""

CHAT_RULE: Final = f"must be 1 to {MAX_CHARACTERS} characters after trimming, without control characters"

EMOJI_COMMAND: Final = "/emoji"
"""What a message begins with that is an emoji of the shop; its item id follows, after one space."""

_EMOJI: Final = re.compile(rf"{EMOJI_COMMAND} (0|[1-9][0-9]{{0,8}})")


def is_speakable(text: str) -> bool:
    """Return whether a text may be said: 1 to 500 characters after trimming, none of them a control or invisible."""
    return len(text) <= MAX_RELAYED and 1 <= len(text.strip()) <= MAX_CHARACTERS and is_legible(text)


def is_relayable(message: dict[str, object]) -> bool:
    """Return whether an object may be said: a `text` that may, and nothing huge, deep or illegible."""
    text = message.get("text")
    return (
        isinstance(text, str)
        and is_speakable(text)
        and _is_plain(message)
        and len(msgspec.json.encode(message)) <= MAX_RELAYED
    )


def text_of(said: str | dict[str, object]) -> str:
    """Return the text that is said, trimmed: of a message itself, or of an object with a text."""
    text = said if isinstance(said, str) else said.get("text")
    return text.strip() if isinstance(text, str) else ""


def is_emoji_command(text: str) -> bool:
    """Return whether a text (trimmed) asks clients to show an emoji, however it is written."""
    words = text.split(maxsplit=1)
    return bool(words) and words[0].casefold() == EMOJI_COMMAND


def emoji_item(text: str) -> int | None:
    """Return the item id of `/emoji <item id>`, written exactly so; None for anything else."""
    found = _EMOJI.fullmatch(text)
    return None if found is None else int(found[1])


def _is_plain(message: dict[str, object]) -> bool:
    """Return whether all that an object holds is small, shallow and legible.

    Each part and each character takes at least a byte, so that one with more of them than `MAX_RELAYED` is too long,
    whatever they are.
    """
    left = MAX_RELAYED
    waiting: list[tuple[object, int]] = [(message, MAX_DEPTH)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, str):
            left -= len(value)
            if left < 0 or not is_legible(value):
                return False
        if isinstance(value, int) and abs(value) > LARGEST:
            return False
        if isinstance(value, dict | list):
            left -= len(value)
            if depth == 0 or left < 0:
                return False
            waiting.extend((each, depth - 1) for each in value)
            if isinstance(value, dict):
                waiting.extend((each, depth - 1) for each in value.values())
    return True
