"""Positions for the tests of the rules, and two verbs: `do` an action with told chance, and ask why it is `refused`."""

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any, TypedDict, TypeVar, Unpack

import pytest

from magnate.engine.actions import Action
from magnate.engine.board import Board
from magnate.engine.cards import Card, find_card
from magnate.engine.chance import Chance, Scripted
from magnate.engine.errors import IllegalAction, Reason
from magnate.engine.events import Event, Paid
from magnate.engine.game import apply, legal_actions, new_game, why_not
from magnate.engine.phases import Phase
from magnate.engine.rules.holdings import give, set_level, set_mortgaged
from magnate.engine.rules.purchase import bidders
from magnate.engine.state import Settings, State
from magnate.engine.statistics import STATISTICS

BROWN = (1, 3)
"""The cheapest group: 60 a square, 50 a level."""
CYAN = (6, 8, 9)
"""A group of three: 100, 100, 120 a square, 50 a level."""


def place(
    seats: int = 2,
    *,
    phase: Phase = Phase.BUSINESS,
    turn_seat: int = 0,
    at: Mapping[int, int] | None = None,
    money: Mapping[int, int] | None = None,
    jailed: Mapping[int, int] | None = None,
    owned: Mapping[int, Iterable[int]] | None = None,
    levels: Mapping[int, int] | None = None,
    mortgaged: Iterable[int] = (),
    streak: int = 0,
    pot: int = 0,
    card: Card | None = None,
    choices: tuple[tuple[int, int], ...] = (),
    jail_roll: int = 0,
    max_rounds: int = 30,
    humans: tuple[int, ...] = (),
    board: Board | None = None,
) -> State:
    """Return a position in which seats play in the order 0, 1, 2, …; what is not given is as at the start."""
    settings = Settings(max_rounds, humans)
    state = new_game(seats, Scripted(orders=[range(seats)]), settings, board)
    state.phase = phase
    state.turn_seat = state.phase_seat = turn_seat
    if phase is Phase.AUCTION:
        state.to_bid = bidders(state)
    for seat, square in (at or {}).items():
        state.position[seat] = square
    for seat, turns in (jailed or {}).items():
        state.position[seat] = state.board.jail
        state.jail_turns[seat] = turns
    for seat, amount in (money or {}).items():
        state.balance[seat] = amount
    for seat, squares in (owned or {}).items():
        for square in squares:
            give(state, square, seat)
    for square, level in (levels or {}).items():
        set_level(state, square, level)
    for square in mortgaged:
        set_mortgaged(state, square, 1)
    state.streak = streak
    state.pot = pot
    state.card = card
    state.choices = choices
    state.jail_roll = jail_roll
    state.bank = -pot - sum(state.balance)
    return state


def board_data() -> dict[str, Any]:
    """Return the standard board's data anew, to be changed."""
    read: dict[str, Any] = json.loads(files("magnate.engine").joinpath("data/board.json").read_text("utf-8"))
    return read


def to_roll(seats: int = 2, *, at: int = 0, streak: int = 0, money: int = 1500) -> State:
    """Return a position where seat 0 stands on `at` and rolls."""
    return place(seats, phase=Phase.ROLL_THE_DICES, at={0: at}, streak=streak, money={0: money})


def in_jail(turns: int = 3, *, money: int = 1500) -> State:
    """Return a position where seat 0 begins its turn in jail."""
    return place(phase=Phase.ROLL_THE_DICES, jailed={0: turns}, money={0: money})


def deciding(square: int, *, seats: int = 2, streak: int = 0, money: Mapping[int, int] | None = None) -> State:
    """Return a position where seat 0 stands on `square` in management."""
    return place(seats, phase=Phase.MANAGEMENT, at={0: square}, streak=streak, money=money)


def the_card(name: str, value: int | None = None) -> Card:
    """Return a card of the deck."""
    card = find_card(name, value)
    assert card is not None
    return card


class Told(TypedDict, total=False):
    """What chance is told to give."""

    dice: Sequence[int]
    cards: Sequence[tuple[str, int | None]]
    coins: Sequence[bool]
    seats: Sequence[int]
    squares: Sequence[int]
    categories: Sequence[Sequence[str]]
    then: Chance


def do(state: State, action: Action, seat: int | None = None, **told: Unpack[Told]) -> list[Event]:
    """Apply `action` of the seat that must act (or `seat`); chance gives what is told, all of it and no more."""
    chance = Scripted(**told)
    events = apply(state, state.phase_seat if seat is None else seat, action, chance)
    left = (chance.dice, chance.cards, chance.coins, chance.seats, chance.squares, chance.drawn_categories)
    assert not any(left), "the rules did not ask for all outcomes that were told"
    assert sum(state.balance) + state.pot + state.bank == 0, "money was made or lost"
    return events


def refused(state: State, action: Action, seat: int | None = None) -> Reason | None:
    """Return why `action` is refused; `apply` must refuse it with that reason and change nothing."""
    who = state.phase_seat if seat is None else seat
    reason = why_not(state, who, action)
    if reason is None:
        return None
    assert action not in legal_actions(state, who)
    before = state.copy()
    with pytest.raises(IllegalAction) as caught:
        apply(state, who, action, Scripted())
    assert (caught.value.reason, caught.value.seat, caught.value.action) == (reason, who, action)
    assert state == before
    return reason


def phase_of(state: State) -> Phase:
    """Return the phase; read anew each time, which a type checker that remembers the last comparison would not."""
    return state.phase


def stat(state: State, seat: int, name: str) -> int:
    """Return a statistic by its name."""
    return state.stat(seat, STATISTICS.index(name))


def payments(events: Iterable[Event]) -> list[tuple[int, int, int]]:
    """Return (payer, payee, amount) of each payment."""
    return [(event.payer, event.payee, event.amount) for event in events if isinstance(event, Paid)]


E = TypeVar("E")


def only(events: Iterable[object], kind: type[E]) -> E:
    """Return the one event of that kind."""
    (event,) = [event for event in events if isinstance(event, kind)]
    return event
