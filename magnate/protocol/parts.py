"""The parts that responses and snapshots are made of, from the engine's state: seats become user ids."""

from collections.abc import Sequence

from msgspec import UNSET

from magnate.engine.cards import Card
from magnate.engine.events import AuctionClosed, CardPlayed, Departure
from magnate.engine.rules.dice import bail_destination
from magnate.engine.rules.purchase import has_bid
from magnate.engine.state import FREE, State
from magnate.engine.statistics import COUNT, bonus_rules
from magnate.protocol.responses import Auction, Bonus, FantasyEvent, FantasyResult, PropertyRelationship
from magnate.protocol.seating import Seating
from magnate.protocol.strings import BONUS_NAMES

NO_WINNER = 0
"""Stands for a user id where nobody won an auction."""


def property_relationships(state: State, seating: Seating) -> tuple[PropertyRelationship, ...]:
    """Return every square that is owned, in the order of square ids."""
    group, group_owner, level, mortgaged = state.board.group, state.group_owner, state.level, state.mortgaged
    return tuple(
        [
            PropertyRelationship(
                seating.users[owner],
                square,
                level[square] or (0 if group_owner[group[square]] == owner else -1),
                mortgaged[square] == 1,
            )
            for square, owner in enumerate(state.owner)
            if owner != FREE
        ]
    )


def jail_turns(state: State, seating: Seating) -> dict[int, int]:
    """Return the jail turns left of those in jail."""
    return {seating.users[seat]: turns for seat, turns in enumerate(state.jail_turns) if turns}


def statistics(state: State, seating: Seating) -> dict[int, tuple[int, ...]]:
    """Return what is counted for each player, in the order of `STATISTICS`."""
    stats = state.stats
    return {user: tuple(stats[seat * COUNT : seat * COUNT + COUNT]) for seat, user in enumerate(seating.users)}


def departures(state: State, seating: Seating) -> dict[int, Departure]:
    """Return why each of those who are out left."""
    return {seating.users[seat]: why for seat, why in zip(state.eliminated, state.departures, strict=True)}


def strikes_by_user(strikes: Sequence[int], seating: Seating) -> dict[int, int]:
    """Return how many time limits in a row each user has let pass; nobody who has let none pass."""
    return {seating.users[seat]: count for seat, count in enumerate(strikes) if count}


def destinations(state: State) -> dict[int, int]:
    """Return the steps to each square that may be chosen, or that the roll on the table in jail leads to."""
    bail = bail_destination(state)
    return dict(state.choices) if bail is None else {bail: state.jail_roll}


def fantasy_event(card: Card | None) -> FantasyEvent | None:
    """Return a card, if there is one."""
    return None if card is None else FantasyEvent(card.type, card.value, card.price)


def fantasy_result(played: CardPlayed, seating: Seating) -> FantasyResult:
    """Return a card that was played, and how it fell: null for cards that say it all, or that found no target."""
    card = played.card
    result: dict[str, bool | int | tuple[int, ...]] | None = None
    if played.doubled is not None:
        result = {"doubled": played.doubled}
    elif played.target is not None:
        result = {"target_player": seating.users[played.target]}
    elif played.squares:
        result = {"squares": played.squares} if card.type == "earthquake" else {"square": played.squares[0]}
    return FantasyResult(FantasyEvent(card.type, card.value, card.price), result)


def open_auction(state: State, seating: Seating, viewer: int) -> Auction:
    """Return the auction that runs, with no bid but that of the seat `viewer` (-1: none)."""
    square = state.position[state.turn_seat]
    return Auction(
        id=_auction_id(state.turn, square),
        square=square,
        winner=NO_WINNER,
        final_amount=0,
        is_active=True,
        is_tie=False,
        bids={seating.users[seat]: amount for seat, amount in state.bids.items() if seat == viewer},
        has_bid=seating.users_at(has_bid(state)),
    )


def closed_auction(event: AuctionClosed, state: State, seating: Seating) -> Auction:
    """Return the auction that an action closed, with every bid.

    Who dropped the purchase calls an auction off by leaving: the bids are void, and the turn has gone on by one.
    """
    bids = event.bids or [(seat, 0) for seat, alive in enumerate(state.alive) if alive]
    return Auction(
        id=_auction_id(state.turn - event.called_off, event.square),
        square=event.square,
        winner=NO_WINNER if event.winner < 0 else seating.users[event.winner],
        final_amount=event.amount,
        is_active=False,
        is_tie=event.tie,
        bids={seating.users[seat]: amount for seat, amount in bids},
        has_bid=UNSET,
    )


def _auction_id(turn: int, square: int) -> int:
    """Return a number that tells the auctions of a game apart, and stays the same while the auction runs."""
    return turn * 1000 + square


def bonuses(state: State, seating: Seating) -> dict[str, Bonus]:
    """Return the bonuses drawn at the end of the game, by category."""
    amount = bonus_rules().amount
    return {
        category: Bonus(BONUS_NAMES[category], amount, seating.users_at(seats)) for category, seats in state.bonuses
    }
