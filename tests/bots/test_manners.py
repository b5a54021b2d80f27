"""A game with bots is pleasant: few trades that make sense, nothing taken back within a turn (docs: Bots, Manners)."""

from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from magnate.bots import LEVELS
from magnate.bots.bargains import LEAST_RESERVE, PROPOSALS_TO_ONE, Bargains
from magnate.bots.level_bot import LevelBot
from magnate.bots.loading import parse_bot
from magnate.bots.value import trade_value
from magnate.engine.actions import (
    ACCEPT,
    NEXT_PHASE,
    REJECT,
    SURRENDER,
    Action,
    Build,
    BuySquare,
    Demolish,
    MortgageSet,
    MortgageUnset,
    TradeAnswer,
    TradeProposal,
)
from magnate.engine.phases import BUSINESS, Phase
from magnate.engine.view import legal_actions, view_for
from tests.bots.games import Decided, decisions
from tests.engine.positions import CYAN, place

UNDOES: dict[object, type] = {
    BuySquare: MortgageSet,
    Build: Demolish,
    Demolish: Build,
    MortgageSet: MortgageUnset,
    MortgageUnset: MortgageSet,
}

levels = pytest.mark.parametrize("level", LEVELS)


def games(level: str, count: int = 3) -> Iterator[Iterator[Decided]]:
    for number in range(count):
        yield decisions([parse_bot(level).make(10 * number + seat) for seat in range(4)], number)


@levels
def test_a_level_proposes_once_a_turn_and_ten_times_to_one_player(level: str) -> None:
    proposed = 0
    for game in games(level):
        turns: Counter[int] = Counter()
        pairs: Counter[tuple[int, int]] = Counter()
        for state, seat, _, action in game:
            if isinstance(action, TradeProposal):
                turns[state.turn] += 1
                pairs[seat, action.destination] += 1
        proposed += turns.total()
        assert max(turns.values(), default=1) == 1
        assert max(pairs.values(), default=1) <= PROPOSALS_TO_ONE
    assert proposed > 0


@levels
def test_a_level_proposes_only_what_is_good_for_both_by_its_own_model(level: str) -> None:
    for game in games(level):
        for state, seat, _, action in game:
            if isinstance(action, TradeProposal) and state.phase is BUSINESS:
                assert trade_value(state, seat, seat, action) > 0
                assert trade_value(state, action.destination, seat, action) > 0


@levels
def test_a_refused_trade_comes_again_only_when_one_of_its_groups_changed_hands(level: str) -> None:
    for game in games(level):
        refused: dict[object, list[int]] = {}
        for state, seat, _, action in game:
            if isinstance(action, TradeProposal):
                terms = (seat, action.destination, action.asked_properties, action.offered_properties)
                assert refused.get(terms) != list(state.owner)
                refused[terms] = list(state.owner)


def test_what_was_proposed_is_not_thought_of_again_until_a_group_changes_hands() -> None:
    state = place(3, owned={0: [1], 1: [3, 6], 2: [8]})
    trade = TradeProposal(1, offered_money=120, asked_properties=(3,))
    bargains = Bargains()
    legal: list[Action] = [trade, SURRENDER]
    assert bargains.last_resorts(state, legal) == [trade]
    bargains.note(state, trade)
    assert bargains.last_resorts(state, legal) == []
    assert bargains.last_resorts(place(3, owned={0: [1], 1: [3, 8], 2: [6]}), legal) == []
    assert bargains.last_resorts(place(3, owned={0: [1, 3], 1: [6], 2: [8]}), legal) == [trade]


@levels
def test_a_level_takes_nothing_back_within_a_turn_but_in_debt(level: str) -> None:
    seen = 0
    for game in games(level):
        turn = 0
        done: set[type] = set()
        for state, seat, _, action in game:
            if seat != state.turn_seat:
                continue
            if state.turn != turn:
                turn, done = state.turn, set()
            if state.balance[seat] >= 0:
                assert type(action) not in {UNDOES.get(kind) for kind in done}
            done.add(type(action))
            seen += type(action) in UNDOES
    assert seen > 50


@levels
def test_a_level_accepts_only_what_is_good_for_it_and_leaves_a_reserve(level: str) -> None:
    answers: dict[bool, int] = defaultdict(int)
    for game in games(level, 5):
        for state, seat, _, action in game:
            if isinstance(action, TradeAnswer):
                answers[action.accept] += 1
                if action.accept:
                    assert state.trade is not None
                    gain = state.trade.offered_money - state.trade.asked_money
                    assert trade_value(state, seat, state.turn_seat, state.trade) > 0
                    assert gain >= 0 or state.balance[seat] + gain >= LEAST_RESERVE
    assert answers[True] > 0


@pytest.mark.parametrize(("money", "answer"), [(49, REJECT), (1000, ACCEPT)])
def test_the_reserve_decides_over_a_trade_that_is_good_otherwise(money: int, answer: TradeAnswer) -> None:
    state = place(3, phase=Phase.PROPOSAL_ACCEPTANCE, owned={0: [37], 1: [39]}, money={1: money})
    state.trade = TradeProposal(1, asked_money=1, offered_properties=(37,))
    state.phase_seat = 1
    assert trade_value(state, 1, 0, state.trade) > 0
    assert LevelBot(1).decide(view_for(state, 1), legal_actions(state, 1)) == answer


def test_in_debt_a_level_sells_what_it_bought_in_the_same_turn() -> None:
    bot = LevelBot(1)
    state = place(phase=Phase.MANAGEMENT, at={0: 39})
    assert bot.decide(view_for(state, 0), legal_actions(state, 0)) == BuySquare(39)
    state = place(phase=Phase.LIQUIDATION, owned={0: [39]}, money={0: -5})
    assert bot.decide(view_for(state, 0), legal_actions(state, 0)) == MortgageSet(39)
    state = place(owned={0: [39]})
    state.turn_seat = 0
    assert bot.decide(view_for(state, 0), legal_actions(state, 0)) == NEXT_PHASE


def test_a_debtor_with_nothing_but_trades_left_proposes_one_and_then_surrenders() -> None:
    state = place(3, phase=Phase.LIQUIDATION, money={0: -100}, owned={0: CYAN}, mortgaged=CYAN)
    bot = LevelBot(1)
    assert isinstance(bot.decide(view_for(state, 0), legal_actions(state, 0)), TradeProposal)
    state.proposals = 1
    assert bot.decide(view_for(state, 0), legal_actions(state, 0)) == SURRENDER
