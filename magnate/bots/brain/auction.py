"""What to bid for a square: less than it is worth, no more than it takes, and nothing that leaves too little."""

from typing import Final

from magnate.bots.brain.outlook import Outlook
from magnate.bots.brain.reasons import NOTHING, Reasons

STEPS: Final = 12
"""How many bids below the first are looked at."""


def best_bid(outlook: Outlook, seat: int) -> tuple[int, Reasons]:
    """Return the bid of `seat` for the square that is up, or 0, with the reasons to get the square for it."""
    view = outlook.view
    square = view.position[view.turn_seat]
    worth, earned, group = outlook.gain(seat, (square,))
    denial = outlook.weights.denial * outlook.denied(seat, square) / outlook.rivals
    value = worth + earned + group + denial
    # Nobody can bid more than they have: one more than the richest is enough.
    richest = max([view.balance[other] for other in view.to_bid if other != seat], default=0)
    most = int(min(view.balance[seat], value * outlook.weights.bid_share, max(richest, 0) + 1))
    for step in range(STEPS):
        amount = most * (STEPS - step) // STEPS
        if amount <= 0:
            break
        reasons = Reasons(-amount, worth, earned, group, denial, outlook.risk(seat, -amount))
        if reasons.total > 0:
            return amount, reasons
    return 0, NOTHING
