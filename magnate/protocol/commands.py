"""What a client sends on the game socket (protocol: Actions, Debug commands).

Each action is one class for both ways: the client sends it without `game` and `player`, and the server's `game_action`
carries it with both. Squares are square ids, other players are user ids, money is in whole units.
"""

from typing import Annotated, Final, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from magnate.protocol.values import BusDie, Die, GameId, JsonObject, Levels, Money, SquareId, UserId, Whole

MOST_SQUARES: Final = 128
"""Squares in a list that a client sends; no board has as many that can be owned."""

Squares: TypeAlias = Annotated[tuple[SquareId, ...], Meta(max_length=MOST_SQUARES)]


class WireAction(Struct, frozen=True, kw_only=True, tag=True, tag_field="type"):
    """What all actions share: both fields are set by the server, whatever the client sent."""

    game: GameId | UnsetType = UNSET
    player: UserId | UnsetType = UNSET


class ActionThrowDices(WireAction, frozen=True):
    """Roll the dice. The server also reads `RollDice` as this."""


class ActionMoveTo(WireAction, frozen=True):
    """Choose the square to move to, one of the possible destinations."""

    square: SquareId


class ActionBuySquare(WireAction, frozen=True):
    """Buy the square that you stand on; `square` may be absent."""

    square: SquareId | None = None


class ActionDropPurchase(WireAction, frozen=True):
    """Decline the square that you stand on, which opens an auction; `square` may be absent."""

    square: SquareId | None = None


class ActionTakeTram(WireAction, frozen=True):
    """Ride to another tram stop for the fare, or stay (name the same square) for free."""

    square: SquareId


class ActionChooseCard(WireAction, frozen=True):
    """Buy the face-up card, or take an unseen one for free."""

    chosen_revealed_card: bool


class ActionBid(WireAction, frozen=True):
    """Make your one sealed bid in an auction; 0 passes. For everybody but the bidder the amount is null."""

    amount: Money | None


class ActionBuild(WireAction, frozen=True):
    """Add levels to a square."""

    square: SquareId
    houses: Levels = 1


class ActionDemolish(WireAction, frozen=True):
    """Remove levels from a square, for half of what they cost."""

    square: SquareId
    houses: Levels = 1


class ActionMortgageSet(WireAction, frozen=True):
    """Mortgage a square for half its price."""

    square: SquareId


class ActionMortgageUnset(WireAction, frozen=True):
    """Lift the mortgage of a square for half its price."""

    square: SquareId


class ActionTradeProposal(WireAction, frozen=True):
    """Propose a trade to another player; absent money is 0, absent lists are empty."""

    destination_user: UserId
    offered_money: Money = 0
    asked_money: Money = 0
    offered_properties: Squares = ()
    asked_properties: Squares = ()


class ActionTradeAnswer(WireAction, frozen=True):
    """Accept or reject the trade; `choose` wins over `accept`, the server sends both."""

    choose: bool | None = None
    accept: bool | None = None


class ActionPayBail(WireAction, frozen=True):
    """Pay the bail and leave jail, or decline after a roll."""

    to_pay: bool = True


class ActionNextPhase(WireAction, frozen=True):
    """Go on: stay at the tram stop, roll again after a double, or end your turn."""


class ActionSurrender(WireAction, frozen=True):
    """Leave the game for good."""


ActionMessage: TypeAlias = (
    ActionThrowDices
    | ActionMoveTo
    | ActionBuySquare
    | ActionDropPurchase
    | ActionTakeTram
    | ActionChooseCard
    | ActionBid
    | ActionBuild
    | ActionDemolish
    | ActionMortgageSet
    | ActionMortgageUnset
    | ActionTradeProposal
    | ActionTradeAnswer
    | ActionPayBail
    | ActionNextPhase
    | ActionSurrender
)


class ChatMessage(Struct, frozen=True, tag=True, tag_field="type"):
    """Say something to everybody in the game: 1 to 500 characters after trimming, nothing invisible.

    `/emoji <item id>` is how clients send an owned emoji; of others nobody hears.
    """

    msg: Annotated[str | JsonObject, Meta(description="A text, or an object with a string `text`; relayed as it came.")]


class Rematch(Struct, frozen=True, tag=True, tag_field="type"):
    """Ask for the same game again, once this one is finished.

    It begins when every person who is still connected has asked. Bots and settings are as before.
    """


class Here(Struct, frozen=True, tag=True, tag_field="type"):
    """Say that you are here: the time limits in a row that you have let pass are forgotten.

    It is no move, and nobody hears of it; the next frames count anew in `strikes`.
    """


class Cheat(Struct, frozen=True, kw_only=True, tag=True, tag_field="cheat"):
    """What all debug commands share; they are read only where the server was told to."""

    type: Literal["Cheat"] = "Cheat"


class MockDice(Cheat, frozen=True):
    """Say how the next dice fall."""

    dice1: Die
    dice2: Die
    dice_bus: BusDie = 0


class Teleport(Cheat, frozen=True):
    """Put a piece on a square."""

    player_id: UserId
    square_id: SquareId


class SetMoney(Cheat, frozen=True):
    """Set the balance of a player."""

    player_id: UserId
    amount: Money


class CreateProperty(Cheat, frozen=True):
    """Give a square to a player, built on and mortgaged as told."""

    player_id: UserId
    square_id: SquareId
    houses: Annotated[int, Meta(ge=-1, le=5, description="Building levels; -1 and 0 are none.")] = 0
    mortgage: bool = False


class DeleteProperty(Cheat, frozen=True):
    """Give a square back to the bank."""

    square_id: SquareId


class MockCard(Cheat, frozen=True):
    """Say which card is drawn next."""

    fantasy_type: Annotated[str, Meta(max_length=64)]
    value: Whole | None = None


CheatMessage: TypeAlias = MockDice | Teleport | SetMoney | CreateProperty | DeleteProperty | MockCard

GameCommand: TypeAlias = ActionMessage | ChatMessage | Here | Rematch | CheatMessage
