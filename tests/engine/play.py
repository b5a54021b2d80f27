"""Random play for the tests: who acts next, some action that it may do, and whole games of them."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from magnate.engine.actions import SURRENDER, Action, Bid, Build, TradeProposal
from magnate.engine.chance import Chance
from magnate.engine.events import Event
from magnate.engine.game import apply, legal_actions, new_game, why_not
from magnate.engine.limits import TradeSide, bid_limits, trade_limits
from magnate.engine.phases import Phase
from magnate.engine.rules.holdings import give
from magnate.engine.state import Settings, State


def acting(state: State) -> int:
    """Return the seat that acts next: in an auction the first that has not bid."""
    return state.to_bid[0] if state.phase is Phase.AUCTION else state.phase_seat


def any_action(state: State, seat: int, pick: Callable[[], float]) -> Action:
    """Return a legal action: listed, or any bid or trade within the limits.

    Building is liked, as each mortgage keeps from it; a surrender comes only now and then.
    """
    if (bids := bid_limits(state, seat)) is not None and pick() < 0.5:
        return Bid(int(pick() * (bids.most + 1)))
    if pick() < 0.05:
        proposal = any_trade(state, seat, pick)
        if proposal is not None:
            return proposal
    actions = legal_actions(state, seat)
    if (builds := [action for action in actions if isinstance(action, Build)]) and pick() < 0.5:
        return builds[int(pick() * len(builds))]
    if len(actions) == 1 or pick() < 0.001:
        return SURRENDER
    return actions[int(pick() * (len(actions) - 1))]


def any_trade(state: State, seat: int, pick: Callable[[], float]) -> TradeProposal | None:
    """Return a trade within the limits, or None where there is none or chance finds none."""
    limits = trade_limits(state, seat)
    if limits is None:
        return None
    other = limits.others[int(pick() * len(limits.others))]

    def some(side: TradeSide) -> tuple[int, ...]:
        return tuple(square for square in side.squares if pick() < 0.3)

    mine, theirs = some(limits.mine), some(other)
    proposal = TradeProposal(
        other.seat, int(pick() * (limits.mine.money + 1)), int(pick() * (other.money + 1)), mine, theirs
    )
    return proposal if why_not(state, seat, proposal) is None else None


def deal_groups(state: State, pick: Callable[[], float]) -> None:
    """Give whole groups to random seats or to nobody: so that much is built, which takes long in random play."""
    for members in state.board.members:
        seat = int(pick() * (state.seats + 1))
        if seat < state.seats:
            for square in members:
                give(state, square, seat)


@dataclass(frozen=True)
class Step:
    """One action of a game, and what it did; `state` is the game's own and goes on changing."""

    state: State
    before: State | None
    """A copy from before the action; None for the start of the game."""
    seat: int
    action: Action | None
    events: list[Event]


def steps(
    seed: int, chance: Chance, seats: int = 4, max_rounds: int = 6, humans: tuple[int, ...] = (), deal: bool = True
) -> Iterator[Step]:
    """Play a game of actions that follow from `seed`, step by step; with `deal` half begin with groups dealt."""
    pick = random.Random(seed).random
    state = new_game(seats, chance, Settings(max_rounds, humans))
    if deal and pick() < 0.5:
        deal_groups(state, pick)
    yield Step(state, None, -1, None, [])
    while state.phase is not Phase.END_GAME:
        seat = acting(state)
        action = any_action(state, seat, pick)
        before = state.copy()
        yield Step(state, before, seat, action, apply(state, seat, action, chance))


def play(seed: int, chance: Chance, seats: int = 4, max_rounds: int = 6) -> tuple[State, list[tuple[int, Action]]]:
    """Play a game from the start to its end; return its state and who did what."""
    done: list[tuple[int, Action]] = []
    for step in steps(seed, chance, seats, max_rounds, deal=False):
        if step.action is not None:
            done.append((step.seat, step.action))
    return step.state, done
