"""The value model of the built-in bots (docs: Bots, The value model): one pure function a formula.

A value is a whole number of PARTS-ths of a unit of money, so that it is exact, and the same on every machine. Every
function reads a view, of which it needs no more than a state, and asks what something is worth to one `seat`.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final, TypeAlias, cast

from magnate.engine.actions import (
    Action,
    Build,
    BuySquare,
    ChooseCard,
    Demolish,
    DropPurchase,
    MortgageSet,
    MortgageUnset,
    MoveTo,
    NextPhase,
    PayBail,
    TakeTram,
    ThrowDices,
    TradeAnswer,
    TradeProposal,
)
from magnate.engine.board import SERVERS, Board, Kind
from magnate.engine.rules.rent import property_rent, rent
from magnate.engine.state import FREE, State

SQUARES: Final = 54
"""The squares that dice reach: a roll ends on each of them with a chance of 1/54."""
AHEAD: Final = 12
"""How many squares ahead the value of a tram stop looks."""
PARTS: Final = SQUARES * AHEAD
"""The parts of a unit of money: with them a 54th, the mean of twelve, and a share of 1 to 3 opponents are whole."""
TURNS: Final = 500
"""The turn from which turns left are counted."""
DOUBLE: Final = 6
"""A roll in jail frees with a chance of one in this."""


def turns_left(view: State) -> int:
    """Return the turns left, counted from 500, at least 1."""
    return max(1, TURNS - view.turn)


def opponents(view: State) -> int:
    """Return how many players are still in the game beside the one who asks."""
    return view.alive.count(True) - 1


def visits(view: State) -> int:
    """Return the visits of a square in PARTS-ths: 1/54 × opponents × turns left."""
    # Nearly every formula asks for it: the two functions above, written out, are half of the time.
    left = TURNS - view.turn
    return AHEAD * (view.alive.count(True) - 1) * (left if left > 1 else 1)


# What a square earns


def rent_gained(view: State, seat: int, square: int) -> int:
    """Return the rent that `seat` gains with `square`, with the doubling of a group that it completes.

    A server or bridge counts the step that the others of its kind make. Mortgaged squares do not grow dearer.
    """
    board = view.board
    owner = view.owner
    group = board.group[square]
    held = [member for member in board.members[group] if owner[member] == seat and member != square]
    count = len(held)
    if group >= SERVERS:
        gained = board.rents[square][count]
        for member in held:
            if not view.mortgaged[member]:
                gained += board.rents[member][count] - board.rents[member][count - 1]
        return gained
    gained = board.rents[square][0]
    if count + 1 == len(board.members[group]):
        gained += gained
        for member in held:
            if not view.mortgaged[member]:
                gained += board.rents[member][0]
    return gained


def block(view: State, seat: int, square: int) -> int:
    """Return block: if an opponent holds part of the group, the largest rent one would gain × visits ÷ opponents."""
    owner = view.owner
    largest = 0
    for member in view.board.members[view.board.group[square]]:
        rival = owner[member]
        if rival != seat and rival != FREE and member != square:
            largest = max(largest, rent_gained(view, rival, square))
    return largest * visits(view) // opponents(view)


def buy_value(view: State, seat: int, square: int) -> int:
    """Return buy = rent gained × visits + block − price + price/2."""
    board = view.board
    gained = rent_gained(view, seat, square) * visits(view)
    return gained + block(view, seat, square) - (board.price[square] - board.mortgage[square]) * PARTS


def rent_step(view: State, square: int, levels: int) -> int:
    """Return by how much the rent of `square` grows when its owner builds `levels` there, or shrinks with less than 0.

    Only whole groups are built on, and what is built on one square changes the rent of no other.
    """
    board = view.board
    before = view.level[square]
    return property_rent(board, square, before + levels, True) - property_rent(board, square, before, True)


def build_value(view: State, square: int, houses: int) -> int:
    """Return build = rent step × visits − build price, for `houses` levels at once."""
    return rent_step(view, square, houses) * visits(view) - houses * view.board.build_price[square] * PARTS


def demolish_value(view: State, square: int, houses: int) -> int:
    """Return demolish = refund − rent step lost × visits, for `houses` levels at once."""
    return houses * view.board.refund[square] * PARTS + rent_step(view, square, -houses) * visits(view)


def mortgage_value(view: State, square: int) -> int:
    """Return mortgage = half price − rent lost × visits."""
    return view.board.mortgage[square] * PARTS - rent(view, square) * visits(view)


def lift_value(view: State, square: int) -> int:
    """Return lifting = rent regained × visits − half price."""
    return _rent_if_lifted(view, square) * visits(view) - view.board.mortgage[square] * PARTS


def _rent_if_lifted(view: State, square: int) -> int:
    """Return the rent of a mortgaged square once its mortgage is lifted; nothing is built in its group."""
    board = view.board
    group = board.group[square]
    owner = view.owner[square]
    if group >= SERVERS:
        count = [view.owner[member] for member in board.members[group]].count(owner)
        return board.rents[square][count - 1]
    return property_rent(board, square, 0, view.group_owner[group] == owner)


# Where to go


def landing_value(view: State, seat: int, square: int) -> int:
    """Return what it is worth to land on `square`.

    Unowned buyable: its buy value; another's: minus the rent; parking: the pot; exit: the salary; go-to-jail: minus the
    value of leaving jail; fantasy and all else: 0.
    """
    board = view.board
    if board.is_buyable[square]:
        owner = view.owner[square]
        if owner == FREE:
            return buy_value(view, seat, square)
        return 0 if owner == seat else -rent(view, square) * PARTS
    kind = board.kind[square]
    if kind is Kind.PARKING:
        return view.pot * PARTS
    if kind is Kind.EXIT:
        return board.salary * PARTS
    if kind is Kind.GO_TO_JAIL:
        return -leaving_jail(view, seat)
    return 0


def mean_ahead(view: State, seat: int, stop: int) -> int:
    """Return the mean value of the twelve squares that 1 to 12 steps from `stop` lead to."""
    total = 0
    for square in view.board.destination[stop][1 : AHEAD + 1]:
        total += landing_value(view, seat, square)
    return total // AHEAD


def tram_value(view: State, seat: int, stop: int) -> int:
    """Return tram = mean value of the next twelve squares minus the fare, against the mean from here.

    Staying, which is free, is worth 0.
    """
    here = view.position[seat]
    if stop == here:
        return 0
    return mean_ahead(view, seat, stop) - view.board.fare[stop] * PARTS - mean_ahead(view, seat, here)


def leaving_jail(view: State, seat: int) -> int:
    """Return leaving jail = sum of buy values of what is unowned − expected rents, those of one visit."""
    owner = view.owner
    total = 0
    rents = 0
    for square in view.board.buyable:
        if owner[square] == FREE:
            total += buy_value(view, seat, square)
        elif owner[square] != seat:
            rents += rent(view, square)
    return total - rents * PARTS // SQUARES


def bail_value(view: State, seat: int, to_pay: bool) -> int:
    """Return the value of leaving jail minus the bail when paid, or 0 for staying."""
    return leaving_jail(view, seat) - view.board.bail * PARTS if to_pay else 0


def throw_value(view: State, seat: int) -> int:
    """Return what a roll is worth: in jail the value of leaving it × the chance of a double; else 0."""
    return leaving_jail(view, seat) // DOUBLE if view.jail_turns[seat] else 0


# Auctions and trades


def highest_rent(view: State, seat: int) -> int:
    """Return the highest rent on the board that others may charge `seat`."""
    return max(
        [rent(view, square) for other, squares in enumerate(view.owned) if other != seat for square in squares],
        default=0,
    )


def best_bid(view: State, seat: int) -> int:
    """Return bid = min(balance − the highest rent that others may charge, 0.75 × (buy value + price)), or 0, a pass.

    In whole units of money, rounded down.
    """
    square = view.position[view.turn_seat]
    spare = view.balance[seat] - highest_rent(view, seat)
    worth = buy_value(view, seat, square) + view.board.price[square] * PARTS
    return max(0, min(spare, 3 * worth // (4 * PARTS)))


def square_worth(view: State, seat: int, square: int) -> int:
    """Return the value to `seat` of `square` in a trade: its buy value + price, without the block.

    What others would do with the square counts already as the rival's gain. A mortgaged square is worth less by the
    half price that lifting costs.
    """
    half = 0 if view.mortgaged[square] else view.board.mortgage[square]
    return rent_gained(view, seat, square) * visits(view) + half * PARTS


def trade_gain(view: State, seat: int, money: int, got: Sequence[int], given: Sequence[int]) -> int:
    """Return gain = money + value of squares got − given, for `seat`.

    Args:
        view: the game.
        seat: whose gain it is.
        money: what it is paid less what it pays.
        got: the squares it gets, valued together: two that complete a group are worth its doubling.
        given: the squares it gives.
    """
    board = view.board
    owner, mortgaged, group, half = view.owner, view.mortgaged, board.group, board.mortgage
    halves = money
    for square in got:
        if not mortgaged[square]:
            halves += half[square]
    for square in given:
        if not mortgaged[square]:
            halves -= half[square]
    income = 0
    for number in dict.fromkeys([group[square] for square in (*got, *given)]):
        members = board.members[number]
        before = tuple([member for member in members if owner[member] == seat])
        after = tuple([m for m in members if m in got or (owner[m] == seat and m not in given)])
        income += _group_rent(board, number, after) - _group_rent(board, number, before)
    return income * visits(view) + halves * PARTS


@cache
def _group_rent(board: Board, group: int, held: tuple[int, ...]) -> int:
    """Return the rents of the squares `held` of a group without buildings, all mortgages lifted."""
    count = len(held)
    if group >= SERVERS:
        return sum([board.rents[square][count - 1] for square in held])
    whole = count == len(board.members[group])
    return sum([property_rent(board, square, 0, whole) for square in held])


def trade_value(view: State, seat: int, proposer: int, trade: TradeProposal) -> int:
    """Return trade = own gain − rival's gain ÷ opponents, for `seat`, either side of the trade."""
    mine, theirs = trade_gains(view, proposer, trade)
    return set_off(view, mine, theirs) if seat == proposer else set_off(view, theirs, mine)


