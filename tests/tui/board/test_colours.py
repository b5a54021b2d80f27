"""What must be told apart by colour is far enough apart: with 16, 256 and all colours, and for the colour-blind.

Distances are CIEDE2000, in which 1 can just be seen side by side; colour blindness is simulated by coloraide.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations

import pytest
from coloraide import Color
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as TextualColor

from magnate.tui.board.colours import Palette, mixed
from magnate.tui.board.palette import GROUP_LETTERS, PALETTES, PLAYER_LETTERS, THEME_PALETTES, board_palette
from magnate.tui.nearest_colours import KNOWN, NearestColours, nearest
from tests.tui.board.test_face import contrast

SYSTEMS = ("truecolor", "256", "standard")
EYES = (None, "protan", "deutan", "tritan")
"""As most people see, and the three kinds of colour blindness."""
TWINS = {frozenset("AF"), frozenset("GK"), frozenset("12")}
"""What shares one of the sixteen colours by day: two pairs of groups, and servers with bridges; patterns differ."""


def seen(colour: str, system: str) -> str:
    """Return what the terminal shows instead of a colour."""
    return KNOWN[system][nearest(colour, system)] if system in KNOWN else colour


@cache
def looks(colour: str, eye: str | None) -> Color:
    return Color(colour) if eye is None else Color(colour).filter(eye).clip()


@cache
def distance(one: str, other: str, eye: str | None) -> float:
    return looks(one, eye).delta_e(looks(other, eye), method="2000")


def grounds(palette: Palette) -> dict[str, tuple[str, ...]]:
    """Return what may lie behind a square, each with its two shades."""
    owned = {
        letter: tuple(palette.ground_of(seat, alternate=alternate) for alternate in (False, True))
        for seat, letter in enumerate(PLAYER_LETTERS, -1 + 1)
    }
    free = tuple(palette.ground_of(-1, alternate=alternate) for alternate in (False, True))
    marked = {"free": free, "path": (palette.path,), "choice": (palette.choice,), "cursor": (palette.text,)}
    return marked | owned


def pairs(named: Mapping[str, tuple[str, ...]], system: str, eye: str | None) -> Iterator[tuple[float, str, str]]:
    """Yield how far each two are apart, at the nearest of their shades."""
    for (name, shades), (other, others) in combinations(named.items(), 2):
        yield min(distance(seen(a, system), seen(b, system), eye) for a in shades for b in others), name, other


CASES = [pytest.param(theme, system, id=f"{theme}-{system}") for theme in THEME_PALETTES for system in SYSTEMS]


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("theme", "system"), CASES)
def test_free_each_owners_walked_chosen_and_pointed_at_have_grounds_that_everybody_tells_apart(
    theme: str, system: str, eye: str | None
) -> None:
    named = grounds(PALETTES[board_palette(theme, system)])
    if system == "standard":  # sixteen are too few to tint with: there the letter of the owner says it
        named = {name: shades for name, shades in named.items() if name not in PLAYER_LETTERS}
    assert min(pairs(named, system, eye)) >= (8 if eye is None else 6,)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("theme", "system"), CASES)
def test_everybody_tells_the_pieces_apart(theme: str, system: str, eye: str | None) -> None:
    players = PALETTES[board_palette(theme, system)].players
    named = {letter: (colour,) for letter, colour in zip(PLAYER_LETTERS, players, strict=True)}
    assert min(pairs(named, system, eye)) >= (15 if eye is None else 6.5,)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("theme", "system"), CASES)
def test_everybody_tells_the_groups_apart(theme: str, system: str, eye: str | None) -> None:
    """The theme for the colour-blind keeps more distance; in the others some groups are told by pattern and letter."""
    groups = PALETTES[board_palette(theme, system)].groups
    named = {letter: (colour,) for letter, colour in zip([*GROUP_LETTERS, "1", "2"], groups, strict=True)}
    least = {"truecolor": (10.0, 6.5, 4.0), "256": (8.5, 6.0, 3.5), "standard": (8.0, 2.5, 2.5)}[system]
    wanted = least[0] if eye is None else least[1] if theme == "safe" else least[2]
    twins = TWINS if (theme, system) == ("day", "standard") else set()
    near = [pair for pair in pairs(named, system, eye) if pair[0] < wanted and {*pair[1:]} not in twins]
    assert not near


@pytest.mark.parametrize(("theme", "system"), CASES)
def test_the_bar_of_a_group_shows_on_every_ground(theme: str, system: str) -> None:
    palette = PALETTES[board_palette(theme, system)]
    for name, shades in grounds(palette).items():
        for group in palette.groups[:12]:
            for ground in shades:
                assert distance(seen(group, system), seen(ground, system), None) >= 8, (name, group)


@pytest.mark.parametrize(("theme", "system"), CASES)
def test_words_can_be_read_on_every_ground_that_the_terminal_shows(theme: str, system: str) -> None:
    palette = PALETTES[board_palette(theme, system)]
    table = seen(palette.table, system)
    dark = [*grounds(palette)["free"], palette.path, *(each for letter in "ABCD" for each in grounds(palette)[letter])]
    for ground in (seen(each, system) for each in dark):
        assert contrast(seen(palette.text, system), ground) >= 4.5
        for group in palette.groups:
            assert contrast(seen(mixed(group, palette.text, 0.5), system), ground) >= 2
    for bright in (palette.choice, palette.text, *palette.players):
        assert contrast(table, seen(bright, system)) >= 3


@pytest.mark.parametrize("system", ["256", "standard"])
def test_every_colour_becomes_the_nearest_that_the_terminal_has(system: str) -> None:
    segment = Segment("words", Style(color="#8793a6", bgcolor="#1a2230"))
    (changed,) = NearestColours(system).apply([segment], TextualColor(0, 0, 0))
    assert changed.style is not None
    assert changed.style.color is not None
    assert changed.style.bgcolor is not None
    ground = changed.style.bgcolor.number
    assert ground is not None
    assert distance(KNOWN[system][ground], "#1a2230", None) < 12, "a dark grey stays a dark grey, and no glaring blue"
    assert changed.style.color.number != ground


@pytest.mark.parametrize("system", ["256", "standard"])
def test_words_do_not_take_the_colour_of_their_ground(system: str) -> None:
    for text, ground in (("#2c3a4d", "#10151d"), ("#c9ccd4", "#fbfaf6"), ("#5c6370", "#3c424e")):
        (changed,) = NearestColours(system).apply(
            [Segment("a", Style(color=text, bgcolor=ground))], TextualColor(0, 0, 0)
        )
        assert changed.style is not None
        assert changed.style.color != changed.style.bgcolor
