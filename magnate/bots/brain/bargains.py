"""Trades: what one is worth to each side, which to propose, and which not to propose again."""

from collections import Counter
from collections.abc import Iterator
from typing import Final, TypeAlias

from magnate.bots.brain.outlook import Outlook
from magnate.bots.brain.reasons import Reasons, added
from magnate.engine.actions import TradeProposal
from magnate.engine.board import PLAIN_GROUPS
from magnate.engine.game import why_not
from magnate.engine.state import FREE, State

PROPOSALS_TO_ONE: Final = 10
"""Trades that a bot proposes to one player in a game, at most."""
WORTHWHILE: Final = 10.0
"""What a trade must bring each side at least, by the bot's own judgement: below that it is not worth the bother."""
LEAST_LEFT: Final = 50
"""What a trade leaves each side that pays, at least."""

ROUNDS_OF_THOUGHT: Final = 4
"""How many rounds a bot lets pass before it thinks again of trades that came to nothing."""

Terms: TypeAlias = tuple[int, tuple[int, ...], tuple[int, ...]]
"""Whom a trade is proposed to, and the squares asked and offered."""
Side: TypeAlias = tuple[int, int, tuple[int, ...], tuple[int, ...]]
"""A seat, the money that it gets (or pays, below 0), and the squares that it gets and gives."""


def answer(outlook: Outlook, seat: int, proposer: int, trade: TradeProposal) -> Reasons:
    """Return the reasons of `seat`, either side, for a trade, with its share in what the other side gains."""
    money = trade.asked_money - trade.offered_money
    asked, offered = trade.asked_properties, trade.offered_properties
    if seat == proposer:
        return _reasons(outlook, (seat, money, asked, offered), (trade.destination, -money, offered, asked))
    return _reasons(outlook, (seat, -money, offered, asked), (proposer, money, asked, offered))


def _reasons(outlook: Outlook, own: Side, other: Side) -> Reasons:
    reasons = _gains(outlook, *own)
    # What is bad as it is need not be held against the other side.
    if reasons.total <= 0 or not outlook.mood.character.guards_groups:
        return reasons
    shared = outlook.weights.rivalry / outlook.rivals
    denial = -shared * max(0.0, _gains(outlook, *other).total)
    if _hands_over(outlook, own, other):
        # Nobody gives a group away for a hope, or for less than the bank takes for the squares.
        _, money, got, given = own
        if money + outlook.banked(got) <= outlook.banked(given):
            denial -= reasons.total
    return reasons._replace(denial=denial)


def _hands_over(outlook: Outlook, own: Side, other: Side) -> bool:
    """Return whether the other side completes a group and one's own side does not."""
    return outlook.completes(other[0], other[2]) and not outlook.completes(own[0], own[2])


def _gains(outlook: Outlook, seat: int, money: int, got: tuple[int, ...], given: tuple[int, ...]) -> Reasons:
    worth, earned, group = outlook.gain(seat, got, given)
    return Reasons(money, worth, earned, group, 0.0, outlook.risk(seat, money))


class Bargains:
    """The trades of one bot in one game: what it may propose, and what it has proposed."""

    def __init__(self) -> None:
        self._proposed: dict[Terms, tuple[int, ...]] = {}
        """What was proposed, and who owned the groups in question then."""
        self._to: Counter[int] = Counter()
        self._owner: tuple[int, ...] = ()
        self._think_again = 0
        """The round in which the bot thinks of trades again, even if no square has changed hands."""

    def think_of(self, outlook: Outlook, seat: int) -> tuple[TradeProposal, Reasons] | None:
        """Return the trade that is best for `seat` among those good for both, or None.

        It thinks when squares have changed hands since it last did, and every few rounds.
        """
        view = outlook.view
        # With two players, what one side gains the other side loses.
        if view.proposals or outlook.rivals == 1:
            return None
        if view.owner == self._owner and view.round < self._think_again:
            return None
        self._owner, self._think_again = view.owner, view.round + ROUNDS_OF_THOUGHT
        best: tuple[TradeProposal, Reasons] | None = None
        for terms in _ideas(view, seat):
            if not self._is_new(view, terms):
                continue
            found = self._priced(outlook, seat, terms)
            if found is not None and (best is None or found[1].total > best[1].total):
                best = found
        return best

    def note(self, view: State, trade: TradeProposal) -> None:
        """Remember that `trade` is proposed now."""
        terms = (trade.destination, trade.asked_properties, trade.offered_properties)
        self._proposed[terms] = _owners(view, terms)
        self._to[trade.destination] += 1

    def may_propose(self, view: State, trade: TradeProposal) -> bool:
        """Return whether `trade` may be proposed now: the first of this turn, and something new."""
        terms = (trade.destination, trade.asked_properties, trade.offered_properties)
        return not view.proposals and self._is_new(view, terms)

    def _is_new(self, view: State, terms: Terms) -> bool:
        """Return whether terms are new to that player: other squares, or squares of groups that changed hands."""
        return self._to[terms[0]] < PROPOSALS_TO_ONE and self._proposed.get(terms) != _owners(view, terms)

    def _priced(self, outlook: Outlook, seat: int, terms: Terms) -> tuple[TradeProposal, Reasons] | None:
        """Return the trade of these squares for the money that shares the gain, or None if it is not good for both."""
        view = outlook.view
        other, asked, offered = terms
        mine, theirs = added(outlook.gain(seat, asked, offered)), added(outlook.gain(other, offered, asked))
        if mine + theirs <= 2 * WORTHWHILE:
            return None
        share = outlook.weights.trade_share
        pays = int(mine * share - theirs * (1 - share))
        pays = max(min(pays, view.balance[seat] - LEAST_LEFT), LEAST_LEFT - view.balance[other])
        if (pays > 0 and view.balance[seat] - pays < 0) or (pays < 0 and view.balance[other] + pays < 0):
            return None
        trade = TradeProposal(other, max(pays, 0), max(-pays, 0), offered, asked)
        own = answer(outlook, seat, seat, trade)
        is_good = own.total > WORTHWHILE and answer(outlook, other, seat, trade).total > WORTHWHILE
        return (trade, own) if is_good and why_not(view, seat, trade) is None else None


def _ideas(view: State, seat: int) -> Iterator[Terms]:
    """Name the squares of trades that complete a group for `seat`: all that is missing is with one other player."""
    board, owner = view.board, view.owner
    spare = [square for square in view.owned[seat] if not view.group_levels[board.group[square]]]
    for group in range(1, PLAIN_GROUPS + 1):
        members = board.members[group]
        missing = tuple([square for square in members if owner[square] != seat])
        if not 0 < len(missing) < len(members) or view.group_levels[group]:
            continue
        other = owner[missing[0]]
        if other == FREE or any(owner[square] != other for square in missing):
            continue
        yield other, missing, ()
        # What the other side needs too; any other square is worth to it what money is.
        needed = [number for number in range(1, PLAIN_GROUPS + 1) if number != group and _holds(view, other, number)]
        for number in needed:
            given = tuple([square for square in spare if board.group[square] == number])
            if given:
                yield other, missing, given
            if len(given) > 1:
                for square in given:
                    yield other, missing, (square,)


def _holds(view: State, seat: int, group: int) -> bool:
    owner = view.owner
    return any(owner[square] == seat for square in view.board.members[group])


def _owners(view: State, terms: Terms) -> tuple[int, ...]:
    board = view.board
    groups = sorted({board.group[square] for square in (*terms[1], *terms[2])})
    return tuple([view.owner[member] for group in groups for member in board.members[group]])
