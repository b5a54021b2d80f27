"""What no level ever does, over many games of each (docs: Bots, What no level ever does)."""

from collections import Counter
from functools import cache
from typing import NamedTuple

import pytest

from magnate.bots import LEVELS
from magnate.bots.brain.bargains import PROPOSALS_TO_ONE, Bargains
from magnate.bots.level_bot import LevelBot
from magnate.bots.loading import parse_bot
from magnate.engine.actions import (
    NEXT_PHASE,
    SURRENDER,
    Action,
    Bid,
    Build,
    Demolish,
    MortgageSet,
    MortgageUnset,
    TradeAnswer,
    TradeProposal,
)
from magnate.engine.board import standard_board
from magnate.engine.phases import Phase
from magnate.engine.state import FREE
from magnate.engine.view import legal_actions, view_for
from tests.bots.games import decisions
from tests.engine.positions import CYAN, place
from tests.sizes import tries

BOARD = standard_board()
SALES = (Demolish, MortgageSet)

levels = pytest.mark.parametrize("level", LEVELS)


class Seen(NamedTuple):
    """One decision of a level, with what the tests ask of the position before it."""

    game: int
    turn: int
    turn_seat: int
    seat: int
    balance: int
    owner: tuple[int, ...]
    mortgaged: tuple[int, ...]
    balances: tuple[int, ...]
    place: int
    """The square of the turn player."""
    trade: TradeProposal | None
    can_sell: bool
    action: Action


@cache
def seen(level: str) -> list[Seen]:
    """Return the decisions in hundreds of games of four bots of a level, or in a sample of them."""
    found = []
    for game in range(tries(200)):
        bots = [parse_bot(level).make(10 * game + seat) for seat in range(4)]
        for state, seat, legal, action in decisions(bots, game):
            found.append(
                Seen(
                    game,
                    state.turn,
                    state.turn_seat,
                    seat,
                    state.balance[seat],
                    state.owner,
                    tuple(state.mortgaged),
                    tuple(state.balance),
                    state.position[state.turn_seat],
                    state.trade,
                    any(isinstance(each, SALES) for each in legal),
                    action,
                )
            )
    return found


@levels
def test_a_level_sells_only_for_a_debt_and_takes_no_sale_back_in_its_turn(level: str) -> None:
    sold = set()
    for each in seen(level):
        if isinstance(each.action, SALES):
            assert each.balance < 0
            sold.add((each.game, each.turn))
        if isinstance(each.action, (Build, MortgageUnset)):
            assert (each.game, each.turn) not in sold
    assert sold


@levels
def test_a_level_spends_no_more_than_it_has(level: str) -> None:
    for each in seen(level):
        if isinstance(each.action, Bid):
            assert each.action.amount <= max(0, each.balance)
        if isinstance(each.action, TradeProposal):
            assert each.action.offered_money <= max(0, each.balance)


@levels
def test_a_level_surrenders_only_in_a_debt_with_nothing_left_to_sell(level: str) -> None:
    for each in seen(level):
        if each.action == SURRENDER:
            assert each.balance < 0
            assert not each.can_sell


@levels
def test_a_bid_is_one_that_a_person_would_make(level: str) -> None:
    """No bid is above twice the price, but where the square completes a group for somebody."""
    bids = [each for each in seen(level) if isinstance(each.action, Bid) and each.action.amount]
    for each in bids:
        others = {each.owner[member] for member in BOARD.members[BOARD.group[each.place]] if member != each.place}
        assert isinstance(each.action, Bid)
        assert each.action.amount <= 2 * BOARD.price[each.place] or (len(others) == 1 and FREE not in others)
    assert bids


@levels
def test_a_level_proposes_once_a_turn_and_ten_times_to_one_player(level: str) -> None:
    turns: Counter[tuple[int, int]] = Counter()
    pairs: Counter[tuple[int, int, int]] = Counter()
    for each in seen(level):
        if isinstance(each.action, TradeProposal):
            turns[each.game, each.turn] += 1
            pairs[each.game, each.seat, each.action.destination] += 1
    assert max(turns.values()) == 1
    assert max(pairs.values()) <= PROPOSALS_TO_ONE


@levels
def test_a_refused_trade_comes_again_only_when_a_square_has_changed_hands(level: str) -> None:
    proposed: dict[object, tuple[int, ...]] = {}
    for each in seen(level):
        if isinstance(each.action, TradeProposal):
            trade = each.action
            terms = (each.game, each.seat, trade.destination, trade.asked_properties, trade.offered_properties)
            assert proposed.get(terms) != each.owner
            proposed[terms] = each.owner


