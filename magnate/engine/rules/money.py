"""Money (rules: the introduction, Words, Statistics): every unit that moves passes through `pay`."""

from magnate.engine.events import BANK, POT, Event, Paid, Why
from magnate.engine.state import State
from magnate.engine.statistics import COUNT, LOST_MONEY, WON_MONEY


def pay(
    state: State, events: list[Event], payer: int, payee: int, amount: int, why: Why, square: int | None = None
) -> None:
    """Move `amount` from `payer` to `payee` (seats, BANK or POT), count it as won and lost, and note it.

    A balance may go below zero here: whether it may is for the caller to judge. Nothing is noted of nothing.
    """
    if amount == 0:
        return
    if payer >= 0:
        state.balance[payer] -= amount
        state.stats[payer * COUNT + LOST_MONEY] += amount
    elif payer == BANK:
        state.bank -= amount
    else:
        state.pot -= amount
    if payee >= 0:
        state.balance[payee] += amount
        state.stats[payee * COUNT + WON_MONEY] += amount
    elif payee == BANK:
        state.bank += amount
    else:
        state.pot += amount
    events.append(Paid(payer, payee, amount, why, square))


def pay_pot(state: State, events: list[Event], seat: int, why: Why) -> None:
    """Hand the whole pot to `seat`."""
    pay(state, events, POT, seat, state.pot, why)


def percent(balance: int, value: int) -> int:
    """Return `value` per cent of a positive balance, rounded toward zero; 0 of any other."""
    return balance * value // 100 if balance > 0 else 0
