"""Which response an action leads to, and what is in it (protocol: Responses)."""

import pytest

from magnate.engine import actions as engine
from magnate.engine.chance import Chance
from magnate.engine.phases import Phase
from magnate.engine.rules.holdings import give, set_level, set_mortgaged
from magnate.engine.state import State
from magnate.protocol.responses import (
    Auction,
    Bonus,
    FantasyEvent,
    FantasyResult,
    PropertyRelationship,
    Response,
    ResponseAuction,
    ResponseBonus,
    ResponseChooseFantasy,
    ResponseChooseSquare,
    ResponseMessage,
    ResponseSkipPhase,
    ResponseThrowDices,
)
from tests.protocol.games import DEADLINE, respond, scripted


def roll(*dice: int, seats: int = 2) -> tuple[State, Chance, ResponseThrowDices]:
    """Roll with seat 0 from exit."""
    state, chance = scripted(seats, dice=dice, cards=[("winPlainMoney", 60)])
    made = respond(state, chance, 0, engine.THROW_DICES)
    assert isinstance(made, ResponseThrowDices)
    return state, chance, made


def jailed(*dice: int, turns: int = 3) -> tuple[State, Chance]:
    """Return a game in which seat 0 sits in jail."""
    state, chance = scripted(dice=dice)
    state.position[0], state.jail_turns[0] = state.board.jail, turns
    return state, chance


def test_all_responses_tell_the_state_after_the_action() -> None:
    _, _, made = roll(1, 2, 3)
    assert made.money == {7: 1500, 9: 1500}
    assert made.positions == {7: 6, 9: 0}
    assert (made.active_phase_player, made.active_turn_player, made.phase) == (7, 7, Phase.MANAGEMENT)
    assert (made.parking_money, made.jail_remaining_turns) == (0, {})
    assert (made.current_turn, made.current_round, made.seq, made.deadline) == (1, 1, 1, DEADLINE)


def test_a_roll_without_a_choice_moves_at_once() -> None:
    _, _, made = roll(1, 2, 3)
    assert (made.dice1, made.dice2, made.dice_bus, made.triple, made.streak) == (1, 2, 3, False, 0)
    assert (made.destinations, made.path) == ((6,), (0, 1, 2, 3, 4, 5, 6))
    assert made.fantasy_event is None
    assert not made.property_relationships


def test_a_roll_with_a_choice_has_just_the_start_as_path() -> None:
    _, _, made = roll(1, 2, 5)
    assert (made.destinations, made.path) == ((1, 2, 3), (0,))
    assert made.possible_destinations == {1: 1, 2: 2, 3: 3}


def test_a_roll_onto_a_card_shows_it() -> None:
    _, _, made = roll(2, 3, 2)
    assert made.fantasy_event == FantasyEvent("winPlainMoney", 60, 130)


def test_a_triple_may_go_anywhere_but_to_jail() -> None:
    state, chance, made = roll(2, 2, 2)
    assert made.triple
    assert (len(made.destinations), made.path) == (54, (0,))
    assert 201 not in made.destinations
    moved = respond(state, chance, 0, engine.MoveTo(39))
    assert isinstance(moved, ResponseChooseSquare)
    assert moved.path == (0, 39)


def test_a_double_grows_the_streak_and_the_third_goes_to_jail_without_moving() -> None:
    state, chance, made = roll(1, 1, 3, 1, 1, 3)
    assert made.streak == 1
    state.streak, state.phase = 2, Phase.ROLL_THE_DICES
    third = respond(state, chance, 0, engine.THROW_DICES)
    assert isinstance(third, ResponseThrowDices)
    assert (third.path, third.destinations, third.streak) == ((5,), (), 0)
    assert (third.positions[7], third.jail_remaining_turns) == (201, {7: 3})


def test_a_roll_in_jail_leaves_the_bus_die_out_and_waits_for_the_bail() -> None:
    state, chance = jailed(1, 2)
    made = respond(state, chance, 0, engine.THROW_DICES)
    assert isinstance(made, ResponseThrowDices)
    assert (made.dice_bus, made.path, made.phase) == (0, (201,), Phase.ROLL_THE_DICES)
    assert made.possible_destinations == {state.board.destination[201][3]: 3} == {106: 3}
    assert made.jail_remaining_turns == {7: 2}


def test_a_bail_paid_after_a_roll_is_a_chosen_square() -> None:
    state, chance = jailed(1, 2)
    respond(state, chance, 0, engine.THROW_DICES)
    made = respond(state, chance, 0, engine.PAY_BAIL)
    assert isinstance(made, ResponseChooseSquare)
    assert made.path == state.board.paths[201][3]
    assert made.parking_money == 40


