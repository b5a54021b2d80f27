"""Refusals and errors: each reason is given by a rule, and said in English and Spanish."""

from typing import Any

import pytest

from magnate.engine.actions import (
    DECLINE_BAIL,
    NEXT_PHASE,
    PAY_BAIL,
    SURRENDER,
    TAKE_SHOWN_CARD,
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
from magnate.engine.errors import (
    BoardError,
    ChanceError,
    EngineError,
    IllegalAction,
    PositionError,
    Reason,
    RecordError,
    sentence,
)
from magnate.engine.phases import Phase
from magnate.engine.state import State
from magnate.errors import MagnateError
from tests.engine.positions import BROWN, deciding, do, in_jail, place, refused, the_card, to_roll


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_has_a_sentence_in_english_and_spanish(reason: Reason) -> None:
    english, spanish = sentence(reason), sentence(reason, "es")
    assert english != spanish
    for words in (english, spanish):
        assert words[0].isupper()
        assert words.endswith(".")
    assert sentence(reason, "fr") == english


def test_each_reason_has_a_sentence_of_its_own() -> None:
    for lang in ("en", "es"):
        assert len({sentence(reason, lang) for reason in Reason}) == len(Reason)


@pytest.mark.parametrize("reason", Reason)
def test_the_code_of_a_reason_is_its_name(reason: Reason) -> None:
    assert reason.value == reason.name.lower()


def rolled_in_jail() -> State:
    state = in_jail()
    do(state, THROW_DICES, dice=[1, 2])
    return state


def auction() -> State:
    state = deciding(6, seats=3, money={2: 9})
    do(state, DropPurchase(6))
    do(state, Bid(1), 1)
    return state


def left(seats: int) -> State:
    state = to_roll(seats)
    do(state, SURRENDER, 1)
    return state


def business(**of: Any) -> State:
    return place(owned={0: [*BROWN, 6, 11, 13, 14], 1: [39]}, mortgaged=[6, 11], **of)


def debtor(**of: Any) -> State:
    return place(phase=Phase.LIQUIDATION, money={0: -1}, **of)


def after_five_proposals() -> State:
    state = place()
    state.proposals = 5
    return state


def with_card() -> State:
    return place(phase=Phase.CHOOSE_FANTASY, at={0: 2}, money={0: 24}, card=the_card("goToJail"))


PROVOKED: dict[Reason, tuple[State, int, Action]] = {
    Reason.GAME_OVER: (left(2), 0, THROW_DICES),
    Reason.UNKNOWN_SEAT: (to_roll(), 2, THROW_DICES),
    Reason.OUT_OF_GAME: (left(3), 1, SURRENDER),
    Reason.NOT_YOUR_TURN: (to_roll(), 1, THROW_DICES),
    Reason.WRONG_PHASE: (to_roll(), 0, NEXT_PHASE),
    Reason.ROLL_ON_TABLE: (rolled_in_jail(), 0, THROW_DICES),
    Reason.NOT_IN_JAIL: (to_roll(), 0, PAY_BAIL),
    Reason.NO_ROLL_ON_TABLE: (in_jail(), 0, DECLINE_BAIL),
    Reason.BAIL_NOT_COVERED: (in_jail(money=39), 0, PAY_BAIL),
    Reason.WRONG_TYPE: (business(), 0, MortgageSet(6.0)),  # type: ignore[arg-type]
    Reason.SQUARE_OUT_OF_REACH: (place(phase=Phase.CHOOSE_SQUARE, choices=((4, 4),)), 0, MoveTo(5)),
    Reason.NOT_ON_SQUARE: (deciding(6), 0, BuySquare(8)),
    Reason.NOTHING_TO_BUY: (deciding(10), 0, DropPurchase(10)),
    Reason.MUST_BUY_OR_DROP: (deciding(6), 0, NEXT_PHASE),
    Reason.PRICE_NOT_COVERED: (deciding(6, money={0: 99}), 0, BuySquare(6)),
    Reason.NOT_ON_TRAM: (deciding(6), 0, TakeTram(10)),
    Reason.NOT_A_TRAM: (deciding(10), 0, TakeTram(11)),
    Reason.FARE_NOT_COVERED: (deciding(10, money={0: 29}), 0, TakeTram(30)),
    Reason.CARD_NOT_COVERED: (with_card(), 0, TAKE_SHOWN_CARD),
    Reason.DROPPED_PURCHASE: (auction(), 0, Bid(1)),
    Reason.ALREADY_BID: (auction(), 1, Bid(2)),
    Reason.BID_NEGATIVE: (auction(), 2, Bid(-1)),
    Reason.BID_NOT_COVERED: (auction(), 2, Bid(10)),
    Reason.NO_SUCH_SQUARE: (business(), 0, MortgageSet(40)),
    Reason.NOT_BUILDABLE: (business(), 0, Build(5)),
    Reason.NOT_BUYABLE: (business(), 0, MortgageSet(10)),
    Reason.NOT_OWNER: (business(), 0, MortgageSet(39)),
    Reason.HOUSES_NOT_POSITIVE: (business(), 0, Build(1, 0)),
    Reason.GROUP_INCOMPLETE: (business(), 0, Build(6)),
    Reason.GROUP_MORTGAGED: (business(), 0, Build(13)),
    Reason.TOO_MANY_LEVELS: (business(), 0, Build(1, 6)),
    Reason.TOO_FEW_LEVELS: (business(), 0, Demolish(1)),
    Reason.UNEVEN: (business(), 0, Build(1, 2)),
    Reason.BUILD_NOT_COVERED: (business(money={0: 49}), 0, Build(1)),
    Reason.GROUP_HAS_BUILDINGS: (business(levels={1: 1}), 0, MortgageSet(3)),
    Reason.ALREADY_MORTGAGED: (business(), 0, MortgageSet(6)),
    Reason.NOT_MORTGAGED: (business(), 0, MortgageUnset(1)),
    Reason.LIFTING_NOT_COVERED: (business(money={0: 49}), 0, MortgageUnset(6)),
    Reason.TRADE_WITH_NOBODY: (business(), 0, TradeProposal(0, 1)),
    Reason.TRADE_MONEY_NEGATIVE: (business(), 0, TradeProposal(1, -1)),
    Reason.TRADE_EMPTY: (business(), 0, TradeProposal(1)),
    Reason.TRADE_SQUARE_TWICE: (business(), 0, TradeProposal(1, 0, 0, (6, 6))),
    Reason.TRADE_NOT_OWNED: (business(), 0, TradeProposal(1, 0, 0, (39,))),
    Reason.TRADE_NOT_COVERED: (business(), 0, TradeProposal(1, 1501)),
    Reason.TRADE_KEEPS_DEBT: (debtor(owned={0: [1]}), 0, TradeProposal(1, 0, 0, (1,))),
    Reason.TOO_MANY_PROPOSALS: (after_five_proposals(), 0, TradeProposal(1, 1)),
    Reason.NOTHING_TO_TRADE: (debtor(), 0, TradeProposal(1, 0, 1)),
    Reason.DEBT_NOT_COVERED: (debtor(owned={0: [1]}), 0, NEXT_PHASE),
}
"""One refusal for each reason; the chapters' tests have the finer points."""


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_is_given_by_a_rule(reason: Reason) -> None:
    state, seat, action = PROVOKED[reason]
    assert refused(state, action, seat) is reason


def test_the_two_sentences_that_the_protocol_documents_are_word_for_word() -> None:
    assert sentence(Reason.NOT_YOUR_TURN, "es") == "No es tu turno."
    assert sentence(Reason.WRONG_PHASE, "es") == "Acción no válida en la fase actual."


@pytest.mark.parametrize("error", [IllegalAction, ChanceError, BoardError, PositionError, RecordError])
def test_all_errors_of_the_engine_stand_under_one_root(error: type[Exception]) -> None:
    assert issubclass(error, EngineError)
    assert issubclass(EngineError, MagnateError)


def test_an_illegal_action_says_who_what_and_why() -> None:
    error = IllegalAction(Reason.NOT_YOUR_TURN, 2, THROW_DICES)
    assert str(error) == "seat 2 may not do ThrowDices(): It is not your turn."


def test_a_position_error_lists_every_fault() -> None:
    error = PositionError(["the pot is missing", "seat 3 is nobody"], "p.json")
    assert error.faults == ("the pot is missing", "seat 3 is nobody")
    assert str(error) == "p.json: the pot is missing\np.json: seat 3 is nobody"


def test_a_record_error_names_the_line() -> None:
    error = RecordError(7, "is cut off", "g.jsonl")
    assert (error.line, error.what, error.source) == (7, "is cut off", "g.jsonl")
    assert str(error) == "g.jsonl, line 7: is cut off"
