"""The widget that draws the board with the line API, and moves a cursor over it."""

from collections.abc import Iterable, Mapping
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from magnate.tui.board.face import Look, draw
from magnate.tui.board.layout import SMALLEST, Area, Layout, largest_layout, layout, neighbour
from magnate.tui.board.palette import DEFAULT_PALETTE, PALETTES

_TEXT_AREAS: Final = (Area.EVENT, Area.HINT, Area.MIDDLE)


class BoardView(Widget, can_focus=True):
    """The whole board at the largest size that fits, with a cursor.

    Give it looks with `show`, and words for its free areas with `write`. It posts `Moved` when the cursor moves, and
    `Chosen` when Enter or a click takes the square under it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(0, -1)", "up", show=False, id="board.up"),
        Binding("down", "go(0, 1)", "down", show=False, id="board.down"),
        Binding("left", "go(-1, 0)", "left", show=False, id="board.left"),
        Binding("right", "go(1, 0)", "right", show=False, id="board.right"),
        Binding("enter", "choose", "square", show=False, id="board.choose"),
    ]

    cursor: reactive[int | None] = reactive(None)
    """The square under the cursor, or None while the board has none."""
    lang: reactive[str] = reactive("en")
    palette: reactive[str] = reactive(DEFAULT_PALETTE.name)
    """The name of one of PALETTES."""

    class Moved(Message):
        """The cursor went to another square."""

        def __init__(self, square: int) -> None:
            super().__init__()
            self.square = square

    class Chosen(Message):
        """The square under the cursor was taken, by Enter or by the mouse."""

        def __init__(self, square: int) -> None:
            super().__init__()
            self.square = square

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._layout: Layout = layout(*SMALLEST)
        self._looks: dict[int, Look] = {square: Look(square) for square in self._layout.squares}
        self._words: dict[Area, list[Text]] = {area: [] for area in _TEXT_AREAS}
        self.stops: tuple[int, ...] = ()
        """The squares that the arrows go among; empty for all of them."""

    def show(self, looks: Mapping[int, Look]) -> None:
        """Show squares as they look now; only those that changed are drawn anew."""
        for square, look in looks.items():
            look = look._replace(cursor=square == self.cursor)
            if self._looks[square] != look:
                self._looks[square] = look
                self._redraw(square)

    def write(self, area: Area, lines: Iterable[Text]) -> None:
        """Write lines of text into a free area; what does not fit is cut off."""
        lines = list(lines)
        if self._words[area] != lines:
            self._words[area] = lines
            place = self._layout.areas[area]
            self.refresh(self._region(place))

    def area_size(self, area: Area) -> Size:
        """Return how many columns and lines a free area has now."""
        place = self._layout.areas[area]
        return Size(place.width, place.height)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Return the columns of the largest board that fits."""
        return largest_layout(container.width, container.height).width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines of the largest board that fits."""
        return largest_layout(width, container.height).height

    def render_line(self, y: int) -> Strip:
        """Draw one line of the board."""
        left, top = self._origin()
        width = self.size.width
        table = Style(color=PALETTES[self.palette].text, bgcolor=PALETTES[self.palette].table)
        if not 0 <= y - top < self._layout.height:
            return Strip.blank(width, table)
        segments = [Segment(" " * left, table)] if left else []
        for piece in self._layout.lines[y - top]:
            if isinstance(piece.owner, Area):
                segments.extend(self._area_line(piece.owner, piece.line, piece.width, table))
            else:
                segments.extend(self._square_lines(piece.owner)[piece.line])
        return Strip(segments, left + self._layout.width).adjust_cell_length(width, table)

    def action_go(self, across: int, down: int) -> None:
        """Move the cursor by an arrow key."""
        here, stops = self.cursor, self.stops
        among = frozenset(stops or self._layout.squares)
        if here is None:
            self.cursor = min(among)
            return
        there = neighbour(here, across, down, among)
        if there == here and stops:
            # Of a few stops each must be within reach: where none lies that way, the arrows go through them in turn.
            place = stops.index(here) if here in stops else 0
            there = stops[(place + across + down) % len(stops)]
        self.cursor = there

    def action_choose(self) -> None:
        """Take the square under the cursor."""
        if self.cursor is not None:
            self.post_message(self.Chosen(self.cursor))

    def watch_cursor(self, before: int | None, after: int | None) -> None:
        """Redraw where the cursor was and where it is."""
        for square in (before, after):
            if square is not None:
                self._looks[square] = self._looks[square]._replace(cursor=square == after)
                self._redraw(square)
        if after is not None:
            self.post_message(self.Moved(after))

    def on_resize(self, event: events.Resize) -> None:
        """Take the largest size of cell that fits."""
        self._layout = largest_layout(event.size.width, event.size.height)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the square that was clicked, and take it."""
        left, top = self._origin()
        square = self._layout.square_at(event.x - left, event.y - top)
        if square is not None:
            self.cursor = square
            self.post_message(self.Chosen(square))

    def _origin(self) -> tuple[int, int]:
        """Return where the board begins in the widget: it is drawn in the middle."""
        return (
            max(0, (self.size.width - self._layout.width) // 2),
            max(0, (self.size.height - self._layout.height) // 2),
        )

    def _region(self, place: tuple[int, int, int, int]) -> Region:
        left, top = self._origin()
        x, y, width, height = place
        return Region(left + x, top + y, width, height)

    def _redraw(self, square: int) -> None:
        self.refresh(self._region(self._layout.squares[square]))

    def _square_lines(self, square: int) -> tuple[tuple[Segment, ...], ...]:
        place = self._layout.squares[square]
        return draw(self._looks[square], place.width, place.height, self.palette, self.lang)

    def _area_line(self, area: Area, line: int, width: int, table: Style) -> Iterable[Segment]:
        lines = self._words.get(area, [])
        if line >= len(lines):
            return [Segment(" " * width, table)]
        text = lines[line].copy()
        text.truncate(width, pad=True, overflow="ellipsis")
        return Segment.apply_style(text.render(self.app.console, end=""), table)
