"""Every square and every card has words in both languages (issue: English and Spanish from one table)."""

import pytest

from magnate.engine.board import BRIDGES, SERVERS, standard_board
from magnate.engine.cards import Card, deck
from magnate.texts import LANGUAGES
from magnate.texts.cards import CARDS, card_effect, card_title
from magnate.texts.squares import DISTRICTS, SHORT_NAMES, SQUARES, name_lines, short_name, square_name


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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_short_names_fit_a_small_square_and_differ_within_their_kind(lang: str) -> None:
    board = standard_board()
    for group in (range(1, SERVERS), (SERVERS,)):
        names = [short_name(square, lang) for each in group for square in board.members[each]]
        assert all(1 <= len(name) <= 6 for name in names)
        assert len(set(names)) == len(names)
    stops = [short_name(square, lang) for square in board.trams]
    assert all(1 <= len(name) <= 7 for name in stops)
    assert len(set(stops)) == len(stops)
    assert set(SHORT_NAMES) < set(SQUARES)
    assert short_name(board.exit, lang) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_fit_three_narrow_lines_and_long_words_break_between_syllables(lang: str) -> None:
    for square in standard_board().ids:
        lines = name_lines(square, 10, lang)
        assert lines is not None
        assert len(lines) <= 3
        assert all(len(line) <= 10 for line in lines)
        name = square_name(square, lang)
        whole = "".join(line[:-1] if line.endswith("-") else f"{line} " for line in lines).strip()
        assert whole == name, "only where there is a hyphen does a line end within a word"


def test_a_name_that_has_room_is_not_broken() -> None:
    assert name_lines(23, 10) == ["Bee-", "keepers'", "Garden"]
    assert name_lines(23, 20) == ["Beekeepers' Garden"]


def test_a_name_with_a_word_too_long_for_the_line_is_not_broken_up() -> None:
    assert name_lines(31, 7) == ["Mint", "Passage"]
    assert name_lines(31, 6) is None


@pytest.mark.parametrize(("lang", "name"), [("en", "Square 77"), ("es", "Casilla 77")])
def test_a_square_of_another_board_is_called_by_its_number(lang: str, name: str) -> None:
    assert square_name(77, lang) == name


def test_a_card_of_another_deck_is_called_by_its_type() -> None:
    card = Card("rainOfFrogs", None, 10)
    assert card_title(card) == card_effect(card) == "rainOfFrogs"
