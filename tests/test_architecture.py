"""The picture of the architecture shows the layers that the import contract has, in their order."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_picture_shows_every_layer_in_the_order_of_the_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = (each["layers"] for each in contracts if each.get("containers") == ["magnate"])
    picture = (ROOT / "docs" / "images" / "architecture.svg").read_text("utf-8")
    drawn = re.findall(r'<text [^>]*y="(\d+)"[^>]*font-weight="600"[^>]*>([\w, ]+)</text>', picture)
    heights = {name: int(y) for y, names in drawn for name in names.split(", ")}
    rows = [[name.strip() for name in re.split("[|:]", layer)] for layer in layers]
    assert {name for row in rows for name in row} <= set(heights)
    tops = [max(heights[name] for name in row) for row in rows]
    assert tops == sorted(tops)
    for row in rows:
        assert len({heights[name] for name in row}) == 1
