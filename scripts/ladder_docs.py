"""Write the ladder of the levels that `docs/simulate.md` shows: what the command above it prints last.

`python -m scripts.ladder_docs` writes it; `--check` writes nothing and exits with 1 if it is not current. It plays some
thousand games, so only the long tests and this script compare it.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "simulate.md"
COMMAND = re.compile(r"^magnate (simulate --ladder .*)$", re.MULTILINE)
BLOCK = re.compile(r"(<!-- from the code: ladder -->\n).*?(<!-- end -->)", re.DOTALL)


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` compare it."""
    text = PAGE.read_text(encoding="utf-8")
    before, found, _ = text.partition("<!-- from the code: ladder -->")
    assert found, "the page has no ladder"
    command = COMMAND.findall(before)[-1]
    current = BLOCK.sub(lambda block: f"{block[1]}\n```text\n{ladder(command)}\n```\n\n{block[2]}", text)
    if text == current:
        return 0
    if "--check" in arguments:
        print(f"{PAGE.name} is not current: run python -m scripts.ladder_docs", file=sys.stderr)
        return 1
    PAGE.write_text(current, encoding="utf-8")
    print(f"wrote {PAGE.name}", file=sys.stderr)
    return 0


def ladder(command: str) -> str:
    """Return the ladder that a command prints, and the lines below it."""
    done = subprocess.run(
        [sys.executable, "-m", "magnate", *shlex.split(command), "--quiet"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    title = "Win share of the row against the column"
    _, found, below = done.stdout.partition(f"\n{title}\n")
    assert found, done.stdout
    return "\n".join([title, *[line.rstrip() for line in below.strip("\n").splitlines()]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
