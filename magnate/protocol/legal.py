"""What a seat may do now, for clients that ask with `?legal=1` (protocol: What is legal)."""

from typing import Annotated, Final, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from magnate.protocol.values import Levels, Money, SquareId, UserId

ASKS: Final = "legal"
"""The field of the socket's query that asks for it, with the value 1."""

Group: TypeAlias = Annotated[int, Meta(description="A group of squares, as in the board's data.")]
Rents: TypeAlias = Annotated[
    tuple[Money, ...],
    Meta(description="What the square charges: now, then after the action, or after each number of levels from 1."),
]
ActionType: TypeAlias = Literal[
    "ActionThrowDices",
    "ActionMoveTo",
    "ActionBuySquare",
    "ActionDropPurchase",
    "ActionTakeTram",
    "ActionChooseCard",
    "ActionBuild",
    "ActionDemolish",
    "ActionMortgageSet",
    "ActionMortgageUnset",
    "ActionTradeAnswer",
    "ActionPayBail",
    "ActionNextPhase",
    "ActionSurrender",
]


class LegalAction(Struct, frozen=True, kw_only=True):
    """One action that the receiver may take now. Send it as it stands; the server ignores what is not the action's."""

    type: ActionType
    square: SquareId | UnsetType = UNSET
    houses: Levels | UnsetType = UNSET
    chosen_revealed_card: bool | UnsetType = UNSET
    choose: bool | UnsetType = UNSET
    to_pay: bool | UnsetType = UNSET
    cost: Annotated[
        int,
        Meta(description="What it takes from the balance, for each level where there are; less than 0 brings money."),
    ]
    most_houses: Annotated[int, Meta(ge=1, description="`houses` may be any number from 1 to this.")] | UnsetType = (
        UNSET
    )
    rents: Rents | UnsetType = UNSET
    group_rent: (
        Annotated[int, Meta(description="What the square would charge bare, with the whole group.")] | UnsetType
    ) = UNSET
    rent_due: (
        Annotated[int, Meta(description="What the owner of the square that it leads to charges on arrival.")]
        | UnsetType
    ) = UNSET
    completes: (
        Annotated[tuple[Group, ...], Meta(description="Groups that the receiver then has whole.")] | UnsetType
    ) = UNSET
    breaks: (
        Annotated[tuple[Group, ...], Meta(description="Groups that the receiver then no longer has whole.")] | UnsetType
    ) = UNSET


class LegalBid(Struct, frozen=True):
    """The bids that the receiver may make now: every whole number between the two."""

    least: Annotated[int, Meta(description="0, which passes.")]
    most: Money


class LegalTrade(Struct, frozen=True):
    """What may be put into a trade that the receiver may propose now. Beyond this only a debt says more.

    A player in debt must come out of a trade with a smaller debt, or with none.
    """

    destinations: Annotated[tuple[UserId, ...], Meta(description="Who may be asked.")]
    least: Annotated[int, Meta(description="The least that either side may give in money.")]
    most: Annotated[dict[UserId, Money], Meta(description="The most that each may give, the receiver too.")]
    squares: Annotated[
        dict[UserId, tuple[SquareId, ...]], Meta(description="The squares that each may give, the receiver too.")
    ]
    proposals_left: Annotated[int, Meta(description="How many trades may still be proposed this turn.")]


class Legal(Struct, frozen=True):
    """All that the receiver may do now."""

    actions: Annotated[
        tuple[LegalAction, ...],
        Meta(description="Everything but bids and trades; surrender is last. Empty for a player who is out."),
    ]
    bid: LegalBid | UnsetType = UNSET
    trade: LegalTrade | UnsetType = UNSET
