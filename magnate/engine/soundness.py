"""What cannot be in a game: the faults of a state that somebody made by hand (rules: all of them).

A running game without a fault here is one from which any play is safe: somebody can act, and every rule finds what it
relies on. Each fault is one sentence that begins with its place in the position's plain data.
"""

from collections.abc import Callable, Iterator

from magnate.engine.board import PLAIN_GROUPS, Kind
from magnate.engine.phases import (
    AUCTION,
    BUSINESS,
    CHOOSE_FANTASY,
    CHOOSE_SQUARE,
    END_GAME,
    MANAGEMENT,
    PROPOSAL_ACCEPTANCE,
    ROLL_THE_DICES,
    Phase,
)
from magnate.engine.rules.dice import DOUBLES_TO_JAIL, HIGHEST_PLAIN_BUS, choices_after
from magnate.engine.rules.ending import winners
from magnate.engine.rules.money import purse
from magnate.engine.rules.movement import JAIL_TURNS
from magnate.engine.rules.purchase import bidders
from magnate.engine.state import FREE, State

DICE = range(1, 7)


# Buildings


def faults_of_groups(state: State) -> Iterator[str]:
    """Yield what is wrong with buildings: where they stand, whose the group is, mortgages in it, evenness."""
    for group, members in enumerate(state.board.members):
        levels = [state.level[member] for member in members]
        if not any(levels):
            continue
        place = f"squares {', '.join(map(str, members))}"
        if group > PLAIN_GROUPS:
            yield f"{place}: nothing can be built there"
        if state.group_owner[group] == FREE:
            yield f"{place}: have buildings, but no seat owns the whole group"
        if state.group_mortgages[group]:
            yield f"{place}: have buildings and a mortgage"
        if max(levels) - min(levels) > 1:
            yield f"{place}: their levels {', '.join(map(str, levels))} differ by more than one"


# One player


def faults_of_seat(state: State, seat: int) -> Iterator[str]:
    """Yield what is wrong with one player: what those who left still hold, and who is in jail and who is not."""
    place = f"players[{seat}]"
    turns = state.jail_turns[seat]
    if not state.alive[seat]:
        if state.owned[seat]:
            yield f"{place}.squares: the player is out of the game, so the bank has them"
        if state.balance[seat]:
            yield f"{place}.balance: the player is out of the game, so it must be 0"
        if turns:
            yield f"{place}.jail_turns: the player is out of the game, so it must be 0"
        return
    position = state.position[seat]
    if position == state.board.go_to_jail:
        yield f"{place}.position: nobody stays on {position}, which sends to jail ({state.board.jail})"
    elif turns and position != state.board.jail:
        yield f"{place}.jail_turns: must be 0, as the player stands on {position} and not in jail ({state.board.jail})"
    elif position == state.board.jail and not turns and not _just_paid_bail(state, seat):
        yield f"{place}.jail_turns: must be from 1 to {JAIL_TURNS}, as the player is in jail"


def _just_paid_bail(state: State, seat: int) -> bool:
    """Return whether `seat` may stand in jail free: the turn player who paid and has yet to roll or move."""
    most_streak = {ROLL_THE_DICES: 0, CHOOSE_SQUARE: 1, END_GAME: DOUBLES_TO_JAIL - 1}  # the first roll was the last
    return seat == state.turn_seat and state.streak <= most_streak.get(state.phase, -1)


# The game


def faults_of_game(state: State) -> Iterator[str]:
    """Yield what is wrong with the whole: who plays, whose turn it is, and what the phase needs and does not have."""
    if state.phase is END_GAME:
        yield from _faults_of_end(state)
    else:
        yield from _faults_of_players(state)
        if state.alive[state.turn_seat]:
            yield from _faults_of_phase(state)
    yield from _faults_of_leftovers(state)


def _faults_of_end(state: State) -> Iterator[str]:
    if not state.winners or not all(state.alive[seat] for seat in state.winners):
        yield "winners: must name who won, of those still in the game"
    elif state.winners != winners(state):
        yield f"winners: must be {list(winners(state))}, who are worth most"
    if len({category for category, _ in state.bonuses}) < len(state.bonuses):
        yield "bonuses: name one category twice"
    if not all(seats and all(state.alive[seat] for seat in seats) for _, seats in state.bonuses):
        yield "bonuses: each must name who got it, of those still in the game"


def _faults_of_players(state: State) -> Iterator[str]:
    if sum(state.alive) < 2:
        yield "eliminated: leaves fewer than two players in the game"
    humans = state.settings.humans
    if humans and not any(state.alive[seat] for seat in humans):
        yield "settings.humans: none of them is left in the game, which would be over"
    if 0 < state.settings.max_rounds < state.round:
        yield f"round: {state.round} is past the limit of {state.settings.max_rounds}, so the game would be over"
    if not state.alive[state.turn_seat]:
        yield f"turn_seat: the seat {state.turn_seat} is out of the game"
    elif state.streak and state.jail_turns[state.turn_seat]:
        yield "streak: must be 0, as the turn player is in jail"


def _faults_of_phase(state: State) -> Iterator[str]:
    faults = _FAULTS_BY_PHASE.get(state.phase)
    if faults is not None:
        yield from faults(state)


