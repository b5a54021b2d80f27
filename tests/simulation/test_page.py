"""The page about simulating: its queries and its program run, and every flag and column is on it."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
import typer
from msgspec.structs import replace

from magnate.commands.simulate import EPILOG, app
from magnate.engine.board import standard_board
from magnate.simulation.figures.report import Report
from magnate.simulation.figures.sprt import Sprt
from magnate.simulation.figures.summary import make_report, make_timing
from magnate.simulation.results.database import ResultsDatabase
from magnate.simulation.results.game_result import BANKRUPT, GameResult, SeatResult, Thinking
from scripts import ladder_docs, simulate_docs
from tests.simulation.runs import made_up_games, made_up_totals, rows, run_settings, seat_result, simulate

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


def test_the_names_of_the_report_are_current() -> None:
    assert simulate_docs.main(["--check"]) == 0


@pytest.mark.sweep
def test_the_ladder_of_the_levels_is_what_its_command_prints() -> None:
    assert ladder_docs.main(["--check"]) == 0


def test_a_stale_ladder_is_reported_and_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = PAGE.replace("--ladder --no-squares", "--ladder --no-squares --games 2 --bot easy --bot random")
    stale = tmp_path / "simulate.md"
    stale.write_text(page, encoding="utf-8")
    monkeypatch.setattr(ladder_docs, "PAGE", stale)
    assert ladder_docs.main(["--check"]) == 1
    assert stale.read_text(encoding="utf-8") == page
    assert ladder_docs.main([]) == 0
    written = stale.read_text(encoding="utf-8")
    assert "\n2 games, 2 seats" in written
    assert written.startswith(page[: page.index("<!-- from the code: ladder -->")])
    assert ladder_docs.main(["--check"]) == 0


def test_a_stale_table_of_names_is_reported_and_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stale = tmp_path / "simulate.md"
    stale.write_text(PAGE.replace("`shared_wins`, ", ""), encoding="utf-8")
    monkeypatch.setattr(simulate_docs, "PAGE", stale)
    assert simulate_docs.main(["--check"]) == 1
    assert simulate_docs.main([]) == 0
    assert stale.read_text(encoding="utf-8") == PAGE


def test_the_example_of_a_seed_names_the_game_that_took_the_most_actions() -> None:
    found = re.search(r"^magnate simulate (.+?) +# says that game (\d+) took the most actions", PAGE, re.MULTILINE)
    assert found is not None
    done = simulate(*found[1].split(), "--format", "json", "--quiet")
    longest = next(each for each in json.loads(done.stdout)["notable"] if each["what"] == "longest")
    assert longest["game"] == int(found[2])
    assert len(re.findall(rf"--game {found[2]}\b", PAGE)) == 2


def test_the_lead_that_decides_a_match_is_the_one_that_the_test_needs() -> None:
    (lead,) = re.findall(r"a\s+lead\s+of\s+(\d+)\s+wins\s+decides", PAGE)
    test = Sprt("a", "b")
    games = 0
    while not test.decided:
        games += 1
        test.add(GameResult(games, 0, 1, 2, 3, (seat_result(0, "a", 9, 1, 1.0), seat_result(1, "b", 5, 2)), []))
    assert games == int(lead)


def test_every_figure_has_the_decimals_that_the_page_gives_it() -> None:
    rows = re.findall(r"^\| ([2-4]) \| (.+) \|$", PAGE, re.MULTILINE)
    decimals = {name: int(count) for count, names in rows for name in re.findall(r"`(\w+)`", names)}
    assert len(decimals) > 8
    measured = [replace(game, thinking=(Thinking(3, 0.0123456, 0.0077777),) * 3) for game in made_up_games()]
    totals = made_up_totals(measured)
    report = make_report(
        run_settings("expert", "hard", "easy"), totals, 6, sprt=Sprt("a", "b"), timing=make_timing(totals, 5, 2.0, 2)
    )
    seen = set()
    for name, value in numbers(json.loads(msgspec.json.encode(report)), ""):
        seen.add(name)
        assert value == round(value, decimals.get(name, 2)), name
    assert set(decimals) <= seen


def numbers(data: object, name: str) -> Iterator[tuple[str, float]]:
    """Yield every fraction with its name; those of an interval by the name of the whole."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from numbers(value, name if key in ("value", "low", "high") and name else key)
    elif isinstance(data, list):
        for value in data:
            yield from numbers(value, name)
    elif isinstance(data, float) and name not in ("margin", "error", "bot_seconds"):
        yield name, data


def test_the_exit_codes_are_those_of_the_help() -> None:
    of_help = re.findall(r"^  (\d+) ", EPILOG, re.MULTILINE)
    section = PAGE.partition("## Exit codes")[2].partition("\n## ")[0]
    assert re.findall(r"^\| (\d+) \|", section, re.MULTILINE) == of_help


def test_every_table_links_to_its_run_as_the_page_says_and_to_nothing_else(file: Path) -> None:
    assert "`run` is a link from every table to `runs`" in PAGE
    with closing(sqlite3.connect(file)) as db:
        for table in rows(file):
            links = [(row[3], row[2]) for row in db.execute(f"PRAGMA foreign_key_list({table})")]
            assert links == ([] if table == "runs" else [("run", "runs")])


def test_names_that_differ_between_formats_are_those_of_the_formats(file: Path) -> None:
    section = PAGE.partition("Some figures have other names")[2].partition("\n\n[The rules]")[0]
    cells = [line.split("|")[1:4] for line in section.splitlines() if line.startswith("|")][2:]
    in_json = {name for _, names in simulate_docs.rows(Report) for name in re.findall(r"`(\w+)`", names)}
    with closing(sqlite3.connect(file)) as db:
        columns = {row[1] for table in rows(file) for row in db.execute(f"PRAGMA table_info({table})")}
    assert len(cells) > 4
    for _, json_names, columns_named in cells:
        assert set(re.findall(r"`(\w+)`", json_names)) <= in_json
        assert set(re.findall(r"`(\w+)`", columns_named)) <= columns | {BANKRUPT}


def test_every_field_of_a_result_is_on_the_page() -> None:
    section = PAGE.partition("## From Python")[2]
    for kind in (GameResult, SeatResult):
        assert [name for name in kind.__struct_fields__ if f"`{name}`" not in section] == []
