"""Records of simulated games: they play again to the same result."""

from pathlib import Path

import pytest

from magnate.engine.record import read_record, replay
from magnate.simulation.errors import OutputError
from magnate.simulation.playing.plan import Wishes, make_settings
from magnate.simulation.playing.runner import play_game
from magnate.simulation.results.game_result import GameResult
from magnate.simulation.results.record_folder import RecordFolder
from tests.simulation.runs import made_up_games, odd, run_settings


def recorded(game: GameResult) -> list[str]:
    assert game.record is not None
    return game.record.splitlines(keepends=True)


def test_a_record_plays_again_to_the_same_result() -> None:
    game = play_game(run_settings("expert", "hard", "medium", record=True), 3)
    record = read_record(recorded(game))
    assert record.header.names == tuple(seat.bot for seat in game.seats)
    assert record.header.seed == game.seed
    assert record.header.extra == {"run": {"seed": 0, "game": 3}}
    assert len(record.moves) == game.actions
    assert record.result is not None
    assert record.result.worth == tuple(seat.worth for seat in game.seats)
    *_, last = replay(record)
    assert last.after.winners == record.result.winners


def test_recording_changes_no_result() -> None:
    plain = play_game(run_settings("expert", "hard"), 1)
    assert plain.record is None
    recorded_game = play_game(run_settings("expert", "hard", record=True), 1)
    assert (recorded_game.seats, recorded_game.squares) == (plain.seats, plain.squares)


def test_what_a_bot_did_wrong_stands_beside_its_surrender() -> None:
    game = play_game(run_settings(odd("Raises"), "easy", record=True), 1)
    faults = [move.extra for move in read_record(recorded(game)).moves if move.extra]
    assert faults == [{"fault": "raised ValueError: no idea"}]


def test_a_game_from_a_position_is_recorded_from_there(tmp_path: Path) -> None:
    file = tmp_path / "position.json"
    file.write_text('{"round": 5, "players": [{"balance": 700}, {}, {"balance": 0}], "eliminated": [2]}')
    settings = make_settings(Wishes(bots=("expert", "easy"), position=file, records=tmp_path / "records"))
    record = read_record(recorded(play_game(settings, 1)))
    assert record.header.names == ("expert", "easy", "")
    assert record.header.start.round == 5


def test_a_record_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    folder = RecordFolder(tmp_path)
    (tmp_path / "game-000001.jsonl").mkdir()
    with pytest.raises(OutputError, match=r"game-000001.jsonl: Is a directory"):
        folder.write(made_up_games()[0])


def test_a_folder_with_records_is_taken_only_to_go_on(tmp_path: Path) -> None:
    RecordFolder(tmp_path).write(made_up_games()[0])
    RecordFolder(tmp_path, played=0)
    RecordFolder(tmp_path, played=1)
    with pytest.raises(OutputError, match="has records already"):
        RecordFolder(tmp_path)
    with pytest.raises(OutputError, match="lacks the record of game 2, which was played before"):
        RecordFolder(tmp_path, played=3)
