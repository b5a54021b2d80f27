"""What `make test` leaves out, and what a missing program does."""

from typing import cast

import pytest

from tests import conftest, sizes


class Needing:
    """Stands for a test that needs a program."""

    def iter_markers(self, name: str) -> list[pytest.Mark]:
        return [pytest.mark.program("no-such-program").mark]


def test_a_missing_program_skips_the_test_in_one_line_and_fails_it_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    item = cast(pytest.Item, Needing())
    words = "needs the program no-such-program, which is not installed"
    monkeypatch.setattr(conftest, "IN_CI", False)
    with pytest.raises(pytest.skip.Exception, match=words):
        conftest.pytest_runtest_setup(item)
    monkeypatch.setattr(conftest, "IN_CI", True)
    with pytest.raises(pytest.fail.Exception, match=words):
        conftest.pytest_runtest_setup(item)


def test_of_cases_each_so_manieth_is_no_sweep_and_all_keep_their_values_and_marks() -> None:
    slow = pytest.mark.timeout(9)
    cases = sizes.every(2, [1, (2, "two"), pytest.param(3, id="three", marks=slow), pytest.param((4, 4), id="four")])
    assert [case.values for case in cases] == [(1,), (2, "two"), (3,), ((4, 4),)]
    assert [case.id for case in cases] == [None, None, "three", "four"]
    assert [[mark.name for mark in case.marks] for case in cases] == [[], ["sweep"], ["timeout"], ["sweep"]]
    assert [bool(case.marks) for case in sizes.first("abc")] == [False, True, True]


def test_examples_are_a_tenth_and_five_at_least_unless_all_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "FULL", False)
    assert [sizes.tries(count) for count in (20, 100, 300)] == [5, 10, 30]
    monkeypatch.setattr(sizes, "FULL", True)
    assert [sizes.tries(count) for count in (20, 100, 300)] == [20, 100, 300]
