"""What a typed line means: numbers, squares, levels and trades."""

from typing import Final

from magnate.engine.actions import TradeProposal
from magnate.engine.view import GameView
from magnate.texts.lobby import LOBBY
from magnate.texts.plain import without_accents
from magnate.tui.board.face import codes
from magnate.tui.starting import LEVELS
from magnate.tui.words.people import People

_LONGEST_NUMBER: Final = 9


def number_of(text: str) -> int | None:
    """Return the whole number that a text is, or None; more than nine digits are no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else None


def square_of(text: str, view: GameView) -> int | None:
    """Return the square of a number such as 31 or a code such as G1, or None."""
    number = number_of(text)
    if number is not None:
        return number if view.board.is_square(number) else None
    return next((square for square, code in codes(view.board).items() if code == text.upper()), None)


def level_of(text: str) -> str | None:
    """Return the level of bots that a text names, as on the wire or in either language, or None."""
    wanted = without_accents(text).replace("_", " ")
    for level in LEVELS:
        if wanted in (level.replace("_", " "), *map(without_accents, LOBBY[f"level_{level}"])):
            return level
    return None


def trade_of(words: list[str], view: GameView, people: People) -> TradeProposal | None:
    """Return the trade of `PLAYER GIVE GET`, or None where the words are none."""
    if len(words) != 3:
        return None
    other = people.seat_of(words[0])
    give, get = side_of(words[1], view), side_of(words[2], view)
    if other is None or give is None or get is None:
        return None
    return TradeProposal(other, give[0], get[0], give[1], get[1])


def side_of(word: str, view: GameView) -> tuple[int, tuple[int, ...]] | None:
    """Return money and squares of one side of a trade, such as `100m+5+G1`, or None.

    A number with an m is money; one without is a square if somebody owns that square, and money if nobody does.
    """
    money, squares = 0, []
    for part in word.lower().split("+"):
        amount = number_of(part.removesuffix("m"))
        square = square_of(part, view)
        if square is not None and (amount is None or any(square in owned for owned in view.owned)):
            squares.append(square)
        elif amount is not None:
            money += amount
        else:
            return None
    return money, tuple(squares)
