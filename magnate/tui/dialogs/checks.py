"""A list to tick things off in."""

from typing import Final, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widgets import SelectionList

ThingT = TypeVar("ThingT")

TICK: Final = "✓"
_BOX: Final = 3
"""Segments that Textual's box is made of; what follows has the style of the words."""


class CheckList(SelectionList[ThingT]):
    """A selection list with boxes like `[ ]` and `[✓]`.

    Textual draws an X in each box and tells the ticked ones by colour alone, which neither a screen without colour nor
    a bright theme shows.
    """

    def render_line(self, y: int) -> Strip:
        """Draw one line: box, mark and words."""
        strip = super().render_line(y)
        index = self.scroll_offset.y + y
        if not 0 <= index < self.option_count:
            return strip
        ticked = self.get_option_at_index(index).value in self.selected
        words = list(strip)[_BOX:]
        style = (words[0].style or Style()) + Style(bold=ticked, meta={"option": index})
        return Strip([Segment(f"[{TICK if ticked else ' '}]", style), *words], strip.cell_length)
