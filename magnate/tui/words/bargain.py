"""A trade on the table in words: what it means for whom."""

from magnate.engine.actions import TradeProposal
from magnate.engine.state import State
from magnate.engine.view import GameView
from magnate.tui.words.fairness import fairness, gain
from magnate.tui.words.groups import district
from magnate.tui.words.people import People


def completions(state: State, proposer: int, trade: TradeProposal) -> list[tuple[int, int]]:
    """Return whom a trade gives the last square of a group, and which group, as (seat, group)."""
    found = []
    for seat, gained in ((proposer, trade.asked_properties), (trade.destination, trade.offered_properties)):
        own = {*state.owned[seat], *gained}
        for group in sorted({state.board.group[square] for square in gained}):
            if own.issuperset(state.board.members[group]):
                found.append((seat, group))
    return found


def bargain_lines(view: GameView, people: People) -> list[str]:
    """Return what the trade that the viewer has to answer completes for whom, and what it means by net worth."""
    trade, proposer, say = view.trade, view.turn_seat, people.say
    if trade is None or trade.destination != people.viewer:
        return []
    lines = []
    for seat, group in completions(view, proposer, trade):
        called = district(group, people.lang)
        mine = seat == people.viewer
        lines.append(say("completes_yours" if mine else "completes", group=called, name=people.name(seat)))
    return [*lines, fairness(-gain(view, trade), people.name(proposer), people)]
