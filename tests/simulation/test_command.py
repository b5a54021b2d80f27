"""`magnate simulate` as a user calls it: the same bytes for the same seed, and one clear line for what cannot be."""

import json
import sys
from pathlib import Path

import pytest

from magnate import cli
from magnate.simulation.reports import json as report_json
from magnate.simulation.settings import DEFAULT_BOTS, MAX_BOTS
from tests.simulation.runs import files, odd, rows, start

SHORT = ("--max-rounds", "4", "--quiet")


def call(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command line in this process and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["magnate", "simulate", *arguments])
    with pytest.raises(SystemExit) as done:
        cli.main()
    assert isinstance(done.value.code, int)
    return done.value.code


def test_the_same_seed_gives_the_same_bytes_for_any_jobs_and_hash_seed(tmp_path: Path) -> None:
    def run(name: str, jobs: str, hash_seed: str, format: str) -> bytes:
        folder = tmp_path / name
        folder.mkdir()
        where = ("--db", str(folder / "results.db"), "--record", str(folder / "records"))
        flags = ("--games", "21", "--seed", "5", "--format", format, "--jobs", jobs)
        with start(*flags, *where, *SHORT, PYTHONHASHSEED=hash_seed) as process:
            printed = process.communicate()
        assert (process.returncode, printed[1]) == (0, b"")
        return printed[0]

    assert run("one", "1", "1", "json") == run("two", "2", "2", "json")
    assert rows(tmp_path / "one" / "results.db") == rows(tmp_path / "two" / "results.db")
    assert files(tmp_path / "one" / "records") == files(tmp_path / "two" / "records")
    assert len(files(tmp_path / "one" / "records")) == 21


@pytest.mark.parametrize("format", ["table", "csv", "ndjson"])
def test_every_format_is_the_same_for_one_process_and_two(
    format: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = []
    for jobs in ("1", "2"):
        assert call(monkeypatch, "--games", "8", "--format", format, "--jobs", jobs, *SHORT) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1] != ""


def test_a_game_alone_is_the_game_of_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run = ("--seats", "random", "--seed", "9", "--format", "ndjson", *SHORT)
    call(monkeypatch, "--games", "6", *run, "--record", str(tmp_path / "run"))
    lines = capsys.readouterr().out.splitlines()
    call(monkeypatch, "--game", "4", *run, "--record", str(tmp_path / "alone"))
    assert capsys.readouterr().out.splitlines() == [lines[3]]
    assert files(tmp_path / "alone") == {"game-000004.jsonl": files(tmp_path / "run")["game-000004.jsonl"]}


