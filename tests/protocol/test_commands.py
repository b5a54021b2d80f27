"""What clients send on the game socket: every action, leniently read (protocol: Actions, Debug commands)."""

import json

import pytest

from magnate.engine import actions as engine
from magnate.engine.errors import Reason
from magnate.protocol import commands as wire
from magnate.protocol.codec import decode_game, encode
from magnate.protocol.codes import ErrorCode
from magnate.protocol.examples import COMMANDS
from magnate.protocol.refusal import INVALID_JSON, Refusal, refused_by_rule
from magnate.protocol.translate import to_command, to_engine_action
from tests.protocol.games import seating

TABLE = seating(2)
STANDING = 6

ACTIONS: list[tuple[dict[str, object], engine.Action]] = [
    ({"type": "ActionThrowDices"}, engine.ThrowDices()),
    ({"type": "RollDice"}, engine.ThrowDices()),
    ({"type": "ActionMoveTo", "square": 5}, engine.MoveTo(5)),
    ({"type": "ActionMoveTo", "square": "005"}, engine.MoveTo(5)),
    ({"type": "ActionMoveTo", "square": 5.0}, engine.MoveTo(5)),
    ({"type": "ActionBuySquare", "square": 6}, engine.BuySquare(6)),
    ({"type": "ActionBuySquare"}, engine.BuySquare(STANDING)),
    ({"type": "ActionBuySquare", "square": None}, engine.BuySquare(STANDING)),
    ({"type": "ActionBuySquare", "square": "008"}, engine.BuySquare(8)),
    ({"type": "ActionDropPurchase"}, engine.DropPurchase(STANDING)),
    ({"type": "ActionDropPurchase", "square": "6"}, engine.DropPurchase(6)),
    ({"type": "ActionTakeTram", "square": "30"}, engine.TakeTram(30)),
    ({"type": "ActionChooseCard", "chosen_revealed_card": True}, engine.ChooseCard(True)),
    ({"type": "ActionChooseCard", "chosen_revealed_card": False}, engine.ChooseCard(False)),
    ({"type": "ActionBid", "amount": 0}, engine.Bid(0)),
    ({"type": "ActionBid", "amount": 120}, engine.Bid(120)),
    ({"type": "ActionBid", "amount": -1}, engine.Bid(-1)),
    ({"type": "ActionBuild", "square": 6}, engine.Build(6, 1)),
    ({"type": "ActionBuild", "square": "6", "houses": "3"}, engine.Build(6, 3)),
    ({"type": "ActionDemolish", "square": 6, "houses": 2}, engine.Demolish(6, 2)),
    ({"type": "ActionDemolish", "square": 6, "houses": None}, engine.Demolish(6, 1)),
    ({"type": "ActionMortgageSet", "square": 5}, engine.MortgageSet(5)),
    ({"type": "ActionMortgageUnset", "square": "05"}, engine.MortgageUnset(5)),
    ({"type": "ActionTradeProposal", "destination_user": 9}, engine.TradeProposal(1)),
    (
        {
            "type": "ActionTradeProposal",
            "destination_user": "9",
            "offered_money": 100,
            "asked_money": 0,
            "offered_properties": ["001", 3],
            "asked_properties": [5.0],
        },
        engine.TradeProposal(1, 100, 0, (1, 3), (5,)),
    ),
    (
        {"type": "ActionTradeProposal", "destination_user": 9, "offered_properties": None},
        engine.TradeProposal(1),
    ),
    ({"type": "ActionTradeAnswer", "choose": True}, engine.TradeAnswer(True)),
    ({"type": "ActionTradeAnswer", "accept": True}, engine.TradeAnswer(True)),
    ({"type": "ActionTradeAnswer", "choose": False, "accept": True}, engine.TradeAnswer(False)),
    ({"type": "ActionTradeAnswer", "choose": True, "accept": False}, engine.TradeAnswer(True)),
    ({"type": "ActionTradeAnswer", "choose": None, "accept": False}, engine.TradeAnswer(False)),
    ({"type": "ActionPayBail"}, engine.PayBail(True)),
    ({"type": "ActionPayBail", "to_pay": False}, engine.PayBail(False)),
    ({"type": "ActionNextPhase"}, engine.NextPhase()),
    ({"type": "ActionSurrender"}, engine.Surrender()),
]


