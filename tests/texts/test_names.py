"""Every square and every card has words in both languages (issue: English and Spanish from one table)."""

import pytest

from magnate.engine.board import BRIDGES, standard_board
from magnate.engine.cards import Card, deck
from magnate.texts import LANGUAGES
from magnate.texts.cards import CARDS, card_effect, card_title
from magnate.texts.squares import DISTRICTS, SQUARES, square_name


def test_every_square_of_the_board_has_a_name_and_no_other_has() -> None:
    assert set(SQUARES) == set(standard_board().ids)


def test_every_group_has_a_district() -> None:
    assert set(DISTRICTS) == set(range(1, BRIDGES + 1))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_squares_that_can_be_owned_have_names_of_their_own(lang: str) -> None:
    names = [square_name(square, lang) for square in standard_board().buyable]
    assert len(set(names)) == len(names)


def test_every_card_of_the_deck_has_words_and_no_other_has() -> None:
    assert set(CARDS) == {card_type.name for card_type in deck()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_card_says_its_value_exactly_where_it_has_one(lang: str) -> None:
    for card_type in deck():
        for card in card_type.cards:
            said = card_effect(card, lang)
            assert "{" not in said
            assert (str(card.value) in said) == (card.value is not None)
            assert card_title(card, lang)


@pytest.mark.parametrize(("lang", "name"), [("en", "Square 77"), ("es", "Casilla 77")])
def test_a_square_of_another_board_is_called_by_its_number(lang: str, name: str) -> None:
    assert square_name(77, lang) == name


def test_a_card_of_another_deck_is_called_by_its_type() -> None:
    card = Card("rainOfFrogs", None, 10)
    assert card_title(card) == card_effect(card) == "rainOfFrogs"
