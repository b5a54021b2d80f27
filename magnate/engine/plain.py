"""A state as plain data and back, without loss: what a position file holds (docs: Records and positions).

Things have names rather than places in a list: a player has its balance, its squares with their levels, its statistics
by name. What follows from the rest (the bank's account, the phase player, who owns a whole group) is not in it.
"""

from collections.abc import Iterator
from typing import Final

from magnate.engine.actions import TradeProposal
from magnate.engine.board import MAX_LEVEL, Board, standard_board
from magnate.engine.cards import Card, deck, takes_value
from magnate.engine.codec import PlainData
from magnate.engine.errors import PositionError
from magnate.engine.events import Departure
from magnate.engine.parts import Part
from magnate.engine.phases import (
    AUCTION,
    BUSINESS,
    CHOOSE_SQUARE,
    END_GAME,
    LIQUIDATION,
    PROPOSAL_ACCEPTANCE,
    ROLL_THE_DICES,
    Phase,
)
from magnate.engine.rules.dice import DOUBLES_TO_JAIL
from magnate.engine.rules.holdings import give, set_level, set_mortgaged
from magnate.engine.rules.movement import JAIL_TURNS
from magnate.engine.rules.purchase import bidders, has_bid
from magnate.engine.rules.trade import MAX_PROPOSALS
from magnate.engine.soundness import faults_of_game, faults_of_groups, faults_of_seat
from magnate.engine.state import (
    DEFAULT_MAX_ROUNDS,
    FREE,
    JUMP,
    MAX_SEATS,
    MIN_SEATS,
    MOST,
    START_MONEY,
    Settings,
    State,
    new_state,
)
from magnate.engine.statistics import COUNT, STATISTICS, bonus_rules

KIND: Final = "position"
"""What a position says it is, under the key `magnate`."""
FORMAT: Final = 1
"""The version of the format."""
MOST_STEPS: Final = 12
"""The most steps that a player may choose from: the sum of two dice."""
_BUYABLE_IN_WORDS: Final = "the squares that can be owned"


# To plain data


def state_to_data(state: State) -> PlainData:
    """Return all that makes `state`, as plain data."""
    return {
        "magnate": KIND,
        "format": FORMAT,
        "board": state.board.digest,
        "settings": {"max_rounds": state.settings.max_rounds, "humans": list(state.settings.humans)},
        "round": state.round,
        "turn": state.turn,
        "order": list(state.order),
        "turn_seat": state.turn_seat,
        "phase": state.phase.value,
        **_phase_to_data(state),
        "streak": state.streak,
        "proposals": state.proposals,
        "mortgaged_this_turn": list(state.mortgaged_this_turn),
        "resume": state.resume.value,
        "pot": state.pot,
        "eliminated": list(state.eliminated),
        **({"departures": [why.value for why in state.departures]} if state.departures else {}),
        "players": [_player_to_data(state, seat) for seat in range(state.seats)],
    }


def _phase_to_data(state: State) -> PlainData:
    """Return what only some phases have."""
    data: PlainData = {}
    if state.choices == state.board.jump_choices:
        data["steps"] = [JUMP]
    elif state.choices:
        data["steps"] = [steps for _, steps in state.choices]
    elif state.jail_roll:
        data["steps"] = [state.jail_roll]
    if state.card is not None:
        data["card"] = {"type": state.card.type, "value": state.card.value, "price": state.card.price}
    if state.phase is AUCTION:
        data["bids"] = {str(seat): state.bids.get(seat) for seat in has_bid(state)}
    if state.trade is not None:
        data["trade"] = {
            "destination": state.trade.destination,
            "offered_money": state.trade.offered_money,
            "asked_money": state.trade.asked_money,
            "offered_properties": list(state.trade.offered_properties),
            "asked_properties": list(state.trade.asked_properties),
        }
    if state.phase is END_GAME:
        data["bonuses"] = [{"category": category, "seats": list(seats)} for category, seats in state.bonuses]
        data["winners"] = list(state.winners)
    return data


def _player_to_data(state: State, seat: int) -> PlainData:
    return {
        "balance": state.balance[seat],
        "position": state.position[seat],
        "jail_turns": state.jail_turns[seat],
        "squares": {
            str(square): {"level": state.level[square], "mortgaged": bool(state.mortgaged[square])}
            for square in state.owned[seat]
        },
        "statistics": {name: state.stat(seat, which) for which, name in enumerate(STATISTICS)},
    }


# From plain data


