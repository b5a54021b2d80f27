"""What holds for all tests."""

import os

from hypothesis import settings

from tests.processes import end_with_this_process, take_signals

# A machine under load is slow, not wrong; and a red CI must be red again when it is looked at.
settings.register_profile("magnate", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
settings.load_profile("magnate")


def pytest_configure() -> None:
    take_signals()
    end_with_this_process()
