"""Positions that a person wrote (docs: Records and positions): what is left out, every fault at once, and safe play."""

import copy
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from magnate.engine.actions import ACCEPT, BuySquare
from magnate.engine.board import Board
from magnate.engine.chance import Scripted, Seeded
from magnate.engine.errors import PositionError, Reason
from magnate.engine.game import apply, legal_actions, new_game, why_not
from magnate.engine.phases import Phase
from magnate.engine.plain import state_from_data, state_to_data
from magnate.engine.position import position_text, read_position
from magnate.engine.state import Settings, State
from tests.engine.play import acting, any_action, steps
from tests.engine.position_data import CARD, MANY, ON_SALE, TRADE, Data, faults, players, read, two
from tests.engine.positions import board_data, place
from tests.sizes import tries

# What is left out


@pytest.mark.parametrize("seats", [2, 3, 4])
def test_players_alone_make_a_new_game(seats: int) -> None:
    assert read({"players": [{}] * seats}) == new_game(seats, Scripted(orders=[range(seats)]))


def test_what_is_left_out_of_a_player_is_as_at_the_start() -> None:
    squares = {"1": {"level": 1}, "3": {"level": 2}, "5": {"mortgaged": True}, "15": {}}
    state = read(two({"squares": squares, "balance": 7, "statistics": {"num_trades": 2}}))
    expected = place(
        phase=Phase.ROLL_THE_DICES, money={0: 7}, owned={0: (1, 3, 5, 15)}, levels={1: 1, 3: 2}, mortgaged=(5,)
    )
    expected.stats[9] = 2
    assert state == expected


def test_who_has_jail_turns_stands_in_jail() -> None:
    state = read(two({"jail_turns": 2}))
    assert (state.position[0], state.jail_turns[0]) == (201, 2)


def test_who_is_out_of_the_game_has_nothing() -> None:
    state = read(players({}, {}, {}, eliminated=[0]))
    assert (state.alive, state.eliminated, state.balance) == ([False, True, True], (0,), [0, 1500, 1500])
    assert state.turn_seat == state.phase_seat == 1


def test_the_first_of_the_order_who_is_in_the_game_has_the_turn() -> None:
    assert read(players({}, {}, {}, order=[2, 0, 1])).turn_seat == 2
    assert read(players({}, {}, {}, order=[2, 0, 1], eliminated=[2])).turn_seat == 0


def test_the_banks_account_makes_all_money_sum_to_nothing() -> None:
    state = read(players({"balance": 20}, {"balance": -300}, {}, pot=45))
    assert sum(state.balance) + state.pot + state.bank == 0


def test_a_position_may_be_on_another_board() -> None:
    data = board_data()
    data["squares"][1]["price"] = 61
    board = Board(data)
    state = read_position(position_text(new_game(2, Seeded(1), board=board)), board=board)
    assert state.board is board
    with pytest.raises(PositionError, match="board: is the digest of another board"):
        read_position(position_text(state))


# The text


@given(seed=st.integers(0, 2**32))
@settings(max_examples=tries(20))
def test_the_text_of_a_state_reads_back(seed: int) -> None:
    for step in list(steps(seed, Seeded(seed), 3, 12))[::9]:
        if step.state.phase is not Phase.END_GAME:
            assert read_position(position_text(step.state)) == step.state


def test_the_text_is_for_people() -> None:
    lines = position_text(place(owned={0: (1, 5)})).splitlines()
    assert '  "order": [0, 1],' in lines
    assert '        "1": {"level": 0, "mortgaged": false},' in lines
    assert '        "num_trades": 0,' in lines


def test_a_text_with_the_mark_of_some_editors_is_read() -> None:
    assert read_position(b'\xef\xbb\xbf{"players": [{}, {}]}').seats == 2


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "line 1, column 1: no JSON: Expecting value"),
        ('{\n  "players": [{}, {}\n}', "line 3, column 1: no JSON: Expecting ',' delimiter"),
        (b"\xff\xfe", "no JSON: not a text in UTF-8"),
        ("[" * 100_000, "no JSON that can be read: nested too deeply, or a number too long"),
        ("1" * 10_000, "no JSON that can be read: nested too deeply, or a number too long"),
        ('{"pot": 1, "players": [{}, {}], "pot": 2}', 'the key "pot" stands there twice'),
    ],
)
def test_what_is_no_json_is_one_fault(text: str | bytes, fault: str) -> None:
    with pytest.raises(PositionError) as caught:
        read_position(text, "mine.json")
    assert caught.value.faults == (fault,)
    assert str(caught.value) == f"mine.json: {fault}"


# What may be


