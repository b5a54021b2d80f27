"""The rules for people are true: `docs/rules.md` is made from the game, and what F1 shows has the game's numbers."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from magnate.engine.board import standard_board
from magnate.engine.cards import deck
from magnate.engine.rules.trade import MAX_PROPOSALS
from magnate.engine.state import START_MONEY
from magnate.engine.statistics import bonus_rules
from scripts import rules_docs

PAGE = rules_docs.PAGE.read_text("utf-8")


def test_the_page_is_current() -> None:
    assert rules_docs.main(["--check"]) == 0


def test_a_stale_page_is_reported_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stale = tmp_path / "rules.md"
    stale.write_text(PAGE.replace("| 450 | 220 |", "| 451 | 220 |"), "utf-8")
    monkeypatch.setattr(rules_docs, "PAGE", stale)
    assert rules_docs.main(["--check"]) == 1
    assert "rules.md is not current" in capsys.readouterr().err
    assert rules_docs.main([]) == 0
    assert stale.read_text("utf-8") == PAGE


def test_every_square_and_every_card_is_on_the_page() -> None:
    board = standard_board()
    rows = re.findall(r"^\| (\d+) \| ", PAGE, re.MULTILINE)
    assert rows == [str(square) for square in sorted(board.ids)]
    assert [kind.name for kind in deck() if f"| `{kind.name}` |" not in PAGE] == []


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_text_behind_f1_has_the_numbers_of_the_game(lang: str) -> None:
    text = files("magnate.texts").joinpath(f"rules_{lang}.md").read_text("utf-8")
    board = standard_board()
    salary, bail = board.salary, board.bail
    (fare,) = {board.fare[stop] for stop in board.trams}
    bonus = bonus_rules()
    assert {int(number) for number in re.findall(r"\b\d{2,}\b", text)} == {
        START_MONEY,
        salary,
        fare,
        bail,
        bonus.amount,
    }
    words = {"en": ("three", "five"), "es": ("tres", "cinco")}[lang]
    assert (bonus.drawn, MAX_PROPOSALS) == (3, 5)
    assert re.search(rf"\b{words[0]} bon", text.lower())
    assert re.search(rf"\b{words[1]} (trades|tratos)", text)