def test_a_bail_declined_after_a_roll_is_a_chosen_square_too() -> None:
    state, chance = jailed(1, 2)
    respond(state, chance, 0, engine.THROW_DICES)
    made = respond(state, chance, 0, engine.DECLINE_BAIL)
    assert isinstance(made, ResponseChooseSquare)
    assert (made.path, made.phase, made.positions[7]) == ((201,), Phase.BUSINESS, 201)


def test_a_bail_paid_before_the_roll_is_a_plain_response() -> None:
    state, chance = jailed()
    made = respond(state, chance, 0, engine.PAY_BAIL)
    assert type(made) is Response
    assert (made.parking_money, made.jail_remaining_turns) == (40, {})


def test_a_chosen_square_has_the_path_and_the_card() -> None:
    state, chance, _ = roll(1, 2, 5)
    made = respond(state, chance, 0, engine.MoveTo(2))
    assert isinstance(made, ResponseChooseSquare)
    assert (made.path, made.fantasy_event) == ((0, 1, 2), FantasyEvent("winPlainMoney", 60, 130))
    assert not made.possible_destinations


def play_card(
    name: str,
    value: int | None,
    *,
    seats: int = 2,
    coins: tuple[bool, ...] = (),
    choices: tuple[int, ...] = (),
    squares: tuple[int, ...] = (),
    built: tuple[int, ...] = (),
    mortgaged: tuple[int, ...] = (),
) -> tuple[FantasyResult, ResponseChooseFantasy]:
    """Take an unseen card with seat 0, who owns the streets 6, 8 and 9 and what is built and mortgaged."""
    state, chance = scripted(
        seats,
        dice=[1, 2, 4],
        cards=[("winPlainMoney", 60), (name, value)],
        coins=coins,
        choices=choices,
        squares=squares,
    )
    for square in (6, 8, 9):
        give(state, square, 0)
    for square in built:
        set_level(state, square, 1)
    for square in mortgaged:
        set_mortgaged(state, square, 1)
    respond(state, chance, 0, engine.THROW_DICES)
    respond(state, chance, 0, engine.MoveTo(2))
    made = respond(state, chance, 0, engine.TAKE_UNSEEN_CARD)
    assert isinstance(made, ResponseChooseFantasy)
    return made.fantasy_result, made


def test_a_card_is_told_with_its_price_and_what_it_did() -> None:
    result, made = play_card("losePlainMoney", 40)
    assert result == FantasyResult(FantasyEvent("losePlainMoney", 40, 80), None)
    assert (made.money[7], made.parking_money) == (1460, 40)


@pytest.mark.parametrize("doubled", [True, False])
def test_double_or_nothing_tells_the_coin(doubled: bool) -> None:
    result, _ = play_card("doubleOrNothing", None, coins=(doubled,))
    assert result.result == {"doubled": doubled}


@pytest.mark.parametrize("name", ["sendToJail", "moveOpponentAnywhereRandom"])
def test_cards_that_strike_an_opponent_tell_its_user_id(name: str) -> None:
    result, _ = play_card(name, None, seats=3, choices=(2,))
    assert result.result == {"target_player": 12}


def test_cards_that_change_a_square_tell_which() -> None:
    result, made = play_card("freeHouse", None, squares=(8,))
    assert result.result == {"square": 8}
    assert PropertyRelationship(7, 8, 1, False) in (made.property_relationships or ())
    result, _ = play_card("reviveProperty", None, mortgaged=(9,))
    assert result.result == {"square": 9}


def test_an_earthquake_tells_all_the_squares() -> None:
    result, made = play_card("earthquake", None, built=(6, 9))
    assert result.result == {"squares": (6, 9)}
    assert PropertyRelationship(7, 6, 0, False) in (made.property_relationships or ())


@pytest.mark.parametrize("name", ["earthquake", "breakOwnHouse", "breakOpponentHouse", "reviveProperty"])
def test_a_card_with_no_target_has_a_null_result(name: str) -> None:
    result, made = play_card(name, None)
    assert result.result is None
    assert not made.property_relationships


def auction(seats: int = 3) -> tuple[State, Chance]:
    """Return a game in which seat 0 dropped square 6."""
    state, chance, _ = roll(1, 2, 3, seats=seats)
    assert type(respond(state, chance, 0, engine.DropPurchase(6))) is Response
    return state, chance


def closed(made: ResponseMessage) -> Auction:
    assert isinstance(made, ResponseAuction)
    return made.auction


