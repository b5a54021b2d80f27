"""What moves on the table: pieces walk, dice roll, money counts. It only shows; the game itself has long gone on.

A new event ends whatever still moves, so that nothing ever waits for an animation.
"""

import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from magnate.engine.events import Event, Jailed, Jumped, Rolled, TurnBegan, Walked
from magnate.engine.state import State

FRAMES_A_SECOND: Final = 20
ROLL_FRAMES: Final = 7
"""How often the dice tumble before they lie."""
COUNTING: Final = 5
"""Money comes closer by one part in this many with each frame."""


@dataclass(frozen=True, slots=True)
class Dice:
    """Three dice as they lie; the bus die is 0 where it stayed out."""

    first: int
    second: int
    bus: int
    rolling: bool = False


class Motion:
    """What is shown in place of the game while it moves."""

    def __init__(self, state: State) -> None:
        self.positions: list[int] = list(state.position)
        """Where each seat's piece is drawn."""
        self.money: list[int] = list(state.balance)
        """The balance that is shown for each seat."""
        self.path: frozenset[int] = frozenset()
        """The squares just walked over."""
        self.dice: Dice | None = None
        """The last roll of this turn."""
        self._state = state
        self._frames: deque[Dice | tuple[int, int]] = deque()
        # Tumbling dice decide nothing, so any chance will do.
        self._tumble = random.Random()

    @property
    def moving(self) -> bool:
        """Whether anything is not yet where it belongs."""
        return bool(self._frames) or self.money != self._state.balance or self.positions != self._state.position

    def start(self, state: State, events: Sequence[Event], *, animated: bool) -> None:
        """Begin to show what happened; without animation all of it is there at once."""
        self.settle()
        if len(self.positions) != len(state.position):
            self.positions, self.money = list(state.position), list(state.balance)
        self._state = state
        walked: set[int] = set()
        for event in events:
            match event:
                case Rolled(seat=_, dice1=first, dice2=second, dice_bus=bus):
                    self.path = frozenset()
                    self._roll(Dice(first, second, bus))
                case Walked(seat=seat, path=path):
                    walked.update(path[:-1])
                    self._frames.extend((seat, square) for square in path)
                case Jumped(seat=seat, square=square):
                    self._frames.append((seat, square))
                case Jailed(seat=seat):
                    self._frames.append((seat, state.board.jail))
                case TurnBegan():
                    self._frames.append(_NO_DICE)
        if walked:
            self.path = frozenset(walked)
        if not animated or not events:
            self.settle()

    def recall(self, events: Sequence[Event]) -> None:
        """Lay the last roll of this turn on the table again, with its path, unless one lies there."""
        if self.dice is not None or self._frames:
            return
        for event in events:
            match event:
                case Rolled(seat=_, dice1=first, dice2=second, dice_bus=bus):
                    self.dice, self.path = Dice(first, second, bus), frozenset()
                case Walked(path=path):
                    self.path = frozenset(path[:-1])

    def step(self) -> bool:
        """Show the next frame; return whether there is more to come."""
        if self._frames:
            self._show(self._frames.popleft())
        elif self.positions != self._state.position:
            self.positions = list(self._state.position)
        for seat, balance in enumerate(self._state.balance):
            missing = balance - self.money[seat]
            if missing:
                part = max(abs(missing) // COUNTING, 1)
                self.money[seat] += part if missing > 0 else -part
        return self.moving

    def settle(self) -> None:
        """Show everything as it is."""
        for frame in self._frames:
            self._show(frame)
        self._frames.clear()
        self.positions = list(self._state.position)
        self.money = list(self._state.balance)

    def _roll(self, dice: Dice) -> None:
        die = self._tumble.randint
        for _ in range(ROLL_FRAMES):
            self._frames.append(Dice(die(1, 6), die(1, 6), die(1, 6) if dice.bus else 0, rolling=True))
        self._frames.append(dice)

    def _show(self, frame: "Dice | tuple[int, int]") -> None:
        if isinstance(frame, Dice):
            self.dice = None if frame is _NO_DICE else frame
        else:
            self.positions[frame[0]] = frame[1]


_NO_DICE: Final = Dice(0, 0, 0)
"""The dice are taken off the table for the next player."""
