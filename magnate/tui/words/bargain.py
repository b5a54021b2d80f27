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
    """Return what the trade that the viewer has to answer completes for whom, and what it means for the viewer."""
    trade = view.trade
    if trade is None or trade.destination != people.viewer:
        return []
    return meaning_lines(view, view.turn_seat, trade, people)


def meaning_lines(view: GameView, proposer: int, trade: TradeProposal, people: People) -> list[str]:
    """Return what a trade completes for whom, and what it means for the viewer: by net worth, and the money left."""
    say, lines = people.say, []
    for seat, group in completions(view, proposer, trade):
        called = district(group, people.lang)
        mine = seat == people.viewer
        lines.append(say("completes_yours" if mine else "completes", group=called, name=people.name(seat)))
    mine = proposer == people.viewer
    other = trade.destination if mine else proposer
    gained = gain(view, trade) if mine else -gain(view, trade)
    money = trade.asked_money - trade.offered_money if mine else trade.offered_money - trade.asked_money
    left = say("left_over", amount=view.balance[people.viewer] + money).capitalize()
    return [*lines, fairness(gained, people.name(other), people), *([f"{left}."] if money else [])]
