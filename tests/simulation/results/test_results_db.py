"""The database of results: rows of the settings alone, written a chunk at a time, and taken up again."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from magnate.engine.board import standard_board
from magnate.simulation.errors import OutputError
from magnate.simulation.results.database import ResultsDatabase
from magnate.simulation.results.game_result import GameResult, Thinking
from magnate.simulation.results.schema import APPLICATION_ID, SCHEMA, open_results
from magnate.simulation.settings import RunSettings
from tests.simulation.runs import made_up_games, run_settings

SETTINGS = run_settings("expert", "hard", "easy")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "results.db"


def opened(file: Path, settings: RunSettings = SETTINGS) -> ResultsDatabase:
    return ResultsDatabase(file, settings, standard_board())


def query(file: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as db:
        rows = db.execute(sql).fetchall()
        db.commit()
        return rows


def written(file: Path, games: list[GameResult]) -> None:
    database = opened(file)
    database.begin(len(games))
    database.write(games)
    database.close()


def test_what_was_written_is_read_again(file: Path) -> None:
    games = [replace(game, thinking=(Thinking(3, 0.5, 0.25),) * 3) for game in made_up_games()]
    written(file, games)
    database = opened(file)
    assert database.resume(5) == 5
    assert list(database.games()) == [replace(game, squares=[]) for game in games]
    assert database.square_counts() == [5 * count for count in games[0].squares]
    database.close()


def test_the_file_says_whose_it_is(file: Path) -> None:
    written(file, made_up_games())
    assert query(file, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert query(file, "PRAGMA user_version") == [(SCHEMA,)]


def test_a_chunk_is_written_as_a_whole_or_not_at_all(file: Path) -> None:
    games = made_up_games()
    database = opened(file)
    database.begin(9)
    database.write(games[:2])
    with pytest.raises(OutputError, match="another program is writing the same run"):
        database.write([games[2], games[0]])
    assert database.square_counts() == [2 * count for count in games[0].squares]
    database.close()
    with closing(opened(file)) as again:
        assert again.resume(9) == 2


def test_a_second_run_stands_beside_the_first(file: Path) -> None:
    written(file, made_up_games())
    written(file, made_up_games())
    assert query(file, "SELECT id, games FROM runs") == [(1, 5), (2, 5)]


@pytest.mark.parametrize(
    "other",
    [
        run_settings("expert", "easy", "hard"),
        run_settings("expert", "hard", "easy", seed=1),
        run_settings("expert", "hard", "easy", max_rounds=3),
        run_settings("expert", "hard", "easy", bot_seconds=1),
        run_settings("expert", "hard", "easy", players=2),
    ],
)
def test_a_run_with_other_settings_is_another_run(file: Path, other: RunSettings) -> None:
    written(file, made_up_games())
    database = opened(file, other)
    assert database.resume(5) is None
    assert database.run == 0
    database.close()


def test_a_run_can_be_made_longer_but_not_shorter(file: Path) -> None:
    written(file, made_up_games())
    database = opened(file)
    with pytest.raises(OutputError, match="has 5 games already, more than the 4 asked for"):
        database.resume(4)
    assert database.resume(7) == 5
    database.close()
    assert query(file, "SELECT games FROM runs") == [(7,)]


def test_a_run_with_gaps_is_refused(file: Path) -> None:
    written(file, made_up_games())
    query(file, "DELETE FROM games WHERE game = 2")
    with closing(opened(file)) as database, pytest.raises(OutputError, match="run 1 lacks games"):
        database.resume(5)


def test_another_programs_database_is_left_alone(file: Path) -> None:
    query(file, "CREATE TABLE theirs (x)")
    before = file.read_bytes()
    with pytest.raises(OutputError, match="is another program's"):
        open_results(file)
    assert file.read_bytes() == before


def test_a_newer_database_is_left_alone(file: Path) -> None:
    written(file, made_up_games())
    query(file, f"PRAGMA user_version = {SCHEMA + 1}")
    before = file.read_bytes()
    with pytest.raises(OutputError, match="of a newer Magnate"):
        open_results(file)
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(file: Path) -> None:
    file.write_text("Dear diary,\n" * 100)
    with pytest.raises(OutputError, match="no SQLite database"):
        open_results(file)
    assert file.read_text().startswith("Dear diary")


def test_a_missing_folder_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there is no folder"):
        open_results(tmp_path / "nowhere" / "results.db")
    with pytest.raises(OutputError, match="unable to open"):
        open_results(tmp_path)


def test_the_view_sums_up_what_bots_did(file: Path) -> None:
    written(file, made_up_games())
    columns = "games, wins, worth, bankruptcies, faults"
    assert query(file, f"SELECT {columns} FROM bots WHERE bot <> 'b' ORDER BY bot") == [
        (5, 3, 3440, 0, 0),
        (5, 1.5, 920, 1, 1),
    ]
