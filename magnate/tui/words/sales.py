"""What to sell to settle a debt: everything that brings money, and a suggestion that loses least."""

from collections.abc import Sequence
from typing import NamedTuple

from magnate.engine.actions import Demolish, MortgageSet
from magnate.engine.view import GameView, legal_actions


class Sale(NamedTuple):
    """One thing that brings money."""

    action: Demolish | MortgageSet
    brings: int
    loses: int
    """By how much net worth falls."""


def sales(view: GameView) -> list[Sale]:
    """Return what the viewer may sell now one at a time, the smallest loss for the money first."""
    board = view.board
    found = []
    for action in legal_actions(view, view.viewer):
        match action:
            case Demolish(square=square, houses=1):
                refund = board.refund[square]
                found.append(Sale(action, refund, board.build_price[square] - refund))
            case MortgageSet(square=square):
                brings = board.mortgage[square]
                found.append(Sale(action, brings, board.price[square] - brings))
            case _:
                pass
    return sorted(found, key=lambda sale: (sale.loses / max(sale.brings, 1), sale.loses))


def suggestion(found: Sequence[Sale], debt: int) -> list[Sale]:
    """Return sales of `found` that cover a debt at a small loss; all of them where they are not enough.

    Whatever is covered without is left out again, the dearest first.
    """
    picked: list[Sale] = []
    for sale in found:
        if sum(each.brings for each in picked) >= debt:
            break
        picked.append(sale)
    for sale in sorted(picked, key=lambda each: -each.loses):
        if sum(each.brings for each in picked) - sale.brings >= debt:
            picked.remove(sale)
    return picked
