"""What happens on each square, counted from the events of a game."""

from magnate.engine.board import Board
from magnate.engine.events import Event, Jailed, Jumped, Paid, Walked, Why

# Names of the module are found faster than attributes of the enum, and every event passes here.
_RENT = Why.RENT
_PRICE = Why.PRICE
_BID = Why.BID
_BUILD = Why.BUILD


class SquareTally:
    """Counts by square id, for the squares of one board."""

    __slots__ = ("auction_money", "auctioned", "board", "bought", "landings", "rent", "spent")

    def __init__(self, board: Board) -> None:
        """Begin with nothing counted."""
        self.board = board
        self.landings = [0] * board.size
        """How often a piece came to stand there: by foot, jump, tram, card, or going to jail."""
        self.bought = [0] * board.size
        """How often the bank sold it, at its price or by auction."""
        self.auctioned = [0] * board.size
        """How often the bank sold it by auction."""
        self.auction_money = [0] * board.size
        """The winning bids."""
        self.spent = [0] * board.size
        """What was paid to the bank for it: prices, winning bids and buildings."""
        self.rent = [0] * board.size
        """The rent paid for it."""

    def note(self, events: list[Event]) -> None:
        """Count what one action did."""
        for event in events:
            if type(event) is Paid:
                self._note_payment(event)
            elif type(event) is Walked:
                self.landings[event.path[-1]] += 1
            elif type(event) is Jumped:
                self.landings[event.square] += 1
            elif type(event) is Jailed:
                self.landings[self.board.jail] += 1

    def _note_payment(self, paid: Paid) -> None:
        square = paid.square
        if square is None:
            return
        why = paid.why
        if why is _RENT:
            self.rent[square] += paid.amount
        elif why is _PRICE:
            self.bought[square] += 1
            self.spent[square] += paid.amount
        elif why is _BID:
            self.bought[square] += 1
            self.auctioned[square] += 1
            self.auction_money[square] += paid.amount
            self.spent[square] += paid.amount
        elif why is _BUILD:
            self.spent[square] += paid.amount

    def counts(self) -> list[int]:
        """Return what `GameResult.squares` says, column after column, each in the order of the board's squares."""
        columns = (self.landings, self.bought, self.auctioned, self.auction_money, self.spent, self.rent)
        return [column[square] for column in columns for square in self.board.ids]
