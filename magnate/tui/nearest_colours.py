"""All that the client draws in the colours that the terminal has, each the nearest to the eye.

Left to itself, Rich compares numbers: a dark blue-grey becomes a glaring blue, and three groups the same red.
"""

from functools import lru_cache
from typing import Final

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color, Lab, rgb_to_lab
from textual.filter import LineFilter

from magnate.tui.board.few_colours import ANSI

_APART: Final = 12.0
"""From what distance on two colours must not become one: letters would take the colour of their ground."""
KNOWN: Final[dict[str, dict[int, str]]] = {
    "256": {number: RichColor.from_ansi(number).get_truecolor().hex for number in range(16, 256)},
    "standard": dict(enumerate(ANSI)),
}
"""The colours of terminals with few, by color system of Rich: number and `#rrggbb`."""


class NearestColours(LineFilter):
    """Puts the nearest colour of a terminal with few in place of each."""

    def __init__(self, color_system: str) -> None:
        """Take the color system of Rich, a key of KNOWN."""
        super().__init__()
        self._system = color_system

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the same segments in colours that the terminal has."""
        return [
            Segment(text, None if style is None else _in_system(style, self._system), control)
            for text, style, control in segments
        ]


@lru_cache(4096)
def nearest(colour: str, color_system: str, *, but: int = -1) -> int:
    """Return the number of the colour in KNOWN that looks most like `#rrggbb`; it may not be `but`."""
    wanted, known = _lab(colour), KNOWN[color_system]
    return min((number for number in known if number != but), key=lambda number: _far(_lab(known[number]), wanted))


@lru_cache(4096)
def _lab(colour: str) -> Lab:
    return rgb_to_lab(Color.parse(colour))


def _far(one: Lab, other: Lab) -> float:
    """Return the square of the distance of two colours to the eye."""
    return (one.L - other.L) ** 2 + (one.a - other.a) ** 2 + (one.b - other.b) ** 2


@lru_cache(8192)
def _in_system(style: Style, color_system: str) -> Style:
    ground = None if style.bgcolor is None else style.bgcolor.triplet
    colour = None if style.color is None else style.color.triplet
    behind = -1 if ground is None else nearest(ground.hex, color_system)
    before = -1 if colour is None else nearest(colour.hex, color_system)
    if colour and ground and before == behind and _far(_lab(colour.hex), _lab(ground.hex)) > _APART**2:
        before = nearest(colour.hex, color_system, but=behind)
    return style + Style(
        color=None if before < 0 else RichColor.from_ansi(before),
        bgcolor=None if behind < 0 else RichColor.from_ansi(behind),
    )
