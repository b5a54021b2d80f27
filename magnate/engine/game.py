"""The door of the engine: `new_game`, `why_not`, `legal_actions`, `apply` (rules: Phases).

`apply` does what `why_not` does not refuse; `legal_actions` lists it. Each rule that refuses stands once, in its
chapter under `magnate.engine.rules`, and all three ask it there.
"""

from collections.abc import Callable
from typing import cast

from magnate.engine.actions import (
    ACCEPT,
    DECLINE_BAIL,
    NEXT_PHASE,
    PAY_BAIL,
    REJECT,
    SURRENDER,
    TAKE_SHOWN_CARD,
    TAKE_UNSEEN_CARD,
    THROW_DICES,
    TYPE_CHECKS,
    Action,
    Bid,
    Build,
    BuySquare,
    ChooseCard,
    Demolish,
    DropPurchase,
    MortgageSet,
    MortgageUnset,
    MoveTo,
    NextPhase,
    PayBail,
    Surrender,
    TakeTram,
    ThrowDices,
    TradeAnswer,
    TradeProposal,
    bid,
    build,
    buy_square,
    demolish,
    drop_purchase,
    move_to,
    take_tram,
)
from magnate.engine.chance import Chance
from magnate.engine.errors import IllegalAction, Reason
from magnate.engine.events import Event
from magnate.engine.phases import (
    AUCTION,
    BUSINESS,
    CHOOSE_FANTASY,
    CHOOSE_SQUARE,
    END_GAME,
    LIQUIDATION,
    MANAGEMENT,
    PROPOSAL_ACCEPTANCE,
    ROLL_THE_DICES,
    Phase,
)
from magnate.engine.rules import auction, dice, ending, fantasy, property, purchase, trade
from magnate.engine.rules.money import purse
from magnate.engine.state import State, new_game

__all__ = ["ADMITS", "apply", "legal_actions", "new_game", "why_not"]

_BUSINESS_ACTIONS: frozenset[type] = frozenset({Build, Demolish, MortgageSet, MortgageUnset, TradeProposal, NextPhase})

ADMITS: dict[Phase, frozenset[type]] = {
    ROLL_THE_DICES: frozenset({ThrowDices, PayBail}),
    CHOOSE_SQUARE: frozenset({MoveTo}),
    CHOOSE_FANTASY: frozenset({ChooseCard}),
    MANAGEMENT: frozenset({BuySquare, DropPurchase, TakeTram, NextPhase}),
    BUSINESS: _BUSINESS_ACTIONS,
    LIQUIDATION: _BUSINESS_ACTIONS,
    AUCTION: frozenset({Bid}),
    PROPOSAL_ACCEPTANCE: frozenset({TradeAnswer}),
    END_GAME: frozenset(),
}
"""The kinds of action that each phase admits; surrender goes without saying."""

Refuse = Callable[[State, int, Action], Reason | None]
Do = Callable[[State, int, Action, Chance, list[Event]], None]


def _may_always(state: State, seat: int, action: Action) -> Reason | None:
    """Refuse nothing: what is always legal for anyone still in the game."""
    return None


# One row an action: the rule that judges it and the rule that does it.
_RULES: dict[type, tuple[Refuse, Do]] = cast(
    dict[type, tuple[Refuse, Do]],
    {
        ThrowDices: (dice.refuse_throw, dice.do_throw),
        PayBail: (dice.refuse_bail, dice.do_bail),
        MoveTo: (dice.refuse_move, dice.do_move),
        BuySquare: (purchase.refuse_buy, purchase.do_buy),
        DropPurchase: (purchase.refuse_drop, purchase.do_drop),
        TakeTram: (purchase.refuse_tram, purchase.do_tram),
        ChooseCard: (fantasy.refuse_card, fantasy.do_card),
        Bid: (auction.refuse_bid, auction.do_bid),
        Build: (property.refuse_build, property.do_build),
        Demolish: (property.refuse_demolish, property.do_demolish),
        MortgageSet: (property.refuse_mortgage, property.do_mortgage),
        MortgageUnset: (property.refuse_lift, property.do_lift),
        TradeProposal: (trade.refuse_proposal, trade.do_propose),
        TradeAnswer: (trade.refuse_answer, trade.do_answer),
        NextPhase: (ending.refuse_next, ending.do_next),
        Surrender: (_may_always, ending.do_surrender),
    },
)


