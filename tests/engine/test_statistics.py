"""Rules: Statistics kept for each player."""

from magnate.engine.actions import (
    ACCEPT,
    NEXT_PHASE,
    SURRENDER,
    TAKE_UNSEEN_CARD,
    THROW_DICES,
    Build,
    BuySquare,
    Demolish,
    MortgageSet,
    MortgageUnset,
    MoveTo,
    TradeProposal,
)
from magnate.engine.phases import Phase
from magnate.engine.statistics import COUNT, STATISTICS
from tests.engine.positions import BROWN, deciding, do, in_jail, place, stat, the_card, to_roll


def test_eleven_numbers_are_kept_for_each_player() -> None:
    assert STATISTICS == (
        "walked_squares",
        "won_money",
        "lost_money",
        "num_fantasy_events",
        "built_houses",
        "demolished_houses",
        "times_in_jail",
        "turns_in_jail",
        "num_paid_rents",
        "num_trades",
        "num_mortgages",
    )
    assert len(place(4).stats) == 4 * COUNT == 44


def test_walked_squares() -> None:
    state = to_roll()
    do(state, THROW_DICES, dice=[2, 3, 1])
    assert [stat(state, seat, "walked_squares") for seat in (0, 1)] == [6, 0]


def test_a_jump_of_a_triple_walks_0_squares() -> None:
    state = to_roll()
    do(state, THROW_DICES, dice=[1, 1, 1])
    do(state, MoveTo(39))
    assert stat(state, 0, "walked_squares") == 0


def test_a_move_by_a_card_walks_0_squares() -> None:
    state = place(phase=Phase.CHOOSE_FANTASY, at={0: 2}, card=the_card("goToJail"))
    do(state, TAKE_UNSEEN_CARD, cards=[("goToStart", None)])
    assert stat(state, 0, "walked_squares") == 0


def test_every_change_of_balance_counts_in_won_or_lost() -> None:
    state = place(phase=Phase.ROLL_THE_DICES, at={0: 36}, owned={1: [6]})
    do(state, THROW_DICES, dice=[4, 5, 1])
    assert [stat(state, 0, name) for name in ("won_money", "lost_money")] == [200, 6]
    assert [stat(state, 1, name) for name in ("won_money", "lost_money")] == [6, 0]


def test_money_of_a_choice_counts_in_won_or_lost_too() -> None:
    state = deciding(1)
    do(state, BuySquare(1))
    assert [stat(state, 0, name) for name in ("won_money", "lost_money")] == [0, 60]


def test_a_mortgage_is_a_loan_and_counts_neither_as_won_nor_as_lost() -> None:
    state = place(owned={0: [1]})
    do(state, MortgageSet(1))
    do(state, MortgageUnset(1))
    assert state.balance == [1500, 1500]
    assert [stat(state, 0, name) for name in ("won_money", "lost_money")] == [0, 0]


def test_a_trade_counts_by_its_net() -> None:
    state = place()
    do(state, TradeProposal(1, offered_money=70, asked_money=30))
    do(state, ACCEPT)
    assert [stat(state, 0, name) for name in ("won_money", "lost_money")] == [0, 40]
    assert [stat(state, 1, name) for name in ("won_money", "lost_money")] == [40, 0]


def test_a_square_counts_in_num_mortgages_once_a_turn() -> None:
    state = place(owned={0: [1, 6]})
    for action in (MortgageSet(1), MortgageUnset(1), MortgageSet(1), MortgageSet(6)):
        do(state, action)
    assert (stat(state, 0, "num_mortgages"), state.mortgaged_this_turn) == (2, (1, 6))
    do(state, NEXT_PHASE)
    assert state.mortgaged_this_turn == ()
    state.turn_seat = state.phase_seat = 0
    state.phase = Phase.BUSINESS
    for action in (MortgageUnset(1), MortgageSet(1)):
        do(state, action)
    assert stat(state, 0, "num_mortgages") == 3


def test_num_fantasy_events() -> None:
    for name in ("earthquake", "goToStart"):
        state = place(phase=Phase.CHOOSE_FANTASY, at={0: 2}, card=the_card("goToJail"))
        do(state, TAKE_UNSEEN_CARD, cards=[(name, None)])
        assert [stat(state, seat, "num_fantasy_events") for seat in (0, 1)] == [1, 0]


def test_built_houses_and_demolished_houses() -> None:
    state = place(owned={0: BROWN})
    do(state, Build(1))
    do(state, Build(3, 2))
    do(state, Demolish(3))
    assert [stat(state, 0, name) for name in ("built_houses", "demolished_houses")] == [3, 1]


def test_times_in_jail() -> None:
    state = to_roll(at=16)
    do(state, THROW_DICES, dice=[1, 2, 1])
    assert stat(state, 0, "times_in_jail") == 1


def test_turns_in_jail() -> None:
    state = in_jail()
    do(state, THROW_DICES, dice=[1, 2])
    assert stat(state, 0, "turns_in_jail") == 1


def test_num_paid_rents() -> None:
    state = place(phase=Phase.ROLL_THE_DICES, owned={1: [6]})
    do(state, THROW_DICES, dice=[2, 3, 1])
    assert [stat(state, seat, "num_paid_rents") for seat in (0, 1)] == [1, 0]


def test_no_rent_is_counted_where_none_is_paid() -> None:
    for owner, mortgaged in ((0, []), (1, [6])):
        state = place(phase=Phase.ROLL_THE_DICES, owned={owner: [6]}, mortgaged=mortgaged)
        do(state, THROW_DICES, dice=[2, 3, 1])
        assert stat(state, 0, "num_paid_rents") == 0


def test_num_trades() -> None:
    state = place()
    do(state, TradeProposal(1, offered_money=1))
    do(state, ACCEPT)
    assert [stat(state, seat, "num_trades") for seat in (0, 1)] == [1, 1]


def test_num_mortgages() -> None:
    state = place(owned={0: BROWN})
    do(state, MortgageSet(1))
    do(state, MortgageSet(3))
    assert stat(state, 0, "num_mortgages") == 2


def test_statistics_stay_when_the_turn_ends_and_a_player_leaves() -> None:
    state = place(3, owned={0: BROWN})
    do(state, MortgageSet(1))
    do(state, NEXT_PHASE)
    do(state, SURRENDER, 0)
    assert stat(state, 0, "num_mortgages") == 1
