"""What comes of an action: the rent before and after, a group that it completes, and the money that is left."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final, NamedTuple

from magnate.engine import actions as act
from magnate.engine.actions import Action
from magnate.engine.view import GameView, after, bail_destination, next_turn, rent, why_not
from magnate.tui.words.groups import group_name, missing
from magnate.tui.words.people import People

_ESTATE: Final = (act.BuySquare, act.Build, act.Demolish, act.MortgageSet, act.MortgageUnset)
"""Actions on one square, whose effect needs no chance."""


class Effect(NamedTuple):
    """One thing that comes of an action: the key of a text, and the words for it."""

    key: str
    values: Mapping[str, object]


def effects(view: GameView, action: Action, lang: str) -> list[Effect]:
    """Return what comes of an action that the viewer may do now; nothing for what is refused or left to chance."""
    match action:
        case act.PayBail(to_pay=True):
            return [_left(view.balance[view.viewer] - view.board.bail + _arriving(view, bail_destination(view)))]
        case act.MoveTo(square) if change := _arriving(view, square):
            return [_left(view.balance[view.viewer] + change)]
        case act.ChooseCard(True) if view.card is not None and view.card.price:
            return [_left(view.balance[view.viewer] - view.card.price)]
        case act.TakeTram(square) if square != view.position[view.viewer]:
            return [_left(view.balance[view.viewer] - view.board.fare[square])]
        case act.Bid(amount) if amount:
            return [_left(view.balance[view.viewer] - amount)]
    if not isinstance(action, _ESTATE) or why_not(view, view.viewer, action) is not None:
        return []
    return _on_square(view, action.square, after(view, action), lang)


def _arriving(view: GameView, square: int | None) -> int:
    """Return by how much the viewer's balance changes on the way to a square and there: salary, rent and pot."""
    if square is None:
        return 0
    board, me = view.board, view.viewer
    steps = view.jail_roll or dict(view.choices).get(square, 0)
    exits = board.exits[view.position[me]][steps] if steps else int(square == board.exit)
    due = rent(view, square) if board.is_buyable[square] and view.owner[square] != me else 0
    pot = view.pot if square == board.parking else 0
    return exits * board.salary + pot - due


def _left(amount: int) -> Effect:
    return Effect("left_over", {"amount": amount})


def _on_square(view: GameView, square: int, then: GameView, lang: str) -> list[Effect]:
    found = []
    before, now = rent(view, square), rent(then, square)
    if view.owner[square] != then.owner[square]:
        found += [Effect("rent", {"amount": now}), *group_effects(then, square, lang)]
    elif before != now:
        found.append(Effect("rent_change", {"before": before, "after": now}))
    return [*found, _left(then.balance[view.viewer])]


def group_effects(view: GameView, square: int, lang: str) -> list[Effect]:
    """Return how much of a group the viewer has with a square, owned yet or not; nothing if it is the first of it."""
    group = view.board.group[square]
    whole = len(view.board.members[group])
    have = whole - sum(other != square for other, _ in missing(view, view.viewer, group))
    words = {"group": group_name(group, lang), "count": have, "all": whole}
    if have == whole:
        return [Effect("group_completes", words)]
    return [Effect("group_part", words)] if have > 1 else []


def effect_words(found: Sequence[Effect], people: People) -> str:
    """Return effects in one line; nothing for none."""
    return " · ".join(people.say(effect.key, **effect.values) for effect in found)


def next_turn_words(view: GameView, people: People) -> str:
    """Return what the viewer's next turn may cost in rents; nothing where it costs nothing."""
    average, worst = next_turn(view, view.viewer)
    return people.say("next_turn", average=ceil(average), worst=worst) if worst else ""
