"""A client's copy of a game is the server's view, at every step of whole games (protocol: Game)."""

from dataclasses import replace
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from magnate.engine import actions as engine
from magnate.engine.game import apply
from magnate.engine.phases import PROPOSAL_ACCEPTANCE, Phase
from magnate.engine.rules.holdings import give
from magnate.engine.view import GameView, legal_actions, view_for
from magnate.protocol.codec import decode_game, encode, read_game
from magnate.protocol.commands import ChatMessage, Cheat, Here, Rematch
from magnate.protocol.errors import BadState, OtherBoard
from magnate.protocol.follow import Follower, view_from_snapshot
from magnate.protocol.frames import action_frames, response_frame, state_frame
from magnate.protocol.game import GameAction, GameChat, GameError, GameResponse, GameState
from magnate.protocol.refusal import INVALID_JSON, Refusal, game_error
from magnate.protocol.translate import to_command, to_engine_action
from tests.protocol.games import DEADLINE, Step, random_game, received_state, scripted, seating
from tests.sizes import tries

SPECTATOR = -1
STRANGER = 1000
"""A user id that is nobody's at the table."""


def seen(view: GameView) -> tuple[object, ...]:
    """Return all that a view must have in common with the server's."""
    same = view.copy()
    if same.phase is not PROPOSAL_ACCEPTANCE:
        same.resume = Phase.BUSINESS
    derived = (same.owned, same.group_owner, same.group_levels, same.group_mortgages, same.viewer)
    return (*same.key(), msgspec.json.encode(derived))


def follow_from(step: Step, seat: int) -> Follower:
    """Open the game's socket after a step."""
    user = STRANGER if seat == SPECTATOR else step.table.users[seat]
    return Follower(received_state(step.table, step.state, seat, step.seq), user)


def check_step(step: Step, followers: dict[int, Follower]) -> None:
    """Let each client take the step in, and hold its view against the server's."""
    for viewer, follower in followers.items():
        follower.take(step.read_action(viewer))
        assert follower.take(step.read_response()) == tuple(step.events)
        assert follower.in_step
        assert (follower.seq, follower.deadline) == (step.seq, DEADLINE)
        view = view_for(step.state, viewer)
        assert seen(follower.view) == seen(view)
        assert legal_actions(follower.view, viewer) == legal_actions(view, viewer)


@given(seed=st.integers(0, 100_000))
@settings(max_examples=tries(20))
def test_the_view_of_every_client_is_the_servers_over_whole_games(seed: int) -> None:
    random = Random(seed)
    followers: dict[int, Follower] = {}
    for step in random_game(seed):
        check_step(step, followers)
        if not followers or random.random() < 0.03:  # everybody comes, or comes back
            followers = {viewer: follow_from(step, viewer) for viewer in (SPECTATOR, *range(step.state.seats))}
            for viewer, follower in followers.items():
                assert seen(follower.view) == seen(view_for(step.state, viewer))
                assert follower.seating == step.table


@given(seed=st.integers(0, 100_000))
@settings(max_examples=tries(5))
def test_every_action_of_whole_games_survives_the_wire(seed: int) -> None:
    for step in random_game(seed):
        command = decode_game(encode(to_command(step.action, step.table)).decode())
        assert not isinstance(command, Refusal | ChatMessage | Here | Cheat | Rematch)
        assert to_engine_action(command, step.table.seat_of, 0) == step.action


def test_no_view_and_no_frame_of_a_client_knows_the_bid_of_another() -> None:
    table = seating(3)
    state, chance = scripted(3, dice=[1, 2, 3])
    apply(state, 0, engine.THROW_DICES, chance)
    followers = [Follower(received_state(table, state, seat, 0), user) for seat, user in enumerate(table.users)]
    actions: list[tuple[int, engine.Action]] = [(0, engine.DropPurchase(6)), (1, engine.Bid(77))]
    for seq, (seat, action) in enumerate(actions, start=1):
        events = apply(state, seat, action, chance)
        frames = action_frames(table, seat, action)
        outcome = response_frame(table, state, seat, action, events, seq=seq, deadline=None)
        for receiver, follower in enumerate(followers):
            for frame in (frames.actor if receiver == seat else frames.others, outcome):
                message = read_game(frame)
                assert isinstance(message, GameAction | GameResponse)
                follower.take(message)
                assert receiver == seat or b"77" not in frame
    assert [follower.view.bids for follower in followers] == [{}, {1: 77}, {}]
    assert [follower.view.to_bid for follower in followers] == [(2,)] * 3


