"""The event of the moment: the last thing of this turn that matters, and whom it concerns."""

from collections.abc import Sequence
from typing import Final

from rich.text import Text

from magnate.engine import events as happened
from magnate.engine.events import Event, Why
from magnate.engine.phases import Phase
from magnate.engine.state import State
from magnate.engine.view import rent
from magnate.tui.words.groups import Whole, district
from magnate.tui.words.people import People
from magnate.tui.words.story import Story

_MATTERS: Final = (
    happened.AuctionClosed,
    happened.Bought,
    happened.Built,
    happened.CardPlayed,
    happened.Demolished,
    happened.Freed,
    happened.GameEnded,
    happened.Jailed,
    happened.Jumped,
    happened.Left,
    happened.Lifted,
    happened.Mortgaged,
    happened.Rolled,
    happened.Traded,
    happened.Walked,
)
_PAYMENTS: Final = frozenset({Why.PRICE, Why.BID, Why.BUILD, Why.DEMOLISH, Why.MORTGAGE, Why.LEAVING, Why.SALARY})
"""What is paid beside something that matters more, and is told by it."""


def news(state: State, turn: Sequence[Event], whole: Sequence[Whole], people: People) -> list[Text]:
    """Return the event of the moment in bold, and below it what it means for whom.

    Args:
        state: The game after it.
        turn: What happened in this turn.
        whole: The groups that have become whole in this turn.
        people: Who plays.
    """
    if whole:
        return [_bold(whole_words(each, people)) for each in whole]
    event = next((event for event in reversed(turn) if _matters(event)), None)
    if event is None:
        return []
    lines = [_bold(Story(people).event(event))]
    if isinstance(event, happened.Bought):
        lines.append(Text(people.say("rent", amount=rent(state, event.square)).capitalize()))
    lines += [_purse(state, seat, people) for seat in _seats(event)]
    if state.phase is Phase.LIQUIDATION:
        seat = state.phase_seat
        lines.append(_bold(people.say("owes", name=people.name(seat), amount=-state.balance[seat])))
    return lines


def whole_words(whole: Whole, people: People) -> str:
    """Return that a player has a whole group now."""
    return people.say("group_whole", name=people.name(whole.seat), group=district(whole.group, people.lang))


def _matters(event: Event) -> bool:
    return event.why not in _PAYMENTS if isinstance(event, happened.Paid) else isinstance(event, _MATTERS)


def _bold(words: str) -> Text:
    return Text(words, style="bold")


def _purse(state: State, seat: int, people: People) -> Text:
    """Return how much money a player has now."""
    return Text.assemble(people.badge(seat), f" {people.name(seat)}: {state.balance[seat]}")


def _seats(event: Event) -> list[int]:
    """Return the players whose money an event changed."""
    match event:
        case happened.Paid(payer=payer, payee=payee):
            return [seat for seat in (payer, payee) if seat >= 0]
        case happened.Bought(seat=seat):
            return [seat]
        case happened.Traded(seat=seat, destination=destination, accepted=True):
            return [seat, destination]
    return []
