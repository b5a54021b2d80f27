"""What an action costs and leads to, before it is done, as far as no die and no card decides.

For who plays with a mouse rather than by heart: "Buy for 180: rent 14, with the group 28". Nothing here refuses: ask
`consequence` only of what `legal_actions` lists.
"""

from collections.abc import Callable, Sequence
from typing import Final, cast

from msgspec import Struct

from magnate.engine.actions import (
    Action,
    Build,
    BuySquare,
    ChooseCard,
    Demolish,
    MortgageSet,
    MortgageUnset,
    MoveTo,
    PayBail,
    TakeTram,
    TradeAnswer,
)
from magnate.engine.board import PLAIN_GROUPS
from magnate.engine.rules.dice import bail_destination
from magnate.engine.rules.rent import property_rent, rent, rent_for
from magnate.engine.state import FREE, State


class Consequence(Struct, frozen=True, gc=False):
    """What one action leads to; money is in whole units."""

    cost: int = 0
    """What it takes from the balance, for each level where it is about levels; less than 0 where it brings money."""
    rents: tuple[int, ...] = ()
    """What the square charges others: now, and after it (after one level, after two, …); empty if that stays."""
    group_rent: int | None = None
    """What the square would charge bare, once its buyer has the whole group; None for servers and bridges."""
    rent_due: int = 0
    """What the owner of the square that it leads to charges on arrival."""
    completes: tuple[int, ...] = ()
    """Groups that it makes whole."""
    breaks: tuple[int, ...] = ()
    """Whole groups that it breaks."""


NOTHING: Final = Consequence()
"""Of what costs nothing and is left to dice, cards or others."""


def consequence(state: State, seat: int, action: Action) -> Consequence:
    """Return what a legal action of `seat` leads to."""
    tell = _TELL.get(type(action))
    return NOTHING if tell is None else tell(state, seat, action)


def _move(state: State, seat: int, action: MoveTo) -> Consequence:
    return Consequence(rent_due=_due(state, seat, action.square))


def _bail(state: State, seat: int, action: PayBail) -> Consequence:
    if not action.to_pay:
        return NOTHING
    destination = bail_destination(state)
    return Consequence(state.board.bail, rent_due=0 if destination is None else _due(state, seat, destination))


def _due(state: State, seat: int, square: int) -> int:
    """Return the rent that `seat` pays for landing on a square."""
    if not state.board.is_buyable[square] or state.owner[square] in (seat, FREE):
        return 0
    return rent(state, square)


def _buy(state: State, seat: int, action: BuySquare) -> Consequence:
    board, square = state.board, action.square
    group = board.group[square]
    return Consequence(
        board.price[square],
        (0, rent_for(state, square, seat)),
        property_rent(board, square, 0, True) if group <= PLAIN_GROUPS else None,
        completes=_completed(state, seat, (square,), ()),
    )


def _tram(state: State, seat: int, action: TakeTram) -> Consequence:
    return NOTHING if action.square == state.position[seat] else Consequence(state.board.fare[action.square])


def _card(state: State, seat: int, action: ChooseCard) -> Consequence:
    assert state.card is not None
    return Consequence(state.card.price) if action.chosen_revealed_card else NOTHING


def _build(state: State, seat: int, action: Build) -> Consequence:
    square = action.square
    levels = range(state.level[square], state.level[square] + action.houses + 1)
    return Consequence(state.board.build_price[square], _rents(state, square, levels))


def _demolish(state: State, seat: int, action: Demolish) -> Consequence:
    square = action.square
    levels = range(state.level[square], state.level[square] - action.houses - 1, -1)
    return Consequence(-state.board.refund[square], _rents(state, square, levels))


def _rents(state: State, square: int, levels: Sequence[int]) -> tuple[int, ...]:
    """Return the rent at each level of a property that stands in a whole group."""
    return tuple([property_rent(state.board, square, level, True) for level in levels])


def _mortgage(state: State, seat: int, action: MortgageSet) -> Consequence:
    return Consequence(-state.board.mortgage[action.square], (rent(state, action.square), 0))


def _lift(state: State, seat: int, action: MortgageUnset) -> Consequence:
    return Consequence(state.board.mortgage[action.square], (0, rent_for(state, action.square, seat)))


def _answer(state: State, seat: int, action: TradeAnswer) -> Consequence:
    trade = state.trade
    assert trade is not None
    if not action.accept:
        return NOTHING
    gets, gives = trade.offered_properties, trade.asked_properties
    return Consequence(
        trade.asked_money - trade.offered_money,
        completes=_completed(state, seat, gets, gives),
        breaks=_groups(state, gives, seat),
    )


def _completed(state: State, seat: int, gets: Sequence[int], gives: Sequence[int]) -> tuple[int, ...]:
    """Return the groups of `gets` that `seat` has whole once it has them, and no longer what it `gives`."""
    members, owner = state.board.members, state.owner
    groups = dict.fromkeys([state.board.group[square] for square in gets])
    return tuple(
        [
            group
            for group in groups
            if all(each in gets or (owner[each] == seat and each not in gives) for each in members[group])
        ]
    )


def _groups(state: State, squares: Sequence[int], seat: int) -> tuple[int, ...]:
    """Return the groups of squares that `seat` has whole."""
    groups = dict.fromkeys([state.board.group[square] for square in squares])
    return tuple([group for group in groups if state.group_owner[group] == seat])


_TELL: Final = cast(
    dict[type, Callable[[State, int, Action], Consequence]],
    {
        MoveTo: _move,
        PayBail: _bail,
        BuySquare: _buy,
        TakeTram: _tram,
        ChooseCard: _card,
        Build: _build,
        Demolish: _demolish,
        MortgageSet: _mortgage,
        MortgageUnset: _lift,
        TradeAnswer: _answer,
    },
)
