"""The trades that the levels propose: one a turn, good for both by the bot's own model, and none again unchanged."""

import random
from collections import Counter
from collections.abc import Sequence
from typing import Final, TypeAlias

from magnate.bots.proposals import draw_squares, most_offered
from magnate.bots.value import PARTS, highest_rent, opponents, set_off, trade_gains, trade_value
from magnate.engine.actions import Action, TradeProposal
from magnate.engine.game import why_not
from magnate.engine.state import State

PROPOSALS_TO_ONE: Final = 10
"""Trades that a bot proposes to one player in a game, at most."""
DRAWS: Final = 5
"""How often a bot draws squares to trade for one decision."""
LEAST_RESERVE: Final = 50
"""What a trade that costs money leaves at least, in whole units."""

_Terms: TypeAlias = tuple[int, tuple[int, ...], tuple[int, ...]]
"""Whom a trade is proposed to, and the squares asked and offered."""


def is_good_for(view: State, seat: int, proposer: int, trade: TradeProposal) -> bool:
    """Return whether `trade` is worth more than nothing to `seat`, either side of it, by the value model."""
    return trade_value(view, seat, proposer, trade) > 0


def leaves_reserve(view: State, seat: int, gain: int) -> bool:
    """Return whether a trade that changes the balance of `seat` by `gain` leaves what the next rent may cost.

    That is the highest rent that others may charge, as for a bid, and LEAST_RESERVE at least.
    """
    left = view.balance[seat] + gain
    return gain >= 0 or (left >= LEAST_RESERVE and left >= highest_rent(view, seat))


class Bargains:
    """The trades of one bot in one game: what it may propose, and what it has proposed."""

    def __init__(self) -> None:
        self._proposed: dict[_Terms, tuple[int, ...]] = {}
        """What was proposed, and who owned the groups in question then."""
        self._to: Counter[int] = Counter()

    def think_of(self, view: State, chance: random.Random) -> TradeProposal | None:
        """Return a trade that is good for both, for squares that are drawn, or None if nothing comes of the draws."""
        # With two players, what one side gains the other side loses.
        if view.proposals or opponents(view) == 1:
            return None
        for _ in range(DRAWS):
            drawn = draw_squares(view, view.phase_seat, chance)
            trade = None if drawn is None else self._even_trade(view, *drawn)
            if trade is not None:
                return trade
        return None

    def _even_trade(
        self, view: State, other: int, wanted: tuple[int, ...], given: tuple[int, ...]
    ) -> TradeProposal | None:
        """Return the trade of these squares for the money that shares the gain evenly, or None if it may not be."""
        seat = view.phase_seat
        squares = TradeProposal(other, offered_properties=given, asked_properties=wanted)
        mine, theirs = trade_gains(view, seat, squares)
        if mine + theirs <= 0:
            return None  # no money makes it good for both
        # Whoever gets a unit of money gains its PARTS, and a part of the rival's loss as well.
        unit = PARTS + PARTS // opponents(view)
        even = (set_off(view, mine, theirs) - set_off(view, theirs, mine)) // (2 * unit)
        money = min(even, most_offered(view, seat, wanted, given))
        mine, theirs = mine - money * PARTS, theirs + money * PARTS
        trade = TradeProposal(other, max(money, 0), max(-money, 0), given, wanted)
        good = set_off(view, mine, theirs) > 0 and set_off(view, theirs, mine) > 0
        fits = good and leaves_reserve(view, seat, -money) and leaves_reserve(view, other, money)
        return trade if fits and self._may_propose(view, trade) and why_not(view, seat, trade) is None else None

    def last_resorts(self, view: State, legal: Sequence[Action]) -> list[Action]:
        """Return the trades of `legal` that a player with nothing else left may propose.

        Trades that the other side may want come before the others.
        """
        if view.proposals:
            return []
        trades = [action for action in legal if isinstance(action, TradeProposal) and self._may_propose(view, action)]
        wanted = [trade for trade in trades if is_good_for(view, trade.destination, view.phase_seat, trade)]
        return [*(wanted or trades)]

    def note(self, view: State, trade: TradeProposal) -> None:
        """Remember that `trade` is proposed now."""
        self._proposed[_terms(trade)] = _owners(view, trade)
        self._to[trade.destination] += 1

    def _may_propose(self, view: State, trade: TradeProposal) -> bool:
        """Return whether `trade` asks for something new: other squares, or squares of groups that changed hands."""
        if self._to[trade.destination] >= PROPOSALS_TO_ONE:
            return False
        return self._proposed.get(_terms(trade)) != _owners(view, trade)


def _terms(trade: TradeProposal) -> _Terms:
    return trade.destination, trade.asked_properties, trade.offered_properties


def _owners(view: State, trade: TradeProposal) -> tuple[int, ...]:
    board = view.board
    groups = sorted({board.group[square] for square in (*trade.asked_properties, *trade.offered_properties)})
    return tuple([view.owner[member] for group in groups for member in board.members[group]])
