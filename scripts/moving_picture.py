"""Puts the screenshots of several moments into one SVG that moves, and takes fonts from elsewhere out of screenshots.

What is the same in neighbouring frames is drawn once, and CSS shows it for as long as it lasts, so a dozen frames take
little more than a few.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

SECONDS = 1.4
"""How long each frame is shown."""
FONT = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
"""What draws the characters: a font that is there; their places are fixed."""

SVG = "{http://www.w3.org/2000/svg}"
LEFT, TOP = 9, 41
"""Where Rich places the characters."""


Span: TypeAlias = tuple[int, int]
"""The first and the last frame that something is in."""


def without_foreign_fonts(picture: str) -> str:
    """Return a screenshot that is drawn with fonts of the reader's own."""
    picture = re.sub(r"\s*@font-face \{.*?\}", "", picture, flags=re.DOTALL)
    return picture.replace("font-family: Fira Code, monospace;", f"font-family: {FONT};")


def moving(pictures: Sequence[str], title: str) -> str:
    """Return one SVG that shows screenshots of the same size one after the other, for ever."""
    frames = [ElementTree.fromstring(picture) for picture in pictures]
    box = frames[0].attrib["viewBox"]
    drawn = [list(_drawn(frame, picture)) for frame, picture in zip(frames, pictures, strict=True)]
    # In each frame nothing covers anything but a background its text, so all backgrounds come first.
    parts = [*_groups([[each for each in frame if each.startswith("<rect")] for frame in drawn])]
    parts += _groups([[each for each in frame if each.startswith("<text")] for frame in drawn])
    spans = sorted({span for span, _ in parts} - {(0, len(frames) - 1)})
    lines = [
        f'<svg viewBox="{box}" xmlns="http://www.w3.org/2000/svg" role="img" aria-label={quoteattr(title)}>',
        f"<style>text {{ font: 20px {FONT}; white-space: pre }} .b {{ font-weight: bold }}",
        *[_style(span, len(frames)) for span in spans],
        "</style>",
        '<rect fill="#10151d" width="100%" height="100%" rx="8"/>',
        f'<g transform="translate({LEFT}, {TOP})">',
        *[f"<g{_name(span, len(frames))}>{''.join(group)}</g>" for span, group in parts],
        "</g></svg>",
    ]
    return "\n".join(lines) + "\n"


def _groups(frames: Sequence[Sequence[str]]) -> list[tuple[Span, list[str]]]:
    """Return what is drawn, by the frames that it lasts; what comes back later is drawn once more."""
    groups: dict[Span, list[str]] = {}
    for part in dict.fromkeys(part for frame in frames for part in frame):
        shown = [part in frame for frame in frames]
        for first, last in _spans(shown):
            groups.setdefault((first, last), []).append(part)
    return sorted(groups.items())


def _spans(shown: Sequence[bool]) -> Iterator[Span]:
    first = None
    for place, here in enumerate([*shown, False]):
        if here and first is None:
            first = place
        elif not here and first is not None:
            yield first, place - 1
            first = None


def _name(span: Span, count: int) -> str:
    return "" if span == (0, count - 1) else f' class="f{span[0]}-{span[1]}"'


def _style(span: Span, count: int) -> str:
    """Return the style of what is shown from one frame to another."""
    first, last = span
    steps = ["0% { visibility: hidden }"] if first else []
    steps.append(f"{100 * first / count:.2f}% {{ visibility: visible }}")
    if last < count - 1:
        steps.append(f"{100 * (last + 1) / count:.2f}% {{ visibility: hidden }}")
    # Where nothing moves, as in print, the first frame is shown.
    still = "" if first == 0 else "; visibility: hidden"
    name = f"f{first}-{last}"
    return (
        f"@keyframes {name} {{ {' '.join(steps)} }} "
        f".{name} {{ animation: {name} {count * SECONDS:g}s step-end infinite{still} }}"
    )


def _drawn(frame: ElementTree.Element, picture: str) -> Iterator[str]:
    """Yield what a screenshot draws: backgrounds and texts, with their colours written out."""
    styles = dict(re.findall(r"\.[\w-]+-(r\d+) \{ ([^}]*) \}", picture))
    for each in frame.iter():
        if each.tag == f"{SVG}rect" and each.attrib.get("shape-rendering") == "crispEdges":
            size = " ".join([f'{name}="{_short(each.attrib[name])}"' for name in ("x", "y", "width", "height")])
            yield f'<rect {size} fill="{each.attrib["fill"]}"/>'
        elif each.tag == f"{SVG}text" and "textLength" in each.attrib and (each.text or "").strip("\u00a0 "):
            style = styles[each.attrib["class"].rpartition("-")[2]]
            fill = re.search(r"fill: (#\w+)", style)
            colour = f' fill="{fill[1]}"' if fill else ""
            bold = ' class="b"' if "bold" in style else ""
            where = " ".join([f'{name}="{_short(each.attrib[name])}"' for name in ("x", "y", "textLength")])
            yield f"<text {where}{colour}{bold}>{escape(each.text or '')}</text>"


def _short(number: str) -> str:
    return f"{float(number):.1f}".removesuffix(".0")
