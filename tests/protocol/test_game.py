"""What the server sends on the game socket: actions, errors, snapshots (seed document, GameConsumer)."""

import json

import pytest

from magnate.engine import actions as engine
from magnate.engine.chance import Scripted, Seeded
from magnate.engine.errors import Reason, sentence
from magnate.engine.game import apply, new_game
from magnate.engine.phases import Phase
from magnate.engine.rules.holdings import give, set_level, set_mortgaged
from magnate.engine.state import Settings, State
from magnate.engine.view import view_for
from magnate.protocol.codec import Unread, encode, read_game
from magnate.protocol.codes import CLOSE_MEANS, ERROR_MEANS, CloseCode, ErrorCode
from magnate.protocol.frames import action_frames, state_frame
from magnate.protocol.game import GameError
from magnate.protocol.refusal import INVALID_JSON, game_error, invalid_data, refusal, refused_by_rule
from magnate.protocol.seating import Seating
from tests.protocol.games import DEADLINE, received_state, scripted, seating

TABLE = seating(2)

SNAPSHOT_KEYS = {
    "id",
    "datetime",
    "positions",
    "money",
    "active_phase_player",
    "active_turn_player",
    "phase",
    "players",
    "ordered_players",
    "streak",
    "possible_destinations",
    "parking_money",
    "jail_remaining_turns",
    "finished",
    "current_turn",
    "current_round",
    "max_rounds",
    "auction_task_id",
    "property_relationships",
    "proposal",
    "fantasy_event",
    "auction",
    "bonuses",
    "seq",
    "deadline",
    "usernames",
}


def sent_action(seat: int, action: engine.Action, *, to_actor: bool = True) -> dict[str, object]:
    frames = action_frames(TABLE, seat, action)
    frame = json.loads(frames.actor if to_actor else frames.others)
    assert frame["event_type"] == "game_action"
    data = frame["data"]
    assert isinstance(data, dict)
    return data


def snapshot_of(state: State, viewer: int = 0) -> dict[str, object]:
    frame = json.loads(state_frame(seating(state.seats), state, viewer, seq=5, deadline=DEADLINE))
    assert frame["event_type"] == "game_state"
    snapshot = frame["game_state"]
    assert isinstance(snapshot, dict)
    return snapshot


@pytest.mark.parametrize(
    ("action", "data"),
    [
        (engine.THROW_DICES, {"type": "ActionThrowDices"}),
        (engine.MoveTo(5), {"type": "ActionMoveTo", "square": 5}),
        (engine.BuySquare(6), {"type": "ActionBuySquare", "square": 6}),
        (engine.DropPurchase(6), {"type": "ActionDropPurchase", "square": 6}),
        (engine.TakeTram(30), {"type": "ActionTakeTram", "square": 30}),
        (engine.ChooseCard(True), {"type": "ActionChooseCard", "chosen_revealed_card": True}),
        (engine.Build(6, 2), {"type": "ActionBuild", "square": 6, "houses": 2}),
        (engine.Demolish(6), {"type": "ActionDemolish", "square": 6, "houses": 1}),
        (engine.MortgageSet(5), {"type": "ActionMortgageSet", "square": 5}),
        (engine.MortgageUnset(5), {"type": "ActionMortgageUnset", "square": 5}),
        (
            engine.TradeProposal(1, 5, 0, (3,), ()),
            {
                "type": "ActionTradeProposal",
                "destination_user": 9,
                "offered_money": 5,
                "asked_money": 0,
                "offered_properties": [3],
                "asked_properties": [],
            },
        ),
        (engine.REJECT, {"type": "ActionTradeAnswer", "choose": False, "accept": False}),
        (engine.PAY_BAIL, {"type": "ActionPayBail", "to_pay": True}),
        (engine.NEXT_PHASE, {"type": "ActionNextPhase"}),
        (engine.SURRENDER, {"type": "ActionSurrender"}),
    ],
)
def test_game_action_is_what_was_sent_with_game_and_player(action: engine.Action, data: dict[str, object]) -> None:
    for to_actor in (True, False):
        assert sent_action(0, action, to_actor=to_actor) == {**data, "game": 42, "player": 7}


def test_game_action_is_encoded_once_for_all_receivers() -> None:
    frames = action_frames(TABLE, 0, engine.MoveTo(5))
    assert frames.actor is frames.others


def test_the_amount_of_a_bid_is_null_for_everybody_but_the_bidder() -> None:
    assert sent_action(1, engine.Bid(120))["amount"] == 120
    assert sent_action(1, engine.Bid(120), to_actor=False) == {
        "type": "ActionBid",
        "game": 42,
        "player": 9,
        "amount": None,
    }
    assert b"120" not in action_frames(TABLE, 1, engine.Bid(120)).others


