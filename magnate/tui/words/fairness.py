"""What a trade means for both sides, by net worth."""

from collections.abc import Sequence

from magnate.engine.actions import TradeProposal
from magnate.engine.view import GameView
from magnate.tui.words.people import People


def gain(view: GameView, trade: TradeProposal) -> int:
    """Return by how much a trade changes the proposer's net worth; the other's changes by as much the other way."""

    def worth(squares: Sequence[int]) -> int:
        return sum(view.board.price[square] for square in squares if not view.mortgaged[square])

    return trade.asked_money + worth(trade.asked_properties) - trade.offered_money - worth(trade.offered_properties)


def fairness(change: int, other: str, people: People) -> str:
    """Return what a trade that changes the reader's net worth by `change` means for both."""
    if change == 0:
        return people.say("trade_even")
    return people.say("trade_up" if change > 0 else "trade_down", amount=abs(change), name=other)
