"""What an accepted action led to, one class a type of `game_response` (protocol: Responses).

Beyond the documented keys every response has `streak`, `proposals`, `statistics` and `events`, and, while they are open
or not empty, `possible_destinations`, `eliminated`, `departures` and `strikes`: with them a client needs no rule of its
own to stay in step.
"""

from typing import Annotated, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from magnate.engine.events import Departure, Event
from magnate.engine.phases import Phase
from magnate.protocol.values import BusDie, Die, Milliseconds, Money, SquareId, UserId, Username

Balances: TypeAlias = Annotated[dict[UserId, Money], Meta(description="The balance of each player; may be negative.")]
Positions: TypeAlias = Annotated[dict[UserId, SquareId], Meta(description="The square of each player.")]
Statistics: TypeAlias = Annotated[
    dict[UserId, tuple[int, ...]], Meta(description="What is counted for each player, in the order of the rules' list.")
]
Departures: TypeAlias = Annotated[
    dict[UserId, Departure],
    Meta(description="Why each of `eliminated` left: by surrender, bankrupt, or kicked after three time limits."),
]
Strikes: TypeAlias = Annotated[
    dict[UserId, int],
    Meta(description="Time limits in a row that a player has let pass, of those who have; the third one kicks out."),
]
Destinations: TypeAlias = Annotated[
    dict[SquareId, int], Meta(description="Steps to each square that may be chosen; 0 for a jump.")
]


class PropertyRelationship(Struct, frozen=True):
    """The owner of a square, and what stands on it."""

    owner: UserId
    square: SquareId
    houses: Annotated[int, Meta(ge=-1, le=5, description="-1 group incomplete, 0 complete and bare, 1..5 levels.")]
    mortgage: bool


class FantasyEvent(Struct, frozen=True):
    """A fantasy card."""

    fantasy_type: str
    value: Annotated[int, Meta(description="Money or per cent, by type.")] | None
    card_cost: Money


class FantasyResult(Struct, frozen=True):
    """A card that was played, and how it fell."""

    fantasy_event: FantasyEvent
    result: (
        Annotated[
            dict[str, bool | int | tuple[int, ...]],
            Meta(description="`doubled`, `target_player` (user id), `square` or `squares`, by type."),
        ]
        | None
    )


class Auction(Struct, frozen=True):
    """An auction, open or closed."""

    id: Annotated[int, Meta(description="Tells the auctions of a game apart.")]
    square: SquareId
    winner: Annotated[int, Meta(description="A user id, or 0 for nobody.")]
    final_amount: Money
    is_active: bool
    is_tie: bool
    bids: Annotated[
        dict[UserId, int],
        Meta(description="Closed: all bids, 0 for a pass or silence. Open: none but the receiver's own."),
    ]
    has_bid: Annotated[tuple[UserId, ...], Meta(description="Open: who has bid, how much is secret.")] | UnsetType = (
        UNSET
    )


class Bonus(Struct, frozen=True):
    """A bonus category that was drawn at the end of the game."""

    display_name: str
    bonus_amount: Money
    winners: tuple[UserId, ...]


class AnyResponse(Struct, frozen=True, kw_only=True, tag=True, tag_field="type"):
    """What all responses share: the state of the game after the action."""

    money: Balances
    positions: Positions
    active_phase_player: UserId
    active_turn_player: UserId
    phase: Phase
    parking_money: Money
    jail_remaining_turns: Annotated[dict[UserId, int], Meta(description="Only players now in jail.")]
    current_turn: int
    current_round: int
    streak: Annotated[int, Meta(description="Doubles in a row this turn.")]
    proposals: Annotated[int, Meta(description="Trades proposed this turn.")]
    seq: Annotated[int, Meta(description="Grows by one with each accepted action of the game.")]
    deadline: Annotated[Milliseconds, Meta(description="When the phase times out.")] | None
    property_relationships: (
        Annotated[
            tuple[PropertyRelationship, ...],
            Meta(description="All of them; present when any changed with this action."),
        ]
        | UnsetType
    ) = UNSET
    possible_destinations: Destinations | UnsetType = UNSET
    eliminated: (
        Annotated[tuple[UserId, ...], Meta(description="Who is out, in the order of leaving; absent while all play.")]
        | UnsetType
    ) = UNSET
    departures: Departures | UnsetType = UNSET
    strikes: Strikes | UnsetType = UNSET
    statistics: Statistics | UnsetType = UNSET
    events: Annotated[
        tuple[Event, ...],
        Meta(description="What happened, in order. Players are seats: places in `players`; -1 the bank, -2 the pot."),
    ]


class ResponseThrowDices(AnyResponse, frozen=True, kw_only=True):
    """A roll."""

    dice1: Die
    dice2: Die
    dice_bus: BusDie
    triple: bool
    destinations: tuple[SquareId, ...]
    path: Annotated[tuple[SquareId, ...], Meta(description="From start to end; just the start while a choice is open.")]
    fantasy_event: FantasyEvent | None


class ResponseChooseSquare(AnyResponse, frozen=True, kw_only=True):
    """A chosen square, or a bail answer after a roll."""

    path: tuple[SquareId, ...]
    fantasy_event: FantasyEvent | None


class ResponseChooseFantasy(AnyResponse, frozen=True, kw_only=True):
    """A card was played."""

    fantasy_result: FantasyResult


class ResponseAuction(AnyResponse, frozen=True, kw_only=True):
    """An auction closed, or was called off."""

    auction: Auction


class ResponseBonus(AnyResponse, frozen=True, kw_only=True):
    """The game ended with this action."""

    bonuses: Annotated[dict[str, Bonus], Meta(description="By category.")]
    final_money: Annotated[dict[Username, int], Meta(description="Final worth by username; 0 for who left.")]
    winners: tuple[UserId, ...]


class ResponseSkipPhase(AnyResponse, frozen=True, kw_only=True):
    """A time limit acted without moving anyone."""


class Response(AnyResponse, frozen=True, kw_only=True):
    """Anything else."""


ResponseMessage: TypeAlias = (
    ResponseThrowDices
    | ResponseChooseSquare
    | ResponseChooseFantasy
    | ResponseAuction
    | ResponseBonus
    | ResponseSkipPhase
    | Response
)
