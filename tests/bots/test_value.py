"""Each formula of the value model (docs: Bots, The value model), held to values computed by hand."""

from fractions import Fraction

import pytest

from magnate.bots import value
from magnate.bots.value import PARTS
from magnate.engine.actions import (
    ACCEPT,
    ACTION_TYPES,
    DECLINE_BAIL,
    NEXT_PHASE,
    PAY_BAIL,
    REJECT,
    SURRENDER,
    TAKE_SHOWN_CARD,
    TAKE_UNSEEN_CARD,
    THROW_DICES,
    Action,
    Bid,
    Build,
    BuySquare,
    Demolish,
    DropPurchase,
    MortgageSet,
    MortgageUnset,
    MoveTo,
    Surrender,
    TakeTram,
    TradeProposal,
    bid,
)
from magnate.engine.board import PLAIN_GROUPS, standard_board
from magnate.engine.phases import Phase
from magnate.engine.rules.rent import rent
from magnate.engine.state import State
from tests.engine.positions import BROWN, CYAN, deciding, in_jail, place, the_card

BUYABLE = standard_board().buyable
TWO = Fraction(499, 54)
"""Visits at turn 1 with one opponent."""
THREE = 2 * TWO
FOUR = 3 * TWO


def money(parts: int) -> Fraction:
    return Fraction(parts, PARTS)


def worth(state: State, action: Action, seat: int = 0) -> Fraction:
    return money(value.expected_value(state, seat, action))


class TestVisits:
    """visits of a square = 1/54 × opponents × turns left, turns left counted from 500 (at least 1)."""

    @pytest.mark.parametrize(("turn", "left"), [(1, 499), (120, 380), (499, 1), (500, 1), (1000, 1)])
    def test_turns_left_are_counted_from_500_and_are_at_least_1(self, turn: int, left: int) -> None:
        state = place(2)
        state.turn = turn
        assert value.turns_left(state) == left
        assert money(value.visits(state)) == Fraction(left, 54)

    @pytest.mark.parametrize(("seats", "visits"), [(2, TWO), (3, THREE), (4, FOUR)])
    def test_visits_grow_with_the_opponents(self, seats: int, visits: Fraction) -> None:
        assert money(value.visits(place(seats))) == visits

    def test_who_left_the_game_is_no_opponent(self) -> None:
        state = place(4)
        state.alive[2] = False
        assert value.opponents(state) == 2
        assert money(value.visits(state)) == THREE


class TestBuy:
    """buy = rent gained × visits + block − price + price/2."""

    def test_a_plain_square_gains_its_rent(self) -> None:
        assert worth(deciding(39), BuySquare(39)) == 50 * TWO - 400 + 200

    def test_a_completed_group_doubles(self) -> None:
        assert value.rent_gained(place(owned={0: [1]}), 0, 3) == 2 * 4 + 2
        assert value.rent_gained(place(owned={0: [6, 8]}), 0, 9) == 2 * 8 + 6 + 6
        assert value.rent_gained(place(owned={0: [6]}), 0, 9) == 8

    def test_a_mortgaged_square_of_the_group_does_not_double(self) -> None:
        assert value.rent_gained(place(owned={0: [1]}, mortgaged=[1]), 0, 3) == 2 * 4

    @pytest.mark.parametrize(("square", "other", "one", "two"), [(5, 25, 20, 60 + 40), (15, 35, 20, 40 + 20)])
    def test_a_second_server_or_bridge_makes_a_step(self, square: int, other: int, one: int, two: int) -> None:
        assert value.rent_gained(place(), 0, square) == one
        assert value.rent_gained(place(owned={0: [other]}), 0, square) == two

    def test_a_mortgaged_server_makes_no_step(self) -> None:
        assert value.rent_gained(place(owned={0: [25]}, mortgaged=[25]), 0, 5) == 60

    def test_block_is_the_largest_rent_an_opponent_would_gain_times_visits_per_opponent(self) -> None:
        state = place(3, owned={1: [1]})
        assert money(value.block(state, 0, 3)) == 10 * THREE / 2
        state = place(3, owned={1: [6], 2: [8]})
        assert money(value.block(state, 0, 9)) == 8 * THREE / 2
        state = place(4, owned={1: [25]})
        assert money(value.block(state, 0, 5)) == 100 * FOUR / 3

    def test_there_is_no_block_unless_an_opponent_holds_part_of_the_group(self) -> None:
        assert value.block(place(3), 0, 3) == 0
        assert value.block(place(3, owned={0: [1]}), 0, 3) == 0

    def test_block_is_part_of_the_value(self) -> None:
        state = deciding(3, seats=3)
        free = worth(state, BuySquare(3))
        assert free == 4 * THREE - 60 + 30
        state = place(3, phase=Phase.MANAGEMENT, at={0: 3}, owned={1: [1]})
        assert worth(state, BuySquare(3)) == free + 10 * THREE / 2

    def test_dropping_the_purchase_is_worth_nothing(self) -> None:
        assert worth(deciding(39), DropPurchase(39)) == 0


