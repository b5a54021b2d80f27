"""Trades between two players (rules: business and liquidation, Trade)."""

from typing import Final

from magnate.engine.actions import Action, TradeAnswer, TradeProposal, ask_for, offer
from magnate.engine.chance import Chance
from magnate.engine.errors import Reason
from magnate.engine.events import Event, Proposed, Traded, Why
from magnate.engine.phases import LIQUIDATION, PROPOSAL_ACCEPTANCE
from magnate.engine.rules.holdings import give
from magnate.engine.rules.money import pay, purse
from magnate.engine.rules.property import group_has_buildings
from magnate.engine.state import State
from magnate.engine.statistics import COUNT, NUM_TRADES

MAX_PROPOSALS: Final = 5
"""Proposals a player may make in a turn."""


def refuse_trading(state: State, seat: int) -> Reason | None:
    """Return why `seat` may propose nothing at all any more."""
    if state.proposals >= MAX_PROPOSALS:
        return Reason.TOO_MANY_PROPOSALS
    if state.phase is LIQUIDATION and state.balance[seat] < 0 and not state.owned[seat]:
        return Reason.NOTHING_TO_TRADE
    return None


def refuse_proposal(state: State, seat: int, action: TradeProposal) -> Reason | None:
    """Return why `seat` may not propose that trade."""
    return refuse_trading(state, seat) or refuse_terms(state, seat, action)


def refuse_terms(state: State, proposer: int, trade: TradeProposal) -> Reason | None:
    """Return why a trade does not fit: who, what is on the table, whose it is, and where it leaves both balances."""
    other = trade.destination
    if other == proposer or not 0 <= other < len(state.alive) or not state.alive[other]:
        return Reason.TRADE_WITH_NOBODY
    if trade.offered_money < 0 or trade.asked_money < 0:
        return Reason.TRADE_MONEY_NEGATIVE
    if not (trade.offered_money or trade.asked_money or trade.offered_properties or trade.asked_properties):
        return Reason.TRADE_EMPTY
    reason = _refuse_squares(state, proposer, trade.offered_properties) if trade.offered_properties else None
    if reason is None and trade.asked_properties:
        reason = _refuse_squares(state, other, trade.asked_properties)
    if reason is not None:
        return reason
    return _refuse_money(state.balance[proposer], trade.offered_money, trade.asked_money) or _refuse_money(
        state.balance[other], trade.asked_money, trade.offered_money
    )


def _refuse_money(balance: int, given: int, taken: int) -> Reason | None:
    """Return why a player may not give and take those sums: what it gives is covered, and a debt gets smaller."""
    if given > purse(balance):
        return Reason.TRADE_NOT_COVERED
    after = balance - given + taken
    return Reason.TRADE_KEEPS_DEBT if after < 0 and after <= balance else None


def _refuse_squares(state: State, giver: int, squares: tuple[int, ...]) -> Reason | None:
    if len(set(squares)) != len(squares):
        return Reason.TRADE_SQUARE_TWICE
    for square in squares:
        if square not in state.owned[giver]:
            return Reason.TRADE_NOT_OWNED if state.board.is_square(square) else Reason.NO_SUCH_SQUARE
        if group_has_buildings(state, square):
            return Reason.GROUP_HAS_BUILDINGS
    return None


def tradable(state: State, seat: int) -> tuple[int, ...]:
    """Return the squares of `seat` that may be traded: those in whose group nothing is built."""
    return tuple([square for square in state.owned[seat] if not group_has_buildings(state, square)])


def may_sell(state: State, square: int, price: int, buyer: int) -> bool:
    """Return whether the owner of `square` and `buyer` may trade it for `price`, and nothing else.

    As `refuse_terms` would say it; this is asked many times more often. Whoever sells ends with more than before.
    """
    return 0 < price <= state.balance[buyer] and not state.group_levels[state.board.group[square]]


def add_sales(state: State, seat: int, actions: list[Action]) -> None:
    """List a sample: with one other player, one of their squares asked and one of the own offered, each at its price.

    The player and the squares change from turn to turn and from proposal to proposal.
    """
    count = state.turn + state.proposals
    alive, prices = state.alive, state.board.price
    other = count % len(alive)
    while other == seat or not alive[other]:
        other = (other + 1) % len(alive)
    if theirs := state.owned[other]:
        square = theirs[count % len(theirs)]
        if may_sell(state, square, prices[square], seat):
            actions.append(ask_for(other, square, prices[square]))
    if mine := state.owned[seat]:
        square = mine[count % len(mine)]
        if may_sell(state, square, prices[square], other):
            actions.append(offer(other, square, prices[square]))


def do_propose(state: State, seat: int, action: TradeProposal, chance: Chance, events: list[Event]) -> None:
    """Put a trade on the table and wait for the other player's answer."""
    state.proposals += 1
    state.trade = action
    state.resume = state.phase
    state.phase = PROPOSAL_ACCEPTANCE
    state.phase_seat = action.destination
    events.append(Proposed(seat, action.destination))


def refuse_answer(state: State, seat: int, action: TradeAnswer) -> Reason | None:
    """Return why the trade may not be accepted: it no longer fits. Rejecting is always legal."""
    if not action.accept:
        return None
    assert state.trade is not None
    return refuse_terms(state, state.turn_seat, state.trade)


def do_answer(state: State, seat: int, action: TradeAnswer, chance: Chance, events: list[Event]) -> None:
    """Carry the trade out or drop it; the proposer goes on where it was."""
    close(state, action.accept, events)


def close(state: State, accepted: bool, events: list[Event]) -> None:
    """Take the trade off the table, carried out or not, and give the turn back to the proposer."""
    trade = state.trade
    assert trade is not None
    proposer = state.turn_seat
    other = trade.destination
    events.append(Traded(proposer, other, accepted, trade.offered_properties, trade.asked_properties))
    if accepted:
        for square in trade.offered_properties:
            give(state, square, other)
        for square in trade.asked_properties:
            give(state, square, proposer)
        gain = trade.asked_money - trade.offered_money
        payer, payee = (other, proposer) if gain > 0 else (proposer, other)
        pay(state, events, payer, payee, abs(gain), Why.TRADE)
        state.stats[proposer * COUNT + NUM_TRADES] += 1
        state.stats[other * COUNT + NUM_TRADES] += 1
    state.trade = None
    state.phase = state.resume
    state.phase_seat = proposer
