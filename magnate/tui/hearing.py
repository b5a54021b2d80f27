"""Whose offers of a trade the player hears, and what the player wants to offer instead."""

from dataclasses import dataclass, field

from magnate.engine.actions import TradeProposal
from magnate.engine.phases import Phase
from magnate.engine.view import GameView


def turned(trade: TradeProposal, proposer: int) -> TradeProposal:
    """Return a trade as its other side would propose it."""
    return TradeProposal(
        proposer, trade.asked_money, trade.offered_money, trade.asked_properties, trade.offered_properties
    )


@dataclass
class Hearing:
    """What the player said about offers in one game; those that it does not hear are to be rejected at once."""

    never: set[int] = field(default_factory=set)
    """The seats whose offers are not heard in this game."""
    turn: int = -1
    """The turn in which no more offers are heard."""
    draft: TradeProposal | None = None
    """The player's own proposal for its next chance: a counter-offer, or what it had no time to send."""

    def turns_down(self, view: GameView) -> bool:
        """Say whether the trade on the table is for the viewer, who does not want to hear of it."""
        if view.phase is not Phase.PROPOSAL_ACCEPTANCE or view.phase_seat != view.viewer:
            return False
        return view.turn == self.turn or view.turn_seat in self.never

    def turn_down(self, view: GameView, answer: str) -> None:
        """Remember what the viewer says about the trade on the table, which is to be rejected.

        Args:
            view: The game, with the trade.
            answer: "never" to hear none of the proposer's in this game, "counter" to keep this one, seen from the
                viewer's side, for its own turn, and anything else to hear none in this turn.
        """
        if answer == "never":
            self.never.add(view.turn_seat)
        elif answer != "counter":
            self.turn = view.turn
        elif view.trade is not None:
            self.draft = turned(view.trade, view.turn_seat)

    @property
    def hears_all(self) -> bool:
        """Whether every offer is heard."""
        return not self.never and self.turn < 0

    def hear_all(self) -> None:
        """Hear everybody's offers again."""
        self.never.clear()
        self.turn = -1
