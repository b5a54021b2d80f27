"""What may be said: the limits of chat in rooms and games (protocol: Private room, Actions)."""

import re
from typing import Final

import msgspec

from magnate.protocol.values import LARGEST

MAX_CHARACTERS: Final = 500
"""Of a text, after trimming."""
MAX_RELAYED: Final = 4096
"""Characters of a text before trimming, and bytes of an object with all that it holds."""
MAX_DEPTH: Final = 8
"""How deep the objects and lists in an object with a text may nest."""

CHAT_RULE: Final = f"must be 1 to {MAX_CHARACTERS} characters after trimming, without control characters"

# Control characters (terminal escapes begin with one), Unicode's own line ends, and halves of surrogate pairs.
_UNSPEAKABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def is_speakable(text: str) -> bool:
    """Return whether a text may be said: 1 to 500 characters after trimming, and no control characters."""
    return len(text) <= MAX_RELAYED and 1 <= len(text.strip()) <= MAX_CHARACTERS and not _UNSPEAKABLE.search(text)


def is_relayable(message: dict[str, object]) -> bool:
    """Return whether an object may be said: a `text` that may, and nothing huge, deep or of control characters."""
    text = message.get("text")
    return (
        isinstance(text, str)
        and is_speakable(text)
        and _is_plain(message, MAX_DEPTH)
        and len(msgspec.json.encode(message)) <= MAX_RELAYED
    )


def _is_plain(value: object, depth: int) -> bool:
    if isinstance(value, str):
        return not _UNSPEAKABLE.search(value)
    if isinstance(value, dict):
        return depth > 0 and all(_is_plain(key, 0) and _is_plain(part, depth - 1) for key, part in value.items())
    if isinstance(value, list):
        return depth > 0 and all(_is_plain(part, depth - 1) for part in value)
    return not isinstance(value, int) or abs(value) <= LARGEST
