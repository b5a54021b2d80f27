"""What the cards of the fantasy deck are worth: the shown one against the mean of the unseen ones."""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from magnate.bots.brain.outlook import Outlook
from magnate.bots.brain.places import freedom
from magnate.bots.brain.reasons import Reasons, added
from magnate.engine.cards import Card, deck
from magnate.engine.rules.rent import property_rent

Judge: TypeAlias = Callable[[Outlook, int, int], float]
"""Returns what a card is worth to a seat, given its value (0 where it has none)."""


def shown(outlook: Outlook, seat: int, card: Card) -> Reasons:
    """Return the reasons to buy the card that is shown."""
    return Reasons(-card.price, worth=_judged(outlook, seat, card), risk=outlook.risk(seat, -card.price))


def unseen(outlook: Outlook, seat: int) -> Reasons:
    """Return the reasons to take an unseen card: the mean of the deck."""
    return Reasons(worth=_mean([_mean([_judged(outlook, seat, card) for card in kind.cards]) for kind in deck()]))


def _judged(outlook: Outlook, seat: int, card: Card) -> float:
    judge = _WORTH.get(card.type)
    return 0.0 if judge is None else judge(outlook, seat, card.value or 0)


def _mean(values: Sequence[float]) -> float:
    return added(values) / len(values) if values else 0.0


def _purse(outlook: Outlook, seat: int) -> int:
    return max(0, outlook.view.balance[seat])


def _of_rivals(outlook: Outlook, loss: float) -> float:
    """Return what it is worth to a player that one of the rivals loses so much."""
    return loss / outlook.rivals


def _houses(outlook: Outlook, seat: int) -> int:
    return sum([outlook.view.level[square] for square in outlook.view.owned[seat]])


def _all_houses(outlook: Outlook) -> int:
    return sum(outlook.view.level)


def _house(outlook: Outlook, seat: int, step: int) -> float:
    """Return what one level more or less is worth, on average over the groups that `seat` could build on."""
    view, board = outlook.view, outlook.board
    values = []
    for square in view.owned[seat]:
        level = view.level[square] + step
        if view.group_owner[board.group[square]] == seat and board.build_price[square] and 0 <= level < 6:
            change = property_rent(board, square, level, True) - property_rent(board, square, level - step, True)
            values.append(abs(change) * outlook.visits(square) + board.build_price[square])
    return _mean(values)


def _jail_for_rival(outlook: Outlook, seat: int) -> float:
    others = [other for other, alive in enumerate(outlook.view.alive) if alive and other != seat]
    return _of_rivals(outlook, _mean([freedom(outlook, other) for other in others]))


def _loss_of_rivals(outlook: Outlook, seat: int) -> float:
    return _of_rivals(outlook, 100.0) if _all_houses(outlook) > _houses(outlook, seat) else 0.0


def _revived(outlook: Outlook, seat: int) -> float:
    board, view = outlook.board, outlook.view
    return 2 * _mean([board.mortgage[square] for square in view.owned[seat] if view.mortgaged[square]])


def _earthquake(outlook: Outlook, seat: int) -> float:
    view, board = outlook.view, outlook.board
    value = 0.0
    for square, level in enumerate(view.level):
        if level:
            lost = property_rent(board, square, level, True) - property_rent(board, square, level - 1, True)
            harm = board.build_price[square] + lost * outlook.visits(square)
            value += -harm if view.owner[square] == seat else harm / outlook.rivals
    return value


_WORTH: Final[dict[str, Judge]] = {
    "winPlainMoney": lambda outlook, seat, value: value,
    "winRatioMoney": lambda outlook, seat, value: _purse(outlook, seat) * value / 100,
    "losePlainMoney": lambda outlook, seat, value: -value + outlook.risk(seat, -value),
    "loseRatioMoney": lambda outlook, seat, value: -_purse(outlook, seat) * value / 100,
    "shareMoneyAll": lambda outlook, seat, value: -value * (outlook.rivals + 1),
    "everybodySendsYouMoney": lambda outlook, seat, value: value * (outlook.rivals + 1),
    "doubleOrNothing": lambda outlook, seat, value: outlook.risk(seat, -_purse(outlook, seat)) / 2,
    "getParkingMoney": lambda outlook, seat, value: outlook.view.pot,
    "goToJail": lambda outlook, seat, value: -freedom(outlook, seat),
    "sendToJail": lambda outlook, seat, value: _jail_for_rival(outlook, seat),
    "everybodyToJail": lambda outlook, seat, value: (
        outlook.rivals * _jail_for_rival(outlook, seat) - freedom(outlook, seat)
    ),
    "goToStart": lambda outlook, seat, value: outlook.board.salary,
    "breakOpponentHouse": lambda outlook, seat, value: _loss_of_rivals(outlook, seat),
    "breakOwnHouse": lambda outlook, seat, value: -_house(outlook, seat, -1) if _houses(outlook, seat) else 0.0,
    "freeHouse": lambda outlook, seat, value: _house(outlook, seat, 1),
    "reviveProperty": lambda outlook, seat, value: _revived(outlook, seat),
    "earthquake": lambda outlook, seat, value: _earthquake(outlook, seat),
}
"""One row a type of card; the cards that only move pieces, without their arrival, are worth nothing either way."""
