"""Records of games (docs: Records and positions): the identical state, and one clear error for what is damaged."""

import io
import json
import random
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from magnate import __version__
from magnate.engine import cards, chance
from magnate.engine.actions import THROW_DICES, Bid, ChooseCard
from magnate.engine.board import Board
from magnate.engine.cards import Card, CardType, deck
from magnate.engine.chance import Outcome, Scripted, Seeded
from magnate.engine.errors import RecordError
from magnate.engine.game import new_game
from magnate.engine.record import LONGEST_LINE, read_record, replay
from magnate.engine.record import lines_of as lines_of_file
from magnate.engine.recording import RecordWriter, header_line, move_line, result_line
from magnate.engine.state import Settings
from tests.engine.positions import board_data, place
from tests.engine.recorded import last_state, read, record_game, rewrite
from tests.sizes import tries

Line = dict[str, Any]
"""A line of a record, to be changed."""

games = given(seed=st.integers(0, 2**32), seats=st.integers(2, 4), rounds=st.integers(1, 12))


# The way there and back


@games
@settings(max_examples=tries(40))
def test_a_record_replays_to_the_identical_states_and_events(seed: int, seats: int, rounds: int) -> None:
    text, played = record_game(seed, seats, rounds)
    record = read(text)
    assert record.header.start == played[0].state
    assert record.fault is None
    again = list(replay(record))
    assert len(again) == len(played) - 1
    for number, (step, then) in enumerate(zip(again, played[1:], strict=True), start=1):
        assert (step.number, step.move.line) == (number, number + 1)
        assert (step.move.seat, step.move.action) == (then.seat, then.action)
        assert step.before == then.before
        assert step.events == then.events
        assert step.after == then.state
    assert record.result is not None
    assert record.result.winners == played[-1].state.winners


@games
@settings(max_examples=tries(40))
def test_a_record_that_is_played_and_written_again_is_the_same_to_the_byte(seed: int, seats: int, rounds: int) -> None:
    text, _ = record_game(seed, seats, rounds)
    assert rewrite(read(text)) == text


