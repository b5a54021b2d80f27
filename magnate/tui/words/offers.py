"""What a player may do now, each with its key, its words, and, where it may not be done, why not.

Nothing is decided here: reasons come from the engine's `why_not` on the view.
"""

from dataclasses import dataclass, replace
from typing import Final

from magnate.engine import actions
from magnate.engine.actions import Action
from magnate.engine.board import PLAIN_GROUPS, Kind
from magnate.engine.phases import Phase
from magnate.engine.view import GameView, Reason, bail_destination, bid_limits, rent, trade_limits, why_not
from magnate.tui.board.face import codes
from magnate.tui.words.effects import effect_words, effects, next_turn_words
from magnate.tui.words.people import People
from magnate.tui.words.sales import sales
from magnate.tui.words.squares import called, consequence, fares

MOST_LISTED: Final = 9
"""Targets that are listed one by one; a triple leads anywhere."""
_MOST_BUILDS: Final = 3
"""Groups that are offered for building; the estate list has them all."""

KEYS: Final[dict[str, str]] = {
    "roll": "r",
    "bail": "p",
    "stay": "s",
    "move": "enter",
    "tram": "enter",
    "buy": "b",
    "drop": "d",
    "card_buy": "b",
    "card_unseen": "u",
    "bid": "a",
    "build": "h",
    "demolish": "x",
    "mortgage": "m",
    "trade": "t",
    "accept": "y",
    "reject": "n",
    "counter": "t",
    "not_this_turn": "d",
    "never": "x",
    "sell": "v",
    "next": "e",
}
"""The key of each offer, unless the player's configuration names another."""

_IDS: Final[dict[str, str]] = {
    "card_buy": "fantasy.buy",
    "card_unseen": "fantasy.unseen",
    "accept": "answer.accept",
    "reject": "answer.reject",
    "counter": "answer.counter",
    "not_this_turn": "answer.not_this_turn",
    "never": "answer.never",
}

_OTHERS: Final = ("surrender", "estate", "skip", "faster", "slower")
"""Offers whose keys work at any time."""

BINDING_IDS: Final[dict[str, str]] = {name: _IDS.get(name, f"game.{name}") for name in [*KEYS, *_OTHERS]}
"""What the configuration calls the key of each offer."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that the player may want to do now."""

    name: str
    """One of BINDING_IDS."""
    label: str
    action: Action | None = None
    """What to send; None where a dialog or the board asks for more first."""
    reason: Reason | None = None
    """Why it may not be done; None where it may."""
    detail: str = ""
    """What comes of it."""
    key: str = ""
    """What to press for it, where it is not the key of its name: the number of a target."""


def offers(view: GameView, people: People, cursor: int | None = None) -> list[Offer]:
    """Return what the viewer may do now, the obvious thing first; empty while others are to act.

    Keys for building, demolishing and mortgages are for the square under the `cursor`, where it is the viewer's.
    """
    me = view.viewer
    if not plays(view):
        return []
    if view.phase is Phase.AUCTION:
        limits = bid_limits(view, me)
        return [] if limits is None else [Offer("bid", people.say("bid"))]
    if view.phase_seat != me:
        return []
    match view.phase:
        case Phase.ROLL_THE_DICES:
            return _roll(view, people)
        case Phase.CHOOSE_SQUARE:
            return _targets(view, people) or [Offer("move", people.say("move"))]
        case Phase.CHOOSE_FANTASY:
            return _cards(view, people)
        case Phase.MANAGEMENT:
            return _management(view, people)
        case Phase.PROPOSAL_ACCEPTANCE:
            return _answers(view, people)
        case _:
            return _business(view, people, cursor)


def waits_for(view: GameView) -> bool:
    """Return whether the game waits for the viewer."""
    if not plays(view):
        return False
    return view.viewer in view.to_bid if view.phase is Phase.AUCTION else view.phase_seat == view.viewer


def plays(view: GameView) -> bool:
    """Return whether the viewer is still in a running game."""
    return view.viewer >= 0 and view.alive[view.viewer] and view.phase is not Phase.END_GAME


