"""Rules: The board; and board data that no game can be played on."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from magnate.engine.board import BRIDGES, SERVERS, Board, Kind, standard_board
from magnate.engine.errors import BoardError
from tests.engine.positions import board_data

BOARD = standard_board()
OUTER = tuple(range(40))
INNER = (*range(100, 106), 15, *range(106, 113), 35, 113, 100)


def test_the_board_has_55_squares() -> None:
    assert len(BOARD.ids) == 55
    assert set(BOARD.ids) == {*range(40), *range(100, 114), 201}


def test_no_die_reaches_the_jail() -> None:
    for square in BOARD.ids:
        for steps in range(1, 16):
            assert BOARD.jail not in BOARD.paths[square][steps][1:]


def test_each_square_has_one_successor_except_the_bridges() -> None:
    several = [square for square in BOARD.ids if BOARD.next_even[square] != BOARD.next_odd[square]]
    assert several == [15, 35]
    assert [square for square in BOARD.ids if BOARD.kind[square] is Kind.BRIDGE] == several


@pytest.mark.parametrize(("bridge", "outer", "inner"), [(15, 16, 106), (35, 36, 113)])
def test_a_piece_steps_off_a_bridge_by_the_parity_of_all_steps_of_the_move(bridge: int, outer: int, inner: int) -> None:
    before = 14 if bridge == 15 else 34
    for steps in range(1, 16):
        assert BOARD.paths[bridge][steps][1] == (outer if steps % 2 == 0 else inner)
    for steps in range(2, 16):
        assert BOARD.paths[before][steps][2] == (outer if steps % 2 == 0 else inner)


def test_the_parity_is_of_the_whole_move_not_of_the_steps_up_to_the_bridge() -> None:
    assert BOARD.paths[13][5] == (13, 14, 15, 106, 107, 108)
    assert BOARD.paths[14][5] == (14, 15, 106, 107, 108, 109)
    assert BOARD.paths[13][4] == (13, 14, 15, 16, 17)
    assert BOARD.paths[104][4] == (104, 105, 15, 16, 17)


def test_a_bridge_belongs_to_both_rings() -> None:
    assert BOARD.next_even[14] == 15 == BOARD.next_even[105]
    assert BOARD.next_even[34] == 35 == BOARD.next_even[112]


def test_the_outer_ring_reads_0_to_39() -> None:
    square = 0
    for expected in (*OUTER[1:], 0):
        square = BOARD.next_even[square]
        assert square == expected


def test_the_inner_ring_reads_as_the_rules_list_it() -> None:
    square = 100
    for expected in INNER[1:]:
        square = BOARD.next_odd[square]
        assert square == expected


def test_the_kinds_are_as_many_as_the_rules_say() -> None:
    kinds = Counter(BOARD.kind[square] for square in BOARD.ids)
    assert kinds[Kind.SERVER] == kinds[Kind.BRIDGE] == 2
    assert kinds[Kind.TRAM] == 4
    assert kinds[Kind.FANTASY] == 12
    for one in (Kind.EXIT, Kind.PARKING, Kind.JAIL_VISIT, Kind.JAIL, Kind.GO_TO_JAIL):
        assert kinds[one] == 1
    assert (BOARD.exit, BOARD.go_to_jail, BOARD.jail, BOARD.parking) == (0, 20, 201, 111)
    assert set(kinds) == set(Kind)


def test_properties_form_twelve_colour_groups() -> None:
    groups = {BOARD.group[square] for square in BOARD.ids if BOARD.kind[square] is Kind.PROPERTY}
    assert groups == set(range(1, 13))
    assert all(len(BOARD.members[group]) >= 2 for group in groups)
    assert (BOARD.members[SERVERS], BOARD.members[BRIDGES]) == ((5, 25), (15, 35))


def test_property_servers_and_bridges_are_buyable_and_nothing_else_is() -> None:
    for square in BOARD.ids:
        buyable = BOARD.kind[square] in (Kind.PROPERTY, Kind.SERVER, Kind.BRIDGE)
        assert BOARD.is_buyable[square] == buyable == (square in BOARD.buyable)
        assert bool(BOARD.group[square]) == buyable


def test_a_path_begins_where_the_piece_stands_and_ends_at_the_destination() -> None:
    for square in BOARD.ids:
        for steps in range(16):
            path = BOARD.paths[square][steps]
            assert (path[0], len(path), path[-1]) == (square, steps + 1, BOARD.destination[square][steps])
            assert BOARD.exits[square][steps] == path[1:].count(0)


def test_halves_are_rounded_down() -> None:
    changed = board_data()
    changed["squares"][1] |= {"price": 61, "build_price": 51}
    board = Board(changed)
    assert (board.mortgage[1], board.refund[1]) == (30, 25)


def test_a_square_may_cost_no_rent() -> None:
    changed = board_data()
    changed["squares"][1]["rents"] = [0, 0, 0, 0, 0, 1]
    assert Board(changed).rents[1] == (0, 0, 0, 0, 0, 1)


def test_boards_are_told_apart_by_their_digest() -> None:
    changed = board_data()
    changed["squares"][1]["price"] = 61
    assert Board(board_data()).digest == BOARD.digest != Board(changed).digest


def test_the_board_is_read_once() -> None:
    assert standard_board() is BOARD


def _drop(square: int, key: str) -> Callable[[dict[str, Any]], None]:
    def spoil(board: dict[str, Any]) -> None:
        del board["squares"][square][key]

    return spoil


def _set(square: int, key: str, value: object) -> Callable[[dict[str, Any]], None]:
    def spoil(board: dict[str, Any]) -> None:
        board["squares"][square][key] = value

    return spoil


def _squares(value: object) -> Callable[[dict[str, Any]], None]:
    def spoil(board: dict[str, Any]) -> None:
        board["squares"] = value

    return spoil


def _without_trams(board: dict[str, Any]) -> None:
    for entry in board["squares"]:
        if entry["kind"] == "tram":
            entry["kind"] = "fantasy"


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_squares(None), "squares: must be a list of squares"),
        (_squares([]), "squares: must be a list of squares"),
        (_squares([7]), "entry 0: must have an id from 0 to 255"),
        (_set(3, "id", 256), "entry 3: must have an id from 0 to 255"),
        (_set(3, "id", "3"), "entry 3: must have an id from 0 to 255"),
        (_set(3, "id", 2), "square 2: stands there twice"),
        (_set(3, "kind", "volcano"), "square 3: unknown kind 'volcano'"),
        (_set(3, "group", 13), "square 3: group must be 1..12"),
        (_drop(3, "price"), "square 3: price must be a whole number of at least 0"),
        (_set(3, "build_price", -1), "square 3: build_price must be a whole number of at least 0"),
        (_set(3, "build_price", 0), "square 3: build_price must be at least 1"),
        (_set(3, "rents", [1, 2]), "square 3: rents must be 6 whole numbers of at least 0"),
        (_set(3, "rents", [1, 2, 3, 4, 5, -6]), "square 3: rents must be 6 whole numbers of at least 0"),
        (_drop(5, "rents"), "square 5: rents must be 2 whole numbers of at least 0"),
        (_set(3, "next", 77), "square 3: next leads to 77, which is not a square"),
        (_drop(15, "next_inner"), "square 15: next_inner must be a whole number of at least 0"),
        (_set(20, "kind", "fantasy"), "squares: there must be one square of kind go_to_jail, not 0"),
        (_set(2, "kind", "parking"), "squares: there must be one square of kind parking, not 2"),
        (_drop(0, "salary"), "square 0: salary must be a whole number of at least 0"),
        (_without_trams, "squares: there is no square of kind tram"),
    ],
)
def test_board_data_that_no_game_can_be_played_on_is_refused(
    spoil: Callable[[dict[str, Any]], None], message: str
) -> None:
    changed = board_data()
    spoil(changed)
    with pytest.raises(BoardError) as caught:
        Board(changed)
    assert str(caught.value) == f"board data, {message}"
    assert (caught.value.where, caught.value.what) == tuple(message.split(": ", 1))