@games
@settings(max_examples=tries(20))
def test_a_game_that_runs_is_recorded_as_far_as_it_went(seed: int, seats: int, rounds: int) -> None:
    text, played = record_game(seed, seats, rounds)
    lines = text.splitlines(keepends=True)
    for count in (1, 2, len(lines) // 2, len(lines) - 1):
        record = read("".join(lines[:count]))
        assert (record.result, record.fault) == (None, None)
        assert last_state(record) == played[count - 1].state


def test_the_steps_of_a_replay_are_independent_of_each_other() -> None:
    text, _ = record_game(1)
    record = read(text)
    first, second, *_ = replay(record)
    assert first.before == record.header.start
    assert first.after == second.before
    first.before.balance[0] += 1
    assert first.before != record.header.start
    assert last_state(record) == last_state(read(text))


@pytest.mark.parametrize("mark", ["\ufeff", "\ufeff\n"])
def test_a_byte_order_mark_before_a_record_is_let_be(mark: str) -> None:
    text, played = record_game(1)
    for lines in (io.StringIO(mark + text), io.BytesIO((mark + text).encode())):
        assert last_state(read_record(lines)) == played[-1].state
    with pytest.raises(RecordError, match="line 2: no JSON"):
        read_record(io.StringIO(text.replace("\n", "\n\ufeff", 1)))


# What stands in it


def test_the_header_says_what_was_played_and_by_whom() -> None:
    state = new_game(2, Scripted(orders=[[1, 0]]), Settings(9, (1,)))
    line = header_line(state, names=["expert", "bert"], seed=7)
    assert json.loads(line) == {
        "magnate": "record",
        "format": 1,
        "version": __version__,
        "board": state.board.digest,
        "seed": 7,
        "seats": [{"name": "expert"}, {"name": "bert"}],
        "settings": {"max_rounds": 9, "humans": [1]},
        "order": [1, 0],
    }
    header = read(line).header
    assert (header.version, header.seed, header.names) == (__version__, 7, ("expert", "bert"))
    assert header.start == state


def test_seats_need_no_names_and_chance_no_seed() -> None:
    header = read(header_line(place(3))).header
    assert (header.names, header.seed) == (("", "", ""), None)


def test_a_game_from_a_position_has_it_in_its_header() -> None:
    state = place(money={0: 12}, owned={1: (5,)})
    line = header_line(state)
    assert {"start"} == set(json.loads(line)) - {"magnate", "format", "version", "board", "seed", "seats"}
    assert read(line).header.start == state


def test_a_move_says_who_did_what_and_how_every_outcome_fell() -> None:
    assert json.loads(move_line(3, 1, THROW_DICES, [("die", 2), ("die", 6), ("die", 5)])) == {
        "move": 3,
        "seat": 1,
        "action": {"type": "ThrowDices"},
        "outcomes": [["die", 2], ["die", 6], ["die", 5]],
    }
    assert "outcomes" not in json.loads(move_line(4, 0, Bid(3), []))


def test_the_result_says_who_won_and_what_each_is_worth() -> None:
    text, played = record_game(2)
    state = played[-1].state
    result = read(text).result
    assert result is not None
    assert json.loads(text.splitlines()[-1]) == {
        "result": {"winners": list(state.winners), "worth": list(result.worth)}
    }
    assert max(result.worth) == result.worth[state.winners[0]]


def test_a_game_that_is_not_over_has_no_result_to_write() -> None:
    with pytest.raises(ValueError, match="a game that is not over has no result"):
        result_line(place())


def test_each_line_is_handed_on_at_once() -> None:
    class Out(io.StringIO):
        handed = ""

        def flush(self) -> None:
            self.handed = self.getvalue()

    out = Out()
    state = new_game(2, Seeded(1))
    writer = RecordWriter(out, state)
    assert out.handed.count("\n") == 1
    writer.move(state.turn_seat, THROW_DICES, [("die", 1), ("die", 2), ("die", 2)])
    assert out.handed.count("\n") == 2


def test_keys_of_others_are_kept_and_let_be() -> None:
    state = new_game(2, Scripted(orders=[[0, 1]]))
    out = io.StringIO()
    writer = RecordWriter(out, state, extra={"room": "kitchen"})
    writer.move(0, THROW_DICES, [("die", 1), ("die", 2), ("die", 2)], {"time": 12.5})
    record = read(out.getvalue())
    assert record.header.extra == {"room": "kitchen"}
    assert record.moves[0].extra == {"time": 12.5}
    assert rewrite(record) == out.getvalue()
    text, _ = record_game(2)
    lines = text.splitlines()
    lines[-1] = lines[-1][:-1] + ',"signed":"ana"}'
    result = read("\n".join(lines)).result
    assert result is not None
    assert result.extra == {"signed": "ana"}


def test_a_name_that_is_half_a_character_is_written_all_the_same() -> None:
    assert read(header_line(place(), names=["\udcff.py", "ñ"])).header.names == ("?.py", "ñ")


def test_blank_lines_and_a_missing_last_line_end_are_let_be() -> None:
    text, played = record_game(2)
    assert last_state(read("\n" + text.replace("\n", "\n\n").rstrip())) == played[-1].state


def test_lines_may_be_bytes() -> None:
    text, played = record_game(2)
    assert last_state(read_record(io.BytesIO(text.encode()))) == played[-1].state


def test_a_game_on_another_board_needs_that_board() -> None:
    data = board_data()
    data["squares"][1]["price"] = 61
    board = Board(data)
    line = header_line(new_game(2, Seeded(1), board=board))
    assert read_record([line], board=board).header.start.board is board
    with pytest.raises(RecordError, match="record, line 1: the game was played on another board"):
        read_record([line])


# Old games


def test_an_old_game_replays_after_a_card_was_added(monkeypatch: pytest.MonkeyPatch) -> None:
    text, played = record_game(2, max_rounds=12)
    assert '"card"' in text
    longer = (CardType("secondMagnet", 1, (Card("secondMagnet", None, 1),)), *deck())
    before = [Seeded(seed).card() for seed in range(20)]
    monkeypatch.setattr(cards, "deck", lambda: longer)
    monkeypatch.setattr(chance, "deck", lambda: longer)
    assert [Seeded(seed).card() for seed in range(20)] != before, "the seed alone gives other cards now"
    assert last_state(read(text)) == played[-1].state


def test_an_old_game_replays_after_a_price_was_changed() -> None:
    start = new_game(2, Scripted(orders=[[0, 1]]))
    outcomes: list[Outcome] = [("die", 2), ("die", 3), ("die", 2), ("card", ["goToJail", None, 3])]
    record = read(header_line(start) + move_line(1, 0, THROW_DICES, outcomes) + move_line(2, 0, ChooseCard(True), []))
    state = last_state(record)
    assert (state.balance[0], state.pot, state.position[0]) == (1497, 3, 201)
    (shown, _) = replay(record)
    assert read(header_line(shown.after)).header.start == shown.after


# Damage


def lines_of(seed: int = 2) -> list[Line]:
    """Return the lines of a record as data."""
    return [json.loads(line) for line in record_game(seed, deal=False)[0].splitlines()]


def text_of(lines: list[Line]) -> str:
    return "".join(json.dumps(line) + "\n" for line in lines)


def fault(text: str) -> RecordError:
    with pytest.raises(RecordError) as caught:
        read(text)
    return caught.value


def header(**changes: object) -> str:
    """Return the header of a new game with some keys changed; None takes one away."""
    line = {**json.loads(header_line(new_game(2, Scripted(orders=[[0, 1]])))), **changes}
    return text_of([{key: value for key, value in line.items() if value is not None}])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "the record is empty"),
        ("\n \n", "the record is empty"),
        ("hello\n", "no JSON, or cut off: JSON is malformed: invalid character (byte 0)"),
        (header()[:80], "no JSON, or cut off: Input data was truncated"),
        ("[1]\n", "must be an object"),
        ("{}\n", 'this is no record of a game, which begins with "magnate": "record"'),
        ('{"magnate": "position"}\n', 'this is no record of a game, which begins with "magnate": "record"'),
        (header(format=2), "format must be 1, which this version of Magnate reads"),
        (header(version=None), "Object missing required field `version`"),
        (header(board="0" * 64), "the game was played on another board"),
        (header(seed="x"), "Expected `int | null`, got `str` - at `$.seed`"),
        (header(seats=[{"name": "ana"}]), "the number of seats is 1, but the game has 2"),
        (header(seats=[{"name": 1}, {}]), "Expected `str`, got `int` - at `$.seats[0].name`"),
        (header(order=None), "lacks the settings and the order of a new game, or a start"),
        (header(settings=None), "lacks the settings and the order of a new game, or a start"),
        (header(order=[0, 2]), "order: 2 is not one of the seats 0 to 1"),
        (header(order=[0]), "players: must be a list of 2 to 4 objects, not of 1"),
        (
            header(settings={"max_rounds": -1}),
            "settings.max_rounds: must be a whole number from 0 to 1000000000000, not -1",
        ),
        (
            header(start={"players": [{"position": 20}, {"balance": "x"}]}),
            'start: players[1].balance: must be a whole number from -1000000000000 to 1000000000000, not "x"; '
            "players[0].position: nobody stays on 20, which sends to jail (201)",
        ),
    ],
)
def test_what_does_not_begin_as_a_record_is_one_error(text: str, what: str) -> None:
    error = fault(text)
    assert error.what == what
    assert str(error) == f"game.jsonl, line 1: {what}"