def choices(view: GameView) -> tuple[int, ...]:
    """Return the squares that the viewer may choose now, on foot or by tram."""
    me = view.viewer
    if me < 0 or view.phase_seat != me:
        return ()
    if view.phase is Phase.CHOOSE_SQUARE:
        return tuple(square for square, _ in view.choices)
    if view.phase is Phase.MANAGEMENT and view.board.kind[view.position[me]] is Kind.TRAM:
        stops = view.board.trams
        return tuple(stop for stop in stops if why_not(view, me, actions.take_tram(stop)) is None)
    return ()


def listed(view: GameView) -> tuple[int, ...]:
    """Return the squares that may be chosen by their place in the list, from 1; none where they are too many.

    The stop where the viewer already is stands in no list: staying is an offer of its own.
    """
    here = view.position[view.viewer] if view.phase is Phase.MANAGEMENT else None
    found = tuple(square for square in choices(view) if square != here)
    return found if len(found) <= MOST_LISTED else ()


def choice_action(view: GameView, square: int) -> Action:
    """Return what choosing a square means now."""
    return actions.move_to(square) if view.phase is Phase.CHOOSE_SQUARE else actions.take_tram(square)


def square_offers(view: GameView, square: int, people: People) -> list[Offer]:
    """Return what may be done with a square that is the viewer's, or that the viewer may buy; greyed where not now."""
    me = view.viewer
    board = view.board
    if me < 0 or not board.is_buyable[square]:
        return []
    if view.phase is Phase.MANAGEMENT and view.phase_seat == me and view.position[me] == square:
        return _management(view, people)
    if square not in view.owned[me]:
        return []
    lift = bool(view.mortgaged[square])
    mortgage = actions.MORTGAGE_UNSET[square] if lift else actions.MORTGAGE_SET[square]
    amount = board.mortgage[square]
    label = f"{people.say('lift')} (−{amount})" if lift else f"{people.say('mortgage')} (+{amount})"
    found = [_offer(view, people, "mortgage", label, mortgage)]
    if board.build_price[square]:
        build = f"{people.say('build')} (−{board.build_price[square]})"
        found.insert(0, _offer(view, people, "build", build, actions.build(square)))
        if view.level[square]:
            demolish = f"{people.say('demolish')} (+{board.refund[square]})"
            found.insert(1, _offer(view, people, "demolish", demolish, actions.demolish(square)))
    return found


def _offer(view: GameView, people: People, name: str, label: str, action: Action) -> Offer:
    reason = why_not(view, view.viewer, action)
    return Offer(name, label, action, reason, effect_words(effects(view, action, people.lang), people))


def _roll(view: GameView, people: People) -> list[Offer]:
    found = [_offer(view, people, "roll", people.say("roll"), actions.THROW_DICES)]
    if view.jail_turns[view.viewer]:
        found.append(_bail(view, people))
        found.append(_offer(view, people, "stay", people.say("stay_in_jail"), actions.DECLINE_BAIL))
    return found


def _bail(view: GameView, people: People) -> Offer:
    """Return the offer to pay the bail: with a roll on the table, it says where that leads."""
    bail = _offer(view, people, "bail", people.say("bail", amount=view.board.bail), actions.PAY_BAIL)
    led = bail_destination(view)
    if led is None:
        return bail
    leads = people.say("leads_to", square=called(view, led, people))
    then = consequence(view, view.viewer, led, people)
    return replace(bail, detail=" · ".join(part for part in (leads, then, bail.detail) if part))


def _targets(view: GameView, people: People) -> list[Offer]:
    """Return an offer for each square that may be chosen, with what comes of it; none where they are too many."""
    name = "move" if view.phase is Phase.CHOOSE_SQUARE else "tram"
    found = []
    for number, square in enumerate(listed(view), 1):
        action = choice_action(view, square)
        parts = (
            consequence(view, view.viewer, square, people),
            effect_words(effects(view, action, people.lang), people),
        )
        detail = " · ".join(part for part in parts if part)
        found.append(Offer(name, called(view, square, people), action, None, detail, str(number)))
    return found


def _cards(view: GameView, people: People) -> list[Offer]:
    """Return both cards, the one that costs nothing first."""
    price = 0 if view.card is None else view.card.price
    return [
        _offer(view, people, "card_unseen", people.say("card_unseen"), actions.TAKE_UNSEEN_CARD),
        _offer(view, people, "card_buy", people.say("card_buy", price=price), actions.TAKE_SHOWN_CARD),
    ]


