"""What an action costs and leads to, as far as that is certain (protocol: What is legal)."""

import pytest

from magnate.engine.actions import (
    ACCEPT,
    PAY_BAIL,
    REJECT,
    TAKE_SHOWN_CARD,
    TAKE_UNSEEN_CARD,
    Demolish,
    MortgageSet,
    MortgageUnset,
    TakeTram,
    TradeProposal,
)
from magnate.engine.consequences import Consequence, consequence
from magnate.engine.errors import PositionError
from magnate.engine.phases import Phase
from magnate.engine.plain import state_from_data, state_to_data
from tests.engine.positions import BROWN, place, the_card


def test_a_ride_costs_the_fare_and_staying_nothing() -> None:
    state = place(phase=Phase.MANAGEMENT, at={0: 10})
    assert consequence(state, 0, TakeTram(30)) == Consequence(state.board.fare[30])
    assert consequence(state, 0, TakeTram(10)).cost == 0


def test_the_shown_card_costs_its_price_and_an_unseen_one_nothing() -> None:
    card = the_card("magnetism")
    state = place(phase=Phase.CHOOSE_FANTASY, at={0: 2}, card=card)
    assert consequence(state, 0, TAKE_SHOWN_CARD).cost == card.price
    assert consequence(state, 0, TAKE_UNSEEN_CARD).cost == 0


def test_a_demolished_level_brings_its_refund_and_tells_the_rents_down_to_where_it_leads() -> None:
    state = place(owned={0: BROWN}, levels=dict.fromkeys(BROWN, 2))
    square = BROWN[0]
    told = consequence(state, 0, Demolish(square, 1))
    rents = state.board.rents[square]
    assert told.cost == -state.board.refund[square]
    assert told.rents == (rents[2], rents[1])


def test_a_mortgage_brings_half_and_ends_the_rent_and_lifting_is_the_other_way_round() -> None:
    state = place(owned={0: [39]})
    assert consequence(state, 0, MortgageSet(39)) == Consequence(-200, (50, 0))
    state = place(owned={0: [39]}, mortgaged=[39])
    assert consequence(state, 0, MortgageUnset(39)) == Consequence(200, (0, 50))


def test_a_trade_tells_what_it_costs_and_which_groups_it_completes_and_breaks() -> None:
    state = place(3, phase=Phase.PROPOSAL_ACCEPTANCE, owned={0: [39], 1: [37, *BROWN]})
    state.trade = TradeProposal(1, 30, 100, (39,), (BROWN[0],))
    state.phase_seat = 1
    board = state.board
    told = consequence(state, 1, ACCEPT)
    assert told.cost == 70
    assert told.completes == (board.group[39],)
    assert told.breaks == (board.group[BROWN[0]],)
    assert consequence(state, 1, REJECT).cost == 0


def test_the_bail_costs_what_the_board_says() -> None:
    state = place(phase=Phase.ROLL_THE_DICES, jailed={0: 2})
    assert consequence(state, 0, PAY_BAIL).cost == state.board.bail


@pytest.mark.parametrize(
    ("departures", "words"),
    [(["gone"], '"gone" is not one of'), (["kicked", "kicked"], "must say why each of the eliminated left")],
)
def test_why_players_left_is_known_and_told_of_each(departures: list[str], words: str) -> None:
    state = place(3)
    state.alive[2] = False
    data = {**state_to_data(state), "eliminated": [2], "departures": departures}
    with pytest.raises(PositionError, match=words):
        state_from_data(data)