def state_from_data(data: object, board: Board | None = None, source: str = KIND) -> State:
    """Return the state that plain data tells of; what is not in it is as at the start of a game.

    Any play is safe from a state that comes back from here, and its bank's account makes all money sum to nothing.

    Args:
        data: what `state_to_data` returns, or less of it, perhaps changed by a person.
        board: the board that the position is on; None for the standard one.
        source: where the data came from, for the error's words.

    Raises:
        PositionError: it cannot be read, or no game can be played from it; every fault is listed.
    """
    faults: list[str] = []
    state = _read(Part(data, "", faults), standard_board() if board is None else board)
    if faults:
        raise PositionError(faults, source)
    assert state is not None  # the number of players would be a fault
    return state


def _read(top: Part, board: Board) -> State | None:
    """Return the state that is told of, with defaults for what is at fault; None when it lacks players."""
    if not top.sound:
        return None
    _read_head(top, board)
    players = top.parts("players")
    seats = range(len(players))
    if not MIN_SEATS <= len(seats) <= MAX_SEATS:
        top.fault("players", f"must be a list of {MIN_SEATS} to {MAX_SEATS} objects, not of {len(seats)}")
        return None
    order = top.wholes("order", seats, seats, _seats_in_words(seats))
    if len(order) < len(seats) and top.sound:
        top.fault("order", "must name every seat once")
    settings = _read_settings(top.part("settings"), seats)
    state = new_state(len(seats), order if len(order) == len(seats) else tuple(seats), settings, board)
    _read_game(top, state)
    squares_sound = [_read_player(part, state, seat) for seat, part in enumerate(players)]
    _read_phase(top, state)
    top.done()
    state.bank = -state.pot - sum(state.balance)
    for fault in _inconsistencies(top, players, all(squares_sound), state):
        top.faults.append(fault)
    return state


def _inconsistencies(top: Part, players: list[Part], squares_sound: bool, state: State) -> Iterator[str]:
    """Yield what cannot be together, as far as what it is about was read without a fault."""
    if squares_sound:
        yield from faults_of_groups(state)
    for seat, part in enumerate(players):
        if part.sound:
            yield from faults_of_seat(state, seat)
    if top.sound and all(part.sound for part in players):
        yield from faults_of_game(state)


def _seats_in_words(seats: range) -> str:
    return f"the seats 0 to {len(seats) - 1}"


def _read_head(top: Part, board: Board) -> None:
    top.constant("magnate", KIND, f'must be "{KIND}": this is something else')
    top.constant("format", FORMAT, f"must be {FORMAT}, which this version of Magnate reads")
    top.constant("board", board.digest, "is the digest of another board")


def _read_settings(part: Part, seats: range) -> Settings:
    max_rounds = part.whole("max_rounds", DEFAULT_MAX_ROUNDS)
    humans = part.wholes("humans", (), seats, _seats_in_words(seats))
    part.done()
    return Settings(max_rounds, humans)


def _read_game(top: Part, state: State) -> None:
    """Read whose turn it is and what all players share."""
    seats = range(state.seats)
    state.eliminated = top.wholes("eliminated", (), seats, _seats_in_words(seats))
    whys = top.names("departures", [Departure.SURRENDER] * len(state.eliminated), tuple(Departure))
    if len(whys) != len(state.eliminated):
        whys = (Departure.SURRENDER,) * len(state.eliminated)
        top.fault("departures", "must say why each of the eliminated left")
    state.departures = tuple([Departure(why) for why in whys])
    state.alive = [seat not in state.eliminated for seat in seats]
    first = next((seat for seat in state.order if state.alive[seat]), 0)
    state.turn_seat = state.phase_seat = top.whole("turn_seat", first, 0, seats[-1])
    state.round = top.whole("round", 1, 1)
    state.turn = top.whole("turn", 1, 1)
    state.streak = top.whole("streak", 0, 0, DOUBLES_TO_JAIL - 1)
    state.pot = top.whole("pot", 0)


def _read_player(part: Part, state: State, seat: int) -> bool:
    """Read one player; return whether its squares were read without a fault."""
    board = state.board
    state.balance[seat] = part.whole("balance", START_MONEY if state.alive[seat] else 0, -MOST)
    state.jail_turns[seat] = part.whole("jail_turns", 0, 0, JAIL_TURNS)
    position = part.whole("position", board.jail if state.jail_turns[seat] else board.exit)
    if board.is_square(position):
        state.position[seat] = position
    else:
        part.fault("position", f"there is no square {position}")
    sound = _read_squares(part.part("squares"), state, seat)
    for name, value in part.part("statistics").numbers(STATISTICS, "statistic"):
        state.stats[seat * COUNT + STATISTICS.index(name)] = value
    part.done()
    return sound


