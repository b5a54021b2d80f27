"""What holds for all tests."""

import gc
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from tests.processes import end_with_this_process, take_signals
from tests.sizes import FULL, tries

IN_CI = bool(os.environ.get("CI"))
INSTALL = {"chromium": "apt-get install chromium", "node": "apt-get install nodejs npm"}
NODE_MODULES = Path(__file__).parent / "web" / "node_modules"

# A machine under load is slow, not wrong; and a red CI must be red again when it is looked at.
settings.register_profile("magnate", deadline=None, derandomize=IN_CI, print_blob=True, max_examples=tries(100))
settings.load_profile("magnate")


def pytest_configure() -> None:
    take_signals()
    end_with_this_process()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long sweeps to `make test-all`."""
    if FULL:
        return
    sweeps = [item for item in items if item.get_closest_marker("sweep")]
    items[:] = [item for item in items if not item.get_closest_marker("sweep")]
    config.hook.pytest_deselected(items=sweeps)


def pytest_collection_finish() -> None:
    """Let the garbage collector leave alone what has been imported, and look for more less often.

    It would go through all modules and all collected tests again and again: a fifth of the time of the screens' tests.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test that needs a program or packages that are not installed; in CI everything has to be there."""
    give_up = pytest.fail if IN_CI else pytest.skip
    for marker in item.iter_markers("program"):
        name = marker.args[0]
        if shutil.which(name) is None:
            how = f": {INSTALL[name]}" if name in INSTALL else ""
            give_up(f"needs the program {name}, which is not installed{how}")
    if item.get_closest_marker("npm") and not NODE_MODULES.is_dir():
        give_up("needs packages that are not installed: npm ci --prefix tests/web")
