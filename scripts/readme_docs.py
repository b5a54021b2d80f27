"""Write the result that the README shows: what the command above it prints last.

`python -m scripts.readme_docs` writes it; `--check` writes nothing and exits with 1 if it is not current.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

from scripts.settings_docs import BLOCK

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "README.md"
COMMAND = re.compile(r"^magnate (simulate [^\n]+--games \d+)$", re.MULTILINE)


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` compare it."""
    text = PAGE.read_text(encoding="utf-8")
    (command,) = COMMAND.findall(text)
    current = BLOCK.sub(lambda found: f"{found[1]}\n```text\n{result(command)}\n```\n\n{found[3]}", text)
    if text == current:
        return 0
    if "--check" in arguments:
        print(f"{PAGE.name} is not current: run python -m scripts.readme_docs", file=sys.stderr)
        return 1
    PAGE.write_text(current, encoding="utf-8")
    print(f"wrote {PAGE.name}", file=sys.stderr)
    return 0


def result(command: str) -> str:
    """Return the last table that a command prints, and the line below it."""
    done = subprocess.run(
        [sys.executable, "-m", "magnate", *shlex.split(command), "--quiet"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    table = done.stdout.partition("\nWins\n")[2]
    return "\n".join([line.rstrip() for line in table.strip().splitlines()])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