class TestBuildings:
    """build = rent step × visits − build price; demolish = refund − rent step lost × visits."""

    def test_build(self) -> None:
        state = place(owned={0: BROWN}, levels={1: 1, 3: 1})
        assert worth(state, Build(3)) == (60 - 20) * TWO - 50

    def test_the_first_building_ends_the_doubling_of_its_own_square_only(self) -> None:
        assert worth(place(owned={0: BROWN}), Build(3)) == (20 - 2 * 4) * TWO - 50
        assert worth(place(owned={0: (37, 39)}), Build(37)) == (175 - 2 * 35) * TWO - 200
        assert worth(place(owned={0: (37, 39)}, levels={39: 1}), Build(37)) == (175 - 2 * 35) * TWO - 200

    def test_every_step_is_what_the_rules_charge_after_less_what_they_charge_before(self) -> None:
        board = standard_board()
        for members in board.members[1 : PLAIN_GROUPS + 1]:
            for square in members:
                for before in range(6):
                    for after in range(6):
                        states = [place(owned={0: members}, levels={square: level}) for level in (before, after)]
                        charged = [rent(state, square) for state in states]
                        assert value.rent_step(states[0], square, after - before) == charged[1] - charged[0]

    def test_several_levels_at_once(self) -> None:
        state = place(owned={0: BROWN}, levels={1: 1})
        assert worth(state, Build(3, 2)) == (60 - 2 * 4) * TWO - 100

    def test_the_hotel(self) -> None:
        state = place(owned={0: BROWN}, levels={1: 5, 3: 4})
        assert worth(state, Build(3)) == (450 - 320) * TWO - 50

    def test_demolish(self) -> None:
        state = place(owned={0: BROWN}, levels={1: 2, 3: 2})
        assert worth(state, Demolish(1)) == 25 - (30 - 10) * TWO
        assert worth(state, Demolish(3, 1)) == 25 - (60 - 20) * TWO

    def test_the_last_building_gone_brings_the_doubling_of_its_square_back(self) -> None:
        assert worth(place(owned={0: BROWN}, levels={3: 1}), Demolish(3)) == 25 - (20 - 2 * 4) * TWO

    def test_demolishing_is_minus_building_but_for_the_refund(self) -> None:
        before, after = place(owned={0: CYAN}, levels={6: 1}), place(owned={0: CYAN}, levels={6: 1, 8: 1})
        assert worth(before, Build(8)) + worth(after, Demolish(8)) == 25 - 50


class TestMortgages:
    """mortgage = half price − rent lost × visits; lifting = rent regained × visits − half price."""

    def test_mortgage(self) -> None:
        assert worth(place(owned={0: [39]}), MortgageSet(39)) == 200 - 50 * TWO

    def test_a_mortgage_loses_the_doubled_rent_of_a_whole_group(self) -> None:
        assert worth(place(owned={0: BROWN}), MortgageSet(3)) == 30 - 8 * TWO

    def test_lifting(self) -> None:
        assert worth(place(owned={0: [39]}, mortgaged=[39]), MortgageUnset(39)) == 50 * TWO - 200
        assert worth(place(owned={0: BROWN}, mortgaged=[3]), MortgageUnset(3)) == 8 * TWO - 30

    @pytest.mark.parametrize(("servers", "rent"), [([5], 20), ([5, 25], 60)])
    def test_servers(self, servers: list[int], rent: int) -> None:
        assert worth(place(owned={0: servers}), MortgageSet(5)) == 150 - rent * TWO
        assert worth(place(owned={0: servers}, mortgaged=[5]), MortgageUnset(5)) == rent * TWO - 150


class TestSquareToMoveTo:
    """unowned buyable: its buy value; another's: minus the rent; parking: the pot; exit: the salary; …"""

    def test_an_unowned_square_is_worth_its_buy_value(self) -> None:
        assert worth(place(), MoveTo(39)) == 50 * TWO - 200

    def test_another_players_square_is_worth_minus_the_rent(self) -> None:
        assert worth(place(owned={1: BROWN}, levels={3: 1}), MoveTo(3)) == -20
        assert worth(place(owned={1: BROWN}, mortgaged=[3]), MoveTo(3)) == 0

    def test_parking_is_worth_the_pot(self) -> None:
        assert worth(place(pot=170), MoveTo(111)) == 170

    def test_exit_is_worth_the_salary(self) -> None:
        assert worth(place(), MoveTo(0)) == 200

    def test_go_to_jail_is_worth_minus_the_value_of_leaving_jail(self) -> None:
        state = place(owned={1: [39]})
        assert worth(state, MoveTo(20)) == -money(value.leaving_jail(state, 0)) < 0

    @pytest.mark.parametrize("square", [2, 10, 104, 5])
    def test_fantasy_and_all_else_are_worth_nothing(self, square: int) -> None:
        assert worth(place(owned={0: [5]}), MoveTo(square)) == 0