def trade_gains(view: State, proposer: int, trade: TradeProposal) -> tuple[int, int]:
    """Return the gain of the proposer of `trade`, and that of the other side.

    What is paid leaves one balance for the other, so that no money changes what both gain in all.
    """
    money = trade.asked_money - trade.offered_money
    asked, offered = trade.asked_properties, trade.offered_properties
    return (
        trade_gain(view, proposer, money, asked, offered),
        trade_gain(view, trade.destination, -money, offered, asked),
    )


def set_off(view: State, own: int, rival: int) -> int:
    """Return own gain − rival's gain ÷ opponents."""
    return own - rival // opponents(view)


def answer_value(view: State, seat: int, accept: bool) -> int:
    """Return the value of accepting the trade on the table, or 0 for rejecting it."""
    assert view.trade is not None
    return trade_value(view, seat, view.turn_seat, view.trade) if accept else 0


# Any action


_Formula: TypeAlias = "Callable[[State, int, Action], int]"

_FORMULAS: Final[dict[type, _Formula]] = cast(
    dict[type, _Formula],
    {
        ThrowDices: lambda view, seat, action: throw_value(view, seat),
        PayBail: lambda view, seat, action: bail_value(view, seat, action.to_pay),
        MoveTo: lambda view, seat, action: landing_value(view, seat, action.square),
        BuySquare: lambda view, seat, action: buy_value(view, seat, action.square),
        DropPurchase: lambda view, seat, action: 0,
        TakeTram: lambda view, seat, action: tram_value(view, seat, action.square),
        ChooseCard: lambda view, seat, action: 0,
        Build: lambda view, seat, action: build_value(view, action.square, action.houses),
        Demolish: lambda view, seat, action: demolish_value(view, action.square, action.houses),
        MortgageSet: lambda view, seat, action: mortgage_value(view, action.square),
        MortgageUnset: lambda view, seat, action: lift_value(view, action.square),
        TradeProposal: lambda view, seat, action: trade_value(view, seat, seat, action),
        TradeAnswer: lambda view, seat, action: answer_value(view, seat, action.accept),
        NextPhase: lambda view, seat, action: 0,
    },
)
"""One row a kind of action.

Two have none: a bid, as `best_bid` names the one to make, and surrender, as it is for when nothing else is legal.
"""


def expected_value(view: State, seat: int, action: Action) -> int:
    """Return the expected value of `action` for `seat`, in PARTS-ths of a unit of money.

    Raises:
        KeyError: `action` is a bid or a surrender, which have none.
    """
    return _FORMULAS[type(action)](view, seat, action)
