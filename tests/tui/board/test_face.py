"""What a square shows at each size: whose it is, what may be chosen, where the cursor stands, and who stands on it."""

from itertools import combinations

import pytest
from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment

from magnate.engine.board import MAX_LEVEL, standard_board
from magnate.texts.pieces import PIECES
from magnate.tui.board.colours import Palette, mixed
from magnate.tui.board.face import HOTEL, Look, draw, holding
from magnate.tui.board.layout import CELL_LINES, JAIL, VISITORS, is_shaded
from magnate.tui.board.palette import GROUP_PATTERNS, PALETTES, PLAYER_SHAPES, THEME_PALETTES, board_palette
from magnate.tui.nearest_colours import nearest

SIZES = [(width, lines) for width, both in CELL_LINES.items() for lines in both]
LARGE, MIDDLE, SMALL = (11, 5), (7, 3), (5, 2)
STREET = 31
"""A square with a group, a name and buildings."""
Lines = tuple[tuple[Segment, ...], ...]


def lines(look: Look, size: tuple[int, int] = LARGE, theme: str = "city", lang: str = "en") -> list[str]:
    return ["".join(segment.text for segment in line) for line in draw(look, *size, theme, lang)]


def grounds(look: Look, theme: str = "city") -> set[str]:
    """Return the colours behind a square, without those of pieces."""
    drawn: Lines = draw(look, *LARGE, theme, "en")
    return {
        str(segment.style.bgcolor.name) for line in drawn for segment in line if segment.style and segment.style.bgcolor
    }


def test_a_large_street_shows_code_owner_houses_name_rent_and_pieces() -> None:
    look = Look(STREET, owner=0, level=3, amount=900, tokens=(1, 3))
    assert lines(look) == ["▌G1   A⌂⌂⌂ ", "▌Mint      ", "▌Passage   ", "▌          ", "▌900     BD"]


def test_a_street_of_three_lines_shows_a_short_name() -> None:
    look = Look(STREET, owner=0, level=3, amount=900, tokens=(1, 3))
    assert lines(look, MIDDLE) == ["▌G1 A⌂3", "▌Mint  ", "▌900 BD"]


def test_a_street_whose_whole_name_does_not_fit_shows_the_short_one() -> None:
    assert lines(Look(32, amount=300), (7, 4)) == ["▌G2    ", "▌Ledger", "▌Street", "▌300   "]
    assert lines(Look(STREET, amount=300), (7, 4)) == ["▌G1    ", "▌Mint  ", "▌      ", "▌300   "]
    assert lines(Look(13, amount=160), (11, 4))[1:3] == ["▒Clocks    ", "▒          "]


def test_a_street_of_two_lines_shows_the_price_while_it_is_free_and_then_the_owner() -> None:
    assert lines(Look(STREET, amount=300), SMALL) == ["▌G1  ", "▌300 "]
    assert lines(Look(STREET, owner=2, level=1, amount=130), SMALL) == ["▌G1  ", "▌C⌂1 "]
    assert lines(Look(STREET, owner=2, tokens=(0, 1, 2, 3)), SMALL) == ["▌G1AB", "▌C CD"]


def test_a_narrow_street_of_three_lines_shows_owner_and_rent() -> None:
    assert lines(Look(STREET, owner=2, level=3, amount=900, tokens=(0,)), (5, 3)) == ["▌G1A ", "▌C⌂3 ", "▌900 "]
    assert lines(Look(STREET, amount=300), (5, 3)) == ["▌G1  ", "▌    ", "▌300 "]


@pytest.mark.parametrize("size", SIZES)
def test_a_bridge_shows_its_name_owner_rent_and_pieces(size: tuple[int, int]) -> None:
    shown = "\n".join(lines(Look(15, owner=1, amount=40, tokens=(0,)), (4 * size[0], size[1])))
    for word in ("Heron Bridge", "B", "40", "A", "═"):
        assert word in shown


@pytest.mark.parametrize("size", SIZES)
def test_what_may_be_chosen_is_marked_without_colour(size: tuple[int, int]) -> None:
    for square in standard_board().ids:
        width = 4 * size[0] if square in (15, 35) else size[0]
        height = size[1] // 2 if square == JAIL else size[1] - size[1] // 2 if square == VISITORS else size[1]
        assert "»" in "".join(lines(Look(square, choice=True), (width, height)))
        assert "»" not in "".join(lines(Look(square), (width, height)))


