"""The colours of the board, one palette a theme; shapes and letters say the same without colour."""

from dataclasses import dataclass, replace
from typing import Final

from magnate.engine.board import BRIDGES, SERVERS

GROUP_LETTERS: Final = "ABCDEFGHIJKL"
"""The letter of each colour group, 1..12."""
PLAYER_LETTERS: Final = "ABCD"
"""The letter of each player, by place in the turn order."""
PLAYER_SHAPES: Final = "●▲■◆"
"""The shape of each player, for lists and legends."""
GROUP_PATTERNS: Final = "█▓▒░▚▞▌▐▄▀╳┃"
"""How the bar of each colour group is hatched."""


def mixed(first: str, second: str, part: float) -> str:
    """Return a colour between two, all as `#rrggbb`; `part` is how much of the second, 0 to 1."""
    pairs = [(int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(below + (above - below) * part):02x}" for below, above in pairs)


@dataclass(frozen=True)
class Palette:
    """The colours of the board in one theme, as `#rrggbb`."""

    name: str
    groups: tuple[str, ...]
    """Of the twelve colour groups, then servers and bridges."""
    players: tuple[str, ...]
    ground: str
    """Behind a square."""
    ground_alternate: str
    """Behind every other square."""
    table: str
    """Behind what is free."""
    text: str
    quiet: str
    """Prices and what matters less."""
    special: str
    """Labels of squares that nobody owns."""
    choice: str
    """Behind a square that may be chosen now, in strong contrast to `table`, which is the colour of its words."""
    path: str
    """Behind the squares just walked."""
    warning: str
    """Jail and debts."""

    owned: float
    """How much of the owner's colour lies in the ground of a square, 0 to 1."""

    def group(self, group: int) -> str:
        """Return the colour of a group of the board, servers and bridges included."""
        return self.groups[group - 1]

    def ground_of(self, owner: int, *, alternate: bool) -> str:
        """Return what lies behind a square: a little of its owner's colour; `owner` below 0 is nobody."""
        ground = self.ground_alternate if alternate else self.ground
        return ground if owner < 0 else mixed(ground, self.players[owner], self.owned)


assert len(GROUP_LETTERS) + 1 == SERVERS
assert len(GROUP_LETTERS) + 2 == BRIDGES

_CITY: Final = Palette(
    name="city",
    groups=(
        "#b8793f",
        "#4fc3f7",
        "#ec407a",
        "#ff9f1a",
        "#ef5350",
        "#ffd93b",
        "#43b05c",
        "#6377ea",
        "#26b3a3",
        "#b765d9",
        "#a3cf5f",
        "#90a4ae",
        "#b8c4d6",
        "#c9a68c",
    ),
    players=("#ff6b5e", "#4db8ff", "#ffd447", "#6be8a0"),
    ground="#1a2230",
    ground_alternate="#202a3a",
    table="#10151d",
    text="#e6ebf2",
    quiet="#8793a6",
    special="#9fc3ee",
    choice="#c9a6ff",
    path="#3b3a63",
    warning="#ff7b72",
    owned=0.2,
)

_DAY: Final = Palette(
    name="day",
    groups=(
        "#7a4a31",
        "#0277bd",
        "#c2185b",
        "#c25e00",
        "#c62828",
        "#947600",
        "#2e7d32",
        "#283593",
        "#00796b",
        "#7b1fa2",
        "#558b2f",
        "#546e7a",
        "#455a75",
        "#795548",
    ),
    players=("#b71c1c", "#01579b", "#7a5b00", "#1b5e20"),
    ground="#f4f1ea",
    ground_alternate="#e9e5da",
    table="#fbfaf6",
    text="#1d2430",
    quiet="#6b7280",
    special="#2a4d7c",
    choice="#6a3fb5",
    path="#d7d3f2",
    warning="#b3261e",
    owned=0.16,
)

# Okabe and Ito's eight colours, told apart by people with any kind of colour blindness; lightness does the rest.
_SAFE: Final = Palette(
    name="safe",
    groups=(
        "#a86f3c",
        "#56b4e9",
        "#cc79a7",
        "#e69f00",
        "#d55e00",
        "#f0e442",
        "#009e73",
        "#3f7fd0",
        "#5fd3bc",
        "#b19cd9",
        "#b7c76f",
        "#a9b3bd",
        "#c3cbd6",
        "#c7ac8f",
    ),
    players=("#e69f00", "#56b4e9", "#f0e442", "#cc79a7"),
    ground="#181c22",
    ground_alternate="#20252d",
    table="#0f1216",
    text="#f0f0f0",
    quiet="#98a0aa",
    special="#9cc9ea",
    choice="#8fe8d0",
    path="#4a3a16",
    warning="#f08a4b",
    owned=0.2,
)

_CONTRAST: Final = Palette(
    name="contrast",
    groups=(
        "#d9a066",
        "#00e5ff",
        "#ff5fa2",
        "#ffae00",
        "#ff5252",
        "#ffff00",
        "#00ff5a",
        "#8ea2ff",
        "#00ffd0",
        "#e58cff",
        "#c8ff3d",
        "#ffffff",
        "#ffffff",
        "#ffffff",
    ),
    players=("#ff6060", "#40c4ff", "#ffff00", "#00ff80"),
    ground="#000000",
    ground_alternate="#000000",
    table="#000000",
    text="#ffffff",
    quiet="#d0d0d0",
    special="#ffffff",
    choice="#ff9cff",
    path="#00005f",
    warning="#ff6060",
    owned=0.3,
)

PALETTES: Final[dict[str, Palette]] = {palette.name: palette for palette in (_CITY, _DAY, _SAFE, _CONTRAST)}
"""By the name of the theme."""

_FEW: Final = " in sixteen colours"
BOARD_PALETTES: Final = PALETTES | {
    f"{name}{_FEW}": replace(palette, ground=palette.table, ground_alternate=palette.table, owned=0.0)
    for name, palette in PALETTES.items()
}
"""All of them, and each for terminals of sixteen colours, where tinged and shaded grounds would turn one grey."""


def board_palette(theme: str, color_system: str | None) -> str:
    """Return the name of the palette of BOARD_PALETTES that a terminal with that color system of Rich shows best."""
    return f"{theme}{_FEW}" if color_system == "standard" else theme


DEFAULT_PALETTE: Final = _CITY