@pytest.mark.parametrize("level", LEVELS[2:])
def test_from_medium_up_nobody_is_handed_a_group_without_being_paid_for_it(level: str) -> None:
    """Whoever gives the last square of a group gets a group too, or more money than the squares are worth to the bank.

    But for who sells to pay a debt.
    """
    handed = 0
    for each in seen(level):
        if not isinstance(each.action, TradeAnswer) or not each.action.accept:
            continue
        trade, proposer = each.trade, each.turn_seat
        assert trade is not None
        money = trade.offered_money - trade.asked_money
        for giver, taker, given, got, paid in (
            (each.seat, proposer, trade.asked_properties, trade.offered_properties, money),
            (proposer, each.seat, trade.offered_properties, trade.asked_properties, -money),
        ):
            if completes(each.owner, taker, given) and each.balances[giver] >= 0:
                handed += 1
                assert completes(each.owner, giver, got) or paid > priced(each, given) - priced(each, got)
    assert handed


def priced(each: Seen, squares: tuple[int, ...]) -> int:
    """Return what the bank takes for squares, or gives for them where they are mortgaged."""
    return sum([BOARD.mortgage[s] if each.mortgaged[s] else BOARD.price[s] for s in squares])


def completes(owner: tuple[int, ...], seat: int, squares: tuple[int, ...]) -> bool:
    """Return whether `squares` complete a group for `seat`."""
    groups = [BOARD.members[BOARD.group[square]] for square in squares]
    return any(all(owner[member] == seat or member in squares for member in members) for members in groups)


@levels
def test_at_least_a_quarter_of_what_a_level_proposes_to_its_like_is_accepted(level: str) -> None:
    proposed = sum([isinstance(each.action, TradeProposal) for each in seen(level)])
    accepted = sum([isinstance(each.action, TradeAnswer) and each.action.accept for each in seen(level)])
    assert accepted >= proposed / 4 > 0


@levels
def test_a_level_accepts_only_what_its_own_judgement_calls_good(level: str) -> None:
    bots = [parse_bot(level).make(seat) for seat in range(4)]
    for state, seat, legal, action in decisions(bots, 1):
        if isinstance(action, TradeAnswer) and action.accept:
            bot = bots[seat]
            assert isinstance(bot, LevelBot)
            best, reasons = bot.ranked(view_for(state, seat), legal)[0]
            assert best == action
            assert reasons.total > 0


def test_what_was_proposed_is_not_new_until_a_group_changes_hands() -> None:
    state = place(3, owned={0: [1], 1: [3, 6], 2: [8]})
    trade = TradeProposal(1, offered_money=120, asked_properties=(3,))
    bargains = Bargains()
    assert bargains.may_propose(state, trade)
    bargains.note(state, trade)
    assert not bargains.may_propose(state, trade)
    assert not bargains.may_propose(place(3, owned={0: [1], 1: [3, 8], 2: [6]}), trade)
    assert bargains.may_propose(place(3, owned={0: [1, 3], 1: [6], 2: [8]}), trade)


def test_a_debtor_with_nothing_but_trades_left_proposes_one_and_then_surrenders() -> None:
    state = place(3, phase=Phase.LIQUIDATION, money={0: -100}, owned={0: CYAN}, mortgaged=CYAN)
    bot = LevelBot(1)
    assert isinstance(bot.decide(view_for(state, 0), legal_actions(state, 0)), TradeProposal)
    state.proposals = 1
    assert bot.decide(view_for(state, 0), legal_actions(state, 0)) == SURRENDER


def test_what_was_sold_for_a_debt_is_not_bought_back_in_the_same_turn() -> None:
    bot = LevelBot(1)
    state = place(phase=Phase.LIQUIDATION, owned={0: [39]}, money={0: -5})
    assert bot.decide(view_for(state, 0), legal_actions(state, 0)) == MortgageSet(39)
    state = place(owned={0: [39]}, mortgaged=[39], money={0: 1500})
    assert bot.decide(view_for(state, 0), legal_actions(state, 0)) == NEXT_PHASE
    state.turn += 4
    assert bot.decide(view_for(state, 0), legal_actions(state, 0)) == MortgageUnset(39)
