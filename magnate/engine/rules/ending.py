"""The end of a turn, leaving the game, and the end of the game (rules: Ending a turn and what follows it)."""

from magnate.engine.actions import NextPhase, Surrender
from magnate.engine.chance import Chance
from magnate.engine.errors import Reason
from magnate.engine.events import BANK, BonusPaid, Departure, Event, GameEnded, Left, PhaseSkipped, TurnBegan, Why
from magnate.engine.phases import (
    AUCTION,
    BUSINESS,
    END_GAME,
    LIQUIDATION,
    MANAGEMENT,
    ROLL_THE_DICES,
)
from magnate.engine.rules import auction, trade
from magnate.engine.rules.holdings import release
from magnate.engine.rules.money import pay
from magnate.engine.rules.movement import after_arrival
from magnate.engine.state import State
from magnate.engine.statistics import COUNT, STATISTICS, bonus_rules


def refuse_next(state: State, seat: int, action: NextPhase) -> Reason | None:
    """Return why `seat` may not be done with this phase: a purchase to decide on, or a debt."""
    if state.phase is MANAGEMENT and state.position[seat] not in state.board.trams:
        return Reason.MUST_BUY_OR_DROP
    if state.phase is LIQUIDATION and state.balance[seat] < 0:
        return Reason.DEBT_NOT_COVERED
    return None


def do_next(state: State, seat: int, action: NextPhase, chance: Chance, events: list[Event]) -> None:
    """Be done: stay at the tram stop, face a debt, roll again after a double, or end the turn."""
    events.append(PhaseSkipped(seat))
    if state.phase is MANAGEMENT:
        after_arrival(state)
    elif state.phase is BUSINESS and state.balance[seat] < 0:
        state.phase = LIQUIDATION
    elif state.streak > 0 and state.jail_turns[seat] == 0:
        state.phase = ROLL_THE_DICES
    else:
        next_turn(state, chance, events)


def next_turn(state: State, chance: Chance, events: list[Event]) -> None:
    """Hand the turn to the next seat still in the game; a round that passes the limit ends the game."""
    count = len(state.order)
    following = state.order.index(state.turn_seat) + 1
    while not state.alive[state.order[following % count]]:
        following += 1
    state.turn += 1
    state.streak = 0
    state.proposals = 0
    state.mortgaged_this_turn = ()
    state.choices = ()
    state.jail_roll = 0
    state.card = None
    if following >= count:
        state.round += 1
        if 0 < state.settings.max_rounds < state.round:
            end_game(state, chance, events)
            return
    state.turn_seat = state.order[following % count]
    state.phase_seat = state.turn_seat
    state.phase = ROLL_THE_DICES
    events.append(TurnBegan(state.turn_seat, state.turn, state.round))


def do_surrender(state: State, seat: int, action: Surrender, chance: Chance, events: list[Event]) -> None:
    """Leave the game: what waited on the player is settled, and the squares go back to the bank, bare."""
    over = not _goes_on_without(state, seat)
    _settle_what_waits(state, seat, over, events)
    _give_back(state, seat, _departure(state, seat, action), events)
    if over:
        end_game(state, chance, events)
    elif seat == state.turn_seat:
        next_turn(state, chance, events)
    elif state.phase is AUCTION:
        auction.close_if_complete(state, events)


def _settle_what_waits(state: State, seat: int, over: bool, events: list[Event]) -> None:
    """Reject a trade that `seat` has a side in, void its bid or call off its auction; all of these when it is over."""
    waiting = state.trade
    if waiting is not None and (over or seat in (state.turn_seat, waiting.destination)):
        trade.close(state, False, events)
    if state.phase is AUCTION:
        auction.withdraw(state, seat)
        if over or seat == state.turn_seat:
            auction.call_off(state, events)


def _departure(state: State, seat: int, action: Surrender) -> Departure:
    """Return why `seat` leaves: whoever could not pay is bankrupt, unless the time limits put it out."""
    if action.kicked:
        return Departure.KICKED
    return Departure.BANKRUPT if state.balance[seat] < 0 else Departure.SURRENDER


def _give_back(state: State, seat: int, why: Departure, events: list[Event]) -> None:
    squares = tuple(state.owned[seat])
    for square in squares:
        release(state, square)
    state.alive[seat] = False
    state.eliminated += (seat,)
    state.departures += (why,)
    state.jail_turns[seat] = 0
    events.append(Left(seat, squares, why))
    if state.balance[seat] > 0:
        pay(state, events, seat, BANK, state.balance[seat], Why.LEAVING)
    else:
        pay(state, events, BANK, seat, -state.balance[seat], Why.LEAVING)


def _goes_on_without(state: State, seat: int) -> bool:
    """Return whether two players, and a human if there were any, are left when `seat` leaves."""
    left = [other for other, alive in enumerate(state.alive) if alive and other != seat]
    humans = state.settings.humans
    return len(left) > 1 and (not humans or any(human in left for human in humans))


def net_worth(state: State, seat: int) -> int:
    """Return balance, full price of unmortgaged squares and build price of each level; 0 for who left the game."""
    if not state.alive[seat]:
        return 0
    board = state.board
    worth = state.balance[seat]
    for square in state.owned[seat]:
        if not state.mortgaged[square]:
            worth += board.price[square]
        worth += board.build_price[square] * state.level[square]
    return worth


def winners(state: State) -> tuple[int, ...]:
    """Return who is worth most of those still in the game; several who are worth the same win together."""
    worth = {seat: net_worth(state, seat) for seat, alive in enumerate(state.alive) if alive}
    best = max(worth.values())
    return tuple([seat for seat in worth if worth[seat] == best])


def end_game(state: State, chance: Chance, events: list[Event]) -> None:
    """End the game: draw and pay the bonuses, then the highest worth wins."""
    alive = [seat for seat, still in enumerate(state.alive) if still]
    state.phase = END_GAME
    state.choices = ()
    state.jail_roll = 0
    state.card = None
    state.bonuses = _draw_bonuses(state, alive, chance)
    amount = bonus_rules().amount
    for category, seats in state.bonuses:
        events.append(BonusPaid(category, amount, seats))
        for seat in seats:
            pay(state, events, BANK, seat, amount, Why.BONUS)
    state.winners = winners(state)
    events.append(GameEnded(tuple([net_worth(state, seat) for seat in range(len(state.balance))]), state.winners))


def _draw_bonuses(state: State, alive: list[int], chance: Chance) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Draw different categories in which somebody scored, each with the seats that scored best in it."""
    rules = bonus_rules()
    best: dict[str, tuple[int, ...]] = {}
    for category in rules.categories:
        which = STATISTICS.index(category)
        scores = {seat: state.stats[seat * COUNT + which] for seat in alive}
        top = max(scores.values())
        if top > 0:
            best[category] = tuple([seat for seat in alive if scores[seat] == top])
    drawn = chance.categories(tuple(best), min(rules.drawn, len(best)))
    return tuple([(category, best[category]) for category in drawn])
