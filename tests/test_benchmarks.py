"""The benchmarks' own machinery: the table is complete and the figures are judged and printed right."""

from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest

from benchmarks import __main__ as benchmarks
from benchmarks.yardstick import Figure, best_of

FOLDER = Path(__file__).parent.parent / "benchmarks"


def test_the_table_lists_every_module_that_can_run() -> None:
    modules = {file.stem for file in FOLDER.glob("*.py") if "\ndef run(" in file.read_text(encoding="utf-8")}
    assert set(benchmarks.BENCHMARKS) == modules


@pytest.mark.parametrize("name", benchmarks.BENCHMARKS)
def test_every_benchmark_takes_the_unit(name: str) -> None:
    assert list(signature(import_module(f"benchmarks.{name}").run).parameters) == ["unit"]


@pytest.mark.parametrize(
    ("figure", "holds", "goal"),
    [
        (Figure("copy", 8.0, most=8), True, "at most 8"),
        (Figure("copy", 8.1, most=8), False, "at most 8"),
        (Figure("two processes", 1.8, least=1.8), True, "at least 1.8"),
        (Figure("two processes", 1.7, least=1.8), False, "at least 1.8"),
        (Figure("only told", 5.0), True, ""),
    ],
)
def test_a_figure_is_held_against_its_goal(figure: Figure, holds: bool, goal: str) -> None:
    assert figure.holds() is holds
    assert figure.goal() == goal


def test_a_missed_goal_is_marked_in_its_row() -> None:
    row = benchmarks.row(Figure("copy of a state", 9.25, most=8, detail="3.7 µs"))
    assert row.split() == ["copy", "of", "a", "state", "9.25", "units", "at", "most", "8", "MISSED", "3.7", "µs"]


def test_the_best_round_counts_and_is_divided_by_the_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([0.0, 3.0, 10.0, 12.0, 20.0, 29.0])
    monkeypatch.setattr("benchmarks.yardstick.time.perf_counter", lambda: next(times))
    assert best_of(lambda: 4, rounds=3) == 0.5


def test_an_unknown_benchmark_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["benchmarks", "nonsense"])
    with pytest.raises(SystemExit) as done:
        benchmarks.main()
    assert done.value.code == 2
    assert "no benchmark nonsense" in capsys.readouterr().err
