"""The brain: every choice of a phase with its reasons, best first."""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias, cast

from magnate.bots.brain import auction, bargains, estate, fantasy, places
from magnate.bots.brain.bargains import Bargains
from magnate.bots.brain.outlook import Outlook
from magnate.bots.brain.reasons import NOTHING, Reasons
from magnate.engine.actions import (
    Action,
    Build,
    BuySquare,
    ChooseCard,
    Demolish,
    MortgageSet,
    MortgageUnset,
    MoveTo,
    PayBail,
    TakeTram,
    TradeAnswer,
    TradeProposal,
    bid,
)
from magnate.engine.phases import AUCTION, BUSINESS, LIQUIDATION
from magnate.engine.rules.dice import bail_destination

Ranked: TypeAlias = tuple[Action, Reasons]
Judge: TypeAlias = Callable[[Outlook, int, Action], Reasons]


def rank(outlook: Outlook, bargains_made: Bargains, seat: int, legal: Sequence[Action]) -> list[Ranked]:
    """Return what is worth considering of `legal` with its reasons, best first; of equals the later in `legal`.

    A bid is the best one beside the pass, and a trade is one that the brain thinks of; `legal` has samples of both.
    Surrender is listed where nothing else is left.
    """
    view = outlook.view
    if view.phase is AUCTION:
        amount, reasons = auction.best_bid(outlook, seat)
        return [(bid(amount), reasons), (bid(0), NOTHING)] if amount else [(bid(0), NOTHING)]
    in_debt = view.balance[seat] < 0 and (view.phase is BUSINESS or view.phase is LIQUIDATION)
    ranked = [
        (action, judge(outlook, seat, action))
        for action in legal[:-1]
        if (judge := (_IN_DEBT if in_debt else _JUDGES).get(type(action), _indifferent)) is not None
    ]
    if in_debt:
        return _by_loss(outlook, bargains_made, seat, ranked, legal)
    if view.phase is BUSINESS:
        trade = bargains_made.think_of(outlook, seat)
        if trade is not None:
            ranked.append(trade)
    ranked.reverse()  # the sort is stable, and what stands last in `legal` does less
    ranked.sort(key=lambda choice: choice[1].total, reverse=True)
    return ranked or [(legal[-1], NOTHING)]


def _by_loss(
    outlook: Outlook, made: Bargains, seat: int, ranked: list[Ranked], legal: Sequence[Action]
) -> list[Ranked]:
    """Return the sales, those first that lose least for each unit of the debt that they pay; then what else is left."""
    owed = -outlook.view.balance[seat]
    sales = [choice for choice in ranked if choice[1].money > 0]
    sales.sort(key=lambda choice: choice[1].total / min(choice[1].money, owed), reverse=True)
    if sales:
        return sales
    trades = [a for a in legal if isinstance(a, TradeProposal) and made.may_propose(outlook.view, a)]
    rest: list[Ranked] = [(trade, bargains.answer(outlook, seat, seat, trade)) for trade in trades]
    rest += [choice for choice in ranked if choice[1] is NOTHING]
    return rest or [(legal[-1], NOTHING)]


def _indifferent(outlook: Outlook, seat: int, action: Action) -> Reasons:
    return NOTHING


def _bail(outlook: Outlook, seat: int, action: PayBail) -> Reasons:
    """Return the reasons to leave jail for money: what walking is worth, or where the roll on the table leads."""
    if not action.to_pay:
        return NOTHING
    bail = outlook.board.bail
    walk = places.freedom(outlook, seat)
    there = bail_destination(outlook.view)
    reasons = Reasons(-bail, rent=walk, risk=outlook.risk(seat, -bail))
    return reasons if there is None else reasons.plus(places.landing(outlook, seat, there))


def _ride(outlook: Outlook, seat: int, action: TakeTram) -> Reasons:
    here = outlook.view.position[seat]
    if action.square == here:
        return NOTHING
    better = places.ahead(outlook, seat, action.square) - places.ahead(outlook, seat, here)
    return Reasons(-outlook.board.fare[action.square], rent=better)


def _card(outlook: Outlook, seat: int, action: ChooseCard) -> Reasons:
    card = outlook.view.card
    assert card is not None
    return fantasy.shown(outlook, seat, card) if action.chosen_revealed_card else fantasy.unseen(outlook, seat)


def _answer(outlook: Outlook, seat: int, action: TradeAnswer) -> Reasons:
    view = outlook.view
    assert view.trade is not None
    return bargains.answer(outlook, seat, view.turn_seat, view.trade) if action.accept else NOTHING


_JUDGES: Final[dict[type, Judge | None]] = cast(
    dict[type, Judge | None],
    {
        PayBail: _bail,
        MoveTo: lambda outlook, seat, action: places.landing(outlook, seat, action.square),
        BuySquare: lambda outlook, seat, action: places.purchase(outlook, seat, action.square),
        TakeTram: _ride,
        ChooseCard: _card,
        Build: estate.building,
        MortgageUnset: estate.lifting,
        TradeAnswer: _answer,
        # Nobody sells for what need not be paid, and the trades of `legal` are samples.
        Demolish: None,
        MortgageSet: None,
        TradeProposal: None,
    },
)
"""One row a kind of action; None for what is not considered. Kinds without a row are worth nothing either way."""

_IN_DEBT: Final[dict[type, Judge | None]] = cast(
    dict[type, Judge | None],
    {
        Demolish: estate.demolishing,
        MortgageSet: estate.mortgaging,
        Build: None,
        MortgageUnset: None,
        TradeProposal: None,
    },
)
