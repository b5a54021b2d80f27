"""What decided a game, in one line: the largest differences between the winner and the one behind."""

from typing import Final

from magnate.engine.state import State
from magnate.tui.words.groups import group_name, wholes
from magnate.tui.words.ledger import Cause, Ledger
from magnate.tui.words.people import People
from magnate.tui.words.ranking import Rank, ranking

MOST: Final = 2
"""Causes that are named, and groups."""
LEAST_SHARE: Final = 0.1
"""A cause that brought less than this share of the largest one is not worth naming."""


def decided(ledger: Ledger, state: State, people: People) -> str:
    """Return what decided a game that is over; nothing where the win is shared.

    Args:
        ledger: The books of the whole game.
        state: The game at its end.
        people: Who played.
    """
    if len(state.winners) != 1:
        return ""
    stayed = [each for each in ranking(state) if state.alive[each.seat]]
    if len(stayed) == 1:
        left = [(people.name(seat), people.why_out(state, seat)) for seat in state.eliminated]
        parts = [people.say("decided_left", name=name, why=why) for name, why in left]
        return people.say("decided_by_leaving", what=", ".join(parts))
    first, second, *_ = stayed
    parts = [*_causes(ledger, people, first, second), *_groups(ledger, state, people, first.seat)]
    return people.say("decided", rival=people.name(second.seat), what=", ".join(parts)) if parts else ""


def _causes(ledger: Ledger, people: People, first: Rank, second: Rank) -> list[str]:
    """Return by what the winner got ahead of the second, the most first; bonuses before all that turned the game."""
    lead = first.worth - second.worth
    ahead = {cause: ledger.gained[first.seat, cause] - ledger.gained[second.seat, cause] for cause in Cause}
    ahead[Cause.DEALS] = lead - sum(ahead.values())
    turned = 0 < lead <= ahead[Cause.BONUSES]
    least = LEAST_SHARE * max(ahead.values())
    named = [cause for cause in Cause if ahead[cause] > 0 and ahead[cause] >= least]
    named.sort(key=lambda cause: (not (turned and cause is Cause.BONUSES), -ahead[cause]))
    return [_cause(ledger, people, cause, ahead[cause], first, second, turned=turned) for cause in named[:MOST]]


def _cause(
    ledger: Ledger, people: People, cause: Cause, amount: int, first: Rank, second: Rank, *, turned: bool
) -> str:
    if cause is Cause.BONUSES and turned:
        return people.say("decided_turned", amount=amount, rival=people.name(second.seat))
    largest = ledger.largest.get(first.seat)
    if cause is Cause.RENTS and largest is not None:
        payer = people.name(largest.payer)
        return people.say("decided_rents_largest", amount=amount, largest=largest.amount, payer=payer)
    return people.say(f"decided_{cause}", amount=amount)


def _groups(ledger: Ledger, state: State, people: People, winner: int) -> list[str]:
    """Return the groups that the winner has whole, the first one first."""
    mine = [whole for whole in wholes(state) if whole.seat == winner]
    since = sorted((ledger.whole_since.get(whole, 1), whole.group) for whole in mine)
    return [
        people.say("decided_group", group=group_name(group, people.lang), round=round) for round, group in since[:MOST]
    ]
