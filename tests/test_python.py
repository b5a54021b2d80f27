"""`import magnate` as a library: the page's program runs, and every name is there and lazy."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import magnate

PAGE = Path(__file__).parent.parent / "docs" / "python.md"


def test_every_name_that_the_package_offers_can_be_had() -> None:
    for name in magnate.__all__:
        assert getattr(magnate, name) is not None


def test_a_name_that_is_not_offered_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        magnate.nothing  # noqa: B018


def test_importing_the_package_loads_no_part_of_it() -> None:
    program = "import magnate, sys; print([name for name in sys.modules if name.startswith('magnate.')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def programs() -> list[str]:
    """Return the programs of the page."""
    return re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def run(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout


def test_the_program_of_the_page_plays_the_same_game_each_time() -> None:
    said = [run(programs()[0]) for _ in range(2)]
    assert said[0] == said[1]
    assert said[0].startswith("winners (")


def test_who_begins_is_drawn_unless_the_chance_of_the_page_keeps_the_order() -> None:
    orders = {magnate.new_game(3, magnate.Seeded(seed), magnate.Settings()).order for seed in range(30)}
    assert len(orders) == 6
    assert run(programs()[1]) == "the order is (0, 1, 2)\n"


def test_every_name_that_the_package_offers_is_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    assert [name for name in magnate.__all__ if not re.search(rf"\b{name}\b", page)] == ["__version__"]
