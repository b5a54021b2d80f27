"""On the smallest screen no text of ours is cut off without an ellipsis, and no key that matters is lost."""

from collections.abc import Iterator

import pytest
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, DataTable, Input, Static

from magnate.tui.panels.footer import KeysFooter
from tests.sizes import every
from tests.tui.snapshots.stage import shown
from tests.tui.snapshots.test_dialog_pictures import DIALOGS, SMALL
from tests.tui.snapshots.test_game_pictures import SCREENS as GAME_SCREENS
from tests.tui.snapshots.test_lobby_pictures import SCREENS as LOBBY_SCREENS

pytestmark = pytest.mark.anyio

PLACES = LOBBY_SCREENS | GAME_SCREENS | DIALOGS
CASES = [pytest.param(name, lang, id=f"{name}-{lang}") for name in PLACES for lang in ("es", "en")]
"""Spanish first: its words are longer."""


@pytest.mark.parametrize(("name", "lang"), every(4, CASES))
async def test_every_text_is_whole_or_ends_in_an_ellipsis_and_the_way_out_and_help_always_show(
    name: str, lang: str
) -> None:
    make, keys = PLACES[name]
    async with shown(make, lang, SMALL, keys=keys) as app:
        assert [*cut(app.screen)] == []
        for screen in app.screen_stack:
            if screen.query(KeysFooter):
                actions = {key.action.rpartition(".")[2] for key in screen.query_one(KeysFooter).keys}
                offered = {active.binding.action for active in screen.active_bindings.values() if active.binding.show}
                assert offered & {"leave", "dismiss", "keys"} <= actions


def cut(screen: Screen[object]) -> Iterator[str]:
    """Yield what of a screen is not to be seen whole, though nothing lets it be scrolled."""
    for widget in screen.walk_children(Widget):
        if not widget.is_on_screen or not widget.size:
            continue
        place = screen.find_widget(widget)
        if place.clip.intersection(place.region) != place.region and not scrolls(widget):
            yield f"{widget!r} is cut off at its container"
        text = said(widget)
        if text and not whole(text, widget) and not scrolls(widget):
            yield f"{widget!r} cuts {text!r}"
        if isinstance(widget, Input) and len(widget.placeholder) > widget.content_size.width:
            yield f"{widget!r} cuts {widget.placeholder!r}"
        if isinstance(widget, DataTable) and widget.virtual_size.width > widget.size.width:
            yield f"{widget!r} cuts its columns"


def scrolls(widget: Widget) -> bool:
    """Whether a widget lies in something that can be scrolled."""
    return any(isinstance(each, Widget) and each.allow_vertical_scroll for each in widget.ancestors)


def said(widget: Widget) -> str:
    """Return the text that a widget has to show."""
    if isinstance(widget, Button):
        return Content.from_text(widget.label).plain
    if isinstance(widget, Static) and isinstance(widget.visual, Content):
        return widget.visual.plain
    return ""


def whole(text: str, widget: Widget) -> bool:
    """Whether a text is there to its last letter, or a line of it ends in an ellipsis."""
    lines = [widget.render_line(y).text.strip() for y in range(widget.size.height)]
    return any(line.endswith("…") for line in lines) or "".join(text.split()) in "".join("".join(lines).split())
