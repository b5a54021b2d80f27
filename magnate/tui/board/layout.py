"""Where the squares lie: a grid of 11 by 11 cells, both rings and the bridges between them.

The outer ring runs around the grid, the inner ring around its middle; the bridges span from ring to ring. The corner of
the inner ring holds two squares: the jail, and below it the visitors'. What is free is left to the event of the moment
(above the inner ring), the words about the square under the cursor (below it) and dice and pot (in the middle).
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import accumulate
from typing import Final, NamedTuple

GRID: Final = 11
"""Cells in a row and in a column."""
CELL_LINES: Final = {11: (4, 6), 7: (3, 4), 5: (2, 3)}
"""The least and the most lines of a cell by its columns, the widest first."""
SMALLEST: Final = (5, GRID * 2)
"""Columns of a cell and lines of the board where no more fits."""
_FIRST_TALLER: Final = ((1, 9), (2, 8), (4, 6), (3, 7), (0, 10))
"""The rows that get a line more than others where the lines do not share out evenly: first those with the free areas,
always as many above the middle as below it."""


class Area(StrEnum):
    """What is free on the board."""

    EVENT = "event"
    """Above the inner ring."""
    HINT = "hint"
    """Below the inner ring."""
    MIDDLE = "middle"
    """Inside the inner ring."""
    GAP = "gap"
    """Beside the inner ring."""


class Place(NamedTuple):
    """Where something lies, in characters from the top left of the board."""

    x: int
    y: int
    width: int
    height: int


class Piece(NamedTuple):
    """A stretch of one line of the board."""

    owner: int | Area
    """The square, or the free area, that it belongs to."""
    line: int
    """Which line of its owner it is, from 0."""
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The board in characters at one size."""

    width: int
    """Columns of the whole board."""
    height: int
    """Lines of the whole board."""
    squares: dict[int, Place]
    areas: dict[Area, Place]
    lines: tuple[tuple[Piece, ...], ...]
    """The pieces of each line, from left to right, without gaps."""

    def square_at(self, x: int, y: int) -> int | None:
        """Return the square at a character of the board, or None where there is none."""
        if 0 <= y < self.height:
            for piece in self.lines[y]:
                if piece.x <= x < piece.x + piece.width:
                    return None if isinstance(piece.owner, Area) else piece.owner
        return None


JAIL: Final = 201
VISITORS: Final = 104


def _cells() -> dict[int, tuple[int, int, int]]:
    """Return (row, column, cells wide) of each square but the two that share the jail's corner."""
    cells: dict[int, tuple[int, int, int]] = {}
    for step in range(10):
        cells[step] = (10, 10 - step, 1)
        cells[10 + step] = (10 - step, 0, 1)
        cells[20 + step] = (0, step, 1)
        cells[30 + step] = (step, 10, 1)
    inner = (
        (7, 7),
        (7, 6),
        (7, 5),
        (7, 4),
        (7, 3),
        (6, 3),
        (4, 3),
        (3, 3),
        (3, 4),
        (3, 5),
        (3, 6),
        (3, 7),
        (4, 7),
        (6, 7),
    )
    for step, (row, column) in enumerate(inner):
        if 100 + step != VISITORS:
            cells[100 + step] = (row, column, 1)
    cells[15] = (5, 0, 4)
    cells[35] = (5, 7, 4)
    return cells


_JAIL_CORNER: Final = (7, 3)
# Of a bridge the end on the outer ring counts: a bridge is four cells wide, and differs from its neighbours there.
_SHADED: Final = frozenset(
    square for square, (row, column, _) in _cells().items() if (row + (GRID - 1 if square == 35 else column)) % 2
)
_AREAS: Final = {Area.EVENT: (1, 1, 9, 2), Area.HINT: (8, 1, 9, 2), Area.MIDDLE: (4, 4, 3, 3)}


def is_shaded(square: int) -> bool:
    """Say whether a square is one of every other on the grid, as on a chequered board."""
    return square in _SHADED


