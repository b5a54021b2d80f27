"""The page about bots is true: its actions are all there are, and every way to be at fault is on it."""

from pathlib import Path

import pytest

from magnate.bots import BOTS
from magnate.bots.errors import FaultKind
from magnate.simulation.playing.runner import MOST_ACTIONS
from scripts import bots_docs

PAGE = bots_docs.PAGE.read_text("utf-8")


def test_the_actions_are_current() -> None:
    assert bots_docs.main(["--check"]) == 0


def test_a_stale_page_is_reported_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stale = tmp_path / "bots.md"
    stale.write_text(PAGE.replace("| `NextPhase()` |", "| `Submit()` |"), "utf-8")
    monkeypatch.setattr(bots_docs, "PAGE", stale)
    assert bots_docs.main(["--check"]) == 1
    assert "bots.md is not current" in capsys.readouterr().err
    assert bots_docs.main([]) == 0
    assert stale.read_text("utf-8") == PAGE


def test_every_bot_and_every_fault_is_on_the_page() -> None:
    assert [name for name in BOTS if f"| `{name}` |" not in PAGE] == []
    faults = PAGE.partition("## The referee")[2].partition("\n## ")[0]
    assert [kind.value for kind in FaultKind if f"(`{kind.value}`)" not in faults] == []
    assert f"more than {MOST_ACTIONS:,} actions in one turn" in faults
