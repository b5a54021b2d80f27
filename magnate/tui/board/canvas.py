"""A few lines of characters to draw a square on."""

from rich.segment import Segment
from rich.style import Style


class Canvas:
    """A few lines of characters, each with a style."""

    def __init__(self, width: int, height: int, style: Style) -> None:
        self.width = width
        self.height = height
        self._cells = [[(" ", style)] * width for _ in range(height)]

    def write(self, x: int, y: int, text: str, style: Style) -> None:
        """Write `text` from (x, y) on over the ground that is there; what lies outside is not written."""
        if not 0 <= y < self.height:
            return
        for place, character in enumerate(text, x):
            if 0 <= place < self.width:
                self._cells[y][place] = (character, self._cells[y][place][1] + style)

    def write_middle(self, y: int, text: str, style: Style) -> None:
        """Write `text` in the middle of a line."""
        self.write((self.width - len(text)) // 2, y, text, style)

    def segments(self) -> tuple[tuple[Segment, ...], ...]:
        """Return the lines as segments, characters of one style together."""
        return tuple(_joined(line) for line in self._cells)


def _joined(line: list[tuple[str, Style]]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    text, style = "", line[0][1]
    for character, its_style in line:
        if its_style != style:
            segments.append(Segment(text, style))
            text, style = "", its_style
        text += character
    segments.append(Segment(text, style))
    return tuple(segments)
