"""What stands on stdout: to the byte, in every format, and as the schema says."""

import csv
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace
from rich.console import Console

from magnate.engine.statistics import STATISTICS
from magnate.simulation.figures.histogram import bar, histogram
from magnate.simulation.figures.report import Estimate, NeighbourReport, Report, RoundsCount
from magnate.simulation.figures.sprt import Sprt
from magnate.simulation.figures.summary import make_report, make_timing
from magnate.simulation.reports import json as report_json
from magnate.simulation.reports.csv import write_header, write_rows
from magnate.simulation.reports.json import schema, write_json, write_schema
from magnate.simulation.reports.ndjson import write_line
from magnate.simulation.reports.output import Output
from magnate.simulation.reports.table import facts_line, print_report, sprt_line
from magnate.simulation.reports.table_ladder import neighbour_line
from magnate.simulation.results.game_result import Thinking
from magnate.simulation.settings import Format
from magnate.system import streams
from tests.simulation.runs import made_up_games, made_up_totals, run_settings

GOLDEN = Path(__file__).parent / "golden"
SETTINGS = run_settings("expert", "hard", "easy")


def full_report() -> Report:
    """Return a report with all there is, timing too."""
    totals = made_up_totals()
    sprt = Sprt("a", "b")
    report = make_report(
        SETTINGS, totals, 6, interrupted=True, ladder=True, sprt=sprt, timing=make_timing(totals, 5, 2.0, 2)
    )
    facts = replace(report.run, bots=["a", "b", "c"], magnate="0.0.0")
    return replace(report, run=facts)


def printed(report: Report, *, every_square: bool = True) -> str:
    out = io.StringIO()
    print_report(report, out, every_square=every_square)
    return out.getvalue()


def golden(name: str, text: str) -> None:
    """Compare with a file in `golden`; delete the file to have it written anew."""
    file = GOLDEN / name
    if not file.exists():
        file.write_text(text, encoding="utf-8")
        pytest.fail(f"{file} was missing; it is written now: look at it")
    assert text == file.read_text(encoding="utf-8")


def test_tables_to_the_byte() -> None:
    golden("tables.txt", printed(full_report()))


def test_json_to_the_byte() -> None:
    golden("report.json", write_json(full_report()))


def test_csv_to_the_byte() -> None:
    golden("games.csv", write_header() + "".join(write_rows(game) for game in made_up_games()))


def test_ndjson_to_the_byte() -> None:
    golden("games.ndjson", "".join(write_line(game) for game in made_up_games()))


def test_tables_without_squares_have_groups_alone() -> None:
    text = printed(full_report(), every_square=False)
    assert "The Quays" in text
    assert "Net Menders' Row" not in text


def test_nothing_in_the_tables_is_wider_than_a_small_terminal() -> None:
    tables = printed(full_report()).split("SPRT:")[0]
    assert max(len(line.rstrip()) for line in tables.splitlines()) <= 80


def test_a_report_without_a_game_can_be_printed() -> None:
    text = printed(make_report(SETTINGS, made_up_totals([]), 5, ladder=True))
    assert "0 of 5 games" in text
    assert "no game was played" in text


def test_colour_is_used_in_a_terminal_and_not_with_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in printed(full_report())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in printed(full_report())


def test_the_shipped_schema_is_that_of_the_code() -> None:
    shipped = Path(report_json.__file__).with_name("schema.json")
    assert shipped.read_text(encoding="utf-8") == write_schema(), "write it anew: magnate simulate --schema"


@pytest.mark.parametrize("timing", [True, False])
def test_reports_are_as_the_schema_says(timing: bool) -> None:
    validator = Draft202012Validator(schema())
    report = full_report() if timing else make_report(SETTINGS, made_up_totals([]), 5)
    validator.validate(json.loads(write_json(report)))
    assert ("timing" in json.loads(write_json(report))) is timing


def test_the_schema_refuses_what_is_no_report() -> None:
    report = json.loads(write_json(full_report()))
    del report["bots"][0]["win_share"]
    assert not Draft202012Validator(schema()).is_valid(report)


@pytest.mark.parametrize("timing", [True, False])
def test_lines_of_games_are_as_the_schema_says(timing: bool) -> None:
    validator = Draft202012Validator({**schema(), "$ref": "#/$defs/GameLine"})
    timed = replace(made_up_games()[0], thinking=(Thinking(2, 0.5, 0.25),) * 3)
    for game in (timed, *made_up_games()):
        line = json.loads(write_line(game, timing=timing))
        validator.validate(line)
        assert ("timing" in line["seats"][0]) is timing
    assert json.loads(write_line(timed, timing=True))["seats"][0]["timing"]["longest"] == 0.25


def test_csv_has_a_row_a_seat_and_quotes_what_must_be() -> None:
    rows = list(csv.DictReader(io.StringIO(write_header() + write_rows(made_up_games()[2]))))
    assert [row["bot"] for row in rows] == ["c", "a", "b"]
    assert rows[0]["fault"] == "raised ValueError: no idea"
    assert [row["exit"] for row in rows] == ["fault", "", ""]
    assert set(STATISTICS) <= set(rows[0])


