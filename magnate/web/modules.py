"""Which modules a view of the page needs, so that a browser fetches all at once and not one import after the other."""

import posixpath
import re
from functools import cache
from typing import Final

from magnate.web import STATIC

MAIN: Final = "main.js"
"""The module that the page begins with."""

_IMPORT: Final = re.compile(r"""\b(?:from|import)\s*["'](\.[^"']+)["']""")
_END: Final = "  </head>"


@cache
def page_html(view: str = "") -> bytes:
    """Return the page as it is for the view whose module this is (`views/game.js`), with its modules preloaded.

    Args:
        view: what `main.js` will import by itself; empty for the views that it has already.
    """
    entries = (MAIN, view) if view else (MAIN,)
    links = [f'    <link rel="modulepreload" href="/web/{name}">\n' for name in modules(*entries) if name != MAIN]
    page = (STATIC / "index.html").read_text("utf-8")
    return page.replace(_END, f"{''.join(links)}{_END}", 1).encode()


def modules(*entries: str) -> tuple[str, ...]:
    """Return the modules that these import at once, in turn, themselves included; what is imported later is not."""
    found: dict[str, None] = {}
    waiting = list(reversed(entries))
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = None
        text = (STATIC / name).read_text("utf-8")
        waiting += [
            posixpath.normpath(posixpath.join(posixpath.dirname(name), other)) for other in _IMPORT.findall(text)
        ]
    return tuple(found)
