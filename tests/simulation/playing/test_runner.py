"""One game: the same for the same settings, and no bot can break it."""

import pytest

from magnate.engine.board import standard_board
from magnate.simulation.playing.runner import MOST_ACTIONS, play_game
from magnate.simulation.playing.seeds import game_seed
from magnate.simulation.results.game_result import SQUARE_COUNTS, GameResult
from magnate.simulation.settings import Seating
from tests.simulation.runs import odd, run_settings


def column(game: GameResult, name: str) -> dict[int, int]:
    """Return one of SQUARE_COUNTS by square id."""
    ids = standard_board().ids
    first = SQUARE_COUNTS.index(name) * len(ids)
    return dict(zip(ids, game.squares[first : first + len(ids)], strict=True))


def test_a_game_follows_from_settings_and_number() -> None:
    settings = run_settings("expert", "hard", "medium", "easy")
    assert play_game(settings, 5) == play_game(settings, 5)
    assert play_game(settings, 5) != play_game(settings, 6)
    assert play_game(settings, 5).seed == game_seed(0, 5)


def test_the_first_seat_begins() -> None:
    """The bot on seat 0 has its turn before the one on seat 1, who then gives up: two turns, one round."""
    for number in range(1, 9):
        game = play_game(run_settings(odd("Plain"), odd("Surrenders"), seating=Seating.FIXED), number)
        assert (game.rounds, game.turns) == (1, 2)
        assert [seat.bot for seat in game.seats] == [odd("Plain"), odd("Surrenders")]


def test_rounds_and_turns_are_those_that_were_played() -> None:
    game = play_game(run_settings(odd("Plain"), odd("Plain"), max_rounds=3), 1)
    assert (game.rounds, game.turns) == (3, 6)
    assert game.actions == sum(seat.actions for seat in game.seats)


def test_no_limit_of_rounds_still_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("magnate.simulation.playing.start.ROUNDS_WITHOUT_LIMIT", 40)
    game = play_game(run_settings(odd("Plain"), odd("Plain"), max_rounds=0), 1)
    assert game.rounds == 40


def test_who_is_out_ranks_by_when_and_who_stays_by_worth() -> None:
    game = play_game(run_settings(odd("Plain"), odd("Surrenders"), odd("Raises"), seating=Seating.FIXED), 1)
    assert [seat.rank for seat in game.seats] == [1, 3, 2]
    assert [seat.worth > 0 for seat in game.seats] == [True, False, False]
    assert [seat.win for seat in game.seats] == [1, 0, 0]
    assert [seat.exit for seat in game.seats] == [None, "surrender", "fault"]


def test_some_go_bankrupt() -> None:
    games = [play_game(run_settings("expert", "expert", "expert", "expert"), number) for number in range(1, 9)]
    assert "bankrupt" in {seat.exit for game in games for seat in game.seats}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Raises", "raised ValueError: no idea"),
        ("Sleeps", "took longer than 0.05 s"),
        ("Unborn", "not today"),
        ("Fidgets", f"went on after {MOST_ACTIONS} actions in one turn"),
    ],
)
def test_a_bot_at_fault_loses_by_surrender_and_is_reported(name: str, message: str) -> None:
    settings = run_settings(odd(name), "hard", bot_seconds=0.05 if name == "Sleeps" else None)
    for number in range(1, 21):  # a bot that fidgets must first get something to mortgage
        game = play_game(settings, number)
        mine = next(seat for seat in game.seats if seat.bot == odd(name))
        if mine.exit == "fault":
            break
    assert mine.fault is not None
    assert message in mine.fault
    assert (mine.win, mine.worth, mine.rank) == (0, 0, 2)


def test_squares_are_counted_from_what_happens() -> None:
    game = play_game(run_settings("expert", "hard", "medium", "easy"), 1)
    board = standard_board()
    bought = column(game, "bought")
    assert all(bought[square] == 0 for square in board.ids if not board.is_buyable[square])
    assert sum(bought.values()) > 10
    assert all(count <= bought[square] for square, count in column(game, "auctioned").items())
    for square in board.buyable:
        direct = bought[square] - column(game, "auctioned")[square]
        bids = column(game, "auction_money")[square]
        assert column(game, "spent")[square] >= direct * board.price[square] + bids
    assert sum(column(game, "landings").values()) > game.turns / 2
    assert sum(column(game, "rent").values()) > 0


def test_time_is_measured_only_when_asked_for() -> None:
    assert play_game(run_settings("easy", "easy", max_rounds=2), 1).thinking is None
    game = play_game(run_settings("easy", "hard", max_rounds=2, timing=True), 1)
    assert game.thinking is not None
    assert [thinking.decisions for thinking in game.thinking] == [seat.actions for seat in game.seats]
    assert all(0 < thinking.longest <= thinking.seconds for thinking in game.thinking)
