"""What to make of the squares that one has: build, lift mortgages, and sell where a debt must be paid."""

from typing import Final

from magnate.bots.brain.outlook import Outlook
from magnate.bots.brain.reasons import Reasons
from magnate.engine.actions import Build, Demolish, MortgageSet, MortgageUnset
from magnate.engine.board import PLAIN_GROUPS, SERVERS
from magnate.engine.rules.rent import property_rent, rent

FAR_FROM_THE_END: Final = 3.0
"""The rounds from which on a mortgage can still be lifted later."""
LIFTED_LATER: Final = 0.7
"""The part of a mortgage's cost that counts as lost with the mortgage: it may be lifted before the end."""


def building(outlook: Outlook, seat: int, action: Build) -> Reasons:
    """Return the reasons to build: what it costs counts in full at the end of the game."""
    square, levels = action.square, action.houses
    cost = levels * outlook.board.build_price[square]
    earned = _step(outlook, square, levels) * outlook.visits(square) * outlook.mood.liking[square]
    return Reasons(-cost, cost, earned, risk=outlook.risk(seat, -cost))


def demolishing(outlook: Outlook, seat: int, action: Demolish) -> Reasons:
    """Return the reasons to demolish: half of what building cost comes back."""
    square, levels = action.square, action.houses
    board = outlook.board
    lost = _step(outlook, square, -levels) * outlook.visits(square)
    return Reasons(levels * board.refund[square], -levels * board.build_price[square], lost)


def mortgaging(outlook: Outlook, seat: int, action: MortgageSet) -> Reasons:
    """Return the reasons to mortgage a square: its rent goes, and its group cannot be built on."""
    square, board = action.square, outlook.board
    group = board.group[square]
    half = board.mortgage[square]
    lost = rent(outlook.view, square) * outlook.visits(square)
    whole = outlook.view.group_owner[group] == seat and group <= PLAIN_GROUPS
    plan = outlook.built(group) / (2 * len(board.members[group])) if whole else 0.0
    return Reasons(half, -half * (1 + LIFTED_LATER), -lost, -plan)


def lifting(outlook: Outlook, seat: int, action: MortgageUnset) -> Reasons:
    """Return the reasons to lift a mortgage: the whole price counts at the end, and the rent comes back."""
    square, view, board = action.square, outlook.view, outlook.board
    cost = board.mortgage[square]
    group = board.group[square]
    if group >= SERVERS:
        count = [view.owner[member] for member in board.members[group]].count(seat)
        charged = board.rents[square][count - 1]
    else:
        charged = property_rent(board, square, 0, view.group_owner[group] == seat)
    kept = board.price[square] - cost
    if outlook.left > FAR_FROM_THE_END:
        kept = int(kept * outlook.weights.patience)
    earned = charged * outlook.visits(square) * outlook.mood.liking[square]
    return Reasons(-cost, cost + kept, earned, risk=outlook.risk(seat, -cost))


def _step(outlook: Outlook, square: int, levels: int) -> int:
    """Return by how much the rent of a square of a whole group grows with so many levels more."""
    board, level = outlook.board, outlook.view.level[square]
    return property_rent(board, square, level + levels, True) - property_rent(board, square, level, True)
