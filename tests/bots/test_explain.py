"""`magnate bots explain`: the ranking of a level with its reasons, in words and as data."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from magnate.bots.brain.reasons import Reasons
from magnate.commands.bots import app
from magnate.engine.phases import Phase
from magnate.engine.position import position_text
from magnate.errors import MagnateError
from magnate.texts.reasons import REASONS, reasons_words
from tests.engine.positions import BROWN, deciding, place


@pytest.fixture
def street(tmp_path: Path) -> str:
    """The file of a position in which a street is for sale."""
    file = tmp_path / "position.json"
    file.write_text(position_text(deciding(39, seats=4)), "utf-8")
    return str(file)


def explain(*arguments: str, given: str | None = None) -> str:
    """Return what the command prints."""
    result = CliRunner().invoke(app, ["explain", *arguments], input=given)
    if result.exception is not None:
        raise result.exception
    return result.stdout


def test_the_best_choice_stands_first_with_its_reasons_in_words(street: str) -> None:
    head, first, reasons, second, nothing = explain(street).splitlines()
    assert head == "expert, player 0:"
    assert first.endswith("Buy Lantern Palace (39) for 400")
    assert reasons.strip().startswith("costs 400, 400 more worth at the end, rents of ")
    assert second.endswith("Put Lantern Palace (39) up for auction")
    assert nothing.strip() == "nothing changes"


def test_spanish(street: str) -> None:
    text = explain(street, "--lang", "es", "--most", "1")
    assert "Comprar Palacio de los Faroles (39) por 400" in text
    assert "cuesta 400, 400 más de patrimonio al final" in text
    assert len(text.splitlines()) == 3


def test_json_has_actions_as_records_have_them_and_reasons_that_add_up(street: str) -> None:
    told = json.loads(explain(street, "--format", "json", "--bot", "medium,taste=0.2", "--seed", "3"))
    assert (told["bot"], told["seat"]) == ("medium,taste=0.2", 0)
    best = told["choices"][0]
    assert best["action"] == {"type": "BuySquare", "square": 39}
    assert sum(best["reasons"].values()) == pytest.approx(best["value"], abs=0.5)
    values = [choice["value"] for choice in told["choices"]]
    assert values == sorted(values, reverse=True)


def test_a_position_comes_from_standard_input_and_a_seat_of_an_auction_can_be_named() -> None:
    state = place(3, phase=Phase.AUCTION, turn_seat=2, at={2: 39}, owned={1: [37]})
    text = position_text(state)
    assert explain("-", given=text).startswith("expert, player 0:")
    assert "Bid " in explain("-", "--seat", "1", given=text).splitlines()[1]


def test_a_trade_that_the_level_thinks_of_is_among_the_choices() -> None:
    state = place(3, owned={0: [37, BROWN[0]], 1: [39, BROWN[1]]})
    assert "Propose to player 1" in explain("-", given=position_text(state))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--bot", "value"), "value gives no reasons; the levels do: very_easy, easy, medium, hard, very_hard, expert"),
        (("--seat", "2"), "--seat 2: that player has nothing to choose in this position"),
        (("--seat", "9"), "--seat 9: that player has nothing to choose in this position"),
    ],
)
def test_what_cannot_be_explained_is_said(street: str, arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(MagnateError) as refused:
        explain(street, *arguments)
    assert str(refused.value) == message
    assert refused.value.exit_code == 2


def test_a_position_that_is_not_there_is_said() -> None:
    with pytest.raises(MagnateError, match="No such file"):
        explain("nowhere.json")


def test_each_reason_has_words_for_and_against_in_both_languages() -> None:
    assert tuple(REASONS) == Reasons._fields
    for name in REASONS:
        told = {reasons_words({name: value}, lang) for value in (12.4, -12.4) for lang in ("en", "es")}
        assert len(told) == 4
        assert all("12" in words for words in told)
