"""The door of the engine checks what Python does not: that each value of an action is of the type that it says."""

from collections.abc import Callable

import pytest

from magnate.engine.actions import (
    ACTION_TYPES,
    Action,
    Bid,
    Build,
    BuySquare,
    ChooseCard,
    Demolish,
    DropPurchase,
    MortgageSet,
    MortgageUnset,
    MoveTo,
    PayBail,
    Surrender,
    TakeTram,
    TradeAnswer,
    TradeProposal,
    wrong_field,
)
from magnate.engine.chance import Scripted
from magnate.engine.errors import IllegalAction, Reason
from magnate.engine.game import apply, why_not
from magnate.engine.phases import Phase
from magnate.engine.state import State
from tests.engine.positions import BROWN, deciding, in_jail, place, the_card


def business() -> State:
    return place(owned={0: [*BROWN, 5], 1: [6]}, levels={1: 1, 3: 1}, mortgaged=[5])


def auction() -> State:
    return place(3, phase=Phase.AUCTION, turn_seat=1, at={1: 6})


def choice() -> State:
    return place(phase=Phase.CHOOSE_SQUARE, choices=((6, 6), (7, 7), (13, 13)))


def card() -> State:
    return place(phase=Phase.CHOOSE_FANTASY, at={0: 2}, card=the_card("magnetism"))


def asked() -> State:
    state = place(turn_seat=1, owned={0: [6]}, phase=Phase.PROPOSAL_ACCEPTANCE)
    state.phase_seat, state.trade = 0, TradeProposal(0, asked_properties=(6,))
    return state


WRONG: list[tuple[Callable[[], State], str, Action]] = [
    (auction, "amount", Bid(99.5)),  # type: ignore[arg-type]
    (auction, "amount", Bid(99.0)),  # type: ignore[arg-type]
    (auction, "amount", Bid(True)),
    (auction, "amount", Bid("99")),  # type: ignore[arg-type]
    (auction, "amount", Bid(None)),  # type: ignore[arg-type]
    (choice, "square", MoveTo(6.0)),  # type: ignore[arg-type]
    (card, "chosen_revealed_card", ChooseCard(1)),  # type: ignore[arg-type]
    (lambda: in_jail(), "to_pay", PayBail("no")),  # type: ignore[arg-type]
    (lambda: deciding(6), "square", BuySquare(6.0)),  # type: ignore[arg-type]
    (lambda: deciding(6), "square", DropPurchase(6.0)),  # type: ignore[arg-type]
    (lambda: deciding(10), "square", TakeTram(30.0)),  # type: ignore[arg-type]
    (business, "square", MortgageSet([5])),  # type: ignore[arg-type]
    (business, "square", MortgageUnset(5.0)),  # type: ignore[arg-type]
    (business, "square", Build(1.0)),  # type: ignore[arg-type]
    (business, "houses", Build(1, 1.0)),  # type: ignore[arg-type]
    (business, "houses", Demolish(1, True)),
    (business, "destination", TradeProposal(1.0, 5)),  # type: ignore[arg-type]
    (business, "offered_money", TradeProposal(1, 5.0)),  # type: ignore[arg-type]
    (business, "asked_money", TradeProposal(1, 5, False)),
    (business, "offered_properties", TradeProposal(1, 0, 5, [5])),  # type: ignore[arg-type]
    (business, "asked_properties", TradeProposal(1, 5, 0, (), (6.0,))),  # type: ignore[arg-type]
    (asked, "accept", TradeAnswer("no")),  # type: ignore[arg-type]
    (business, "kicked", Surrender("no")),  # type: ignore[arg-type]
]


def test_every_action_that_has_a_field_is_in_the_table() -> None:
    assert {type(action) for _, _, action in WRONG} == {kind for kind in ACTION_TYPES if kind.__struct_fields__}


@pytest.mark.parametrize(("where", "field", "action"), WRONG, ids=[repr(action) for _, _, action in WRONG])
def test_a_value_of_the_wrong_type_is_refused_and_changes_nothing(
    where: Callable[[], State], field: str, action: Action
) -> None:
    state = where()
    seat = state.to_bid[0] if state.phase is Phase.AUCTION else state.phase_seat
    before = state.copy()
    assert why_not(state, seat, action) is Reason.WRONG_TYPE
    with pytest.raises(IllegalAction, match=r"A value of the action is of the wrong type\."):
        apply(state, seat, action, Scripted())
    assert state == before
    assert wrong_field(action) == field
