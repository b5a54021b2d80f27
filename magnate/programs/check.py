"""Does a program keep the conversation? A script of games and odd moments, for its author (`magnate bots check`)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Final

from magnate.bots.base import Bot
from magnate.bots.random_bot import RandomBot
from magnate.bots.referee import Fault, decide
from magnate.engine.actions import SURRENDER, Action
from magnate.engine.chance import Seeded
from magnate.engine.game import apply, new_game
from magnate.engine.phases import AUCTION, END_GAME
from magnate.engine.state import Settings
from magnate.engine.view import view_for
from magnate.programs.bot import CREW, ProgramBot
from magnate.programs.process import Program

TABLES: Final = (2, 3, 4)
"""Seats of the games that are played."""
ROUNDS: Final = 12
SEED: Final = 1
NEWS: Final = b'{"type": "news_of_a_later_version", "what": ["nothing", {"that": "matters"}]}\n'


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    name: str
    """What is promised, in a few words."""
    fault: str
    """What is wrong, in one sentence; empty where nothing is."""
    must: bool = True
    """Whether a program that fails here cannot play."""


class _Wrong(Exception):
    """Ends a check; the text says why."""


def check_program(command: str, folder: Path) -> Iterator[Finding]:
    """Yield what each check finds; without the first, whether it starts, there is no other."""
    try:
        program = CREW.take(command, folder)
    except ValueError as error:
        yield Finding("it starts and says hello", str(error))
        return
    CREW.give_back(program, folder)
    yield Finding("it starts and says hello", "")
    played: list[list[Action]] = []
    for seats in TABLES:
        yield _found(f"it plays a game of {seats} to the end", partial(_play_into, played, command, folder, seats))
    if len(played) < len(TABLES):
        return
    yield _found("a line that it does not know changes nothing", lambda: _hear_news(command, folder))
    yield _found("it ends when Magnate says bye", lambda: _end(command, folder, Program.close))
    yield _found("it ends when its stdin is closed", lambda: _end(command, folder, Program.hang_up))
    again = _found("the same seed gives the same game", lambda: _same(command, folder, played[0]))
    yield Finding(again.name, again.fault, must=False)


def _found(name: str, work: Callable[[], None]) -> Finding:
    try:
        work()
    except _Wrong as wrong:
        return Finding(name, str(wrong))
    return Finding(name, "")


def _play(command: str, folder: Path, seats: int, news: bytes = b"") -> list[Action]:
    """Play a game against chance, and return what the program did; it hears `news` before each question."""
    chance = Seeded(SEED)
    state = new_game(seats, chance, Settings(max_rounds=ROUNDS))
    try:
        mine = ProgramBot(SEED, command=command, folder=str(folder))
    except ValueError as error:
        raise _Wrong(str(error)) from error
    bots: list[Bot] = [mine, *[RandomBot(seat) for seat in range(1, seats)]]
    done: list[Action] = []
    while state.phase is not END_GAME:
        seat = state.to_bid[0] if state.phase is AUCTION else state.phase_seat
        if seat == 0 and news:
            mine.say(news)
        decision = decide(bots[seat], state, seat)
        if isinstance(decision, Fault):
            raise _Wrong(f"decision {len(done) + 1}, {state.phase.value}: {decision.message}")
        if seat == 0:
            done.append(decision)
            if decision is SURRENDER and state.balance[0] >= 0:
                raise _Wrong(f"decision {len(done)}, {state.phase.value}: it gave up without a debt")
        apply(state, seat, decision, chance)
    mine.game_over(view_for(state, 0))
    return done


def _play_into(played: list[list[Action]], command: str, folder: Path, seats: int) -> None:
    played.append(_play(command, folder, seats))


def _hear_news(command: str, folder: Path) -> None:
    _play(command, folder, TABLES[0], NEWS)


def _same(command: str, folder: Path, before: list[Action]) -> None:
    if _play(command, folder, TABLES[0]) != before:
        raise _Wrong("it did otherwise; runs with it cannot be repeated")


def _end(command: str, folder: Path, how: Callable[[Program], int | None]) -> None:
    try:
        program = Program(command, folder)
    except ValueError as error:
        raise _Wrong(str(error)) from error
    start = perf_counter()
    code = how(program)
    if code is None:
        raise _Wrong(f"it went on for {perf_counter() - start:.0f} s, and was ended")
    if code:
        raise _Wrong(f"it ended with exit code {code}, not 0")
