"""The table of the bots, and `value`: at random with probability e, else by the value model (docs: Bots)."""

import random
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest

import magnate.bots
from magnate.bots import BOTS, LEVELS
from magnate.bots.brain.character import Character
from magnate.bots.guard import GuardedBot
from magnate.bots.level_bot import LevelBot
from magnate.bots.loading import parse_bot
from magnate.bots.proposals import draw_proposal
from magnate.bots.random_bot import RandomBot
from magnate.bots.value import best_bid, expected_value
from magnate.bots.value_bot import ValueBot
from magnate.engine.actions import (
    ACCEPT,
    NEXT_PHASE,
    REJECT,
    SURRENDER,
    TAKE_SHOWN_CARD,
    TAKE_UNSEEN_CARD,
    THROW_DICES,
    Action,
    Build,
    BuySquare,
    DropPurchase,
    MortgageSet,
    MoveTo,
    TradeProposal,
)
from magnate.engine.phases import Phase
from magnate.engine.state import State
from magnate.engine.view import legal_actions, view_for
from tests.engine.positions import BROWN, CYAN, deciding, place, the_card


def answer(state: State, bot: GuardedBot | None = None) -> Action:
    """Return what an expert (or `bot`) does where `state` is."""
    seat = state.phase_seat
    return (bot or ValueBot()).decide(view_for(state, seat), legal_actions(state, seat))


def auction(square: int, *, money: int = 1500) -> State:
    """Return a position where seat 0 may bid for `square`, and a bid of seat 1 is in."""
    state = place(3, phase=Phase.AUCTION, turn_seat=2, at={2: square}, money={0: money})
    state.to_bid, state.bids = (0,), {1: 70}
    return state


class TestTable:
    """One brain, with less of it the lower the level."""

    def test_each_level_has_more_of_the_brain_than_the_one_below(self) -> None:
        assert LEVELS == ("very_easy", "easy", "medium", "hard", "very_hard", "expert")
        minds = [made.character for level in LEVELS if isinstance(made := parse_bot(level).make(0), LevelBot)]
        for lower, higher in pairwise(minds):
            assert lower.sight < higher.sight
            assert lower.taste > higher.taste
            assert lower.caution > higher.caution
            assert lower.lapses > higher.lapses
        assert [mind.guards_groups for mind in minds] == [False, False, True, True, True, True]
        assert minds[-1] == Character()

    def test_the_baseline_is_there_beside_them(self) -> None:
        assert list(BOTS) == ["random", "value", *LEVELS]
        assert isinstance(parse_bot("random").make(0), RandomBot)

    def test_every_bot_of_the_folder_stands_in_the_table(self) -> None:
        folder = Path(magnate.bots.__file__).parent
        modules = [import_module(f"magnate.bots.{file.stem}") for file in folder.glob("*_bot.py")]
        classes = {
            f"{module.__name__}:{name}"
            for module in modules
            for name, thing in vars(module).items()
            if isinstance(thing, type) and thing.__module__ == module.__name__ and issubclass(thing, GuardedBot)
        }
        assert classes == {entry.source for entry in BOTS.values()}

    @pytest.mark.parametrize("epsilon", [-0.1, 1.1, float("nan")])
    def test_epsilon_is_a_probability(self, epsilon: float) -> None:
        with pytest.raises(ValueError, match="epsilon must be from 0 to 1"):
            ValueBot(epsilon=epsilon)


class TestChance:
    """With probability e the bot plays a uniformly random legal action, else the legal action of highest EV."""

    @pytest.mark.parametrize("epsilon", [0.0, 0.34, 1.0])
    def test_it_plays_at_random_as_often_as_it_says(self, epsilon: float) -> None:
        state = place(phase=Phase.CHOOSE_SQUARE, pot=1_000_000)
        state.choices = ((111, 1), (2, 2), (4, 3), (7, 4), (8, 5))
        bot = ValueBot(7, epsilon=epsilon)
        missed = sum([answer(state, bot) != MoveTo(111) for _ in range(4000)])
        assert missed / 4000 == pytest.approx(bot.epsilon * 4 / 5, abs=0.02)
        assert missed > 0 or bot.epsilon == 0

    @pytest.mark.parametrize("bot", [RandomBot(3), ValueBot(3, epsilon=1.0)])
    def test_random_is_uniform_over_what_is_legal_but_surrender(self, bot: GuardedBot) -> None:
        state = place(phase=Phase.CHOOSE_SQUARE)
        state.choices = ((1, 1), (2, 2), (3, 3), (4, 4))
        answers = [answer(state, bot) for _ in range(4000)]
        assert SURRENDER not in answers
        for square, _ in state.choices:
            assert answers.count(MoveTo(square)) == pytest.approx(1000, abs=100)

    def test_the_seed_says_what_chance_brings(self) -> None:
        state = place(phase=Phase.CHOOSE_SQUARE)
        state.choices = tuple([(square, square) for square in range(1, 18)])
        games = [[answer(state, bot) for _ in range(50)] for bot in (RandomBot(1), RandomBot(1), RandomBot(2))]
        assert games[0] == games[1] != games[2]


