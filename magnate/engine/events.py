"""What has happened: the records that `apply` returns, in order, from which everybody makes messages and animations.

Players are seats, squares are square ids, money is in whole units. On the wire and in files a record is an object whose
`event` names its class.
"""

from enum import StrEnum
from typing import Final, TypeAlias

from msgspec import Struct

from magnate.engine.cards import Card

BANK: Final = -1
"""Stands for the bank where a seat is expected."""
POT: Final = -2
"""Stands for the pot where a seat is expected."""
NOBODY: Final = -1
"""Stands for no winner of an auction."""


class Why(StrEnum):
    """What a payment was for."""

    SALARY = "salary"
    RENT = "rent"
    PRICE = "price"
    BID = "bid"
    BAIL = "bail"
    FARE = "fare"
    CARD_PRICE = "card_price"
    CARD = "card"
    POT = "pot"
    BUILD = "build"
    DEMOLISH = "demolish"
    MORTGAGE = "mortgage"
    LIFTING = "lifting"
    TRADE = "trade"
    BONUS = "bonus"
    LEAVING = "leaving"


class Departure(StrEnum):
    """Why a player left the game (rules: Surrender and bankruptcy, Time limits)."""

    SURRENDER = "surrender"
    BANKRUPT = "bankrupt"
    """Left in debt."""
    KICKED = "kicked"
    """Let three time limits in a row pass."""


class Happening(Struct, gc=False, tag=True, tag_field="event"):
    """One thing that happened."""


class Rolled(Happening):
    """Dice were rolled; `dice_bus` is 0 where the bus die stayed out (in jail)."""

    seat: int
    dice1: int
    dice2: int
    dice_bus: int
    triple: bool
    streak: int
    destinations: tuple[int, ...]
    """The squares that the roll leads to: one where there was no choice, none where the roll moved nobody."""


class Walked(Happening):
    """A piece went square by square."""

    seat: int
    path: tuple[int, ...]
    """The squares from the first to the last, both included."""


class Jumped(Happening):
    """A piece was put on a square without walking: a triple, a tram or a card."""

    seat: int
    start: int
    square: int


class Jailed(Happening):
    """A player went to jail."""

    seat: int
    start: int


class Freed(Happening):
    """A player is out of jail."""

    seat: int
    paid: bool
    """Whether the bail was paid (or forced); False for a double."""


class Paid(Happening):
    """Money changed hands; `payer` and `payee` are seats, BANK or POT."""

    payer: int
    payee: int
    amount: int
    why: Why
    square: int | None = None
    """The square that the money is about, if any."""


class CardShown(Happening):
    """A fantasy card was drawn and is shown with its price."""

    seat: int
    card: Card


class CardPlayed(Happening):
    """A fantasy card took effect."""

    seat: int
    card: Card
    bought: bool
    """Whether it was the shown card."""
    target: int | None = None
    """The opponent whom the card struck."""
    squares: tuple[int, ...] = ()
    """The squares whose building or mortgage the card changed."""
    doubled: bool | None = None
    """How the coin of `doubleOrNothing` fell."""


class Bought(Happening):
    """A square found an owner."""

    seat: int
    square: int
    price: int
    auctioned: bool


class AuctionOpened(Happening):
    """A declined square is up for auction."""

    square: int
    bidders: tuple[int, ...]


class BidMade(Happening):
    """Somebody bid; how much is secret until the auction closes."""

    seat: int


class AuctionClosed(Happening):
    """The bids were opened, or the auction was called off."""

    square: int
    winner: int
    """A seat, or NOBODY."""
    amount: int
    tie: bool
    bids: tuple[tuple[int, int], ...]
    """(seat, amount) of each who could bid and is still in the game; 0 for a pass or silence."""
    called_off: bool = False


class Built(Happening):
    """The player added levels."""

    seat: int
    square: int
    houses: int


class Demolished(Happening):
    """The player removed levels."""

    seat: int
    square: int
    houses: int


class Mortgaged(Happening):
    """A square was mortgaged."""

    seat: int
    square: int


class Lifted(Happening):
    """A mortgage was lifted."""

    seat: int
    square: int


class Proposed(Happening):
    """A trade waits for an answer."""

    seat: int
    destination: int


class Traded(Happening):
    """A trade was answered (or fell through because one side left)."""

    seat: int
    destination: int
    accepted: bool
    offered: tuple[int, ...]
    asked: tuple[int, ...]


class PhaseSkipped(Happening):
    """A player was done with a phase."""

    seat: int


class Left(Happening):
    """A player left the game; the squares went back to the bank."""

    seat: int
    squares: tuple[int, ...]
    why: Departure = Departure.SURRENDER


class TurnBegan(Happening):
    """The next player has to roll."""

    seat: int
    turn: int
    round: int


class BonusPaid(Happening):
    """A bonus category was drawn at the end of the game."""

    category: str
    amount: int
    seats: tuple[int, ...]


class GameEnded(Happening):
    """The game is over."""

    worth: tuple[int, ...]
    """Final worth by seat; 0 for who left."""
    winners: tuple[int, ...]


Event: TypeAlias = (
    Rolled
    | Walked
    | Jumped
    | Jailed
    | Freed
    | Paid
    | CardShown
    | CardPlayed
    | Bought
    | AuctionOpened
    | BidMade
    | AuctionClosed
    | Built
    | Demolished
    | Mortgaged
    | Lifted
    | Proposed
    | Traded
    | PhaseSkipped
    | Left
    | TurnBegan
    | BonusPaid
    | GameEnded
)
