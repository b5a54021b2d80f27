"""One square in sentences: its card, who is on it, and what the player may do with it."""

from collections.abc import Sequence

from magnate.engine.actions import Action, buy_square
from magnate.engine.phases import Phase
from magnate.engine.state import FREE
from magnate.engine.view import GameView, sentence, why_not
from magnate.texts.plain import plain
from magnate.tui.plain.words import called_all, offer_words
from magnate.tui.words.offers import Offer, choice_action, choices, square_offers
from magnate.tui.words.people import People
from magnate.tui.words.squares import about_bridge, consequence, deed, rent_line, standing, title


def square_lines(view: GameView, people: People, square: int, listed: Sequence[Action]) -> list[str]:
    """Return all that there is to say of a square.

    Args:
        view: The game.
        people: Who plays.
        square: A square of the board.
        listed: What is offered by number, the first one by 1.
    """
    lines = [
        f"{title(view, square, people).plain}.",
        _ended(standing(view, square, people)),
        _ended(about_bridge(view, square, people)),
        *_card(view, people, square),
        _who_is_here(view, people, square),
        *_choosing(view, people, square, listed),
        *doing_lines(view, people, square, listed),
    ]
    return [line for line in lines if line]


def _ended(text: str) -> str:
    """Return a text as a sentence."""
    return text if not text or text.endswith(".") else f"{text[:1].upper()}{text[1:]}."


def _card(view: GameView, people: People, square: int) -> list[str]:
    now = rent_line(view, square, people)
    lines = []
    for name, value in deed(view, square, people):
        mark = f", {plain('rent_now', people.lang)}" if name == now else ""
        lines.append(f"{name}: {value}{mark}.")
    return lines


def _who_is_here(view: GameView, people: People, square: int) -> str:
    here = [seat for seat in view.order if view.alive[seat] and view.position[seat] == square]
    return plain("here", people.lang, names=called_all(people, here)) if here else plain("nobody_here", people.lang)


def _choosing(view: GameView, people: People, square: int, listed: Sequence[Action]) -> list[str]:
    """Return what choosing the square would mean, where a square is to be chosen."""
    if square in choices(view):
        then = consequence(view, people.viewer, square, people)
        number = _number(choice_action(view, square), listed)
        if number is None:
            return [plain("if_chosen", people.lang, then=then)]
        return [plain("if_chosen_number", people.lang, number=number, then=then)]
    if view.phase is Phase.CHOOSE_SQUARE and view.phase_seat == people.viewer:
        return [people.say("not_a_choice")]
    return []


def doing_lines(view: GameView, people: People, square: int, listed: Sequence[Action]) -> list[str]:
    """Return what may be done with the square now, and what may not and why."""
    found = square_offers(view, square, people)
    if not found and people.viewer >= 0 and view.board.is_buyable[square] and view.owner[square] == FREE:
        buy = buy_square(square)
        found = [Offer("buy", "", buy, why_not(view, people.viewer, buy))]
    lines = []
    for offer in found:
        what, number = offer_words(view, offer, people), _number(offer.action, listed)
        if offer.reason is not None:
            lines.append(plain("not_now", people.lang, what=what, why=sentence(offer.reason, people.lang)))
        elif number is None:
            lines.append(plain("may", people.lang, what=what))
        else:
            lines.append(plain("may_number", people.lang, number=number, what=what))
    return lines


def _number(action: Action | None, listed: Sequence[Action]) -> int | None:
    """Return by which number an action is offered, or None."""
    return listed.index(action) + 1 if action in listed else None
