"""What `pyproject.toml` promises to those who build the package."""

import ast
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def libraries(module: Path) -> set[str]:
    """Return the libraries of others that a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name.split(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found.add(node.module.split(".")[0])
    return found - sys.stdlib_module_names - {"magnate"}


def test_what_the_engine_imports_is_there_when_it_is_compiled_in_isolation() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    hook = project["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["mypyc"]
    there = {re.split(r"[<>=~!]", each)[0] for each in hook["dependencies"]}
    wanted = set().union(*(libraries(module) for module in (ROOT / "magnate" / "engine").rglob("*.py")))
    assert wanted
    assert wanted <= there