_ADMITTED: dict[Phase, dict[type, tuple[Refuse, Callable[[Action], object] | None, object]]] = {
    phase: {kind: (_RULES[kind][0], *TYPE_CHECKS[kind]) for kind in (*kinds, Surrender) if phase is not END_GAME}
    for phase, kinds in ADMITS.items()
}
_DO: dict[type, Do] = {kind: do for kind, (_, do) in _RULES.items()}


def why_not(state: State, seat: int, action: Action) -> Reason | None:
    """Return the rule that refuses `action` of `seat` now, or None if it may be done."""
    judge = _ADMITTED[state.phase].get(type(action))
    if judge is None or seat != state.phase_seat:
        reason = _refuse_actor(state, seat, type(action))
        if reason is not None:
            return reason
        if judge is None:
            return Reason.WRONG_PHASE
    refuse, value_of, wanted = judge
    if value_of is not None and type(value_of(action)) is not wanted:
        return Reason.WRONG_TYPE
    return refuse(state, seat, action)


def _refuse_actor(state: State, seat: int, kind: type[Action]) -> Reason | None:
    """Return why `seat` may do nothing now, or nothing of that kind as it is not its turn."""
    if state.phase is END_GAME:
        return Reason.GAME_OVER
    if seat == state.phase_seat:
        return None
    if not 0 <= seat < len(state.alive):
        return Reason.UNKNOWN_SEAT
    if not state.alive[seat]:
        return Reason.OUT_OF_GAME
    return Reason.NOT_YOUR_TURN if state.phase is not AUCTION and kind is not Surrender else None


def apply(state: State, seat: int, action: Action, chance: Chance) -> list[Event]:
    """Do `action` of `seat`, changing `state`, and return what happened, in order.

    Raises:
        IllegalAction: a rule refuses it (the reason of `why_not`); the state is as it was.
        ChanceError: scripted or recorded chance does not fit; the state must be thrown away.
    """
    reason = why_not(state, seat, action)
    if reason is not None:
        raise IllegalAction(reason, seat, action)
    events: list[Event] = []
    _DO[type(action)](state, seat, action, chance, events)
    return events


def legal_actions(state: State, seat: int) -> list[Action]:
    """Return what `seat` may do now: every action there is, and a finite sample of bids and trades.

    The limits of bids and trades are told by `magnate.engine.limits`. Surrender stands last; the list is empty
    for who is out and when the game is over.
    """
    if seat == state.phase_seat and state.phase is not END_GAME:
        actions = _LISTS[state.phase](state, seat)
    elif _refuse_actor(state, seat, Surrender) is None:
        actions = _bids(state, seat) if seat in state.to_bid else []
    else:
        return []
    actions.append(SURRENDER)
    return actions


def _roll(state: State, seat: int) -> list[Action]:
    actions: list[Action] = []
    if dice.refuse_throw(state, seat, THROW_DICES) is None:
        actions.append(THROW_DICES)
    if state.jail_turns[seat]:
        for answer in (PAY_BAIL, DECLINE_BAIL):
            if dice.refuse_bail(state, seat, answer) is None:
                actions.append(answer)
    return actions


def _squares(state: State, seat: int) -> list[Action]:
    return [move_to(square) for square, _ in state.choices]


def _cards(state: State, seat: int) -> list[Action]:
    covered = fantasy.refuse_card(state, seat, TAKE_SHOWN_CARD) is None
    return [TAKE_SHOWN_CARD, TAKE_UNSEEN_CARD] if covered else [TAKE_UNSEEN_CARD]


