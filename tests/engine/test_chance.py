"""Chance: what is told or recorded is given back in order, and must fit what the rules ask for."""

from typing import Any

import pytest

from magnate.engine.cards import Card
from magnate.engine.chance import Chance, Recorded, Recorder, Scripted, Seeded
from magnate.engine.errors import ChanceError


def test_a_source_must_say_how_its_numbers_fall() -> None:
    with pytest.raises(ChanceError, match="Chance gives no numbers"):
        Chance().die()


def test_dice_are_fair() -> None:
    for chance in (Seeded(1), Scripted(then=Seeded(1))):
        throws = [chance.die() for _ in range(6000)]
        assert set(throws) == set(range(1, 7))
        for face in range(1, 7):
            assert throws.count(face) == pytest.approx(1000, rel=0.15)


def test_coins_are_fair() -> None:
    chance = Seeded(1)
    assert [chance.coin() for _ in range(4000)].count(True) == pytest.approx(2000, rel=0.1)


def test_one_of_several_is_drawn_with_equal_chance() -> None:
    chance = Seeded(1)
    assert {chance.seat([3, 1]) for _ in range(50)} == {1, 3}
    assert {chance.square([39, 113, 7]) for _ in range(50)} == {7, 39, 113}
    assert {chance.categories(["a", "b", "c"], 2) for _ in range(200)} == {
        (first, second) for first in "abc" for second in "abc" if first != second
    }


def test_a_script_is_given_kind_by_kind_in_its_order() -> None:
    chance = Scripted(
        dice=[6, 1],
        cards=[("magnetism", None), ("winPlainMoney", 20)],
        coins=[True, False],
        seats=[2],
        squares=[7],
        orders=[(1, 0)],
        categories=[("b", "a")],
    )
    assert chance.square([5, 7]) == 7
    assert [chance.coin(), chance.coin()] == [True, False]
    assert [chance.die(), chance.die()] == [6, 1]
    assert [chance.card(), chance.card()] == [Card("magnetism", None, 100), Card("winPlainMoney", 20, 130)]
    assert (chance.seat([1, 2]), chance.order(2), chance.categories(["a", "b", "c"], 2)) == (2, (1, 0), ("b", "a"))


def test_a_script_that_is_used_up_goes_on_with_the_source_behind_it() -> None:
    chance, behind = Scripted(dice=[6], then=Seeded(8)), Seeded(8)
    assert chance.die() == 6
    assert [chance.die(), chance.coin(), chance.card()] == [behind.below(6) + 1, behind.coin(), behind.card()]
    assert [chance.order(4), chance.seat([0, 1, 2])] == [behind.order(4), behind.seat([0, 1, 2])]
    assert chance.square([5, 6, 7]) == behind.square([5, 6, 7])
    assert chance.categories(["a", "b", "c"], 2) == behind.categories(["a", "b", "c"], 2)


def test_a_script_that_is_used_up_with_nothing_behind_it_is_an_error() -> None:
    with pytest.raises(ChanceError, match="the script has no outcome left for this draw"):
        Scripted().die()


def test_a_script_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(ChanceError, match=r"7 was told or recorded where only \[1, 2, 3, 4, 5, 6\] can come"):
        Scripted(dice=[7]).die()
    with pytest.raises(ChanceError, match="3 was told"):
        Scripted(seats=[3]).seat([0, 1])
    with pytest.raises(ChanceError, match="20 was told"):
        Scripted(squares=[20]).square([1, 2])
    with pytest.raises(ChanceError, match="the deck has no card winPlainMoney with the value 21"):
        Scripted(cards=[("winPlainMoney", 21)]).card()
    with pytest.raises(ChanceError, match=r"the order told or recorded is \[0, 0\], not the seats 0 to 1"):
        Scripted(orders=[[0, 0]]).order(2)
    with pytest.raises(ChanceError, match=r"the categories told or recorded are \['a', 'a'\], not 2 different ones"):
        Scripted(categories=[["a", "a"]]).categories(["a", "b"], 2)


