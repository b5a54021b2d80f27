"""The groups of squares: what they are called, what is missing to one and who has it, and which have become whole."""

from collections.abc import Sequence
from typing import NamedTuple

from magnate.engine.board import PLAIN_GROUPS
from magnate.engine.state import FREE, State
from magnate.texts import in_language
from magnate.texts.game import game
from magnate.texts.squares import DISTRICTS
from magnate.tui.board.palette import GROUP_LETTERS


class Whole(NamedTuple):
    """A group that one player has whole."""

    group: int
    seat: int


def group_name(group: int, lang: str) -> str:
    """Return what a group is called: by its letter on the board, servers and bridges by their name."""
    if group > PLAIN_GROUPS:
        return in_language(DISTRICTS[group], lang)
    return game("group", lang, letter=GROUP_LETTERS[group - 1])


def district(group: int, lang: str) -> str:
    """Return group and district: "group G (The Heights)"."""
    if group > PLAIN_GROUPS:
        return group_name(group, lang)
    return f"{group_name(group, lang)} ({in_language(DISTRICTS[group], lang)})"


def missing(state: State, seat: int, group: int) -> list[tuple[int, int]]:
    """Return (square, owner or FREE) of each square of a group that `seat` does not have."""
    return [(square, state.owner[square]) for square in state.board.members[group] if state.owner[square] != seat]


def wholes(state: State) -> frozenset[Whole]:
    """Return the groups that one player has whole."""
    return frozenset(Whole(group, seat) for group, seat in enumerate(state.group_owner) if group and seat != FREE)


def completed(before: frozenset[Whole], state: State) -> Sequence[Whole]:
    """Return the groups that have become whole since `before`, or gone whole to another player."""
    return sorted(wholes(state) - before)
