"""The colours of the themes on terminals of 256 and of sixteen colours, out of those that such terminals have.

With few colours no shade lies between two grounds, so these were chosen one by one, by the same measure as all colours.
Sixteen are too few to tint what somebody owns, and on a light ground too few for twelve groups.
"""

from dataclasses import replace
from typing import Final

from magnate.tui.board.all_colours import CITY, CONTRAST, DAY, SAFE
from magnate.tui.board.colours import Palette

MANY: Final[tuple[Palette, ...]] = (
    replace(
        CITY,
        groups=(
            "#af875f",
            "#00afff",
            "#d787af",
            "#ffaf00",
            "#d7005f",
            "#ffffaf",
            "#87af5f",
            "#5f5fd7",
            "#00afaf",
            "#875fff",
            "#5faf00",
            "#8787af",
            "#d7d7ff",
            "#d7afaf",
        ),
        players=("#ff5f5f", "#00afff", "#ffd700", "#5fffaf"),
        grounds=(
            ("#1c1c1c", "#262626"),
            ("#5f0000", "#5f0000"),
            ("#00005f", "#00005f"),
            ("#5f5f00", "#5f5f00"),
            ("#005f5f", "#005f5f"),
        ),
        path="#5f5f87",
    ),
    replace(
        DAY,
        groups=(
            "#d75f00",
            "#0087d7",
            "#ff005f",
            "#d78700",
            "#d70000",
            "#5f5f00",
            "#00af87",
            "#005fd7",
            "#5f8787",
            "#5f00af",
            "#00875f",
            "#005f87",
            "#6c6c6c",
            "#870000",
        ),
        players=("#870000", "#0000af", "#875f00", "#00875f"),
        grounds=(
            ("#eeeeee", "#e4e4e4"),
            ("#ffafaf", "#ffafaf"),
            ("#afd7ff", "#afd7ff"),
            ("#ffd7af", "#ffd7af"),
            ("#d7ffd7", "#d7ffd7"),
        ),
        path="#afafd7",
    ),
    replace(
        SAFE,
        groups=(
            "#d75f00",
            "#87d7ff",
            "#d787d7",
            "#d78700",
            "#d70000",
            "#ffff87",
            "#00af87",
            "#5f5fd7",
            "#5fffd7",
            "#af5fff",
            "#d7d700",
            "#afafaf",
            "#afafff",
            "#af875f",
        ),
        players=("#d78700", "#5fd7d7", "#ffd700", "#af87af"),
        grounds=(
            ("#1c1c1c", "#262626"),
            ("#5f0000", "#5f0000"),
            ("#005f5f", "#005f5f"),
            ("#5f5f00", "#5f5f00"),
            ("#5f005f", "#5f005f"),
        ),
        path="#5f5f87",
    ),
    replace(
        CONTRAST,
        groups=(
            "#d7af87",
            "#afffff",
            "#af5f87",
            "#ffaf00",
            "#d75f5f",
            "#ffd75f",
            "#87ff87",
            "#87afff",
            "#00ffaf",
            "#af87d7",
            "#ffff5f",
            "#d7d7ff",
            "#eeeeee",
            "#b2b2b2",
        ),
        players=("#ff5f5f", "#5fafff", "#ffff00", "#00ff87"),
        grounds=(
            ("#000000", "#000000"),
            ("#5f0000", "#5f0000"),
            ("#00005f", "#00005f"),
            ("#5f5f00", "#5f5f00"),
            ("#005f5f", "#005f5f"),
        ),
        path="#5f5f87",
    ),
)
"""For terminals of 256 colours, by theme: none of their first sixteen, which each terminal shows in its own way."""

ANSI: Final = (
    *("#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa"),
    *("#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"),
)
"""The sixteen, by number; most terminals show other shades of them, of the same names."""


def _ansi(*numbers: int) -> tuple[str, ...]:
    return tuple(ANSI[number] for number in numbers)


def _dark(palette: Palette, players: tuple[str, ...]) -> Palette:
    """Return a dark theme in sixteen colours; the trail's blue is the one that cannot be read as a letter on black."""
    black, blue, grey, red, cyan, white = _ansi(0, 4, 7, 9, 14, 15)
    return replace(
        palette,
        groups=_ansi(3, 14, 13, 1, 9, 11, 2, 12, 6, 5, 10, 8, 7, 15),
        players=players,
        grounds=((black, black),) * 5,
        table=black,
        text=white,
        quiet=grey,
        special=cyan,
        choice=grey,
        path=blue,
        warning=red,
    )


def _light(palette: Palette) -> Palette:
    """Return a light theme in sixteen colours: A and F, G and K share one, since four of them are too pale on white."""
    black, red, blue, dark, yellow, white = _ansi(0, 1, 4, 8, 11, 15)
    return replace(
        palette,
        groups=_ansi(3, 12, 13, 9, 1, 3, 2, 4, 6, 5, 2, 7, 0, 0),
        players=_ansi(1, 12, 3, 0),
        grounds=((white, white),) * 5,
        table=white,
        text=black,
        quiet=dark,
        special=blue,
        choice=dark,
        path=yellow,
        warning=red,
    )


FEW: Final[tuple[Palette, ...]] = (
    _dark(CITY, _ansi(9, 14, 11, 2)),
    _light(DAY),
    _dark(SAFE, _ansi(9, 14, 11, 13)),
    _dark(CONTRAST, _ansi(9, 14, 11, 2)),
)
"""For terminals of sixteen colours, by theme."""
