"""The state: copies are independent, equal states are equal and hash alike; what one seat may see of it."""

import copy
from collections.abc import Callable

import pytest

from magnate.engine.actions import Bid, DropPurchase, TradeProposal
from magnate.engine.board import Board
from magnate.engine.chance import Scripted
from magnate.engine.errors import IllegalAction, Reason
from magnate.engine.events import AuctionClosed, BidMade, Departure
from magnate.engine.game import apply, legal_actions
from magnate.engine.limits import bid_limits
from magnate.engine.phases import Phase
from magnate.engine.rules.holdings import give, set_level, set_mortgaged
from magnate.engine.state import Settings, State
from magnate.engine.view import GameView, view_for
from tests.engine.positions import CYAN, board_data, deciding, do, place, the_card


def rich() -> State:
    """Return a position with something in every field."""
    state = place(
        3,
        phase=Phase.CHOOSE_FANTASY,
        at={0: 2},
        jailed={1: 2},
        owned={0: CYAN, 1: [5]},
        levels={6: 1},
        mortgaged=[5],
        streak=1,
        pot=30,
        card=the_card("magnetism"),
        choices=((4, 2),),
    )
    state.trade = TradeProposal(1, 5)
    state.bonuses = (("num_trades", (0,)),)
    return state


def change_settings(state: State) -> None:
    state.settings = Settings(31)


def change_board(state: State) -> None:
    data = board_data()
    data["squares"][1]["price"] += 2
    state.board = Board(data)


CHANGES: dict[str, Callable[[State], None]] = {
    "board": change_board,
    "settings": change_settings,
    "phase": lambda state: setattr(state, "phase", Phase.BUSINESS),
    "turn_seat": lambda state: setattr(state, "turn_seat", 1),
    "phase_seat": lambda state: setattr(state, "phase_seat", 1),
    "order": lambda state: setattr(state, "order", (2, 1, 0)),
    "round": lambda state: setattr(state, "round", 9),
    "turn": lambda state: setattr(state, "turn", 9),
    "streak": lambda state: setattr(state, "streak", 2),
    "proposals": lambda state: setattr(state, "proposals", 2),
    "pot": lambda state: setattr(state, "pot", 31),
    "bank": lambda state: setattr(state, "bank", 1),
    "balance": lambda state: state.balance.__setitem__(2, 1),
    "position": lambda state: state.position.__setitem__(2, 1),
    "jail_turns": lambda state: state.jail_turns.__setitem__(1, 1),
    "alive": lambda state: state.alive.__setitem__(2, False),
    "departures": lambda state: setattr(state, "departures", (Departure.KICKED,)),
    "eliminated": lambda state: setattr(state, "eliminated", (2,)),
    "owner": lambda state: give(state, 39, 2),
    "level": lambda state: set_level(state, 8, 1),
    "mortgaged": lambda state: set_mortgaged(state, 5, 0),
    "mortgaged_this_turn": lambda state: setattr(state, "mortgaged_this_turn", (5,)),
    "jail_roll": lambda state: setattr(state, "jail_roll", 5),
    "choices": lambda state: setattr(state, "choices", ()),
    "card": lambda state: setattr(state, "card", None),
    "to_bid": lambda state: setattr(state, "to_bid", (2,)),
    "bids": lambda state: state.bids.__setitem__(2, 5),
    "trade": lambda state: setattr(state, "trade", None),
    "resume": lambda state: setattr(state, "resume", Phase.LIQUIDATION),
    "stats": lambda state: state.stats.__setitem__(7, 5),
    "bonuses": lambda state: setattr(state, "bonuses", ()),
    "winners": lambda state: setattr(state, "winners", (1,)),
}
DERIVED = {"owned", "group_owner", "group_levels", "group_mortgages"}
FIELDS = {*CHANGES, *DERIVED}


def test_every_field_is_changed_below_or_derived() -> None:
    # The compiled class names its fields in another way.
    names = "__slots__" if hasattr(State, "__slots__") else "__mypyc_attrs__"
    assert set(getattr(State, names)) == FIELDS


def test_a_copy_is_equal_and_hashes_alike() -> None:
    state = rich()
    other = state.copy()
    assert other == state
    assert hash(other) == hash(state)
    for name in FIELDS:
        assert getattr(other, name) == getattr(state, name)