def roll(**changes: object) -> Line:
    """Return the line of a first roll with some keys changed; None takes one away."""
    line = json.loads(move_line(1, 0, THROW_DICES, [("die", 1), ("die", 2), ("die", 2)]))
    return {key: value for key, value in {**line, **changes}.items() if value is not None}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ([], "must be an object"),
        ({}, "Object missing required field `move`"),
        (roll(move=2), "move 2 stands where move 1 must: lines are missing or mixed"),
        (roll(seat="0"), "Expected `int`, got `str` - at `$.seat`"),
        (roll(seat=1), "seat 1 may not do ThrowDices(): It is not your turn."),
        (roll(seat=7), "seat 7 may not do ThrowDices(): This game has no such seat."),
        (roll(action=None), "Object missing required field `action`"),
        (roll(action={"type": "Fly"}), "Invalid value 'Fly' - at `$.action.type`"),
        (roll(action={"type": "Bid", "amount": "x"}), "Expected `int`, got `str` - at `$.action.amount`"),
        (
            roll(action={"type": "BuySquare", "square": 5}),
            "seat 0 may not do BuySquare(square=5): That action is not valid in this phase.",
        ),
        (roll(outcomes=None), "the record has no outcome left where a die is drawn"),
        (roll(outcomes=[["die"]]), "Expected `array` of length 2, got 1 - at `$.outcomes[0]`"),
        (roll(outcomes=[["frog", 1]]), "the record has a frog where a die is drawn"),
        (roll(outcomes=[["\u001b[2J", 1]]), "the record has a ?[2J where a die is drawn"),
        (roll(outcomes=[["die", 7]]), "7 was told or recorded where only [1, 2, 3, 4, 5, 6] can come"),
        (
            roll(outcomes=[["die", 2], ["die", 3], ["die", 2], ["card", ["rainOfFrogs", None, 3]]]),
            "the recorded card is ['rainOfFrogs', None, 3], not a known type, a value and a price",
        ),
        (
            roll(outcomes=[["die", 1], ["die", 2], ["die", 2], ["die", 2]]),
            "holds more outcomes than are drawn, 1 too many",
        ),
        (
            {"result": {"winners": [0], "worth": [1, 0]}},
            "a result stands where the game is not over: lines are missing",
        ),
        ({"result": [0]}, "Expected `object`, got `array` - at `$.result`"),
    ],
)
def test_a_line_that_does_not_fit_is_one_error_that_names_it(line: object, what: str) -> None:
    error = fault(header() + json.dumps(line) + "\n")
    assert (error.line, error.what, error.source) == (2, what, "game.jsonl")
    assert str(error).isprintable()


