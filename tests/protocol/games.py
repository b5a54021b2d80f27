"""Games for the tests: small scripted ones, and whole random ones that visit every phase."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from magnate.engine.actions import Action, Build, BuySquare, MortgageSet, Surrender, TradeAnswer, TradeProposal
from magnate.engine.chance import Chance, Scripted, Seeded
from magnate.engine.events import Event
from magnate.engine.game import apply, legal_actions, new_game
from magnate.engine.phases import AUCTION, END_GAME
from magnate.engine.rules.holdings import give
from magnate.engine.state import Settings, State
from magnate.protocol.codec import encode, read_game
from magnate.protocol.frames import action_frames, response_frame, state_frame
from magnate.protocol.game import GameAction, GameResponse, GameState, Snapshot
from magnate.protocol.outcome import response
from magnate.protocol.responses import ResponseMessage
from magnate.protocol.seating import Seating

DEADLINE = 1_777_660_250_000
USERS = (7, 9, 12, 300)
NAMES = ("alice", "bob", "carol", "dave")


def seating(seats: int) -> Seating:
    """Return the first users at a table of `seats`."""
    return Seating(42, USERS[:seats], NAMES[:seats], "2026-05-01T18:30:00+00:00")


def scripted(
    seats: int = 2,
    *,
    dice: Sequence[int] = (),
    cards: Sequence[tuple[str, int | None]] = (),
    coins: Sequence[bool] = (),
    choices: Sequence[int] = (),
    squares: Sequence[int] = (),
) -> tuple[State, Chance]:
    """Return a new game whose seats play in their order, and its chance."""
    chance = Scripted(
        orders=[tuple(range(seats))],
        dice=dice,
        cards=cards,
        coins=coins,
        seats=choices,
        squares=squares,
        then=Seeded(1),
    )
    return new_game(seats, chance, Settings(humans=tuple(range(seats)))), chance


def respond(state: State, chance: Chance, seat: int, action: Action, *, timed_out: bool = False) -> ResponseMessage:
    """Do an action and return what everybody is told."""
    events = apply(state, seat, action, chance)
    made = response(seating(state.seats), state, seat, action, events, seq=1, deadline=DEADLINE, timed_out=timed_out)
    read = read_game(encode(GameResponse(made)))
    assert isinstance(read, GameResponse)
    assert read.data == made
    return made


def received_state(table: Seating, state: State, seat: int, seq: int) -> Snapshot:
    """Return the snapshot as the client of `seat` reads it."""
    message = read_game(state_frame(table, state, seat, seq=seq, deadline=DEADLINE))
    assert isinstance(message, GameState)
    return message.game_state


@dataclass
class Step:
    """One action of a random game, after which the state is as it is now."""

    state: State
    table: Seating
    seat: int
    action: Action
    events: list[Event]
    seq: int

    def action_frame(self, receiver: int) -> bytes:
        """Return the `game_action` that the seat `receiver` gets."""
        frames = action_frames(self.table, self.seat, self.action)
        return frames.actor if receiver == self.seat else frames.others

    def response_frame(self) -> bytes:
        """Return the `game_response` that all get."""
        return response_frame(
            self.table, self.state, self.seat, self.action, self.events, seq=self.seq, deadline=DEADLINE
        )

    def read_action(self, receiver: int) -> GameAction:
        """Return the `game_action` as the client of `receiver` reads it."""
        message = read_game(self.action_frame(receiver))
        assert isinstance(message, GameAction)
        return message

    def read_response(self) -> GameResponse:
        """Return the `game_response` as any client reads it."""
        message = read_game(self.response_frame())
        assert isinstance(message, GameResponse)
        return message


def random_start(random: Random) -> State:
    """Return a game of 2 to 4 seats with any mixture of bots; half of the time the streets are dealt out."""
    seats = random.randint(2, 4)
    humans = tuple(sorted(random.sample(range(seats), random.randint(0, seats))))
    state = new_game(seats, Seeded(random.randrange(1000)), Settings(random.choice([6, 15, 30]), humans))
    if random.random() < 0.5:
        for group in state.board.members:
            owner = random.randrange(seats)
            for square in group:
                if random.random() < 0.9:
                    give(state, square, owner)
    return state


def random_game(seed: int, most: int = 400) -> Iterator[Step]:
    """Play a game that follows from the seed, of `most` actions at most; builds and trades more than chance would."""
    random = Random(seed)
    state = random_start(random)
    table = seating(state.seats)
    chance = Seeded(seed)
    for seq in range(1, most + 1):
        if state.phase is END_GAME:
            return
        seat = who_acts(state, random)
        action = choose(legal_actions(state, seat), random)
        events = apply(state, seat, action, chance)
        yield Step(state, table, seat, action, events, seq)


def who_acts(state: State, random: Random) -> int:
    """Return a seat that may act: now and then one that can only surrender."""
    if random.random() < 0.004:
        return random.choice([seat for seat, alive in enumerate(state.alive) if alive])
    if state.phase is not AUCTION:
        return state.phase_seat
    return random.choice(state.to_bid)


def choose(actions: list[Action], random: Random) -> Action:
    """Return one of the legal actions, with a taste for what changes hands."""
    others = [action for action in actions if not isinstance(action, Surrender | MortgageSet)]
    eager = [action for action in others if isinstance(action, BuySquare | Build | TradeProposal | TradeAnswer)]
    if eager and random.random() < 0.4:
        return random.choice(eager)
    return random.choice(others if others and random.random() < 0.9 else actions[:-1] or actions)
