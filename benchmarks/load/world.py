"""What the measured server finds when it starts: users with tokens, and games that they are in."""

import asyncio
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from magnate.engine.actions import SURRENDER
from magnate.engine.chance import Recorder, Seeded
from magnate.engine.game import apply, legal_actions
from magnate.engine.phases import AUCTION, END_GAME
from magnate.engine.state import State
from magnate.server.accounts.tokens import Tokens
from magnate.server.clock import system_clock
from magnate.server.config import Settings
from magnate.server.live.journal import GameSettings, Step, encode_settings, encode_step, first_state
from magnate.server.storage import open_storage
from magnate.server.storage.interface import UserStorage
from magnate.server.storage.records import LogEntry

SEATS: Final = 4
KEY: Final = "k" * 64
"""Signs the tokens; the measured server gets it through its environment."""
DAY_MS: Final = 86_400_000
DIFFERENT_GAMES: Final = 20
"""Games that are really played for `make_past`; the others are copies of them."""
SETTINGS: Final = GameSettings(order=tuple(range(SEATS)), max_rounds=0)


@dataclass(frozen=True, slots=True)
class Seat:
    """One user of one game."""

    game: int
    user: int
    token: str


async def make_world(database: Path, games: int) -> list[list[Seat]]:
    """Make a database with that many new games of four people, and return their seats, game by game."""
    storage = await open_storage(database, serving=False)
    try:
        tokens = Tokens(Settings(db=database, access_minutes=1_440), KEY.encode(), storage, system_clock)
        world = []
        for number in range(games):
            users = await _users(storage, number)
            game = await storage.create_game(encode_settings(SETTINGS), users, system_clock(), deadline_ms=DAY_MS)
            sessions = await asyncio.gather(*map(tokens.open, users))
            world.append(
                [Seat(game, user, session.tokens.access) for user, session in zip(users, sessions, strict=True)]
            )
        return world
    finally:
        await storage.close()


async def make_past(database: Path, games: int, actions: int) -> None:
    """Make a database with that many unfinished games of so many actions each."""
    logs = [_log(seed, actions) for seed in range(min(games, DIFFERENT_GAMES))]
    storage = await open_storage(database, serving=False)
    try:
        for number in range(games):
            users = await _users(storage, number)
            game = await storage.create_game(encode_settings(SETTINGS), users, system_clock())
            await storage.append_log(game, logs[number % len(logs)])
    finally:
        await storage.close()


def waited_for(state: State) -> int:
    """Return the seat that acts next, the first where several may."""
    return state.to_bid[0] if state.phase is AUCTION else state.phase_seat


async def _users(storage: UserStorage, game: int) -> list[int]:
    names = [f"user {game} {seat}" for seat in range(SEATS)]
    made = await asyncio.gather(*(storage.create_user(name, name, "no password", system_clock()) for name in names))
    return [user.pk for user in made]


def _log(seed: int, actions: int) -> list[LogEntry]:
    """Return the log of a game of random actions, in which players leave only when nothing else is legal."""
    choose = random.Random(seed).choice
    chance = Recorder(Seeded(seed))
    state = first_state(SETTINGS)
    log: list[LogEntry] = []
    while len(log) < actions and state.phase is not END_GAME:
        seat = waited_for(state)
        action = choose(legal_actions(state, seat)[:-1] or [SURRENDER])
        apply(state, seat, action, chance)
        now_ms = system_clock()
        step = Step(action, tuple(chance.take()))
        log.append(LogEntry(len(log) + 1, seat, now_ms, now_ms + DAY_MS, encode_step(step)))
    return log if state.phase is not END_GAME else _log(seed + DIFFERENT_GAMES, actions)
