"""Rules: business and liquidation, Mortgage."""

import pytest

from magnate.engine.actions import THROW_DICES, Build, MortgageSet, MortgageUnset
from magnate.engine.errors import Reason
from magnate.engine.events import BANK, Lifted, Mortgaged
from magnate.engine.game import legal_actions
from magnate.engine.phases import Phase
from magnate.engine.rules.rent import rent
from tests.engine.positions import BROWN, CYAN, do, payments, place, refused, stat


@pytest.mark.parametrize("phase", [Phase.BUSINESS, Phase.LIQUIDATION])
@pytest.mark.parametrize(("square", "half"), [(1, 30), (5, 150), (15, 125), (113, 225)])
def test_a_mortgage_brings_half_the_price(square: int, half: int, phase: Phase) -> None:
    state = place(phase=phase, owned={0: [square]}, money={0: -10})
    events = do(state, MortgageSet(square))
    assert events[0] == Mortgaged(0, square)
    assert payments(events) == [(BANK, 0, half)]
    assert (state.mortgaged[square], state.balance[0], state.phase) == (1, half - 10, phase)
    assert stat(state, 0, "num_mortgages") == 1


@pytest.mark.parametrize("phase", [Phase.BUSINESS, Phase.LIQUIDATION])
def test_lifting_costs_the_same_half(phase: Phase) -> None:
    state = place(phase=phase, owned={0: [113]}, mortgaged=[113])
    events = do(state, MortgageUnset(113))
    assert payments(events) == [(0, BANK, 225)]
    assert events[-1] == Lifted(0, 113)
    assert (state.mortgaged[113], state.balance[0]) == (0, 1275)
    assert stat(state, 0, "num_mortgages") == 0


@pytest.mark.parametrize("built", CYAN)
def test_a_square_with_a_building_in_its_group_cannot_be_mortgaged(built: int) -> None:
    state = place(owned={0: CYAN}, levels={built: 1})
    for square in CYAN:
        assert refused(state, MortgageSet(square)) == Reason.GROUP_HAS_BUILDINGS


def test_only_the_owner_mortgages_and_lifts() -> None:
    state = place(owned={1: [1]})
    for square in (1, 3):
        assert refused(state, MortgageSet(square)) == Reason.NOT_OWNER
        assert refused(state, MortgageUnset(square)) == Reason.NOT_OWNER


@pytest.mark.parametrize("square", [0, 2, 10, 104, 201])
def test_only_buyable_squares_are_mortgaged(square: int) -> None:
    assert refused(place(), MortgageSet(square)) == Reason.NOT_BUYABLE
    assert refused(place(), MortgageUnset(square)) == Reason.NOT_BUYABLE


@pytest.mark.parametrize("square", [-1, 40, 114, 202, 10**9])
def test_a_square_that_does_not_exist_is_not_mortgaged(square: int) -> None:
    assert refused(place(), MortgageSet(square)) == Reason.NO_SUCH_SQUARE
    assert refused(place(), MortgageUnset(square)) == Reason.NO_SUCH_SQUARE


def test_a_square_is_mortgaged_once() -> None:
    state = place(owned={0: [1]}, mortgaged=[1])
    assert refused(state, MortgageSet(1)) == Reason.ALREADY_MORTGAGED


def test_only_a_mortgage_is_lifted() -> None:
    assert refused(place(owned={0: [1]}), MortgageUnset(1)) == Reason.NOT_MORTGAGED


def test_a_lifting_that_the_balance_does_not_cover_is_refused() -> None:
    state = place(owned={0: [1]}, mortgaged=[1], money={0: 29})
    assert refused(state, MortgageUnset(1)) == Reason.LIFTING_NOT_COVERED
    assert MortgageUnset(1) not in legal_actions(state, 0)


def test_mortgaged_squares_earn_no_rent() -> None:
    state = place(phase=Phase.ROLL_THE_DICES, at={0: 2}, owned={1: CYAN}, mortgaged=[6])
    assert rent(state, 6) == 0
    assert payments(do(state, THROW_DICES, dice=[1, 2, 1])) == []


def test_mortgaged_squares_still_count_for_group_ownership() -> None:
    state = place(owned={1: CYAN}, mortgaged=[6])
    assert state.group_owner[2] == 1
    assert (rent(state, 8), rent(state, 9)) == (12, 16)


def test_but_no_building_goes_on_such_a_group() -> None:
    assert refused(place(owned={0: BROWN}, mortgaged=[1]), Build(3)) == Reason.GROUP_MORTGAGED


def test_mortgaged_squares_still_count_for_servers_and_bridges() -> None:
    state = place(owned={1: [5, 25, 15, 35]}, mortgaged=[5, 15])
    assert (rent(state, 25), rent(state, 35)) == (60, 40)
    assert (rent(state, 5), rent(state, 15)) == (0, 0)


def test_what_may_be_mortgaged_and_lifted_is_listed() -> None:
    state = place(owned={0: [*CYAN, 1, 5, 15]}, levels={6: 1}, mortgaged=[5])
    listed = [action for action in legal_actions(state, 0) if isinstance(action, MortgageSet | MortgageUnset)]
    assert listed == [MortgageSet(1), MortgageUnset(5), MortgageSet(15)]
