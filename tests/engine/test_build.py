"""Rules: business and liquidation, Build and Demolish."""

import pytest

from magnate.engine.actions import Build, Demolish
from magnate.engine.errors import Reason
from magnate.engine.events import BANK, Built, Demolished
from magnate.engine.game import legal_actions
from magnate.engine.phases import Phase
from tests.engine.positions import BROWN, CYAN, do, payments, place, refused, stat


@pytest.mark.parametrize("phase", [Phase.BUSINESS, Phase.LIQUIDATION])
def test_who_owns_the_whole_group_builds_for_the_build_price_a_level(phase: Phase) -> None:
    state = place(phase=phase, owned={0: CYAN})
    events = do(state, Build(6))
    assert payments(events) == [(0, BANK, 50)]
    assert events[-1] == Built(0, 6, 1)
    assert (state.level[6], state.balance[0], state.phase) == (1, 1450, phase)


def test_two_levels_cost_twice_the_build_price() -> None:
    state = place(owned={0: BROWN}, levels={3: 1})
    assert payments(do(state, Build(1, 2))) == [(0, BANK, 100)]
    assert (state.level[1], stat(state, 0, "built_houses")) == (2, 2)


def test_building_needs_the_whole_group() -> None:
    assert refused(place(owned={0: CYAN[:2]}), Build(6)) == Reason.GROUP_INCOMPLETE
    assert refused(place(owned={0: CYAN[:2], 1: CYAN[2:]}), Build(6)) == Reason.GROUP_INCOMPLETE


def test_building_needs_the_square() -> None:
    assert refused(place(), Build(6)) == Reason.NOT_OWNER
    assert refused(place(owned={1: CYAN}), Build(6)) == Reason.NOT_OWNER


@pytest.mark.parametrize("mortgaged", CYAN)
def test_building_needs_a_group_none_of_which_is_mortgaged(mortgaged: int) -> None:
    state = place(owned={0: CYAN}, mortgaged=[mortgaged])
    for square in CYAN:
        assert refused(state, Build(square)) == Reason.GROUP_MORTGAGED
    assert not any(isinstance(action, Build) for action in legal_actions(state, 0))


def test_a_square_takes_five_levels_at_most() -> None:
    state = place(owned={0: BROWN}, levels={1: 4, 3: 5})
    assert refused(state, Build(3)) == Reason.TOO_MANY_LEVELS
    assert refused(state, Build(1, 2)) == Reason.TOO_MANY_LEVELS
    do(state, Build(1))
    assert state.level[1] == 5


def test_after_a_build_no_two_squares_of_the_group_differ_by_more_than_one() -> None:
    state = place(owned={0: CYAN})
    assert refused(state, Build(6, 2)) == Reason.UNEVEN
    do(state, Build(6))
    assert refused(state, Build(6)) == Reason.UNEVEN
    do(state, Build(8))
    assert refused(state, Build(8)) == Reason.UNEVEN
    do(state, Build(9, 2))
    assert [state.level[square] for square in CYAN] == [1, 1, 2]


def test_a_build_that_the_balance_does_not_cover_is_refused() -> None:
    assert refused(place(owned={0: BROWN}, money={0: 49}), Build(1)) == Reason.BUILD_NOT_COVERED
    assert refused(place(owned={0: BROWN}, levels={3: 1}, money={0: 99}), Build(1, 2)) == Reason.BUILD_NOT_COVERED


@pytest.mark.parametrize("square", [0, 2, 5, 15, 10, 201])
def test_only_on_properties_is_built(square: int) -> None:
    state = place(owned={0: [5, 25, 15, 35]})
    assert refused(state, Build(square)) == Reason.NOT_BUILDABLE
    assert refused(state, Demolish(square)) == Reason.NOT_BUILDABLE


@pytest.mark.parametrize("square", [-1, 40, 99, 202, 10**9])
def test_a_square_that_does_not_exist_is_not_built_on(square: int) -> None:
    assert refused(place(), Build(square)) == Reason.NO_SUCH_SQUARE
    assert refused(place(), Demolish(square)) == Reason.NO_SUCH_SQUARE


@pytest.mark.parametrize("houses", [0, -1])
def test_at_least_one_level_is_built_or_demolished(houses: int) -> None:
    state = place(owned={0: BROWN}, levels={1: 1})
    assert refused(state, Build(1, houses)) == Reason.HOUSES_NOT_POSITIVE
    assert refused(state, Demolish(1, houses)) == Reason.HOUSES_NOT_POSITIVE


# Demolish


@pytest.mark.parametrize("phase", [Phase.BUSINESS, Phase.LIQUIDATION])
def test_the_bank_pays_back_half_of_the_build_price_a_level(phase: Phase) -> None:
    state = place(phase=phase, owned={0: BROWN}, levels={1: 2, 3: 1}, money={0: -10})
    events = do(state, Demolish(1, 2))
    assert payments(events) == [(BANK, 0, 50)]
    assert events[0] == Demolished(0, 1, 2)
    assert (state.level[1], state.balance[0], state.phase) == (0, 40, phase)
    assert stat(state, 0, "demolished_houses") == 2


def test_a_hotel_goes_level_by_level_too() -> None:
    state = place(owned={0: BROWN}, levels={1: 5, 3: 5})
    do(state, Demolish(1))
    assert (state.level[1], state.balance[0]) == (4, 1525)


def test_demolishing_is_even_too() -> None:
    state = place(owned={0: CYAN}, levels={6: 2, 8: 2, 9: 1})
    assert refused(state, Demolish(9)) == Reason.UNEVEN
    assert refused(state, Demolish(6, 2)) == Reason.UNEVEN
    do(state, Demolish(6))
    do(state, Demolish(8, 2))
    assert [state.level[square] for square in CYAN] == [1, 0, 1]


def test_no_more_levels_go_than_there_are() -> None:
    state = place(owned={0: BROWN}, levels={1: 1, 3: 1})
    assert refused(state, Demolish(1, 2)) == Reason.TOO_FEW_LEVELS
    do(state, Demolish(1))
    assert refused(state, Demolish(1)) == Reason.TOO_FEW_LEVELS


def test_only_the_owner_demolishes() -> None:
    assert refused(place(owned={1: BROWN}, levels={1: 1}), Demolish(1)) == Reason.NOT_OWNER
    assert refused(place(), Demolish(1)) == Reason.NOT_OWNER


def test_what_may_be_built_and_demolished_is_listed_with_each_number_of_levels() -> None:
    state = place(owned={0: BROWN}, levels={1: 2, 3: 1})
    listed = [action for action in legal_actions(state, 0) if isinstance(action, Build | Demolish)]
    assert listed == [Demolish(1), Demolish(1, 2), Build(3), Build(3, 2)]