def _management(state: State, seat: int) -> list[Action]:
    actions: list[Action] = []
    square = state.position[seat]
    if state.board.is_buyable[square]:
        buy = buy_square(square)
        if purchase.refuse_buy(state, seat, buy) is None:
            actions.append(buy)
        actions.append(drop_purchase(square))
    else:
        for stop in state.board.trams:
            ride = take_tram(stop)
            if purchase.refuse_tram(state, seat, ride) is None:
                actions.append(ride)
        actions.append(NEXT_PHASE)
    return actions


def _bids(state: State, seat: int) -> list[Action]:
    """List a pass, bids around the price, and the most that may be bid."""
    actions: list[Action] = [bid(0)]
    most = purse(state.balance[seat])
    price = state.board.price[state.position[state.turn_seat]]
    last = 0
    for amount in (price // 2, price, price + price // 2, most):
        if last < amount <= most:
            actions.append(bid(amount))
            last = amount
    return actions


def _dropped(state: State, seat: int) -> list[Action]:
    """List nothing: who dropped the purchase may not bid."""
    return []


def _business(state: State, seat: int) -> list[Action]:
    """List what may be done with each square, a sample of trades, and being done."""
    actions = property.pledges(state, seat, state.owned[seat])
    if seat in state.group_owner:
        _add_levels(state, seat, actions)
    if trade.refuse_trading(state, seat) is None:
        if state.balance[seat] < 0:
            _add_sale(state, seat, actions)
        else:
            trade.add_sales(state, seat, actions)
    # Business can always end, so that only a debt that is being settled need be asked about.
    if state.phase is BUSINESS or ending.refuse_next(state, seat, NEXT_PHASE) is None:
        actions.append(NEXT_PHASE)
    return actions


def _add_levels(state: State, seat: int, actions: list[Action]) -> None:
    """List what may be built and demolished in the groups that `seat` owns, one and more levels at a time."""
    group = -1
    while (group := state.group_owner.find(seat, group + 1)) >= 0:
        if not property.builds_in(state, seat, group):
            continue  # nor does anything stand there to demolish
        for square in state.board.members[group]:
            for houses in range(1, property.room_to_build(state, seat, square) + 1):
                actions.append(build(square, houses))
            if state.level[square]:
                for houses in range(1, property.room_below(state, square) + 1):
                    actions.append(demolish(square, houses))


def _add_sale(state: State, seat: int, actions: list[Action]) -> None:
    """List a trade that helps out of debt, if there is one that can be accepted.

    It goes to the next player who has money: a square for its price or the debt, or for all that the other has where
    that is less; without a square to give it asks for the money alone.
    """
    seats = len(state.alive)
    count = state.turn + state.proposals
    turned = [(count + step) % seats for step in range(seats)]
    most, other = next(((purse(state.balance[other]), other) for other in turned if state.balance[other] > 0), (0, 0))
    if not most:
        return
    owed = -state.balance[seat]
    if squares := trade.tradable(state, seat):
        square = squares[count % len(squares)]
        money = min(max(state.board.price[square], owed), most)
        actions.append(TradeProposal(other, asked_money=money, offered_properties=(square,)))
    else:
        actions.append(TradeProposal(other, asked_money=min(owed, most)))


def _answers(state: State, seat: int) -> list[Action]:
    return [ACCEPT, REJECT] if trade.refuse_answer(state, seat, ACCEPT) is None else [REJECT]


_LISTS: dict[Phase, Callable[[State, int], list[Action]]] = {
    ROLL_THE_DICES: _roll,
    CHOOSE_SQUARE: _squares,
    CHOOSE_FANTASY: _cards,
    MANAGEMENT: _management,
    BUSINESS: _business,
    LIQUIDATION: _business,
    PROPOSAL_ACCEPTANCE: _answers,
    AUCTION: _dropped,
}
