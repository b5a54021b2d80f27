"""What holds at every step of any game (architecture: Engine; rules: all of them)."""

import json
from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from magnate.engine.actions import (
    ACCEPT,
    DECLINE_BAIL,
    NEXT_PHASE,
    PAY_BAIL,
    REJECT,
    SURRENDER,
    TAKE_SHOWN_CARD,
    TAKE_UNSEEN_CARD,
    THROW_DICES,
    Action,
    Bid,
    Build,
    BuySquare,
    Demolish,
    DropPurchase,
    MortgageSet,
    MortgageUnset,
    MoveTo,
    TakeTram,
    TradeProposal,
)
from magnate.engine.chance import Scripted, Seeded
from magnate.engine.errors import IllegalAction
from magnate.engine.events import (
    BANK,
    POT,
    Built,
    CardPlayed,
    Demolished,
    Event,
    GameEnded,
    Jailed,
    Jumped,
    Mortgaged,
    Paid,
    Rolled,
    Traded,
    Walked,
    Why,
)
from magnate.engine.game import apply, legal_actions, why_not
from magnate.engine.limits import bid_limits, trade_limits
from magnate.engine.phases import Phase
from magnate.engine.plain import state_from_data, state_to_data
from magnate.engine.state import FREE, State
from magnate.engine.statistics import LOST_MONEY, STATISTICS, WON_MONEY
from magnate.engine.view import view_for
from tests.engine.play import Step, acting, any_action, play, steps
from tests.engine.positions import board_data
from tests.sizes import tries

LOANS = (Why.MORTGAGE, Why.LIFTING)
"""Payments that count neither as won nor as lost."""

games = given(seed=st.integers(0, 2**32), seats=st.integers(2, 4), rounds=st.integers(1, 30))
"""A whole game of random actions: its seed, its seats, its round limit."""


def game(seed: int, seats: int, rounds: int) -> Iterator[Step]:
    return steps(seed, Seeded(seed), seats, rounds)


# Money


@games
@settings(max_examples=tries(80))
def test_money_is_conserved(seed: int, seats: int, rounds: int) -> None:
    for step in game(seed, seats, rounds):
        assert sum(step.state.balance) + step.state.pot + step.state.bank == 0


@games
@settings(max_examples=tries(80))
def test_every_account_is_the_sum_of_its_payments(seed: int, seats: int, rounds: int) -> None:
    accounts = dict.fromkeys(range(seats), 1500) | {BANK: -1500 * seats, POT: 0}
    won, lost = dict.fromkeys(accounts, 0), dict.fromkeys(accounts, 0)
    for step in game(seed, seats, rounds):
        for event in step.events:
            if isinstance(event, Paid):
                assert event.amount > 0
                assert event.payer != event.payee
                accounts[event.payer] -= event.amount
                accounts[event.payee] += event.amount
                if event.why not in LOANS:
                    lost[event.payer] += event.amount
                    won[event.payee] += event.amount
        state = step.state
        assert accounts == dict(enumerate(state.balance)) | {BANK: state.bank, POT: state.pot}
        for seat in range(seats):
            assert (state.stat(seat, WON_MONEY), state.stat(seat, LOST_MONEY)) == (won[seat], lost[seat])


@games
@settings(max_examples=tries(80))
def test_a_balance_goes_below_zero_only_by_a_forced_payment(seed: int, seats: int, rounds: int) -> None:
    for step in game(seed, seats, rounds):
        if step.before is None:
            continue
        for seat in range(seats):
            if step.state.balance[seat] < min(step.before.balance[seat], 0):
                taken = {event.why.value for event in step.events if isinstance(event, Paid) and event.payer == seat}
                assert taken & {"rent", "bail", "card"}


@games
@settings(max_examples=tries(40))
def test_every_statistic_is_what_the_events_tell(seed: int, seats: int, rounds: int) -> None:
    counts: Counter[tuple[int, str]] = Counter()
    mortgaged = set[int]()
    for step in game(seed, seats, rounds):
        if step.before is not None and step.before.turn < step.state.turn:
            mortgaged.clear()
        for event in step.events:
            if isinstance(event, Mortgaged) and event.square not in mortgaged:
                mortgaged.add(event.square)
                counts[event.seat, "num_mortgages"] += 1
            for seat, name, amount in counted(event):
                counts[seat, name] += amount
        for seat in range(seats):
            for which, name in enumerate(STATISTICS):
                assert step.state.stat(seat, which) == counts[seat, name]


