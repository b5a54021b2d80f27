"""What a player may ask for: small immutable values, one class an action (rules: Phases).

Squares are square ids, players are seats, money is in whole units. In files an action is an object whose `type` names
its class; on the wire each is called `Action` plus its name here.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from operator import attrgetter
from typing import Final, TypeAlias, get_origin

from msgspec import Struct
from msgspec.structs import astuple, fields


class PlayerAction(Struct, frozen=True, gc=False, tag=True, tag_field="type"):
    """One thing that a player asks for."""


class ThrowDices(PlayerAction, frozen=True):
    """Roll the dice."""


class PayBail(PlayerAction, frozen=True):
    """Pay the bail and leave jail, or decline after a roll."""

    to_pay: bool = True


class MoveTo(PlayerAction, frozen=True):
    """Choose the square to move to."""

    square: int


class BuySquare(PlayerAction, frozen=True):
    """Buy the square that you stand on, at its price."""

    square: int


class DropPurchase(PlayerAction, frozen=True):
    """Decline the square that you stand on, which puts it up for auction."""

    square: int


class TakeTram(PlayerAction, frozen=True):
    """Ride to another tram stop for the fare, or stay (name the same square) for free."""

    square: int


class ChooseCard(PlayerAction, frozen=True):
    """Buy the face-up card, or take an unseen one for free."""

    chosen_revealed_card: bool


class Bid(PlayerAction, frozen=True):
    """Make your one sealed bid in an auction; 0 passes."""

    amount: int


class Build(PlayerAction, frozen=True):
    """Add levels to a square."""

    square: int
    houses: int = 1


class Demolish(PlayerAction, frozen=True):
    """Remove levels from a square, for half of what they cost."""

    square: int
    houses: int = 1


class MortgageSet(PlayerAction, frozen=True):
    """Mortgage a square for half its price."""

    square: int


class MortgageUnset(PlayerAction, frozen=True):
    """Lift the mortgage of a square for half its price."""

    square: int


class TradeProposal(PlayerAction, frozen=True):
    """Propose a trade to another player."""

    destination: int
    """The seat that is asked."""
    offered_money: int = 0
    asked_money: int = 0
    offered_properties: tuple[int, ...] = ()
    """Square ids that the proposer gives."""
    asked_properties: tuple[int, ...] = ()
    """Square ids that the other player gives."""


class TradeAnswer(PlayerAction, frozen=True):
    """Accept or reject the trade that was proposed to you."""

    accept: bool


class NextPhase(PlayerAction, frozen=True):
    """Go on: stay at the tram stop, roll again after a double, or end your turn."""


class Surrender(PlayerAction, frozen=True, omit_defaults=True):
    """Leave the game for good."""

    kicked: bool = False
    """Whether the time limits did it, not the player: only servers say so (rules: Time limits)."""


Action: TypeAlias = (
    ThrowDices
    | PayBail
    | MoveTo
    | BuySquare
    | DropPurchase
    | TakeTram
    | ChooseCard
    | Bid
    | Build
    | Demolish
    | MortgageSet
    | MortgageUnset
    | TradeProposal
    | TradeAnswer
    | NextPhase
    | Surrender
)

ACTION_TYPES: tuple[type[Action], ...] = (
    ThrowDices,
    PayBail,
    MoveTo,
    BuySquare,
    DropPurchase,
    TakeTram,
    ChooseCard,
    Bid,
    Build,
    Demolish,
    MortgageSet,
    MortgageUnset,
    TradeProposal,
    TradeAnswer,
    NextPhase,
    Surrender,
)
"""Every kind of action, in the order of a turn."""


# Nothing checks what an action is made of when it is made, and a bid of 99.5 or a list of squares would spoil a state.

# Reading the types of a class takes longer than a whole action does, so it is done once.
_FIELDS: Final = {
    kind: tuple([(field.name, get_origin(field.type) or field.type) for field in fields(kind)]) for kind in ACTION_TYPES
}
_INT: Final = {int}


def wrong_field(action: Action) -> str | None:
    """Return the name of the first field of `action` whose value is of another type than it says, or None."""
    for (name, wanted), value in zip(_FIELDS[type(action)], astuple(action), strict=True):
        # The only tuples are those of squares.
        if type(value) is not wanted or (wanted is tuple and value and set(map(type, value)) != _INT):
            return name
    return None


def _check_of(kind: type[Action]) -> tuple[Callable[[Action], object] | None, object]:
    asked = _FIELDS[kind]
    if len(asked) == 1:  # nearly all; they are asked at every step of a game
        return attrgetter(asked[0][0]), asked[0][1]
    return (wrong_field if asked else None), type(None)


TYPE_CHECKS: Final = {kind: _check_of(kind) for kind in ACTION_TYPES}
"""By kind of action: what to ask of it, and the type of a right answer; nothing is asked of kinds without fields."""

THROW_DICES = ThrowDices()
PAY_BAIL = PayBail(True)
DECLINE_BAIL = PayBail(False)
TAKE_SHOWN_CARD = ChooseCard(True)
TAKE_UNSEEN_CARD = ChooseCard(False)
ACCEPT = TradeAnswer(True)
REJECT = TradeAnswer(False)
NEXT_PHASE = NextPhase()
SURRENDER = Surrender()
KICK = Surrender(kicked=True)
"""What a server does for a player who let too many time limits pass."""

# Enumeration meets the same few actions again and again: one object each is many times cheaper than a new one.
MORTGAGE_SET = tuple(MortgageSet(square) for square in range(256))
"""By square id."""
MORTGAGE_UNSET = tuple(MortgageUnset(square) for square in range(256))
"""By square id."""
move_to = cache(MoveTo)
buy_square = cache(BuySquare)
drop_purchase = cache(DropPurchase)
take_tram = cache(TakeTram)
build = cache(Build)
demolish = cache(Demolish)
bid = lru_cache(maxsize=4096)(Bid)


@cache
def ask_for(destination: int, square: int, money: int) -> TradeProposal:
    """Return the proposal to pay `money` for one square of the seat `destination`."""
    return TradeProposal(destination, offered_money=money, asked_properties=(square,))


@cache
def offer(destination: int, square: int, money: int) -> TradeProposal:
    """Return the proposal to sell one square to the seat `destination` for `money`."""
    return TradeProposal(destination, asked_money=money, offered_properties=(square,))
