"""Rules: Moving and arriving."""

from collections.abc import Callable, Mapping
from functools import partial

import pytest

from magnate.engine.actions import NEXT_PHASE, TAKE_UNSEEN_CARD, THROW_DICES, BuySquare, DropPurchase, MoveTo
from magnate.engine.actions import Bid as BidAction
from magnate.engine.board import Kind
from magnate.engine.events import BANK, POT, CardShown, Jailed
from magnate.engine.phases import Phase
from magnate.engine.state import State
from tests.engine.positions import CYAN, deciding, do, only, payments, place, stat, the_card, to_roll

Payments = list[tuple[int, int, int]]
STARTS = {4: 0, 20: 16, 10: 6, 0: 36, 104: 100, 111: 107, 9: 5, 2: 38}
"""Where four steps to a square begin."""


def walked(to: int, *, money: int = 1500, streak: int = 0, state: State | None = None) -> tuple[State, Payments]:
    """Return the position and the payments after seat 0, with that money, walked 4 steps to `to`."""
    state = place() if state is None else state
    state.phase = Phase.ROLL_THE_DICES
    state.position[0] = STARTS[to]
    state.bank += state.balance[0] - money
    state.balance[0] = money
    cards = [("goToJail", None)] if state.board.kind[to] is Kind.FANTASY else []
    if streak:
        do(state, THROW_DICES, dice=[2, 2, 6])
        events = do(state, MoveTo(to), cards=cards)
    else:
        events = do(state, THROW_DICES, dice=[1, 2, 1], cards=cards)
    return state, payments(events)


# Exit


def test_passing_exit_pays_200() -> None:
    state, paid = walked(2)
    assert paid == [(BANK, 0, 200)]
    assert state.balance[0] == 1700


def test_landing_on_exit_pays_200_once() -> None:
    state, paid = walked(0)
    assert paid == [(BANK, 0, 200)]
    assert (state.balance[0], state.phase) == (1700, Phase.BUSINESS)


def test_leaving_exit_pays_nothing() -> None:
    assert walked(4)[1] == []


# To jail


def test_landing_on_go_to_jail_sends_to_jail() -> None:
    state, paid = walked(20)
    assert (state.position[0], paid) == (201, [])


def test_to_jail_means_square_201_three_jail_turns_streak_0_then_business() -> None:
    state, _ = walked(20, streak=1)
    assert (state.position[0], state.jail_turns[0], state.streak, state.phase) == (201, 3, 0, Phase.BUSINESS)
    assert stat(state, 0, "times_in_jail") == 1


def to_jail_by_a_third_double(money: int) -> State:
    state = to_roll(streak=2, money=money)
    do(state, THROW_DICES, dice=[2, 2, 1])
    return state


def to_jail_by_a_card(name: str, money: int) -> State:
    state = place(phase=Phase.CHOOSE_FANTASY, at={0: 2}, card=the_card("magnetism"), streak=1, money={0: money})
    do(state, TAKE_UNSEEN_CARD, cards=[(name, None)])
    return state


def to_jail_by_a_triple(money: int) -> State:
    state = place(phase=Phase.CHOOSE_SQUARE, choices=place().board.jump_choices, money={0: money})
    do(state, MoveTo(20))
    return state


WAYS_TO_JAIL: dict[str, Callable[[int], State]] = {
    "on foot": lambda money: walked(20, money=money)[0],
    "a third double": to_jail_by_a_third_double,
    "a triple": to_jail_by_a_triple,
    "goToJail": partial(to_jail_by_a_card, "goToJail"),
    "everybodyToJail": partial(to_jail_by_a_card, "everybodyToJail"),
}


@pytest.mark.parametrize(("money", "phase"), [(0, Phase.BUSINESS), (-5, Phase.LIQUIDATION)])
@pytest.mark.parametrize("way", WAYS_TO_JAIL)
def test_to_jail_is_followed_by_liquidation_in_debt_and_else_by_business(way: str, money: int, phase: Phase) -> None:
    state = WAYS_TO_JAIL[way](money)
    assert (state.position[0], state.jail_turns[0], state.streak, state.phase) == (201, 3, 0, phase)


def test_the_way_to_jail_is_no_walk_over_exit() -> None:
    state = to_roll(at=16)
    events = do(state, THROW_DICES, dice=[1, 2, 1])
    assert only(events, Jailed) == Jailed(0, 20)
    assert stat(state, 0, "walked_squares") == 4
    assert state.balance[0] == 1500


# Arrival


def test_on_a_square_of_another_the_rent_is_paid_to_its_owner_at_once() -> None:
    state, paid = walked(9, state=place(3, owned={2: [9]}))
    assert paid == [(0, 2, 8)]
    assert (state.balance[0], state.balance[2], state.phase) == (1492, 1508, Phase.BUSINESS)


def test_rent_is_paid_to_an_owner_in_jail_too() -> None:
    assert walked(9, state=place(owned={1: [9]}, jailed={1: 2}))[1] == [(0, 1, 8)]


def test_on_a_mortgaged_square_of_another_nothing_happens() -> None:
    state, paid = walked(9, state=place(owned={1: [9]}, mortgaged=[9]))
    assert (paid, state.phase) == ([], Phase.BUSINESS)


