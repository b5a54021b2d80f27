"""Rules: the introduction (money) and Words."""

import pytest

from magnate.engine.actions import (
    ACCEPT,
    NEXT_PHASE,
    PAY_BAIL,
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
    TakeTram,
    TradeProposal,
)
from magnate.engine.errors import Reason
from magnate.engine.phases import Phase
from magnate.engine.rules.money import percent
from magnate.engine.state import State
from tests.engine.positions import BROWN, Told, deciding, do, in_jail, place, refused, the_card, to_roll

DEBT = {0: 10, 1: 10}


def short_of_a_card() -> State:
    return place(phase=Phase.CHOOSE_FANTASY, at={0: 2}, money={0: 129}, card=the_card("winPlainMoney", 20))


def test_all_money_is_a_whole_number() -> None:
    assert percent(199, 1) == 1
    state = place(phase=Phase.CHOOSE_FANTASY, at={0: 2}, money={0: 1999}, card=the_card("goToJail"))
    do(state, TAKE_UNSEEN_CARD, cards=[("loseRatioMoney", 1)])
    assert state.balance[0] == 1980
    assert type(state.balance[0]) is int


@pytest.mark.parametrize(("balance", "value", "share"), [(99, 1, 0), (100, 1, 1), (1999, 10, 199), (0, 10, 0)])
def test_percentages_round_toward_zero(balance: int, value: int, share: int) -> None:
    assert percent(balance, value) == share


def test_rent_may_take_a_balance_below_zero() -> None:
    state = place(phase=Phase.ROLL_THE_DICES, money={0: 5}, owned={1: [6]})
    do(state, THROW_DICES, dice=[1, 4, 1])
    assert state.balance[0] == -1


def test_forced_bail_may_take_a_balance_below_zero() -> None:
    state = in_jail(1, money=39)
    do(state, THROW_DICES, dice=[1, 2])
    assert state.balance[0] == -1


def test_a_card_may_take_a_balance_below_zero() -> None:
    state = place(phase=Phase.CHOOSE_FANTASY, at={0: 2}, money={0: 39}, card=the_card("goToJail"))
    do(state, TAKE_UNSEEN_CARD, cards=[("losePlainMoney", 40)])
    assert state.balance[0] == -1


CHOICES: list[tuple[State, int, Action, Reason]] = [
    (deciding(6, money={0: 99}), 0, BuySquare(6), Reason.PRICE_NOT_COVERED),
    (place(owned={0: BROWN}, money={0: 49}), 0, Build(1), Reason.BUILD_NOT_COVERED),
    (place(phase=Phase.AUCTION, at={0: 6}, money={1: 7}), 1, Bid(8), Reason.BID_NOT_COVERED),
    (deciding(10, money={0: 29}), 0, TakeTram(30), Reason.FARE_NOT_COVERED),
    (short_of_a_card(), 0, TAKE_SHOWN_CARD, Reason.CARD_NOT_COVERED),
    (in_jail(money=39), 0, PAY_BAIL, Reason.BAIL_NOT_COVERED),
    (place(money=DEBT), 0, TradeProposal(1, offered_money=11), Reason.TRADE_NOT_COVERED),
    (place(owned={0: [1]}, mortgaged=[1], money={0: 29}), 0, MortgageUnset(1), Reason.LIFTING_NOT_COVERED),
]


@pytest.mark.parametrize(("state", "seat", "action", "reason"), CHOICES, ids=[row[3].value for row in CHOICES])
def test_a_choice_that_the_balance_does_not_cover_is_refused(
    state: State, seat: int, action: Action, reason: Reason
) -> None:
    assert refused(state, action, seat) == reason


@pytest.mark.parametrize(("state", "seat", "action", "reason"), CHOICES, ids=[row[3].value for row in CHOICES])
def test_a_choice_that_the_balance_covers_to_the_last_unit_is_done(
    state: State, seat: int, action: Action, reason: Reason
) -> None:
    state = state.copy()
    state.balance[seat] += 1
    state.bank -= 1
    assert refused(state, action, seat) is None
    do(state, action, seat)


def test_the_phase_player_differs_from_the_turn_player_while_a_trade_is_answered() -> None:
    state = place()
    assert state.phase_seat == state.turn_seat == 0
    do(state, TradeProposal(1, offered_money=1))
    assert (state.turn_seat, state.phase_seat) == (0, 1)
    do(state, ACCEPT)
    assert state.phase_seat == state.turn_seat == 0


def test_the_phase_player_is_the_turn_player_in_every_other_phase() -> None:
    state = to_roll()
    do(state, THROW_DICES, dice=[2, 3, 1])
    assert (state.phase, state.phase_seat) == (Phase.MANAGEMENT, 0)
    do(state, DropPurchase(6))
    assert (state.phase, state.phase_seat) == (Phase.AUCTION, 0)
    do(state, Bid(0), 1)
    assert (state.phase, state.phase_seat) == (Phase.BUSINESS, 0)
    do(state, NEXT_PHASE)
    assert (state.turn_seat, state.phase_seat) == (1, 1)


def test_the_bank_is_everybody_elses_counterpart() -> None:
    state = deciding(6)
    bank = state.bank
    do(state, BuySquare(6))
    assert state.bank == bank + 100


@pytest.mark.parametrize(
    ("state", "action", "told", "fee"),
    [
        (in_jail(), PAY_BAIL, {}, 40),
        (in_jail(1), THROW_DICES, {"dice": [1, 2]}, 40),
        (deciding(10), TakeTram(30), {}, 30),
        (
            place(phase=Phase.CHOOSE_FANTASY, at={0: 2}, card=the_card("winPlainMoney", 20)),
            TAKE_SHOWN_CARD,
            {},
            130,
        ),
        (
            place(phase=Phase.CHOOSE_FANTASY, at={0: 2}, card=the_card("goToJail")),
            TAKE_UNSEEN_CARD,
            {"cards": [("losePlainMoney", 80)]},
            80,
        ),
        (
            place(phase=Phase.CHOOSE_FANTASY, at={0: 2}, card=the_card("goToJail")),
            TAKE_UNSEEN_CARD,
            {"cards": [("loseRatioMoney", 10)]},
            150,
        ),
        (
            place(phase=Phase.CHOOSE_FANTASY, at={0: 2}, card=the_card("goToJail")),
            TAKE_UNSEEN_CARD,
            {"cards": [("doubleOrNothing", None)], "coins": [False]},
            1500,
        ),
    ],
    ids=["bail", "forced bail", "fare", "card price", "losePlainMoney", "loseRatioMoney", "doubleOrNothing"],
)
def test_the_pot_collects_every_fine_and_fee(state: State, action: Action, told: Told, fee: int) -> None:
    bank = state.bank
    do(state, action, **told)
    assert state.pot == fee
    assert state.bank - bank in (0, -20)  # the card that was bought for 130 wins 20


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (deciding(6), BuySquare(6)),
        (place(owned={0: BROWN}), Build(1)),
        (place(owned={0: BROWN}, levels={1: 1}), Demolish(1)),
        (place(owned={0: BROWN}), MortgageSet(1)),
        (place(owned={0: BROWN}, mortgaged=[1]), MortgageUnset(1)),
    ],
    ids=["price", "build", "demolish", "mortgage", "lifting"],
)
def test_prices_of_property_buildings_and_mortgages_do_not_go_to_the_pot(state: State, action: Action) -> None:
    balance, bank = state.balance[0], state.bank
    do(state, action)
    assert state.pot == 0
    assert state.bank - bank == balance - state.balance[0] != 0
