"""Rules: choose_fantasy; each of the 21 cards, with no target, in jail, in debt."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Unpack

import pytest

from magnate.engine.actions import NEXT_PHASE, SURRENDER, TAKE_SHOWN_CARD, TAKE_UNSEEN_CARD
from magnate.engine.cards import Card, deck, find_card
from magnate.engine.chance import Scripted, Seeded
from magnate.engine.errors import ChanceError, Reason
from magnate.engine.events import BANK, POT, CardPlayed, Jailed, Jumped
from magnate.engine.game import apply, legal_actions
from magnate.engine.phases import Phase
from magnate.engine.rules.fantasy import EFFECTS
from magnate.engine.state import State
from tests.engine.positions import BROWN, CYAN, Told, do, only, payments, place, refused, stat, the_card

HERE = 2
"""The fantasy square that seat 0 stands on."""
NAMES = [card_type.name for card_type in deck()]


def drawn(
    seats: int = 3,
    *,
    money: Mapping[int, int] | None = None,
    jailed: Mapping[int, int] | None = None,
    owned: Mapping[int, Sequence[int]] | None = None,
    levels: Mapping[int, int] | None = None,
    mortgaged: Sequence[int] = (),
    streak: int = 0,
    pot: int = 0,
    shown: Card | None = None,
) -> State:
    """Return a position where seat 0 chooses a card on HERE; seat 1 stands on 11, seat 2 on 21."""
    return place(
        seats,
        phase=Phase.CHOOSE_FANTASY,
        at={0: HERE, 1: 11} | ({2: 21} if seats > 2 else {}),
        money=money,
        jailed=jailed,
        owned=owned,
        levels=levels,
        mortgaged=mortgaged,
        streak=streak,
        pot=pot,
        card=shown or the_card("goToJail"),
    )


def play(state: State, name: str, value: int | None = None, **told: Unpack[Told]) -> CardPlayed:
    """Take an unseen card, which is that one, and return what it did."""
    told["cards"] = [(name, value)]
    return only(do(state, TAKE_UNSEEN_CARD, **told), CardPlayed)


def a_value(name: str) -> int | None:
    """Return the smallest value of that type of card."""
    return next(card_type.cards[0].value for card_type in deck() if card_type.name == name)


class Spy(Scripted):
    """Draws the first of what it is offered, and notes the offer."""

    def __init__(self, name: str) -> None:
        super().__init__(cards=[(name, a_value(name))])
        self.offers: list[list[int]] = []

    def square(self, squares: Sequence[int]) -> int:
        self.offers.append(list(squares))
        return squares[0]

    def seat(self, seats: Sequence[int]) -> int:
        self.offers.append(list(seats))
        return seats[0]


def offers(state: State, name: str) -> list[list[int]]:
    """Return what chance was offered while the card was played."""
    spy = Spy(name)
    apply(state, 0, TAKE_UNSEEN_CARD, spy)
    return spy.offers


# Choosing


def test_the_player_buys_the_shown_card_or_takes_an_unseen_one() -> None:
    assert legal_actions(drawn(), 0) == [TAKE_SHOWN_CARD, TAKE_UNSEEN_CARD, SURRENDER]


def test_true_buys_the_shown_card_for_its_price_to_the_pot() -> None:
    state = drawn(shown=the_card("winPlainMoney", 200))
    events = do(state, TAKE_SHOWN_CARD)
    assert payments(events) == [(0, POT, 130), (BANK, 0, 200)]
    assert only(events, CardPlayed) == CardPlayed(0, the_card("winPlainMoney", 200), True)
    assert (state.pot, state.balance[0], state.card) == (130, 1570, None)


def test_false_takes_an_unseen_card_free_that_is_drawn_at_that_moment() -> None:
    state = drawn(shown=the_card("winPlainMoney", 200))
    events = do(state, TAKE_UNSEEN_CARD, cards=[("losePlainMoney", 40)])
    assert payments(events) == [(0, POT, 40)]
    assert only(events, CardPlayed) == CardPlayed(0, the_card("losePlainMoney", 40), False)
    assert state.card is None


def test_a_shown_card_that_the_balance_does_not_cover_cannot_be_bought() -> None:
    state = drawn(money={0: 24})
    assert refused(state, TAKE_SHOWN_CARD) == Reason.CARD_NOT_COVERED
    assert legal_actions(state, 0) == [TAKE_UNSEEN_CARD, SURRENDER]


def test_a_card_must_be_taken() -> None:
    assert refused(drawn(), NEXT_PHASE) == Reason.WRONG_PHASE


def test_the_deck_has_21_types_each_with_an_effect() -> None:
    assert len(NAMES) == len(set(NAMES)) == 21
    assert set(EFFECTS) == set(NAMES)


def test_each_type_is_drawn_with_equal_chance_then_each_value() -> None:
    chance = Seeded(5)
    cards = Counter(chance.card() for _ in range(42_000))
    assert set(cards) == {card for card_type in deck() for card in card_type.cards}
    for card_type in deck():
        assert sum(cards[card] for card in card_type.cards) == pytest.approx(2000, rel=0.1)
        for card in card_type.cards:
            assert cards[card] == pytest.approx(2000 / len(card_type.cards), rel=0.2)


def test_a_card_is_found_by_type_and_value() -> None:
    assert find_card("winPlainMoney", 20) == Card("winPlainMoney", 20, 130)
    assert find_card("winPlainMoney", 21) is None
    assert find_card("goToJail", None) == Card("goToJail", None, 25)
    assert find_card("winTheWorld", None) is None


# Money


@pytest.mark.parametrize("value", [20, 60, 120, 150, 200])
def test_win_plain_money(value: int) -> None:
    state = drawn()
    play(state, "winPlainMoney", value)
    assert (state.balance[0], state.pot) == (1500 + value, 0)


@pytest.mark.parametrize(("value", "won"), [(1, 15), (2, 31), (5, 79), (10, 159)])
def test_win_ratio_money(value: int, won: int) -> None:
    state = drawn(money={0: 1599})
    play(state, "winRatioMoney", value)
    assert (state.balance[0], state.pot) == (1599 + won, 0)


@pytest.mark.parametrize("value", [40, 80, 120, 150, 200])
def test_lose_plain_money(value: int) -> None:
    state = drawn()
    play(state, "losePlainMoney", value)
    assert (state.balance[0], state.pot) == (1500 - value, value)


@pytest.mark.parametrize(("value", "lost"), [(1, 15), (2, 31), (5, 79), (10, 159)])
def test_lose_ratio_money(value: int, lost: int) -> None:
    state = drawn(money={0: 1599})
    play(state, "loseRatioMoney", value)
    assert (state.balance[0], state.pot) == (1599 - lost, lost)


def test_a_ratio_is_of_the_balance_after_the_price_of_the_card() -> None:
    state = drawn(money={0: 530}, shown=the_card("winRatioMoney", 10))
    do(state, TAKE_SHOWN_CARD)
    assert state.balance[0] == 33


@pytest.mark.parametrize("value", [20, 30, 50])
def test_share_money_all(value: int) -> None:
    state = drawn(4)
    do(state, SURRENDER, 3)
    play(state, "shareMoneyAll", value)
    assert state.balance == [1500 - 2 * value, 1500 + value, 1500 + value, 0]


@pytest.mark.parametrize("value", [20, 30, 50])
def test_everybody_sends_you_money(value: int) -> None:
    state = drawn(4, money={2: 10})
    do(state, SURRENDER, 3)
    play(state, "everybodySendsYouMoney", value)
    assert state.balance == [1500 + 2 * value, 1500 - value, 10 - value, 0]


def test_who_a_card_puts_in_debt_out_of_turn_goes_on_until_its_own_turn() -> None:
    state = drawn(2, money={1: 10})
    play(state, "everybodySendsYouMoney", 50)
    assert (state.balance[1], state.phase, state.phase_seat) == (-40, Phase.BUSINESS, 0)
    do(state, NEXT_PHASE)
    assert (state.phase, state.turn_seat) == (Phase.ROLL_THE_DICES, 1)


@pytest.mark.parametrize(("coin", "balance", "pot"), [(True, 3000, 0), (False, 0, 1500)])
def test_double_or_nothing(coin: bool, balance: int, pot: int) -> None:
    state = drawn()
    played = play(state, "doubleOrNothing", coins=[coin])
    assert played.doubled is coin
    assert (state.balance[0], state.pot) == (balance, pot)


@pytest.mark.parametrize("pot", [0, 170])
def test_get_parking_money(pot: int) -> None:
    state = drawn(pot=pot)
    play(state, "getParkingMoney")
    assert (state.balance[0], state.pot) == (1500 + pot, 0)


def test_the_pot_is_paid_as_it_was_before_the_price_of_the_card_that_pays_it() -> None:
    state = drawn(pot=70, shown=the_card("getParkingMoney"))
    do(state, TAKE_SHOWN_CARD)
    assert (state.balance[0], state.pot) == (1500 - 500 + 70, 500)


# Jail


def test_go_to_jail() -> None:
    state = drawn(streak=1)
    events = do(state, TAKE_UNSEEN_CARD, cards=[("goToJail", None)])
    assert events[-1] == Jailed(0, HERE)
    assert (state.position[0], state.jail_turns[0], state.streak) == (201, 3, 0)
    assert (state.phase, stat(state, 0, "times_in_jail")) == (Phase.BUSINESS, 1)


def test_send_to_jail() -> None:
    state = drawn(streak=1)
    assert play(state, "sendToJail", seats=[2]).target == 2
    assert (state.position, state.jail_turns) == ([HERE, 11, 201], [0, 0, 3])
    assert (state.streak, state.phase) == (1, Phase.ROLL_THE_DICES)
    assert [stat(state, seat, "times_in_jail") for seat in range(3)] == [0, 0, 1]


def test_send_to_jail_draws_from_the_opponents_not_in_jail() -> None:
    state = drawn(4, jailed={1: 2})
    do(state, SURRENDER, 3)
    assert offers(state, "sendToJail") == [[2]]
    assert offers(drawn(4), "sendToJail") == [[1, 2, 3]]


def test_everybody_to_jail_is_for_three_turns_anew() -> None:
    state = drawn(4, jailed={1: 1}, streak=1)
    do(state, SURRENDER, 3)
    play(state, "everybodyToJail")
    assert (state.position[:3], state.jail_turns) == ([201] * 3, [3, 3, 3, 0])
    assert (state.streak, state.phase) == (0, Phase.BUSINESS)
    assert [stat(state, seat, "times_in_jail") for seat in range(4)] == [1, 1, 1, 0]


# Moves


def test_shuffle_positions_moves_every_player_not_in_jail() -> None:
    state = drawn(4, jailed={1: 2})
    do(state, SURRENDER, 3)
    events = do(state, TAKE_UNSEEN_CARD, cards=[("shufflePositions", None)], squares=[30, 113])
    assert events[1:] == [Jumped(0, HERE, 30), Jumped(2, 21, 113)]
    assert state.position == [30, 201, 113, 0]


def test_move_anywhere_random_moves_the_player() -> None:
    state = drawn()
    play(state, "moveAnywhereRandom", squares=[39])
    assert state.position == [39, 11, 21]


def test_move_opponent_anywhere_random_moves_one_opponent() -> None:
    state = drawn()
    assert play(state, "moveOpponentAnywhereRandom", seats=[1], squares=[39]).target == 1
    assert state.position == [HERE, 39, 21]


def test_move_opponent_draws_from_the_opponents_not_in_jail() -> None:
    state = drawn(4, jailed={1: 2})
    do(state, SURRENDER, 3)
    assert offers(state, "moveOpponentAnywhereRandom")[0] == [2]


def test_magnetism_moves_every_player_not_in_jail_to_the_player() -> None:
    state = drawn(4, jailed={1: 2})
    do(state, SURRENDER, 3)
    events = do(state, TAKE_UNSEEN_CARD, cards=[("magnetism", None)])
    assert events[1:] == [Jumped(2, 21, HERE)]
    assert state.position == [HERE, 201, HERE, 0]


def test_go_to_start_moves_to_exit_and_gets_its_salary_once() -> None:
    state = drawn()
    events = do(state, TAKE_UNSEEN_CARD, cards=[("goToStart", None)])
    assert payments(events) == [(BANK, 0, 200)]
    assert (state.position[0], state.balance[0]) == (0, 1700)


@pytest.mark.parametrize("name", ["shufflePositions", "moveAnywhereRandom", "moveOpponentAnywhereRandom"])
def test_random_squares_are_all_others_but_20_and_201(name: str) -> None:
    state = drawn(2)
    drawn_from = offers(state, name)[-1]
    stood_on = HERE if name == "moveAnywhereRandom" else 11
    assert drawn_from == [square for square in state.board.ids if square not in (20, 201, stood_on)]


@pytest.mark.parametrize("square", [20, 201, HERE])
def test_a_random_move_never_goes_to_20_or_201_or_nowhere(square: int) -> None:
    with pytest.raises(ChanceError):
        play(drawn(), "moveAnywhereRandom", squares=[square])


@pytest.mark.parametrize("square", [39, 10, 111, 0, 4])
def test_cards_move_pieces_without_arrival_effects(square: int) -> None:
    for name, told in (
        ("moveAnywhereRandom", Told(squares=[square])),
        ("moveOpponentAnywhereRandom", Told(seats=[1], squares=[square])),
    ):
        state = drawn(2, owned={0: [39], 1: [39]} if square == 39 else {}, pot=70)
        play(state, name, **told)
        assert (state.balance, state.pot, state.phase, state.card) == ([1500, 1500], 70, Phase.BUSINESS, None)


# Buildings and mortgages


def test_break_opponent_house_takes_a_level_unpaid() -> None:
    state = drawn(owned={1: CYAN}, levels={6: 1, 8: 2, 9: 1})
    assert play(state, "breakOpponentHouse", squares=[8]).squares == (8,)
    assert [state.level[square] for square in CYAN] == [1, 1, 1]
    assert (state.balance, stat(state, 1, "demolished_houses")) == ([1500] * 3, 0)


def test_break_opponent_house_draws_from_the_highest_squares_of_each_group_of_every_opponent() -> None:
    state = drawn(
        owned={0: [11, 13, 14], 1: [*BROWN, *CYAN], 2: [37, 39]},
        levels={1: 3, 3: 2, 6: 1, 8: 1, 37: 5, 39: 5, 11: 4},
    )
    assert offers(state, "breakOpponentHouse") == [[1, 6, 8, 37, 39]]


def test_break_own_house_draws_from_the_highest_squares_of_each_own_group() -> None:
    state = drawn(owned={0: [*BROWN, *CYAN], 1: [37, 39]}, levels={1: 3, 3: 2, 6: 1, 8: 1, 37: 5, 39: 5})
    assert offers(state, "breakOwnHouse") == [[1, 6, 8]]
    assert state.level[1] == 2
    assert (state.balance[0], stat(state, 0, "demolished_houses")) == (1500, 0)


def test_free_house_is_one_level_on_a_random_lowest_square_of_a_buildable_group() -> None:
    state = drawn(owned={0: [*BROWN, *CYAN]}, levels={1: 3, 3: 2, 6: 1})
    assert offers(state, "freeHouse") == [[3, 8, 9]]
    assert state.level[3] == 3
    assert (state.balance[0], stat(state, 0, "built_houses")) == (1500, 0)


def test_free_house_passes_over_groups_that_are_mortgaged_incomplete_full_or_anothers() -> None:
    owned = {0: [*BROWN, *CYAN, 11, 37, 39, 101, 103, 5, 25], 1: [13, 14, 21, 23, 24]}
    state = drawn(owned=owned, levels={1: 5, 3: 5, 101: 4, 103: 5}, mortgaged=[6])
    assert offers(state, "freeHouse") == [[37, 39, 101]]


def test_revive_property_lifts_a_random_mortgage_free() -> None:
    state = drawn(owned={0: [1, 5, 15, 39], 1: [6]}, mortgaged=[1, 5, 6, 15])
    assert offers(state, "reviveProperty") == [[1, 5, 15]]
    assert [square for square in state.board.buyable if state.mortgaged[square]] == [5, 6, 15]
    assert state.balance[0] == 1500


def test_earthquake_takes_one_level_from_every_square_with_a_building_at_once() -> None:
    state = drawn(owned={0: BROWN, 1: CYAN}, levels={1: 5, 3: 4, 6: 1, 8: 1})
    assert play(state, "earthquake").squares == (1, 3, 6, 8)
    assert [state.level[square] for square in (*BROWN, *CYAN)] == [4, 3, 0, 0, 0]
    assert state.balance == [1500] * 3


# No target


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("sendToJail", drawn(jailed={1: 1, 2: 3})),
        ("moveOpponentAnywhereRandom", drawn(jailed={1: 1, 2: 3})),
        ("magnetism", drawn(jailed={1: 1, 2: 3})),
        ("breakOpponentHouse", drawn(owned={0: BROWN, 1: CYAN}, levels={1: 1})),
        ("breakOwnHouse", drawn(owned={0: BROWN, 1: CYAN}, levels={6: 1})),
        ("freeHouse", drawn(owned={0: [*BROWN, 6, 11, 13, 14], 1: [8]}, levels={1: 5, 3: 5}, mortgaged=[11])),
        ("reviveProperty", drawn(owned={0: BROWN, 1: CYAN}, mortgaged=[6])),
        ("earthquake", drawn(owned={0: BROWN, 1: CYAN})),
        ("getParkingMoney", drawn()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_card_with_no_possible_target_does_nothing_and_its_result_is_null(name: str, state: State) -> None:
    state = state.copy()
    before = state.copy()
    events = do(state, TAKE_UNSEEN_CARD, cards=[(name, None)])
    assert events == [CardPlayed(0, the_card(name), False, None, (), None)]
    before.phase, before.card = Phase.BUSINESS, None
    before.stats[3] += 1  # the card is counted
    assert state == before


# Jail


@pytest.mark.parametrize("name", [name for name in NAMES if name != "everybodyToJail"])
def test_players_in_jail_are_not_moved_by_any_card_but_the_jail_cards(name: str) -> None:
    state = drawn(jailed={1: 1, 2: 3}, owned={0: BROWN, 1: CYAN}, levels={6: 1, 1: 1})
    do(state, TAKE_UNSEEN_CARD, cards=[(name, a_value(name))], then=Seeded(9))
    assert (state.position[1:], state.jail_turns[1:]) == ([201, 201], [1, 3])


@pytest.mark.parametrize("name", ["shareMoneyAll", "everybodySendsYouMoney"])
def test_players_in_jail_take_part_in_cards_about_money(name: str) -> None:
    state = drawn(jailed={1: 1})
    play(state, name, 50)
    assert abs(state.balance[1] - 1500) == 50


# Debt

AFTER_DEBT_OF_100 = {
    "winPlainMoney": -80,
    "winRatioMoney": -100,
    "losePlainMoney": -140,
    "loseRatioMoney": -100,
    "shareMoneyAll": -140,
    "everybodySendsYouMoney": -60,
    "doubleOrNothing": -100,
    "getParkingMoney": -30,
    "goToStart": 100,
}
"""The balance after each card that moves money, with the smallest value; every other leaves the debt as it is."""


@pytest.mark.parametrize("streak", [0, 1])
@pytest.mark.parametrize("name", NAMES)
def test_a_player_in_debt_plays_each_card_and_then_liquidates(name: str, streak: int) -> None:
    state = drawn(money={0: -100}, owned={0: BROWN, 1: CYAN}, levels={6: 1, 1: 1}, pot=70, streak=streak)
    assert legal_actions(state, 0) == [TAKE_UNSEEN_CARD, SURRENDER]
    do(state, TAKE_UNSEEN_CARD, cards=[(name, a_value(name))], then=Seeded(4))
    assert state.balance[0] == AFTER_DEBT_OF_100.get(name, -100)
    out_of_debt = Phase.ROLL_THE_DICES if streak else Phase.BUSINESS
    assert state.phase is (out_of_debt if name == "goToStart" else Phase.LIQUIDATION)
    assert stat(state, 0, "num_fantasy_events") == 1


@pytest.mark.parametrize("coin", [True, False])
def test_the_coin_is_tossed_also_when_there_is_nothing_to_double(coin: bool) -> None:
    for money in (0, -100):
        state = drawn(money={0: money})
        assert play(state, "doubleOrNothing", coins=[coin]).doubled is coin
        assert (state.balance[0], state.pot) == (money, 0)


@pytest.mark.parametrize("name", NAMES)
def test_opponents_in_debt_are_struck_like_others(name: str) -> None:
    state = drawn(2, money={1: -100}, owned={1: CYAN}, levels={6: 1})
    do(state, TAKE_UNSEEN_CARD, cards=[(name, a_value(name))], then=Seeded(4))
    assert state.balance[1] == {"shareMoneyAll": -80, "everybodySendsYouMoney": -120}.get(name, -100)
    assert state.phase_seat == 0


# What follows


@pytest.mark.parametrize("streak", [0, 1])
@pytest.mark.parametrize("name", NAMES)
def test_after_each_card_the_game_goes_on_as_after_an_arrival(name: str, streak: int) -> None:
    state = drawn(owned={0: BROWN, 1: CYAN}, levels={6: 1, 1: 1}, streak=streak)
    do(state, TAKE_UNSEEN_CARD, cards=[(name, a_value(name))], then=Seeded(4))
    jailed = name in ("goToJail", "everybodyToJail")
    assert state.phase is (Phase.ROLL_THE_DICES if streak and not jailed else Phase.BUSINESS)
    assert state.card is None


@pytest.mark.parametrize("name", [name for name in NAMES if name != "getParkingMoney"])
def test_each_card_does_the_same_bought_as_unseen(name: str) -> None:
    value = a_value(name)
    card = the_card(name, value)
    unseen = drawn(owned={0: BROWN, 1: CYAN}, levels={6: 1, 1: 1}, money={0: 1000})
    bought = drawn(
        owned={0: BROWN, 1: CYAN}, levels={6: 1, 1: 1}, money={0: 1000 + card.price}, pot=-card.price, shown=card
    )
    first = do(unseen, TAKE_UNSEEN_CARD, cards=[(name, value)], then=Seeded(4))
    second = do(bought, TAKE_SHOWN_CARD, then=Seeded(4))
    assert payments(second)[0] == (0, POT, card.price)
    assert payments(first) == payments(second)[1:]
    bought.stats = unseen.stats = []
    assert bought == unseen