def test_a_recorder_notes_every_outcome_in_plain_data() -> None:
    chance = Recorder(
        Scripted(
            dice=[6],
            cards=[("winPlainMoney", 20)],
            coins=[True],
            seats=[2],
            squares=[7],
            orders=[(1, 0)],
            categories=[("b", "a")],
            then=Seeded(1),
        )
    )
    drawn = (
        chance.die(),
        chance.card(),
        chance.coin(),
        chance.seat([1, 2]),
        chance.square([5, 7]),
        chance.order(2),
        chance.categories(["a", "b"], 2),
    )
    outcomes = chance.take()
    assert outcomes == [
        ("die", 6),
        ("card", ["winPlainMoney", 20, 130]),
        ("coin", True),
        ("seat", 2),
        ("square", 7),
        ("order", [1, 0]),
        ("categories", ["b", "a"]),
    ]
    assert chance.below(1) == 0
    assert chance.take() == []
    recorded = Recorded()
    recorded.feed(outcomes)
    assert recorded.left == 7
    assert drawn == (
        recorded.die(),
        recorded.card(),
        recorded.coin(),
        recorded.seat([1, 2]),
        recorded.square([5, 7]),
        recorded.order(2),
        recorded.categories(["a", "b"], 2),
    )
    assert recorded.left == 0


def test_a_recorded_card_keeps_a_value_and_a_price_that_the_deck_no_longer_has() -> None:
    assert Recorded([("card", ["winPlainMoney", 21, 5])]).card() == Card("winPlainMoney", 21, 5)


def draw(kind: str, chance: Recorded) -> object:
    asked: dict[str, Any] = {
        "die": chance.die,
        "coin": chance.coin,
        "card": chance.card,
        "seat": lambda: chance.seat([0, 1]),
        "square": lambda: chance.square([5, 7]),
        "order": lambda: chance.order(2),
        "categories": lambda: chance.categories(["a", "b", "c"], 2),
    }
    return asked[kind]()


@pytest.mark.parametrize("kind", ["die", "coin", "card", "seat", "square", "order", "categories"])
def test_a_record_without_the_outcome_that_is_drawn_is_an_error(kind: str) -> None:
    with pytest.raises(ChanceError, match=f"the record has no outcome left where a {kind} is drawn"):
        draw(kind, Recorded())
    with pytest.raises(ChanceError, match=f"the record has a frog where a {kind} is drawn"):
        draw(kind, Recorded([("frog", 1)]))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("die", 0),
        ("die", "6"),
        ("die", True),
        ("coin", 1),
        ("coin", None),
        ("card", ["rainOfFrogs", None, 5]),
        ("card", ["winPlainMoney", "20", 130]),
        ("card", ["winPlainMoney", 20]),
        ("card", ["winPlainMoney", True, 130]),
        ("card", ["winPlainMoney", None, 130]),
        ("card", ["winPlainMoney", -20, 130]),
        ("card", ["winPlainMoney", 20, -130]),
        ("card", [["winPlainMoney"], 20, 130]),
        ("card", None),
        ("seat", 2),
        ("seat", [0]),
        ("square", 6),
        ("order", [0, 2]),
        ("order", [0, 0]),
        ("order", ["0", 1]),
        ("order", [False, True]),
        ("order", 1),
        ("categories", ["a"]),
        ("categories", ["a", "a"]),
        ("categories", ["a", "z"]),
        ("categories", ["a", ["b"]]),
        ("categories", "ab"),
    ],
)
def test_a_recorded_outcome_that_does_not_fit_is_an_error(kind: str, value: object) -> None:
    with pytest.raises(ChanceError, match="recorded"):
        draw(kind, Recorded([(kind, value)]))


def test_a_recorded_game_draws_no_numbers_of_its_own() -> None:
    with pytest.raises(ChanceError, match="Recorded gives no numbers"):
        Recorded().below(6)