def _faults_of_roll(state: State) -> Iterator[str]:
    """A roll that waits here is one in jail, of two different dice, with a jail turn already passed."""
    if state.streak and state.balance[state.turn_seat] < 0:
        yield "phase: the turn player is in debt, and does not roll again before liquidation"
    if not state.streak:
        yield from _faults_of_beginning(state)
    if not state.jail_roll and not state.choices:
        return
    if not 0 < state.jail_turns[state.turn_seat] < JAIL_TURNS:
        yield f"steps: roll_the_dices has a roll on the table only in jail, with 1 to {JAIL_TURNS - 1} turns left"
    sums = [first + second for first in DICE for second in DICE if first != second]
    if state.jail_roll not in sums:
        yield "steps: a roll on the table in jail has one sum of two different dice"


def _faults_of_beginning(state: State) -> Iterator[str]:
    """Before the first roll of a turn nothing else is done in it."""
    for name, there in (("proposals", state.proposals > 0), ("mortgaged_this_turn", bool(state.mortgaged_this_turn))):
        if there:
            yield f"{name}: must be {0 if name == 'proposals' else 'empty'}, as the turn has just begun"


def _faults_of_choice(state: State) -> Iterator[str]:
    seat = state.turn_seat
    if state.jail_turns[seat]:
        yield "phase: choose_square is not for a turn player in jail"
    if state.choices == state.board.jump_choices:
        if state.streak:
            yield "streak: must be 0, as a triple was rolled"
        return
    doubled = {
        first == second
        for first in DICE
        for second in DICE
        if state.choices == choices_after(state, seat, first, second, HIGHEST_PLAIN_BUS + 1)
    }
    if not doubled or len(state.choices) < 2:
        yield (
            "steps: choose_square needs [first die, second die, their sum], [die, twice the die] after a double, "
            "or [0] after a triple"
        )
    elif (state.streak > 0) not in doubled:
        yield (
            "streak: must be 0, as no double was rolled"
            if state.streak
            else (f"streak: must be from 1 to {DOUBLES_TO_JAIL - 1}, as a double was rolled")
        )


def _faults_of_card(state: State) -> Iterator[str]:
    square = state.position[state.turn_seat]
    if state.board.kind[square] is not Kind.FANTASY:
        yield f"phase: choose_fantasy needs the turn player on a fantasy square, not on {square}"
    if state.card is None:
        yield "card: choose_fantasy needs the card that is shown"


def _faults_of_management(state: State) -> Iterator[str]:
    if state.board.kind[state.position[state.turn_seat]] is not Kind.TRAM:
        yield from _faults_of_sale(state, "on a tram stop or ")


def _faults_of_sale(state: State, otherwise: str = "") -> Iterator[str]:
    square = state.position[state.turn_seat]
    if not state.board.is_buyable[square] or state.owner[square] != FREE:
        where = f"{otherwise}on a square that the bank sells, not on {square}"
        yield f"phase: {state.phase.value} needs the turn player {where}"


def _faults_of_auction(state: State) -> Iterator[str]:
    yield from _faults_of_sale(state)
    may_bid = bidders(state)
    for seat, amount in sorted(state.bids.items()):
        if seat not in may_bid:
            yield f"bids: the seat {seat} may not bid"
        elif amount > purse(state.balance[seat]):
            yield f"bids: the balance of the seat {seat} does not cover its {amount}"
    if not state.to_bid:
        yield "bids: everybody has bid, so the auction would be closed"


def _faults_of_trade(state: State) -> Iterator[str]:
    trade = state.trade
    if trade is None:
        yield "trade: proposal_acceptance needs the trade that waits"
        return
    if trade.destination == state.turn_seat or not state.alive[trade.destination]:
        yield "trade.destination: must be another player who is still in the game"
    if not (trade.offered_money or trade.asked_money or trade.offered_properties or trade.asked_properties):
        yield "trade: there is nothing on the table"
    if not state.proposals:
        yield "proposals: must be at least 1, as one waits"
    if state.resume is BUSINESS:
        yield from _faults_of_business(state)


def _faults_of_business(state: State) -> Iterator[str]:
    if state.streak:
        yield "streak: must be 0 in business, as a player who is free would roll again after a double"


_FAULTS_BY_PHASE: dict[Phase, Callable[[State], Iterator[str]]] = {
    ROLL_THE_DICES: _faults_of_roll,
    CHOOSE_SQUARE: _faults_of_choice,
    CHOOSE_FANTASY: _faults_of_card,
    MANAGEMENT: _faults_of_management,
    AUCTION: _faults_of_auction,
    PROPOSAL_ACCEPTANCE: _faults_of_trade,
    BUSINESS: _faults_of_business,
}


def _faults_of_leftovers(state: State) -> Iterator[str]:
    """Yield what is there but belongs to another phase."""
    phase = state.phase
    for name, there, phases in (
        ("steps", bool(state.choices or state.jail_roll), (ROLL_THE_DICES, CHOOSE_SQUARE)),
        ("card", state.card is not None, (CHOOSE_FANTASY,)),
        ("bids", bool(state.bids), (AUCTION,)),
        ("trade", state.trade is not None, (PROPOSAL_ACCEPTANCE,)),
        ("winners", bool(state.winners), (END_GAME,)),
        ("bonuses", bool(state.bonuses), (END_GAME,)),
    ):
        if there and phase not in phases:
            yield f"{name}: belongs to {' and '.join(phases)}, not to {phase.value}"