def read(fields: dict[str, object]) -> wire.GameCommand | Refusal:
    return decode_game(json.dumps(fields))


def translated(command: wire.GameCommand | Refusal) -> engine.Action | Refusal:
    assert not isinstance(command, Refusal | wire.ChatMessage | wire.Here | wire.Cheat | wire.Rematch), command
    return to_engine_action(command, TABLE.seat_of, STANDING)


@pytest.mark.parametrize(("fields", "action"), ACTIONS)
def test_actions_are_read_leniently(fields: dict[str, object], action: engine.Action) -> None:
    assert translated(read(fields)) == action


def test_every_action_of_the_engine_can_be_sent_and_comes_back_the_same() -> None:
    sent = {type(action) for _, action in ACTIONS}
    assert sent == set(engine.ACTION_TYPES)
    for _, action in ACTIONS:
        command = decode_game(encode(to_command(action, TABLE)).decode())
        assert translated(command) == action


@pytest.mark.parametrize("key", ["game", "player"])
@pytest.mark.parametrize("value", [1, "x", None, [], {"a": 1}])
def test_game_and_player_are_set_by_the_server_whatever_the_client_sent(key: str, value: object) -> None:
    assert read({"type": "ActionMoveTo", "square": 5, key: value}) == wire.ActionMoveTo(5)


def test_of_a_duplicated_key_the_last_counts() -> None:
    assert decode_game('{"type": "x", "square": 1, "type": "ActionMoveTo", "square": 2}') == wire.ActionMoveTo(2)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "type"),
        ({"type": None}, "type"),
        ({"type": 3}, "type"),
        ({"type": ["ActionMoveTo"]}, "type"),
        ({"type": "SomeActionType"}, "type"),
        ({"type": "actionmoveto", "square": 1}, "type"),
        ({"type": "ActionMoveTo"}, "square"),
        ({"type": "ActionMoveTo", "square": None}, "square"),
        ({"type": "ActionMoveTo", "square": True}, "square"),
        ({"type": "ActionMoveTo", "square": 5.5}, "square"),
        ({"type": "ActionMoveTo", "square": 1e300}, "square"),
        ({"type": "ActionMoveTo", "square": "five"}, "square"),
        ({"type": "ActionMoveTo", "square": "-5"}, "square"),
        ({"type": "ActionMoveTo", "square": " 5"}, "square"),
        ({"type": "ActionMoveTo", "square": ""}, "square"),
        ({"type": "ActionMoveTo", "square": "٥"}, "square"),
        ({"type": "ActionMoveTo", "square": "²"}, "square"),
        ({"type": "ActionMoveTo", "square": "1" * 5000}, "square"),
        ({"type": "ActionMoveTo", "square": 10**30}, "square"),
        ({"type": "ActionMoveTo", "square": [5]}, "square"),
        ({"type": "ActionMoveTo", "square": {"id": 5}}, "square"),
        ({"type": "ActionChooseCard"}, "chosen_revealed_card"),
        ({"type": "ActionChooseCard", "chosen_revealed_card": 1}, "chosen_revealed_card"),
        ({"type": "ActionChooseCard", "chosen_revealed_card": "true"}, "chosen_revealed_card"),
        ({"type": "ActionBid"}, "amount"),
        ({"type": "ActionBid", "amount": None}, "amount"),
        ({"type": "ActionBid", "amount": 2**53}, "amount"),
        ({"type": "ActionBuild", "square": 6, "houses": 0}, "houses"),
        ({"type": "ActionDemolish", "square": 6, "houses": -1}, "houses"),
        ({"type": "ActionTradeProposal"}, "destination_user"),
        ({"type": "ActionTradeProposal", "destination_user": 9, "asked_money": "lots"}, "asked_money"),
        ({"type": "ActionTradeProposal", "destination_user": 9, "asked_properties": 5}, "asked_properties"),
        ({"type": "ActionTradeProposal", "destination_user": 9, "asked_properties": [1, "x"]}, "asked_properties[1]"),
        ({"type": "ActionTradeAnswer"}, "choose"),
        ({"type": "ActionTradeAnswer", "choose": "yes", "accept": True}, "choose"),
        ({"type": "ActionPayBail", "to_pay": 0}, "to_pay"),
        ({"type": "ChatMessage"}, "msg"),
        ({"type": "ChatMessage", "msg": 3}, "msg"),
        ({"type": "Cheat", "cheat": "SetMoney", "player_id": 7, "amount": 1}, "type"),
    ],
)
def test_invalid_data_names_the_field(fields: dict[str, object], field: str) -> None:
    refused = read(fields)
    assert isinstance(refused, Refusal)
    assert refused.code is ErrorCode.INVALID_DATA
    assert refused.message.startswith(f"Invalid data: {field}: ")


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "hello",
        "NaN",
        '{"type": NaN}',
        '{"type": "ActionBid", "amount": Infinity}',
        '{"type": "ActionBid", "amount": 1e999}',
        "3",
        "null",
        "[]",
        '[{"type": "ActionThrowDices"}]',
        '"ActionThrowDices"',
        '{"type": "ActionThrowDices"',
        '{"type": "ActionThrowDices"} {}',
        '{"type": "\\ud800"}',
        '{"type": "\ud800"}',
        "[" * 65_536,
        '{"a":' * 10_000 + "1" + "}" * 10_000,
        '{"type": "ActionBid", "amount": ' + "9" * 60_000 + "}",
        b'{"type": "ActionThrowDices"}',
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_json_object_gets_datos_invalidos(frame: str | bytes) -> None:
    assert decode_game(frame) == INVALID_JSON
    assert (INVALID_JSON.code, INVALID_JSON.message) == (ErrorCode.INVALID_JSON, "Datos invalidos.")


