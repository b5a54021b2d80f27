"""The state of a game: one class with slots, small ints and flat lists, that copies, compares and hashes.

Seats are 0..n-1; squares are square ids; money is in whole units. Owners, levels and mortgages are indexed by square
id, up to the last square that can be owned (`Board.span`); owners and levels stand in tuples, which change seldom and
which copies share.
"""

from dataclasses import dataclass
from typing import Final

from magnate.engine.actions import TradeProposal
from magnate.engine.board import Board, standard_board
from magnate.engine.cards import Card
from magnate.engine.chance import Chance
from magnate.engine.events import Departure
from magnate.engine.phases import ROLL_THE_DICES, Phase
from magnate.engine.statistics import COUNT

MOST: Final = 10**12
"""The largest sum or count that plain data may name: far from what a database or another program cannot hold."""
START_MONEY: Final = 1500
"""What each player begins with."""
MIN_SEATS: Final = 2
MAX_SEATS: Final = 4
DEFAULT_MAX_ROUNDS: Final = 30
FREE: Final = 255
"""The owner of a square that the bank holds."""
JUMP: Final = 0
"""In `State.choices`: the steps to a square that a triple jumps to."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a game is played with."""

    max_rounds: int = DEFAULT_MAX_ROUNDS
    """The game ends when the round passes this; 0 means no limit."""
    humans: tuple[int, ...] = ()
    """Seats of people. Where there are any, the game also ends when none of them is left in it (the server's rule)."""


class State:
    """Everything that is known of a running game; make one with `new_game`."""

    __slots__ = (
        "alive",
        "balance",
        "bank",
        "bids",
        "board",
        "bonuses",
        "card",
        "choices",
        "departures",
        "eliminated",
        "group_levels",
        "group_mortgages",
        "group_owner",
        "jail_roll",
        "jail_turns",
        "level",
        "mortgaged",
        "mortgaged_this_turn",
        "order",
        "owned",
        "owner",
        "phase",
        "phase_seat",
        "position",
        "pot",
        "proposals",
        "resume",
        "round",
        "settings",
        "stats",
        "streak",
        "to_bid",
        "trade",
        "turn",
        "turn_seat",
        "winners",
    )

    board: Board
    settings: Settings
    phase: Phase
    turn_seat: int
    """Whose turn it is."""
    phase_seat: int
    """Who must act now; in an auction, who dropped the purchase."""
    order: tuple[int, ...]
    """The seats in turn order."""
    round: int
    turn: int
    streak: int
    """Doubles rolled in a row this turn."""
    proposals: int
    """Trades proposed this turn."""
    mortgaged_this_turn: tuple[int, ...]
    """The squares whose mortgage of this turn is counted; another one of the same square is not (rules: Statistics)."""
    pot: int
    bank: int
    """The bank's account: what it took in less what it paid out, so that all money sums to nothing."""
    balance: list[int]
    position: list[int]
    jail_turns: list[int]
    """Jail turns left; 0 for who is free."""
    alive: list[bool]
    """Who is still in the game."""
    eliminated: tuple[int, ...]
    """Who left, in the order of leaving."""
    departures: tuple[Departure, ...]
    """Why each of `eliminated` left."""
    owner: tuple[int, ...]
    """The owner's seat by square id, or FREE."""
    level: tuple[int, ...]
    """Building levels by square id, 0..5."""
    mortgaged: list[int]
    """1 by square id where mortgaged."""
    owned: list[list[int]]
    """Squares by seat, sorted; derived from `owner`, as are the groups below from owner, level and mortgaged."""
    group_owner: bytearray
    """By group: the seat that owns all of it, or FREE; as bytes, which are searched at every step of a game."""
    group_levels: list[int]
    """By group: the building levels of its squares in all."""
    group_mortgages: list[int]
    """By group: how many of its squares are mortgaged."""
    choices: tuple[tuple[int, int], ...]
    """(square, steps) of each square that may be chosen; JUMP steps after a triple."""
    jail_roll: int
    """The steps of the roll in jail that lies on the table; 0 when none does."""
    card: Card | None
    """The card that is shown."""
    to_bid: tuple[int, ...]
    """The seats that are still to bid; none outside an auction."""
    bids: dict[int, int]
    """The amounts that were bid, by seat. In a view: the viewer's own, if it has bid."""
    trade: TradeProposal | None
    """The proposal of the turn player that waits for an answer."""
    resume: Phase
    """The phase that the proposer came from and goes back to."""
    stats: list[int]
    """COUNT numbers a seat, in the order of STATISTICS."""
    bonuses: tuple[tuple[str, tuple[int, ...]], ...]
    """(category, seats) drawn at the end of the game."""
    winners: tuple[int, ...]
    """Who won; empty while the game runs."""

    def __init__(self, board: Board, settings: Settings) -> None:
        """Make a blank state, whose fields the caller must set; use `new_game` or `copy` instead."""
        self.board = board
        self.settings = settings

    def departure(self, seat: int) -> Departure | None:
        """Return why `seat` left the game; None for who is still in it."""
        return self.departures[self.eliminated.index(seat)] if seat in self.eliminated else None

    @property
    def seats(self) -> int:
        """The number of seats."""
        return len(self.balance)

    def stat(self, seat: int, which: int) -> int:
        """Return one statistic of `seat`; `which` is an index of STATISTICS."""
        return self.stats[seat * COUNT + which]

    def copy(self) -> "State":
        """Return an independent copy."""
        other = State(self.board, self.settings)
        self.copy_into(other)
        return other

    def copy_into(self, other: "State") -> None:
        """Set every field of `other` to an independent copy of this state's."""
        other.phase = self.phase
        other.turn_seat = self.turn_seat
        other.phase_seat = self.phase_seat
        other.order = self.order
        other.round = self.round
        other.turn = self.turn
        other.streak = self.streak
        other.proposals = self.proposals
        other.mortgaged_this_turn = self.mortgaged_this_turn
        other.pot = self.pot
        other.bank = self.bank
        other.balance = self.balance[:]
        other.position = self.position[:]
        other.jail_turns = self.jail_turns[:]
        other.alive = self.alive[:]
        other.eliminated = self.eliminated
        other.departures = self.departures
        other.owner = self.owner
        other.level = self.level
        other.mortgaged = self.mortgaged[:]
        other.owned = [squares[:] for squares in self.owned]
        other.group_owner = self.group_owner[:]
        other.group_levels = self.group_levels[:]
        other.group_mortgages = self.group_mortgages[:]
        other.choices = self.choices
        other.jail_roll = self.jail_roll
        other.card = self.card
        other.to_bid = self.to_bid
        other.bids = self.bids.copy()
        other.trade = self.trade
        other.resume = self.resume
        other.stats = self.stats[:]
        other.bonuses = self.bonuses
        other.winners = self.winners

    def __copy__(self) -> "State":
        """Return what `copy` does: two states never share a list, whatever copied them."""
        return self.copy()

    def __deepcopy__(self, memo: object) -> "State":
        """Return what `copy` does: what it shares never changes."""
        return self.copy()

    def key(self) -> tuple[object, ...]:
        """Return all that makes two states the same, as one hashable value."""
        return (
            self.board.digest,
            self.settings,
            self.phase,
            self.turn_seat,
            self.phase_seat,
            self.order,
            self.round,
            self.turn,
            self.streak,
            self.proposals,
            self.mortgaged_this_turn,
            self.pot,
            self.bank,
            tuple(self.balance),
            tuple(self.position),
            tuple(self.jail_turns),
            tuple(self.alive),
            self.eliminated,
            self.departures,
            self.owner,
            self.level,
            tuple(self.mortgaged),
            self.choices,
            self.jail_roll,
            self.card,
            self.to_bid,
            frozenset(self.bids.items()),
            self.trade,
            self.resume,
            tuple(self.stats),
            self.bonuses,
            self.winners,
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, State):
            return NotImplemented
        return self.key() == other.key()

    def __hash__(self) -> int:
        return hash(self.key())

    def __repr__(self) -> str:
        return f"<State round {self.round}, turn {self.turn}, {self.phase.value} of seat {self.phase_seat}>"


