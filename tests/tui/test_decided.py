"""What decided a game, and what it brought, in words."""

import pytest

from magnate.engine.events import BANK, Departure, Paid, Why
from magnate.engine.phases import Phase
from magnate.engine.rules.holdings import give
from magnate.engine.state import State
from magnate.protocol.rest import SummaryAnswer, SummaryStanding
from magnate.tui.words.brought import brought_lines
from magnate.tui.words.decided import decided
from magnate.tui.words.ledger import Cause, Ledger
from magnate.tui.words.people import People
from tests.engine.positions import place
from tests.tui.snapshots.stage import steps

NAMES = ("alice", "Bob", "Carol")


def over(**worth: int) -> State:
    """Return a game that is over, in which everybody has so much money and nothing else."""
    state = place(3, phase=Phase.END_GAME, money=dict(enumerate(worth.values())))
    best = max(worth.values())
    state.winners = tuple(seat for seat, amount in enumerate(worth.values()) if amount == best)
    return state


def said(ledger: Ledger, state: State, lang: str = "en") -> str:
    return decided(ledger, state, People.of(state, NAMES, 0, "city", lang))


def paid(*payments: tuple[int, int, int, Why]) -> list[Paid]:
    return [Paid(payer, payee, amount, why) for payer, payee, amount, why in payments]


def test_the_largest_differences_to_the_second_are_named_with_the_largest_rent() -> None:
    state, ledger = over(alice=900, Bob=500, Carol=100), Ledger()
    ledger.take(
        paid((1, 0, 90, Why.RENT), (2, 0, 260, Why.RENT), (BANK, 0, 60, Why.CARD), (BANK, 1, 10, Why.SALARY)), state
    )
    assert said(ledger, state) == "What decided it against Bob: rents +440 (260 at once from Carol), cards +60."
    assert said(ledger, state, "es") == (
        "Qué la decidió frente a Bob: alquileres +440 (260 de una vez de Carol), cartas +60."
    )


def test_bonuses_that_turned_the_game_come_first() -> None:
    state, ledger = over(alice=900, Bob=800, Carol=100), Ledger()
    ledger.take(paid((BANK, 0, 200, Why.BONUS), (2, 0, 600, Why.RENT)), state)
    assert said(ledger, state).startswith("What decided it against Bob: bonuses +200 (without them Bob would have won)")


def test_whole_groups_are_named_with_the_round_from_which_the_winner_had_them() -> None:
    state, ledger = over(alice=900, Bob=500, Carol=100), Ledger()
    ledger.begin(state)
    state.round = 4
    for square in state.board.members[1]:
        give(state, square, 0)
    ledger.take([], state)
    state.round = 9
    ledger.take([], state)
    assert said(ledger, state).endswith("group A from round 4.")


def test_where_all_others_left_that_decided_it() -> None:
    state, ledger = over(alice=900, Bob=0, Carol=0), Ledger()
    state.alive = [True, False, False]
    state.eliminated, state.departures = (2, 1), (Departure.SURRENDER, Departure.BANKRUPT)
    assert said(ledger, state) == "What decided it: Carol is out (surrendered), Bob is out (bankrupt)."


def test_of_a_shared_win_nothing_is_said() -> None:
    assert said(Ledger(), over(alice=900, Bob=900, Carol=0)) == ""


@pytest.mark.parametrize("cut", [1, 100, 250])
def test_books_that_begin_late_are_whole_with_what_came_before(cut: int) -> None:
    whole, late, early = Ledger(), Ledger(), Ledger()
    for ledger, moves in ((whole, steps()), (early, steps()[:cut]), (late, steps()[cut:])):
        ledger.begin(moves[0].before)
        for step in moves:
            ledger.take(step.events, step.after)
    late.precede(early)
    assert (late.gained, late.largest, late.whole_since) == (whole.gained, whole.largest, whole.whole_since)


def test_nobody_gains_a_rent_that_nobody_pays() -> None:
    ledger = Ledger()
    for step in steps():
        ledger.take(step.events, step.after)
    assert sum(amount for (_, cause), amount in ledger.gained.items() if cause is Cause.RENTS) == 0


def standing(**facts: object) -> SummaryAnswer:
    mine = {"departure": None, "worth": 800, "points": 800, "length_share": 1.0, "meetings_share": 1.0, **facts}
    me = SummaryStanding("alice", 2, elo_before=1000, elo_after=988, **mine)  # type: ignore[arg-type]
    return SummaryAnswer(7, 7, "", "", {}, (SummaryStanding("Bob", 1, 900, 1000, 1012, None), me))


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({}, "Points: +800, your worth at the end."),
        (
            {"points": 400, "length_share": 0.5},
            "Points: +400, 50 % of your worth at the end, because the game was short.",
        ),
        (
            {"points": 200, "meetings_share": 0.25},
            "Points: +200, 25 % of your worth at the end, because you have met these players often today.",
        ),
        (
            {"points": 100, "length_share": 0.5, "meetings_share": 0.25},
            "Points: +100, 12 % of your worth at the end, because the game was short and you have met these players "
            "often today.",
        ),
        ({"points": 0, "length_share": 0.0}, "Points: none, because the game was too short."),
        ({"points": 0, "departure": Departure.KICKED}, "Points: none, because you left before the end."),
        ({"points": 0, "worth": 0}, "Points: none, because your worth at the end is not above 0."),
        ({"points": 300, "length_share": None, "meetings_share": None}, "Points: +300."),
        ({"points": None}, None),
    ],
)
def test_points_are_said_with_the_reason_for_their_number(facts: dict[str, object], points: str | None) -> None:
    lines = brought_lines(standing(**facts), "alice", "en")
    assert lines == ["Rating 1000 → 988 (−12), for rank 2 of 2.", *([points] if points else [])]


def test_of_somebody_who_did_not_play_nothing_is_said() -> None:
    assert brought_lines(standing(), "eve", "en") == []
