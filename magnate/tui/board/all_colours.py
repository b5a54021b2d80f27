"""The colours of the themes on terminals with all colours.

They were chosen by measured distance, so that what must be told apart differs for everybody, also with the three common
kinds of colour blindness: `tests/tui/board/test_colours.py` holds the least distances.
"""

from typing import Final

from magnate.tui.board.colours import Palette

CITY: Final = Palette(
    name="city",
    groups=(
        "#bd9884",
        "#48bbf8",
        "#d82b72",
        "#ffbe2d",
        "#f44350",
        "#ffeb93",
        "#84b272",
        "#5c59e7",
        "#46ada8",
        "#8674f3",
        "#66bc34",
        "#9e7ec8",
        "#d5d9f2",
        "#e4bdad",
    ),
    players=("#f35635", "#13a7eb", "#f0be25", "#4edea9"),
    grounds=(
        ("#1a2230", "#202a3a"),
        ("#571a1f", "#5c2126"),
        ("#18216c", "#1f2871"),
        ("#43461c", "#494c23"),
        ("#134f4d", "#1a5453"),
    ),
    table="#10151d",
    text="#e6ebf2",
    quiet="#8793a6",
    special="#9fc3ee",
    choice="#c9a6ff",
    path="#454272",
    warning="#ff7b72",
)

DAY: Final = Palette(
    name="day",
    groups=(
        "#8a431f",
        "#1f72e9",
        "#c54b63",
        "#e07a30",
        "#a02935",
        "#886e2b",
        "#029300",
        "#1750b5",
        "#765bbe",
        "#2325c8",
        "#348245",
        "#225161",
        "#4d5a72",
        "#5a2d20",
    ),
    players=("#a7343d", "#035caa", "#936c15", "#1e4c17"),
    grounds=(
        ("#f4f1ea", "#e9e5da"),
        ("#f7beba", "#efb9b5"),
        ("#c7ddfc", "#c1d7f5"),
        ("#fee1ac", "#f6daa8"),
        ("#e2fad4", "#dbf3ce"),
    ),
    table="#fbfaf6",
    text="#1d2430",
    quiet="#6b7280",
    special="#2a4d7c",
    choice="#6a3fb5",
    path="#c4b8ee",
    warning="#b3261e",
)

SAFE: Final = Palette(
    name="safe",
    groups=(
        "#ca6220",
        "#8dbbe8",
        "#c072ac",
        "#fba701",
        "#b43c00",
        "#f2dd32",
        "#009661",
        "#1d70b4",
        "#20d0b8",
        "#9b8bea",
        "#c0d160",
        "#a8a69c",
        "#d1d9ef",
        "#c6a071",
    ),
    players=("#cf821b", "#49d9e3", "#f6db5d", "#bb9396"),
    grounds=(
        ("#181c22", "#20252d"),
        ("#382819", "#3e2f21"),
        ("#0f4d6f", "#175374"),
        ("#514931", "#574f38"),
        ("#3b3f55", "#41455a"),
    ),
    table="#0f1216",
    text="#f0f0f0",
    quiet="#98a0aa",
    special="#9cc9ea",
    choice="#8fe8d0",
    path="#62310c",
    warning="#f08a4b",
)

CONTRAST: Final = Palette(
    name="contrast",
    groups=(
        "#cc9f70",
        "#05e5f6",
        "#df5b95",
        "#d89b1f",
        "#fd4140",
        "#ecd223",
        "#39fd6c",
        "#87a9e6",
        "#03fcdc",
        "#b986f7",
        "#d6f819",
        "#e5ecff",
        "#d8d6d4",
        "#9fbacd",
    ),
    players=("#ff6060", "#40c4ff", "#ffff00", "#00ff80"),
    grounds=(
        ("#000000", "#000000"),
        ("#5f0000", "#5f0000"),
        ("#00005f", "#00005f"),
        ("#555500", "#555500"),
        ("#005555", "#005555"),
    ),
    table="#000000",
    text="#ffffff",
    quiet="#d0d0d0",
    special="#ffffff",
    choice="#ff9cff",
    path="#51517e",
    warning="#ff6060",
)
