"""The README shows what its command prints, and pictures that fetch nothing."""

import re
from pathlib import Path

import pytest

from scripts import readme_docs

ROOT = Path(__file__).parent.parent


def test_the_result_is_what_the_command_prints() -> None:
    assert readme_docs.main(["--check"]) == 0, "run .venv/bin/python -m scripts.readme_docs"


@pytest.mark.parametrize("picture", sorted((ROOT / "docs" / "images").glob("*.svg")), ids=lambda path: path.name)
def test_no_picture_fetches_anything_from_elsewhere(picture: Path) -> None:
    drawn = re.sub(r'xmlns(:\w+)?="[^"]*"|<!--.*?-->', "", picture.read_text("utf-8"))
    assert "//" not in drawn
    assert "@font-face" not in drawn


def test_the_picture_of_the_readme_moves() -> None:
    picture = (ROOT / "docs" / "images" / "game.svg").read_text("utf-8")
    assert "docs/images/game.svg" in (ROOT / "README.md").read_text("utf-8")
    frames = {int(last) for last in re.findall(r'class="f\d+-(\d+)"', picture)}
    assert len(frames) > 10
    for span in set(re.findall(r'class="(f\d+-\d+)"', picture)):
        assert f"@keyframes {span} " in picture


def test_make_demo_and_make_test_are_the_first_way_in() -> None:
    first = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)[0]
    assert [line.split("#")[0].strip() for line in first.splitlines()][:2] == ["make demo", "make test"]
