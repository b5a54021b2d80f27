"""Write the table of `docs/simulate.md` that comes from the code: every name of the JSON report.

`python -m scripts.simulate_docs` writes it; `--check` writes nothing and exits with 1 if it is not current.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

from msgspec import Struct

from magnate.simulation.figures.report import Estimate, Report
from scripts.settings_docs import table

BLOCK = re.compile(r"(<!-- from the code: names -->\n).*?(<!-- end -->)", re.DOTALL)
PAGE = Path(__file__).resolve().parent.parent / "docs" / "simulate.md"


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` compare it."""
    text = PAGE.read_text(encoding="utf-8")
    names = table(("object", "its names"), rows(Report))
    current = BLOCK.sub(lambda found: f"{found[1]}\n{names}\n\n{found[2]}", text)
    if text == current:
        return 0
    if "--check" in arguments:
        print(f"{PAGE.name} is not current: run python -m scripts.simulate_docs", file=sys.stderr)
        return 1
    PAGE.write_text(current, encoding="utf-8")
    print(f"wrote {PAGE.name}", file=sys.stderr)
    return 0


def rows(kind: type[Struct], place: str = "") -> Iterator[tuple[str, str]]:
    """Yield every object of the report, the one at `place` first, with the names that it holds."""
    inner = {name: _inner(hint) for name, hint in get_type_hints(kind).items()}
    yield f"`{place}`" if place else "(the report)", ", ".join([f"`{name}`" for name in inner])
    for name, (part, many) in inner.items():
        if part is not None and part is not Estimate:
            yield from rows(part, f"{place}.{name}".strip(".") + ("[]" if many else ""))


def _inner(hint: object) -> tuple[type[Struct] | None, bool]:
    """Return the kind of object that a field holds, if it holds any, and whether it is a list of them."""
    for each in (hint, *get_args(hint)):
        if isinstance(each, type) and issubclass(each, Struct):
            return each, get_origin(hint) is list
    return None, False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
