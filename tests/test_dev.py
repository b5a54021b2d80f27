"""The developer's commands: exit codes come through, nothing is installed twice, and a check runs every step."""

import importlib.metadata
import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from scripts import dev


class Commands:
    """Stands for running commands: keeps them, and fails those that name one of `failing`."""

    def __init__(self) -> None:
        self.failing: set[str] = set()
        self.ran: list[str] = []

    def __call__(self, *command: str, env: object = None, **how: object) -> int:
        self.ran.append(" ".join(command))
        return 3 if self.failing & set(command) else 0


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Give an empty project with an installed environment, and commands that only seem to run."""
    commands = Commands()
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", str(python))
    monkeypatch.setattr(dev, "BIN", python.parent)
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(dev, "run", commands)
    (tmp_path / "stamp").write_text(f"{dev.fingerprint()} {dev.DEVELOPERS}")
    return commands


def call(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["dev.py", *arguments])
    return dev.main()


def installed_by(commands: Commands) -> list[str]:
    """Return what was installed of the project, by whatever installs."""
    return [line.split()[-1] for line in commands.ran if " install " in line and "uv>=" not in line]


def test_what_is_installed_is_not_installed_again(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call(monkeypatch, "demo") == 0
    assert commands.ran == [f"{dev.PYTHON} -m magnate simulate"]


@pytest.mark.parametrize(
    ("order", "installed"),
    [
        (["demo", "demo", "test", "test", "demo"], [".", None, ".[dev]", None, None]),
        (["test", "test", "demo", "demo", "test"], [".[dev]", None, None, None, None]),
    ],
)
def test_the_demo_installs_what_runs_and_the_others_the_rest_each_once_in_any_order(
    order: list[str], installed: list[str | None], commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.STAMP.unlink()
    did = []
    for command in order:
        commands.ran.clear()
        assert call(monkeypatch, command) == 0
        did.append(next(iter(installed_by(commands)), None))
    assert did == installed


def test_a_first_start_makes_no_pip_where_there_is_one_and_compiles_nothing_before_it_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ran: list[tuple[tuple[str, ...], Mapping[str, str]]] = []

    def run(*command: str, env: Mapping[str, str] | None = None) -> int:
        ran.append((command, env or {}))
        return 0

    monkeypatch.setattr(dev, "run", run)
    monkeypatch.setattr(dev, "PYTHON", str(tmp_path / "none"))
    monkeypatch.setattr(dev, "BIN", tmp_path)
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.test/simple")
    for version, own in (("21.3", True), ("22.3", False), ("26.1.2", False), (None, True)):
        ran.clear()

        def installed(name: str, version: str | None = version) -> str:
            if version is None:
                raise importlib.metadata.PackageNotFoundError(name)
            return version

        monkeypatch.setattr(importlib.metadata, "version", installed)
        dev.STAMP.unlink(missing_ok=True)
        assert dev.prepare(dev.USERS) == 0
        (make, _), (bring, bringing), (install, installing) = ran
        assert ("--without-pip" in make) != own
        assert bring[0] == (dev.PYTHON if own else sys.executable)
        assert ("--python" in bring) != own
        assert bringing["PIP_NO_COMPILE"] == "1"
        assert install[:3] == (str(tmp_path / "uv"), "pip", "install")
        assert installing["UV_DEFAULT_INDEX"] == "https://mirror.test/simple", "pip's index is uv's, too"


@pytest.mark.parametrize("missing", ["uv itself", "what uv installs"])
def test_where_uv_cannot_pip_installs(missing: str, commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    dev.STAMP.unlink()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    commands.failing = {dev.UV} if missing == "uv itself" else {str(dev.BIN / "uv")}
    assert call(monkeypatch, "demo") == 0
    last = [line for line in commands.ran if " install " in line][-1]
    assert "-m pip" in last
    assert last.endswith(f" {dev.USERS}")
    assert dev.STAMP.exists()


@pytest.mark.parametrize("command", ["demo", "test"])
def test_a_changed_project_is_installed_anew_and_once(
    command: str, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    (dev.ROOT / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert call(monkeypatch, command) == 0
    assert call(monkeypatch, command) == 0
    assert len(installed_by(commands)) == 1


@pytest.mark.parametrize("command", ["demo", "test"])
def test_a_failed_install_ends_it_and_is_tried_again(
    command: str, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.STAMP.unlink()
    commands.failing = {dev.USERS, dev.DEVELOPERS}
    assert call(monkeypatch, command) == 3
    assert call(monkeypatch, command) == 3
    assert installed_by(commands) == [dev.USERS if command == "demo" else dev.DEVELOPERS] * 4, "uv, then pip, twice"


@pytest.mark.parametrize("name", ["demo", "bench", "test"])
def test_words_after_a_command_and_its_exit_code_come_through(
    name: str, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands.failing = {"-x"}
    assert call(monkeypatch, name, "-x", "some/where") == 3
    assert commands.ran[-1].endswith(" -x some/where")


def test_check_runs_every_step_and_fails_when_one_fails(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "check") == 0
    steps = list(commands.ran)
    for word in (
        "pytest",
        "ruff",
        "mypy",
        "scripts.check_docs",
        "scripts.check_wheel",
        "scripts.check_installed",
        "scripts.check_versions",
        "--fail-under=100",
    ):
        commands.ran.clear()
        commands.failing = {word}
        assert call(monkeypatch, "check") == 1
        assert sorted(commands.ran) == sorted(steps)
        assert "pytest" in commands.ran[0], "coverage is judged when it has been measured"
    assert capsys.readouterr().err.endswith("Failed: coverage of the engine.\n")


@pytest.mark.parametrize(("codes", "code"), [([1, 0], 0), ([1, 1], 1), ([2], 2), ([0], 0)])
def test_tests_that_fail_together_are_run_once_more_alone_and_named(
    codes: list[int],
    code: int,
    commands: Commands,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ran: list[tuple[str, ...]] = []
    cache = dev.ROOT / ".pytest_cache/v/cache/lastfailed"
    cache.parent.mkdir(parents=True)

    def run(*command: str, env: object = None, **how: object) -> int:
        ran.append(command)
        failed = {0: {}, 1: {"tests/test_x.py::test_y": True}}.get(codes[len(ran) - 1], {})
        cache.write_text(json.dumps(failed))
        return codes[len(ran) - 1]

    monkeypatch.setattr(dev, "run", run)
    assert call(monkeypatch, "test") == code
    assert ["--last-failed" in command for command in ran] == [False, True][: len(codes)]
    assert ("passed alone" in capsys.readouterr().err) == (codes == [1, 0])


def test_a_command_that_says_nothing_any_more_is_ended_and_one_that_goes_on_is_not(
    capfd: pytest.CaptureFixture[str],
) -> None:
    silent = "print('so far', flush=True); import time; time.sleep(600)"
    assert dev.run(sys.executable, "-c", silent, silent_minutes=0.02) == dev.TOOK_TOO_LONG
    out, err = capfd.readouterr()
    assert out == "so far\n"
    assert "said nothing for 0.02 minutes" in err
    # It takes far longer than the limit, and says a word in time, again and again.
    talking = "import time\nfor _ in range(60): print('.', end='', flush=True); time.sleep(0.02)\nraise SystemExit(3)"
    assert dev.run(sys.executable, "-c", talking, silent_minutes=0.01) == 3
    assert capfd.readouterr().out == "." * 60


def test_what_runs_side_by_side_is_shown_piece_by_piece_with_its_command(capfd: pytest.CaptureFixture[str]) -> None:
    code = "import sys; print('out', flush=True); print('err', file=sys.stderr); raise SystemExit(int(sys.argv[1]))"
    steps = {name: (sys.executable, "-c", code, name) for name in ("3", "0", "5")}
    assert dev.run_side_by_side(steps) == ["3", "5"]
    said = capfd.readouterr().err
    for name in steps:
        assert f"{name}\nout\nerr\n" in said


def test_everything_that_the_quick_run_leaves_out_is_run_by_the_check(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    full: list[tuple[tuple[str, ...], object]] = []

    def run(*command: str, env: object = None, **how: object) -> int:
        full.append((command, env))
        return 0

    monkeypatch.setattr(dev, "run", run)
    monkeypatch.setenv("CI", "true")
    assert call(monkeypatch, "test") == call(monkeypatch, "test-all") == call(monkeypatch, "check", "--after-test") == 0
    quick, everything, rest = [(command, env) for command, env in full if "pytest" in command]
    assert (quick[1], everything[1], rest[1]) == ({}, {"FULL_TESTS": "1"}, {"FULL_TESTS": "1"})
    assert "sweep or hypothesis" in rest[0]
    assert "sweep or hypothesis" not in everything[0]
    assert ["--cov" in command for command, _ in (quick, everything, rest)] == [True, True, False]


def test_a_compiled_engine_is_not_checked_and_off_removes_it(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = dev.ROOT / "magnate" / "engine" / "state.cpython-311.so"
    module.parent.mkdir(parents=True)
    module.touch()
    assert call(monkeypatch, "check") == 2
    assert call(monkeypatch, "test") == 0
    assert "--cov" not in commands.ran[-1]
    assert call(monkeypatch, "fast", "--off") == 0
    assert not module.exists()


def test_a_failed_compilation_leaves_plain_python(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    module = dev.ROOT / "half__mypyc.so"
    module.touch()
    commands.failing = {"hatchling"}
    assert call(monkeypatch, "fast") == 3
    assert not module.exists()


def test_an_option_that_a_command_does_not_have_is_refused(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "check", "--fast") == 2
    assert "check takes no --fast" in capsys.readouterr().err
    assert commands.ran == []