class TestTram:
    """tram = mean value of the next twelve squares minus the fare, against the mean from here."""

    def state(self, pot: int = 0) -> State:
        """Return a position on the tram 10 where nothing but exit and parking is worth anything."""
        return place(phase=Phase.MANAGEMENT, at={0: 10}, owned={0: BUYABLE}, pot=pot)

    def test_a_ride(self) -> None:
        # Ten steps from 30 lead over the outer ring to exit; nothing else ahead of 30 or of 10 counts here.
        assert worth(self.state(), TakeTram(30)) == Fraction(200, 12) - 30

    def test_what_is_ahead_of_here_counts_against_it(self) -> None:
        # Parking lies eleven steps from 10 (over the inner ring), four from 107, and not ahead of 30.
        state = self.state(pot=600)
        assert worth(state, TakeTram(30)) == Fraction(200, 12) - 30 - Fraction(600, 12)
        assert worth(state, TakeTram(107)) == Fraction(600, 12) - 30 - Fraction(600, 12)
        state.position[0] = 30
        assert worth(state, TakeTram(107)) == Fraction(600, 12) - 30 - Fraction(200, 12)

    def test_the_twelfth_square_counts_and_the_stop_itself_does_not(self) -> None:
        mine = [square for square in BUYABLE if square != 21]
        state = place(at={0: 10}, owned={0: mine, 1: [21]})
        # Twelve steps from 100 lead over 15 and the outer ring to 21; nothing before that is worth anything.
        assert money(value.mean_ahead(state, 0, 100)) == Fraction(-18, 12)

    def test_staying_is_worth_nothing(self) -> None:
        assert worth(self.state(), TakeTram(10)) == 0
        assert worth(self.state(), NEXT_PHASE) == 0


class TestJail:
    """leaving jail = sum of buy values of what is unowned − expected rents; minus the bail when paid."""

    def state(self) -> State:
        """Return a position in jail where only 39 is unowned, and the opponent has 1 and 25."""
        mine = [square for square in BUYABLE if square not in (39, 1, 25)]
        return place(phase=Phase.ROLL_THE_DICES, jailed={0: 2}, owned={0: mine, 1: [1, 25]})

    LEAVING = (2 * 50 + 35) * TWO - 200 - Fraction(2 + 20, 54)

    def test_leaving_jail(self) -> None:
        assert money(value.leaving_jail(self.state(), 0)) == self.LEAVING

    def test_every_unowned_square_counts(self) -> None:
        total = sum([standard_board().rents[square][0] for square in BUYABLE])
        price = sum([standard_board().price[square] for square in BUYABLE])
        assert money(value.leaving_jail(in_jail(), 0)) == total * TWO - Fraction(price, 2)

    def test_the_bail_counts_when_paid(self) -> None:
        assert worth(self.state(), PAY_BAIL) == self.LEAVING - 40
        assert worth(self.state(), DECLINE_BAIL) == 0

    def test_a_roll_frees_with_a_chance_of_one_in_six(self) -> None:
        assert worth(self.state(), THROW_DICES) == self.LEAVING / 6

    def test_a_roll_of_a_free_player_is_worth_nothing(self) -> None:
        assert worth(place(phase=Phase.ROLL_THE_DICES), THROW_DICES) == 0


class TestBid:
    """bid = min(balance − the highest rent on the board that others may charge, 0.75 × (buy value + price))."""

    def auction(self, square: int, **position: int) -> State:
        state = place(3, phase=Phase.AUCTION, turn_seat=2, at={2: square}, money={0: position.get("money", 1500)})
        state.phase_seat = 2
        return state

    def test_three_quarters_of_buy_value_and_price(self) -> None:
        # 2 × 998/54 = 36.96…; with half of the price it is 66.96…, of which 50.2… are three quarters.
        assert value.best_bid(self.auction(1), 0) == 50

    def test_no_more_than_the_balance_leaves_after_the_highest_rent(self) -> None:
        state = place(
            3, phase=Phase.AUCTION, turn_seat=2, at={2: 39}, money={0: 500}, owned={0: CYAN, 1: BROWN}, levels={3: 4}
        )
        assert value.highest_rent(state, 0) == 320
        assert value.best_bid(state, 0) == 180

    def test_ones_own_and_mortgaged_squares_charge_nothing(self) -> None:
        assert value.highest_rent(place(owned={0: [39], 1: [37]}, mortgaged=[37]), 0) == 0

    def test_who_must_keep_more_than_it_has_passes(self) -> None:
        assert value.best_bid(self.auction(39, money=0), 0) == 0
        assert value.best_bid(self.auction(39, money=-50), 0) == 0


