"""What it takes to play with other people, for somebody on a server of their own, which nobody else can reach."""

from typing import Final

from magnate.texts.lobby import lobby

SERVE: Final = "magnate serve --host 0.0.0.0"
"""The command that starts a server for others."""
JOIN: Final = "magnate play --server http://{address}:8000"
"""The command that plays there, at the address that the other one prints."""


def needs_lines(lang: str) -> list[str]:
    """Return what it takes, as lines of text: why nobody comes here, and the commands that change that."""
    join = JOIN.format(address=lobby("needs_address", lang))
    return [lobby("needs_why", lang), lobby("needs_serve", lang), SERVE, lobby("needs_play", lang), join]
