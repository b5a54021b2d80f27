"""Between the actions of the wire and those of the engine: user ids to seats and back."""

from collections.abc import Mapping

from msgspec import UNSET

from magnate.engine import actions as engine
from magnate.engine.errors import Reason
from magnate.protocol import commands as wire
from magnate.protocol.refusal import Refusal, refused_by_rule
from magnate.protocol.seating import Seating


def to_engine_action(command: wire.ActionMessage, seat_of: Mapping[int, int], standing: int) -> engine.Action | Refusal:
    """Return the engine's action for a command as it was read, or the refusal of a trade with a user not in the game.

    Whether the action is legal is for `why_not` to say.

    Args:
        command: What the codec returned.
        seat_of: The seats by user id (`Seating.seat_of`).
        standing: The square that the sender stands on, which `ActionBuySquare` and `ActionDropPurchase` may leave out.
    """
    match command:
        case wire.ActionThrowDices():
            return engine.THROW_DICES
        case wire.ActionMoveTo(square):
            return engine.MoveTo(square)
        case wire.ActionBuySquare(square):
            return engine.BuySquare(standing if square is None else square)
        case wire.ActionDropPurchase(square):
            return engine.DropPurchase(standing if square is None else square)
        case wire.ActionTakeTram(square):
            return engine.TakeTram(square)
        case wire.ActionChooseCard(revealed):
            return engine.ChooseCard(revealed)
        case wire.ActionBid(amount):
            return engine.Bid(amount or 0)
        case wire.ActionBuild(square, houses):
            return engine.Build(square, houses)
        case wire.ActionDemolish(square, houses):
            return engine.Demolish(square, houses)
        case wire.ActionMortgageSet(square):
            return engine.MortgageSet(square)
        case wire.ActionMortgageUnset(square):
            return engine.MortgageUnset(square)
        case wire.ActionTradeProposal():
            return _proposal(command, seat_of)
        case wire.ActionTradeAnswer(choose, accept):
            return engine.TradeAnswer(bool(accept if choose is None else choose))
        case wire.ActionPayBail(to_pay):
            return engine.PayBail(to_pay)
        case wire.ActionNextPhase():
            return engine.NEXT_PHASE
        case wire.ActionSurrender():
            return engine.SURRENDER


def _proposal(command: wire.ActionTradeProposal, seat_of: Mapping[int, int]) -> engine.TradeProposal | Refusal:
    destination = seat_of.get(command.destination_user)
    if destination is None:
        return refused_by_rule(Reason.TRADE_WITH_NOBODY)
    return engine.TradeProposal(
        destination,
        command.offered_money,
        command.asked_money,
        command.offered_properties,
        command.asked_properties,
    )


def to_command(action: engine.Action, seating: Seating, seat: int | None = None) -> wire.ActionMessage:
    """Return the wire's form of an action.

    Without a seat it is what a client sends. With the seat that did it, it is what the server tells everybody: with
    `game` and `player`, and every field present.
    """
    game = UNSET if seat is None else seating.game
    player = UNSET if seat is None else seating.users[seat]
    match action:
        case engine.ThrowDices():
            return wire.ActionThrowDices(game=game, player=player)
        case engine.MoveTo(square):
            return wire.ActionMoveTo(square, game=game, player=player)
        case engine.BuySquare(square):
            return wire.ActionBuySquare(square, game=game, player=player)
        case engine.DropPurchase(square):
            return wire.ActionDropPurchase(square, game=game, player=player)
        case engine.TakeTram(square):
            return wire.ActionTakeTram(square, game=game, player=player)
        case engine.ChooseCard(revealed):
            return wire.ActionChooseCard(revealed, game=game, player=player)
        case engine.Bid(amount):
            return wire.ActionBid(amount, game=game, player=player)
        case engine.Build(square, houses):
            return wire.ActionBuild(square, houses, game=game, player=player)
        case engine.Demolish(square, houses):
            return wire.ActionDemolish(square, houses, game=game, player=player)
        case engine.MortgageSet(square):
            return wire.ActionMortgageSet(square, game=game, player=player)
        case engine.MortgageUnset(square):
            return wire.ActionMortgageUnset(square, game=game, player=player)
        case engine.TradeProposal(destination, offered, asked, gives, takes):
            user = seating.users[destination]
            return wire.ActionTradeProposal(user, offered, asked, gives, takes, game=game, player=player)
        case engine.TradeAnswer(accept):
            return wire.ActionTradeAnswer(accept, accept, game=game, player=player)
        case engine.PayBail(to_pay):
            return wire.ActionPayBail(to_pay, game=game, player=player)
        case engine.NextPhase():
            return wire.ActionNextPhase(game=game, player=player)
        case engine.Surrender():
            return wire.ActionSurrender(game=game, player=player)