def frames_of(count: int) -> tuple[Follower, list[tuple[GameAction, GameResponse]]]:
    """Return a client that just came, and what it is sent next."""
    follower = None
    messages = []
    for step in random_game(3, most=count + 1):
        if follower is None:
            follower = follow_from(step, 0)
        else:
            messages.append((step.read_action(0), step.read_response()))
    assert follower is not None
    return follower, messages


def test_a_gap_is_noticed_and_nothing_is_applied_until_the_next_snapshot() -> None:
    follower, messages = frames_of(4)
    before = seen(follower.view)
    for action, response in messages[1:]:
        assert follower.take(action) == follower.take(response) == ()
        assert not follower.in_step
    assert seen(follower.view) == before
    *_, last = random_game(3, most=5)
    follower.take(GameState(received_state(last.table, last.state, 0, last.seq)))
    assert follower.in_step
    assert seen(follower.view) == seen(view_for(last.state, 0))


def test_what_is_repeated_or_older_is_ignored() -> None:
    follower, messages = frames_of(3)
    first = next(random_game(3))
    old = GameState(received_state(first.table, first.state, 0, first.seq))
    for action, response in messages:
        follower.take(action)
        assert follower.take(response)
        assert follower.take(response) == ()
    after = seen(follower.view)
    follower.take(old)
    assert follower.in_step
    assert (seen(follower.view), follower.seq) == (after, 4)


def test_chat_and_errors_change_nothing() -> None:
    follower, _ = frames_of(1)
    before = seen(follower.view)
    assert follower.take(GameChat(42, "bob", "hi")) == ()
    assert follower.take(game_error(INVALID_JSON)) == ()
    assert isinstance(game_error(INVALID_JSON), GameError)
    assert seen(follower.view) == before


def test_a_snapshot_after_a_debug_command_replaces_the_view() -> None:
    state, _ = scripted()
    follower = Follower(received_state(seating(2), state, 0, 0), 7)
    give(state, 6, 1)
    state.balance[0] = 5
    follower.take(GameState(received_state(seating(2), state, 0, 0)))
    assert (follower.view.owned, follower.view.balance) == ([[], [6]], [5, 1500])


def test_another_board_is_refused() -> None:
    state, _ = scripted()
    snapshot = msgspec.structs.replace(received_state(seating(2), state, 0, 0), board="0" * 64)
    with pytest.raises(OtherBoard, match="use a client of the same version") as caught:
        view_from_snapshot(snapshot, 7)
    assert (caught.value.theirs, caught.value.ours) == ("0" * 64, state.board.digest)


@pytest.mark.parametrize(
    "changes",
    [
        {"usernames": {7: "alice"}},
        {"players": (7, 7)},
        {"ordered_players": (7, 8)},
        {"money": {7: 1}},
        {"statistics": {7: (1,), 9: (1,)}},
        {"active_turn_player": 8},
        {"winners": (8,)},
    ],
)
def test_a_snapshot_that_contradicts_itself_is_refused(changes: dict[str, object]) -> None:
    state, _ = scripted()
    snapshot = msgspec.structs.replace(received_state(seating(2), state, 0, 0), **changes)
    with pytest.raises(BadState, match="the server sent a state that cannot be"):
        Follower(snapshot, 7)


def test_a_response_that_does_not_belong_to_the_game_is_refused_and_a_new_snapshot_needed() -> None:
    follower, [(action, response)] = frames_of(1)
    follower.take(action)
    with pytest.raises(BadState):
        follower.take(GameResponse(msgspec.structs.replace(response.data, active_turn_player=8)))
    assert not follower.in_step
    assert follower.take(response) == ()


def test_a_proposal_without_its_terms_is_refused() -> None:
    state, chance = scripted()
    follower = Follower(received_state(seating(2), state, 1, 0), 9)
    give(state, 6, 0)
    state.phase = Phase.BUSINESS
    action = engine.TradeProposal(1, 0, 10, (6,), ())
    events = apply(state, 0, action, chance)
    message = read_game(response_frame(seating(2), state, 0, action, events, seq=1, deadline=None))
    assert isinstance(message, GameResponse)
    with pytest.raises(BadState, match="a proposal without its terms"):
        follower.take(message)


def test_a_client_knows_the_levels_of_the_bots_where_the_server_says_them() -> None:
    state, _ = scripted(3)
    levels = {1: "hard", 2: "of_tomorrow"}
    snapshot = read_game(state_frame(replace(seating(3), levels=levels), state, 0, seq=0, deadline=None))
    assert isinstance(snapshot, GameState)
    assert Follower(snapshot.game_state, seating(3).users[0]).seating.levels == levels
    assert Follower(received_state(seating(3), state, 0, 0), seating(3).users[0]).seating.levels == {}
