"""The Textual themes, one a palette of the board, so that board and widgets wear the same colours."""

from typing import Final

from textual.theme import Theme

from magnate.tui.board.colours import Palette
from magnate.tui.board.palette import THEME_PALETTES


def theme_of(palette: Palette) -> Theme:
    """Return the theme that goes with a palette."""
    return Theme(
        name=palette.name,
        primary=palette.players[1],
        secondary=palette.special,
        warning=palette.players[2],
        error=palette.warning,
        success=palette.players[3],
        accent=palette.players[2],
        foreground=palette.text,
        background=palette.table,
        surface=palette.ground_of(-1, alternate=False),
        panel=palette.ground_of(-1, alternate=True),
        dark=palette.name != "day",
    )


THEMES: Final = tuple(theme_of(palette) for palette in THEME_PALETTES.values())
"""One a palette, of the same name."""
