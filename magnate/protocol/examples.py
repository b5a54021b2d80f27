"""One example of each message, for the documents; those of the game come out of a short game that is really played."""

from functools import cache
from typing import Final

from magnate.engine import actions as engine
from magnate.engine.chance import Scripted, Seeded
from magnate.engine.game import apply, new_game, why_not
from magnate.engine.state import Settings
from magnate.protocol import commands as wire
from magnate.protocol.codec import AnyMessage
from magnate.protocol.codes import ErrorCode
from magnate.protocol.game import (
    GameAction,
    GameChat,
    GameError,
    GameMessage,
    GameResponse,
    GameState,
    RematchAsked,
    RematchBegins,
    Viewers,
)
from magnate.protocol.outcome import response
from magnate.protocol.queue import Cancel, MatchFound
from magnate.protocol.refusal import (
    INVALID_JSON,
    game_error,
    queue_error,
    refusal,
    refused_by_rule,
    room_error,
    room_refused,
)
from magnate.protocol.room import (
    BotLevel,
    GameStart,
    Joined,
    PlayerLeft,
    ReadyStatus,
    RoomChat,
    RoomPlayer,
    SendChat,
    SetReady,
    SettingsChanged,
    StartGame,
    UpdateSettings,
)
from magnate.protocol.seating import Seating
from magnate.protocol.snapshot import snapshot
from magnate.protocol.translate import to_command

_ALICE: Final = RoomPlayer("alice", True, 2)
_BOB: Final = RoomPlayer("bob", False)

LOBBY: Final[tuple[AnyMessage, ...]] = (
    Cancel(),
    MatchFound(42),
    queue_error(INVALID_JSON),
    SetReady(True),
    StartGame(),
    SendChat("Hello!"),
    UpdateSettings(BotLevel.EASY, 4),
    Joined("bob", "alice", False, (_ALICE, _BOB), BotLevel.MEDIUM, 2),
    PlayerLeft("bob", "alice", True, (_ALICE,)),
    ReadyStatus("bob", True, "alice", False),
    SettingsChanged(BotLevel.EASY, 4),
    GameStart(42),
    RoomChat("alice", "Good luck!"),
    room_error(refusal(ErrorCode.INVALID_COMMAND)),
    room_refused(refusal(ErrorCode.ROOM_FULL)),
)
"""The messages of the queue and of rooms."""

COMMANDS: Final[tuple[wire.GameCommand, ...]] = (
    wire.ActionThrowDices(),
    wire.ActionMoveTo(13),
    wire.ActionBuySquare(6),
    wire.ActionDropPurchase(6),
    wire.ActionTakeTram(30),
    wire.ActionChooseCard(True),
    wire.ActionBid(110),
    wire.ActionBuild(6, 2),
    wire.ActionDemolish(6, 1),
    wire.ActionMortgageSet(5),
    wire.ActionMortgageUnset(5),
    wire.ActionTradeProposal(9, 150, 0, (5,), (6, 8)),
    wire.ActionTradeAnswer(True, True),
    wire.ActionPayBail(False),
    wire.ActionNextPhase(),
    wire.ActionSurrender(),
    wire.ChatMessage("Hello everyone!"),
    wire.Rematch(),
    wire.Here(),
    wire.MockDice(dice1=1, dice2=2, dice_bus=3),
    wire.Teleport(player_id=7, square_id=105),
    wire.SetMoney(player_id=7, amount=2500),
    wire.CreateProperty(player_id=7, square_id=6, houses=0, mortgage=True),
    wire.DeleteProperty(square_id=6),
    wire.MockCard(fantasy_type="winPlainMoney", value=60),
)
"""What clients send on the game socket."""

SEATING: Final = Seating(42, (7, 9), ("alice", "bob"), "2026-05-01T18:30:00+00:00")
"""Who plays the game of the examples."""

# Alice lands on a street, drops the purchase and bob gets it; bob chooses a square, takes a card, offers a trade that
# alice rejects, and lets a time limit pass; alice rolls and leaves. (seat, action, whether a time limit did it)
_GAME: Final[tuple[tuple[int, engine.Action, bool], ...]] = (
    (0, engine.THROW_DICES, False),
    (0, engine.DropPurchase(6), False),
    (1, engine.Bid(110), False),
    (0, engine.NEXT_PHASE, False),
    (1, engine.THROW_DICES, False),
    (1, engine.MoveTo(2), False),
    (1, engine.TAKE_UNSEEN_CARD, False),
    (1, engine.TradeProposal(0, asked_money=130, offered_properties=(6,)), False),
    (0, engine.REJECT, False),
    (1, engine.NEXT_PHASE, True),
    (0, engine.SURRENDER, False),
)


@cache
def game_messages() -> tuple[GameMessage, ...]:
    """Return what alice is sent in the game of the examples, after the first snapshot, with a chat and two errors."""
    chance = Scripted(
        orders=[(0, 1)],
        dice=[1, 2, 3, 1, 2, 5],
        cards=[("winPlainMoney", 60), ("doubleOrNothing", None)],
        coins=[True],
        then=Seeded(1),
    )
    state = new_game(2, chance, Settings(humans=(0, 1)))
    deadline = 1_777_660_250_000
    messages: list[GameMessage] = []
    for seq, (seat, action, timed_out) in enumerate(_GAME, start=1):
        events = apply(state, seat, action, chance)
        messages.append(GameAction(to_command(action, SEATING, seat)))
        messages.append(
            GameResponse(
                response(SEATING, state, seat, action, events, seq=seq, deadline=deadline, timed_out=timed_out)
            )
        )
        if isinstance(action, engine.TradeProposal):
            refused = why_not(state, 1, engine.THROW_DICES)
            assert refused is not None
            messages.append(game_error(refused_by_rule(refused)))
            messages.append(GameState(snapshot(SEATING, state, 0, seq=seq, deadline=deadline)))
    messages.append(GameChat(42, "alice", "Hello everyone!"))
    messages += (RematchAsked(7, (9,)), RematchBegins(43), Viewers(3))
    messages.append(GameError("Invalid data: square: is missing", ErrorCode.INVALID_DATA))
    return tuple(messages)


def examples() -> tuple[AnyMessage, ...]:
    """Return at least one example of each message of the wire."""
    return (*LOBBY, *COMMANDS, *game_messages())