def counted(event: Event) -> list[tuple[int, str, int]]:
    """Return the (seat, statistic, amount) that an event adds."""
    match event:
        case Walked(seat, path):
            return [(seat, "walked_squares", len(path) - 1)]
        case Paid(payer, payee, amount, why):
            rent = [(payer, "num_paid_rents", 1)] if why is Why.RENT else []
            counted = 0 if why in LOANS else amount
            return [(payer, "lost_money", counted), (payee, "won_money", counted), *rent]
        case CardPlayed(seat):
            return [(seat, "num_fantasy_events", 1)]
        case Built(seat, _, houses):
            return [(seat, "built_houses", houses)]
        case Demolished(seat, _, houses):
            return [(seat, "demolished_houses", houses)]
        case Jailed(seat):
            return [(seat, "times_in_jail", 1)]
        case Rolled(seat, dice1, dice2, dice_bus):
            return [(seat, "turns_in_jail", 1)] if dice_bus == 0 and dice1 != dice2 else []
        case Traded(seat, destination, accepted):
            return [(who, "num_trades", int(accepted)) for who in (seat, destination)]
    return []


# Going on


@games
@settings(max_examples=tries(80))
def test_somebody_can_always_act_and_others_can_only_leave(seed: int, seats: int, rounds: int) -> None:
    for step in game(seed, seats, rounds):
        state = step.state
        for seat in range(seats):
            actions = legal_actions(state, seat)
            if state.phase is Phase.END_GAME or not state.alive[seat]:
                assert actions == []
            elif state.phase is Phase.AUCTION:
                assert (len(actions) > 1) == (seat in state.to_bid)
            elif seat != state.phase_seat:
                assert actions == [SURRENDER]
            elif state.phase is not Phase.LIQUIDATION:
                assert len(actions) > 1
            assert state.phase is Phase.END_GAME or not state.alive[seat] or actions[-1] == SURRENDER
        if state.phase is Phase.AUCTION:
            assert any(len(legal_actions(state, seat)) > 1 for seat in range(seats))


@games
@settings(max_examples=tries(80))
def test_a_game_with_a_round_limit_ends(seed: int, seats: int, rounds: int) -> None:
    state, done = play(seed, Seeded(seed), seats, rounds)
    assert state.phase is Phase.END_GAME
    assert state.round == rounds + 1 or sum(state.alive) == 1
    assert set(state.winners) <= {seat for seat, alive in enumerate(state.alive) if alive} != set()
    assert state.winners
    assert len(done) >= 1


# What is legal


def universe() -> tuple[Action, ...]:
    """Return every action of the kinds that are finite in number, and some that no board knows."""
    squares = [entry["id"] for entry in board_data()["squares"]] + [-1, 40, 114, 202, 256, 10**9]
    actions: list[Action] = [THROW_DICES, PAY_BAIL, DECLINE_BAIL, TAKE_SHOWN_CARD, TAKE_UNSEEN_CARD, ACCEPT, REJECT]
    actions += [NEXT_PHASE, SURRENDER]
    for square in squares:
        actions += [MoveTo(square), BuySquare(square), DropPurchase(square), TakeTram(square)]
        actions += [MortgageSet(square), MortgageUnset(square)]
        for houses in range(7):
            actions += [Build(square, houses), Demolish(square, houses)]
    return tuple(actions)


UNIVERSE = universe()


@given(seed=st.integers(0, 2**32), seats=st.integers(2, 4), every=st.integers(11, 29))
@settings(max_examples=tries(40))
def test_what_is_listed_is_exactly_what_is_not_refused(seed: int, seats: int, every: int) -> None:
    for number, step in enumerate(game(seed, seats, 30)):
        if number % every:
            continue
        for seat in range(-1, seats + 1):
            listed = legal_actions(step.state, seat)
            assert len(set(listed)) == len(listed)
            finite = {action for action in listed if not isinstance(action, Bid | TradeProposal)}
            assert finite == {action for action in UNIVERSE if why_not(step.state, seat, action) is None}
            assert all(why_not(step.state, seat, action) is None for action in listed)


@given(seed=st.integers(0, 2**32), seats=st.integers(2, 4), every=st.integers(11, 29), salt=st.integers(0, 9))
@settings(max_examples=tries(15))
def test_what_is_listed_is_applied_and_what_is_refused_changes_nothing(
    seed: int, seats: int, every: int, salt: int
) -> None:
    for number, step in enumerate(game(seed, seats, 30)):
        if number % every:
            continue
        for seat in range(seats):
            for action in legal_actions(step.state, seat):
                copy = step.state.copy()
                apply(copy, seat, action, Seeded(salt))
                assert copy != step.state
            copy = step.state.copy()
            for action in UNIVERSE[salt::10]:
                reason = why_not(step.state, seat, action)
                if reason is not None:
                    with pytest.raises(IllegalAction) as caught:
                        apply(copy, seat, action, Scripted())
                    assert caught.value.reason is reason
            assert copy == step.state


