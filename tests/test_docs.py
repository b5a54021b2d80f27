"""The check of the documentation finds what it is there to find."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import check_docs
from scripts.check_docs import command_faults, link_faults, read, verb_faults


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