def test_csv_with_timing_has_its_columns_last() -> None:
    game = made_up_games()[0]
    timed = replace(game, thinking=(Thinking(2, 0.5, 0.25),) * 3)
    (row, *_) = csv.DictReader(io.StringIO(write_header(True) + write_rows(timed, True)))
    assert (row["decisions"], row["seconds"], row["longest"]) == ("2", "0.5", "0.25")
    (row, *_) = csv.DictReader(io.StringIO(write_header(True) + write_rows(game, True)))
    assert row["decisions"] == ""


def test_output_writes_games_or_figures_by_format(capsys: pytest.CaptureFixture[str]) -> None:
    for format, in_games, in_figures in (
        (Format.CSV, "game,seed", ""),
        (Format.NDJSON, '{"game":1', ""),
        (Format.JSON, "", '{\n  "format": 1'),
        (Format.TABLE, "", "Groups and squares"),
    ):
        output = Output(format)
        output.begin()
        output.game(made_up_games()[0])
        assert capsys.readouterr().out.startswith(in_games)
        assert output.streams is bool(in_games)
        output.end(full_report())
        assert capsys.readouterr().out.startswith(in_figures)


@pytest.mark.parametrize("format", [Format.CSV, Format.NDJSON])
def test_a_game_is_there_for_who_reads_along_as_soon_as_it_is_written(
    format: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(pipe, encoding="ascii", newline="\r\n"))
    streams.expect_data()
    output = Output(format)
    output.game(made_up_games()[0])
    assert pipe.getvalue().endswith(b"\n")
    assert b"\r" not in pipe.getvalue()


@pytest.mark.parametrize(
    ("format", "begins"),
    [
        (Format.TABLE, "Game 3: 7 rounds, 60 turns, 303 actions (seed 1003)"),
        (Format.JSON, '{\n  "game": 3,'),
        (Format.NDJSON, '{"game":3,'),
        (Format.CSV, "game,seed,"),
    ],
)
def test_a_game_alone_is_written_in_every_format(
    format: Format, begins: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Output(format).alone(made_up_games()[2])
    out = capsys.readouterr().out
    assert out.startswith(begins)
    assert "raised ValueError: no idea" in out


@pytest.mark.parametrize(
    ("share", "stronger", "needed", "line"),
    [
        ((0.8, 0.7, 0.9), "b", None, "b > a: settled; b wins 80.0 % (70.0–90.0) against a"),
        ((0.2, 0.1, 0.3), "a", None, "b > a: settled THE OTHER WAY ROUND; b wins 20.0 % (10.0–30.0) against a"),
        (
            (0.55, 0.4, 0.7),
            None,
            1200,
            "b > a: open; b wins 55.0 % (40.0–70.0) against a, about 1,200 games would settle it",
        ),
        ((0.5, 0.4, 0.6), None, None, "b > a: open; b wins 50.0 % (40.0–60.0) against a"),
        ((None, None, None), None, None, "b > a: open; no game was played"),
    ],
)
def test_a_line_for_each_pair_of_neighbours(
    share: tuple[float | None, float | None, float | None], stronger: str | None, needed: int | None, line: str
) -> None:
    neighbours = NeighbourReport("b", "a", Estimate(*share), stronger is not None, stronger, needed)
    assert neighbour_line(neighbours) == line


def test_a_histogram_has_few_bars_and_hides_no_game() -> None:
    counts = [RoundsCount(rounds, 1) for rounds in range(1, 31)] + [RoundsCount(31, 300)]
    bars = histogram(counts)
    assert len(bars) <= 10
    assert sum(games for _, _, games in bars) == 330
    assert bars[0][0] == "1–4"
    assert bars[-1][0] == "29–31"
    assert all(drawn for _, drawn, _ in bars)


def test_a_histogram_of_nothing_is_empty() -> None:
    assert histogram([]) == []
    assert bar(0, 5, blocks=True) == ""


def test_a_terminal_without_blocks_gets_plain_bars() -> None:
    assert bar(5, 5, blocks=False) == "#" * 30
    assert bar(1, 1000, blocks=False) == "#"
    assert Console(file=io.TextIOWrapper(io.BytesIO(), encoding="ascii")).options.ascii_only


@pytest.mark.parametrize(
    ("stronger", "words"),
    [
        ("a", "SPRT: a is stronger than b"),
        ("b", "SPRT: b is stronger than a"),
        (None, "SPRT: it is open whether a or b"),
    ],
)
def test_a_verdict_says_who_is_stronger_than_whom_and_claims_no_win_for_the_other(
    stronger: str | None, words: str
) -> None:
    report = full_report()
    assert report.sprt is not None
    line = sprt_line(replace(report.sprt, stronger=stronger), report.run)
    assert line.startswith(words)
    assert " wins " not in line


@pytest.mark.parametrize(("rounds", "words"), [(1, "at most 1 round,"), (2, "at most 2 rounds,"), (0, "no limit of")])
def test_one_round_is_not_called_rounds(rounds: int, words: str) -> None:
    assert words in facts_line(replace(full_report().run, max_rounds=rounds))
