"""One game as a plain object: the order of frames, what is hidden, refused actions, chat, failures of the storage."""

import json
from typing import Any

import pytest

from magnate.engine.phases import AUCTION, BUSINESS, ROLL_THE_DICES
from magnate.server.live.journal import decode_step, replay
from tests.engine.positions import deciding, place, to_roll
from tests.server.live.fakes import FakePeer, Frame
from tests.server.live.table import AUCTION as AUCTION_MS
from tests.server.live.table import GAME, TURN, USERS, Table
from tests.server.support import FakeClock

pytestmark = pytest.mark.anyio


def kinds(frames: list[Frame]) -> list[str]:
    return [frame["event_type"] for frame in frames]


async def test_the_first_frame_on_a_socket_is_the_whole_game(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock)
    late = FakePeer(12)
    table.host.join(late)
    (frame,) = late.frames
    assert frame["event_type"] == "game_state"
    assert (frame["game_state"]["id"], frame["game_state"]["seq"]) == (GAME, 0)
    assert frame["game_state"]["deadline"] == clock() + TURN
    assert frame["game_state"]["usernames"] == {"11": "alice", "12": "bob"}


async def test_an_action_makes_game_action_then_game_response_the_same_for_everybody(clock: FakeClock) -> None:
    table = Table(to_roll(3), clock)
    second_socket = FakePeer(11)
    table.host.join(second_socket)
    second_socket.take()
    table.ask(0, "RollDice", game=7, player=13)
    await table.keeper.settle()
    alice, bob, carol = table.take()
    assert kinds(alice) == ["game_action", "game_response"]
    assert alice == bob == carol == second_socket.take()
    assert alice[0]["data"] == {"type": "ActionThrowDices", "game": GAME, "player": 11}
    assert alice[1]["data"]["type"] == "ResponseThrowDices"
    assert alice[1]["data"]["seq"] == 1


async def test_seq_grows_by_one_with_each_accepted_action_only(clock: FakeClock) -> None:
    table = Table(place(2, phase=BUSINESS, owned={0: (1, 3)}), clock)
    for kind, fields in (("ActionBuild", {"square": 1}), ("ActionMortgageSet", {"square": 99}),
                         ("ActionBuild", {"square": "003"}), ("ActionNextPhase", {})):  # fmt: skip
        table.ask(0, kind, **fields)
    await table.keeper.settle()
    (_, bob) = table.take()
    assert [frame["data"]["seq"] for frame in bob if frame["event_type"] == "game_response"] == [1, 2, 3]
    assert [entry.seq for entry in table.keeper.log] == [1, 2, 3]


async def test_actions_sent_at_once_are_read_by_where_the_game_is_when_their_turn_comes(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock)
    await table.cheat("MockDice", dice1=1, dice2=3, dice_bus=2)
    table.ask(0, "ActionThrowDices")
    table.ask(0, "ActionBuySquare")  # stands on square 0 when this is received, on 6 when it is done
    await table.keeper.settle()
    assert table.state.owner[6] == 0


async def test_nobody_hears_of_an_action_before_it_is_stored(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock)
    table.keeper.gate.clear()
    before = table.state
    table.ask(0, "ActionThrowDices")
    late = FakePeer(12)
    table.host.join(late)
    assert table.take() == [[], []]
    assert table.state is before
    assert late.take()[0]["game_state"]["seq"] == 0
    table.keeper.gate.set()
    await table.keeper.settle()
    assert kinds(late.take()) == ["game_action", "game_response"]


async def test_bids_are_hidden_from_everybody_but_the_bidder_until_the_auction_closes(clock: FakeClock) -> None:
    table = Table(deciding(6, seats=3), clock)
    await table.act(0, "ActionDropPurchase")
    table.take()
    again = FakePeer(12)
    table.host.join(again)
    table.ask(1, "ActionBid", amount=321)
    await table.keeper.settle()
    alice, bob, carol = table.take()
    assert alice == carol
    assert alice[0]["data"]["amount"] is None
    assert bob[0]["data"]["amount"] == again.take()[-2]["data"]["amount"] == 321
    assert bob[1] == alice[1]
    assert "321" not in json.dumps(alice)
    for user, sees in ((11, False), (12, True), (13, False)):
        late = FakePeer(user)
        table.host.join(late)
        assert ("321" in json.dumps(late.take())) is sees
        table.host.leave(late)
    closing = await table.act(2, "ActionBid", amount=5)
    auction = closing[1]["data"]["auction"]
    assert auction["bids"] == {"12": 321, "13": 5}
    assert (auction["winner"], auction["final_amount"]) == (12, 321)