@pytest.mark.parametrize("field", CHANGES)
def test_a_change_of_any_field_makes_a_copy_differ_and_leaves_the_original(field: str) -> None:
    state, untouched = rich(), rich()
    other = state.copy()
    CHANGES[field](other)
    assert other != state
    assert state == untouched
    for name in FIELDS:
        if name != "board":
            assert getattr(state, name) == getattr(untouched, name)


def test_a_state_differs_from_anything_else() -> None:
    assert rich() != "a state"


def test_a_state_says_in_short_where_the_game_stands() -> None:
    assert repr(rich()) == "<State round 1, turn 1, choose_fantasy of seat 0>"


# Views


def bidding() -> State:
    state = deciding(6, seats=4)
    do(state, DropPurchase(6))
    do(state, Bid(70), 1)
    do(state, Bid(0), 2)
    return state


@pytest.mark.parametrize(
    ("seat", "bids"),
    [
        (0, {}),
        (1, {1: 70}),
        (2, {2: 0}),
        (3, {}),
        (-1, {}),
    ],
)
def test_a_view_hides_others_bids_and_nothing_else(seat: int, bids: dict[int, int]) -> None:
    state = bidding()
    view = view_for(state, seat)
    assert (view.viewer, view.to_bid, view.bids) == (seat, (3,), bids)
    for name in FIELDS:
        if name != "bids":
            assert getattr(view, name) == getattr(state, name)


def test_a_view_has_no_way_back_to_the_hidden_bids() -> None:
    view = view_for(bidding(), 3)
    seen = [getattr(view, name) for name in (*FIELDS, "viewer")]
    assert not any(70 in value for value in seen if isinstance(value, list | tuple))
    assert view.bids == {}
    assert not hasattr(view, "__dict__")


def test_changing_a_view_changes_no_game() -> None:
    state = bidding()
    before = state.copy()
    view = view_for(state, 3)
    apply(view, 3, Bid(5), Scripted())
    view.balance[0] = 0
    view.owned[0].append(39)
    assert state == before
    assert state.owned == before.owned


def test_a_view_of_a_view_and_its_copy_are_as_hidden() -> None:
    view = view_for(bidding(), 3)
    other = view.copy()
    assert isinstance(other, GameView)
    assert (other.viewer, other) == (3, view)
    assert view_for(view, 3) == view


def test_the_rules_work_on_a_view() -> None:
    state = bidding()
    view = view_for(state, 3)
    assert legal_actions(view, 3) == legal_actions(state, 3)
    assert bid_limits(view, 3) == bid_limits(state, 3)
    with pytest.raises(IllegalAction) as caught:
        apply(view, 3, Bid(1501), Scripted())
    assert caught.value.reason is Reason.BID_NOT_COVERED


def test_in_a_view_an_auction_goes_on_until_everybody_has_bid() -> None:
    state = deciding(6, seats=4)
    do(state, DropPurchase(6))
    do(state, Bid(70), 1)
    view = view_for(state, 2)
    assert apply(view, 2, Bid(90), Scripted()) == [BidMade(2)]
    assert (view.phase, view.to_bid, view.bids) == (Phase.AUCTION, (3,), {2: 90})
    events = apply(view, 3, Bid(80), Scripted())
    assert AuctionClosed(6, 2, 90, False, ((1, 0), (2, 90), (3, 80))) in events
    assert (view.owner[6], view.phase) == (2, Phase.BUSINESS)


def test_in_a_view_a_hidden_bid_counts_as_a_pass_unless_one_is_assumed() -> None:
    view = view_for(bidding(), 3)
    assumed = view.copy()
    apply(view, 3, Bid(1), Scripted())
    assert (view.owner[6], view.phase) == (3, Phase.BUSINESS)
    assumed.bids[1] = 2
    apply(assumed, 3, Bid(1), Scripted())
    assert (assumed.owner[6], assumed.balance[1]) == (1, 1498)


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_the_copies_of_the_standard_library_are_as_independent_as_our_own(copied: Callable[[State], State]) -> None:
    for state in (rich(), bidding(), view_for(bidding(), 1)):
        before = state.copy()
        other = copied(state)
        assert (type(other), other, getattr(other, "viewer", None)) == (
            type(state),
            state,
            getattr(state, "viewer", None),
        )
        for name in FIELDS:
            if isinstance(getattr(state, name), list | dict):
                assert getattr(other, name) is not getattr(state, name), name
        other.owned[0].append(39)
        other.bids[3] = 5
        other.stats[0] += 1
        assert (state, state.owned) == (before, before.owned)
