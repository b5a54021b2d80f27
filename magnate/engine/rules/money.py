"""Money (rules: the introduction, Words, Statistics): every unit that moves passes through `pay`."""

from typing import Final

from magnate.engine.events import BANK, Event, Paid, Why
from magnate.engine.state import State
from magnate.engine.statistics import COUNT, LOST_MONEY, WON_MONEY

MORTGAGE: Final = Why.MORTGAGE
LIFTING: Final = Why.LIFTING
"""Both have a name here because they are asked for most often, and looking up a member of an enumeration is slow."""


def pay(
    state: State, events: list[Event], payer: int, payee: int, amount: int, why: Why, square: int | None = None
) -> None:
    """Move `amount` from `payer` to `payee` (seats, BANK or POT), count it as won and lost, and note it.

    Mortgages are loans, so neither their payment nor their lifting counts (rules: Statistics). A balance may go below
    zero here: whether it may is for the caller to judge. Nothing is noted of nothing.
    """
    if amount == 0:
        return
    counts = why is not MORTGAGE and why is not LIFTING
    if payer >= 0:
        state.balance[payer] -= amount
        if counts:
            state.stats[payer * COUNT + LOST_MONEY] += amount
    elif payer == BANK:
        state.bank -= amount
    else:
        state.pot -= amount
    if payee >= 0:
        state.balance[payee] += amount
        if counts:
            state.stats[payee * COUNT + WON_MONEY] += amount
    elif payee == BANK:
        state.bank += amount
    else:
        state.pot += amount
    events.append(Paid(payer, payee, amount, why, square))


def purse(balance: int) -> int:
    """Return the most that a player with that balance may choose to pay: all of it, and nothing in debt."""
    return balance if balance > 0 else 0


def percent(balance: int, value: int) -> int:
    """Return `value` per cent of a positive balance, rounded toward zero; 0 of any other."""
    return balance * value // 100 if balance > 0 else 0