def test_an_unowned_buyable_square_leads_to_management() -> None:
    state, paid = walked(9)
    assert (paid, state.phase, state.phase_seat) == ([], Phase.MANAGEMENT, 0)


def test_an_unowned_buyable_square_leads_to_management_also_in_debt() -> None:
    assert walked(9, money=-5)[0].phase is Phase.MANAGEMENT


def test_a_tram_leads_to_management() -> None:
    assert walked(10)[0].phase is Phase.MANAGEMENT


def test_on_fantasy_a_card_is_drawn_and_shown_with_its_price() -> None:
    state = to_roll()
    events = do(state, THROW_DICES, dice=[1, 2, 1], cards=[("magnetism", None)])
    assert state.phase is Phase.CHOOSE_FANTASY
    assert state.card == the_card("magnetism")
    assert only(events, CardShown) == CardShown(0, the_card("magnetism"))
    assert the_card("magnetism").price == 100


def test_parking_gives_the_whole_pot_to_the_player() -> None:
    state, paid = walked(111, state=place(pot=170))
    assert paid == [(POT, 0, 170)]
    assert (state.pot, state.balance[0], state.phase) == (0, 1670, Phase.BUSINESS)


def test_parking_with_an_empty_pot_gives_nothing() -> None:
    assert walked(111)[1] == []


@pytest.mark.parametrize(
    ("square", "owned", "mortgaged"),
    [(9, {0: [9]}, []), (9, {0: CYAN}, []), (9, {0: [9]}, [9]), (104, {}, [])],
    ids=["own", "own group", "own mortgaged", "jail visit"],
)
def test_on_anything_else_nothing_happens(square: int, owned: Mapping[int, list[int]], mortgaged: list[int]) -> None:
    state, paid = walked(square, state=place(owned=owned, mortgaged=mortgaged))
    assert (paid, state.phase, state.balance) == ([], Phase.BUSINESS, [1500, 1500])
    assert state.jail_turns == [0, 0]


# After the arrival


def test_after_an_arrival_with_a_negative_balance_comes_liquidation() -> None:
    state, _ = walked(9, money=3, state=place(owned={1: [9]}))
    assert (state.balance[0], state.phase) == (-5, Phase.LIQUIDATION)


def test_a_balance_of_0_is_not_negative() -> None:
    state, _ = walked(9, money=8, state=place(owned={1: [9]}))
    assert (state.balance[0], state.phase) == (0, Phase.BUSINESS)


def test_liquidation_comes_before_another_roll() -> None:
    state, _ = walked(9, money=3, streak=1, state=place(owned={1: [9]}))
    assert (state.streak, state.phase) == (1, Phase.LIQUIDATION)


def test_after_an_arrival_with_a_streak_the_same_player_rolls_again() -> None:
    state, _ = walked(104, streak=1)
    assert (state.phase, state.turn_seat, state.turn, state.streak) == (Phase.ROLL_THE_DICES, 0, 1, 1)


def test_after_an_arrival_without_a_streak_comes_business() -> None:
    assert walked(104)[0].phase is Phase.BUSINESS


@pytest.mark.parametrize("streak", [0, 1])
@pytest.mark.parametrize("money", [400, -1])
def test_the_same_follows_when_management_ends(streak: int, money: int) -> None:
    expected = Phase.LIQUIDATION if money < 0 else Phase.ROLL_THE_DICES if streak else Phase.BUSINESS
    state = deciding(10, streak=streak, money={0: money})
    do(state, NEXT_PHASE)
    assert state.phase is expected
    if money > 0:
        state = deciding(6, streak=streak, money={0: money})
        do(state, BuySquare(6))
        assert state.phase is expected


@pytest.mark.parametrize("streak", [0, 1])
@pytest.mark.parametrize("money", [400, -1])
def test_the_same_follows_when_the_auction_ends(streak: int, money: int) -> None:
    state = deciding(6, streak=streak, money={0: money})
    do(state, DropPurchase(6))
    do(state, BidAction(5), 1)
    assert state.phase is (Phase.LIQUIDATION if money < 0 else Phase.ROLL_THE_DICES if streak else Phase.BUSINESS)
    assert (state.phase_seat, state.turn_seat) == (0, 0)


@pytest.mark.parametrize("streak", [0, 1])
@pytest.mark.parametrize("money", [400, -1])
def test_the_same_follows_when_choose_fantasy_ends(streak: int, money: int) -> None:
    state = place(
        phase=Phase.CHOOSE_FANTASY,
        at={0: 2},
        streak=streak,
        money={0: money},
        card=the_card("earthquake"),
    )
    do(state, TAKE_UNSEEN_CARD, cards=[("earthquake", None)])
    assert state.phase is (Phase.LIQUIDATION if money < 0 else Phase.ROLL_THE_DICES if streak else Phase.BUSINESS)


def test_who_is_in_jail_does_not_roll_again() -> None:
    state = place(phase=Phase.CHOOSE_FANTASY, at={0: 2}, streak=1, card=the_card("earthquake"))
    do(state, TAKE_UNSEEN_CARD, cards=[("goToJail", None)])
    assert (state.streak, state.phase) == (0, Phase.BUSINESS)
