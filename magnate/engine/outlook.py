"""What the next turn of a player may cost in rents (rules: roll_the_dices; Rent).

Counted are rents and the bail that is forced on the last turn in jail. Cards, fares and what the player may decline are
not: nobody has to pay a fare, and most cards can be left for an unseen one.
"""

from collections import Counter
from functools import cache
from typing import Final, NamedTuple

from magnate.engine.board import Kind
from magnate.engine.rules.dice import DOUBLES_TO_JAIL, HIGHEST_PLAIN_BUS
from magnate.engine.rules.rent import rent
from magnate.engine.state import State

_FACES: Final = range(1, 7)


class Outlook(NamedTuple):
    """What may have to be paid, for whoever always goes where it costs least."""

    average: float
    worst: int


class _Throw(NamedTuple):
    """A throw of the three dice, as far as it matters where it leads."""

    steps: tuple[int, ...]
    """The lengths of the moves to choose from; none after a triple, which leads anywhere."""
    double: bool


@cache
def _throws() -> tuple[tuple[_Throw, int], ...]:
    """Return each throw of a free player, and in how many of 216 cases it falls."""
    found: Counter[_Throw] = Counter()
    for dice1 in _FACES:
        for dice2 in _FACES:
            for bus in _FACES:
                if dice1 == dice2 == bus <= HIGHEST_PLAIN_BUS:
                    steps: tuple[int, ...] = ()
                elif bus <= HIGHEST_PLAIN_BUS:
                    steps = (dice1 + dice2 + bus,)
                else:
                    steps = tuple(sorted({dice1, dice2, dice1 + dice2}))
                found[_Throw(steps, dice1 == dice2)] += 1
    return tuple(found.items())


def next_turn(state: State, seat: int) -> Outlook:
    """Return what the next roll of `seat` may cost it, and those that follow upon doubles.

    Where `seat` has rolled doubles in this turn, these count towards the third one, which leads to jail.
    """
    streak = state.streak if seat == state.turn_seat else 0
    if state.jail_turns[seat]:
        return _from_jail(state, seat)
    return _Rolling(state, seat).outlook(state.position[seat], streak)


def _due(state: State, seat: int, square: int) -> int:
    """Return what `seat` pays for landing on a square."""
    return rent(state, square) if state.board.is_buyable[square] and state.owner[square] != seat else 0


def _from_jail(state: State, seat: int) -> Outlook:
    """Return what a roll in jail may cost: a double frees, and on the last turn the bail is forced."""
    board = state.board
    destination = board.destination[state.position[seat]]
    costs = []
    for dice1 in _FACES:
        for dice2 in _FACES:
            due = _due(state, seat, destination[dice1 + dice2])
            if dice1 == dice2:
                costs.append(due)
            else:
                costs.append(due + board.bail if state.jail_turns[seat] == 1 else 0)
    return Outlook(sum(costs) / len(costs), max(costs))


class _Rolling:
    """The rolls of a free player, each place and streak looked at once."""

    def __init__(self, state: State, seat: int) -> None:
        self.state = state
        self.seat = seat
        self._known: dict[tuple[int, int], Outlook] = {}

    def outlook(self, square: int, streak: int) -> Outlook:
        """Return what a roll on `square` may cost, after `streak` doubles."""
        found = self._known.get((square, streak))
        if found is None:
            total, cases, worst = 0.0, 0, 0
            for throw, weight in _throws():
                average, most = self._thrown(square, streak, throw)
                total += weight * average
                cases += weight
                worst = max(worst, most)
            found = self._known[square, streak] = Outlook(total / cases, worst)
        return found

    def _thrown(self, square: int, streak: int, throw: _Throw) -> Outlook:
        """Return what one throw costs at the best of its squares."""
        if not throw.steps or (throw.double and streak + 1 == DOUBLES_TO_JAIL):
            return Outlook(0.0, 0)
        destination = self.state.board.destination[square]
        return min([self._arrived(destination[steps], streak, throw.double) for steps in throw.steps])

    def _arrived(self, square: int, streak: int, again: bool) -> Outlook:
        """Return what arriving costs, with the roll that follows upon a double."""
        due = _due(self.state, self.seat, square)
        if not again or self.state.board.kind[square] is Kind.GO_TO_JAIL:
            return Outlook(due, due)
        average, worst = self.outlook(square, streak + 1)
        return Outlook(due + average, due + worst)
