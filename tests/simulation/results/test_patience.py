"""A database that another program holds is waited for, with a word; what never lets go ends the wait."""

from pathlib import Path

import pytest

from magnate.simulation.errors import DatabaseLocked
from magnate.simulation.results.patience import Patience

FILE = Path("results.db")


def test_what_is_free_is_done_at_once_and_nothing_is_said() -> None:
    said: list[str] = []
    assert Patience(FILE, said.append)(lambda: 7) == 7
    assert said == []


def test_a_passing_lock_is_waited_for_and_said_once() -> None:
    said: list[str] = []
    tries: list[int] = []

    def work() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise DatabaseLocked(FILE)
        return "written"

    assert Patience(FILE, said.append)(work) == "written"
    assert said == ["results.db: another program holds this database; waiting until it lets go"]


def test_a_lock_that_does_not_pass_is_an_error_in_the_end() -> None:
    def work() -> None:
        raise DatabaseLocked(FILE)

    with pytest.raises(DatabaseLocked):
        Patience(FILE, lambda line: None, seconds=0)(work)


def test_the_wait_can_be_interrupted() -> None:
    def work() -> None:
        raise DatabaseLocked(FILE)

    def interrupt(line: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Patience(FILE, interrupt)(work)
