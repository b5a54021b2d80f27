"""The referee: whatever a bot does, the game goes on (docs: Bots, The referee)."""

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from time import monotonic

import pytest

from magnate.bots.base import Bot
from magnate.bots.errors import FaultKind
from magnate.bots.referee import Fault, decide
from magnate.bots.value_bot import ValueBot
from magnate.engine.actions import (
    KICK,
    NEXT_PHASE,
    SURRENDER,
    THROW_DICES,
    Action,
    Bid,
    MortgageSet,
    MoveTo,
    PayBail,
    TradeProposal,
)
from magnate.engine.phases import Phase
from magnate.engine.view import GameView, view_for
from tests.engine.positions import in_jail, place

SHORT = 0.05
"""Seconds that a bot may take here."""
LONG = 20.0
"""Seconds after which a bot that nobody stops gives up by itself, so that a broken referee fails the test."""

interrupts = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system cannot interrupt a bot")


class Does(Bot):
    """Does what the test says."""

    def __init__(self, what: Callable[[GameView, Sequence[Action]], object]) -> None:
        super().__init__()
        self.what = what

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        return self.what(view, legal)  # type: ignore[return-value]


def answers(thing: object) -> Bot:
    return Does(lambda view, legal: thing)


class BadWords(Exception):
    def __str__(self) -> str:
        raise RuntimeError


class BadRepr:
    def __repr__(self) -> str:
        raise RuntimeError


class TestAnswers:
    def test_a_legal_answer_is_passed_on(self) -> None:
        assert decide(answers(NEXT_PHASE), place(), 0) == NEXT_PHASE
        assert decide(ValueBot(), place(phase=Phase.ROLL_THE_DICES), 0) == THROW_DICES

    def test_who_surrenders_cannot_say_that_the_time_limits_did_it(self) -> None:
        assert decide(answers(KICK), place(), 0) == SURRENDER

    def test_what_is_not_listed_but_within_the_rules_is_passed_on(self) -> None:
        state = place(phase=Phase.AUCTION, turn_seat=1, at={1: 39})
        assert decide(answers(Bid(123)), state, 0) == Bid(123)

    def test_a_view_may_stand_for_the_state(self) -> None:
        state = place(3, phase=Phase.AUCTION, turn_seat=2, at={2: 39})
        state.to_bid, state.bids = (0,), {1: 50}
        assert decide(answers(Bid(1)), view_for(state, 0), 0) == Bid(1)

    def test_what_a_bot_does_to_its_view_and_its_list_does_nothing_to_the_game(self) -> None:
        def cheat(view: GameView, legal: Sequence[Action]) -> Action:
            view.balance[0] = 1_000_000
            view.phase = Phase.AUCTION
            assert isinstance(legal, list)
            legal.clear()
            return NEXT_PHASE

        state = place(owned={0: [39]})
        before = state.copy()
        assert decide(Does(cheat), state, 0) == NEXT_PHASE
        assert state == before


class TestFaults:
    def fault(self, bot: Bot, **position: Phase) -> Fault:
        state = place(owned={0: [39]}, **position)  # type: ignore[arg-type]
        before = state.copy()
        decision = decide(bot, state, 0)
        assert state == before
        assert isinstance(decision, Fault)
        return decision

    @pytest.mark.parametrize(
        ("raised", "message"),
        [
            (ValueError("no\nidea"), "raised ValueError: no idea"),
            (KeyError(), "raised KeyError"),
            (BadWords(), "raised BadWords"),
            (SystemExit(3), "raised SystemExit: 3"),
            (RecursionError("too deep"), "raised RecursionError: too deep"),
        ],
    )
    def test_a_bot_that_raises(self, raised: BaseException, message: str) -> None:
        def do_raise(view: GameView, legal: Sequence[Action]) -> Action:
            raise raised

        assert self.fault(Does(do_raise)) == Fault(FaultKind.RAISED, message)

    @pytest.mark.parametrize(
        ("answer", "message"),
        [
            (None, "answered None, which is not an action"),
            ("next_phase", "answered 'next_phase', which is not an action"),
            (MortgageSet, "answered the class MortgageSet, which is not an action"),
            (BadRepr(), "answered a BadRepr, which is not an action"),
        ],
    )
    def test_a_bot_that_answers_no_action(self, answer: object, message: str) -> None:
        assert self.fault(answers(answer)) == Fault(FaultKind.NO_ACTION, message)

    @pytest.mark.parametrize(
        ("answer", "name"),
        [
            (MortgageSet("39"), "square"),  # type: ignore[arg-type]
            (MortgageSet(39.0), "square"),  # type: ignore[arg-type]
            (MortgageSet(True), "square"),
            (TradeProposal(1, 10, 0, [39]), "offered_properties"),  # type: ignore[arg-type]
            (TradeProposal(1, 10, 0, (39.0,)), "offered_properties"),  # type: ignore[arg-type]
            (TradeProposal(1, 10.5), "offered_money"),  # type: ignore[arg-type]
            (PayBail(1), "to_pay"),  # type: ignore[arg-type]
        ],
    )
    def test_an_action_made_of_the_wrong_things_is_none(self, answer: Action, name: str) -> None:
        assert self.fault(answers(answer)) == Fault(
            FaultKind.NO_ACTION, f"answered {answer!r}, whose {name} is of the wrong type"
        )

    @pytest.mark.parametrize(
        ("answer", "sentence"),
        [
            (THROW_DICES, "That action is not valid in this phase."),
            (MortgageSet(1), "You do not own that square."),
            (MortgageSet(-1), "That square does not exist."),
            (MoveTo(3), "That action is not valid in this phase."),
        ],
    )
    def test_a_bot_that_answers_what_the_rules_refuse(self, answer: Action, sentence: str) -> None:
        fault = self.fault(answers(answer))
        assert fault.kind is FaultKind.ILLEGAL
        assert fault.message == f"answered {answer!r}: {sentence}"

    def test_what_a_bot_made_legal_in_its_own_view_only_is_refused(self) -> None:
        def cheat(view: GameView, legal: Sequence[Action]) -> Action:
            view.phase = Phase.ROLL_THE_DICES
            return THROW_DICES

        assert self.fault(Does(cheat)).kind is FaultKind.ILLEGAL

    def test_ctrl_c_is_no_fault_of_the_bot(self) -> None:
        def interrupt(view: GameView, legal: Sequence[Action]) -> Action:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            decide(Does(interrupt), place(), 0)


