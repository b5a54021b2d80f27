"""What is said of a square: what it is, what it costs, and what happens to who goes there."""

import pytest

from magnate.engine.phases import Phase
from magnate.engine.state import State
from magnate.tui.words.people import People
from magnate.tui.words.squares import consequence, deed, hint, rent_line, standing, title
from tests.tui.game import positions
from tests.tui.game.table import ME


def people(state: State, lang: str = "en") -> People:
    return People.of(state, ("alice", "Bob", "Carol", "Dan"), ME, "city", lang)


def game(**choices: int) -> State:
    state = positions.business().game
    state.phase = Phase.CHOOSE_SQUARE
    state.choices = tuple((int(square.removeprefix("to")), steps) for square, steps in choices.items())
    return state


@pytest.mark.parametrize(
    ("square", "steps", "words"),
    [
        (9, 9, "9 steps · you can buy it for 120"),
        (21, 1, "1 step · you pay 36 to Bob"),
        (5, 5, "5 steps · nothing happens"),
        (2, 2, "2 steps · a fantasy card"),
        (20, 0, "a jump · you go to jail"),
        (111, 0, "a jump · you get the pot, 70"),
        (10, 10, "10 steps · you can ride on"),
        (104, 0, "a jump · nothing happens"),
        (0, 0, "a jump · salary +200"),
    ],
)
def test_a_choice_says_how_far_and_what_then(square: int, steps: int, words: str) -> None:
    state = game(**{f"to{square}": steps})
    state.pot = 70
    assert consequence(state, ME, square, people(state)) == words


def test_a_choice_that_passes_the_exit_says_what_it_pays() -> None:
    state = game(to3=5)
    state.position[ME] = 38
    assert consequence(state, ME, 3, people(state)) == "5 steps · salary +200"


def test_the_rent_of_now_is_marked_on_the_card() -> None:
    state = game()
    seen = people(state)
    assert rent_line(state, 1, seen) == "With 1 house"
    assert rent_line(state, 21, seen) == "Whole group"
    assert rent_line(state, 15, seen) == "1 owned"
    assert rent_line(state, 9, seen) == ""
    for square in (1, 21, 15):
        assert rent_line(state, square, seen) in dict(deed(state, square, seen))


def test_what_nobody_can_own_says_what_it_does() -> None:
    state = game()
    seen = people(state)
    assert standing(state, 0, seen) == "You get 200 when you pass or land."
    assert standing(state, 201, seen) == "Out with 40 bail, a double, or after three turns."
    assert deed(state, 0, seen) == []


def test_a_mortgage_is_said_in_place_of_the_rent() -> None:
    state = game()
    state.mortgaged[5] = 1
    assert standing(state, 5, people(state)) == "of alice · mortgaged"
    assert ("Owner", "alice (mortgaged)") in deed(state, 5, people(state))


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_square_has_a_hint_in_both_languages(lang: str) -> None:
    state = game()
    for square in state.board.ids:
        lines = hint(state, square, people(state, lang), choice=False)
        assert lines[0].plain == title(state, square, people(state, lang)).plain
        assert len(lines) > 1
