"""What a square looks like: from what is known of it to styled characters, at each size of cell.

Most important first: the group's colour and pattern, a short code, the owner (whose colour tinges the ground) with
buildings or mortgage, the tokens on it, then price or rent, and the name where there is room.
"""

from functools import lru_cache
from typing import Final, NamedTuple

from rich.segment import Segment
from rich.style import Style

from magnate.engine.board import MAX_LEVEL, PLAIN_GROUPS, Board, Kind, standard_board
from magnate.texts import Words, in_language
from magnate.texts.squares import name_lines, short_name, square_name
from magnate.tui.board.canvas import Canvas
from magnate.tui.board.colours import Palette, mixed
from magnate.tui.board.layout import is_shaded
from magnate.tui.board.palette import GROUP_LETTERS, GROUP_PATTERNS, PALETTES, PLAYER_LETTERS

NOBODY: Final = -1
"""The owner of a square that the bank holds."""
HOTEL: Final = "♜"
"""The mark of a hotel; neither players nor winners have that shape."""
_BEHIND_CODE: Final = 4
"""The first column after bar, code and a blank."""
_NARROW: Final = 6
"""Up to so many columns there is no room for a name, nor for owner and buildings beside the code."""

_LABELS: Final[dict[Kind, Words]] = {
    Kind.EXIT: ("EXIT", "SAL."),
    Kind.SERVER: ("SRV", "SRV"),
    Kind.BRIDGE: ("BRIDGE", "PUENTE"),
    Kind.TRAM: ("TRAM", "TRAN"),
    Kind.FANTASY: ("?", "?"),
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
    pieces: str = PLAYER_LETTERS
    """What stands for each player, by place in the turn order."""
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


def holding(look: Look, *, room: int = 3) -> str:
    """Return owner and buildings, or mortgage: in three characters, or with a house each where there is `room`."""
    letter = PLAYER_LETTERS[look.owner]
    if look.mortgaged:
        return f"{letter}="
    if look.level == MAX_LEVEL:
        return f"{letter}{HOTEL}"
    if not look.level:
        return letter
    return f"{letter}{'⌂' * look.level}" if room > MAX_LEVEL else f"{letter}⌂{look.level}"


@lru_cache(maxsize=4096)
def draw(look: Look, width: int, height: int, palette_name: str, lang: str) -> tuple[tuple[Segment, ...], ...]:
    """Return the lines of a square, each `width` characters, drawn in a palette of PALETTES."""
    board = standard_board()
    kind, group = board.kind[look.square], board.group[look.square]
    ink = _Ink(look, kind, group, PALETTES[palette_name])
    canvas = Canvas(width, height, ink.base)
    if kind in (Kind.JAIL, Kind.JAIL_VISIT):
        _draw_jail_corner(canvas, look, kind, lang, ink)
    elif kind is Kind.BRIDGE:
        _draw_bridge(canvas, look, lang, ink)
    elif kind is Kind.FANTASY:
        _draw_fantasy(canvas, look, lang, ink)
    elif 1 <= group <= PLAIN_GROUPS:
        _draw_property(canvas, look, group, lang, ink)
    else:
        _draw_other(canvas, look, kind, lang, ink)
    for (x, y), seat in zip(_spots(canvas, kind, group, len(look.tokens)), look.tokens, strict=True):
        canvas.write(x, y, look.pieces[seat], ink.token(seat))
    return canvas.segments()


class _Ink:
    """The styles of one square; under the cursor, and where it may be chosen, ground and words change places."""

    def __init__(self, look: Look, kind: Kind, group: int, palette: Palette) -> None:
        self._palette = palette
        self._bright = look.cursor or look.choice
        if self._bright:
            ground = palette.text if look.cursor else palette.choice
        elif look.path:
            ground = palette.path
        else:
            ground = palette.ground_of(NOBODY if look.mortgaged else look.owner, alternate=is_shaded(look.square))
        self.base = Style(color=self._over(palette.text), bgcolor=ground, bold=look.cursor or None)
        colour = palette.group(group) if group else palette.special
        if kind is Kind.FANTASY:
            colour = palette.group(10)
        elif kind in (Kind.GO_TO_JAIL, Kind.JAIL, Kind.JAIL_VISIT):
            colour = palette.warning
        self.bar = Style(color=colour, bold=True)
        """The group's bar, which keeps its colour."""
        self.label = Style(color=self._over(colour), bold=True)
        # Half way to the colour of text: still the group's, and legible on any ground.
        self.name = Style(color=self._over(mixed(colour, palette.text, 0.5)))
        self.money = Style(color=self._over(palette.quiet))
        self.owner = Style(
            color=self._over(palette.players[look.owner]), bold=not look.mortgaged, dim=look.mortgaged or None
        )

    def _over(self, colour: str) -> str:
        """Return a colour that can be read over the ground."""
        return self._palette.table if self._bright else colour

    def token(self, seat: int) -> Style:
        """Return the style of a piece: its letter on its colour."""
        return Style(color=self._palette.table, bgcolor=self._palette.players[seat], bold=True, dim=False)


def _draw_property(canvas: Canvas, look: Look, group: int, lang: str, ink: _Ink) -> None:
    """Draw bar, code and owner above, the name below them, and price or rent at the foot."""
    for line in range(canvas.height):
        canvas.write(0, line, GROUP_PATTERNS[group - 1], ink.bar)
    if look.choice:
        canvas.write(0, 0, "»", ink.label)
    canvas.write(1, 0, codes(standard_board())[look.square], ink.label)
    _draw_holding(canvas, look, 1, ink)
    _draw_name(canvas, look, 1, lang, ink)


def _draw_other(canvas: Canvas, look: Look, kind: Kind, lang: str, ink: _Ink) -> None:
    """Draw what has no bar: servers, trams, the corners and the pot."""
    text = in_language(_LABELS[kind], lang)
    canvas.write(0, 0, f"»{text.lstrip('→')}" if look.choice else text, ink.label)
    if kind is Kind.EXIT:
        salary = f"+{standard_board().salary}"
        if canvas.height > 2:
            canvas.write(0, 1, salary if canvas.width <= _NARROW else f"◄ {salary}", ink.name)
        elif not look.tokens:
            canvas.write(0, 1, salary, ink.name)
        return
    _draw_holding(canvas, look, 0, ink)
    _draw_name(canvas, look, 0, lang, ink)


def _draw_holding(canvas: Canvas, look: Look, x: int, ink: _Ink) -> None:
    """Write owner and buildings into the right corner above, price or rent at the foot; of two lines only one fits."""
    if look.owner != NOBODY and canvas.width <= _NARROW:
        canvas.write(x, 1, holding(look), ink.owner)
        if canvas.height == 2:
            return
    elif look.owner != NOBODY:
        mark = holding(look, room=canvas.width - 4)
        # A column between mark and edge keeps it apart from the next square, where the code leaves that much room.
        canvas.write(max(canvas.width - 1 - len(mark), _BEHIND_CODE), 0, mark, ink.owner)
    if look.amount is not None:
        canvas.write(x, canvas.height - 1, str(look.amount), ink.money)


def _draw_name(canvas: Canvas, look: Look, x: int, lang: str, ink: _Ink) -> None:
    """Write the name between the first line and the last, one word of it where the whole name does not fit."""
    room = canvas.height - 2
    if room < 1 or canvas.width <= _NARROW:
        return
    lines = name_lines(look.square, canvas.width - 1, lang)
    if lines is None or len(lines) > room:
        lines = [short_name(look.square, lang)]
    for line, text in enumerate(lines, 1):
        canvas.write(x, line, text, ink.name)


def _draw_fantasy(canvas: Canvas, look: Look, lang: str, ink: _Ink) -> None:
    """Draw a card, with its name above it where there is room."""
    if canvas.width <= _NARROW:
        canvas.write(0, 0, "»?" if look.choice else " ?", ink.label)
        return
    above = int(canvas.height > 3)
    name = square_name(look.square, lang)
    if above and len(name) <= canvas.width:
        canvas.write_middle(0, name, ink.name)
    for line, text in enumerate(("╭───╮", "│ ? │", "╰───╯"), above):
        canvas.write_middle(line, text, ink.label)
    if look.choice:
        canvas.write(0, above, "»", ink.label)  # beside the card, where no letter stands


def _draw_bridge(canvas: Canvas, look: Look, lang: str, ink: _Ink) -> None:
    """Draw the deck of a bridge from bank to bank, owner and money on it."""
    name = square_name(look.square, lang)
    last = canvas.height - 1
    if canvas.height == 2:
        canvas.write(0, 0, f"{f' {name} ':═^{canvas.width}}", ink.label)
    else:
        for line in (0, last):
            canvas.write(0, line, "═" * canvas.width, ink.name)
        canvas.write_middle(canvas.height // 2, name, ink.label)
    if look.choice:
        canvas.write(0, 0, "»", ink.label)
    line = canvas.height // 2
    if look.owner != NOBODY:
        canvas.write(1, line, holding(look), ink.owner)
    if look.amount is not None:
        amount = str(look.amount)
        canvas.write(
            1 if canvas.height == 2 and look.owner == NOBODY else canvas.width - len(amount) - 1,
            line,
            amount,
            ink.money,
        )


def _draw_jail_corner(canvas: Canvas, look: Look, kind: Kind, lang: str, ink: _Ink) -> None:
    """Draw one of the two squares of the jail's corner: bars above, the visitors' square below."""
    if kind is Kind.JAIL:
        for line in range(canvas.height):
            canvas.write(0, line, "▒" * canvas.width, ink.bar + Style(bold=False, dim=True))
        if not look.tokens or canvas.width > 5:
            canvas.write(0, 0, in_language(("JAIL", "CÁRC"), lang), ink.label)
    else:
        words = ("VISIT", "VISITA") if canvas.width > 5 else ("VIS", "VIS")
        canvas.write(0, 0, in_language(words, lang), ink.name)
    if look.choice:
        canvas.write(canvas.width - 1, 0, "»", ink.label)


def _spots(canvas: Canvas, kind: Kind, group: int, count: int) -> list[tuple[int, int]]:
    """Return where the pieces stand: in the right corner below, or in a narrow street beside the code first."""
    width, bottom = canvas.width, canvas.height - 1
    if kind is Kind.BRIDGE:
        return [(width // 2 - 2 + place, bottom) for place in range(count)]
    if width <= _NARROW and 1 <= group <= PLAIN_GROUPS:
        return [(width - 2, 0), (width - 1, 0), (width - 2, 1), (width - 1, 1)][:count]
    return [(width - count + place, bottom) for place in range(count)]
