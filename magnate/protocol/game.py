"""What the server sends on the game socket (seed document, GameConsumer; protocol: Game)."""

from typing import Annotated, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from magnate.engine.phases import Phase
from magnate.protocol.commands import ActionMessage
from magnate.protocol.legal import Legal
from magnate.protocol.responses import (
    Auction,
    Balances,
    Bonus,
    Departures,
    Destinations,
    FantasyEvent,
    Positions,
    PropertyRelationship,
    ResponseMessage,
    Statistics,
    Strikes,
)
from magnate.protocol.values import Code, GameId, JsonObject, Milliseconds, Money, SquareId, UserId, Username

ViewersNow: TypeAlias = Annotated[int, Meta(ge=0, description="How many people watch the game.")]
LegalNow: TypeAlias = Annotated[Legal, Meta(description="What the receiver may do now; with `?legal=1` only.")]


class Proposal(Struct, frozen=True):
    """A trade that waits for the answer of `destination_user`."""

    player: UserId
    destination_user: UserId
    offered_money: Money
    asked_money: Money
    offered_properties: tuple[SquareId, ...]
    asked_properties: tuple[SquareId, ...]
    resume_phase: Annotated[Phase, Meta(description="Where the proposer goes on.")]


class Snapshot(Struct, frozen=True, kw_only=True):
    """All that the receiver may see of a game. Every key is always present."""

    id: GameId
    datetime: Annotated[str, Meta(description="When the game began, ISO 8601.")]
    positions: Positions
    money: Balances
    active_phase_player: UserId
    active_turn_player: UserId
    phase: Phase
    players: Annotated[tuple[UserId, ...], Meta(description="Every participant, by seat.")]
    ordered_players: Annotated[tuple[UserId, ...], Meta(description="Every participant, in turn order.")]
    streak: Annotated[int, Meta(description="Doubles in a row this turn.")]
    possible_destinations: Destinations
    parking_money: Money
    jail_remaining_turns: Annotated[dict[UserId, int], Meta(description="Only players now in jail.")]
    finished: bool
    current_turn: int
    current_round: int
    max_rounds: Annotated[int, Meta(description="0 for no limit.")]
    auction_task_id: None
    property_relationships: tuple[PropertyRelationship, ...]
    proposal: Proposal | None
    fantasy_event: FantasyEvent | None
    auction: Auction | None
    bonuses: Annotated[dict[str, Bonus], Meta(description="By category, once finished.")] | None
    seq: Annotated[int, Meta(description="The last accepted action.")]
    deadline: Annotated[Milliseconds, Meta(description="When the phase times out.")] | None
    usernames: dict[UserId, Username]
    bots: Annotated[tuple[UserId, ...], Meta(description="Who of the participants is a bot.")]
    bot_levels: Annotated[dict[UserId, str], Meta(description="The level of each bot, as a room names it.")] = {}
    hints: Annotated[bool, Meta(description="Whether clients may give hints although other people play.")] = False
    eliminated: Annotated[tuple[UserId, ...], Meta(description="Who is out, in the order of leaving.")]
    departures: Departures = {}
    strikes: Strikes = {}
    proposals: Annotated[int, Meta(description="Trades proposed this turn.")]
    statistics: Statistics
    winners: Annotated[tuple[UserId, ...], Meta(description="Who won; empty while the game runs.")]
    board: Annotated[str, Meta(description="SHA-256 of the board that is played on.")]
    mortgaged_this_turn: Annotated[
        tuple[SquareId, ...],
        Meta(description="Squares whose mortgage of this turn is counted: another one of the same square is not."),
    ] = ()


class GameState(Struct, frozen=True, tag="game_state", tag_field="event_type"):
    """The whole game, sent first on every socket and after a debug command."""

    game_state: Snapshot
    legal: LegalNow | UnsetType = UNSET
    viewers: ViewersNow | UnsetType = UNSET


class GameAction(Struct, frozen=True, tag="game_action", tag_field="event_type"):
    """An action that was accepted; its response follows."""

    data: ActionMessage


class GameResponse(Struct, frozen=True, tag="game_response", tag_field="event_type"):
    """What the action before led to."""

    data: ResponseMessage
    legal: LegalNow | UnsetType = UNSET


class GameChat(Struct, frozen=True, tag="chat_message", tag_field="event_type"):
    """Somebody said something."""

    game: GameId
    user: Username
    msg: Annotated[str | JsonObject, Meta(description="As its sender sent it.")]


class GameError(Struct, frozen=True, tag="error", tag_field="event_type"):
    """A message was refused, to its sender alone; nothing changed."""

    message: str
    code: Code
    reason: Annotated[str, Meta(description="The rule that refused, where one did: a stable code.")] | UnsetType = UNSET
    legal: LegalNow | UnsetType = UNSET


class RematchAsked(Struct, frozen=True, tag="rematch_asked", tag_field="event_type"):
    """A player asks for the same game again. Only to sockets opened with `?legal=1`."""

    user: UserId
    waiting_for: Annotated[tuple[UserId, ...], Meta(description="Who is connected and has not asked yet.")]


class RematchBegins(Struct, frozen=True, tag="rematch", tag_field="event_type"):
    """All have asked: the same game begins again under a new id. Connect to it, or watch it."""

    game_id: GameId


class Viewers(Struct, frozen=True, tag="viewers", tag_field="event_type"):
    """How many people watch. Only to watchers, and to sockets opened with `?legal=1`."""

    viewers: ViewersNow


GameMessage: TypeAlias = (
    GameState | GameAction | GameResponse | GameChat | GameError | RematchAsked | RematchBegins | Viewers
)