@pytest.mark.parametrize(
    "data",
    [
        two({"position": 201}),  # paid the bail and has yet to roll
        two({"position": 201}, phase="choose_square", steps=[1, 2, 3]),
        two({"jail_turns": 2}, steps=[3]),
        two(phase="choose_square", steps=[0]),
        two(phase="choose_square", steps=[4, 8], streak=1),
        two({"position": 10}, phase="management"),
        two(ON_SALE, phase="management", streak=2),
        two({"position": 2}, phase="choose_fantasy", card=CARD),
        players(ON_SALE, {}, MANY, phase="auction", bids={"2": 0}),
        two(MANY, phase="business"),
        two(MANY, phase="liquidation"),
        two(phase="liquidation"),
        players({}, {}, {}, {}, eliminated=[3, 1], round=4, turn=14, turn_seat=2),
        two(round=31, settings={"max_rounds": 0}),
        two(phase="proposal_acceptance", trade=TRADE, resume="liquidation"),
    ],
)
def test_what_may_be_is_read_and_played(data: Data) -> None:
    play_on(read(data), 5)


def test_a_waiting_trade_that_no_longer_fits_can_only_be_rejected() -> None:
    state = read(two(phase="proposal_acceptance", trade={"destination": 1, "offered_properties": [5]}))
    assert state.phase_seat == 1
    assert why_not(state, 1, ACCEPT) is Reason.TRADE_NOT_OWNED
    assert len(legal_actions(state, 1)) == 2


def test_what_a_person_wrote_is_what_is_played() -> None:
    state = read(players({"position": 5, "balance": 400}, {}, phase="management"))
    apply(state, 0, BuySquare(5), Scripted())
    assert (state.balance[0], state.owned[0]) == (100, [5])


def test_a_game_that_is_over_is_data_but_no_position() -> None:
    *_, last = steps(3, Seeded(3), 3, 4)
    assert state_from_data(state_to_data(last.state)) == last.state
    assert faults(state_to_data(last.state)) == [
        "phase: end_game means that the game is over: there is nothing to play"
    ]


# Whatever a person does to a position, it is refused in words or can be played to its end


def play_on(state: State, seed: int) -> None:
    """Play on at random for a few rounds, to the end of the game."""
    state.settings = Settings(state.round + 2, state.settings.humans)
    pick = random.Random(seed).random
    chance = Seeded(seed)
    while state.phase is not Phase.END_GAME:
        seat = acting(state)
        apply(state, seat, any_action(state, seat, pick), chance)
        assert sum(state.balance) + state.pot + state.bank == 0
    assert state.winners


def places(data: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the path of each value in the data."""
    found = [path] if path else []
    if isinstance(data, dict):
        for key, value in data.items():
            found += places(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            found += places(value, (*path, number))
    return found


def another(value: object, pick: random.Random) -> object:
    """Return a value that somebody may have put in the place of another."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int) and pick.random() < 0.7:
        return pick.choice([0, 1, 2, 3, 5, 10, 15, 20, 35, 201, value + 1, value - 1, -value, 10**30])
    phases = [phase.value for phase in Phase]
    other: list[object] = [None, True, 1.5, "x", [], {}, [0], [1, 0], {"1": {}}, {"1": 3}, *phases, *[CARD, TRADE]]
    return copy.deepcopy(pick.choice(other))


def mutate(data: Data, pick: random.Random) -> None:
    """Change, drop or add something."""
    *path, last = pick.choice(places(data))
    holder: Any = data
    for key in path:
        holder = holder[key]
    roll = pick.random()
    if roll < 0.2:
        del holder[last]
    elif roll < 0.3:
        extra = {"steps": [pick.randrange(13)], "card": CARD, "bids": {"1": 3}, "trade": TRADE, "winners": [0], "x": 1}
        key = pick.choice(list(extra))
        data[key] = copy.deepcopy(extra[key])
    else:
        holder[last] = another(holder[last], pick)


def trial(seed: int, changes: int) -> bool:
    """Change a position from some game; return whether it can still be read, and play it to its end if so."""
    pick = random.Random(seed)
    seen = [state_to_data(step.state) for step in steps(seed, Seeded(seed), 2 + seed % 3, 8)]
    data = pick.choice(seen)
    for _ in range(changes):
        mutate(data, pick)
    try:
        state = read(data)
    except PositionError:
        return False
    play_on(state, seed)
    return True


@given(seed=st.integers(0, 2**32), changes=st.integers(1, 4))
@settings(max_examples=tries(300))
def test_a_changed_position_can_be_played_or_is_refused_in_words(seed: int, changes: int) -> None:
    trial(seed, changes)


def test_some_changed_positions_can_be_played_and_some_are_refused() -> None:
    outcomes = [trial(seed, 1) for seed in range(60)]
    assert 10 < sum(outcomes) < 50
