"""A room is known from what the server says of it, message by message."""

from magnate.client.room import RoomState
from magnate.protocol.room import (
    BotLevel,
    GameStart,
    Joined,
    PlayerLeft,
    ReadyStatus,
    RoomChat,
    RoomError,
    RoomPlayer,
    SettingsChanged,
)

ALICE, BOB = RoomPlayer("alice", False, 2), RoomPlayer("bob", False)
BOTH = RoomState((ALICE, BOB), "alice", BotLevel.HARD, 3)


def test_who_comes_in_learns_all_of_the_room() -> None:
    joined = Joined("bob", "alice", False, (ALICE, BOB), BotLevel.HARD, 3)
    assert RoomState().after(joined) == BOTH


def test_ready_marks_are_of_one_player_who_keeps_the_piece() -> None:
    ready = BOTH.after(ReadyStatus("alice", True, "alice", True))
    assert ready.players == (RoomPlayer("alice", True, 2), BOB)
    assert [ready.is_ready(name) for name in ("alice", "bob", "eve")] == [True, False, False]


def test_who_leaves_may_leave_the_room_to_another() -> None:
    left = BOTH.after(PlayerLeft("alice", "bob", True, (BOB,)))
    assert (left.players, left.owner, left.bot_level, left.target_players) == ((BOB,), "bob", BotLevel.HARD, 3)


def test_settings_change_together() -> None:
    changed = BOTH.after(SettingsChanged(BotLevel.EASY, 1))
    assert (changed.bot_level, changed.target_players) == (BotLevel.EASY, 1)
    assert changed.players == BOTH.players


def test_words_and_refusals_change_nothing() -> None:
    for message in (RoomChat("bob", "hello"), RoomError("no"), GameStart(4)):
        assert BOTH.after(message) == BOTH