def wait(view: GameView, legal: Sequence[Action]) -> Action:
    """Answer late: long after SHORT, but as soon as that has passed for sure."""
    end = monotonic() + 3 * SHORT
    while monotonic() < end:
        pass
    return NEXT_PHASE


@pytest.mark.timeout(0)  # the referee has the alarm to itself
class TestTime:
    @pytest.fixture(autouse=True)
    def _alarm_as_it_was(self) -> Iterator[None]:
        before = signal.getsignal(signal.SIGALRM) if hasattr(signal, "SIGALRM") else None
        yield
        if hasattr(signal, "SIGALRM"):
            assert signal.getsignal(signal.SIGALRM) == before
            assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)

    def test_a_bot_in_time(self) -> None:
        assert decide(answers(NEXT_PHASE), place(), 0, LONG) == NEXT_PHASE
        assert decide(answers(None), place(), 0, LONG) == Fault(
            FaultKind.NO_ACTION, "answered None, which is not an action"
        )

    @interrupts
    def test_an_endless_loop_is_stopped(self) -> None:
        def loop(view: GameView, legal: Sequence[Action]) -> Action:
            end = monotonic() + LONG
            while monotonic() < end:
                pass
            pytest.fail("nobody stopped the bot")

        assert decide(Does(loop), place(), 0, SHORT) == Fault(FaultKind.TOO_SLOW, "took longer than 0.05 s")

    @interrupts
    def test_a_bot_that_swallows_the_interrupt_is_interrupted_again(self) -> None:
        swallowed = []

        def stubborn(view: GameView, legal: Sequence[Action]) -> Action:
            end = monotonic() + LONG
            while monotonic() < end:
                try:
                    while monotonic() < end:
                        pass
                except BaseException as error:
                    swallowed.append(error)
                    if len(swallowed) == 3:
                        raise
            pytest.fail("nobody stopped the bot")

        fault = decide(Does(stubborn), place(), 0, SHORT)
        assert isinstance(fault, Fault)
        assert fault.kind is FaultKind.TOO_SLOW

    @interrupts
    def test_a_bot_that_swallows_the_interrupt_and_answers_is_late_all_the_same(self) -> None:
        def sly(view: GameView, legal: Sequence[Action]) -> Action:
            try:
                return wait(view, legal)
            except BaseException:
                return NEXT_PHASE

        fault = decide(Does(sly), place(), 0, SHORT)
        assert isinstance(fault, Fault)
        assert fault.kind is FaultKind.TOO_SLOW

    @interrupts
    def test_another_handler_of_the_alarm_is_put_back(self) -> None:
        def mine(number: int, frame: object) -> None:
            raise AssertionError("not yet")

        before = signal.signal(signal.SIGALRM, mine)
        try:
            decide(answers(NEXT_PHASE), place(), 0, LONG)
            assert signal.getsignal(signal.SIGALRM) is mine
        finally:
            signal.signal(signal.SIGALRM, before)

    def test_in_another_thread_a_late_answer_is_a_fault(self) -> None:
        decisions: list[object] = []
        thread = threading.Thread(target=lambda: decisions.append(decide(Does(wait), place(), 0, SHORT)))
        thread.start()
        thread.join()
        assert decisions == [Fault(FaultKind.TOO_SLOW, "took longer than 0.05 s")]

    def test_where_nothing_can_interrupt_a_late_answer_is_a_fault(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delattr(signal, "setitimer", raising=False)
        fault = decide(Does(wait), place(), 0, SHORT)
        assert isinstance(fault, Fault)
        assert fault.kind is FaultKind.TOO_SLOW
        monkeypatch.undo()

    def test_in_time_in_another_thread(self) -> None:
        decisions: list[object] = []
        thread = threading.Thread(target=lambda: decisions.append(decide(ValueBot(), in_jail(), 0, LONG)))
        thread.start()
        thread.join()
        assert isinstance(decisions[0], Action)
