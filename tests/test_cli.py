"""The command line as a whole: help, versions, exit codes, and one line for whatever goes wrong."""

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import typer
from typer.exceptions import TyperException
from typer.testing import CliRunner

from magnate import __version__, cli
from magnate.commands import verb_app
from magnate.errors import MagnateError

ROOT = Path(__file__).parent.parent


def magnate(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `magnate` as a user does, and return what it printed and its exit code."""
    command = [sys.executable, "-W", "error", "-m", "magnate", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment})


def call(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command line in this process and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["magnate", *arguments])
    with pytest.raises(SystemExit) as done:
        cli.main()
    assert isinstance(done.value.code, int)
    return done.value.code


@pytest.fixture
def failing_verb(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """Add `magnate fail`, which raises what the test appends to the list."""
    raised: list[BaseException] = []
    app = verb_app()

    @app.command()
    def fail() -> None:
        """Raise what the test asks for."""
        raise raised[0]

    command = typer.main.get_command(app)
    group = typer.main.get_command(cli.app)
    group.commands["fail"] = command  # type: ignore[attr-defined]
    monkeypatch.setattr(cli, "app", group)
    return raised


def commands() -> list[list[str]]:
    """Return every command and every group of commands, as the words that follow `magnate`."""
    found: list[list[str]] = []
    todo = [([name], typer.main.get_command(import_module(verb.module).app)) for name, verb in cli.COMMANDS.items()]
    while todo:
        words, command = todo.pop()
        found.append(words)
        todo += [([*words, name], each) for name, each in getattr(command, "commands", {}).items()]
    return sorted(found)


def help_of(words: list[str]) -> str:
    """Return the help of a command, as a narrow terminal shows it."""
    arguments = [*words[1:], "--help"]
    done = CliRunner().invoke(
        import_module(cli.COMMANDS[words[0]].module).app, arguments, prog_name=f"magnate {words[0]}"
    )
    assert done.exit_code == 0
    return done.output


class TestHelp:
    def test_help_lists_every_verb_with_its_line_and_the_exit_codes(self) -> None:
        result = magnate("--help")
        assert result.returncode == 0
        assert result.stderr == ""
        for name, verb in cli.COMMANDS.items():
            assert f"  {name} " in result.stdout
            assert verb.help in " ".join(result.stdout.split())
        for code in (0, 1, 2, 70, 130):
            assert f"\n    {code} " in result.stdout

    def test_no_arguments_show_the_help(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert call(monkeypatch) == 0
        assert capsys.readouterr().out.startswith("Usage: magnate [OPTIONS] COMMAND")

    @pytest.mark.parametrize("name", cli.COMMANDS)
    def test_every_verb_has_the_help_that_the_list_promises(
        self, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert call(monkeypatch, name, "--help") == 0
        text = capsys.readouterr().out
        assert text.startswith(f"Usage: magnate {name} ")
        assert cli.COMMANDS[name].help in " ".join(text.split())

    @pytest.mark.parametrize("name", cli.COMMANDS)
    def test_every_verb_keeps_to_plain_help(self, name: str) -> None:
        app = import_module(cli.COMMANDS[name].module).app
        assert app.rich_markup_mode is None
        assert not app.pretty_exceptions_enable

    def test_short_help_option_works_for_verbs_too(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert call(monkeypatch, "version", "-h") == 0
        assert "Usage: magnate version" in capsys.readouterr().out

    @pytest.mark.parametrize("words", commands(), ids=" ".join)
    def test_help_shows_no_types_and_no_patterns_of_python(self, words: list[str]) -> None:
        text = help_of(words)
        assert not re.search(r"<\w|\w>|list\[|<=|>=|\{\w+\}| range\b", text.replace("tcp://…", "")), text

    @pytest.mark.parametrize("words", commands(), ids=" ".join)
    def test_no_sentence_of_a_help_is_cut_short(self, words: list[str]) -> None:
        assert not re.search(r"\w\.\.\.\n", help_of(words))


class TestVersion:
    def test_version_says_magnate_python_and_engine(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert call(monkeypatch, "version") == 0
        first, second, third = capsys.readouterr().out.splitlines()
        assert first == f"magnate {__version__}"
        assert second.startswith(f"Python {sys.version.split()[0]} ")
        assert third in ("engine: pure Python", "engine: compiled")

    @pytest.mark.parametrize(
        ("file", "word"), [("state.py", "pure Python"), ("state.cpython-311.so", "compiled"), ("state.pyd", "compiled")]
    )
    def test_a_compiled_engine_is_known_by_its_file(
        self, file: str, word: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("magnate.commands.version.engine_file", lambda: f"/somewhere/{file}")
        assert call(monkeypatch, "version") == 0
        assert capsys.readouterr().out.splitlines()[-1] == f"engine: {word}"

    def test_version_option(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        assert call(monkeypatch, "--version") == 0
        assert capsys.readouterr().out == f"magnate {__version__}\n"

    def test_launcher_of_a_checkout_is_the_same_command(self) -> None:
        command = [sys.executable, str(ROOT / "cli.py"), "--version"]
        result = subprocess.run(command, capture_output=True, text=True, check=True)
        assert result.stdout == f"magnate {__version__}\n"


class TestExitCodes:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["verison"], "No such command 'verison'. Did you mean 'version'? (see magnate --help)"),
            (["--bogus"], "No such option: --bogus (see magnate --help)"),
            (["version", "--bogus"], "No such option: --bogus (see magnate version --help)"),
            (["simulate", "--players", "5"], "--players: must be from 2 to 4 (see magnate simulate --help)"),
            (["simulate", "--players", "two"], "--players: must be a whole number (see magnate simulate --help)"),
            (["simulate", "--games", "0"], "--games: must be at least 1 (see magnate simulate --help)"),
            (["simulate", "--sprt-margin", "x"], "--sprt-margin: must be a number (see magnate simulate --help)"),
            (
                ["simulate", "-f", "x"],
                "--format: must be one of table, json, csv, ndjson, not 'x' (see magnate simulate --help)",
            ),
            (["games", "show", "x"], "ID: must be a whole number (see magnate games show --help)"),
            (["users", "grant", "bob", "x"], "POINTS: must be a whole number (see magnate users grant --help)"),
            (["play", "--lang", "fr"], "--lang: 'fr' is not one of en, es (see magnate play --help)"),
        ],
    )
    def test_wrong_usage_is_one_line_and_2(
        self,
        arguments: list[str],
        message: str,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        assert call(monkeypatch, *arguments) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err == f"magnate: error: {message}\n"

    @pytest.mark.parametrize("verb", [*cli.COMMANDS, "--bogus"])
    @pytest.mark.parametrize("words", [["--record", ""], ["--record="], [""]])
    def test_an_argument_that_is_empty_is_refused_in_every_verb(
        self, verb: str, words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert call(monkeypatch, verb, *words) == 2
        name = verb if words == [""] else "--record"
        assert capsys.readouterr() == ("", f"magnate: error: the argument after {name} is empty\n")

    def test_wrong_usage_exits_with_2_in_a_process_too(self) -> None:
        result = magnate("verison")
        assert result.returncode == 2
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1

    def test_an_error_of_ours_is_one_line_and_its_code(
        self,
        failing_verb: list[BaseException],
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        class Stale(MagnateError):
            exit_code = 1

        failing_verb[:] = [MagnateError("game.jsonl: line 3: no such square")]
        assert call(monkeypatch, "fail") == 2
        assert capsys.readouterr().err == "magnate: error: game.jsonl: line 3: no such square\n"
        failing_verb[:] = [Stale("the backup is stale")]
        assert call(monkeypatch, "fail") == 1
        assert capsys.readouterr().err == "magnate: error: the backup is stale\n"

    def test_ctrl_c_is_quiet_and_130(
        self,
        failing_verb: list[BaseException],
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        failing_verb[:] = [KeyboardInterrupt()]
        assert call(monkeypatch, "fail") == 130
        assert capsys.readouterr() == ("", "")

    def test_a_declined_question_is_quiet_and_1(
        self,
        failing_verb: list[BaseException],
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        failing_verb[:] = [typer.Abort()]
        assert call(monkeypatch, "fail") == 1
        assert capsys.readouterr() == ("", "")

    def test_a_verb_chooses_its_exit_code(
        self, failing_verb: list[BaseException], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        failing_verb[:] = [typer.Exit(1)]
        assert call(monkeypatch, "fail") == 1

    def test_a_fault_of_ours_is_one_line_that_asks_for_a_report_and_70(
        self,
        failing_verb: list[BaseException],
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.delenv("MAGNATE_TRACEBACK", raising=False)
        failing_verb[:] = [ZeroDivisionError("division by zero")]
        assert call(monkeypatch, "fail") == 70
        err = capsys.readouterr().err
        assert err.startswith("magnate: error: unexpected ZeroDivisionError: division by zero (please report this")
        assert err.count("\n") == 1
        assert "MAGNATE_TRACEBACK=1" in err

    def test_an_error_without_a_context_stands_alone(
        self,
        failing_verb: list[BaseException],
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        failing_verb[:] = [TyperException("no luck.")]
        assert call(monkeypatch, "fail") == 1
        assert capsys.readouterr().err == "magnate: error: no luck\n"

    def test_magnate_traceback_shows_where_a_fault_is(
        self, failing_verb: list[BaseException], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MAGNATE_TRACEBACK", "1")
        failing_verb[:] = [ZeroDivisionError("division by zero")]
        monkeypatch.setattr(sys, "argv", ["magnate", "fail"])
        with pytest.raises(ZeroDivisionError):
            cli.main()

    @pytest.mark.skipif(os.name == "nt", reason="needs the pipes of POSIX")
    def test_a_reader_that_goes_away_is_no_error(self) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        command = [sys.executable, "-m", "magnate", "version"]
        result = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
        os.close(writing)
        assert result.returncode == 1
        assert result.stderr == ""

    @pytest.mark.parametrize(("raised", "code"), [(BrokenPipeError, 1), (KeyboardInterrupt, 130)])
    def test_what_stops_the_last_flush_is_no_traceback(
        self, raised: type[BaseException], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with (tmp_path / "output").open("w") as output:

            class Closed:
                write = output.write
                fileno = output.fileno

                def flush(self) -> None:
                    raise raised

            monkeypatch.setattr(sys, "stdout", Closed())
            assert call(monkeypatch, "version") == code