@pytest.mark.parametrize(
    ("seat", "kind", "fields", "code", "message"),
    [
        (1, "ActionThrowDices", {}, "not_your_turn", "No es tu turno."),
        (0, "ActionNextPhase", {}, "wrong_phase", "Acción no válida en la fase actual."),
        (0, "ActionPayBail", {}, "illegal_action", None),
        (0, "ActionMoveTo", {}, "invalid_data", "Invalid data: square: is missing"),
        (0, "ActionMoveTo", {"square": True}, "invalid_data", None),
        (0, "ActionFly", {}, "invalid_data", None),
        (0, "ActionTradeProposal", {"destination_user": 999}, "illegal_action", None),
        (0, "ActionBuild", {"square": 10**30}, "invalid_data", None),
    ],
)
async def test_a_refused_action_is_told_to_its_sender_alone_and_changes_nothing(
    clock: FakeClock, seat: int, kind: str, fields: Frame, code: str, message: str | None
) -> None:
    table = Table(to_roll(2), clock)
    before, deadline = table.state.copy(), table.host.deadline_ms
    clock.advance(seconds=5)
    (error,) = await table.act(seat, kind, **fields)
    assert (error["event_type"], error["code"]) == ("error", code)
    assert message is None or error["message"] == message
    assert table.take() == [[], []]
    assert table.state == before
    assert (table.host.seq, table.host.deadline_ms, table.keeper.log) == (0, deadline, [])


@pytest.mark.parametrize(
    "frame", ["", "5", "[]", '"x"', "{", "[" * 5000, '{"type": 1e999}', b"\x00", '{"type":"\\ud800"}']
)
async def test_frames_that_are_no_message_are_answered(clock: FakeClock, frame: str | bytes) -> None:
    table = Table(to_roll(2), clock)
    table.host.receive(table.peers[0], frame)
    (error,) = table.peers[0].take()
    assert error["code"] in ("invalid_json", "invalid_data")
    assert table.peers[0].code is None


async def test_a_finished_game_refuses_actions_with_game_over_and_still_lets_people_talk(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock)
    await table.act(1, "ActionSurrender")
    assert table.host.finished
    table.take()
    (error,) = await table.act(0, "ActionThrowDices")
    assert error["code"] == "game_over"
    assert kinds(await table.act(0, "ChatMessage", msg="gg")) == ["chat_message"]


@pytest.mark.parametrize("said", ["Good luck!", "see /emoji 12", {"text": "hola", "kind": [1, {"x": None}]}])
async def test_chat_is_relayed_as_it_came(clock: FakeClock, said: object) -> None:
    table = Table(to_roll(2), clock)
    table.ask(1, "ChatMessage", msg=said)
    expected = [{"event_type": "chat_message", "game": GAME, "user": "bob", "msg": said}]
    assert table.take() == [expected, expected]
    assert table.host.seq == 0


@pytest.mark.parametrize("said", ["/emoji 5", {"text": "/emoji 6"}])
async def test_an_emoji_is_relayed_for_who_owns_it(clock: FakeClock, said: object) -> None:
    table = Table(to_roll(2), clock)
    table.keeper.owned = {USERS[1]: {1, 5, 6}}
    (refused,) = await table.act(0, "ChatMessage", msg=said)
    assert (refused["code"], table.take()) == ("not_owned", [[], []])
    (heard,) = await table.act(1, "ChatMessage", msg=said)
    assert (heard["user"], heard["msg"], table.take()) == ("bob", said, [[heard], []])


@pytest.mark.parametrize(
    "said", ["/emoji 1", "/emoji 99", "/emoji", "/EMOJI 5", "/emoji 05", " /emoji  5", {"text": "/Emoji 5"}]
)
async def test_what_some_client_could_take_for_an_emoji_that_is_not_owned_is_refused(
    clock: FakeClock, said: object
) -> None:
    table = Table(to_roll(2), clock)
    table.keeper.owned = {USERS[0]: {1, 5}}
    (refused,) = await table.act(0, "ChatMessage", msg=said)
    assert (refused["code"], table.take()) == ("not_owned", [[], []])


async def test_an_emoji_waits_for_a_storage_that_works(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock)
    table.keeper.failing = True
    (refused,) = await table.act(0, "ChatMessage", msg="/emoji 5")
    assert (refused["code"], table.take()) == ("unavailable", [[], []])


@pytest.mark.parametrize("said", ["", " ", "x" * 501, "a\x1b[2Jb", "a\nb", None, 7, {"text": 3}, {"text": "\x00"}, {}])
async def test_what_may_not_be_said_is_refused(clock: FakeClock, said: object) -> None:
    table = Table(to_roll(2), clock)
    (error,) = await table.act(0, "ChatMessage", msg=said)
    assert error["code"] == "invalid_data"
    assert table.take() == [[], []]


