"""The database of results: rows of the settings alone, written a chunk at a time, and taken up again."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from magnate.engine.board import standard_board
from magnate.simulation.errors import DatabaseLocked, OutputError, SameRun
from magnate.simulation.results.database import ResultsDatabase
from magnate.simulation.results.game_result import GameResult, Thinking
from magnate.simulation.results.schema import APPLICATION_ID, SCHEMA, open_results
from magnate.simulation.settings import RunSettings
from tests.simulation.odd_bots import Surrenders
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


def test_the_same_run_is_refused_and_nothing_is_written_unless_it_is_meant(file: Path) -> None:
    written(file, made_up_games())
    with closing(opened(file)) as database:
        with pytest.raises(SameRun, match=r"run 1 has the same settings and seed.*--resume.*--again") as refused:
            database.begin(9)
        assert refused.value.run == 1
        assert query(file, "SELECT id, games FROM runs") == [(1, 5)]
        database.begin(9, again=True)
    assert query(file, "SELECT id, games FROM runs") == [(1, 5), (2, 9)]


def test_a_run_that_has_no_game_yet_doubles_none(file: Path) -> None:
    for _ in range(2):
        with closing(opened(file)) as database:
            database.begin(5)


def test_a_reader_holds_up_nobody_and_the_file_is_one_again_afterwards(file: Path) -> None:
    with closing(opened(file)) as database, closing(sqlite3.connect(file)) as viewer:
        database.begin(5)
        viewer.execute("BEGIN")
        assert viewer.execute("SELECT count(*) FROM games").fetchone() == (0,)
        database.write(made_up_games())
        assert viewer.execute("SELECT count(*) FROM games").fetchone() == (0,), "a reader sees what it began with"
        viewer.rollback()
        assert viewer.execute("SELECT count(*) FROM games").fetchone() == (5,)
    with closing(opened(file)):
        pass
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_a_file_that_is_held_is_told_apart_from_one_that_is_broken(file: Path) -> None:
    written(file, made_up_games())
    with closing(opened(file)) as database, closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseLocked, match="another program holds this database"):
            database.begin(5, again=True)


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
    with pytest.raises(OutputError, match="not an SQLite database"):
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


class TestCode:
    """`--resume` goes on with the code that the run was played by, or says why it does not."""

    @pytest.fixture(autouse=True)
    def _bots(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("helper.py").write_text("K = 1\n")
        for name in ("my_bot.py", "other_bot.py"):
            Path(name).write_text(
                f"import helper\nfrom {Surrenders.__module__} import Surrenders\nclass My(Surrenders): pass\n"
            )

    def settings(self) -> RunSettings:
        return run_settings("my_bot.py:My", "other_bot.py:My", "easy")

    def begun(self, file: Path) -> None:
        with closing(opened(file, self.settings())) as database:
            database.begin(5)

    def refusal(self, file: Path) -> str:
        before = query(file, "SELECT id, bots, games FROM runs")
        with closing(opened(file, self.settings())) as database, pytest.raises(OutputError) as refused:
            database.resume(9)
        assert query(file, "SELECT id, bots, games FROM runs") == before
        return refused.value.what

    def test_the_same_code_goes_on(self, file: Path) -> None:
        self.begun(file)
        with closing(opened(file, self.settings())) as database:
            assert database.resume(9) == 0

    def test_an_edited_bot_is_named(self, file: Path) -> None:
        self.begun(file)
        with Path("my_bot.py").open("a") as code:
            code.write("# edited\n")
        assert self.refusal(file) == (
            "run 1 was played with other code of my_bot.py:My: the file, or what it imports from beside it, "
            "has changed since then; without --resume, a new run begins beside it"
        )

    def test_what_a_bot_imports_counts_like_its_file(self, file: Path) -> None:
        self.begun(file)
        Path("helper.py").write_text("K = 2\n")
        assert "other code of my_bot.py:My and other_bot.py:My" in self.refusal(file)

    def test_the_run_of_the_code_before_goes_on_when_the_edit_is_undone(self, file: Path) -> None:
        self.begun(file)
        code = Path("my_bot.py").read_text()
        Path("my_bot.py").write_text(code + "# edited\n")
        self.begun(file)
        Path("my_bot.py").write_text(code)
        with closing(opened(file, self.settings())) as database:
            assert database.resume(9) == 0
            assert database.run == 1

    def test_another_version_of_magnate_is_named(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        written(file, made_up_games())
        query(file, "UPDATE runs SET magnate = '0.0.1'")
        with closing(opened(file)) as database, pytest.raises(OutputError) as refused:
            database.resume(9)
        assert refused.value.what.startswith("run 1 was played by Magnate 0.0.1, and this is Magnate ")

    def test_a_database_of_before_digests_goes_on_with_magnates_own_bots(self, file: Path) -> None:
        written(file, made_up_games())
        make_old(file)
        with closing(opened(file)) as database:
            assert database.resume(5) == 5
        assert query(file, "PRAGMA user_version") == [(SCHEMA,)]

    def test_a_database_of_before_digests_says_what_it_lacks(self, file: Path) -> None:
        self.begun(file)
        make_old(file)
        assert self.refusal(file).startswith(
            "run 1 was played by a Magnate that did not note the code of bots: whether my_bot.py:My and "
            "other_bot.py:My changed since then, nobody can tell"
        )
        self.begun(file)
        assert query(file, "SELECT id FROM runs WHERE code IS NOT NULL") == [(2,)]


def make_old(file: Path) -> None:
    """Make a database what the first version of its tables was."""
    query(file, "ALTER TABLE runs DROP COLUMN code")
    query(file, "PRAGMA user_version = 1")
