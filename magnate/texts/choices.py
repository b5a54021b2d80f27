"""What a player may choose, in words: each action as the line of a list, in English and Spanish."""

from collections.abc import Callable
from typing import Final, cast

from magnate.engine import actions as act
from magnate.engine.actions import Action
from magnate.engine.state import State
from magnate.texts import Words, in_language
from magnate.texts.squares import square_name

CHOICES: Final[dict[type, Words]] = {
    act.ThrowDices: ("Roll the dice", "Tirar los dados"),
    act.MoveTo: ("Move to {square}", "Ir a {square}"),
    act.BuySquare: ("Buy {square} for {price}", "Comprar {square} por {price}"),
    act.DropPurchase: ("Put {square} up for auction", "Sacar a subasta {square}"),
    act.Build: ("Build {houses} on {square} for {cost}", "Construir {houses} en {square} por {cost}"),
    act.Demolish: ("Demolish {houses} on {square} for {refund}", "Derribar {houses} en {square} por {refund}"),
    act.MortgageSet: ("Mortgage {square} for {half}", "Hipotecar {square} por {half}"),
    act.MortgageUnset: ("Lift the mortgage of {square} for {half}", "Levantar la hipoteca de {square} por {half}"),
    act.NextPhase: ("Done", "Listo"),
    act.Surrender: ("Surrender", "Rendirse"),
}
"""By kind of action, where one text says it; words in braces are filled in."""

_BAIL: Final[Words] = ("Pay the bail of {bail}", "Pagar la fianza de {bail}")
_STAY_IN_JAIL: Final[Words] = ("Stay in jail", "Seguir en la cárcel")
_RIDE: Final[Words] = ("Ride to {square} for {fare}", "Ir en tranvía a {square} por {fare}")
_STAY: Final[Words] = ("Stay at {square}", "Quedarse en {square}")
_SHOWN_CARD: Final[Words] = ("Buy the face-up card for {price}", "Comprar la carta a la vista por {price}")
_UNSEEN_CARD: Final[Words] = ("Take an unseen card for free", "Robar gratis una carta oculta")
_BID: Final[Words] = ("Bid {amount}", "Pujar {amount}")
_PASS: Final[Words] = ("Pass", "Pasar")
_ACCEPT: Final[Words] = ("Accept the trade", "Aceptar el trato")
_REJECT: Final[Words] = ("Reject the trade", "Rechazar el trato")
_PROPOSE: Final[Words] = ("Propose to {who}: {given} for {taken}", "Proponer a {who}: {given} por {taken}")
_NOTHING: Final[Words] = ("nothing", "nada")


def choice_words(state: State, action: Action, lang: str, name_of: Callable[[int], str]) -> str:
    """Return what choosing `action` now means, with what it costs or brings.

    Args:
        state: The game, or a view of it.
        action: Something that may be done now.
        lang: "en" or "es".
        name_of: What a seat is called.
    """
    board = state.board
    match action:
        case act.PayBail(to_pay):
            return in_language(_BAIL if to_pay else _STAY_IN_JAIL, lang).format(bail=board.bail)
        case act.TakeTram(square):
            words = _STAY if square == state.position[state.turn_seat] else _RIDE
            return in_language(words, lang).format(square=_square(square, lang), fare=board.fare[square])
        case act.ChooseCard(shown):
            price = 0 if state.card is None else state.card.price
            return in_language(_SHOWN_CARD if shown else _UNSEEN_CARD, lang).format(price=price)
        case act.Bid(amount):
            return in_language(_BID if amount else _PASS, lang).format(amount=amount)
        case act.TradeAnswer(accept):
            return in_language(_ACCEPT if accept else _REJECT, lang)
        case act.TradeProposal():
            given = goods(action.offered_money, action.offered_properties, lang)
            taken = goods(action.asked_money, action.asked_properties, lang)
            return in_language(_PROPOSE, lang).format(who=name_of(action.destination), given=given, taken=taken)
    square = cast(int, getattr(action, "square", board.exit))
    houses = cast(int, getattr(action, "houses", 0))
    return in_language(CHOICES[type(action)], lang).format(
        square=_square(square, lang),
        houses=houses,
        price=board.price[square],
        half=board.mortgage[square],
        cost=houses * board.build_price[square],
        refund=houses * board.refund[square],
    )


def goods(money: int, squares: tuple[int, ...], lang: str) -> str:
    """Return one side of a trade in words."""
    things = [*([str(money)] if money else []), *(_square(square, lang) for square in squares)]
    return ", ".join(things) or in_language(_NOTHING, lang)


def _square(square: int, lang: str) -> str:
    return f"{square_name(square, lang)} ({square})"
