"""`magnate bots check` tells the author of a program what is wrong with it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from magnate.bots.errors import BotError
from magnate.commands.bots import app
from magnate.programs.bot import CREW
from scripts import programs_docs
from tests.programs.test_bot import NODE, PYTHON, odd


@pytest.fixture(autouse=True)
def no_program_stays() -> Iterator[None]:
    """End what a test has started."""
    yield
    CREW.close()


def check(text: str) -> tuple[int, list[str]]:
    """Return the exit code of the command and the lines that it prints."""
    result = CliRunner().invoke(app, ["check", text])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout.splitlines()


@pytest.mark.parametrize("program", [PYTHON, pytest.param(NODE, marks=pytest.mark.program("node")), odd("talks")])
def test_a_program_that_keeps_the_conversation_passes_every_check(program: str) -> None:
    code, lines = check(program)
    assert code == 0
    assert len(lines) == 8
    assert all(line.startswith("ok  ") for line in lines)


@pytest.mark.parametrize(
    ("what", "failed"),
    [
        ("gone", ["it starts and says hello"]),
        ("dies", [f"it plays a game of {seats} to the end" for seats in (2, 3, 4)]),
        ("fragile", ["a line that it does not know changes nothing"]),
        ("lingers", ["it ends when Magnate says bye", "it ends when its stdin is closed"]),
        ("sulks", ["it ends when Magnate says bye", "it ends when its stdin is closed"]),
    ],
)
def test_what_is_wrong_is_said_at_its_check_and_the_exit_code_is_1(what: str, failed: list[str]) -> None:
    code, lines = check(odd(what))
    assert code == 1
    wrong = [line.removeprefix("FAIL  ") for line in lines if line.startswith("FAIL")]
    assert [line.partition(": ")[0] for line in wrong] == failed
    assert all(line.partition(": ")[2] for line in wrong), "each says why"


def test_only_programs_are_checked() -> None:
    with pytest.raises(BotError, match="only programs are checked"):
        check("expert")


def test_the_schema_in_the_docs_is_that_of_the_code(tmp_path: Path) -> None:
    assert programs_docs.main(["--check"]) == 0, "run python -m scripts.programs_docs"
    assert json.loads(programs_docs.SCHEMA.read_text("utf-8"))["$defs"].keys() >= {"Decide", "ProgramAction"}


def test_a_schema_that_is_not_current_is_named_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(programs_docs, "SCHEMA", tmp_path / "programs.schema.json")
    assert programs_docs.main(["--check"]) == 1
    assert "programs.schema.json is not current" in capsys.readouterr().err
    assert programs_docs.main([]) == programs_docs.main(["--check"]) == 0
