"""What a player may do now, each with its key, its words, and, where it may not be done, why not.

Nothing is decided here: reasons come from the engine's `why_not` on the view.
"""

from dataclasses import dataclass
from typing import Final

from magnate.engine import actions
from magnate.engine.actions import Action
from magnate.engine.board import Kind
from magnate.engine.phases import Phase
from magnate.engine.view import GameView, Reason, bid_limits, trade_limits, why_not
from magnate.texts.game import game
from magnate.tui.words.squares import fares

KEYS: Final[dict[str, str]] = {
    "roll": "r",
    "bail": "p",
    "stay": "s",
    "move": "enter",
    "tram": "enter",
    "buy": "b",
    "drop": "d",
    "card": "k",
    "bid": "a",
    "build": "h",
    "demolish": "x",
    "mortgage": "m",
    "trade": "t",
    "answer": "o",
    "sell": "v",
    "next": "e",
}
"""The key of each offer, unless the player's configuration names another."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that the player may want to do now."""

    name: str
    """One of KEYS."""
    label: str
    action: Action | None = None
    """What to send; None where a dialog or the board asks for more first."""
    reason: Reason | None = None
    """Why it may not be done; None where it may."""


def offers(view: GameView, lang: str, cursor: int | None = None) -> list[Offer]:
    """Return what the viewer may do now, the obvious thing first; empty while others are to act.

    Building, demolishing and mortgages are those of the square under the `cursor`.
    """
    me = view.viewer
    if me < 0 or not view.alive[me] or view.phase is Phase.END_GAME:
        return []
    if view.phase is Phase.AUCTION:
        limits = bid_limits(view, me)
        return [] if limits is None else [Offer("bid", game("bid", lang))]
    if view.phase_seat != me:
        return []
    match view.phase:
        case Phase.ROLL_THE_DICES:
            return _roll(view, lang)
        case Phase.CHOOSE_SQUARE:
            return [Offer("move", game("move", lang))]
        case Phase.CHOOSE_FANTASY:
            return [Offer("card", game("card", lang))]
        case Phase.MANAGEMENT:
            return _management(view, lang)
        case Phase.PROPOSAL_ACCEPTANCE:
            return [Offer("answer", game("answer", lang))]
        case _:
            return _business(view, lang, cursor)


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


def choice_action(view: GameView, square: int) -> Action:
    """Return what choosing a square means now."""
    return actions.move_to(square) if view.phase is Phase.CHOOSE_SQUARE else actions.take_tram(square)


def square_offers(view: GameView, square: int, lang: str) -> list[Offer]:
    """Return what may be done with a square that is the viewer's, or that the viewer may buy; greyed where not now."""
    me = view.viewer
    board = view.board
    if me < 0 or not board.is_buyable[square]:
        return []
    if view.phase is Phase.MANAGEMENT and view.phase_seat == me and view.position[me] == square:
        return _management(view, lang)
    if square not in view.owned[me]:
        return []
    lift = bool(view.mortgaged[square])
    mortgage = actions.MORTGAGE_UNSET[square] if lift else actions.MORTGAGE_SET[square]
    amount = board.mortgage[square]
    label = f"{game('lift', lang)} (−{amount})" if lift else f"{game('mortgage', lang)} (+{amount})"
    found = [_offer(view, "mortgage", label, mortgage)]
    if board.build_price[square]:
        build = f"{game('build', lang)} (−{board.build_price[square]})"
        demolish = f"{game('demolish', lang)} (+{board.refund[square]})"
        found.insert(0, _offer(view, "build", build, actions.build(square)))
        found.insert(1, _offer(view, "demolish", demolish, actions.demolish(square)))
    return found


def _offer(view: GameView, name: str, label: str, action: Action) -> Offer:
    return Offer(name, label, action, why_not(view, view.viewer, action))


def _roll(view: GameView, lang: str) -> list[Offer]:
    found = [_offer(view, "roll", game("roll", lang), actions.THROW_DICES)]
    if view.jail_turns[view.viewer]:
        bail = game("bail", lang, amount=view.board.bail)
        found.append(_offer(view, "bail", bail, actions.PAY_BAIL))
        found.append(_offer(view, "stay", game("stay_in_jail", lang), actions.DECLINE_BAIL))
    return found


def _management(view: GameView, lang: str) -> list[Offer]:
    square = view.position[view.viewer]
    if view.board.is_buyable[square]:
        buy = game("buy", lang, amount=view.board.price[square])
        return [
            _offer(view, "buy", buy, actions.buy_square(square)),
            _offer(view, "drop", game("drop", lang), actions.drop_purchase(square)),
        ]
    return [
        Offer("tram", game("tram", lang, amount=fares(view.board, square)), None, _tram_reason(view)),
        _offer(view, "stay", game("stay", lang), actions.NEXT_PHASE),
    ]


def _tram_reason(view: GameView) -> Reason | None:
    """Return why no other stop can be ridden to."""
    here = view.position[view.viewer]
    reasons = [why_not(view, view.viewer, actions.take_tram(stop)) for stop in view.board.trams if stop != here]
    return None if None in reasons else reasons[0]


def _business(view: GameView, lang: str, cursor: int | None) -> list[Offer]:
    me = view.viewer
    debt = view.balance[me] < 0
    again = view.streak > 0 and not view.jail_turns[me]
    label = "next_debt" if debt else "next_roll" if again else "next"
    found = [_offer(view, "next", game(label, lang), actions.NEXT_PHASE)]
    if debt:
        found.insert(0, Offer("sell", game("sell", lang)))
    if trade_limits(view, me) is None:
        nothing = actions.TradeProposal((me + 1) % view.seats, offered_money=1)
        found.append(Offer("trade", game("trade", lang), None, why_not(view, me, nothing)))
    else:
        found.append(Offer("trade", game("trade", lang)))
    if cursor is not None and cursor in view.owned[me]:
        found += square_offers(view, cursor, lang)
    return found