@pytest.mark.parametrize(
    "line", [b"\xff\xfe\n", b"[" * 100_000, b'{"move": ' + b"9" * 9999 + b"}", b'{"move": 1, "seat": 0, "act']
)
def test_a_line_that_is_no_json_is_one_error(line: bytes) -> None:
    with pytest.raises(RecordError, match=r"^record, line 2: no JSON, or cut off: "):
        read_record([header().encode(), line])


def test_the_words_of_an_error_are_short_whatever_stands_in_the_record() -> None:
    error = fault(header() + text_of([roll(outcomes=[["x" * 9999, 1]])]))
    assert error.what == f"the record has a {'x' * 483}…"


def test_nothing_can_follow_the_result() -> None:
    lines = lines_of()
    error = fault(text_of([*lines, lines[-1]]))
    assert (error.line, error.what) == (len(lines) + 1, "nothing can follow the result")


def test_a_result_that_the_moves_do_not_lead_to_is_an_error() -> None:
    for change in ({"winners": [0, 1, 2]}, {"worth": [1, 2, 3]}):
        lines = lines_of()
        lines[-1]["result"] |= change
        error = fault(text_of(lines))
        assert (error.line, error.what) == (len(lines), "the result is not that of the moves before it")


def test_a_line_that_is_missing_or_there_twice_is_found() -> None:
    lines = lines_of()
    assert fault(text_of(lines[:5] + lines[6:])).line == 6
    assert fault(text_of(lines[:5] + lines[4:])).line == 6
    assert fault(text_of(lines[:-2] + lines[-1:])).line == len(lines) - 1


# Recovery


def test_what_is_whole_before_a_fault_can_be_recovered() -> None:
    text, played = record_game(4)
    lines = text.splitlines(keepends=True)
    for count in (1, 5, len(lines) - 2):
        damaged = "".join(lines[:count]) + lines[count][:20]
        assert fault(damaged).line == count + 1
        record = read(damaged, recover=True)
        assert len(record.moves) == count - 1
        assert last_state(record) == played[count - 1].state
        assert record.fault is not None
        assert record.fault.line == count + 1
        assert record.result is None


def test_a_fault_behind_the_result_leaves_the_whole_game() -> None:
    text, played = record_game(4)
    record = read(text + "more", recover=True)
    assert record.result is not None
    assert record.fault is not None
    assert last_state(record) == played[-1].state


def test_without_a_header_there_is_nothing_to_recover() -> None:
    with pytest.raises(RecordError, match="the record is empty"):
        read("", recover=True)


@given(seed=st.integers(0, 2**32), changes=st.integers(1, 3))
@settings(max_examples=tries(200))
def test_a_damaged_record_is_read_or_refused_in_words(seed: int, changes: int) -> None:
    pick = random.Random(seed)
    damaged = bytearray(record_game(seed % 7, max_rounds=2)[0].encode())
    for _ in range(changes):
        place = pick.randrange(len(damaged))
        match pick.randrange(4):
            case 0:
                damaged[place] = pick.randrange(256)
            case 1:
                damaged[place] = pick.choice(b'0123456789-"[]{},:')
            case 2:
                del damaged[place : place + pick.randrange(1, 200)]
            case _:
                damaged[place:place] = damaged[place : place + pick.randrange(1, 200)]
    for recover in (False, True):
        try:
            record = read_record(io.BytesIO(damaged), recover=recover)
        except RecordError as refused:
            error: RecordError | None = refused
        else:
            error = record.fault
            assert len(list(replay(record))) == len(record.moves)
        assert error is None or str(error).isprintable()


def test_lines_are_whole_and_one_that_never_ends_comes_in_pieces() -> None:
    assert list(lines_of_file(BytesIO(b"one\ntwo"))) == [b"one\n", b"two"]
    assert [len(piece) for piece in lines_of_file(BytesIO(b"0" * (LONGEST_LINE + 5)))] == [LONGEST_LINE, 5]
