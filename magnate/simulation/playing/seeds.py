"""One seed a game, derived from the seed of the run: the same on every machine, for ever.

The seed of game K in a run with seed S is the first 53 bits of SHA-256 of the text "magnate/S/K" (53, so that every
tool reads it from JSON without loss). The seed of the bot on seat N is derived in the same way from
"magnate/S/K/seat/N", that of the generators which all code shares, for the decision of that bot after D actions, from
"magnate/S/K/seat/N/decision/D", and what draws the seats of `--seats random` from "magnate/S/K/seats".
"""

import hashlib


def game_seed(seed: int, game: int) -> int:
    """Return the seed of game `game` (counted from 1) of a run with `seed`: 0..2**53-1."""
    return _derive(f"magnate/{seed}/{game}")


def bot_seed(seed: int, game: int, seat: int) -> int:
    """Return the seed of the bot that plays `seat` in that game: 0..2**53-1."""
    return _derive(f"magnate/{seed}/{game}/seat/{seat}")


def decision_seed(seed: int, game: int, seat: int, number: int) -> int:
    """Return what shared generators have for a decision of that bot, by how many actions it did before: 0..2**53-1."""
    return _derive(f"magnate/{seed}/{game}/seat/{seat}/decision/{number}")


def seating_seed(seed: int, game: int) -> int:
    """Return what the order of the bots in that game is drawn with: 0..2**53-1."""
    return _derive(f"magnate/{seed}/{game}/seats")


def _derive(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("ascii")).digest()[:8]) >> 11
