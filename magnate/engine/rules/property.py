"""Building, demolishing and mortgages (rules: business and liquidation)."""

from collections.abc import Sequence

from magnate.engine.actions import MORTGAGE_SET, MORTGAGE_UNSET, Action, Build, Demolish, MortgageSet, MortgageUnset
from magnate.engine.board import MAX_LEVEL, PLAIN_GROUPS, Board
from magnate.engine.chance import Chance
from magnate.engine.errors import Reason
from magnate.engine.events import BANK, Built, Demolished, Event, Lifted, Mortgaged, Why
from magnate.engine.rules.holdings import set_level, set_mortgaged
from magnate.engine.rules.money import LIFTING, MORTGAGE, pay
from magnate.engine.state import State
from magnate.engine.statistics import BUILT_HOUSES, COUNT, DEMOLISHED_HOUSES, NUM_MORTGAGES


def group_has_buildings(state: State, square: int) -> bool:
    """Return whether any square of the group of `square` has a building."""
    return state.group_levels[state.board.group[square]] > 0


def room_above(state: State, square: int) -> int:
    """Return how many levels may be added to a property evenly: to one more than the lowest other of its group."""
    level = state.level
    top = MAX_LEVEL
    for member in state.board.members[state.board.group[square]]:
        if member != square and level[member] < top:
            top = level[member] + 1
    return top - level[square]


def room_below(state: State, square: int) -> int:
    """Return how many levels may be taken off a property evenly: down to one less than the highest other."""
    level = state.level
    bottom = 0
    for member in state.board.members[state.board.group[square]]:
        if member != square and level[member] > bottom:
            bottom = level[member] - 1
    return level[square] - bottom


def builds_in(state: State, seat: int, group: int) -> bool:
    """Return whether `seat` may build in a group: of properties, a whole one, none mortgaged."""
    return state.group_owner[group] == seat and not state.group_mortgages[group] and group <= PLAIN_GROUPS


def room_to_build(state: State, seat: int, square: int) -> int:
    """Return how many levels `seat` may build on a square of a group that it builds in: evenly, and covered."""
    return min(room_above(state, square), state.balance[seat] // state.board.build_price[square])


def _refuse_unbuildable(board: Board, square: int, houses: int) -> Reason | None:
    if not 0 <= square < board.size or not 1 <= board.group[square] <= PLAIN_GROUPS:
        return Reason.NOT_BUILDABLE if board.is_square(square) else Reason.NO_SUCH_SQUARE
    return Reason.HOUSES_NOT_POSITIVE if houses < 1 else None


def _not_owned(board: Board, square: int) -> Reason:
    """Return why a square is not among those that a player owns."""
    if square in board.buyable:
        return Reason.NOT_OWNER
    return Reason.NOT_BUYABLE if board.is_square(square) else Reason.NO_SUCH_SQUARE


def refuse_build(state: State, seat: int, action: Build) -> Reason | None:
    """Return why `seat` may not build: the whole group, none mortgaged, five levels at most, evenly, covered."""
    board = state.board
    square, houses = action.square, action.houses
    reason = _refuse_unbuildable(board, square, houses)
    if reason is not None:
        return reason
    group = board.group[square]
    if builds_in(state, seat, group) and houses <= room_to_build(state, seat, square):
        return None
    if state.owner[square] != seat:
        return Reason.NOT_OWNER
    if state.group_owner[group] != seat:
        return Reason.GROUP_INCOMPLETE
    if state.group_mortgages[group]:
        return Reason.GROUP_MORTGAGED
    if state.level[square] + houses > MAX_LEVEL:
        return Reason.TOO_MANY_LEVELS
    return Reason.UNEVEN if houses > room_above(state, square) else Reason.BUILD_NOT_COVERED


def do_build(state: State, seat: int, action: Build, chance: Chance, events: list[Event]) -> None:
    """Add levels and pay for them."""
    square, houses = action.square, action.houses
    pay(state, events, seat, BANK, houses * state.board.build_price[square], Why.BUILD, square)
    set_level(state, square, state.level[square] + houses)
    state.stats[seat * COUNT + BUILT_HOUSES] += houses
    events.append(Built(seat, square, houses))


def refuse_demolish(state: State, seat: int, action: Demolish) -> Reason | None:
    """Return why `seat` may not demolish: it takes levels that are there, evenly."""
    board = state.board
    square, houses = action.square, action.houses
    reason = _refuse_unbuildable(board, square, houses)
    if reason is not None:
        return reason
    if state.owner[square] != seat:
        return Reason.NOT_OWNER
    if houses > state.level[square]:
        return Reason.TOO_FEW_LEVELS
    return Reason.UNEVEN if houses > room_below(state, square) else None


def do_demolish(state: State, seat: int, action: Demolish, chance: Chance, events: list[Event]) -> None:
    """Take levels off; the bank pays back half of each."""
    square, houses = action.square, action.houses
    set_level(state, square, state.level[square] - houses)
    state.stats[seat * COUNT + DEMOLISHED_HOUSES] += houses
    events.append(Demolished(seat, square, houses))
    pay(state, events, BANK, seat, houses * state.board.refund[square], Why.DEMOLISH, square)


def pledges(state: State, seat: int, squares: Sequence[int]) -> list[Action]:
    """Return the mortgages that `seat` may take on its `squares`, and those that it may lift.

    It takes one on a square without one, in a group without buildings. It lifts one whose cost its balance covers.
    """
    mortgaged, built = state.mortgaged, state.group_levels
    group, cost, balance = state.board.group, state.board.mortgage, state.balance[seat]
    actions: list[Action] = []
    for square in squares:
        if mortgaged[square]:
            if cost[square] <= balance:
                actions.append(MORTGAGE_UNSET[square])
        elif not built[group[square]]:
            actions.append(MORTGAGE_SET[square])
    return actions


def refuse_mortgage(state: State, seat: int, action: MortgageSet) -> Reason | None:
    """Return why `seat` may not mortgage that square."""
    square = action.square
    if square not in state.owned[seat]:
        return _not_owned(state.board, square)
    if MORTGAGE_SET[square] in pledges(state, seat, (square,)):
        return None
    return Reason.ALREADY_MORTGAGED if state.mortgaged[square] else Reason.GROUP_HAS_BUILDINGS


def do_mortgage(state: State, seat: int, action: MortgageSet, chance: Chance, events: list[Event]) -> None:
    """Mortgage a square for half its price."""
    square = action.square
    set_mortgaged(state, square, 1)
    if square not in state.mortgaged_this_turn:
        state.mortgaged_this_turn += (square,)
        state.stats[seat * COUNT + NUM_MORTGAGES] += 1
    events.append(Mortgaged(seat, square))
    pay(state, events, BANK, seat, state.board.mortgage[square], MORTGAGE, square)


def refuse_lift(state: State, seat: int, action: MortgageUnset) -> Reason | None:
    """Return why `seat` may not lift the mortgage of that square."""
    square = action.square
    if square not in state.owned[seat]:
        return _not_owned(state.board, square)
    if MORTGAGE_UNSET[square] in pledges(state, seat, (square,)):
        return None
    return Reason.LIFTING_NOT_COVERED if state.mortgaged[square] else Reason.NOT_MORTGAGED


def do_lift(state: State, seat: int, action: MortgageUnset, chance: Chance, events: list[Event]) -> None:
    """Lift a mortgage for the half of the price that it brought."""
    square = action.square
    pay(state, events, seat, BANK, state.board.mortgage[square], LIFTING, square)
    set_mortgaged(state, square, 0)
    events.append(Lifted(seat, square))
