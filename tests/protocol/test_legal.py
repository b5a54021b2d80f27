"""What a seat may do now, as clients that ask for it are told (protocol: What is legal)."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from msgspec import UNSET

from magnate.engine import actions as engine
from magnate.engine.actions import Action, Bid, TradeProposal
from magnate.engine.chance import Seeded
from magnate.engine.game import ADMITS, apply, legal_actions
from magnate.engine.phases import Phase
from magnate.engine.rules.holdings import give
from magnate.engine.rules.rent import rent
from magnate.engine.state import State
from magnate.engine.view import bail_destination, view_for
from magnate.protocol.choices import choices
from magnate.protocol.codec import decode_game, read_game
from magnate.protocol.commands import WireAction
from magnate.protocol.frames import legal_part, state_frame, with_part
from magnate.protocol.game import GameState
from magnate.protocol.legal import LegalBid, LegalTrade
from magnate.protocol.refusal import Refusal
from magnate.protocol.translate import to_engine_action
from tests.engine.positions import BROWN, deciding, do, place, to_roll
from tests.protocol.games import random_game, seating


def told(state: State, seat: int = 0) -> dict[str, list[dict[str, Any]]]:
    """Return the entries of `actions` as they are sent, by type."""
    legal = json.loads(b"{%b}" % legal_part(seating(state.seats), state, seat))["legal"]
    found: dict[str, list[dict[str, Any]]] = {}
    for each in legal["actions"]:
        found.setdefault(each["type"], []).append(each)
    return found


def meant(entry: dict[str, Any], state: State, seat: int) -> Action:
    """Return the action of an entry, sent as it stands."""
    command = decode_game(json.dumps(entry))
    assert isinstance(command, WireAction), command
    action = to_engine_action(command, seating(state.seats).seat_of, state.position[seat])
    assert not isinstance(action, Refusal)
    return action


def actions_of(state: State, seat: int) -> Iterator[Action]:
    """Yield every action that the entries stand for."""
    for entries in told(state, seat).values():
        for entry in entries:
            for houses in range(1, entry.get("most_houses", 1) + 1):
                yield meant(entry if "houses" not in entry else {**entry, "houses": houses}, state, seat)


@pytest.mark.sweep
@pytest.mark.parametrize("seed", [3, 11])
def test_what_is_told_is_every_legal_action_but_bids_and_trades_and_each_can_be_sent_as_it_stands(seed: int) -> None:
    phases = set()
    for step in random_game(seed):
        for seat in range(step.state.seats):
            told_part = msgspec.json.decode(b"{%b}" % legal_part(step.table, step.state, seat))["legal"]
            assert told_part == msgspec.json.decode(msgspec.json.encode(choices(step.table, step.state, seat)))
            listed = [each for each in legal_actions(step.state, seat) if not isinstance(each, Bid | TradeProposal)]
            assert set(actions_of(step.state, seat)) == set(listed)
            phases.add(step.state.phase)
    assert len(phases) >= len(ADMITS) - 2


@pytest.mark.sweep
def test_what_is_told_of_cost_groups_and_rent_is_what_happens() -> None:
    """Of everything that neither dice nor cards nor other players decide."""
    certain = (engine.BuySquare, engine.TakeTram, engine.Build, engine.Demolish, engine.TradeAnswer)
    tried = 0
    for step in random_game(11):
        state, seat = step.state, step.state.phase_seat
        for entry in [each for entries in told(state, seat).values() for each in entries]:
            action = meant(entry, state, seat)
            if not isinstance(action, (*certain, engine.MortgageSet, engine.MortgageUnset)):
                continue
            after = view_for(state, seat)
            apply(after, seat, action, Seeded(1))
            assert after.balance[seat] == state.balance[seat] - entry["cost"]
            before, then = whole(state, seat), whole(after, seat)
            assert (set(entry.get("completes", ())), set(entry.get("breaks", ()))) == (then - before, before - then)
            if "rents" in entry:
                square = entry["square"]
                assert entry["rents"][:2] == [rent(state, square), rent(after, square)]
            tried += 1
    assert tried > 100


def whole(state: State, seat: int) -> set[int]:
    """Return the groups that a seat has whole."""
    return {group for group, owner in enumerate(state.group_owner) if owner == seat}


def test_buying_tells_the_rent_with_and_without_the_group() -> None:
    (buy,) = told(deciding(6))["ActionBuySquare"]
    assert buy == {
        "type": "ActionBuySquare", "square": 6, "cost": 100, "rents": [0, 6], "group_rent": 12
    }  # fmt: skip
    state = deciding(6)
    for square in (8, 9):
        give(state, square, 0)
    (buy,) = told(state)["ActionBuySquare"]
    assert (buy["rents"], buy["completes"]) == ([0, 12], [state.board.group[6]])


def test_building_is_one_entry_a_square_however_many_levels_there_are() -> None:
    state = place(2, owned={0: BROWN}, money={0: 10_000}, levels={1: 4, 3: 4})
    build, _ = told(state)["ActionBuild"]
    assert build == {
        "type": "ActionBuild", "square": 1, "houses": 1, "cost": 50, "most_houses": 1, "rents": [160, 250]
    }  # fmt: skip
    demolish, _ = told(state)["ActionDemolish"]
    assert (demolish["cost"], demolish["most_houses"], demolish["rents"]) == (-25, 1, [160, 90])


def test_a_choice_of_squares_tells_what_landing_there_costs() -> None:
    state = place(2, phase=Phase.CHOOSE_SQUARE, choices=((6, 1), (8, 2), (2, 3)), owned={1: (6,), 0: (8,)})
    assert [(each["square"], each.get("rent_due")) for each in told(state)["ActionMoveTo"]] == [
        (6, 6), (8, None), (2, None)
    ]  # fmt: skip
    jailed = place(2, phase=Phase.ROLL_THE_DICES, jailed={0: 2}, jail_roll=6)
    pay, stay = told(jailed)["ActionPayBail"]
    assert (pay["to_pay"], pay["cost"], stay["to_pay"], stay["cost"]) == (True, jailed.board.bail, False, 0)
    owned = bail_destination(jailed)
    assert owned is not None
    give(jailed, owned, 1)
    assert told(jailed)["ActionPayBail"][0]["rent_due"] == rent(jailed, owned)


def test_bids_and_trades_are_told_by_their_limits() -> None:
    auction = place(3, phase=Phase.AUCTION, at={0: 6}, money={1: 300, 2: -5})
    assert choices(seating(3), auction, 1).bid == LegalBid(0, 300)
    assert choices(seating(3), auction, 2).bid == LegalBid(0, 0)
    assert choices(seating(3), auction, 0).bid is UNSET
    state = place(3, owned={0: BROWN, 1: (6,), 2: (8, 9)}, levels={1: 1}, money={1: 70, 2: 80})
    assert choices(seating(3), state, 0).trade == LegalTrade(
        destinations=(9, 12), least=0, most={7: 1500, 9: 70, 12: 80}, squares={7: (), 9: (6,), 12: (8, 9)},
        proposals_left=5,
    )  # fmt: skip
    assert choices(seating(3), state, 1).trade is UNSET


def test_who_is_not_on_turn_may_surrender_and_who_is_out_nothing() -> None:
    state = to_roll(3)
    assert list(told(state, 1)) == ["ActionSurrender"]
    do(state, engine.SURRENDER)
    assert told(state, 0) == {}


def test_the_frames_are_those_of_a_plain_socket_with_one_key_more() -> None:
    state = to_roll(2)
    plain = state_frame(seating(2), state, 0, seq=3, deadline=None)
    asked = with_part(plain, legal_part(seating(2), state, 0))
    assert asked.startswith(plain[:-1])
    message = read_game(asked)
    assert isinstance(message, GameState)
    assert message.legal == choices(seating(2), state, 0)
    assert msgspec.structs.replace(message, legal=UNSET) == read_game(plain)
