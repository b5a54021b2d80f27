"""What happened, line under line, wrapped to the width that there is now."""

from collections import deque
from collections.abc import Iterable

from rich.text import Text
from textual import events
from textual.widgets import RichLog


class Log(RichLog):
    """A log that wraps anew whenever its width changes; `RichLog` wraps each line once, when it is written."""

    def __init__(self, *, id: str, most: int | None = None) -> None:
        """Begin empty; of more than `most` lines the oldest are forgotten."""
        super().__init__(wrap=True, min_width=10, max_lines=most, id=id)
        self._told: deque[tuple[Text, bool]] = deque(maxlen=most)
        self._width = 0
        self.only_mine = False
        """Whether only what concerns the viewer is shown."""

    def tell(self, line: Text, *, mine: bool = True) -> None:
        """Add a line at the end; `mine` says whether it concerns the viewer."""
        self._told.append((line, mine))
        if mine or not self.only_mine:
            self.write(line)

    @property
    def length(self) -> int:
        """How many lines it keeps."""
        return len(self._told)

    def insert(self, place: int, lines: Iterable[tuple[Text, bool]]) -> None:
        """Put lines, and whether each concerns the viewer, before the one at a place."""
        told = list(self._told)
        told[place:place] = lines
        self._told = deque(told, maxlen=self._told.maxlen)
        self._write_all()

    def filter(self, *, only_mine: bool) -> None:
        """Show only what concerns the viewer, or everything."""
        self.only_mine = only_mine
        self._write_all()

    def _write_all(self) -> None:
        self.clear()
        for line, mine in self._told:
            if mine or not self.only_mine:
                self.write(line)

    def forget(self) -> None:
        """Begin anew."""
        self._told.clear()
        self.clear()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap all lines anew for another width."""
        if event.size.width in (0, self._width):  # 0: hidden, where there is no room
            return
        before, self._width = self._width, event.size.width
        if before:
            self._write_all()
