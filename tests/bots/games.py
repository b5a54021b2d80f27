"""Games between bots for the tests: every decision of a game, with what was seen and what was done."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from magnate.bots.base import Bot
from magnate.bots.referee import decide
from magnate.engine.actions import Action
from magnate.engine.chance import Seeded
from magnate.engine.game import apply, legal_actions, new_game
from magnate.engine.phases import AUCTION, END_GAME
from magnate.engine.state import Settings, State


class Decided(NamedTuple):
    """A decision of a bot, in the state before it."""

    state: State
    seat: int
    legal: list[Action]
    action: Action


def who_acts(state: State) -> int:
    """Return the first seat that has something to do."""
    return state.to_bid[0] if state.phase is AUCTION else state.phase_seat


def decisions(bots: Sequence[Bot], seed: int, max_rounds: int = 30) -> Iterator[Decided]:
    """Play one game and give each decision; a fault of a bot fails the test."""
    chance = Seeded(seed)
    state = new_game(len(bots), chance, Settings(max_rounds))
    while state.phase is not END_GAME:
        seat = who_acts(state)
        decision = decide(bots[seat], state, seat)
        assert isinstance(decision, Action), f"{decision} in {state}"
        yield Decided(state, seat, legal_actions(state, seat), decision)
        apply(state, seat, decision, chance)
