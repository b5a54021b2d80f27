"""The whole game as one participant sees it: `game_state` (protocol: Game)."""

from collections.abc import Sequence

from magnate.engine.phases import AUCTION, END_GAME, PROPOSAL_ACCEPTANCE
from magnate.engine.state import State
from magnate.protocol.game import Proposal, Snapshot
from magnate.protocol.parts import (
    bonuses,
    departures,
    destinations,
    fantasy_event,
    jail_turns,
    open_auction,
    property_relationships,
    statistics,
    strikes_by_user,
)
from magnate.protocol.seating import Seating


def snapshot(
    seating: Seating, state: State, viewer: int, *, seq: int, deadline: int | None, strikes: Sequence[int] = ()
) -> Snapshot:
    """Return what the seat `viewer` (-1: a spectator) may see of a game.

    Args:
        seating: Who sits where.
        state: The game, whole or as a view.
        viewer: Whose own bid is shown.
        seq: The number of the last accepted action.
        deadline: When the phase times out, in ms since 1970, or None.
        strikes: How many time limits in a row each seat has let pass.
    """
    humans = state.settings.humans
    finished = state.phase is END_GAME
    return Snapshot(
        id=seating.game,
        datetime=seating.started,
        positions=seating.by_user(state.position),
        money=seating.by_user(state.balance),
        active_phase_player=seating.users[state.phase_seat],
        active_turn_player=seating.users[state.turn_seat],
        phase=state.phase,
        players=seating.users,
        ordered_players=seating.users_at(state.order),
        streak=state.streak,
        possible_destinations=destinations(state),
        parking_money=state.pot,
        jail_remaining_turns=jail_turns(state, seating),
        finished=finished,
        current_turn=state.turn,
        current_round=state.round,
        max_rounds=state.settings.max_rounds,
        auction_task_id=None,
        property_relationships=property_relationships(state, seating),
        proposal=_proposal(state, seating),
        fantasy_event=fantasy_event(state.card),
        auction=open_auction(state, seating, viewer) if state.phase is AUCTION else None,
        bonuses=bonuses(state, seating) if finished else None,
        seq=seq,
        deadline=deadline,
        usernames=dict(zip(seating.users, seating.names, strict=True)),
        bots=tuple([user for seat, user in enumerate(seating.users) if seat not in humans]),
        bot_levels={seating.users[seat]: level for seat, level in sorted(seating.levels.items())},
        hints=seating.hints,
        eliminated=seating.users_at(state.eliminated),
        departures=departures(state, seating),
        strikes=strikes_by_user(strikes, seating),
        proposals=state.proposals,
        statistics=statistics(state, seating),
        winners=seating.users_at(state.winners),
        board=state.board.digest,
        mortgaged_this_turn=state.mortgaged_this_turn,
    )


def _proposal(state: State, seating: Seating) -> Proposal | None:
    trade = state.trade
    if trade is None or state.phase is not PROPOSAL_ACCEPTANCE:
        return None
    return Proposal(
        seating.users[state.turn_seat],
        seating.users[trade.destination],
        trade.offered_money,
        trade.asked_money,
        trade.offered_properties,
        trade.asked_properties,
        state.resume,
    )
