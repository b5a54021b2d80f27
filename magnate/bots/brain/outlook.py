"""What the rest of the game holds for the squares and the money of each seat: the values that all judgements share."""

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

from magnate.bots.brain.character import Mood
from magnate.bots.brain.weights import Weights, landings
from magnate.engine.board import SERVERS, Board
from magnate.engine.rules.rent import property_rent, rent
from magnate.engine.state import State

UNLIMITED: Final = 30.0
"""The rounds that the brain counts on in a game without a limit."""
LAST_ROUND: Final = 0.5
"""What is left of a round, as most of its turns have been or are being taken."""
DANGER_ROUNDS: Final = 2.0
"""How long a shortage of money lasts, in rounds."""
FREE_ROUNDS: Final = 10.0
"""How many rounds it takes, give or take, until somebody comes to a square that the bank holds."""

Estate: TypeAlias = tuple[float, float, float]
"""What squares are worth: at the end of the game, by their rents, and for a whole group."""
NO_ESTATE: Final[Estate] = (0.0, 0.0, 0.0)


class Charges(NamedTuple):
    """The rents that the others may charge one seat."""

    mean: float
    """What a round costs on average."""
    rents: tuple[tuple[int, float], ...]
    """(rent, how often a turn leads there), dearest first."""


class Outlook:
    """What a seat expects of the rest of one game. It lasts as long as the bot does, and notices what has changed."""

    def __init__(self, weights: Weights, mood: Mood, board: Board) -> None:
        self.weights = weights
        self.mood = mood
        self.board = board
        self.often = landings(board.size)
        self.left = 0.0
        """The rounds left, as far as the bot sees."""
        self.rivals = 1
        """The players still in the game beside one."""
        self.view: State
        self.mean_ahead: dict[int, float] = {}
        """What the next roll from a square is worth to the player who acts, as far as it is known."""
        self._owner: tuple[int, ...] = ()
        self._pledged: list[int] = []
        self._level: tuple[int, ...] = ()
        self._rents: list[tuple[int, float, int]] = []
        self._charges: dict[int, Charges] = {}
        self._raised: dict[int, int] = {}
        self._dangers: dict[int, float] = {}
        self._built: dict[int, float] = {}
        self._estates: dict[tuple[int, int, int, int], Estate] = {}
        self._held: list[list[int]] = []
        self._mortgaged: list[int] = []
        self._unowned: list[int] = []
        self._bit = [0] * board.size
        """By square id: the bit that stands for it in its group."""
        for members in board.members:
            for place, square in enumerate(members):
                self._bit[square] = 1 << place

    def look(self, view: State) -> None:
        """Take in the game as it is now."""
        self.view = view
        if view.owner != self._owner or view.mortgaged != self._pledged:
            self._owner, self._pledged, self._level = view.owner, view.mortgaged[:], ()
            self._note_owners()
        if view.level != self._level:
            self._level = view.level
            self._rents = []
            self._charges.clear()
            self._raised.clear()
        self._dangers.clear()
        self.mean_ahead.clear()
        most = view.settings.max_rounds
        rounds = max(LAST_ROUND, most - view.round + LAST_ROUND) if most else UNLIMITED
        left, rivals = min(rounds, self.mood.character.sight), max(1, view.alive.count(True) - 1)
        if left != self.left or rivals != self.rivals:
            self.left, self.rivals = left, rivals
            self._estates.clear()
            self._built.clear()

    # Squares

    def visits(self, square: int) -> float:
        """Return how often the rivals of its owner will come to `square`."""
        return self.often[square] * self.left * self.rivals

    def gain(self, seat: int, got: Sequence[int], given: Sequence[int] = ()) -> Estate:
        """Return what it changes for `seat` to get squares and to give others, all of them bare."""
        group, bit, held = self.board.group, self._bit, self._held[seat]
        if len(got) == 1 and not given:
            number = group[got[0]]
            return _difference(self._estate(number, held[number]), self._estate(number, held[number] | bit[got[0]]))
        after: dict[int, int] = {}
        for square in got:
            after[group[square]] = after.get(group[square], held[group[square]]) | bit[square]
        for square in given:
            after[group[square]] = after.get(group[square], held[group[square]]) & ~bit[square]
        total = NO_ESTATE
        for number, squares in after.items():
            change = _difference(self._estate(number, held[number]), self._estate(number, squares))
            total = (total[0] + change[0], total[1] + change[1], total[2] + change[2])
        return total

    def completes(self, seat: int, got: Sequence[int]) -> bool:
        """Return whether `seat` owns a whole group once it gets these squares."""
        group = self.board.group
        return any(
            all(member in got or self.view.owner[member] == seat for member in self.board.members[group[square]])
            for square in got
        )

    def banked(self, squares: Sequence[int]) -> int:
        """Return what the bank takes for squares; for mortgaged ones the half that is left."""
        view, board = self.view, self.board
        return sum([board.mortgage[each] if view.mortgaged[each] else board.price[each] for each in squares])

    def denied(self, seat: int, square: int) -> float:
        """Return what an unowned `square` would earn the rival of `seat` who needs it most, with its group."""
        group = self.board.group[square]
        most = 0.0
        for rival, held in enumerate(self._held):
            if held[group] and rival != seat:
                _, earned, whole = self.gain(rival, (square,))
                most = max(most, earned + whole)
        return most

    def _note_owners(self) -> None:
        """Note who owns what, group by group, as bits: the lowest for the first square of a group."""
        view, group, bit = self.view, self.board.group, self._bit
        groups = len(self.board.members)
        self._held = [[0] * groups for _ in view.owned]
        self._mortgaged = [0] * groups
        self._unowned = [(1 << len(members)) - 1 for members in self.board.members]
        for held, squares in zip(self._held, view.owned, strict=True):
            for square in squares:
                held[group[square]] |= bit[square]
                self._unowned[group[square]] ^= bit[square]
                if view.mortgaged[square]:
                    self._mortgaged[group[square]] |= bit[square]

    def _estate(self, group: int, held: int) -> Estate:
        """Return what the squares `held` of a group, as bits, are worth to one player."""
        if not held:
            return NO_ESTATE
        key = (group, held, self._mortgaged[group] & held, self._unowned[group] & ~held)
        known = self._estates.get(key)
        if known is None:
            known = self._estates[key] = self._appraise(*key)
        return known

    def _appraise(self, group: int, held: int, mortgaged: int, unowned: int) -> Estate:
        board, weights, liking = self.board, self.weights, self.mood.liking
        members = board.members[group]
        count = held.bit_count()
        whole = count == len(members)
        worth = earned = 0.0
        for place, square in enumerate(members):
            if not held >> place & 1:
                continue
            if mortgaged >> place & 1:
                worth += board.mortgage[square] * liking[square]
                continue
            worth += board.price[square] * liking[square]
            charged = board.rents[square][count - 1] if group >= SERVERS else property_rent(board, square, 0, whole)
            earned += charged * self.visits(square) * liking[square]
        if group >= SERVERS:
            return worth, earned, 0.0
        chance = 1.0
        if not whole:
            free = unowned.bit_count()
            for missing in range(len(members) - count):
                chance *= weights.from_bank if missing < free else weights.from_player
            if free:
                chance *= min(1.0, self.left / FREE_ROUNDS)
        return worth, earned, chance * self.built(group)

    def built(self, group: int) -> float:
        """Return what a whole group earns beyond its doubled rents once it is built on."""
        known = self._built.get(group)
        if known is None:
            known = self._built[group] = self._plan(group)
        return known

    def _plan(self, group: int) -> float:
        rounds = self.left - self.weights.ramp
        if rounds <= 0:
            return 0.0
        board, level = self.board, self.weights.houses
        low = min(int(level), 4)
        more = 0.0
        for square in board.members[group]:
            bare = property_rent(board, square, 0, True)
            less = property_rent(board, square, low, True)
            dearer = board.rents[square][low + 1]
            more += self.often[square] * (less + (level - low) * (dearer - less) - bare) * self.mood.liking[square]
        return max(0.0, more * rounds * self.rivals)

    # Money

    def charges(self, seat: int) -> Charges:
        """Return what the others may charge `seat`."""
        known = self._charges.get(seat)
        if known is None:
            if not self._rents:
                self._rents = self._all_rents()
            others = tuple([(charged, share) for charged, share, owner in self._rents if owner != seat])
            mean = 0.0
            for charged, share in others:
                mean += charged * share
            known = self._charges[seat] = Charges(mean, others)
        return known

    def _all_rents(self) -> list[tuple[int, float, int]]:
        """Return (rent, how often a turn leads there, owner) of each square that is owned, dearest first."""
        view, often = self.view, self.often
        rents = [
            (charged, often[square], owner)
            for owner, squares in enumerate(view.owned)
            for square in squares
            if (charged := rent(view, square))
        ]
        rents.sort(reverse=True)
        return rents

    def danger(self, seat: int, balance: int) -> float:
        """Return what `seat` can expect to lose for want of money in the next rounds, with that balance."""
        charges = self.charges(seat)
        # What a round costs on average is as good as spent.
        ready = balance - charges.mean * min(self.left, 1.0)
        lost = -ready / 2 if ready < 0 else 0.0
        if balance < 0:
            lost -= 2 * balance
        if not charges.rents or charges.rents[0][0] <= ready:
            return lost
        raised = self.raised(seat)
        times = min(self.left, DANGER_ROUNDS) * self.weights.fear * self.mood.fear
        for charged, share in charges.rents:
            short = charged - ready
            if short <= 0:
                break
            lost += share * times * (short if short < raised else short + self.weights.ruin)
        return lost

    def raised(self, seat: int) -> int:
        """Return the money that `seat` can raise by demolishing and mortgaging."""
        known = self._raised.get(seat)
        if known is None:
            view, board = self.view, self.board
            known = self._raised[seat] = sum(
                [
                    view.level[square] * board.refund[square] if view.level[square] else board.mortgage[square]
                    for square in view.owned[seat]
                    if not view.mortgaged[square]
                ]
            )
        return known

    def risk(self, seat: int, change: int) -> float:
        """Return by how much the danger to `seat` shrinks, or grows with less than 0, when its balance changes."""
        balance = self.view.balance[seat]
        now = self._dangers.get(seat)
        if now is None:
            now = self._dangers[seat] = self.danger(seat, balance)
        return now - self.danger(seat, balance + change)


def _difference(before: Estate, after: Estate) -> Estate:
    return after[0] - before[0], after[1] - before[1], after[2] - before[2]