def test_game_state_has_every_documented_key_always() -> None:
    state, _ = scripted()
    snapshot = snapshot_of(state)
    assert set(snapshot) >= SNAPSHOT_KEYS
    nothing_yet = ("auction_task_id", "proposal", "fantasy_event", "auction", "bonuses")
    assert [snapshot[key] for key in nothing_yet] == [None] * 5


def test_game_state_of_a_new_game() -> None:
    state, _ = scripted(3)
    snapshot = snapshot_of(state)
    assert snapshot["id"] == 42
    assert snapshot["datetime"] == "2026-05-01T18:30:00+00:00"
    assert snapshot["money"] == {"7": 1500, "9": 1500, "12": 1500}
    assert snapshot["positions"] == {"7": 0, "9": 0, "12": 0}
    assert snapshot["players"] == snapshot["ordered_players"] == [7, 9, 12]
    assert snapshot["usernames"] == {"7": "alice", "9": "bob", "12": "carol"}
    assert (snapshot["phase"], snapshot["active_turn_player"]) == ("roll_the_dices", 7)
    assert (snapshot["current_turn"], snapshot["current_round"], snapshot["max_rounds"]) == (1, 1, 30)
    assert (snapshot["finished"], snapshot["jail_remaining_turns"], snapshot["property_relationships"]) == (
        False,
        {},
        [],
    )
    assert (snapshot["seq"], snapshot["deadline"]) == (5, DEADLINE)


def test_ordered_players_are_in_turn_order_and_players_by_seat() -> None:
    state, _ = scripted(3)
    state.order = (2, 0, 1)
    snapshot = snapshot_of(state)
    assert snapshot["ordered_players"] == [12, 7, 9]
    assert snapshot["players"] == [7, 9, 12]


def test_houses_are_minus_1_in_an_incomplete_group_0_in_a_complete_one_then_the_levels() -> None:
    state, _ = scripted()
    for square in (1, 3, 6, 8, 9, 11):
        give(state, square, 1)
    set_level(state, 6, 1)
    set_level(state, 8, 5)
    set_mortgaged(state, 11, 1)
    relationships = received_state(TABLE, state, 0, seq=1).property_relationships
    shown = {(each.square, each.houses, each.mortgage) for each in relationships}
    assert shown == {(1, 0, False), (3, 0, False), (6, 1, False), (8, 5, False), (9, 0, False), (11, -1, True)}


def test_a_choice_that_is_open_stands_as_possible_destinations_with_its_steps() -> None:
    state, chance = scripted(dice=[1, 2, 5])
    apply(state, 0, engine.THROW_DICES, chance)
    assert snapshot_of(state)["possible_destinations"] == {"1": 1, "2": 2, "3": 3}


def test_a_jail_roll_on_the_table_stands_as_possible_destinations() -> None:
    state, chance = scripted(dice=[1, 2])
    state.position[0], state.jail_turns[0] = state.board.jail, 3
    apply(state, 0, engine.THROW_DICES, chance)
    snapshot = snapshot_of(state)
    assert snapshot["possible_destinations"] == {str(state.board.destination[state.board.jail][3]): 3}
    assert snapshot["jail_remaining_turns"] == {"7": 2}


def test_a_card_that_is_shown_stands_as_fantasy_event() -> None:
    state, chance = scripted(dice=[1, 2, 5], cards=[("winPlainMoney", 60)])
    apply(state, 0, engine.THROW_DICES, chance)
    apply(state, 0, engine.MoveTo(2), chance)
    shown = {"fantasy_type": "winPlainMoney", "value": 60, "card_cost": 130}
    assert snapshot_of(state)["fantasy_event"] == shown


def auction_of_three() -> State:
    """Return a game in which seat 0 dropped square 6 and seat 1 bid 77."""
    state, chance = scripted(3, dice=[1, 2, 3])
    apply(state, 0, engine.THROW_DICES, chance)
    apply(state, 0, engine.DropPurchase(6), chance)
    apply(state, 1, engine.Bid(77), chance)
    return state


@pytest.mark.parametrize(("viewer", "bids"), [(-1, {}), (0, {}), (1, {"9": 77}), (2, {})])
def test_bids_are_hidden_but_ones_own(viewer: int, bids: dict[str, int]) -> None:
    state = auction_of_three()
    for seen in (state, view_for(state, viewer)):
        assert snapshot_of(seen, viewer)["auction"] == {
            "id": 1006,
            "square": 6,
            "winner": 0,
            "final_amount": 0,
            "is_active": True,
            "is_tie": False,
            "bids": bids,
            "has_bid": [9],
        }


