"""What is counted of squares, event by event."""

import pytest

from magnate.engine.board import standard_board
from magnate.engine.events import BANK, POT, Bought, Event, Jailed, Jumped, Paid, Walked, Why
from magnate.simulation.playing.tally import SquareTally
from magnate.simulation.results.game_result import SQUARE_COUNTS


def counted(*events: Event) -> dict[tuple[str, int], int]:
    """Return what is not 0, by name and square."""
    tally = SquareTally(standard_board())
    tally.note(list(events))
    keys = [(name, square) for name in SQUARE_COUNTS for square in standard_board().ids]
    return {key: count for key, count in zip(keys, tally.counts(), strict=True) if count}


@pytest.mark.parametrize(
    ("event", "square"),
    [(Walked(0, (0, 1, 2, 3)), 3), (Jumped(1, 5, 113), 113), (Jailed(0, 20), 201)],
)
def test_a_landing_is_where_a_piece_ends_however_it_came(event: Event, square: int) -> None:
    assert counted(event) == {("landings", square): 1}


def test_a_purchase_counts_its_price_once() -> None:
    assert counted(Paid(0, BANK, 60, Why.PRICE, 1), Bought(0, 1, 60, False)) == {("bought", 1): 1, ("spent", 1): 60}


def test_an_auction_counts_its_winning_bid_too() -> None:
    assert counted(Paid(0, BANK, 45, Why.BID, 1), Bought(0, 1, 45, True)) == {
        ("bought", 1): 1,
        ("auctioned", 1): 1,
        ("auction_money", 1): 45,
        ("spent", 1): 45,
    }


def test_building_is_spent_and_rent_is_earned() -> None:
    assert counted(Paid(0, BANK, 100, Why.BUILD, 3)) == {("spent", 3): 100}
    assert counted(Paid(1, 0, 30, Why.RENT, 3), Paid(2, 0, 30, Why.RENT, 3)) == {("rent", 3): 60}


@pytest.mark.parametrize("why", [why for why in Why if why not in (Why.RENT, Why.PRICE, Why.BID, Why.BUILD)])
def test_nothing_else_that_is_paid_counts(why: Why) -> None:
    assert counted(Paid(0, POT, 40, why, 201), Paid(0, 1, 40, why)) == {}