@cache
def layout(cell_width: int, height: int) -> Layout:
    """Return the board drawn on `height` lines with cells `cell_width` characters wide."""
    heights = _row_heights(height)
    tops = [0, *accumulate(heights)]

    def place(row: int, column: int, wide: int, high: int = 1) -> Place:
        return Place(column * cell_width, tops[row], wide * cell_width, tops[row + high] - tops[row])

    squares = {square: place(*cell) for square, cell in _cells().items()}
    corner = place(*_JAIL_CORNER, 1)
    upper = corner.height // 2
    squares[JAIL] = corner._replace(height=upper)
    squares[VISITORS] = corner._replace(y=corner.y + upper, height=corner.height - upper)
    areas = {area: place(row, column, wide, high) for area, (row, column, wide, high) in _AREAS.items()}
    width = GRID * cell_width
    lines = tuple(_line(y, width, squares, areas) for y in range(height))
    return Layout(width, height, squares, areas, lines)


def _row_heights(height: int) -> list[int]:
    """Share the lines of the board out among its rows."""
    lines, over = divmod(height, GRID)
    heights = [lines] * GRID
    for above, below in _FIRST_TALLER[: over // 2]:
        heights[above] += 1
        heights[below] += 1
    heights[GRID // 2] += over % 2
    return heights


def _line(y: int, width: int, squares: dict[int, Place], areas: dict[Area, Place]) -> tuple[Piece, ...]:
    places: list[tuple[int | Area, Place]] = [*squares.items(), *areas.items()]
    pieces = [
        Piece(owner, y - place.y, place.x, place.width)
        for owner, place in places
        if place.y <= y < place.y + place.height
    ]
    pieces.sort(key=lambda piece: piece.x)
    whole: list[Piece] = []
    x = 0
    for piece in [*pieces, Piece(Area.GAP, 0, width, 0)]:
        if piece.x > x:
            whole.append(Piece(Area.GAP, 0, x, piece.x - x))
        if piece.width:
            whole.append(piece)
        x = piece.x + piece.width
    return tuple(whole)


def largest_layout(width: int, height: int) -> Layout:
    """Return the largest layout that fits into that many columns and lines, or else the smallest there is."""
    for cell_width, (least, most) in CELL_LINES.items():
        if GRID * cell_width <= width and GRID * least <= height:
            return layout(cell_width, min(height, GRID * most))
    return layout(*SMALLEST)


def neighbour(square: int, across: int, down: int, among: frozenset[int]) -> int:
    """Return the square of `among` that the eye meets first going from `square` by an arrow key.

    `across` and `down` are -1, 0 or 1, one of them 0. Where nothing lies that way, the square itself is returned.
    """
    here = _box(square)
    best, best_cost = square, (float("inf"), 0.0)
    for other in sorted(among - {square}):
        there = _box(other)
        if across:
            ahead, aside = (
                _way(here.x, here.width, there.x, there.width, across),
                _gap(here.y, here.height, there.y, there.height),
            )
        else:
            ahead, aside = (
                _way(here.y, here.height, there.y, there.height, down),
                _gap(here.x, here.width, there.x, there.width),
            )
        if ahead < 0:
            continue
        # What is aside costs more than what is far, and of two in line the one whose middle is nearer is meant.
        cost = (ahead + 3 * aside, _apart(here, there))
        if cost < best_cost:
            best, best_cost = other, cost
    return best


class _Box(NamedTuple):
    """A square in units of cells, so that columns and lines weigh the same."""

    x: float
    y: float
    width: float
    height: float


def _box(square: int) -> _Box:
    place = layout(*SMALLEST).squares[square]
    across, down = SMALLEST[0], SMALLEST[1] // GRID
    return _Box(place.x / across, place.y / down, place.width / across, place.height / down)


def _way(here: float, size: float, there: float, other_size: float, direction: int) -> float:
    """Return how far `there` begins beyond the edge of `here` in that direction; below 0 if it does not."""
    return there - (here + size) if direction > 0 else here - (there + other_size)


def _gap(here: float, size: float, there: float, other_size: float) -> float:
    """Return the gap between two stretches, their edges counted; 0 where they overlap."""
    gap = max(there - (here + size), here - (there + other_size))
    return gap + 0.5 if gap >= 0 else 0


def _apart(here: _Box, there: _Box) -> float:
    return abs(here.x + here.width / 2 - there.x - there.width / 2) + abs(
        here.y + here.height / 2 - there.y - there.height / 2
    )