class TestTrade:
    """trade = own gain − rival's gain ÷ opponents, where gain is money + value of squares got − given."""

    def test_gain_is_money_and_the_value_of_squares_got_less_given(self) -> None:
        state = place(3, owned={0: [39], 1: [1]})
        assert money(value.trade_gain(state, 0, 100, (1,), (39,))) == 100 + 2 * THREE + 30 - (50 * THREE + 200)

    def test_a_completed_group_counts_with_its_doubling(self) -> None:
        state = place(3, owned={0: [1], 1: [3]})
        assert money(value.trade_gain(state, 0, 0, (3,), ())) == (8 + 2) * THREE + 30

    def test_squares_are_valued_together(self) -> None:
        state = place(3, owned={1: BROWN})
        assert money(value.trade_gain(state, 0, 0, BROWN, ())) == (4 + 8) * THREE + 60
        assert money(value.trade_gain(state, 1, 0, (), BROWN)) == -(4 + 8) * THREE - 60

    def test_a_square_of_the_same_group_given_and_got(self) -> None:
        state = place(3, owned={0: [6, 8], 1: [9]})
        assert money(value.trade_gain(state, 0, 0, (9,), (6,))) == (8 - 6) * THREE + 60 - 50

    def test_a_second_server_counts_with_its_step(self) -> None:
        state = place(3, owned={0: [5], 1: [25]})
        assert money(value.trade_gain(state, 0, 0, (25,), ())) == (120 - 20) * THREE + 150

    def test_a_mortgaged_square_is_worth_less_by_the_half_price_that_lifting_costs(self) -> None:
        state = place(3, owned={1: [39]}, mortgaged=[39])
        assert money(value.trade_gain(state, 0, 0, (39,), ())) == 50 * THREE
        assert money(value.square_worth(state, 0, 39)) == 50 * THREE

    @pytest.mark.parametrize("paid", [-500, -1, 0, 1, 30, 100, 500])
    @pytest.mark.parametrize(("asked", "offered"), [((3,), ()), ((3,), (39,)), ((37,), (1,)), (BROWN[1:], (6,))])
    def test_money_changes_hands_and_not_what_both_gain_in_all(
        self, paid: int, asked: tuple[int, ...], offered: tuple[int, ...]
    ) -> None:
        state = place(4, owned={0: [1, 6, 39], 1: [3, 37]})
        squares = TradeProposal(1, offered_properties=offered, asked_properties=asked)
        trade = TradeProposal(1, max(paid, 0), max(-paid, 0), offered, asked)
        mine, theirs = value.trade_gains(state, 0, squares)
        assert value.trade_gains(state, 0, trade) == (mine - paid * PARTS, theirs + paid * PARTS)
        if mine + theirs <= 0:
            assert min(value.trade_value(state, seat, 0, trade) for seat in (0, 1)) <= 0

    def test_the_rivals_gain_counts_against_it_divided_by_the_opponents(self) -> None:
        state = place(4, owned={0: [1], 1: [3]})
        trade = TradeProposal(1, offered_money=100, asked_properties=(3,))
        mine = 10 * FOUR + 30 - 100
        theirs = 100 - 4 * FOUR - 30
        assert worth(state, trade) == mine - theirs / 3
        state.trade, state.phase, state.phase_seat = trade, Phase.PROPOSAL_ACCEPTANCE, 1
        assert worth(state, ACCEPT, 1) == theirs - mine / 3
        assert worth(state, REJECT, 1) == 0

    def test_the_value_of_a_wanted_square(self) -> None:
        assert money(value.square_worth(place(3, owned={0: [1], 1: [3]}), 0, 3)) == 10 * THREE + 30


class TestCardsAndSurrender:
    """cards: 0 either way. Surrender: only when nothing else is legal."""

    def test_cards_are_worth_nothing_either_way(self) -> None:
        state = place(phase=Phase.CHOOSE_FANTASY, card=the_card("getParkingMoney"), pot=1000)
        assert worth(state, TAKE_SHOWN_CARD) == worth(state, TAKE_UNSEEN_CARD) == 0

    @pytest.mark.parametrize("action", [SURRENDER, bid(5)])
    def test_surrender_and_bids_are_not_weighed(self, action: Action) -> None:
        with pytest.raises(KeyError):
            value.expected_value(place(), 0, action)

    def test_every_other_kind_of_action_has_a_formula(self) -> None:
        assert {*value._FORMULAS} == {*ACTION_TYPES} - {Surrender, Bid}
