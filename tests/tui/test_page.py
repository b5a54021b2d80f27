"""The page about playing says what is true: its keys are those of the bindings, its flags those of the command."""

import re

from scripts.play_docs import PAGE, PICTURES, with_keys
from tests.test_play import magnate

ROOT = PAGE.parent


def test_the_table_of_keys_is_current() -> None:
    page = PAGE.read_text("utf-8")
    assert with_keys(page) == page, "run python -m scripts.play_docs"


def test_every_flag_of_the_page_is_one_of_the_command() -> None:
    said = magnate(PAGE.parent, "play", "--help").stdout
    for flag in re.findall(r"`(--[a-z-]+)", PAGE.read_text("utf-8")):
        assert flag in said


def test_every_screenshot_is_there() -> None:
    for name in PICTURES:
        assert (ROOT / "images" / f"{name}.svg").read_text("utf-8").startswith("<svg")