def _answers(view: GameView, people: People) -> list[Offer]:
    """Return the answers to a trade, first the one that changes nothing."""
    return [
        _offer(view, people, "reject", people.say("reject"), actions.REJECT),
        _offer(view, people, "accept", people.say("accept"), actions.ACCEPT),
        Offer("counter", people.say("counter")),
        Offer("not_this_turn", people.say("not_this_turn")),
        Offer("never", people.say("never")),
    ]


def _management(view: GameView, people: People) -> list[Offer]:
    square = view.position[view.viewer]
    if view.board.is_buyable[square]:
        buy = people.say("buy", amount=view.board.price[square])
        return [
            _offer(view, people, "buy", buy, actions.buy_square(square)),
            _offer(view, people, "drop", people.say("drop"), actions.drop_purchase(square)),
        ]
    reason = _tram_reason(view)
    ride = Offer("tram", people.say("tram", amount=fares(view.board, square)), None, reason)
    return [
        *(_targets(view, people) or [ride]),
        _offer(view, people, "stay", people.say("stay"), actions.NEXT_PHASE),
    ]


def _tram_reason(view: GameView) -> Reason | None:
    """Return why no other stop can be ridden to."""
    here = view.position[view.viewer]
    reasons = [why_not(view, view.viewer, actions.take_tram(stop)) for stop in view.board.trams if stop != here]
    return None if None in reasons else reasons[0]


def _business(view: GameView, people: People, cursor: int | None) -> list[Offer]:
    me = view.viewer
    debt = view.balance[me] < 0
    again = view.streak > 0 and not view.jail_turns[me]
    label = people.say("next_debt" if debt else "next_roll" if again else "next")
    reason = why_not(view, me, actions.NEXT_PHASE)
    found = [Offer("next", label, actions.NEXT_PHASE, reason, "" if debt else next_turn_words(view, people))]
    if debt and sales(view):
        found.insert(0, Offer("sell", people.say("sell")))
    if trade_limits(view, me) is None:
        nothing = actions.TradeProposal((me + 1) % view.seats, offered_money=1)
        found.append(Offer("trade", people.say("trade"), None, why_not(view, me, nothing)))
    else:
        found.append(Offer("trade", people.say("trade")))
    if debt:
        found.append(Offer("surrender", people.say("surrender")))
    here = square_offers(view, cursor, people) if cursor is not None and cursor in view.owned[me] else []
    group = view.board.group[cursor] if here and cursor is not None else 0
    return [*found, *here, *_builds(view, people, group), *_estate(view, people)]


def _builds(view: GameView, people: People, without: int) -> list[Offer]:
    """Return the best level to build in each group, the largest gain first; the group `without` is left out."""
    found = []
    for members in view.board.members[1 : PLAIN_GROUPS + 1]:
        if view.board.group[members[0]] == without:
            continue
        builds = [square for square in members if why_not(view, view.viewer, actions.build(square)) is None]
        if builds:
            best = max(builds, key=lambda square: _gain(view, square))
            found.append((_gain(view, best), best))
    return [_build(view, people, square) for _, square in sorted(found, reverse=True)[:_MOST_BUILDS]]


def _gain(view: GameView, square: int) -> int:
    """Return by how much a level more would raise the rent of a square."""
    return view.board.rents[square][view.level[square] + 1] - rent(view, square)


def _build(view: GameView, people: People, square: int) -> Offer:
    code = codes(view.board)[square]
    label = people.say("build_on", square=code, amount=view.board.build_price[square])
    return _offer(view, people, "build", label, actions.build(square))


def _estate(view: GameView, people: People) -> list[Offer]:
    """Return the offer of the estate list, with how much there is to mortgage, lift and demolish."""
    me, board = view.viewer, view.board
    squares = view.owned[me]
    if not squares:
        return []
    amounts = {
        "estate_lift": [board.mortgage[s] for s in squares if why_not(view, me, actions.MORTGAGE_UNSET[s]) is None],
        "estate_mortgage": [board.mortgage[s] for s in squares if why_not(view, me, actions.MORTGAGE_SET[s]) is None],
        "estate_demolish": [board.refund[s] for s in squares if why_not(view, me, actions.demolish(s)) is None],
    }
    parts = [people.say(key, count=len(each), amount=sum(each)) for key, each in amounts.items() if each]
    return [Offer("estate", people.say("estate_offer", count=len(squares)), detail=" · ".join(parts))]
