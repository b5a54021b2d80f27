"""What the brain of the levels weighs: each judgement in a position where one thing decides (docs: Bots, The brain)."""

import random

import pytest

from magnate.bots.brain.auction import best_bid
from magnate.bots.brain.character import Character, Mood
from magnate.bots.brain.outlook import Outlook
from magnate.bots.brain.weights import UNMEASURED, landings, tuned
from magnate.bots.level_bot import LevelBot
from magnate.engine.actions import (
    ACCEPT,
    DECLINE_BAIL,
    NEXT_PHASE,
    PAY_BAIL,
    REJECT,
    TAKE_SHOWN_CARD,
    TAKE_UNSEEN_CARD,
    Action,
    Build,
    BuySquare,
    Demolish,
    DropPurchase,
    MortgageSet,
    MortgageUnset,
    MoveTo,
    TradeProposal,
)
from magnate.engine.board import standard_board
from magnate.engine.phases import Phase
from magnate.engine.state import State
from magnate.engine.view import legal_actions, view_for
from tests.engine.positions import BROWN, CYAN, deciding, place, the_card


def answer(state: State, bot: LevelBot | None = None) -> Action:
    """Return what an expert (or `bot`) does where `state` is."""
    seat = state.phase_seat
    return (bot or LevelBot()).decide(view_for(state, seat), legal_actions(state, seat))


def outlook(state: State, character: Character | None = None) -> Outlook:
    """Return how an expert (or `character`) sees a position."""
    mood = Mood(character or Character(), random.Random(1), state.board.size)
    made = Outlook(tuned(), mood, state.board)
    made.look(state)
    return made


class TestPurchases:
    def test_a_square_that_the_balance_covers_is_bought(self) -> None:
        assert answer(deciding(39, seats=4)) == BuySquare(39)

    def test_a_square_is_left_where_its_price_would_bare_one_to_the_rents(self) -> None:
        state = place(
            2,
            phase=Phase.MANAGEMENT,
            at={0: 6},
            owned={1: [21, 23, 24, 26, 27, 29]},
            levels=dict.fromkeys([21, 23, 24, 26, 27, 29], 5),
            money={0: 110},
        )
        assert answer(state) == DropPurchase(6)

    def test_what_completes_a_group_is_worth_more_than_what_does_not(self) -> None:
        state = place(3, owned={0: [37]})
        seen = outlook(state)
        assert sum(seen.gain(0, (39,))) > sum(seen.gain(1, (39,)))

    def test_what_a_rival_needs_is_worth_something_to_keep_from_it(self) -> None:
        assert outlook(place(3, owned={1: [37]})).denied(0, 39) > 0
        assert outlook(place(3)).denied(0, 39) == 0
        assert outlook(place(3, owned={0: [37]})).denied(0, 39) == 0

    def test_the_fewer_rounds_are_left_the_less_rents_count(self) -> None:
        early, late = (outlook(place(3)) for _ in range(2))
        state = place(3)
        state.round = 29
        late.look(state)
        assert late.gain(0, (39,))[1] < early.gain(0, (39,))[1]
        assert late.gain(0, (39,))[0] == early.gain(0, (39,))[0] == 400


class TestBids:
    def bid(self, money: dict[int, int]) -> int:
        state = place(3, phase=Phase.AUCTION, turn_seat=2, at={2: 39}, money=money)
        state.phase_seat = 2
        return best_bid(outlook(state), 0)[0]

    def test_a_bid_is_below_what_the_square_is_worth_and_within_the_balance(self) -> None:
        assert 200 < self.bid({}) < 600
        assert self.bid({0: 100}) <= 100
        assert self.bid({0: 0}) == 0

    def test_nobody_is_outbid_by_more_than_it_takes(self) -> None:
        assert self.bid({1: 30}) == 31


class TestBusiness:
    def test_a_whole_group_is_built_on_while_money_is_there(self) -> None:
        assert isinstance(answer(place(3, owned={0: BROWN})), Build)
        assert answer(place(3, owned={0: BROWN}, money={0: 20})) == NEXT_PHASE

    def test_nothing_is_built_that_the_next_rents_would_take_down_again(self) -> None:
        rich = {1: [37, 39, 112, 113]}
        state = place(2, owned={0: BROWN, **rich}, levels=dict.fromkeys(rich[1], 5), money={0: 60})
        assert answer(state) == NEXT_PHASE

    def test_a_mortgage_is_lifted_at_the_end_for_the_worth(self) -> None:
        state = place(2, owned={0: [39]}, mortgaged=[39])
        state.round = 30
        assert answer(state) == MortgageUnset(39)

    def test_a_debt_is_paid_by_what_loses_least(self) -> None:
        state = place(
            3, phase=Phase.LIQUIDATION, owned={0: [6, *BROWN]}, levels=dict.fromkeys(BROWN, 2), money={0: -20}
        )
        assert answer(state) == MortgageSet(6)
        state = place(3, phase=Phase.LIQUIDATION, owned={0: BROWN}, levels=dict.fromkeys(BROWN, 2), money={0: -20})
        assert isinstance(answer(state), Demolish)


