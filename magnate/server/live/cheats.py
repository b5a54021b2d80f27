"""The debug commands that change a game (protocol: Debug commands); dice and cards to come are the host's."""

from collections.abc import Mapping

from magnate.engine.board import Kind
from magnate.engine.phases import CHOOSE_FANTASY, CHOOSE_SQUARE, MANAGEMENT, ROLL_THE_DICES
from magnate.engine.rules.holdings import give, release, set_level, set_mortgaged
from magnate.engine.rules.movement import JAIL_TURNS, after_arrival
from magnate.engine.state import FREE, State
from magnate.protocol.commands import CheatMessage, CreateProperty, DeleteProperty, SetMoney, Teleport


def refuse_cheat(state: State, command: CheatMessage, seat_of: Mapping[int, int]) -> str | None:
    """Return what is wrong with a debug command (`field: why`), or None."""
    match command:
        case Teleport(player_id=user) | SetMoney(player_id=user) | CreateProperty(player_id=user) if (
            user not in seat_of or not state.alive[seat_of[user]]
        ):
            return "player_id: is nobody in this game"
        case Teleport(square_id=square) if not state.board.is_square(square):
            return "square_id: is no square"
        case CreateProperty(square_id=square) | DeleteProperty(square_id=square) if not (
            state.board.is_square(square) and state.board.is_buyable[square]
        ):
            return "square_id: is no square that can be owned"
        case CreateProperty(square_id=square, houses=houses) if houses > 0 and not state.board.build_price[square]:
            return "houses: nothing can be built there"
    return None


def cheat(state: State, command: CheatMessage, seat_of: Mapping[int, int]) -> None:
    """Carry a debug command out; one that `refuse_cheat` lets pass."""
    match command:
        case Teleport(player_id=user, square_id=square):
            _teleport(state, seat_of[user], square)
        case SetMoney(player_id=user, amount=amount):
            state.bank -= amount - state.balance[seat_of[user]]
            state.balance[seat_of[user]] = amount
        case CreateProperty(player_id=user, square_id=square, houses=houses, mortgage=mortgage):
            give(state, square, seat_of[user])
            set_level(state, square, max(houses, 0))
            set_mortgaged(state, square, int(mortgage))
        case DeleteProperty(square_id=square) if state.owner[square] != FREE:
            release(state, square)
    _settle(state)


def _teleport(state: State, seat: int, square: int) -> None:
    """Put a piece on a square without arriving there; a choice that was open begins anew with a roll."""
    state.position[seat] = square
    state.jail_turns[seat] = JAIL_TURNS if square == state.board.jail else 0
    if seat == state.turn_seat and state.phase in (ROLL_THE_DICES, CHOOSE_SQUARE, CHOOSE_FANTASY, MANAGEMENT):
        state.phase = ROLL_THE_DICES
        state.choices = ()
        state.jail_roll = 0
        state.card = None


def _settle(state: State) -> None:
    """Go on where a debug command took away what the turn player had to decide on."""
    square = state.position[state.turn_seat]
    if state.phase is MANAGEMENT and state.board.kind[square] is not Kind.TRAM and state.owner[square] != FREE:
        after_arrival(state)
