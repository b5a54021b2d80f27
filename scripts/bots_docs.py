"""Write the table of `docs/bots.md` that comes from the code: every action with its fields.

`python -m scripts.bots_docs` writes it; `--check` writes nothing and exits with 1 if it is not current.
"""

import re
import sys
from collections.abc import Iterator
from inspect import getdoc
from pathlib import Path
from typing import get_type_hints

from magnate.engine.actions import ACTION_TYPES
from scripts.settings_docs import table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "bots.md"
BLOCK = re.compile(r"(<!-- from the code: actions -->\n).*?(<!-- end -->)", re.DOTALL)


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` compare it."""
    text = PAGE.read_text(encoding="utf-8")
    actions = table(("action", "what it does"), rows())
    current = BLOCK.sub(lambda found: f"{found[1]}\n{actions}\n\n{found[2]}", text)
    if text == current:
        return 0
    if "--check" in arguments:
        print(f"{PAGE.name} is not current: run python -m scripts.bots_docs", file=sys.stderr)
        return 1
    PAGE.write_text(current, encoding="utf-8")
    print(f"wrote {PAGE.name}", file=sys.stderr)
    return 0


def rows() -> Iterator[tuple[str, str]]:
    """Yield every action as it is called, with what it does."""
    for kind in ACTION_TYPES:
        fields = ", ".join([f"{name}: {_type(hint)}" for name, hint in get_type_hints(kind).items()])
        yield f"`{kind.__name__}({fields})`", (getdoc(kind) or "").partition("\n")[0]


def _type(hint: object) -> str:
    return hint.__name__ if isinstance(hint, type) and not hasattr(hint, "__args__") else str(hint)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
