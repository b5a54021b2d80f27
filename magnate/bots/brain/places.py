"""Where to go: squares to move to, tram stops, jail."""

from typing import Final

from magnate.bots.brain.outlook import Outlook
from magnate.bots.brain.reasons import NOTHING, Reasons
from magnate.engine.board import Kind
from magnate.engine.rules.rent import rent
from magnate.engine.state import FREE

AHEAD: Final = 12
"""How many squares ahead the value of a place looks."""
TO_BUY: Final = 0.2
"""What it is worth to come to an unowned square that the balance covers, as a part of its price."""
PATH_SALARY: Final = 8.0
"""What a turn's walk brings on average for passing exit."""
JAIL_ROUNDS: Final = 2.0
"""How many turns in jail cost."""


def purchase(outlook: Outlook, seat: int, square: int) -> Reasons:
    """Return the reasons to buy an unowned `square` at its price."""
    price = outlook.board.price[square]
    worth, earned, group = outlook.gain(seat, (square,))
    denial = outlook.weights.denial * outlook.denied(seat, square) / outlook.rivals
    return Reasons(-price, worth, earned, group, denial, outlook.risk(seat, -price))


def landing(outlook: Outlook, seat: int, square: int) -> Reasons:
    """Return the reasons to come to `square`, with what the player then does there."""
    view, board = outlook.view, outlook.board
    if board.is_buyable[square]:
        owner = view.owner[square]
        if owner == FREE:
            bought = purchase(outlook, seat, square) if board.price[square] <= view.balance[seat] else NOTHING
            return bought if bought.total > 0 else NOTHING
        charged = 0 if owner == seat else rent(view, square)
        # The rent makes one of the rivals richer as well.
        return Reasons(-charged, denial=-charged / (2 * outlook.rivals), risk=outlook.risk(seat, -charged))
    kind = board.kind[square]
    if kind is Kind.PARKING:
        return Reasons(view.pot)
    if kind is Kind.EXIT:
        return Reasons(board.salary)
    if kind is Kind.GO_TO_JAIL:
        return Reasons(rent=-freedom(outlook, seat))
    return NOTHING


def ahead(outlook: Outlook, seat: int, square: int) -> float:
    """Return what the next roll of `seat`, who acts, is worth from `square`: the mean of the next twelve squares."""
    known = outlook.mean_ahead.get(square)
    if known is None:
        total = 0.0
        for step in outlook.board.destination[square][1 : AHEAD + 1]:
            total += landing(outlook, seat, step).total
        known = outlook.mean_ahead[square] = total / AHEAD
    return known


def freedom(outlook: Outlook, seat: int) -> float:
    """Return what it is worth to walk for the turns that jail takes; below 0 where rents outweigh purchases."""
    view, board = outlook.view, outlook.board
    balance = view.balance[seat]
    total = PATH_SALARY - outlook.charges(seat).mean
    for square in board.buyable:
        if view.owner[square] == FREE and board.price[square] <= balance:
            total += outlook.often[square] * TO_BUY * board.price[square]
    return JAIL_ROUNDS * total