@games
@settings(max_examples=tries(40))
def test_bids_are_judged_by_their_limits_exactly(seed: int, seats: int, rounds: int) -> None:
    for step in game(seed, seats, rounds):
        for seat in range(seats):
            limits = bid_limits(step.state, seat)
            if limits is None:
                assert why_not(step.state, seat, Bid(0)) is not None
                assert not any(isinstance(action, Bid) for action in legal_actions(step.state, seat))
                continue
            amounts = {limits.least - 1, limits.least, limits.most // 2, limits.most, limits.most + 1}
            for amount in amounts:
                allowed = limits.least <= amount <= limits.most
                assert (why_not(step.state, seat, Bid(amount)) is None) == allowed


@games
@settings(max_examples=tries(40))
def test_trades_are_judged_by_their_limits_exactly(seed: int, seats: int, rounds: int) -> None:
    for step in game(seed, seats, rounds):
        state = step.state
        for seat in range(seats):
            limits = trade_limits(state, seat)
            if limits is None:
                assert why_not(state, seat, TradeProposal((seat + 1) % seats, asked_money=1)) is not None
                continue
            partners = [side.seat for side in limits.others]
            assert partners == [other for other in range(seats) if state.alive[other] and other != seat]
            for side in limits.others:
                assert_limits(state, seat, side.seat, limits.mine.squares, side.squares)


def assert_limits(state: State, seat: int, other: int, mine: tuple[int, ...], theirs: tuple[int, ...]) -> None:
    """See to it that the sums and the squares within the limits, and no others, can be traded with `other`."""
    balance, owed = state.balance[seat], state.balance[other]
    pay, cost = max(balance, 0), max(owed, 0)

    def fits(offered: int, asked: int) -> bool:
        proposal = TradeProposal(other, offered, asked)
        return why_not(state, seat, proposal) is None

    sums = (
        (pay, 0),
        (pay + 1, 0),
        (0, cost),
        (0, cost + 1),
        (pay, cost),
        (pay + 1, cost),
        (pay, cost + 1),
        (1, 0),
        (0, 1),
    )
    for offered, asked in (*sums, (10**13, 10**13)):
        within = offered + asked > 0 and offered <= pay and asked <= cost
        assert fits(offered, asked) == (within and (balance >= 0 or asked > 0) and (owed >= 0 or offered > 0))
    money = (int(owed < 0), int(balance < 0))  # who owes must get something
    if money[0] > pay or money[1] > cost:
        return
    for square in state.board.buyable:
        gives = TradeProposal(other, *money, offered_properties=(square,))
        takes = TradeProposal(other, *money, asked_properties=(square,))
        assert (why_not(state, seat, gives) is None) == (square in mine)
        assert (why_not(state, seat, takes) is None) == (square in theirs)


# Tables, copies and views


@games
@settings(max_examples=tries(80))
def test_what_is_derived_equals_a_recount(seed: int, seats: int, rounds: int) -> None:
    for step in game(seed, seats, rounds):
        state = step.state
        for seat in range(seats):
            assert state.owned[seat] == [s for s in range(state.board.span) if state.owner[s] == seat]
        for group, members in enumerate(state.board.members):
            if members:
                owners = {state.owner[member] for member in members}
                assert state.group_owner[group] == (owners.pop() if len(owners) == 1 else FREE)
                assert state.group_levels[group] == sum(state.level[member] for member in members)
                assert state.group_mortgages[group] == sum(state.mortgaged[member] for member in members)


@games
@settings(max_examples=tries(80))
def test_levels_and_mortgages_stand_only_where_they_may(seed: int, seats: int, rounds: int) -> None:
    for step in game(seed, seats, rounds):
        state = step.state
        for group, members in enumerate(state.board.members):
            levels = [state.level[member] for member in members]
            if any(levels):
                assert 1 <= group <= 12
                assert state.group_owner[group] != FREE
                assert state.group_mortgages[group] == 0
                assert max(levels) <= 5
                assert max(levels) - min(levels) <= 1
        for square in range(state.board.span):
            assert not state.mortgaged[square] or state.owner[square] != FREE


@games
@settings(max_examples=tries(40))
def test_copies_are_independent_equal_and_hash_alike(seed: int, seats: int, rounds: int) -> None:
    for step in game(seed, seats, rounds):
        state = step.state
        if step.action is not None:
            assert step.before is not None
            assert step.before != state
        copy = state.copy()
        assert copy == state
        assert hash(copy) == hash(state)
        for seat in range(seats):
            if actions := legal_actions(copy, seat):
                apply(copy, seat, actions[0], Seeded(1))
                assert copy != state
                break
        assert sum(state.balance) + state.pot + state.bank == 0


@games
@settings(max_examples=tries(40))
def test_a_view_hides_others_bids_and_nothing_else(seed: int, seats: int, rounds: int) -> None:
    for step in game(seed, seats, rounds):
        state = step.state
        for viewer in range(-1, seats):
            view = view_for(state, viewer)
            assert view.bids == {seat: amount for seat, amount in state.bids.items() if seat == viewer}
            assert legal_actions(view, viewer) == legal_actions(state, viewer)
            assert bid_limits(view, viewer) == bid_limits(state, viewer)
            assert trade_limits(view, viewer) == trade_limits(state, viewer)
            view.bids = state.bids.copy()
            assert view == state


@given(seed=st.integers(0, 2**32), seats=st.integers(2, 4), every=st.integers(5, 29))
@settings(max_examples=tries(25))
def test_a_game_goes_on_in_a_view_as_it_would_with_passes_for_the_hidden_bids(
    seed: int, seats: int, every: int
) -> None:
    for number, step in enumerate(game(seed, seats, 12)):
        if step.state.phase is not Phase.AUCTION and number % every:
            continue
        for viewer in range(-1, seats):
            view, assumed = view_for(step.state, viewer), step.state.copy()
            assumed.bids = {seat: bid if seat == viewer else 0 for seat, bid in assumed.bids.items()}
            goes_on_alike(view, assumed, seed)


def goes_on_alike(view: State, assumed: State, seed: int) -> None:
    """Play both on with the same actions and the same chance; in each auction until it closes."""
    chances, pick = (Seeded(seed), Seeded(seed)), Random(seed)
    for _ in range(12):
        if view.phase is Phase.END_GAME:
            break
        seat = acting(view)
        action = any_action(view, seat, pick.random)
        assert apply(view, seat, action, chances[0]) == apply(assumed, seat, action, chances[1])
        assert (view.phase is Phase.AUCTION) == bool(view.to_bid)
        assert sum(view.balance) + view.pot + view.bank == 0
        if view.phase is not Phase.AUCTION:
            assert view == assumed


@games
@settings(max_examples=tries(25))
def test_every_view_of_an_auction_comes_back_from_plain_data(seed: int, seats: int, rounds: int) -> None:
    for step in game(seed, seats, rounds):
        if step.state.phase is Phase.AUCTION:
            for viewer in range(-1, seats):
                view = view_for(step.state, viewer)
                assert state_from_data(json.loads(json.dumps(state_to_data(view)))) == view


# Determinism and events


@games
@settings(max_examples=tries(40))
def test_the_same_seed_gives_the_same_game(seed: int, seats: int, rounds: int) -> None:
    assert play(seed, Seeded(seed), seats, rounds) == play(seed, Seeded(seed), seats, rounds)


@games
@settings(max_examples=tries(80))
def test_the_events_tell_every_move_and_paths_follow_the_board(seed: int, seats: int, rounds: int) -> None:
    position = [0] * seats
    for step in game(seed, seats, rounds):
        for event in step.events:
            move(step.state, position, event)
        assert position == step.state.position


def move(state: State, position: list[int], event: Event) -> None:
    board = state.board
    if isinstance(event, Walked):
        assert event.path[0] == position[event.seat]
        successor = board.next_even if len(event.path) % 2 else board.next_odd
        for square, following in zip(event.path, event.path[1:], strict=False):
            assert following == successor[square]
        position[event.seat] = event.path[-1]
    elif isinstance(event, Jumped):
        assert event.start == position[event.seat]
        position[event.seat] = event.square
    elif isinstance(event, Jailed):
        assert event.start == position[event.seat]
        position[event.seat] = board.jail


@games
@settings(max_examples=tries(80))
def test_the_end_is_told_once_and_ranks_by_net_worth(seed: int, seats: int, rounds: int) -> None:
    ends = []
    for step in game(seed, seats, rounds):
        ends += [event for event in step.events if isinstance(event, GameEnded)]
        assert bool(ends) == (step.state.phase is Phase.END_GAME) == bool(step.state.winners)
    (end,) = ends
    state = step.state
    alive = [seat for seat in range(seats) if state.alive[seat]]
    best = max(end.worth[seat] for seat in alive)
    assert end.winners == state.winners == tuple(seat for seat in alive if end.worth[seat] == best)
    assert all(end.worth[seat] == 0 for seat in range(seats) if not state.alive[seat])


@given(seed=st.integers(0, 2**32), humans=st.sets(st.integers(0, 3), min_size=1))
@settings(max_examples=tries(40))
def test_a_game_with_humans_never_goes_on_without_one(seed: int, humans: set[int]) -> None:
    for step in steps(seed, Seeded(seed), 4, 10, tuple(sorted(humans))):
        state = step.state
        assert any(state.alive[seat] for seat in humans) or state.phase is Phase.END_GAME
