"""The engine alone: random-legal play in which every action is picked from the full list, copies, and replays."""

import io
import random
from functools import partial

from benchmarks.yardstick import Figure, best_of
from magnate.engine.actions import Action
from magnate.engine.chance import Chance, Recorder, Seeded
from magnate.engine.game import apply, legal_actions, new_game
from magnate.engine.phases import AUCTION, END_GAME
from magnate.engine.record import read_record
from magnate.engine.recording import RecordWriter
from magnate.engine.state import Settings, State

SEATS = 4
GAMES = 10
COPIES = 20_000


def run(unit: float) -> list[Figure]:
    """Return the figures of the engine, in units of the yardstick."""
    play = best_of(partial(play_games, GAMES))
    copy = best_of(partial(copy_state, middle_of_a_game(), COPIES))
    text = recorded_game()
    read = best_of(partial(read_games, text, 5))
    return [
        Figure("random-legal play, an action", play / unit, most=12, detail=f"{1 / play:,.0f} actions/s"),
        Figure("copy of a state", copy / unit, most=8, detail=f"{copy * 1e6:.2f} µs"),
        Figure("reading a record, an action", read / unit, detail=f"{1 / read:,.0f} actions/s"),
    ]


def acting(state: State) -> int:
    """Return who acts next; in an auction the first that is still to bid."""
    return state.to_bid[0] if state.phase is AUCTION else state.phase_seat


def choose(state: State, seat: int, pick: random.Random) -> Action:
    """Return one of all legal actions; nobody surrenders who can do something else."""
    actions = legal_actions(state, seat)
    return actions[int(pick.random() * (len(actions) - 1))]


def play_games(games: int) -> int:
    """Play whole games of the default length; return the number of actions."""
    done = 0
    for seed in range(games):
        pick = random.Random(seed)
        chance = Seeded(seed)
        state = new_game(SEATS, chance)
        while state.phase is not END_GAME:
            seat = acting(state)
            apply(state, seat, choose(state, seat, pick), chance)
            done += 1
    return done


def middle_of_a_game() -> State:
    """Return a state in which much is owned."""
    pick = random.Random(1)
    chance: Chance = Seeded(1)
    state = new_game(SEATS, chance)
    while state.round <= 15:
        seat = acting(state)
        apply(state, seat, choose(state, seat, pick), chance)
    return state


def copy_state(state: State, copies: int) -> int:
    """Copy a state; return how often."""
    for _ in range(copies):
        state.copy()
    return copies


def recorded_game() -> str:
    """Return the record of a game."""
    pick = random.Random(1)
    chance = Recorder(Seeded(1))
    state = new_game(SEATS, chance, Settings())
    chance.take()
    out = io.StringIO()
    writer = RecordWriter(out, state)
    while state.phase is not END_GAME:
        seat = acting(state)
        action = choose(state, seat, pick)
        apply(state, seat, action, chance)
        writer.move(seat, action, chance.take())
    writer.result(state)
    return out.getvalue()


def read_games(text: str, times: int) -> int:
    """Read a record, which plays its moves again; return the number of actions."""
    return sum([len(read_record(io.StringIO(text)).moves) for _ in range(times)])