def _read_squares(part: Part, state: State, seat: int) -> bool:
    sound = True
    for key, entry in part.entries([str(square) for square in state.board.buyable], "square that can be owned"):
        square = int(key)
        level = entry.whole("level", 0, 0, MAX_LEVEL)
        mortgaged = entry.flag("mortgaged")
        entry.done()
        if state.owner[square] == FREE:
            give(state, square, seat)
            set_level(state, square, level)
            set_mortgaged(state, square, int(mortgaged))
        else:
            entry.note(f"has two owners, the seats {state.owner[square]} and {seat}")
        sound = sound and entry.sound
    return sound and part.sound


def _read_phase(top: Part, state: State) -> None:
    """Read the phase and what only some phases have."""
    state.phase = Phase(top.name("phase", state.phase, tuple(Phase)))
    state.resume = Phase(top.name("resume", BUSINESS, (BUSINESS, LIQUIDATION)))
    state.mortgaged_this_turn = top.wholes("mortgaged_this_turn", (), state.board.buyable, _BUYABLE_IN_WORDS)
    _read_steps(top, state)
    if "card" in top:
        state.card = _read_card(top.part("card"))
    _read_bids(top.part("bids"), state)
    seats = range(state.seats)
    if "trade" in top:
        state.trade = _read_trade(top.part("trade"), state)
        if state.phase is PROPOSAL_ACCEPTANCE:
            state.phase_seat = state.trade.destination
    state.proposals = top.whole("proposals", 1 if state.trade else 0, 0, MAX_PROPOSALS)
    state.winners = top.wholes("winners", (), seats, _seats_in_words(seats))
    state.bonuses = tuple([_read_bonus(part, seats) for part in top.parts("bonuses")])


def _read_steps(top: Part, state: State) -> None:
    """Read the steps of the roll on the table; where they lead follows from where the turn player stands."""
    steps = top.wholes("steps", (), range(MOST_STEPS + 1), f"the steps of a roll, 0 to {MOST_STEPS}")
    if steps == (JUMP,) and state.phase is CHOOSE_SQUARE:
        state.choices = state.board.jump_choices
    elif len(steps) == 1 and steps[0] > 0 and state.phase is ROLL_THE_DICES:
        state.jail_roll = steps[0]
    else:
        destination = state.board.destination[state.position[state.turn_seat]]
        state.choices = tuple([(destination[count], count) for count in steps])


def _read_bids(part: Part, state: State) -> None:
    """Read who has bid, and how much of whom that is known."""
    may_bid = bidders(state)
    seats = [str(seat) for seat in range(state.seats)]
    told = {int(key): amount for key, amount in part.numbers_or_null(seats, "seat of this game")}
    if state.phase is AUCTION:
        state.to_bid = tuple([seat for seat in may_bid if seat not in told])
    for seat, amount in told.items():
        if amount is not None or seat not in may_bid or state.phase is not AUCTION:
            state.bids[seat] = amount or 0  # one that cannot be is kept whatever it was, so that it is found


def _read_card(part: Part) -> Card:
    """Read the card that is shown: of a known type, but perhaps with a value or price that no card has any more."""
    types = {card_type.name: card_type for card_type in deck()}
    name = part.name("type", None, tuple(types))
    card = types[name].cards[0]
    value = part.whole("value", None) if takes_value(name) else part.whole_or_null("value")
    price = part.whole("price", card.price)
    part.done()
    return Card(name, value, price)


def _read_trade(part: Part, state: State) -> TradeProposal:
    seats = range(state.seats)
    squares, what = state.board.buyable, _BUYABLE_IN_WORDS
    trade = TradeProposal(
        part.whole("destination", None, 0, seats[-1]),
        part.whole("offered_money", 0),
        part.whole("asked_money", 0),
        part.wholes("offered_properties", (), squares, what),
        part.wholes("asked_properties", (), squares, what),
    )
    part.done()
    return trade


def _read_bonus(part: Part, seats: range) -> tuple[str, tuple[int, ...]]:
    categories = bonus_rules().categories
    bonus = part.name("category", None, categories), part.wholes("seats", (), seats, _seats_in_words(seats))
    part.done()
    return bonus
