"""The limits of what cannot be listed: bids and trades (rules: auction; business and liquidation, Trade).

What lies within them is judged, like everything, by `why_not`.
"""

from dataclasses import dataclass

from magnate.engine.phases import AUCTION, BUSINESS, LIQUIDATION
from magnate.engine.rules.property import group_has_buildings
from magnate.engine.rules.trade import MAX_PROPOSALS, refuse_trading
from magnate.engine.state import NO_BID, State


@dataclass(frozen=True, slots=True)
class BidLimits:
    """The bids that a player may make."""

    least: int
    """0, which passes."""
    most: int
    """The balance, or 0 for who is in debt."""


@dataclass(frozen=True, slots=True)
class TradeSide:
    """What one player may give in a trade."""

    seat: int
    money: int
    """The most it may pay before what it is paid."""
    squares: tuple[int, ...]
    """Its squares in whose group nothing is built."""


@dataclass(frozen=True, slots=True)
class TradeLimits:
    """The trades that a player may propose."""

    mine: TradeSide
    others: tuple[TradeSide, ...]
    """Each other player still in the game."""
    proposals_left: int


def bid_limits(state: State, seat: int) -> BidLimits | None:
    """Return what `seat` may bid now, or None if it may not bid."""
    if state.phase is not AUCTION or not _plays(state, seat) or seat == state.turn_seat or state.bids[seat] != NO_BID:
        return None
    return BidLimits(0, max(state.balance[seat], 0))


def trade_limits(state: State, seat: int) -> TradeLimits | None:
    """Return what `seat` may put into a trade now, or None if it may not propose one."""
    if state.phase is not BUSINESS and state.phase is not LIQUIDATION:
        return None
    if not _plays(state, seat) or seat != state.phase_seat or refuse_trading(state, seat) is not None:
        return None
    others = tuple([_side(state, other) for other, alive in enumerate(state.alive) if alive and other != seat])
    return TradeLimits(_side(state, seat), others, MAX_PROPOSALS - state.proposals)


def _plays(state: State, seat: int) -> bool:
    return 0 <= seat < len(state.alive) and state.alive[seat]


def _side(state: State, seat: int) -> TradeSide:
    squares = tuple([square for square in state.owned[seat] if not group_has_buildings(state, square)])
    return TradeSide(seat, max(state.balance[seat], 0), squares)
