"""The board: the largest size that fits, arrows as the eye expects, clicks, and every square within reach."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.style import Style
from textual.app import App, ComposeResult

from magnate.engine.board import standard_board
from magnate.tui.board.face import Look, draw
from magnate.tui.board.layout import CELL_LINES, GRID, largest_layout, layout
from magnate.tui.board.palette import PALETTES, THEME_PALETTES, board_palette
from magnate.tui.board.widget import BoardView
from tests.sizes import first

pytestmark = pytest.mark.anyio


class BoardApp(App[None]):
    CSS = "BoardView { width: 1fr; height: 1fr; }"

    def compose(self) -> ComposeResult:
        yield BoardView()


SIZES = [
    (width, lines) for width, (least, most) in CELL_LINES.items() for lines in range(GRID * least, GRID * most + 1)
]
"""Columns of a cell and lines of the board, all there are."""


@asynccontextmanager
async def board(size: tuple[int, int]) -> AsyncIterator[BoardView]:
    app = BoardApp()
    async with app.run_test(size=size) as pilot:
        view = app.query_one(BoardView)
        view.focus()
        await pilot.pause()
        yield view


@pytest.mark.parametrize(
    ("size", "taken"),
    [((55, 22), (55, 22)), ((77, 33), (77, 33)), ((121, 55), (121, 55)), ((121, 43), (77, 43)), ((200, 90), (121, 66))],
)
def test_the_largest_board_that_fits_is_taken(size: tuple[int, int], taken: tuple[int, int]) -> None:
    chosen = largest_layout(*size)
    assert (chosen.width, chosen.height) == taken


@pytest.mark.parametrize("lines", range(33, 45))
def test_lines_that_cells_do_not_share_evenly_go_to_rows_above_and_below_alike(lines: int) -> None:
    whole = layout(7, lines)
    left = [whole.squares[square].height for square in range(20, 9, -1) if square != 15]
    middle = whole.squares[15].height
    assert sum(left) + middle == lines
    assert left == left[::-1]
    assert {*left, middle} <= {lines // GRID, lines // GRID + 1}


@pytest.mark.parametrize("cell", SIZES)
def test_every_square_lies_where_no_other_does(cell: tuple[int, int]) -> None:
    whole = layout(*cell)
    taken = [
        (x, y)
        for place in whole.squares.values()
        for x in range(place.x, place.x + place.width)
        for y in range(place.y, place.y + place.height)
    ]
    assert set(whole.squares) == set(standard_board().ids)
    assert len(taken) == len(set(taken))


@pytest.mark.parametrize("theme", first(THEME_PALETTES))
@pytest.mark.parametrize("cell", SIZES)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_square_fills_its_place_in_each_theme(theme: str, cell: tuple[int, int], lang: str) -> None:
    for square, place in layout(*cell).squares.items():
        lines = draw(Look(square, owner=2, level=3, tokens=(0, 1, 2, 3), amount=1050), *place[2:], theme, lang)
        assert [sum(segment.cell_length for segment in line) for line in lines] == [place.width] * place.height


async def test_arrows_walk_the_rings_and_cross_between_them() -> None:
    async with board((80, 24)) as view:
        view.cursor = 0
        for arrow, square in [("left", 1), ("right", 0), ("up", 39), ("up", 38)]:
            across, down = {"left": (-1, 0), "right": (1, 0), "up": (0, -1)}[arrow]
            view.action_go(across, down)
            assert view.cursor == square


async def test_arrows_reach_each_of_a_few_stops() -> None:
    async with board((80, 24)) as view:
        view.stops = (10, 30, 100, 107)
        view.cursor = 10
        seen = {view.cursor}
        for _ in range(12):
            for across, down in ((1, 0), (0, -1), (-1, 0), (0, 1)):
                view.action_go(across, down)
                seen.add(view.cursor)
        assert seen == set(view.stops)


@pytest.mark.parametrize("size", [(60, 24), (80, 36), (125, 56)])
async def test_each_square_can_be_clicked(size: tuple[int, int]) -> None:
    async with board(size) as view:
        whole = largest_layout(*size)
        for square, place in whole.squares.items():
            assert whole.square_at(place.x, place.y) == square
            assert whole.square_at(place.x + place.width - 1, place.y + place.height - 1) == square
        assert view.size.width == size[0]


@pytest.mark.parametrize(("term", "grounds"), [("xterm", 0), ("xterm-256color", 3)])
async def test_grounds_are_plain_only_where_a_terminal_has_sixteen_colours(
    monkeypatch: pytest.MonkeyPatch, term: str, grounds: int
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.delenv("COLORTERM", raising=False)
    async with board((80, 24)) as view:
        view.palette = board_palette("city", view.app.console.color_system)
        view.show({1: Look(1, owner=0)})
        shown = {str(segment.style.bgcolor) for segment in view.render_line(23) if segment.style}
        table = str(Style(bgcolor=PALETTES[view.palette].table).bgcolor)
        assert len(shown - {table}) == grounds, "free squares light and dark, and mine"
