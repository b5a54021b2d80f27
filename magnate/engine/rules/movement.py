"""Moving, arriving and going to jail (rules: Moving and arriving)."""

from typing import Final

from magnate.engine.board import Kind
from magnate.engine.chance import Chance
from magnate.engine.events import BANK, POT, CardShown, Event, Jailed, Jumped, Walked, Why
from magnate.engine.phases import BUSINESS, CHOOSE_FANTASY, LIQUIDATION, MANAGEMENT, ROLL_THE_DICES
from magnate.engine.rules.money import pay
from magnate.engine.rules.rent import rent
from magnate.engine.state import FREE, State
from magnate.engine.statistics import COUNT, NUM_PAID_RENTS, TIMES_IN_JAIL, WALKED_SQUARES

JAIL_TURNS: Final = 3
"""Jail turns of who goes to jail."""

# Names of the module are found faster than attributes of the enum; arriving asks at every move.
_TRAM: Final = Kind.TRAM
_FANTASY: Final = Kind.FANTASY
_PARKING: Final = Kind.PARKING
_GO_TO_JAIL: Final = Kind.GO_TO_JAIL
_SALARY: Final = Why.SALARY
_RENT: Final = Why.RENT


def walk(state: State, seat: int, steps: int, events: list[Event]) -> None:
    """Move a piece `steps` squares on; passing or landing on exit pays its salary."""
    board = state.board
    start = state.position[seat]
    state.position[seat] = board.destination[start][steps]
    state.stats[seat * COUNT + WALKED_SQUARES] += steps
    events.append(Walked(seat, board.paths[start][steps]))
    passed = board.exits[start][steps]
    if passed:
        pay(state, events, BANK, seat, board.salary * passed, _SALARY, board.exit)


def jump(state: State, seat: int, square: int, events: list[Event]) -> None:
    """Put a piece on `square` without walking: no salary, no arrival."""
    events.append(Jumped(seat, state.position[seat], square))
    state.position[seat] = square


def go_to_jail(state: State, seat: int, events: list[Event]) -> None:
    """Send `seat` to jail for three jail turns; the streak of the turn player is lost."""
    events.append(Jailed(seat, state.position[seat]))
    state.position[seat] = state.board.jail
    state.jail_turns[seat] = JAIL_TURNS
    state.stats[seat * COUNT + TIMES_IN_JAIL] += 1
    if seat == state.turn_seat:
        state.streak = 0


def arrive(state: State, seat: int, chance: Chance, events: list[Event]) -> None:
    """Carry out what the square of `seat`, the turn player, does to who arrives, and enter the phase that follows."""
    board = state.board
    square = state.position[seat]
    if board.is_buyable[square]:
        owner = state.owner[square]
        if owner == FREE:
            state.phase = MANAGEMENT
            return
        if owner != seat and not state.mortgaged[square]:
            state.stats[seat * COUNT + NUM_PAID_RENTS] += 1
            pay(state, events, seat, owner, rent(state, square), _RENT, square)
    else:
        kind = board.kind[square]
        if kind is _FANTASY:
            state.card = chance.card()
            events.append(CardShown(seat, state.card))
            state.phase = CHOOSE_FANTASY
            return
        if kind is _TRAM:
            state.phase = MANAGEMENT
            return
        if kind is _GO_TO_JAIL:
            go_to_jail(state, seat, events)
        elif kind is _PARKING:
            pay(state, events, POT, seat, state.pot, Why.POT)
    after_arrival(state)


def after_arrival(state: State) -> None:
    """Enter the phase that follows an arrival, a management, a card or an auction of the turn player."""
    seat = state.turn_seat
    if state.balance[seat] < 0:
        state.phase = LIQUIDATION
    elif state.streak > 0 and state.jail_turns[seat] == 0:
        state.phase = ROLL_THE_DICES
    else:
        state.phase = BUSINESS
