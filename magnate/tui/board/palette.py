"""The palettes of the board, by theme and by what the terminal can show; shapes and letters say the same without."""

from typing import Final

from magnate.engine.board import BRIDGES, SERVERS
from magnate.tui.board.all_colours import CITY, CONTRAST, DAY, SAFE
from magnate.tui.board.colours import Palette
from magnate.tui.board.few_colours import FEW, MANY

GROUP_LETTERS: Final = "ABCDEFGHIJKL"
"""The letter of each colour group, 1..12."""
PLAYER_LETTERS: Final = "ABCD"
"""The letter of each player, by place in the turn order."""
PLAYER_SHAPES: Final = "●▲■◆"
"""The shape of each player, for lists and legends."""
GROUP_PATTERNS: Final = "█▓▒░▚▞▌▐▄▀╳┃"
"""How the bar of each colour group is hatched."""

assert len(GROUP_LETTERS) + 1 == SERVERS
assert len(GROUP_LETTERS) + 2 == BRIDGES

THEME_PALETTES: Final[dict[str, Palette]] = {palette.name: palette for palette in (CITY, DAY, SAFE, CONTRAST)}
"""By the name of the theme, with all colours."""

_SUFFIXES: Final = {"256": " in 256 colours", "standard": " in sixteen colours"}
"""By the color system of Rich."""

PALETTES: Final[dict[str, Palette]] = THEME_PALETTES | {
    palette.name + _SUFFIXES[system]: palette
    for system, palettes in (("256", MANY), ("standard", FEW))
    for palette in palettes
}
"""All of them: each theme with all colours by its own name, and with fewer by what `board_palette` says."""

DEFAULT_PALETTE: Final = CITY


def board_palette(theme: str, color_system: str | None) -> str:
    """Return the name of the palette of PALETTES for a theme on a terminal with that color system of Rich."""
    return theme + _SUFFIXES.get(color_system or "", "")
