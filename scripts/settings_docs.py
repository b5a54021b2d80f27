"""Write the tables of `docs/host.md` that come from the code: the settings of the server, and what it counts.

`python -m scripts.settings_docs` writes them; `--check` writes nothing and exits with 1 if they are not current.
"""

import dataclasses
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from magnate.server.config import Settings
from magnate.server.config_sources import setting_types
from magnate.server.metrics import Metrics

PAGE = Path(__file__).resolve().parent.parent / "docs" / "host.md"
BLOCK = re.compile(r"(<!-- from the code: (?P<name>[\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
OURS = "magnate_"


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` compare it."""
    text = PAGE.read_text(encoding="utf-8")
    current = BLOCK.sub(lambda found: f"{found[1]}\n{BLOCKS[found['name']]}\n\n{found[3]}", text)
    if text == current:
        return 0
    if "--check" in arguments:
        print(f"{PAGE.name} is not current: run python -m scripts.settings_docs", file=sys.stderr)
        return 1
    PAGE.write_text(current, encoding="utf-8")
    print(f"wrote {PAGE.name}", file=sys.stderr)
    return 0


def settings_table() -> str:
    """Return every setting with its default, bounds and meaning."""
    rows = [
        (f"`{field.name}`", _default(field), _range(field), field.metadata["help"])
        for field in dataclasses.fields(Settings)
    ]
    return table(("setting", "default", "may be", ""), rows)


def metrics_table() -> str:
    """Return every metric of ours with its kind, labels and meaning, by the name that Prometheus shows."""
    rows = []
    for metric in Metrics().registry.collect():
        if metric.name.startswith(OURS):
            name = f"{metric.name}_total" if metric.type == "counter" else metric.name
            rows.append((f"`{name}`", metric.type, metric.documentation))
    return table(("metric", "kind", ""), sorted(rows))


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a Markdown table."""
    return "\n".join([f"| {' | '.join(each)} |" for each in (head, tuple("---" for _ in head), *rows)])


def _default(field: "dataclasses.Field[object]") -> str:
    if field.default is None or field.default == ():
        return ""
    if isinstance(field.default, float):
        return f"{field.default:g}"
    return str(field.default).lower() if isinstance(field.default, bool) else str(field.default)


def _range(field: "dataclasses.Field[object]") -> str:
    kind, least, most = setting_types()[field.name], field.metadata["least"], field.metadata["most"]
    if field.metadata["choices"]:
        return ", ".join(field.metadata["choices"])
    if least is None:
        return {bool: "true, false", Path: "a path", tuple: "origins"}.get(kind, "an address")
    return f"{least:,g} to {most:,g}" if most is not None else f"{least:,g} or more"


BLOCKS = {"settings": settings_table(), "metrics": metrics_table()}
"""The parts of the page that come from the code, by name."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
