"""What a square looks like: from what is known of it to styled characters, at each size of cell.

Most important first: the group's colour and pattern, a short code, the owner with buildings or mortgage, the tokens on
it, then price or rent and the name where there is room.
"""

from functools import lru_cache
from textwrap import wrap
from typing import Final, NamedTuple

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style

from magnate.engine.board import MAX_LEVEL, PLAIN_GROUPS, Board, Kind, standard_board
from magnate.texts import Words, in_language
from magnate.texts.squares import square_name
from magnate.tui.board.palette import GROUP_LETTERS, GROUP_PATTERNS, PALETTES, PLAYER_LETTERS

NOBODY: Final = -1
"""The owner of a square that the bank holds."""

_LABELS: Final[dict[Kind, Words]] = {
    Kind.EXIT: ("EXIT", "SAL."),
    Kind.SERVER: ("SRV", "SRV"),
    Kind.BRIDGE: ("BRIDGE", "PUENTE"),
    Kind.TRAM: ("TRAM", "TRAN"),
    Kind.FANTASY: (" ?", " ?"),
    Kind.PARKING: ("POT", "BOTE"),
    Kind.JAIL_VISIT: ("VIS", "VIS"),
    Kind.JAIL: ("▦", "▦"),
    Kind.GO_TO_JAIL: ("→JAIL", "→CÁRC"),
}


class Look(NamedTuple):
    """Everything about a square that shows."""

    square: int
    owner: int = NOBODY
    """The place of the owner in the turn order, or NOBODY."""
    level: int = 0
    mortgaged: bool = False
    tokens: tuple[int, ...] = ()
    """Who stands on it, by place in the turn order."""
    amount: int | None = None
    """The price of a free square, the rent of an owned one, the money in the pot."""
    choice: bool = False
    """Whether it may be chosen now."""
    path: bool = False
    """Whether a piece has just walked over it."""
    cursor: bool = False


@lru_cache(maxsize=1)
def codes(board: Board) -> dict[int, str]:
    """Return the short code of each property: its group's letter and its number in the group."""
    return {
        square: f"{GROUP_LETTERS[group - 1]}{number}"
        for group in range(1, PLAIN_GROUPS + 1)
        for number, square in enumerate(board.members[group], 1)
    }


def label(square: int, lang: str) -> str:
    """Return the short code of a square as the board shows it."""
    board = standard_board()
    code = codes(board).get(square)
    return in_language(_LABELS[board.kind[square]], lang).strip() if code is None else code


def holding(look: Look) -> str:
    """Return owner and buildings, or mortgage, in at most four characters."""
    letter = PLAYER_LETTERS[look.owner]
    if look.mortgaged:
        return f"{letter}="
    if look.level == MAX_LEVEL:
        return f"{letter}▲"
    return f"{letter}⌂{look.level}" if look.level else letter


class _Canvas:
    """A few lines of characters, each with a style."""

    def __init__(self, width: int, height: int, style: Style) -> None:
        self.width = width
        self.height = height
        self.cells = [[(" ", style)] * width for _ in range(height)]

    def write(self, x: int, y: int, text: str, style: Style) -> None:
        """Write `text` from (x, y) on, cut off at the edge; what lies outside is not written."""
        if not 0 <= y < self.height:
            return
        for place, character in enumerate(text, x):
            if 0 <= place < self.width:
                self.cells[y][place] = (character, self.cells[y][place][1] + style)

    def segments(self) -> tuple[tuple[Segment, ...], ...]:
        """Return the lines as segments, characters of one style together."""
        return tuple(self._line(line) for line in self.cells)

    @staticmethod
    def _line(line: list[tuple[str, Style]]) -> tuple[Segment, ...]:
        segments: list[Segment] = []
        text, style = "", line[0][1]
        for character, its_style in line:
            if its_style != style:
                segments.append(Segment(text, style))
                text, style = "", its_style
            text += character
        segments.append(Segment(text, style))
        return tuple(segments)


@lru_cache(maxsize=4096)
def draw(look: Look, width: int, height: int, palette_name: str, lang: str) -> tuple[tuple[Segment, ...], ...]:
    """Return the lines of a square, each `width` characters, drawn in a palette of PALETTES."""
    palette = PALETTES[palette_name]
    board = standard_board()
    kind = board.kind[look.square]
    group = board.group[look.square]
    ground = palette.ground if look.square % 2 else palette.ground_alternate
    if look.choice:
        ground = palette.choice
    elif look.path:
        ground = palette.path
    base = Style(color=palette.text, bgcolor=ground, reverse=look.cursor, bold=look.cursor or None)
    canvas = _Canvas(width, height, base)
    if kind in (Kind.JAIL, Kind.JAIL_VISIT):
        _draw_jail_corner(canvas, look, kind, lang, Style(color=palette.warning, bold=True))
    else:
        tint = Style(color=palette.group(group) if group else palette.special, bold=True)
        if kind is Kind.FANTASY:
            tint = Style(color=palette.group(10), bold=True)
        elif kind is Kind.GO_TO_JAIL:
            tint = Style(color=palette.warning, bold=True)
        _draw_label(canvas, look, kind, group, lang, tint)
        _draw_name(canvas, look, lang, tint)
        _draw_money(canvas, look, kind, palette_name)
    _draw_tokens(canvas, look, kind, group, palette_name, ground)
    return canvas.segments()


