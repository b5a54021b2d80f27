"""Rolling, bail and the choice of a square (rules: roll_the_dices)."""

from magnate.engine.actions import MoveTo, PayBail, ThrowDices
from magnate.engine.chance import Chance
from magnate.engine.errors import Reason
from magnate.engine.events import BANK, POT, Event, Freed, Rolled, Why
from magnate.engine.phases import BUSINESS, CHOOSE_SQUARE
from magnate.engine.rules.money import pay
from magnate.engine.rules.movement import after_arrival, arrive, go_to_jail, jump, walk
from magnate.engine.state import JUMP, State
from magnate.engine.statistics import COUNT, TURNS_IN_JAIL

DOUBLES_TO_JAIL = 3
"""The double in a row that sends to jail."""
HIGHEST_PLAIN_BUS = 3
"""The bus die's faces above this are buses."""


def refuse_throw(state: State, seat: int, action: ThrowDices) -> Reason | None:
    """Return why `seat` may not roll: its last roll in jail is still on the table."""
    return Reason.ROLL_ON_TABLE if state.jail_roll else None


def do_throw(state: State, seat: int, action: ThrowDices, chance: Chance, events: list[Event]) -> None:
    """Roll, as a free or as a jailed player."""
    if state.jail_turns[seat]:
        _throw_in_jail(state, seat, chance, events)
    else:
        _throw_free(state, seat, chance, events)


def _throw_free(state: State, seat: int, chance: Chance, events: list[Event]) -> None:
    dice1, dice2, bus = chance.die(), chance.die(), chance.die()
    if dice1 == dice2 == bus <= HIGHEST_PLAIN_BUS:
        state.streak = 0
        state.choices = state.board.jump_choices
        state.phase = CHOOSE_SQUARE
        events.append(Rolled(seat, dice1, dice2, bus, True, 0, _squares(state.choices)))
        return
    state.streak = state.streak + 1 if dice1 == dice2 else 0
    if state.streak == DOUBLES_TO_JAIL:
        events.append(Rolled(seat, dice1, dice2, bus, False, 0, ()))
        go_to_jail(state, seat, events)
        after_arrival(state)
        return
    choices = choices_after(state, seat, dice1, dice2, bus)
    events.append(Rolled(seat, dice1, dice2, bus, False, state.streak, _squares(choices)))
    if len(choices) == 1:
        walk(state, seat, choices[0][1], events)
        arrive(state, seat, chance, events)
    else:
        state.choices = choices
        state.phase = CHOOSE_SQUARE


def choices_after(state: State, seat: int, dice1: int, dice2: int, bus: int) -> tuple[tuple[int, int], ...]:
    """Return (square, steps) of each square that the roll of a free player leads to."""
    destination = state.board.destination[state.position[seat]]
    if bus <= HIGHEST_PLAIN_BUS:
        steps = dice1 + dice2 + bus
        return ((destination[steps], steps),)
    choices: dict[int, int] = {}
    for steps in (dice1, dice2, dice1 + dice2):
        choices.setdefault(destination[steps], steps)
    return tuple(choices.items())


def _squares(choices: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    return tuple([square for square, _ in choices])


def _throw_in_jail(state: State, seat: int, chance: Chance, events: list[Event]) -> None:
    dice1, dice2 = chance.die(), chance.die()
    steps = dice1 + dice2
    destination = state.board.destination[state.position[seat]][steps]
    events.append(Rolled(seat, dice1, dice2, 0, False, 0, (destination,)))
    if dice1 == dice2:
        state.jail_turns[seat] = 0
        events.append(Freed(seat, False))
        walk(state, seat, steps, events)
        arrive(state, seat, chance, events)
        return
    state.stats[seat * COUNT + TURNS_IN_JAIL] += 1
    if state.jail_turns[seat] == 1:
        _leave_for_bail(state, seat, events)
        walk(state, seat, steps, events)
        arrive(state, seat, chance, events)
    else:
        state.jail_turns[seat] -= 1
        state.jail_roll = steps


def _leave_for_bail(state: State, seat: int, events: list[Event]) -> None:
    pay(state, events, seat, POT, state.board.bail, Why.BAIL, state.board.jail)
    state.jail_turns[seat] = 0
    events.append(Freed(seat, True))


def refuse_bail(state: State, seat: int, action: PayBail) -> Reason | None:
    """Return why `seat` may not pay its bail, or may not decline it."""
    if state.jail_turns[seat] == 0:
        return Reason.NOT_IN_JAIL
    if not action.to_pay:
        return None if state.jail_roll else Reason.NO_ROLL_ON_TABLE
    if state.balance[seat] < state.board.bail:
        return Reason.BAIL_NOT_COVERED
    return None


def do_bail(state: State, seat: int, action: PayBail, chance: Chance, events: list[Event]) -> None:
    """Pay the bail, and move by the roll on the table if there is one; or stay in jail."""
    steps = state.jail_roll
    state.jail_roll = 0
    if not action.to_pay:
        state.phase = BUSINESS
        return
    _leave_for_bail(state, seat, events)
    if steps > 0:
        walk(state, seat, steps, events)
        arrive(state, seat, chance, events)


def bail_destination(state: State) -> int | None:
    """Return where the roll on the table leads whoever pays the bail; None when no roll lies there."""
    return state.board.destination[state.position[state.turn_seat]][state.jail_roll] if state.jail_roll else None


def refuse_move(state: State, seat: int, action: MoveTo) -> Reason | None:
    """Return why the piece may not go to that square."""
    for square, _ in state.choices:
        if square == action.square:
            return None
    return Reason.SQUARE_OUT_OF_REACH


def do_move(state: State, seat: int, action: MoveTo, chance: Chance, events: list[Event]) -> None:
    """Go to the chosen square: on foot, or at a jump after a triple, which is paid only for landing on exit."""
    steps = dict(state.choices)[action.square]
    state.choices = ()
    if steps == JUMP:
        jump(state, seat, action.square, events)
        if action.square == state.board.exit:
            pay(state, events, BANK, seat, state.board.salary, Why.SALARY, action.square)
    else:
        walk(state, seat, steps, events)
    arrive(state, seat, chance, events)
