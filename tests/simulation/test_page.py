"""The page about simulating: its queries and its program run, and every flag and column is on it."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import typer

from magnate.commands.simulate import app
from magnate.engine.board import standard_board
from magnate.simulation.results.database import ResultsDatabase
from tests.simulation.runs import made_up_games, rows, run_settings

PAGE = (Path(__file__).parents[2] / "docs" / "simulate.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a database with made-up games."""
    path = tmp_path / "results.db"
    database = ResultsDatabase(path, run_settings("expert", "hard", "easy"), standard_board())
    database.begin(5)
    database.write(made_up_games())
    database.close()
    return path


def test_there_are_five_queries() -> None:
    assert len(blocks("sql")) == 5


@pytest.mark.parametrize("query", blocks("sql"))
def test_every_query_finds_something(query: str, file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        found = db.execute(query).fetchall()
    assert found
    assert all(None not in row for row in found)


def test_every_table_and_column_is_on_the_page(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        for table in (*rows(file), "bots"):
            line = next(line for line in PAGE.splitlines() if line.startswith(f"| `{table}`"))
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            assert [column for column in columns if f"`{column}`" not in line] == []


def test_the_program_runs() -> None:
    (program,) = blocks("python")
    names: dict[str, object] = {}
    exec(program, names)
    wins = names["wins"]
    assert isinstance(wins, float)
    assert wins > 50


def test_every_flag_is_on_the_page() -> None:
    flags = {flag for parameter in typer.main.get_command(app).params for flag in parameter.opts if flag[:2] == "--"}
    assert len(flags) > 20
    assert [flag for flag in sorted(flags) if flag not in PAGE and flag not in ("--squares", "--help")] == []
