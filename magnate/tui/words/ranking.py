"""The ranking of a game as it stands or ended, and who won it."""

from typing import NamedTuple

from magnate.engine.state import State
from magnate.engine.view import net_worth
from magnate.tui.words.people import People


class Rank(NamedTuple):
    """The place of one player."""

    rank: int
    """From 1; equal net worth shares a rank."""
    seat: int
    worth: int


def ranking(state: State) -> list[Rank]:
    """Return the players, the first one first: by net worth, then who is out, the last to leave before the others."""
    worth = {seat: net_worth(state, seat) for seat in state.order}
    left = {seat: place for place, seat in enumerate(state.eliminated, 1)}
    ranked = sorted(state.order, key=lambda seat: (state.alive[seat], worth[seat], left.get(seat, 0)), reverse=True)
    return [
        Rank(1 + sum(state.alive[other] and worth[other] > worth[seat] for other in ranked), seat, worth[seat])
        for seat in ranked
    ]


def winner_words(state: State, people: People) -> str:
    """Return who won a game that is over."""
    winners = state.winners
    if winners == (people.viewer,):
        return people.say("end_won")
    return people.say("end_lost" if len(winners) == 1 else "end_shared", names=people.names_of(winners))
