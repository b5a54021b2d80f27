"""Run the tests that touch libraries with the oldest and with the newest versions that `pyproject.toml` admits.

`python -m scripts.check_versions` exits with 1 when tests fail with one of them. Needs uv, which can choose the oldest.
"""

import sys
import tempfile
from pathlib import Path

from scripts.check_installed import Failed, copy_of_the_tree, environment_with, install, run, run_tests
from scripts.check_wheel import ROOT

SCREENS = ("tests/test_cli.py", "tests/tui/lobby", "tests/tui/test_app.py")
TESTS = {
    "lowest-direct": (
        *SCREENS,
        "tests/client",
        "tests/server/rest",
        "tests/server/sockets",
        "tests/server/wire",
        "tests/simulation/results",
    ),
    "highest": (*SCREENS, "tests/tui/wire/test_sign_in_to_end.py"),
}
"""With the oldest: what talks by sockets, draws screens, stores in SQLite and reads command lines.

All other tests run with the newest, but for rich and textual, which developers pin: so here what draws with them.
"""

TOOLS = (
    "hypothesis",
    "jsonschema",
    "pytest",
    "pytest-textual-snapshot",
    "pytest-timeout",
    "pytest-xdist",
    "pyyaml",
)


def main() -> int:
    """Run the tests with both; say which versions were tried."""
    failed = []
    for resolution, tests in TESTS.items():
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            try:
                programs = environment_with(folder / "env", ROOT, resolution=resolution)
                python = programs / "python"
                listed = run(python, "-c", LIST, folder=folder)
                (folder / "chosen.txt").write_text(listed)
                install(programs, *TOOLS, "--constraint", folder / "chosen.txt")
            except Failed as error:
                print(error, file=sys.stderr)
                failed.append(resolution)
                continue
            print(f"{resolution}: {' '.join(listed.split())}", flush=True)
            # The tree comes first, so that its code is tested with the libraries of that environment. It is a copy, so
            # that you can work on while the tests run.
            tree = copy_of_the_tree(folder / "tree")
            if run_tests(python, tree, *tests):
                failed.append(resolution)
    if failed:
        print(f"Tests failed with the versions {' and '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


LIST = """
from importlib.metadata import distributions
for each in sorted(distributions(), key=lambda each: each.name.lower()):
    if each.name != "magnate":
        print(f"{each.name}=={each.version}")
"""

if __name__ == "__main__":
    sys.exit(main())
