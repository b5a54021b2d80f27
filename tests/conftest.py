"""What holds for all tests."""

import os

from hypothesis import settings

# A machine under load is slow, not wrong; and a red CI must be red again when it is looked at.
settings.register_profile("magnate", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
settings.load_profile("magnate")
