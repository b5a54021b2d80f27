"""What importing loads: starting up stays quick, and nobody uses the one generator that all of Python shares."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "magnate"
HEAVY = {
    "argon2",
    "asyncio",
    "httpx",
    "jwt",
    "msgspec",
    "multiprocessing",
    "openskill",
    "prometheus_client",
    "rich",
    "sqlite3",
    "sqlite_utils",
    "starlette",
    "structlog",
    "textual",
    "uvicorn",
    "websockets",
}
PURE = ("engine", "bots")


def loaded_by(statement: str) -> set[str]:
    """Return the top-level modules that a fresh Python has after a statement."""
    program = f"import sys\ntry:\n    {statement}\nexcept SystemExit:\n    pass\nprint(*sys.modules, file=sys.stderr)"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in result.stderr.split()}


def test_import_magnate_loads_nothing_that_a_bare_python_has_not() -> None:
    assert loaded_by("import magnate") - loaded_by("pass") == {"magnate"}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["version"]])
def test_help_and_version_load_nothing_heavy(arguments: list[str]) -> None:
    loaded = loaded_by(f"sys.argv = {['magnate', *arguments]}; import magnate.cli; magnate.cli.main()")
    assert "typer" in loaded
    assert not loaded & HEAVY


@pytest.mark.sweep
def test_help_of_each_verb_loads_nothing_heavy() -> None:
    from magnate.cli import COMMANDS

    for verb in COMMANDS:
        loaded = loaded_by(f"sys.argv = {['magnate', verb, '--help']}; import magnate.cli; magnate.cli.main()")
        assert not loaded & HEAVY, verb


@pytest.mark.parametrize("package", PURE)
def test_nobody_draws_from_the_generator_that_all_of_python_shares(package: str) -> None:
    """A game is a function of its seed: `random.Random(seed)` is fine, `random.random()` is not."""
    own_generators = {"Random", "SystemRandom"}
    files = sorted((PACKAGE / package).rglob("*.py"))
    assert files
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "random":
                assert {alias.name for alias in node.names} <= own_generators, f"{file}:{node.lineno}"
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "random":
                assert node.attr in own_generators, f"{file}:{node.lineno}"