def test_the_last_bid_closes_the_auction_and_opens_all_bids() -> None:
    state, chance = auction()
    first = respond(state, chance, 2, engine.Bid(50))
    assert type(first) is Response
    assert not first.property_relationships
    made = respond(state, chance, 1, engine.Bid(80))
    assert closed(made) == Auction(1006, 6, 9, 80, False, False, {9: 80, 12: 50})
    assert made.property_relationships == (PropertyRelationship(9, 6, -1, False),)


def test_a_tie_has_no_winner() -> None:
    state, chance = auction()
    respond(state, chance, 2, engine.Bid(50))
    assert closed(respond(state, chance, 1, engine.Bid(50))) == Auction(1006, 6, 0, 0, False, True, {9: 50, 12: 50})


def test_every_player_who_could_bid_is_listed_with_0_for_a_pass() -> None:
    state, chance = auction()
    respond(state, chance, 2, engine.Bid(0))
    made = respond(state, chance, 1, engine.Bid(0), timed_out=True)
    assert closed(made) == Auction(1006, 6, 0, 0, False, False, {9: 0, 12: 0})


def test_a_surrender_that_leaves_all_bids_in_closes_the_auction() -> None:
    state, chance = auction(4)
    respond(state, chance, 2, engine.Bid(50))
    respond(state, chance, 3, engine.Bid(20))
    assert closed(respond(state, chance, 1, engine.SURRENDER)).bids == {12: 50, 300: 20}


def test_an_auction_that_is_called_off_closes_with_the_same_id() -> None:
    state, chance = auction()
    respond(state, chance, 1, engine.Bid(70))
    made = respond(state, chance, 0, engine.SURRENDER)
    assert closed(made) == Auction(1006, 6, 0, 0, False, False, {9: 0, 12: 0})
    assert (made.current_turn, made.eliminated) == (2, (7,))


def test_the_action_that_ends_the_game_is_a_bonus_whatever_else_it_did() -> None:
    state, chance = auction(2)
    made = respond(state, chance, 1, engine.SURRENDER)
    assert isinstance(made, ResponseBonus)
    assert made.bonuses == {"walked_squares": Bonus("Casillas recorridas", 200, (7,))}
    assert made.final_money == {"alice": 1700, "bob": 0}
    assert (made.winners, made.phase) == ((7,), Phase.END_GAME)


def test_a_time_limit_that_moves_nobody_is_a_skipped_phase() -> None:
    state, chance, _ = roll(1, 2, 3)
    dropped = respond(state, chance, 0, engine.DropPurchase(6), timed_out=True)
    assert type(dropped) is ResponseSkipPhase


def test_a_time_limit_that_rolls_is_a_roll() -> None:
    state, chance = scripted(dice=[1, 2, 3])
    assert isinstance(respond(state, chance, 0, engine.THROW_DICES, timed_out=True), ResponseThrowDices)


def business(*own: int) -> tuple[State, Chance]:
    """Return a game in which seat 0 owns some squares and does business."""
    state, chance = scripted(3)
    state.phase = Phase.BUSINESS
    for square in own:
        give(state, square, 0)
    return state, chance


@pytest.mark.parametrize(
    ("action", "relationships"),
    [
        (engine.Build(1), {(7, 1, 1, False), (7, 3, 0, False)}),
        (engine.MortgageSet(3), {(7, 1, 0, False), (7, 3, 0, True)}),
        (engine.SURRENDER, set()),
    ],
)
def test_property_relationships_are_all_of_them_when_any_changed(
    action: engine.Action, relationships: set[tuple[int, int, int, bool]]
) -> None:
    state, chance = business(1, 3)
    made = respond(state, chance, 0, action)
    assert type(made) is Response
    assert isinstance(made.property_relationships, tuple)
    shown = {(each.owner, each.square, each.houses, each.mortgage) for each in made.property_relationships}
    assert shown == relationships


def test_an_accepted_trade_changes_owners_and_a_rejected_one_does_not() -> None:
    for accept in (True, False):
        state, chance = business(1, 3)
        proposed = respond(state, chance, 0, engine.TradeProposal(1, 0, 10, (1,), ()))
        assert (proposed.proposals, proposed.active_phase_player) == (1, 9)
        assert not proposed.property_relationships
        made = respond(state, chance, 1, engine.TradeAnswer(accept))
        if accept:
            assert made.property_relationships == (
                PropertyRelationship(9, 1, -1, False),
                PropertyRelationship(7, 3, -1, False),
            )
        else:
            assert not made.property_relationships


def test_statistics_are_told_when_something_was_counted() -> None:
    state, chance, made = roll(1, 2, 3)
    assert made.statistics == {7: (6, *[0] * 10), 9: (0,) * 11}
    assert not respond(state, chance, 0, engine.DropPurchase(6)).statistics
