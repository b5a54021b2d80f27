"""What the next turn may cost, against the dice of the game itself; and the game after an action without chance."""

from itertools import product

import pytest

from magnate.engine.actions import THROW_DICES, Build, BuySquare, MoveTo
from magnate.engine.chance import Scripted, Seeded
from magnate.engine.errors import ChanceError, IllegalAction
from magnate.engine.game import apply
from magnate.engine.phases import Phase
from magnate.engine.state import State
from magnate.engine.view import after, next_turn, view_for
from tests.engine.positions import CYAN, place

FACES = range(1, 7)


def cost(state: State) -> tuple[float, int]:
    """Return what seat 0 pays on average and at worst when it rolls on, by the game and all throws of its dice."""
    costs = []
    for dice in product(FACES, FACES, FACES):
        then = state.copy()
        apply(then, 0, THROW_DICES, Scripted(dice=dice, then=Seeded(1)))
        if then.phase is Phase.CHOOSE_SQUARE and then.choices != then.board.jump_choices:
            costs.append(min(arrived(then, square) for square, _ in then.choices))
        else:
            costs.append(paid_and_on(then, state) if then.phase is not Phase.CHOOSE_SQUARE else (0.0, 0))
    return sum(average for average, _ in costs) / 216, max(worst for _, worst in costs)


def arrived(state: State, square: int) -> tuple[float, int]:
    """Return what choosing a square costs."""
    then = state.copy()
    apply(then, 0, MoveTo(square), Seeded(1))
    return paid_and_on(then, state)


def paid_and_on(then: State, before: State) -> tuple[float, int]:
    """Return what was paid to the other player, with the roll that follows upon a double."""
    paid = then.balance[1] - before.balance[1]
    if then.streak == 0:
        return paid, paid
    then.phase = Phase.ROLL_THE_DICES
    average, worst = cost(then)
    return paid + average, paid + worst


def standing(streak: int, square: int = 0) -> State:
    """Return a game in which seat 0 rolls towards the squares of seat 1."""
    return place(
        phase=Phase.ROLL_THE_DICES,
        at={0: square},
        owned={1: [*CYAN, 5, 15, 11], 0: [13]},
        levels=dict.fromkeys(CYAN, 3),
        mortgaged=[11],
        money={0: 5000},
        streak=streak,
    )


@pytest.mark.parametrize(("square", "streak"), [(0, 2), (36, 2), (3, 2), (0, 1), (12, 1)])
def test_the_next_turn_costs_what_the_dice_of_the_game_cost(square: int, streak: int) -> None:
    state = standing(streak, square)
    average, worst = cost(state)
    outlook = next_turn(state, 0)
    assert outlook.average == pytest.approx(average)
    assert outlook.worst == worst > 0


def test_doubles_of_another_player_do_not_count() -> None:
    state = standing(0)
    state.turn_seat, state.streak = 1, 2
    assert next_turn(state, 0) == next_turn(standing(0), 0)
    assert next_turn(standing(0), 0).worst > next_turn(standing(2), 0).worst


def test_a_player_in_jail_pays_only_after_a_double_and_on_the_last_turn_the_bail_too() -> None:
    state = place(jailed={0: 3, 1: 1}, owned={1: [105], 0: [15]})
    throws = list(product(FACES, FACES))
    destinations = {sum(dice): state.board.destination[state.board.jail][sum(dice)] for dice in throws}
    doubles = [destinations[2 * face] for face in FACES]
    assert next_turn(state, 0).average == pytest.approx(15 * doubles.count(105) / 36)
    assert next_turn(state, 0).worst == 15 * (105 in doubles)
    state = place(jailed={0: 1}, owned={1: [105]})
    reached = [destinations[sum(dice)] for dice in throws]
    bails = state.board.bail * 30
    assert next_turn(state, 0).average == pytest.approx((15 * reached.count(105) + bails) / 36)


def test_nothing_owned_costs_nothing() -> None:
    assert next_turn(place(), 0) == (0, 0)


def test_the_game_after_an_action_is_what_the_action_makes_of_it_and_the_game_itself_stays() -> None:
    state = place(owned={0: CYAN})
    view = view_for(state, 0)
    then = after(view, Build(6))
    apply(state, 0, Build(6), Scripted())
    assert then == state
    assert view.level[6] == 0


def test_what_needs_chance_or_is_refused_has_no_game_after_it() -> None:
    with pytest.raises(ChanceError):
        after(view_for(standing(0), 0), THROW_DICES)
    with pytest.raises(IllegalAction):
        after(view_for(place(), 0), BuySquare(6))
