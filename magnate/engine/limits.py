"""The limits of what cannot be listed: bids and trades (rules: auction; business and liquidation, Trade).

What lies within them is judged, like everything, by `why_not`.
"""

from dataclasses import dataclass

from magnate.engine.phases import BUSINESS, LIQUIDATION
from magnate.engine.rules.money import purse
from magnate.engine.rules.trade import MAX_PROPOSALS, refuse_trading, tradable
from magnate.engine.state import State


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
    """The most that it may give, whatever it gets."""
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
    return BidLimits(0, purse(state.balance[seat])) if seat in state.to_bid else None


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
    return TradeSide(seat, purse(state.balance[seat]), tradable(state, seat))
