"""Names of bots (docs: Bots)."""

from itertools import islice

import pytest

from magnate.protocol.room import BotLevel
from magnate.server.accounts.names import name_problems
from magnate.server.looks import looks_of
from magnate.texts.bots import BOT_NAMES, bot_level, bot_names


def test_every_level_has_names_for_a_table_and_no_two_bots_look_alike() -> None:
    assert list(BOT_NAMES) == [level.value for level in BotLevel]
    assert min(map(len, BOT_NAMES.values())) >= 4
    names = [name for level in BOT_NAMES.values() for name in level]
    assert len({looks_of(name).folded for name in names}) == len(names)
    assert [name_problems(name) for name in names] == [[]] * len(names)


@pytest.mark.parametrize("level", ["easy", "of_tomorrow"])
def test_names_never_run_out_and_none_comes_twice(level: str) -> None:
    names = list(islice(bot_names(level), 20))
    assert len(set(names)) == 20
    assert names[-1].startswith(f"Bot_{level}_")


def test_a_level_is_said_in_the_language_of_the_reader_and_an_unknown_one_as_it_is() -> None:
    assert [bot_level("very_hard", lang) for lang in ("en", "es")] == ["very hard", "muy difícil"]
    assert bot_level("of_tomorrow", "en") == "of_tomorrow"
