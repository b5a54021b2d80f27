"""What decided a game, in one line: the largest differences between the winner and the one behind."""

from typing import Final

from magnate.engine.state import State
from magnate.texts.squares import square_name
from magnate.tui.words.groups import Whole, group_name, wholes
from magnate.tui.words.ledger import Cause, Ledger
from magnate.tui.words.people import People
from magnate.tui.words.ranking import ranking

MOST: Final = 2
"""Causes that are named."""
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
    winner = state.winners[0]
    alive = [seat for seat in state.order if state.alive[seat]]
    parts = _left(state, people) if alive == [winner] else _parts(ledger, state, people, winner)
    return people.say("decided", what=", ".join(parts)) if parts else ""


def _left(state: State, people: People) -> list[str]:
    """Return who left, where nobody but the winner stayed."""
    return [
        people.say("decided_left", name=people.name(seat), why=people.why_out(state, seat)) for seat in state.eliminated
    ]


def _parts(ledger: Ledger, state: State, people: People, winner: int) -> list[str]:
    first, second, *_ = [each for each in ranking(state) if state.alive[each.seat]]
    lead, rival = first.worth - second.worth, second.seat
    ahead = {cause: ledger.gained[winner, cause] - ledger.gained[rival, cause] for cause in Cause}
    ahead[Cause.DEALS] = lead - sum(ahead.values())
    turned = 0 < lead <= ahead[Cause.BONUSES]
    named = sorted((cause for cause in Cause if ahead[cause] > 0), key=lambda cause: -ahead[cause])
    if turned:  # however little they brought
        named = [Cause.BONUSES, *(cause for cause in named if cause is not Cause.BONUSES)]
    worth_naming = LEAST_SHARE * max(ahead.values())
    parts: list[str] = []
    for cause in [cause for cause in named if ahead[cause] >= worth_naming or turned][:MOST]:
        words = {"amount": ahead[cause], "rival": people.name(rival)}
        if cause is Cause.RENTS:
            parts.append(_rents(ledger, people, winner, words))
        elif cause is Cause.BONUSES and turned:
            parts.append(people.say("decided_turned", **words))
        else:
            parts.append(people.say(f"decided_{cause}", **words))
    return [*parts, *_groups(ledger, state, people, winner)]


def _rents(ledger: Ledger, people: People, winner: int, words: dict[str, object]) -> str:
    largest = ledger.largest.get(winner)
    if largest is None or largest.square is None:
        return people.say("decided_rents", **words)
    place = square_name(largest.square, people.lang)
    return people.say(
        "decided_rents_largest", largest=largest.amount, payer=people.name(largest.payer), square=place, **words
    )


def _groups(ledger: Ledger, state: State, people: People, winner: int) -> list[str]:
    """Return the groups that the winner has whole, the first one first."""
    mine = sorted(
        (each for each in wholes(state) if each.seat == winner), key=lambda each: ledger.whole_since.get(each, 0)
    )
    return [_group(ledger, people, whole) for whole in mine[:MOST]]


def _group(ledger: Ledger, people: People, whole: Whole) -> str:
    name, since = group_name(whole.group, people.lang), ledger.whole_since.get(whole)
    return name if since is None else people.say("decided_group", group=name, round=since)
