"""The browser client: static files that a server hands out, and the words and the board that they read as JSON.

The page itself stands in `static`, as ES modules without a build step; `static/main.js` is where it begins.
"""

from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).parent / "static"
"""The folder of the files that are handed out as they are."""