def test_without_flags_four_levels_play(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(monkeypatch, "--games", "4", "--format", "json", *SHORT) == 0
    report = json.loads(capsys.readouterr().out)
    assert [bot["bot"] for bot in report["bots"]] == list(DEFAULT_BOTS)
    assert (report["run"]["players"], report["run"]["seed"], report["run"]["max_rounds"]) == (4, 0, 4)


def test_what_went_on_is_told_on_stderr_unless_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    database = str(tmp_path / "results.db")
    call(monkeypatch, "--games", "3", "--max-rounds", "2", "--jobs", "1", "--db", database)
    said = capsys.readouterr().err
    assert "3 games in " in said
    assert "1 worker" in said
    assert f"run 1 in {database}" in said
    call(monkeypatch, "--games", "3", "--db", database, *SHORT)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("bots", "players", "seats"), [(1, None, 4), (2, None, 2), (3, None, 3), (5, None, 4), (2, 4, 4)]
)
def test_players_follow_from_the_bots(
    bots: int, players: int | None, seats: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    named = [word for number in range(bots) for word in ("--bot", f"easy,lapses=0.{number + 1}")]
    wished = ("--players", str(players)) if players else ()
    call(monkeypatch, *named, *wished, "--games", "5", "--format", "json", *SHORT)
    report = json.loads(capsys.readouterr().out)
    assert report["run"]["players"] == len(report["seats"]) == seats
    assert sum(bot["games"] for bot in report["bots"]) == 5 * seats


def test_a_bot_that_is_named_twice_sits_on_twice_as_many_seats(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    call(monkeypatch, "--bot", "easy", "--bot", "hard", "--bot", "easy", "--games", "3", "--format", "json", *SHORT)
    report = json.loads(capsys.readouterr().out)
    assert [(bot["bot"], bot["games"]) for bot in report["bots"]] == [("easy", 6), ("hard", 3)]
    assert report["run"]["bots"] == ["easy", "hard", "easy"]


def test_timing_adds_a_key_of_its_own_and_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    database = tmp_path / "results.db"
    run = ("--games", "3", "--jobs", "1", *SHORT)
    call(monkeypatch, *run, "--format", "json", "--timing", "--db", str(database))
    timed = json.loads(capsys.readouterr().out)
    call(monkeypatch, *run, "--format", "json")
    untimed = json.loads(capsys.readouterr().out)
    assert timed.pop("timing")["games"] == 3
    assert timed == untimed
    assert len(rows(database)["timings"]) == 12
    call(monkeypatch, *run, "--timing")
    assert "Longest ms" in capsys.readouterr().out


def test_a_ladder_plays_every_pair_and_judges_neighbours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bots = ("--bot", "very_easy", "--bot", "expert", "--bot", "easy")
    call(monkeypatch, "--ladder", *bots, "--games", "10", "--format", "json", "--quiet")
    report = json.loads(capsys.readouterr().out)
    assert report["run"]["played"] == 30
    assert {(pair["bot"], pair["rival"], pair["games"]) for pair in report["ladder"]["pairs"]} == {
        (bot, rival, 10) for bot in bots[1::2] for rival in bots[1::2] if bot != rival
    }
    assert [each["stronger"] for each in report["ladder"]["neighbours"]] == ["expert", "expert"]
    call(monkeypatch, "--ladder", "--games", "2", *SHORT)
    out = capsys.readouterr().out
    assert "30 games, 2 seats" in out
    assert out.count("expert > very_hard: ") == 1


def test_sprt_stops_as_soon_as_a_match_is_decided(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run = ("--sprt", "--bot", "expert", "--bot", "very_easy", "--format", "json", "--quiet")
    found = []
    for jobs in ("1", "2"):
        folder = tmp_path / jobs
        call(monkeypatch, *run, "--jobs", jobs, "--db", str(tmp_path / f"{jobs}.db"), "--record", str(folder))
        found.append((capsys.readouterr().out, rows(tmp_path / f"{jobs}.db"), files(folder)))
    assert found[0] == found[1]
    report = json.loads(found[0][0])
    assert report["sprt"]["stronger"] == "expert"
    assert report["sprt"]["ratio"] >= report["sprt"]["upper"] == -report["sprt"]["lower"] == 2.944
    assert 15 < report["run"]["played"] == len(found[0][2]) < 40 < report["run"]["games"]


def test_a_decided_match_that_goes_on_plays_no_further_game(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run = ("--sprt", "--bot", "expert", "--bot", "very_easy", "--format", "json", "--db", str(tmp_path / "results.db"))
    call(monkeypatch, *run)
    once = capsys.readouterr().out
    call(monkeypatch, *run, "--resume")
    again = capsys.readouterr()
    assert again.out == once
    assert "a second" not in again.err


def test_sprt_that_is_open_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    call(monkeypatch, "--sprt", "--bot", "easy", "--bot", "random", "--games", "4", *SHORT)
    assert "SPRT: it is open whether easy or random is stronger (after 4 games" in capsys.readouterr().out


def test_bots_at_fault_are_reported(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(monkeypatch, "--bot", odd("Raises"), "--bot", "easy", "--games", "4", *SHORT) == 0
    out = capsys.readouterr().out
    assert f"{odd('Raises')} forfeited 4 games, first game 1: raised ValueError: no idea" in out
    assert "Faults" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--bot", "exprt"], "did you mean expert?"),
        (["--bot", "nowhere.py:Bot"], "there is no file"),
        (["--games", "0"], "error: --games: must be "),
        (["--games", "many"], "error: --games: must be "),
        (["--players", "5"], "error: --players: must be "),
        (["--seed", "-1"], "error: --seed: must be "),
        (["--seats", "window"], "error: --seats: must be "),
        (["--format", "xml"], "error: --format: must be "),
        (["--jobs", "0"], "--jobs must be a whole number of at least 1, or auto, not '0'"),
        (["--jobs", "all"], "--jobs must be a whole number of at least 1, or auto, not 'all'"),
        (["--bot-seconds", "0"], "--bot-seconds must be above 0, not 0"),
        (["--bot-seconds", "nan"], "--bot-seconds must be above 0, not nan"),
        (["--resume"], "--resume needs --db"),
        (["--ladder", "--sprt"], "--ladder and --sprt are two different runs"),
        (["--ladder", "--bot", "easy"], "--ladder needs at least two bots"),
        (["--ladder", "--bot", "easy", "--bot", "easy"], "--ladder needs different bots: easy, easy"),
        (["--ladder", "--players", "3"], "--ladder needs an even number of players"),
        (["--sprt"], "--sprt needs two bots (--bot A --bot B), not 4"),
        (
            ["--sprt", "--bot", "easy", "--bot", "hard", "--sprt-margin", "0.5"],
            "--sprt-margin must lie between 0 and 0.5",
        ),
        (["--sprt", "--bot", "easy", "--bot", "hard", "--sprt-error", "0"], "--sprt-error must lie between 0 and 0.5"),
        (["--game", "1", "--db", "x.db"], "--game plays one game alone"),
        (["--game", "1", "--sprt"], "--game plays one game alone"),
        (["--scheduler", "tcp://127.0.0.1:1", "--jobs", "2"], "--scheduler has workers of its own"),
        (["--bot", "easy"] * (MAX_BOTS + 1), f"at most {MAX_BOTS} bots play in one run, not {MAX_BOTS + 1}"),
        (["--db", "no/such/folder/x.db"], "there is no folder"),
        (["--from", "nowhere.json"], "nowhere.json"),
    ],
)
def test_what_cannot_be_is_one_clear_line(
    arguments: list[str],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(monkeypatch, *arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("magnate: error: ")
    assert message in said.err
    assert said.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_files_of_others_are_not_overwritten(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    diary = tmp_path / "diary"
    diary.write_text("Dear diary")
    records = tmp_path / "records"
    call(monkeypatch, "--games", "2", "--record", str(records), *SHORT)
    before = files(records)
    capsys.readouterr()
    for arguments, message in (
        (["--db", str(diary)], "this is not an SQLite database"),
        (["--record", str(diary)], "this is a file, not a folder"),
        (["--record", str(records)], "this folder has records already"),
        (["--record", str(diary / "deeper")], "Not a directory"),
    ):
        assert call(monkeypatch, *arguments, *SHORT) == 2
        assert message in capsys.readouterr().err
    assert diary.read_text() == "Dear diary"
    assert files(records) == before


def test_a_run_can_be_made_longer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run = ("--format", "ndjson", *SHORT)
    call(monkeypatch, "--games", "9", *run, "--db", str(tmp_path / "whole.db"))
    whole = capsys.readouterr().out
    for games in ("4", "9", "9"):
        call(monkeypatch, "--games", games, *run, "--resume", "--db", str(tmp_path / "parts.db"))
        assert whole.startswith(capsys.readouterr().out)
    assert rows(tmp_path / "parts.db") == rows(tmp_path / "whole.db")


def test_resume_never_mixes_the_records_of_two_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run = ("--db", str(tmp_path / "results.db"), "--record", str(tmp_path / "records"), "--resume", *SHORT)
    assert call(monkeypatch, "--games", "2", *run) == 0
    assert call(monkeypatch, "--games", "3", *run) == 0
    before = files(tmp_path / "records")
    assert call(monkeypatch, "--games", "3", "--seed", "1", *run) == 2
    assert "this folder has records already" in capsys.readouterr().err
    assert files(tmp_path / "records") == before
    assert len(rows(tmp_path / "results.db")["runs"]) == 1


def test_resume_says_whether_it_goes_on_or_begins(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run = ("--max-rounds", "2", "--resume", "--db", str(tmp_path / "results.db"))
    call(monkeypatch, "--games", "2", *run)
    assert "has no run with these settings: this is a new one" in capsys.readouterr().err
    call(monkeypatch, "--games", "3", *run)
    said = capsys.readouterr().err
    assert "run 1 goes on after 2 games" in said
    assert "1 game in" in said


def test_sprt_takes_no_run_that_went_on_after_the_verdict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run = ("--bot", "expert", "--bot", "very_easy", "--quiet", "--db", str(tmp_path / "results.db"))
    call(monkeypatch, *run, "--games", "60")
    capsys.readouterr()
    assert call(monkeypatch, *run, "--sprt", "--resume") == 2
    assert "run 1 went on after the verdict of --sprt" in capsys.readouterr().err


def test_the_schema_is_printed_as_it_is_shipped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "--schema") == 0
    assert capsys.readouterr().out == Path(report_json.__file__).with_name("schema.json").read_text(encoding="utf-8")


def test_help_lists_every_flag_with_its_default(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "--help") == 0
    text = " ".join(capsys.readouterr().out.split())
    for default in (
        "expert, hard, medium, easy",
        "200; with --sprt, at most 20000",
        "rotate",
        "auto",
        "table",
        "30, or",
    ):
        assert default in text
    assert "130 interrupted with Ctrl-C" in text


@pytest.mark.parametrize(
    ("bot", "told"), [("Draws", True), ("Hashes", True), ("Remembers", True), ("Plain", False), ("Raises", False)]
)
def test_a_bot_whose_games_cannot_be_repeated_is_found_and_told(
    bot: str, told: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PYTHONHASHSEED", raising=False)
    run = ("--bot", odd(bot), "--bot", "easy", "--games", "5", "--jobs", "1", "--max-rounds", "6")
    assert call(monkeypatch, *run) == 0
    said = f"game 5 went differently when it was played again: {odd(bot)} takes chance from elsewhere than self.random"
    assert (said in capsys.readouterr().err) is told