class TestBest:
    def test_the_best_square_is_chosen(self) -> None:
        state = place(phase=Phase.CHOOSE_SQUARE, pot=500, owned={1: [1, 3]})
        state.choices = ((1, 1), (111, 2), (2, 3))
        assert answer(state) == MoveTo(111)

    def test_a_square_worth_its_price_is_bought_and_another_is_not(self) -> None:
        state = deciding(39, seats=4)
        assert answer(state) == BuySquare(39)
        state.turn = 460
        assert answer(state) == DropPurchase(39)

    def test_the_best_building_comes_first(self) -> None:
        state = place(4, owned={0: [*BROWN, 37, 39]})
        assert answer(state) == Build(37)

    def test_business_with_nothing_to_gain_ends(self) -> None:
        assert answer(place(4, owned={0: [39]})) == NEXT_PHASE

    def test_a_square_that_earns_less_than_its_half_price_is_mortgaged(self) -> None:
        state = place(2, owned={0: [1]}, money={1: 0})
        state.turn = 300
        assert answer(state) == MortgageSet(1)

    def test_a_debt_is_paid_with_what_loses_least(self) -> None:
        state = place(4, phase=Phase.LIQUIDATION, owned={0: [1, 39]}, money={0: -20})
        assert answer(state) == MortgageSet(1)

    def test_a_bid_is_that_of_the_formula(self) -> None:
        state = auction(39)
        state.phase_seat = 0
        action = answer(state)
        assert getattr(action, "amount", None) == best_bid(state, 0) > 0

    def test_who_has_nothing_to_spare_passes(self) -> None:
        state = auction(39, money=-10)
        state.phase_seat = 0
        assert getattr(answer(state), "amount", None) == 0

    def test_of_equals_the_one_that_does_less(self) -> None:
        assert answer(place(phase=Phase.CHOOSE_FANTASY, card=the_card("goToJail"))) == TAKE_UNSEEN_CARD
        assert TAKE_SHOWN_CARD in legal_actions(place(phase=Phase.CHOOSE_FANTASY, card=the_card("goToJail")), 0)

    def test_a_sealed_bid_of_another_changes_nothing(self) -> None:
        low, high = auction(39), auction(39)
        high.bids[1] = 1400
        low.phase_seat = high.phase_seat = 0
        assert view_for(low, 0) == view_for(high, 0)
        assert answer(low) == answer(high)


class TestTrades:
    """accept or propose only above 0."""

    @pytest.mark.parametrize(("money", "expected"), [(300, ACCEPT), (1, REJECT)])
    def test_a_trade_is_accepted_only_above_0(self, money: int, expected: Action) -> None:
        state = place(3, phase=Phase.PROPOSAL_ACCEPTANCE, owned={1: [1]})
        state.trade = TradeProposal(1, offered_money=money, asked_properties=(1,))
        state.phase_seat = 1
        assert answer(state) == expected

    def test_a_trade_is_proposed_only_above_0(self) -> None:
        # To give 37 for 113 completes the group of the other player.
        state = place(2, owned={0: [37], 1: [39, 113]})
        chance = random.Random(1)
        drawn = [draw_proposal(state, 0, chance) for _ in range(100)]
        assert any(trade is not None and expected_value(state, 0, trade) <= 0 for trade in drawn)
        bot = ValueBot(1)
        proposed = [action for _ in range(100) if isinstance(action := answer(state, bot), TradeProposal)]
        assert proposed
        assert all(expected_value(state, 0, trade) > 0 for trade in proposed)

    def test_in_a_debt_no_losing_trade_is_proposed_while_something_else_pays(self) -> None:
        state = place(4, phase=Phase.LIQUIDATION, owned={0: [39, 113]}, money={0: -20}, mortgaged=[39])
        state.turn = 338
        legal = legal_actions(state, 0)
        (trade,) = [action for action in legal if isinstance(action, TradeProposal)]
        assert expected_value(state, 0, MortgageSet(113)) < expected_value(state, 0, trade) < 0
        assert answer(state) == MortgageSet(113)

    def test_a_trade_worth_exactly_nothing_is_rejected(self) -> None:
        # With one opponent what one side gains the other loses, so 20 for 20 is worth nothing.
        state = place(2, phase=Phase.PROPOSAL_ACCEPTANCE)
        state.trade = TradeProposal(1, offered_money=20, asked_money=20)
        state.phase_seat = 1
        assert answer(state) == REJECT


class TestSurrender:
    """Surrender: only when nothing else is legal."""

    BOTS = (RandomBot(1), ValueBot(1), ValueBot(1, epsilon=0.5))

    @pytest.mark.parametrize("bot", BOTS)
    def test_surrender_when_nothing_else_is_legal(self, bot: GuardedBot) -> None:
        state = place(phase=Phase.LIQUIDATION, money={0: -100})
        assert legal_actions(state, 0) == [SURRENDER]
        assert answer(state, bot) == SURRENDER

    @pytest.mark.parametrize("bot", BOTS)
    def test_a_hopeless_trade_comes_before_it(self, bot: GuardedBot) -> None:
        state = place(3, phase=Phase.LIQUIDATION, money={0: -100}, owned={0: CYAN}, mortgaged=CYAN)
        legal = legal_actions(state, 0)
        assert [type(action) for action in legal] == [TradeProposal, type(SURRENDER)]
        assert answer(state, bot) == legal[0]

    def test_a_roll_is_a_roll(self) -> None:
        state = place(phase=Phase.ROLL_THE_DICES)
        assert {answer(state, bot) for bot in self.BOTS} == {THROW_DICES}
