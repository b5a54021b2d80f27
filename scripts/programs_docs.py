"""Write the JSON Schema of the lines between Magnate and programs that are bots: `docs/programs.schema.json`.

`python -m scripts.programs_docs` writes it; with `--check` it writes nothing, and exits with 1 if it is not current.
"""

import json
import sys
from pathlib import Path

from magnate.programs.schema import document

SCHEMA = Path(__file__).resolve().parent.parent / "docs" / "programs.schema.json"


def main(arguments: list[str]) -> int:
    """Write the file, or with `--check` compare it."""
    wanted = json.dumps(document(), indent=2) + "\n"
    if SCHEMA.exists() and SCHEMA.read_text("utf-8") == wanted:
        return 0
    if "--check" in arguments:
        print(f"{SCHEMA.name} is not current: run python -m scripts.programs_docs", file=sys.stderr)
        return 1
    SCHEMA.write_text(wanted, "utf-8")
    print(f"wrote {SCHEMA.name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
