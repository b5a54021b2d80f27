"""States as plain data (docs: Records and positions): nothing is lost on the way there and back."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from magnate.engine.actions import (
    ACTION_TYPES,
    Action,
    Bid,
    Build,
    BuySquare,
    ChooseCard,
    Demolish,
    DropPurchase,
    MortgageSet,
    MortgageUnset,
    MoveTo,
    NextPhase,
    PayBail,
    Surrender,
    TakeTram,
    ThrowDices,
    TradeAnswer,
    TradeProposal,
)
from magnate.engine.cards import Card
from magnate.engine.chance import Seeded
from magnate.engine.codec import action_from_data, action_to_data, event_to_data
from magnate.engine.errors import DataError
from magnate.engine.events import CardShown, Paid, Why
from magnate.engine.phases import Phase
from magnate.engine.plain import state_from_data, state_to_data
from magnate.engine.state import State
from magnate.engine.view import view_for
from tests.engine.play import steps
from tests.engine.positions import CYAN, do, in_jail, place, the_card
from tests.sizes import tries


def there_and_back(state: State) -> State:
    """Return the state after a way through JSON."""
    return state_from_data(json.loads(json.dumps(state_to_data(state))))


@given(seed=st.integers(0, 2**32), seats=st.integers(2, 4), rounds=st.integers(1, 30))
@settings(max_examples=tries(60))
def test_every_state_of_a_game_goes_to_plain_data_and_back_without_loss(seed: int, seats: int, rounds: int) -> None:
    for number, step in enumerate(steps(seed, Seeded(seed), seats, rounds)):
        state = step.state
        if number % 3 and state.phase is not Phase.END_GAME:
            continue
        back = there_and_back(state)
        assert back == state
        assert hash(back) == hash(state)
        assert back.owned == state.owned
        assert (back.group_owner, back.group_levels, back.group_mortgages) == (
            state.group_owner,
            state.group_levels,
            state.group_mortgages,
        )


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_comes_up_in_the_games_that_are_tried(phase: Phase) -> None:
    assert any(step.state.phase is phase for seed in range(20) for step in steps(seed, Seeded(seed), 3, 20))


def test_data_has_names_where_a_state_has_places() -> None:
    state = place(3, owned={1: CYAN}, levels={6: 2, 8: 1, 9: 1}, jailed={2: 3}, money={1: -40}, pot=70, max_rounds=9)
    state.stats[2 * 11 + 6] = 1
    data = state_to_data(state)
    assert data["settings"] == {"max_rounds": 9, "humans": []}
    assert (data["phase"], data["pot"], data["order"], data["turn_seat"]) == ("business", 70, [0, 1, 2], 0)
    players = data["players"]
    assert isinstance(players, list)
    assert players[1]["balance"] == -40
    assert players[1]["squares"] == {
        "6": {"level": 2, "mortgaged": False},
        "8": {"level": 1, "mortgaged": False},
        "9": {"level": 1, "mortgaged": False},
    }
    assert (players[2]["position"], players[2]["jail_turns"]) == (201, 3)
    assert players[2]["statistics"]["times_in_jail"] == 1


def test_what_only_some_phases_have_is_in_the_data_of_these_only() -> None:
    always = set(state_to_data(place()))
    jail = in_jail(2)
    jail.jail_roll = 5
    assert set(state_to_data(jail)) - always == {"steps"}
    assert state_to_data(jail)["steps"] == [5]
    triple = place(phase=Phase.CHOOSE_SQUARE, choices=place().board.jump_choices)
    assert state_to_data(triple)["steps"] == [0]
    card = place(phase=Phase.CHOOSE_FANTASY, at={0: 2}, card=the_card("winPlainMoney", 60))
    assert state_to_data(card)["card"] == {"type": "winPlainMoney", "value": 60, "price": 130}


def test_the_banks_account_follows_from_the_rest() -> None:
    state = place(4, money={0: 1, 1: 20, 2: 300, 3: -7}, pot=50)
    assert there_and_back(state).bank == state.bank == -364


def test_a_view_says_who_has_bid_but_not_how_much_and_comes_back_as_it_was() -> None:
    state = place(3, phase=Phase.AUCTION, at={0: 1})
    do(state, Bid(120), 1)
    assert state_to_data(state)["bids"] == {"1": 120}
    view = view_for(state, 2)
    assert state_to_data(view)["bids"] == {"1": None}
    assert there_and_back(view) == view != state


def test_a_card_from_before_a_change_of_the_deck_is_kept() -> None:
    for card in (Card("winPlainMoney", 21, 5), Card("goToJail", 3, 0)):
        state = place(phase=Phase.CHOOSE_FANTASY, at={0: 2}, card=card)
        assert there_and_back(state).card == card


ACTIONS: list[Action] = [
    ThrowDices(),
    PayBail(False),
    MoveTo(39),
    BuySquare(15),
    DropPurchase(15),
    TakeTram(10),
    ChooseCard(True),
    Bid(120),
    Build(6, 2),
    Demolish(6, 3),
    MortgageSet(1),
    MortgageUnset(1),
    TradeProposal(2, 10, 0, (1, 3), (5,)),
    TradeAnswer(True),
    NextPhase(),
    Surrender(),
]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: type(action).__name__)
def test_an_action_goes_to_plain_data_and_back(action: Action) -> None:
    data = json.loads(json.dumps(action_to_data(action)))
    assert data["type"] == type(action).__name__
    assert action_from_data(data) == action
    assert action_from_data({**data, "time": 3}) == action


def test_every_kind_of_action_is_tried() -> None:
    assert [type(action) for action in ACTIONS] == list(ACTION_TYPES)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ({"type": "Bid", "amount": 1.5}, "Expected `int`, got `float` - at `$.amount`"),
        ({"type": "Bid"}, "Object missing required field `amount`"),
        ({"type": "Fly"}, "Invalid value 'Fly' - at `$.type`"),
        ({}, "Object missing required field `type`"),
        (None, "Expected `object`, got `null`"),
    ],
)
def test_what_is_no_action_is_refused_with_its_place(data: object, what: str) -> None:
    with pytest.raises(DataError) as caught:
        action_from_data(data)
    assert caught.value.what == what
    assert str(caught.value) == f"no action: {what}"


def test_what_happened_is_plain_data_too() -> None:
    assert event_to_data(Paid(1, -2, 30, Why.FARE, 10)) == {
        "event": "Paid",
        "payer": 1,
        "payee": -2,
        "amount": 30,
        "why": "fare",
        "square": 10,
    }
    assert event_to_data(CardShown(0, the_card("goToJail"))) == {
        "event": "CardShown",
        "seat": 0,
        "card": {"type": "goToJail", "value": None, "price": 25},
    }