async def test_an_action_that_cannot_be_stored_is_refused_changes_nothing_and_works_later(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock)
    await table.cheat("MockDice", dice1=1, dice2=3, dice_bus=2)
    table.take()
    before, deadline = table.state, table.host.deadline_ms
    table.keeper.failing = True
    (error,) = await table.act(0, "ActionThrowDices")
    assert error["code"] == "unavailable"
    assert table.take() == [[], []]
    assert (table.state, table.host.seq, table.host.deadline_ms) == (before, 0, deadline)
    table.keeper.failing = False
    frames = await table.act(0, "ActionThrowDices")
    assert frames[1]["data"]["seq"] == 1
    assert [frames[1]["data"][die] for die in ("dice1", "dice2", "dice_bus")] == [1, 3, 2]  # what was told still holds


async def test_an_error_of_ours_is_answered_and_the_game_goes_on(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = Table(to_roll(2), clock)

    def broken(*_: object) -> None:
        raise ValueError("a bug")

    with monkeypatch.context() as patch:
        patch.setattr("magnate.server.live.host.apply", broken)
        table.ask(0, "ActionThrowDices")
        table.ask(1, "ActionSurrender")
        await table.keeper.settle()
    assert [[frame["code"] for frame in frames] for frames in table.take()] == [["unavailable"], ["unavailable"]]
    assert kinds(await table.act(0, "ActionThrowDices")) == ["game_action", "game_response"]


async def test_the_log_replays_to_the_same_state(clock: FakeClock) -> None:
    start = to_roll(2)
    table = Table(start.copy(), clock)
    await table.cheat("Teleport", player_id=11, square_id=5)
    for _ in range(60):
        if table.host.finished:
            break
        await table.expire()
    again = start.copy()
    for entry in table.keeper.log:
        replay(again, entry.seat, decode_step(entry.payload), table.seating.seat_of)
    assert again == table.state
    assert table.host.finished  # both let three limits in a row pass


# Debug commands


async def test_every_debug_command_is_answered_with_a_fresh_game_state_to_all(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock)
    commands: list[tuple[str, dict[str, Any]]] = [
        ("MockDice", {"dice1": 2, "dice2": 3, "dice_bus": 1}),
        ("Teleport", {"player_id": 12, "square_id": 13}),
        ("SetMoney", {"player_id": 12, "amount": 7}),
        ("CreateProperty", {"player_id": 12, "square_id": 1, "houses": 0, "mortgage": True}),
        ("CreateProperty", {"player_id": 11, "square_id": 3, "houses": 2, "mortgage": False}),
        ("DeleteProperty", {"square_id": 3}),
        ("MockCard", {"fantasy_type": "goToJail"}),
    ]
    for name, fields in commands:
        table.ask(0, "Cheat", cheat=name, **fields)
        await table.keeper.settle()
        if name == "MockCard" and table.peers[0].frames[0]["event_type"] == "error":
            pytest.fail(str(table.peers[0].frames))
        assert [kinds(frames) for frames in table.take()] == [["game_state"], ["game_state"]]
    state = table.state
    assert (state.position[1], state.balance[1]) == (13, 7)
    assert (state.owner[1], state.mortgaged[1]) == (1, 1)
    assert state.owner[3] == 255
    frames = await table.act(0, "ActionThrowDices")
    assert [frames[1]["data"][die] for die in ("dice1", "dice2", "dice_bus")] == [2, 3, 1]


async def test_told_dice_wait_for_the_next_roll_and_no_longer(clock: FakeClock) -> None:
    table = Table(place(2, phase=BUSINESS, jailed={1: 3}), clock)
    await table.cheat("MockDice", dice1=4, dice2=6, dice_bus=1)
    await table.act(0, "ActionNextPhase")
    frames = await table.act(1, "ActionThrowDices")  # in jail: without the bus die
    assert [frames[-1]["data"][die] for die in ("dice1", "dice2", "dice_bus")] == [4, 6, 0]
    assert not table.host._script.dice


@pytest.mark.parametrize(
    ("name", "fields"),
    [("Teleport", {"player_id": 99, "square_id": 1}), ("Teleport", {"player_id": 11, "square_id": 41}),
     ("SetMoney", {"player_id": 11}), ("CreateProperty", {"player_id": 11, "square_id": 0}),
     ("CreateProperty", {"player_id": 11, "square_id": 1, "houses": 6}), ("DeleteProperty", {"square_id": 20}),
     ("MockDice", {"dice1": 7, "dice2": 1}), ("MockCard", {"fantasy_type": "no such card"}), ("Fly", {})],
)  # fmt: skip
async def test_a_bad_debug_command_is_refused(clock: FakeClock, name: str, fields: Frame) -> None:
    table = Table(to_roll(2), clock)
    before = table.state.copy()
    (error,) = await table.cheat(name, **fields)
    assert error["code"] == "invalid_data"
    assert table.take() == [[], []]
    assert table.state == before


async def test_debug_commands_are_unknown_unless_allowed(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock, debug_commands=False)
    (error,) = await table.cheat("SetMoney", player_id=11, amount=9)
    assert error["code"] == "invalid_data"


# Deadlines


async def test_a_new_phase_brings_a_new_deadline(clock: FakeClock) -> None:
    table = Table(deciding(6, seats=3), clock)
    clock.advance(seconds=30)
    frames = await table.act(0, "ActionDropPurchase")
    assert table.state.phase is AUCTION
    assert frames[1]["data"]["deadline"] == clock() + AUCTION_MS
    clock.advance(seconds=3)
    await table.act(1, "ActionBid", amount=0)
    assert table.left_ms == AUCTION_MS - 3000  # a bid does not prolong the auction
    await table.act(2, "ActionBid", amount=0)
    assert table.left_ms == TURN


async def test_many_actions_in_one_phase_share_its_limit(clock: FakeClock) -> None:
    table = Table(place(2, phase=BUSINESS, owned={0: (1, 3)}), clock)
    for kind in ("ActionBuild", "ActionDemolish", "ActionMortgageSet", "ActionMortgageUnset"):
        clock.advance(seconds=5)
        await table.act(0, kind, square=1)
    assert table.left_ms == TURN - 20_000
    assert table.host.seq == 4


async def test_a_trade_and_its_answer_each_bring_a_new_limit(clock: FakeClock) -> None:
    table = Table(place(2, phase=BUSINESS, owned={0: (1,)}), clock)
    clock.advance(seconds=10)
    await table.act(0, "ActionTradeProposal", destination_user=12, offered_properties=[1], asked_money=10)
    assert table.left_ms == TURN
    clock.advance(seconds=10)
    await table.act(1, "ActionTradeAnswer", accept=True)
    assert (table.state.phase, table.left_ms) == (BUSINESS, TURN)


async def test_neither_refused_actions_nor_chat_nor_others_leaving_nor_reconnecting_prolong_a_turn(
    clock: FakeClock,
) -> None:
    table = Table(to_roll(3), clock)
    clock.advance(seconds=10)
    await table.act(1, "ActionThrowDices")
    await table.act(0, "ChatMessage", msg="hm")
    await table.act(1, "ActionSurrender")
    table.host.leave(table.peers[0])
    table.host.join(table.peers[0])
    assert (table.state.phase, table.left_ms) == (ROLL_THE_DICES, TURN - 10_000)


async def test_rolling_again_after_a_double_brings_a_new_limit(clock: FakeClock) -> None:
    table = Table(place(2, phase=BUSINESS, streak=1), clock)
    clock.advance(seconds=10)
    await table.act(0, "ActionNextPhase")
    assert (table.state.phase, table.state.phase_seat, table.left_ms) == (ROLL_THE_DICES, 0, TURN)


async def test_while_only_bots_are_waited_for_there_is_no_deadline(clock: FakeClock) -> None:
    table = Table(deciding(6, seats=3), clock, bots=(2,))
    assert table.left_ms == TURN
    await table.act(0, "ActionDropPurchase")
    assert table.left_ms == AUCTION_MS
    await table.act(1, "ActionBid", amount=0)
    assert table.host.deadline_ms is None
    await table.keeper.play(lambda: table.state.phase is not AUCTION)
    assert (table.state.phase, table.left_ms) == (BUSINESS, TURN)


async def test_the_settings_say_how_long_the_limits_are(clock: FakeClock) -> None:
    table = Table(deciding(6), clock, turn_seconds=7.5, auction_seconds=1.25)
    assert table.left_ms == 7500
    await table.act(0, "ActionDropPurchase")
    assert table.left_ms == 1250


async def test_chat_has_a_limit_of_each_user_and_of_the_game_however_many_sockets_they_have(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock, chat_burst=3, chat_per_second=0.01, room_chat_burst=5, room_chat_per_second=0.01)
    second_socket = FakePeer(11)
    table.host.join(second_socket)
    second_socket.take()
    for peer in (table.peers[0], second_socket, table.peers[0], second_socket):
        table.host.receive(peer, json.dumps({"type": "ChatMessage", "msg": "hm"}))
    assert kinds(second_socket.take()) == ["chat_message"] * 3 + ["error"]
    for _ in range(4):
        table.ask(1, "ChatMessage", msg={"text": "hm"})
    alice, bob = table.take()
    assert kinds(alice) == ["chat_message"] * 5
    assert kinds(bob) == ["chat_message"] * 5 + ["error"] * 2
    assert bob[-1]["code"] == "rate_limited"
