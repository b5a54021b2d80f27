"""How much the tests try: a sample in `make test`, all of it in `make test-all`, which sets FULL_TESTS=1."""

import os

FULL = bool(os.environ.get("FULL_TESTS"))


def tries(full: int) -> int:
    """Return how many examples hypothesis tries where `full` are meant: a tenth, and five at least, unless FULL."""
    return full if FULL else max(5, full // 10)
