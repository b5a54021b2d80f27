"""What bots make of trades, as the page about bots tells it (docs: Bots, The brain)."""

import pytest

from magnate.bots import LEVELS
from scripts import trades_docs


def test_the_levels_make_more_groups_by_trade_than_the_model_before_them_and_ask_far_less_often() -> None:
    old, new = (trades_docs.count(bot, 10) for bot in ("value", "expert"))
    assert new.by_trade > old.by_trade
    assert new.proposed < old.proposed / 10
    assert new.groups >= new.by_trade
    assert new.proposed >= new.accepted


@pytest.mark.sweep
def test_the_table_of_trades_is_current() -> None:
    assert trades_docs.main(["--check"]) == 0


def test_the_table_has_every_level() -> None:
    rows = trades_docs.table(games=1).splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == ["value", *LEVELS]
