"""What a client remembers of a game: everybody's worth by round, and the books; and what it missed of both."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from magnate.engine.events import Event
from magnate.engine.phases import Phase
from magnate.engine.record import Step
from magnate.engine.state import State
from magnate.engine.view import net_worth
from magnate.tui.words.ledger import Ledger


class Gap(NamedTuple):
    """Moves that the client has not seen: those after the one numbered `after`, up to the one numbered `upto`."""

    after: int
    upto: int


class Memory:
    """Remembers one game from when the client came, and what is recalled of the time before."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        """Who gained what by what."""
        self.missing: set[Gap] = set()
        """What has not been recalled yet."""
        self._known = 0
        self._worths: dict[int, list[int]] = {}
        self._final: list[int] = []

    @property
    def is_whole(self) -> bool:
        """Whether the client knows all that happened."""
        return not self.missing

    def begin(self, state: State, number: int) -> Gap | None:
        """Take the whole game as it stands after the move of that number; return what was missed before it, if any."""
        gap = Gap(self._known, number) if number > self._known else None
        if gap is not None:
            self.missing.add(gap)
        self._known = number
        self.ledger.begin(state)
        self._note(state)
        return gap

    def take(self, events: Iterable[Event], state: State, number: int) -> None:
        """Take what happened in the move of that number, and the game as it stands then."""
        self._known = number
        self.ledger.take(events, state)
        self._note(state)

    def recall(self, gap: Gap, steps: Sequence[Step]) -> None:
        """Take what happened in a gap; nothing where that is not told."""
        if gap not in self.missing or not steps or steps[0].number != gap.after + 1:
            return
        self.missing.discard(gap)
        earlier = Ledger()
        earlier.begin(steps[0].before)
        for step in steps:
            earlier.take(step.events, step.after)
            if step.number == 1:
                self._worths[step.before.round] = worths(step.before)
            if step.after.round > step.before.round:
                self._worths[step.after.round] = worths(step.after)
        self.ledger.precede(earlier)

    def _note(self, state: State) -> None:
        """Note everybody's worth at the beginning of a round, and at the end of the game."""
        self._worths.setdefault(state.round, worths(state))
        if state.phase is Phase.END_GAME:
            self._final = worths(state)

    @property
    def since(self) -> int:
        """The first round of which worths are known."""
        return min(self._worths, default=1)

    @property
    def worths(self) -> list[list[int]]:
        """Everybody's worth by seat at the beginning of each round that is known, and at the end of the game."""
        return [*self.rounds, self._final] if self._final else self.rounds

    @property
    def rounds(self) -> list[list[int]]:
        """Everybody's worth by seat at the beginning of each round that is known."""
        return [self._worths[number] for number in sorted(self._worths)]


def worths(state: State) -> list[int]:
    """Return everybody's net worth, by seat."""
    return [net_worth(state, seat) for seat in range(state.seats)]
