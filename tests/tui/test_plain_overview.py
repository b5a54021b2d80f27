"""Line mode has words for what the screen shows at a glance: consequences, the estate, who is winning, whole groups."""

import pytest

from magnate.client.game import Changed
from magnate.engine.events import Bought, Built, Paid, Walked, Why
from magnate.engine.rules.holdings import give, set_mortgaged
from magnate.tui.plain.lines import aloud
from tests.tui.game import positions
from tests.tui.game.positions import BOB
from tests.tui.game.table import ME, Table
from tests.tui.test_plain_table import Heard, heard

__all__ = ["heard"]

CAROL = 2


def groups() -> Table:
    """ME has two whole groups, one square mortgaged, and lacks one square that Bob has."""
    link = positions.two_groups()
    set_mortgaged(link.game, 5, 1)
    return positions.shown(link)


def test_each_choice_says_rent_before_and_after_and_what_is_left(heard: Heard) -> None:
    said = heard.at(groups())
    assert "Build 1 on Salt Barrel Lane (3) for 50: rent from 8 to 20, 1450 left" in said
    assert "Lift the mortgage of Dawn Server (5) for 150: rent from 0 to 20, 1350 left" in said
    assert "Done: rents next turn: about" in said


def test_a_target_says_where_it_leads_and_the_bail_where_the_roll_leads(heard: Heard) -> None:
    said = heard.at(positions.bus())
    assert "1. Move to Lemon Tree Avenue (21): 2 steps, you pay 36 to Bob" in said
    said = heard.at(positions.bail())
    assert "Pay the bail of 40, and go to " in said
    assert "you pay 16 to Bob, 1444 left" in said


def test_an_auction_says_what_the_square_makes_of_a_group_and_a_bid_what_it_leaves(heard: Heard) -> None:
    link = positions.auction()
    for square in (6, 8):
        give(link.game, square, ME)
    said = heard.at(positions.shown(link))
    assert "For you: completes group B." in said
    assert ". Bid 120: 1380 left" in said or ". Bid 1500: 0 left" in said


def test_the_estate_is_told_with_what_is_missing_and_by_which_number_each_thing_is_done(heard: Heard) -> None:
    said = heard.at(groups(), "estate")
    assert "F1 Inkwell Street (26): rent 22, group F: 2 of 3." in said
    assert "Missing: Atlas Library (29), B Bob." in said
    assert "Missing: Dusk Server (25), free." in said
    assert "You can, with the number " in said


@pytest.mark.parametrize(("typed", "first"), [("estate rent", "H2"), ("propiedades hipoteca", "Dawn Server")])
def test_the_estate_is_sorted_by_a_word_of_either_language(heard: Heard, typed: str, first: str) -> None:
    said = heard.at(groups(), typed).partition("Your choice:")[2]
    assert said.lstrip().startswith(first)


def test_an_unknown_order_says_which_there_are(heard: Heard) -> None:
    assert "group, rent, level, mortgage or missing" in heard.at(groups(), "estate backwards")


def test_the_worths_say_rank_lead_and_trend_and_each_round(heard: Heard) -> None:
    said = heard.at(groups(), "worths")
    assert "1. D alice: worth 3190, 730 ahead, as a round ago." in said
    assert "2. B Bob: worth 2460, 730 behind, as a round ago." in said
    assert "D alice, round by round from round 1: 3190, 3190." in said


def test_a_group_that_becomes_whole_is_told_in_line_mode(heard: Heard) -> None:
    link = groups()
    for square in (6, 8, 9):
        give(link.game, square, BOB)
    # The view that the first update brings is of before.
    before = positions.two_groups()
    link._updates = before._updates
    link.tell(Changed(None, (Bought(BOB, 9, 120, False),)))
    assert "Bob has all of group B (Market Side) now." in heard.at(link)


def test_the_log_can_tell_only_what_concerns_the_player(heard: Heard) -> None:
    link = groups()
    link.tell(Changed(None, (Walked(BOB, (0, 1)), Paid(BOB, ME, 44, Why.RENT, 5), Built(CAROL, 6, 1))))
    said = heard.at(link, "log mine")
    assert said.count("Bob pays 44 to alice") == 2
    assert said.count("Carol builds") == 1
    link = groups()
    link.tell(Changed(None, (Built(CAROL, 6, 1),)))
    assert heard.at(link, "registro").count("Carol builds") == 2


def test_nothing_of_it_has_a_character_that_a_screen_reader_names(heard: Heard) -> None:
    said = heard.at(groups(), "estate", "worths", "choices")
    assert not set("→·↗↘▾−") & set(said)
    assert aloud(said) == said
