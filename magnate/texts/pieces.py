"""What the pieces of the shop look like, a letter wide, and what they are called."""

from typing import Final

from magnate.texts import Words, in_language

PIECES: Final[tuple[tuple[str, Words], ...]] = (
    ("♞", ("Knight", "Caballo")),
    ("✿", ("Flower", "Flor")),
    ("⚑", ("Flag", "Bandera")),
    ("♛", ("Queen", "Reina")),
    ("☾", ("Moon", "Luna")),
    ("☻", ("Face", "Cara")),
)
"""Look and name; item ids count through these from 1, over and over."""


def piece(item: int) -> str:
    """Return what a piece of the shop looks like."""
    return PIECES[(item - 1) % len(PIECES)][0]


def piece_name(item: int, lang: str) -> str:
    """Return what a piece of the shop is called."""
    return in_language(PIECES[(item - 1) % len(PIECES)][1], lang)
