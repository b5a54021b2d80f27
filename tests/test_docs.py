"""The check of the documentation finds what it is there to find."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import check_docs
from scripts.check_docs import Line, command_faults, install_faults, link_faults, place_faults, read, verb_faults


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give an empty project with a Makefile."""
    monkeypatch.setattr(check_docs, "ROOT", tmp_path)
    (tmp_path / "Makefile").write_text("test: ; true\n")
    check_docs.make_targets.cache_clear()
    check_docs.anchors.cache_clear()
    yield tmp_path
    check_docs.make_targets.cache_clear()


def faults(root: Path, text: str) -> list[str]:
    file = root / "page.md"
    file.write_text(text)
    return [fault for line in read(file) for fault in (*link_faults(line), *command_faults(line))]


@pytest.mark.parametrize(
    "text",
    [
        "[here](page.md) [there](#a-heading) [out](https://example.org/x)\n\n## A heading\n",
        "```\n[no link](nowhere.md) in code\n```\n",
        "Run `magnate version --help`, then `make test` or `python3 scripts/dev.py demo|test`.\n",
        "Nobody means magnate nonsense outside of code.\n",
    ],
)
def test_what_is_true_passes(root: Path, text: str) -> None:
    assert faults(root, text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[x](nowhere.md)", "link to nowhere.md, which is not there"),
        ("[x](#nowhere)", "link to #nowhere, but there is no such heading"),
        ("`magnate nonsense`", "magnate nonsense: there is no such verb"),
        ("```\n$ magnate version --bogus\n```", "magnate version: there is no option --bogus"),
        ("`make nonsense`", "make nonsense: there is no such target"),
        ("`python3 scripts/dev.py nonsense`", "scripts/dev.py nonsense: there is no such command"),
    ],
)
def test_what_is_not_true_is_named(root: Path, text: str, fault: str) -> None:
    number = 2 if text.startswith("```") else 1
    assert faults(root, text) == [f"page.md:{number}: {fault}"]


def test_a_verb_that_no_document_shows_is_named(root: Path) -> None:
    (root / "page.md").write_text("Nothing here.\n")
    assert "magnate version: no document shows it" in list(verb_faults(list(read(root / "page.md"))))


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a page that is held against the project that the tests are in."""
    monkeypatch.setattr(Line, "fault", lambda line, message: message)
    return tmp_path / "page.md"


@pytest.mark.parametrize(
    "text",
    [
        "See `scripts/dev.py`, `tests/`, `magnate/engine/board.py` and `tests/test_docs.py::test_it`.\n",
        "A bot is a file `magnate/bots/NAME_bot.py`, seeded with `magnate/S/K`.\n",
        "`magnate.engine.view` has `magnate.engine.view.legal_actions`; a server keeps `magnate.sqlite3`.\n",
        "Set `MAGNATE_TURN_SECONDS=30`, `MAGNATE_CONFIG` or `MAGNATE_TRACEBACK=1`.\n",
        "```sh\npipx install '.[dask]'   # or: uv tool install .\n.venv/bin/pytest tests\n```\n",
    ],
)
def test_what_is_there_and_can_be_run_passes(text: str, beside: Path) -> None:
    beside.write_text(text)
    assert [fault for line in read(beside) for fault in (*place_faults(line), *install_faults(line))] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("`magnate/engine/nothing.py`", "magnate/engine/nothing.py is not there"),
        ("`tests/nothing/`", "tests/nothing/ is not there"),
        ("`magnate.engine.nothing`", "magnate.engine.nothing cannot be imported"),
        ("`magnate.engine.view.nothing`", "magnate.engine.view.nothing cannot be imported"),
        ("`MAGNATE_NOTHING=1`", "MAGNATE_NOTHING: there is no such variable"),
        ("`pip install 'magnate[dask]'`", "no index has magnate: install it from a clone, as `.`"),
        ("`pipx install magnate`", "no index has magnate: install it from a clone, as `.`"),
        ("`pipx install '.[nothing]'`", "there is no extra nothing"),
        ("`pytest tests/engine`", "pytest is not on PATH after `make demo`: write .venv/bin/pytest"),
        ("`python -m tests.golden.make`", "python is not on PATH after `make demo`: write .venv/bin/python"),
    ],
)
def test_what_is_not_there_or_cannot_be_run_is_named(text: str, fault: str, beside: Path) -> None:
    beside.write_text(text)
    found = [each for line in read(beside) for each in (*place_faults(line), *install_faults(line))]
    assert found == [fault]