def _indent(kind: Kind, group: int) -> int:
    """Return where the text of a square begins: behind the group's bar, if it has one."""
    return 1 if 1 <= group <= PLAIN_GROUPS else 0


def _draw_label(canvas: _Canvas, look: Look, kind: Kind, group: int, lang: str, tint: Style) -> None:
    if 1 <= group <= PLAIN_GROUPS:
        mark = "»" if look.choice else GROUP_PATTERNS[group - 1]
        for line in range(canvas.height):
            canvas.write(0, line, mark if line == 0 or not look.choice else GROUP_PATTERNS[group - 1], tint)
        canvas.write(1, 0, codes(standard_board())[look.square], tint)
        return
    text = in_language(_LABELS[kind], lang)
    if kind is Kind.BRIDGE:
        name = f" {square_name(look.square, lang)} "
        text = f"{name:═^{canvas.width}}"
    if look.choice:
        text = "»" + text.lstrip()
    canvas.write(0, 0, text, tint)


def _draw_name(canvas: _Canvas, look: Look, lang: str, tint: Style) -> None:
    """Write the name where there is room for two lines of it."""
    board = standard_board()
    if canvas.height >= 5 and look.square in codes(board):
        for line, words in enumerate(wrap(square_name(look.square, lang), canvas.width - 1)[:2], 1):
            canvas.write(1, line, words, Style(color=tint.color))


def _draw_money(canvas: _Canvas, look: Look, kind: Kind, palette_name: str) -> None:
    palette = PALETTES[palette_name]
    board = standard_board()
    x = _indent(kind, board.group[look.square])
    if canvas.height >= 5:
        holding_line, amount_line = 3, 4
    else:
        holding_line, amount_line = 1, min(2, canvas.height - 1)
    if look.square == 35:
        x = canvas.width - 5 - 4
    if look.owner != NOBODY:
        style = Style(color=palette.players[look.owner], bold=True, dim=look.mortgaged or None)
        canvas.write(x, holding_line, holding(look), style)
        if amount_line == holding_line:
            return
    if look.amount is not None:
        canvas.write(x, amount_line, str(look.amount), Style(color=palette.quiet, bold=False))


def _draw_jail_corner(canvas: _Canvas, look: Look, kind: Kind, lang: str, tint: Style) -> None:
    """Draw one of the two squares of the jail's corner: bars above, the visitors' square below."""
    if kind is Kind.JAIL:
        words = in_language(("JAIL", "CÁRC"), lang)
        for line in range(canvas.height):
            canvas.write(0, line, "▒" * canvas.width, Style(color=tint.color, dim=True))
        if not look.tokens or canvas.width > 5:
            canvas.write(0, 0, set_cell_size(words, 4), tint)
    else:
        canvas.write(0, 0, in_language(_LABELS[kind], lang), Style(color=tint.color))
    if look.choice:
        canvas.write(canvas.width - 1, 0, "»", tint)


def _draw_tokens(canvas: _Canvas, look: Look, kind: Kind, group: int, palette_name: str, ground: str) -> None:
    """Put the tokens into the right corner: below where there is room, else beside the code first."""
    if not look.tokens:
        return
    palette = PALETTES[palette_name]
    spots = _spots(canvas, look.square, kind, group, len(look.tokens))
    for (x, y), seat in zip(spots, look.tokens, strict=True):
        canvas.write(x, y, PLAYER_LETTERS[seat], Style(color=ground, bgcolor=palette.players[seat], bold=True))


def _spots(canvas: _Canvas, square: int, kind: Kind, group: int, count: int) -> list[tuple[int, int]]:
    width, bottom = canvas.width, canvas.height - 1
    if kind is Kind.BRIDGE and square == 15:
        return [(6 + place, bottom) for place in range(count)]
    if canvas.height == 2 and 1 <= group <= PLAIN_GROUPS:
        return [(width - 2, 0), (width - 1, 0), (width - 2, 1), (width - 1, 1)][:count]
    return [(width - count + place, bottom) for place in range(count)]