class TestPlaces:
    def test_the_pot_and_the_salary_draw_and_a_hotel_does_not(self) -> None:
        state = place(2, phase=Phase.CHOOSE_SQUARE, owned={1: [37, 39]}, levels={37: 5, 39: 5}, pot=900)
        parking = standard_board().parking
        state.choices = ((39, 1), (parking, 2), (0, 3))
        assert answer(state) == MoveTo(parking)
        state.choices = ((39, 1), (0, 3))
        assert answer(state) == MoveTo(0)

    def test_jail_is_left_early_and_kept_late(self) -> None:
        early = place(2, phase=Phase.ROLL_THE_DICES, jailed={0: 3})
        assert answer(early) == PAY_BAIL
        late = place(
            2,
            phase=Phase.ROLL_THE_DICES,
            jailed={0: 3},
            owned={1: standard_board().buyable},
            levels=dict.fromkeys([21, 23, 24, 26, 27, 29, 31, 32, 34], 5),
        )
        assert answer(late) != PAY_BAIL
        late.jail_roll = 5
        assert answer(late) == DECLINE_BAIL


class TestCards:
    @pytest.mark.parametrize(
        ("card", "pot", "expected"),
        [
            ("getParkingMoney", 2000, TAKE_SHOWN_CARD),
            ("getParkingMoney", 0, TAKE_UNSEEN_CARD),
            ("goToStart", 0, TAKE_SHOWN_CARD),
        ],
    )
    def test_a_shown_card_is_bought_where_it_brings_more_than_it_costs(
        self, card: str, pot: int, expected: Action
    ) -> None:
        assert answer(place(phase=Phase.CHOOSE_FANTASY, card=the_card(card), pot=pot)) == expected


class TestTrades:
    def offered(self, trade: TradeProposal, **position: object) -> State:
        state = place(3, phase=Phase.PROPOSAL_ACCEPTANCE, owned={0: [37], 1: [39]})
        state.trade = trade
        state.phase_seat = 1
        return state

    def test_much_money_for_a_square_is_accepted_and_little_is_not(self) -> None:
        assert answer(self.offered(TradeProposal(1, offered_money=1400, asked_properties=(39,)))) == ACCEPT
        assert answer(self.offered(TradeProposal(1, offered_money=100, asked_properties=(39,)))) == REJECT

    def test_a_group_is_not_handed_over_for_the_price_of_the_square(self) -> None:
        assert answer(self.offered(TradeProposal(1, offered_money=400, asked_properties=(39,)))) == REJECT

    def test_two_who_can_complete_a_group_each_find_the_trade(self) -> None:
        state = place(3, owned={0: [37, BROWN[0]], 1: [39, BROWN[1]]})
        trade = answer(state)
        assert isinstance(trade, TradeProposal)
        assert trade.asked_properties in ((39,), (BROWN[1],))

    @pytest.mark.parametrize(("more", "expected"), [(20, ACCEPT), (1200, REJECT)])
    def test_a_counter_offer_to_its_own_proposal_is_judged_by_its_terms(self, more: int, expected: Action) -> None:
        """The one who was asked rejects, and asks in turn for a little more, or for far too much."""
        state = place(3, owned={0: [37, BROWN[0]], 1: [39, BROWN[1]]})
        bot = LevelBot(1)
        asked = answer(state, bot)
        assert isinstance(asked, TradeProposal)
        state = place(3, phase=Phase.PROPOSAL_ACCEPTANCE, turn_seat=1, owned={0: [37, BROWN[0]], 1: [39, BROWN[1]]})
        state.phase_seat = 0
        state.trade = TradeProposal(
            0, asked.asked_money, asked.offered_money + more, asked.asked_properties, asked.offered_properties
        )
        assert answer(state, bot) == expected

    def test_what_was_rejected_and_countered_is_not_proposed_again(self) -> None:
        state = place(3, owned={0: [37, BROWN[0]], 1: [39, BROWN[1]]})
        bot = LevelBot(1)
        asked = answer(state, bot)
        assert isinstance(asked, TradeProposal)
        for turn in range(1, 60):
            state.turn, state.round, state.proposals = 1 + 3 * turn, 1 + turn // 2, 0
            again = answer(state, bot)
            assert (
                not isinstance(again, TradeProposal)
                or again.asked_properties != asked.asked_properties
                or (again.offered_properties != asked.offered_properties)
            )

    def test_with_one_opponent_nothing_is_proposed(self) -> None:
        assert answer(place(2, owned={0: [37, BROWN[0]], 1: [39, BROWN[1]]})) == NEXT_PHASE


class TestCharacter:
    def test_a_bot_likes_some_squares_for_the_whole_game(self) -> None:
        state = place(3)
        liking = [outlook(state, Character(taste=0.5)).gain(0, (square,))[0] for square in CYAN]
        assert len({worth / standard_board().price[s] for worth, s in zip(liking, CYAN, strict=True)}) > 1
        assert liking == [outlook(state, Character(taste=0.5)).gain(0, (square,))[0] for square in CYAN]

    def test_lapses_pass_purchases_as_often_as_they_say(self) -> None:
        passed = 0
        bot = LevelBot(3, lapses=0.4)
        for _ in range(1000):
            passed += answer(deciding(39, seats=4), bot) == DropPurchase(39)
        assert passed / 1000 == pytest.approx(0.4, abs=0.05)

    def test_a_short_sight_counts_fewer_rents(self) -> None:
        state = place(3)
        assert outlook(state, Character(sight=3)).gain(0, (39,))[1] < outlook(state).gain(0, (39,))[1]


def test_a_square_of_a_board_that_nobody_measured_has_the_same_chance_as_any() -> None:
    assert landings(500)[499] == UNMEASURED
    assert landings(500)[39] != UNMEASURED