def test_a_trade_that_waits_stands_as_proposal() -> None:
    state, chance = scripted()
    give(state, 6, 0)
    state.phase = Phase.BUSINESS
    apply(state, 0, engine.TradeProposal(1, 0, 50, (6,), ()), chance)
    snapshot = snapshot_of(state)
    assert snapshot["proposal"] == {
        "player": 7,
        "destination_user": 9,
        "offered_money": 0,
        "asked_money": 50,
        "offered_properties": [6],
        "asked_properties": [],
        "resume_phase": "business",
    }
    assert (snapshot["active_phase_player"], snapshot["active_turn_player"], snapshot["proposals"]) == (9, 7, 1)


def test_bonuses_stand_in_game_state_once_it_is_finished() -> None:
    state, chance = scripted(dice=[1, 2, 3])
    apply(state, 0, engine.THROW_DICES, chance)
    apply(state, 1, engine.SURRENDER, chance)
    snapshot = snapshot_of(state)
    assert snapshot["bonuses"] == {
        "walked_squares": {"display_name": "Casillas recorridas", "bonus_amount": 200, "winners": [7]}
    }
    assert (snapshot["finished"], snapshot["winners"], snapshot["eliminated"]) == (True, [7], [9])


@pytest.mark.parametrize("reason", list(Reason))
def test_a_refusal_by_a_rule_has_a_code_and_one_spanish_sentence(reason: Reason) -> None:
    special = {
        Reason.NOT_YOUR_TURN: "not_your_turn",
        Reason.WRONG_PHASE: "wrong_phase",
        Reason.GAME_OVER: "game_over",
    }
    assert json.loads(encode(game_error(refused_by_rule(reason)))) == {
        "event_type": "error",
        "message": sentence(reason, "es"),
        "code": special.get(reason, "illegal_action"),
        "reason": reason.value,
    }


@pytest.mark.parametrize(
    ("error", "message", "code"),
    [
        (game_error(INVALID_JSON), "Datos invalidos.", "invalid_json"),
        (game_error(invalid_data("square", "is missing")), "Invalid data: square: is missing", "invalid_data"),
        (game_error(refusal(ErrorCode.NOT_YOUR_TURN)), "No es tu turno.", "not_your_turn"),
        (game_error(refusal(ErrorCode.WRONG_PHASE)), "Acción no válida en la fase actual.", "wrong_phase"),
    ],
)
def test_errors_of_the_game_socket_are_the_documented_ones(error: GameError, message: str, code: str) -> None:
    assert json.loads(encode(error)) == {"event_type": "error", "message": message, "code": code}
    assert read_game(encode(error)) == error


def test_a_client_ignores_keys_and_names_unknown_messages() -> None:
    assert isinstance(read_game('{"event_type": "party"}'), Unread)
    assert isinstance(read_game('{"event_type": "game_response", "data": {"type": "ResponseParty"}}'), Unread)
    assert isinstance(read_game("[" * 60_000), Unread)
    error = read_game('{"event_type": "error", "message": "No.", "code": "game_over", "colour": "red"}')
    assert error == GameError("No.", ErrorCode.GAME_OVER)


def test_every_code_has_a_meaning() -> None:
    assert {int(code) for code in CloseCode} == {1000, 1001, 1008, 1009, 1013, 4000, 4001, 4002, 4003}
    assert set(CLOSE_MEANS) == set(CloseCode)
    assert set(ERROR_MEANS) == set(ErrorCode)


@pytest.mark.parametrize(
    ("users", "names"),
    [((7, 7), ("alice", "bob")), ((7, 9), ("alice",))],
)
def test_a_user_sits_once_and_has_a_name(users: tuple[int, ...], names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="cannot be seated"):
        Seating(42, users, names, "")


def test_a_proposal_that_a_third_player_ended_with_the_game_no_longer_waits() -> None:
    chance = Scripted(orders=[(0, 1, 2)], then=Seeded(1))
    state = new_game(3, chance, Settings(humans=(2,)))
    state.phase = Phase.BUSINESS
    apply(state, 0, engine.TradeProposal(1, 10), chance)
    apply(state, 2, engine.SURRENDER, chance)
    snapshot = snapshot_of(state)
    assert (snapshot["finished"], snapshot["proposal"], snapshot["bots"]) == (True, None, [7, 9])


def test_a_client_reads_an_error_with_a_code_that_it_does_not_know() -> None:
    read = read_game('{"event_type": "error", "message": "No.", "code": "too_late_at_night"}')
    assert read == GameError("No.", "too_late_at_night")