def new_state(seats: int, order: tuple[int, ...], settings: Settings, board: Board) -> State:
    """Return the state before the first roll, with the seats in `order` (rules: Set-up)."""
    state = State(board, settings)
    state.phase = ROLL_THE_DICES
    state.turn_seat = order[0]
    state.phase_seat = order[0]
    state.order = order
    state.round = 1
    state.turn = 1
    state.streak = 0
    state.proposals = 0
    state.mortgaged_this_turn = ()
    state.pot = 0
    state.bank = -START_MONEY * seats
    state.balance = [START_MONEY] * seats
    state.position = [board.exit] * seats
    state.jail_turns = [0] * seats
    state.alive = [True] * seats
    state.eliminated = ()
    state.departures = ()
    state.owner = (FREE,) * board.span
    state.level = (0,) * board.span
    state.mortgaged = [0] * board.span
    state.owned = [[] for _ in range(seats)]
    state.group_owner = bytearray([FREE]) * len(board.members)
    state.group_levels = [0] * len(board.members)
    state.group_mortgages = [0] * len(board.members)
    state.choices = ()
    state.jail_roll = 0
    state.card = None
    state.to_bid = ()
    state.bids = {}
    state.trade = None
    state.resume = Phase.BUSINESS
    state.stats = [0] * (COUNT * seats)
    state.bonuses = ()
    state.winners = ()
    return state


def new_game(seats: int, chance: Chance, settings: Settings | None = None, board: Board | None = None) -> State:
    """Return a new game of 2 to 4 seats, its turn order shuffled by `chance` (rules: Set-up).

    Raises:
        ValueError: `seats` is not 2..4, or no game can be played with `settings`.
    """
    settings = Settings() if settings is None else settings
    if not MIN_SEATS <= seats <= MAX_SEATS:
        raise ValueError(f"a game has {MIN_SEATS} to {MAX_SEATS} seats, not {seats}")
    if type(settings.max_rounds) is not int or not 0 <= settings.max_rounds <= MOST:
        raise ValueError(f"max_rounds must be a whole number from 0 to {MOST}, not {settings.max_rounds!r}")
    _check_humans(settings.humans, seats)
    return new_state(seats, chance.order(seats), settings, standard_board() if board is None else board)


def _check_humans(humans: object, seats: int) -> None:
    """Raise `ValueError` unless `humans` is a tuple of different seats of the game."""
    if not isinstance(humans, tuple) or not all(type(seat) is int and 0 <= seat < seats for seat in humans):
        raise ValueError(f"humans must be a tuple of seats from 0 to {seats - 1}, not {humans!r}")
    if len(set(humans)) < len(humans):
        raise ValueError(f"humans names a seat twice: {humans!r}")
