"""What everybody is told after an action: its `game_response`, from the events and the state (protocol: Responses).

An action may have several happenings; the first of these that applies names the response: the end of the game, an
auction closed, a card played, a roll, a square chosen; else a time limit, else a plain `Response`.
"""

from collections.abc import Sequence
from typing import Any, Final, TypeVar

from msgspec import UNSET

from magnate.engine.actions import Action, MoveTo, PayBail
from magnate.engine.events import (
    AuctionClosed,
    AuctionOpened,
    BidMade,
    Bought,
    Built,
    CardPlayed,
    CardShown,
    Demolished,
    Event,
    GameEnded,
    Jailed,
    Jumped,
    Left,
    Lifted,
    Mortgaged,
    PhaseSkipped,
    Proposed,
    Rolled,
    Traded,
    TurnBegan,
    Walked,
)
from magnate.engine.state import State
from magnate.protocol.parts import (
    bonuses,
    closed_auction,
    departures,
    destinations,
    fantasy_event,
    fantasy_result,
    jail_turns,
    property_relationships,
    statistics,
    strikes_by_user,
)
from magnate.protocol.responses import (
    FantasyEvent,
    Response,
    ResponseAuction,
    ResponseBonus,
    ResponseChooseFantasy,
    ResponseChooseSquare,
    ResponseMessage,
    ResponseSkipPhase,
    ResponseThrowDices,
)
from magnate.protocol.seating import Seating

E = TypeVar("E", bound=Event)

_UNCOUNTED: Final = frozenset({AuctionOpened, BidMade, Proposed, PhaseSkipped, TurnBegan, CardShown})
"""Events that change no statistic."""
_OF_PROPERTY: Final = frozenset({Bought, Built, Demolished, Mortgaged, Lifted})
"""Events that change who owns what, or what stands on it; others may."""


def response(
    seating: Seating,
    state: State,
    seat: int,
    action: Action,
    events: Sequence[Event],
    *,
    seq: int,
    deadline: int | None,
    timed_out: bool = False,
    strikes: Sequence[int] = (),
) -> ResponseMessage:
    """Return what everybody is told of an action that was done.

    Args:
        seating: Who sits where.
        state: The game after the action.
        seat: Who did it.
        action: What was done.
        events: What `apply` returned.
        seq: The number of the action.
        deadline: When the phase that began times out, in ms since 1970, or None.
        timed_out: Whether a time limit did it rather than the player.
        strikes: How many time limits in a row each seat has let pass.
    """
    common = _common(seating, state, events, seq, deadline)
    if any(strikes):
        common["strikes"] = strikes_by_user(strikes, seating)
    if _first(events, GameEnded) is not None:
        return _bonus(seating, state, events, common)
    closed = _first(events, AuctionClosed)
    if closed is not None:
        return ResponseAuction(auction=closed_auction(closed, state, seating), **common)
    played = _first(events, CardPlayed)
    if played is not None:
        return ResponseChooseFantasy(fantasy_result=fantasy_result(played, seating), **common)
    rolled = _first(events, Rolled)
    if rolled is not None:
        return ResponseThrowDices(
            dice1=rolled.dice1,
            dice2=rolled.dice2,
            dice_bus=rolled.dice_bus,
            triple=rolled.triple,
            destinations=rolled.destinations,
            path=_path(state, seat, events),
            fantasy_event=_shown(events),
            **common,
        )
    if _answers_roll(action, events):
        return ResponseChooseSquare(path=_path(state, seat, events), fantasy_event=_shown(events), **common)
    return ResponseSkipPhase(**common) if timed_out else Response(**common)


def _common(seating: Seating, state: State, events: Sequence[Event], seq: int, deadline: int | None) -> dict[str, Any]:
    """Return what all responses share."""
    users = seating.users
    eliminated = state.eliminated
    return {
        "money": dict(zip(users, state.balance, strict=True)),
        "positions": dict(zip(users, state.position, strict=True)),
        "active_phase_player": users[state.phase_seat],
        "active_turn_player": users[state.turn_seat],
        "phase": state.phase,
        "parking_money": state.pot,
        "jail_remaining_turns": jail_turns(state, seating),
        "current_turn": state.turn,
        "current_round": state.round,
        "streak": state.streak,
        "proposals": state.proposals,
        "seq": seq,
        "deadline": deadline,
        "property_relationships": property_relationships(state, seating) if _changed_property(events) else UNSET,
        "possible_destinations": destinations(state) or UNSET,
        "eliminated": seating.users_at(eliminated) if eliminated else UNSET,
        "departures": departures(state, seating) if eliminated else UNSET,
        "statistics": statistics(state, seating) if _counted(events) else UNSET,
        "events": tuple(events),
    }


def _bonus(seating: Seating, state: State, events: Sequence[Event], common: dict[str, Any]) -> ResponseBonus:
    ended = _first(events, GameEnded)
    assert ended is not None
    return ResponseBonus(
        bonuses=bonuses(state, seating),
        final_money=dict(zip(seating.names, ended.worth, strict=True)),
        winners=seating.users_at(ended.winners),
        **common,
    )


def _first(events: Sequence[Event], kind: type[E]) -> E | None:
    for event in events:
        if isinstance(event, kind):
            return event
    return None


def _answers_roll(action: Action, events: Sequence[Event]) -> bool:
    """Return whether a square was chosen, or a bail answered after a roll: it can only be declined then."""
    if isinstance(action, PayBail):
        return not action.to_pay or _first(events, Walked) is not None
    return isinstance(action, MoveTo)


def _path(state: State, seat: int, events: Sequence[Event]) -> tuple[int, ...]:
    """Return the squares from start to end that the piece of `seat` took, or just where it stood."""
    for event in events:
        if isinstance(event, Walked):
            return event.path
        if isinstance(event, Jumped):
            return (event.start, event.square)
        if isinstance(event, Jailed):  # the third double: without moving
            return (event.start,)
    return (state.position[seat],)


def _shown(events: Sequence[Event]) -> FantasyEvent | None:
    shown = _first(events, CardShown)
    return None if shown is None else fantasy_event(shown.card)


def _changed_property(events: Sequence[Event]) -> bool:
    for event in events:
        if type(event) in _OF_PROPERTY:
            return True
        if isinstance(event, CardPlayed | Left) and event.squares:
            return True
        if isinstance(event, Traded) and event.accepted and (event.offered or event.asked):
            return True
    return False


def _counted(events: Sequence[Event]) -> bool:
    return not all(type(event) in _UNCOUNTED for event in events)
