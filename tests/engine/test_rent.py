"""Rules: Rent."""

import pytest

from magnate.engine.actions import THROW_DICES
from magnate.engine.phases import Phase
from magnate.engine.rules.rent import rent
from magnate.engine.view import rent as rent_of_the_view
from tests.engine.positions import CYAN, do, payments, place


def test_a_property_costs_its_first_rent() -> None:
    assert rent(place(owned={1: [6, 8]}), 6) == 6


def test_it_costs_twice_that_with_the_whole_group_and_no_building() -> None:
    state = place(owned={1: CYAN})
    assert [rent(state, square) for square in CYAN] == [12, 12, 16]


def test_a_bare_square_of_a_group_costs_twice_also_when_another_square_is_built_on() -> None:
    state = place(owned={1: CYAN}, levels={6: 1})
    assert [rent(state, square) for square in CYAN] == [30, 12, 16]


@pytest.mark.parametrize(("level", "amount"), enumerate((40, 100, 300, 450, 600), 1))
def test_with_1_to_5_levels_it_costs_the_rent_of_that_level(level: int, amount: int) -> None:
    state = place(owned={1: CYAN}, levels=dict.fromkeys(CYAN, level))
    assert rent(state, 9) == amount


@pytest.mark.parametrize(("first", "second", "one", "two"), [(5, 25, 20, 60), (15, 35, 20, 40)])
def test_a_server_or_bridge_costs_by_how_many_its_owner_has(first: int, second: int, one: int, two: int) -> None:
    assert rent(place(owned={1: [first]}), first) == one
    assert rent(place(owned={1: [first], 0: [second]}), first) == one
    assert rent(place(owned={1: [first, second]}), first) == two
    assert rent(place(owned={1: [first, second]}), second) == two


def test_servers_and_bridges_are_counted_apart() -> None:
    assert rent(place(owned={1: [5, 15, 35]}), 5) == 20


def test_a_mortgaged_square_costs_0() -> None:
    for square in (1, 5, 15):
        assert rent(place(owned={1: [square]}, mortgaged=[square]), square) == 0


def test_a_square_of_the_bank_costs_0() -> None:
    assert rent(place(), 6) == 0


def test_the_rent_is_what_is_paid() -> None:
    state = place(phase=Phase.ROLL_THE_DICES, at={0: 5}, owned={1: CYAN}, levels=dict.fromkeys(CYAN, 5))
    assert payments(do(state, THROW_DICES, dice=[1, 2, 1])) == [(0, 1, rent_of_the_view(state, 9))] == [(0, 1, 600)]