@pytest.mark.parametrize("theme", THEME_PALETTES)
def test_free_owned_chosen_walked_and_pointed_at_have_grounds_of_their_own(theme: str) -> None:
    looks = [Look(STREET), *(Look(STREET, owner=seat) for seat in range(4))]
    looks += [Look(STREET, owner=0, choice=True), Look(STREET, owner=0, path=True), Look(STREET, owner=0, cursor=True)]
    for one, other in combinations(looks, 2):
        assert grounds(one, theme) != grounds(other, theme)


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("size", SIZES)
def test_the_mark_of_a_choice_hides_no_letter(size: tuple[int, int], lang: str) -> None:
    for square in standard_board().ids:
        width = 4 * size[0] if square in (15, 35) else size[0]
        height = size[1] // 2 if square == JAIL else size[1] - size[1] // 2 if square == VISITORS else size[1]
        plain, marked = (
            "".join(lines(Look(square, choice=choice), (width, height), lang=lang)) for choice in (False, True)
        )
        assert [letter for letter in plain if letter.isalnum()] == [letter for letter in marked if letter.isalnum()]


def test_a_player_with_a_piece_of_the_shop_stands_on_the_board_as_that() -> None:
    assert lines(Look(STREET, tokens=(0, 1), pieces="A♞CD"), SMALL)[0] == "▌G1A♞"


def test_pieces_of_the_shop_are_a_letter_wide_and_look_like_nothing_else_on_the_board() -> None:
    looks = [look for look, _ in PIECES]
    assert all(cell_len(look) == 1 for look in looks)
    assert len({*looks, *PLAYER_SHAPES, *GROUP_PATTERNS, HOTEL, "★", "»"}) == len(looks) + 4 + 12 + 3


def test_a_mortgaged_square_has_the_ground_of_a_free_one_and_says_so() -> None:
    assert grounds(Look(STREET, owner=1, mortgaged=True)) == grounds(Look(STREET))
    assert "B=" in lines(Look(STREET, owner=1, mortgaged=True))[0]


@pytest.mark.parametrize(
    ("level", "narrow", "wide"), [(0, "A", "A"), (1, "A⌂1", "A⌂"), (4, "A⌂4", "A⌂⌂⌂⌂"), (MAX_LEVEL, "A♜", "A♜")]
)
def test_buildings_are_counted_or_drawn(level: int, narrow: str, wide: str) -> None:
    assert holding(Look(STREET, owner=0, level=level)) == narrow
    assert holding(Look(STREET, owner=0, level=level), room=7) == wide


def test_neither_players_nor_winners_have_the_shape_of_a_hotel() -> None:
    assert HOTEL not in PLAYER_SHAPES + "★"


def test_neighbours_on_a_ring_are_shaded_in_turn() -> None:
    outer = [is_shaded(square) for square in range(40)]
    assert all(one != other for one, other in zip(outer, outer[1:] + outer[:1], strict=True))


@pytest.mark.parametrize("palette", THEME_PALETTES.values(), ids=list(THEME_PALETTES))
def test_words_can_be_read_on_every_ground(palette: Palette) -> None:
    """The ratio is WCAG's: 3 for bold letters such as these."""
    for alternate in (False, True):
        for owner in range(-1, 4):
            ground = palette.ground_of(owner, alternate=alternate)
            assert contrast(palette.text, ground) >= 7
            for group in palette.groups:
                assert contrast(mixed(group, palette.text, 0.5), ground) >= 3
        for seat in range(4):
            assert contrast(palette.players[seat], palette.ground_of(seat, alternate=alternate)) >= 3
    for bright in (palette.choice, palette.text):
        assert contrast(palette.table, bright) >= 4.5
    for player in palette.players:
        assert contrast(palette.table, player) >= 4.5


@pytest.mark.parametrize("palette", THEME_PALETTES.values(), ids=list(THEME_PALETTES))
def test_with_sixteen_colours_nothing_takes_the_colour_of_its_ground(palette: Palette) -> None:
    palette = PALETTES[board_palette(palette.name, "standard")]
    words = [*palette.groups, *(mixed(group, palette.text, 0.5) for group in palette.groups)]
    words += [palette.text, palette.quiet, palette.special, palette.warning]
    for owner in range(-1, 4):
        for alternate in (False, True):
            ground = sixteen(palette.ground_of(owner, alternate=alternate))
            assert ground == sixteen(palette.table), "no square is shaded where only a glaring shade would do"
            own = [palette.players[owner]] if owner >= 0 else []
            assert ground not in {sixteen(colour) for colour in words + own}
    assert sixteen(palette.path) not in {sixteen(colour) for colour in words}
    marked = {sixteen(colour) for colour in (palette.choice, palette.text, palette.path)}
    assert len(marked) == 3, "a choice, the cursor and the path look different"
    assert sixteen(palette.table) not in {sixteen(palette.choice), sixteen(palette.text)}


def sixteen(colour: str) -> int:
    """Return the number of the colour that a terminal of sixteen shows instead."""
    return nearest(colour, "standard")


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    triplet = Color.parse(colour).triplet
    assert triplet is not None
    parts = [part / 255 for part in triplet]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
