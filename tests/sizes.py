"""How much the tests try: a part in `make test`, all of it in `make test-all`, which sets FULL_TESTS=1."""

import os
from collections.abc import Iterable

import pytest
from _pytest.mark import ParameterSet

FULL = bool(os.environ.get("FULL_TESTS"))


def tries(full: int) -> int:
    """Return how many examples hypothesis tries where `full` are meant: a tenth, and five at least, unless FULL."""
    return full if FULL else max(5, full // 10)


def every(step: int, cases: Iterable[object]) -> list[ParameterSet]:
    """Return the cases of a test, of which each `step`-th from the first on is tried in `make test`.

    A case is a value, a tuple of values for several parameters, or a `pytest.param`.
    """
    marked = []
    for number, case in enumerate(cases):
        if not isinstance(case, ParameterSet):
            case = pytest.param(*case) if isinstance(case, tuple) else pytest.param(case)
        marks = () if number % step == 0 else (pytest.mark.sweep,)
        marked.append(pytest.param(*case.values, id=case.id, marks=(*case.marks, *marks)))
    return marked


def first(cases: Iterable[object]) -> list[ParameterSet]:
    """Return the cases of a test, of which the first alone is tried in `make test`."""
    listed = list(cases)
    return every(len(listed), listed)