def test_a_trade_with_somebody_who_is_not_in_the_game_is_an_illegal_action() -> None:
    assert translated(read({"type": "ActionTradeProposal", "destination_user": 8})) == refused_by_rule(
        Reason.TRADE_WITH_NOBODY
    )


CHEATS = [command for command in COMMANDS if isinstance(command, wire.Cheat)]


@pytest.mark.parametrize("command", CHEATS)
def test_debug_commands_are_read_only_where_they_are_allowed(command: wire.CheatMessage) -> None:
    frame = encode(command).decode()
    assert json.loads(frame)["type"] == "Cheat"
    assert json.loads(frame)["cheat"] == type(command).__name__
    assert decode_game(frame, debug_commands=True) == command
    refused = decode_game(frame)
    assert isinstance(refused, Refusal)
    assert refused == read({"type": "SomeActionType"})


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "cheat"),
        ({"cheat": "FlyAway"}, "cheat"),
        ({"cheat": 1}, "cheat"),
        ({"cheat": "MockDice", "dice1": 7, "dice2": 1}, "dice1"),
        ({"cheat": "MockDice", "dice1": 1, "dice2": 1, "dice_bus": -1}, "dice_bus"),
        ({"cheat": "Teleport", "player_id": 7}, "square_id"),
        ({"cheat": "CreateProperty", "player_id": 7, "square_id": 6, "houses": 6}, "houses"),
        ({"cheat": "CreateProperty", "player_id": 7, "square_id": 6, "mortgage": 1}, "mortgage"),
        ({"cheat": "MockCard", "fantasy_type": 3}, "fantasy_type"),
    ],
)
def test_bad_debug_commands_name_the_field(fields: dict[str, object], field: str) -> None:
    refused = decode_game(json.dumps({"type": "Cheat", **fields}), debug_commands=True)
    assert isinstance(refused, Refusal)
    assert refused.message.startswith(f"Invalid data: {field}: ")


def test_debug_commands_are_read_as_leniently_as_actions() -> None:
    frame = '{"type": "Cheat", "cheat": "CreateProperty", "player_id": "7", "square_id": "006", "houses": -1}'
    assert decode_game(frame, debug_commands=True) == wire.CreateProperty(player_id=7, square_id=6, houses=-1)
